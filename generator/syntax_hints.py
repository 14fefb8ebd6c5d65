"""A guess at why a file is not valid YAML, from the line where the reader of YAML gave up and the one above it."""

import re
from collections.abc import Iterator, Sequence

_FULL_WIDTH_KEY = re.compile(r"\s*(?:- )?\w+\N{FULLWIDTH COLON}")
_VALUE = re.compile(r"\s*(?:- )*(?:[\w-]+: +)?(?P<value>\S.*)")
_SPECIAL = re.compile(r"[*&%@`]|[|>] +[^\s#]")
_FLOW = re.compile(r"(?:\{[^{}]*\}|\[[^\[\]]*\])\s*[^\s,\]}#:]")


def syntax_hint(lines: Sequence[str], number: int) -> str:
    """How to mend the line of this number, from 1; empty when there is no guess."""
    for place in (number, number - 1):
        line = lines[place - 1] if 0 < place <= len(lines) else ""
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return f"Line {place} is indented with a tab: use spaces"
        if _FULL_WIDTH_KEY.match(line):
            return f"Line {place} has a full-width colon after its key: write ': '"
        value = _VALUE.match(line)
        if value and (_SPECIAL.match(value["value"]) or _FLOW.match(value["value"])):
            return f"Line {place} has a text that begins with '{value['value'][0]}': such a text needs quotes"
        if line.count('"') % 2:
            return f"Line {place} has an opening quote without its partner"
        if place == number and (hint := _indentation(lines, number)):
            return hint
        if line.count(": ") > 1 and '"' not in line and "{" not in line:
            return f"Line {place} has a colon inside a text: put the text in quotes"
    return ""


def _indentation(lines: Sequence[str], number: int) -> str:
    """Whether a line begins one column beside those that it belongs to; it may be deeper below a lone key."""
    begun: dict[int, tuple[int, bool]] = {}  # column -> number of a line, and whether '- ' stands there
    before = ""
    for place, line in enumerate(lines[: number - 1], 1):
        columns = list(_columns(line))
        if columns:
            before = line
            begun = {column: found for column, found in begun.items() if column <= columns[0][0]}
            begun |= {column: (place, dash) for column, dash in columns}
    own = next(_columns(lines[number - 1]), None) if number <= len(lines) else None
    if own is None or own[0] in begun or before.rstrip().endswith(":"):
        return ""
    column, dash = own
    near = sorted((place[1] != dash, -place[0], other) for other, place in begun.items() if abs(other - column) == 1)
    if not near:
        return ""
    _, above, other = near[0]
    return (
        f"Line {number} begins in column {column}, line {-above} in column {other}: "
        "lines that belong together begin in the same column"
    )


def _columns(line: str) -> Iterator[tuple[int, bool]]:
    """The columns, from 1, in which a line begins: of each '- ', which is marked, and of what follows."""
    column, rest = 1, line
    while rest.startswith((" ", "- ")):
        if rest[0] == "-":
            yield column, True
        rest = rest[1:]
        column += 1
    if rest.strip() and not rest.startswith("#"):
        yield column, rest.strip() == "-"
