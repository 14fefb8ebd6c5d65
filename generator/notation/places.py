"""Places in the source: `section 2.1, paragraph 2, sentences 1–3`, `table 1, row 2, column dose`, `第 2 节第 1 段`."""

import re

from generator.notation.scan import DASHES, Misread, Scanner, Written
from generator.source import LocatedList, LocatedMap

HINT = "For example 'section 2.1, paragraph 2, sentence 3', 'table 1, row 2, column dose' or 'figure 1'"
NAMES = {"abstract": "abstract", "introduction": "introduction", "摘要": "abstract", "引言": "introduction"}
"""Parts of a source that have no number."""

_NAME = re.compile(r"(?:abstract|introduction)(?![\w-])|摘要|引言", re.IGNORECASE)
_SECTION = re.compile(r"(?:section|§)\s*(?P<en>[\w.]+(?:-end)?)|第\s*(?P<zh>[\w.]+?)\s*节(?P<end>末?)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(?:paragraph|¶)\s*(?P<en>[0-9]+)|第\s*(?P<zh>[0-9]+)\s*段", re.IGNORECASE)
_SENTENCES = re.compile(
    rf"(?:sentences?)\s*(?P<en>[0-9]+(?:\s*[,{DASHES}]\s*[0-9]+)*)|第\s*(?P<zh>[0-9]+(?:\s*[,、{DASHES}]\s*[0-9]+)*)\s*句",
    re.IGNORECASE,
)
_TABLE = re.compile(r"(?:table|表)\s*(?P<number>[0-9]+)", re.IGNORECASE)
_FIGURE = re.compile(r"(?:figure|图)\s*(?P<number>[0-9]+)", re.IGNORECASE)
_NOTE = re.compile(r"note(?!\w)|表注", re.IGNORECASE)
_HEAD = re.compile(r"head(?!\w)|表头", re.IGNORECASE)
_ROW = re.compile(r"row\s*(?P<en>[0-9]+)|第\s*(?P<zh>[0-9]+)\s*行", re.IGNORECASE)
_COLUMN = re.compile(r"column\s+(?P<en>[^,;]+)|[“\"](?P<zh>[^”\"]+)[”\"]\s*列", re.IGNORECASE)
_COMMA = re.compile(r"[,，、]?")
_NEXT = re.compile(r"[;；]")

type Parts = dict[str, tuple[object, int]]


def places(written: Written) -> list[LocatedMap]:
    """The mappings of one or more places, with a semicolon between them.

    Raises:
        Misread: the text names no place.
    """
    scanner = Scanner(written.text)
    found = [_one(scanner, written)]
    while not scanner.ended:
        if not scanner.take(_NEXT):
            raise scanner.refuse("a part of the place, a semicolon or the end", HINT)
        found.append(_one(scanner, written))
    return [written.mapping(parts) for parts in found]


def _one(scanner: Scanner, written: Written) -> Parts:
    figure = _number(scanner, _FIGURE)
    if figure:
        return {"figure": figure}
    table = _number(scanner, _TABLE)
    return {"table": table} | _in_table(scanner, written) if table else _in_text(scanner, written)


def _in_text(scanner: Scanner, written: Written) -> Parts:
    start = scanner.skip()
    section = _match(scanner, _NAME) or _match(scanner, _SECTION)
    if section is None:
        raise scanner.refuse("'section', 'table' or 'figure' with its number", HINT)
    groups = section.groupdict()
    name = NAMES.get(section.group().casefold()) or groups.get("en") or groups["zh"] + ("-end" if groups["end"] else "")
    parts: Parts = {"section": (name, start)}
    paragraph = _number(scanner, _PARAGRAPH)
    if paragraph:
        parts["paragraph"] = paragraph
        place = _behind_comma(scanner)
        if sentences := _match(scanner, _SENTENCES):
            parts["sentences"] = (_listed(sentences, written), place)
    return parts


def _in_table(scanner: Scanner, written: Written) -> Parts:
    parts: Parts = {}
    place = _behind_comma(scanner)
    if _match(scanner, _NOTE):
        parts["note"] = (True, place)
        place = _behind_comma(scanner)
    if _match(scanner, _HEAD):
        parts["row"] = (0, place)
    elif row := _number(scanner, _ROW):
        parts["row"] = row
    place = _behind_comma(scanner)
    if column := _match(scanner, _COLUMN):
        group = "en" if column["en"] else "zh"
        label = written.text[column.start(group) : column.end(group)].strip()  # full-width signs as the source has them
        parts["column"] = (label, place)
    return parts


def _behind_comma(scanner: Scanner) -> int:
    """Where the next part begins; the comma is passed over only when one follows."""
    before = scanner.at
    scanner.take(_COMMA)
    if scanner.ended:
        scanner.at = before
    return scanner.skip()


def _match(scanner: Scanner, pattern: re.Pattern[str]) -> re.Match[str] | None:
    found = pattern.match(scanner.text, scanner.skip())
    if found:
        scanner.at = found.end()
    return found


def _number(scanner: Scanner, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    place = _behind_comma(scanner)
    found = _match(scanner, pattern)
    if found is None:
        return None
    group = next(name for name, value in found.groupdict().items() if value)
    return int(found[group]), place


def _listed(found: re.Match[str], written: Written) -> LocatedList:
    """The numbers of `1, 3` and `1–3`."""
    group = "en" if found["en"] else "zh"
    listed = LocatedList(written.at(found.start(group)))
    before = ""
    for part in re.finditer(rf"[0-9]+|[,、{DASHES}]", found[group]):
        offset = found.start(group) + part.start()
        if part.group().isdecimal():
            number = int(part.group())
            first = number
            if before and before in DASHES:
                first = listed[-1] + 1
                if first > number:
                    raise Misread(
                        offset, f"expected a number above {listed[-1]}, found {number}", "Write the smaller one first"
                    )
            for one in range(first, min(number, first + 99) + 1):
                listed.append(one)
                listed.item_where.append(written.at(offset))
        before = part.group()
    return listed
