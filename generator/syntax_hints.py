"""A guess at why a file is not valid YAML, from the line where the reader of YAML gave up and the one above it."""

import re
from collections.abc import Iterator, Sequence

_FULL_WIDTH_KEY = re.compile(r"\s*(?:- )?\w+(?=\N{FULLWIDTH COLON})")
_UNDIVIDED = re.compile(r"""["']?(?P<key>\w+)["']?(?P<colon>[:\N{FULLWIDTH COLON}])""")
_NO_COLON = re.compile(r"\s*(?:- )?(?P<key>[A-Za-z_]+)(?= +[^\s:#][^:]*\Z)")
_NO_SPACE = re.compile(r"\s*(?:- )?(?P<key>[A-Za-z_]+:)(?=[^\s:])")
_VALUE = re.compile(r"\s*(?:- )*(?:[\w-]+: +)?(?P<value>\S.*)")
_SPECIAL = re.compile(r"[*&%@`]|[|>] +[^\s#]")
_FLOW = re.compile(r"(?:\{[^{}]*\}|\[[^\[\]]*\])\s*[^\s,\]}#:]")
_QUOTED = re.compile(r"""(?P<quote>["'])(?:(?!(?P=quote)).)*(?P=quote)\s*[^\s,\]}#:]""")
_OPENED = re.compile(r"""\s*(?:- )*(?:[\w-]+: +)?"[^"]*$""")
_OPENS = re.compile(r"(?:: +|- +|[\[{,] *)$")
_ODD_SPACE = re.compile(r" *[\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}]")
_COMPARED = re.compile(r".*?\bop: *(?P<sign>[<>=≤≥]{1,2})")
_OPS = {"<": "lt", "<=": "le", "≤": "le", ">": "gt", ">=": "ge", "≥": "ge", "=": "eq", "==": "eq"}
_FULL_WIDTH = {"\N{FULLWIDTH COMMA}": ",", "\N{FULLWIDTH COLON}": ":", "\N{LEFT DOUBLE QUOTATION MARK}": '"'}


def syntax_hint(lines: Sequence[str], number: int, column: int) -> tuple[str, int, int]:
    """How to mend the line of this number, from 1, and the line and column of the mistake.

    The hint is empty when there is no guess; line and column are then those that were given.
    """
    if found := _ODD_SPACE.match(lines[number - 1] if 0 < number <= len(lines) else ""):
        return f"Line {number} begins with spaces that are not plain ones: write plain spaces", number, found.end()
    if opening := _open_quote(lines[:number]):
        return f"Line {opening} has an opening quote without its partner", opening, lines[opening - 1].rindex('"') + 1
    for place in (number, number - 1):
        line = lines[place - 1] if 0 < place <= len(lines) else ""
        if (found := _COMPARED.match(line)) and found["sign"] in _OPS:
            return f"Write 'op: {_OPS[found['sign']]}'", place, found.start("sign") + 1
        if found := _FULL_WIDTH_KEY.match(line):
            return f"Line {place} has a full-width colon after its key: write ': '", place, found.end() + 1
        if found := _NO_SPACE.match(line):
            return f"Line {place} has no space after '{found['key']}'", place, found.end() + 1
        if place < number and (found := _NO_COLON.match(line)):
            return f"Line {place} has no colon after '{found['key']}'", place, found.end() + 1
        value = _VALUE.match(line)
        if value and (_SPECIAL.match(value["value"]) or _FLOW.match(value["value"])):
            hint = f"Line {place} has a text that begins with '{value['value'][0]}': such a text needs quotes"
            return hint, number, column
        if value and _QUOTED.match(value["value"]):
            other = "'" if value["value"][0] == '"' else '"'
            hint = f"Line {place} has a quote inside quotes: put the whole text in {other} signs"
            return hint, number, column
        if line.count('"') % 2:
            return f"Line {place} has an opening quote without its partner", number, column
        if place == number and (hint := _indentation(lines, number)):
            return hint, number, column
        if line.count(": ") > 1 and '"' not in line and "{" not in line:
            return f"Line {place} has a colon inside a text: put the text in quotes", number, column
        if place == number and (hint := _full_width(line, column)):
            return hint, number, column
    return "", number, column


def _open_quote(lines: Sequence[str]) -> int:
    """The number of the line above the last two in which a double quote opens and has no partner; 0 if none.

    The reader of YAML takes the next quote for its partner, many lines below. That one opens a text of its own.
    """
    opened = 0
    for place, line in enumerate(lines, 1):
        if opened and '"' in line:
            if _OPENS.search(line[: line.index('"')]):
                return opened if opened < len(lines) - 1 else 0
            opened = 0
        elif not opened and _OPENED.match(line):
            opened = place
    return 0


def key_hint(line: str, column: int) -> tuple[str, int]:
    """How to mend a key without a colon that begins in this column, and the column of the mistake."""
    found = _UNDIVIDED.match(line, column - 1)
    if not found:
        return "Write 'key: value'", column
    wrong = "a full-width colon" if found["colon"] == "\N{FULLWIDTH COLON}" else "a colon without a space"
    return f"There is {wrong} behind '{found['key']}': write '{found['key']}: '", found.start("colon") + 1


def _full_width(line: str, column: int) -> str:
    """Whether a sign before the place is one of Chinese where YAML wants its plain likeness."""
    for sign, plain in _FULL_WIDTH.items():
        if sign in line[:column]:
            return f"The line has '{sign}' where YAML wants '{plain}'"
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
