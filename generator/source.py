"""YAML text to plain data in which every value knows its place.

The only module that imports yaml. Mappings come back as `LocatedMap` and lists as `LocatedList`: a dict and
a list with the place of each key, value and item beside them. Scalars follow YAML 1.2's core rules, so that
`no` and `on` stay words, and decimal numbers become `Decimal`, written digits kept: a dose never passes
through a binary float.

The data is made from the events of the reader of YAML, one by one: an alias, a tag or too deep a nesting is refused
when it is met, before anything has been made of it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from generator.findings import Finding, Where
from generator.syntax_hints import key_hint, syntax_hint
from generator.syntax_words import TOO_DEEP, Complaint, Mark, in_words
from generator.text_file import decode, decode_somehow, read_bytes, strange_character
from generator.unreadable import RECORD_KEYS, duplicate_key, text_cut_short, unreadable_file, yaml_syntax

MAX_DEPTH = 30
MOST_FINDINGS = 100
"""More findings of one file help no author; the reading stops there."""

READERS: dict[str, type] = {"PyYAML": yaml.SafeLoader}
"""The readers of YAML by name; the last one, libyaml where PyYAML was built with it, is used."""
if yaml.__with_libyaml__:
    READERS["libyaml"] = yaml.CSafeLoader

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,30}\.[0-9]{1,30}\Z")
_DEFINES = re.compile(r"""\b(?:id|number):\s*["']?([A-Za-z0-9-]+)""")
_COMMENT = re.compile(r"[ ]+(#[^\r\n]*)")
_ALIAS_HINT = "Put a text that begins with '*' or '&' in quotes; write any other value out in full"
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_LOST = "\0"
"""Stands in the place of a key whose value is read and given up; no key can be called so."""


class LocatedMap(dict[str, Any]):
    """A mapping that knows where it, its keys and its values stand.

    `text_where` has the place of the first character of each text whose characters stand side by side in the file, as
    they do in one line without escapes.
    """

    def __init__(self, where: Where) -> None:
        super().__init__()
        self.where = where
        self.key_where: dict[str, Where] = {}
        self.value_where: dict[str, Where] = {}
        self.text_where: dict[str, Where] = {}


class LocatedList(list[Any]):
    """A list that knows where it and its items stand; `text_where` is that of a `LocatedMap`, by the item's number."""

    def __init__(self, where: Where) -> None:
        super().__init__()
        self.where = where
        self.item_where: list[Where] = []
        self.text_where: dict[int, Where] = {}


def locate(data: object, path: tuple[str | int, ...], *, key: bool = False) -> Where | None:
    """The place of the value at `path` inside located data, as near as the path can be followed.

    Args:
        data: a LocatedMap or LocatedList.
        path: keys and indices; steps that are not in the data (a union's tag, a missing field) are passed
            over.
        key: give the place of the last key, not of its value.

    Returns:
        The place, or None when `data` is not located at all.
    """
    where: Where | None = getattr(data, "where", None)
    for step in path:
        if isinstance(data, LocatedMap) and isinstance(step, str) and step in data:
            where = data.key_where[step] if key and step == path[-1] else data.value_where[step]
            data = data[step]
        elif isinstance(data, LocatedList) and isinstance(step, int) and 0 <= step < len(data):
            where, data = data.item_where[step], data[step]
    return where


class _RefusedError(Exception):
    """The file is not read on; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class _Composer:
    """Makes located data of the events of one YAML file, and collects findings on the way."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.data: Any = None
        self.findings: list[Finding] = []
        self.documents = 0
        self.open: list[LocatedMap | LocatedList] = []
        self.keys: list[str | None] = []  # for each open collection: the key that waits for its value
        self.twice: list[list[tuple[str, Where]]] = []

    def read(self, events: Iterator[Any]) -> None:
        """Take every event.

        Raises:
            _RefusedError: something must not be composed.
        """
        for event in events:
            mark: Any = event.start_mark
            if isinstance(event, yaml.NodeEvent):
                where = Where(self.file, mark.line + 1, mark.column + 1)
                self.refuse(event, where)
                self.take(event, where)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.close()
            elif isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    where = Where(self.file, mark.line + 1, mark.column + 1)
                    problem = "found a second document (---)"
                    raise _RefusedError(unreadable_file(where, problem, "Write one document a file"))

    def refuse(self, event: Any, where: Where) -> None:
        """Stop at aliases, anchors, tags, deep nesting, and a flood of findings."""
        if event.anchor is not None:
            raise _RefusedError(unreadable_file(where, "found an alias or anchor (*name, &name)", _ALIAS_HINT))
        if getattr(event, "tag", None) is not None:
            hint = "Remove it: values need no tag here; a text that begins with '!' needs quotes"
            raise _RefusedError(unreadable_file(where, f"found a tag ({event.tag})", hint))
        if isinstance(event, yaml.CollectionStartEvent) and len(self.open) == MAX_DEPTH:
            raise _RefusedError(too_deep(where))
        if len(self.findings) >= MOST_FINDINGS:
            problem = f"expected fewer mistakes, found {MOST_FINDINGS} up to here"
            raise _RefusedError(unreadable_file(where, problem, "Mend them first: the rest of the file was not read"))

    def take(self, event: Any, where: Where) -> None:
        """A scalar, or the beginning of a mapping or list, as key, value or item of what is open."""
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style  # libyaml gives "" for a plain scalar
            value = _scalar(event.value) if plain else event.value
            if plain and (" " in event.value or not event.value.isascii()):
                self.findings += _cut_short(self.text, event.end_mark, self.file)
        else:
            value = LocatedMap(where) if isinstance(event, yaml.MappingStartEvent) else LocatedList(where)
        self.place(value, event, where)
        if isinstance(event, yaml.CollectionStartEvent):
            self.open.append(value)
            self.keys.append(None)
            self.twice.append([])

    def place(self, value: Any, event: Any, where: Where) -> None:
        """Put a value where it belongs."""
        if not self.open:
            self.data = value
            return
        outer = self.open[-1]
        if isinstance(outer, LocatedList):
            outer.item_where.append(where)
            if first := self.first(event):
                outer.text_where[len(outer)] = first
            outer.append(value)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = self.key(outer, event.value if isinstance(event, yaml.ScalarEvent) else None, where)
            return
        self.keys[-1] = None
        if key != _LOST:
            outer.value_where[key] = where
            if first := self.first(event):
                outer.text_where[key] = first
            outer[key] = value

    def key(self, outer: LocatedMap, written: str | None, where: Where) -> str:
        """The name under which the next value is kept; `_LOST` where it cannot be."""
        if written is None:
            self.findings.append(
                yaml_syntax(where, "a key must be a word, found a list or a mapping", "Put the key in quotes")
            )
            return _LOST
        if written in outer.key_where:
            self.twice[-1].append((written, where))
            return _LOST
        outer.key_where[written] = where
        return written

    def close(self) -> None:
        """The innermost collection ends."""
        closed, _, twice = self.open.pop(), self.keys.pop(), self.twice.pop()
        if isinstance(closed, LocatedMap):
            begun = [found for found in twice if found[0] in RECORD_KEYS]
            room = max(MOST_FINDINGS - len(self.findings), 0)
            found = [duplicate_key(where, key, closed.key_where[key]) for key, where in (begun or twice)[:room]]
            self.findings += found

    def first(self, event: Any) -> Where | None:
        """The place of the first character of a text that stands in the file as it is."""
        if not isinstance(event, yaml.ScalarEvent):
            return None
        start: Any = event.start_mark
        end: Any = event.end_mark
        quoted = 1 if event.style in ("'", '"') else 0
        if start.line != end.line or end.column - start.column != len(event.value) + 2 * quoted:
            return None
        return Where(self.file, start.line + 1, start.column + 1 + quoted)


def _scalar(text: str) -> Any:
    """The value of a scalar without quotes."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    return Decimal(text) if _DECIMAL.match(text) else text


def _cut_short(text: str, end: Any, file: str) -> Iterator[Finding]:
    comment = _COMMENT.match(text, end.index)
    if comment:
        column = end.column + 1 + comment.start(1) - comment.start()
        yield text_cut_short(Where(file, end.line + 1, column), comment[1])


def too_deep(where: Where) -> Finding:
    """More brackets or steps of indentation within each other than any guideline needs."""
    return unreadable_file(where, f"nested deeper than {MAX_DEPTH} levels", "Check the brackets and indentation")


def read(path: Path, shown_as: str | None = None) -> tuple[Any, list[Finding]]:
    """Read one YAML file.

    Args:
        path: the file.
        shown_as: how the file is named in findings; its own path when absent.

    Returns:
        The located data (None when nothing could be read) and the findings.
    """
    file = shown_as or str(path)
    raw, findings = read_bytes(path, file)
    if findings:
        return None, findings
    text, findings = decode(raw, file)
    return (None, findings) if findings else parse(text, file)


def ids_in(path: Path) -> set[str]:
    """The ids and numbers that a file seems to define, for a file that cannot be read as YAML."""
    try:
        return set(_DEFINES.findall(decode_somehow(path.read_bytes())))
    except OSError:
        return set()


def parse(text: str, file: str, reader: str = "") -> tuple[Any, list[Finding]]:
    """Turn YAML text into located data, or None and findings in which the file is called `file`.

    Args:
        text: the text.
        file: how the file is named in findings.
        reader: one of `READERS`; the fastest when empty.
    """
    refused = list(strange_character(text, file))
    if refused:
        return None, refused
    composer = _Composer(text, file)
    loader = READERS[reader or list(READERS)[-1]]
    try:
        composer.read(yaml.parse(text, Loader=loader))
    except _RefusedError as error:
        return None, [*composer.findings, error.finding]
    except yaml.MarkedYAMLError as error:
        if TOO_DEEP in str(error.problem):
            return parse(text, file, "PyYAML")  # which makes an event of each bracket, and is asked for 31 of them
        return None, [_complaint(error, text, file)]
    return composer.data, composer.findings


def _complaint(error: yaml.MarkedYAMLError, text: str, file: str) -> Finding:
    met, began = (_mark(each) for each in (error.problem_mark, error.context_mark or error.problem_mark))
    said = Complaint(error.context or "", error.problem or "", began, met)
    problem, mark, mend = in_words(said, text)
    lines, line, column = text.splitlines(), mark.line + 1, mark.column + 1
    if said.misses_a_colon:
        mend, column = key_hint(lines[line - 1], column)
    elif not mend:
        mend, line, column = syntax_hint(lines, line, column)
    return yaml_syntax(Where(file, line, column), f"not valid YAML: {problem}", mend)


def _mark(mark: Any) -> Mark:
    return Mark(mark.index, mark.line, mark.column) if mark else Mark(0, 0, 0)
