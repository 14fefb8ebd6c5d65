"""YAML text to plain data in which every value knows its place.

The only module that imports yaml. Mappings come back as `LocatedMap` and lists as `LocatedList`: a dict and
a list with the place of each key, value and item beside them. Scalars follow YAML 1.2's core rules, so that
`no` and `on` stay words, and decimal numbers become `Decimal`, written digits kept: a dose never passes
through a binary float.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from generator.findings import Finding, Where, finding, finding_code
from generator.syntax_hints import syntax_hint

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
RECORD_KEYS = ("id", "number")
"""The keys with which a record begins."""

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
# YAML 1.2.2, production 1: c-printable
_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEFINES = re.compile(r"""\b(?:id|number):\s*["']?([A-Za-z0-9-]+)""")
_ALIAS_HINT = "Put a text that begins with '*' or '&' in quotes; write any other value out in full"
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


class LocatedMap(dict[str, Any]):
    """A mapping that knows where it, its keys and its values stand."""

    def __init__(self, where: Where) -> None:
        super().__init__()
        self.where = where
        self.key_where: dict[str, Where] = {}
        self.value_where: dict[str, Where] = {}


class LocatedList(list[Any]):
    """A list that knows where it and its items stand."""

    def __init__(self, where: Where) -> None:
        super().__init__()
        self.where = where
        self.item_where: list[Where] = []


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


@finding_code("GL001")
def yaml_syntax(where: Where, problem: str, hint: str = "") -> Finding:
    """The file is not valid YAML.

    Nothing else in the file can be read until this is mended. The place is where the reader of YAML gave
    up: the mistake is there or on a line above it.

    Common causes: a tab in the indentation, a colon followed by a space inside a text without quotes, a text
    without quotes that begins with `{`, `[`, `*`, `&`, `%` or `@`, an opening quote without its partner, a line
    that begins one column beside its neighbours.
    """
    return finding("GL001", where, problem, hint or "Look at this line and the one above it")


@finding_code("GL002")
def duplicate_key(where: Where, key: str, first: Where) -> Finding:
    """A mapping has the same key twice.

    YAML readers silently keep one of the two values, so that a dose or a reference would be lost unseen.

    Mend it by removing one of the two, or by renaming it. When it is the first key of a record, the `- ` that
    begins the next record is missing; the other keys that stand twice are then not reported.
    """
    message = f"key '{key}' stands twice in this mapping; it first stands on line {first.line}"
    hint = f"A new record begins with '- {key}:'; if none begins here, keep one of the two"
    return finding("GL002", where, message, hint if key in RECORD_KEYS else "Keep one of the two")


@finding_code("GL003")
def unreadable_file(where: Where, problem: str, hint: str) -> Finding:
    """A file cannot be read as text, is too large, or is nested too deeply.

    Files are UTF-8 text of at most 1 MB, nested at most 30 levels deep, without aliases (`*name`) and
    without tags (`!name`): a guideline needs none of these, and each of them lets a small file grow without
    bound.
    """
    return finding("GL003", where, problem, hint)


class _Composer:
    """Turns the nodes of one YAML file into located data, and collects findings on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def where(self, mark: Any) -> Where:
        return Where(self.file, mark.line + 1, mark.column + 1)

    def value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return self.sequence(node)
        return _scalar(node)

    def mapping(self, node: yaml.MappingNode) -> LocatedMap:
        result = LocatedMap(self.where(node.start_mark))
        twice: list[tuple[str, Where]] = []
        for key_node, value_node in node.value:
            where = self.where(key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                self.findings.append(
                    yaml_syntax(where, "a key must be a word, found a list or a mapping", "Put the key in quotes")
                )
                continue
            key = key_node.value
            if key in result:
                twice.append((key, where))
                continue
            result.key_where[key] = where
            result.value_where[key] = self.where(value_node.start_mark)
            result[key] = self.value(value_node)
        begun = [found for found in twice if found[0] in RECORD_KEYS]
        self.findings += [duplicate_key(where, key, result.key_where[key]) for key, where in begun or twice]
        return result

    def sequence(self, node: yaml.SequenceNode) -> LocatedList:
        result = LocatedList(self.where(node.start_mark))
        for item in node.value:
            result.item_where.append(self.where(item.start_mark))
            result.append(self.value(item))
        return result


def _scalar(node: yaml.Node) -> Any:
    text: str = node.value
    if getattr(node, "style", None):  # quoted or a block: always text (libyaml gives "" for a plain scalar)
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text) if len(text) < 20 else text
    return Decimal(text) if _DECIMAL.match(text) else text


def _unsafe(text: str, file: str) -> Iterator[Finding]:
    """Refuse what must not be composed: aliases, anchors, tags, several documents and deep nesting."""
    depth = documents = 0
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    for event in events:
        where = Where(file, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield unreadable_file(where, "found an alias or anchor (*name, &name)", _ALIAS_HINT)
            return
        if getattr(event, "tag", None) and str(event.tag) != "!":
            yield unreadable_file(where, f"found a tag ({event.tag})", "Remove it: values need no tag here")
            return
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                yield unreadable_file(where, "found a second document (---)", "Write one document a file")
                return
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                yield unreadable_file(
                    where, f"nested deeper than {MAX_DEPTH} levels", "Check the brackets and indentation"
                )
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def read(path: Path, shown_as: str | None = None) -> tuple[Any, list[Finding]]:
    """Read one YAML file.

    Args:
        path: the file.
        shown_as: how the file is named in findings; its own path when absent.

    Returns:
        The located data (None when nothing could be read) and the findings.
    """
    file = shown_as or str(path)
    start = Where(file, 1, 1)
    try:
        raw = path.read_bytes()
    except OSError as error:
        return None, [
            unreadable_file(start, f"the file cannot be opened: {error.strerror}", "Check its name and rights")
        ]
    if len(raw) > MAX_BYTES:
        hint = "Split it: NAME.yaml may become a folder NAME/ with several files"
        return None, [unreadable_file(start, f"the file has {len(raw):,} bytes; at most {MAX_BYTES:,} are read", hint)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = _place(file, raw[: error.start].decode("utf-8-sig"))
        return None, [unreadable_file(where, "the file is not UTF-8 text", "Save it with the encoding UTF-8")]
    return parse(text, file)


def ids_in(path: Path) -> set[str]:
    """The ids and numbers that a file seems to define, for a file that cannot be read as YAML."""
    try:
        text = path.read_bytes()[:MAX_BYTES].decode("utf-8", errors="replace")
    except OSError:
        return set()
    return set(_DEFINES.findall(text))


def parse(text: str, file: str) -> tuple[Any, list[Finding]]:
    """Turn YAML text into located data, or None and findings in which the file is called `file`."""
    strange = _NOT_ALLOWED.search(text)
    if strange:
        problem = f"not valid YAML: the character U+{ord(strange.group()):04X}, which YAML does not allow"
        return None, [yaml_syntax(_place(file, text[: strange.start()]), problem, "Remove it")]
    try:
        refused = list(_unsafe(text, file))
        if refused:
            return None, refused
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        # What was never closed is reported at the end of the file; where it was opened helps more.
        mark = error.problem_mark or error.context_mark
        if mark and error.context_mark and mark.line >= len(text.splitlines()):
            mark = error.context_mark
        where = Where(file, mark.line + 1, mark.column + 1) if mark else Where(file, 1, 1)
        problem = " ".join(part for part in (error.context, error.problem) if part)
        return None, [yaml_syntax(where, f"not valid YAML: {problem}", syntax_hint(text.splitlines(), where.line))]
    composer = _Composer(file)
    data = composer.value(node) if node is not None else None
    return data, composer.findings


def _place(file: str, before: str) -> Where:
    """The place after the text `before`."""
    lines = (before + "|").splitlines()
    return Where(file, len(lines), len(lines[-1]))
