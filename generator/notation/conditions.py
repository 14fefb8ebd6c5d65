"""Conditions: `crcl < 30 mL/min`, `30 ≤ crcl < 60 mL/min`, `age 18–64`, `drug = a or b`, joined by `and`."""

import re
from decimal import Decimal

from generator.notation.numbers import BOUNDS, OR, number_with_unit
from generator.notation.scan import Misread, Scanner, Written
from generator.source import LocatedList, LocatedMap

OPS = {
    **dict.fromkeys(BOUNDS["at_most"], "le"),
    **dict.fromkeys(BOUNDS["less_than"], "lt"),
    **dict.fromkeys(BOUNDS["at_least"], "ge"),
    **dict.fromkeys(BOUNDS["more_than"], "gt"),
    **dict.fromkeys(("=", "==", "is", "是", "等于", "为"), "eq"),
    **dict.fromkeys(("≠", "!=", "is not", "不是", "不等于"), "ne"),
}
TURNED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
"""What `30 < crcl` says of crcl."""

AND = {"and": "and", "且": "and", "并且": "and"}
HINT = "For example 'crcl < 30 mL/min', '30 <= crcl < 60 mL/min', 'sex = female', 'drug = a or b'"

_INPUT = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PATH = re.compile(r"[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)+")
_OPTION = re.compile(r"[A-Za-z][\w-]*(?![\w/-])", re.ASCII)

type Parts = dict[str, tuple[object, int]]


def conditions(written: Written) -> list[LocatedMap]:
    """The mappings of one or more conditions, which must all hold.

    Raises:
        Misread: the text is no condition.
    """
    scanner = Scanner(written.text)
    found = [*_one(scanner, written)]
    while not scanner.ended:
        if not scanner.one_of(AND):
            raise scanner.refuse("'and' or the end", HINT)
        found += _one(scanner, written)
    return [written.mapping(parts) for parts in found]


def _one(scanner: Scanner, written: Written) -> list[Parts]:
    if scanner.sees_number():
        return _between(scanner)
    start = scanner.skip()
    name = scanner.take(_INPUT)
    if name is None:
        raise scanner.refuse("the id of an input", HINT)
    if scanner.sees_number():
        return _range(scanner, (name, start))
    place = scanner.skip()
    op = scanner.one_of(OPS)
    if op is None:
        raise scanner.refuse("a comparison (<, <=, >, >=, = or !=)", HINT)
    parts: Parts = {"input": (name, start), "op": (op, place)}
    if path := _path(scanner):
        return [parts | {"cell": path}]
    if scanner.sees_number():
        return [parts | _number(scanner)]
    if op not in ("eq", "ne"):
        raise scanner.refuse("a number, or the path of a cell", HINT)
    return [_options(scanner, written, parts)]


def _number(scanner: Scanner) -> Parts:
    number, place, unit = number_with_unit(scanner, HINT)
    if unit is None and not scanner.ended and not _sees_and(scanner):
        raise scanner.refuse_unit()
    return {"value": (number, place), **({"unit": unit} if unit else {})}


def _path(scanner: Scanner) -> tuple[str, int] | None:
    place = scanner.skip()
    path = scanner.take(_PATH)
    return (path, place) if path else None


def _sees_and(scanner: Scanner) -> bool:
    before = scanner.at
    seen = scanner.one_of(AND) is not None
    scanner.at = before
    return seen


def _options(scanner: Scanner, written: Written, parts: Parts) -> Parts:
    """`= a`, or `= a or b`, which is one of the two."""
    listed: list[tuple[str, int]] = []
    while not listed or scanner.one_of(OR):
        place = scanner.skip()
        option = scanner.take(_OPTION)
        if option is None:
            raise scanner.refuse(
                "the id of an option, a number or the path of a cell" if not listed else "an option's id"
            )
        listed.append((option, place))
    if len(listed) == 1:
        return parts | {"value": listed[0]}
    if parts["op"][0] == "ne":
        raise Misread(listed[1][1], "'not a or b' can be read in two ways", "Write 'x != a and x != b'")
    values = LocatedList(written.at(listed[0][1]))
    for option, place in listed:
        values.append(option)
        values.item_where.append(written.at(place))
    return parts | {"op": ("in", parts["op"][1]), "values": (values, listed[0][1])}


def _range(scanner: Scanner, name: tuple[str, int]) -> list[Parts]:
    """`age 18–64`: from the first number to the second, both of them included."""
    low, low_at, unit = number_with_unit(scanner, HINT)
    place = scanner.skip()
    if not scanner.dash():
        raise scanner.refuse("a dash and a second number, or a comparison before the first", HINT)
    high = _number(scanner)
    _same_unit(unit, high.get("unit"))
    _rising(low, high["value"])
    shared = {"unit": high["unit"]} if "unit" in high else {}
    return [
        {"input": name, "op": ("ge", place), "value": (low, low_at), **shared},
        {"input": name, "op": ("le", place), **high},
    ]


def _between(scanner: Scanner) -> list[Parts]:
    """`30 <= crcl < 60 mL/min`, or `30 mL/min <= crcl`."""
    low, low_at, unit = number_with_unit(scanner, HINT)
    first_at = scanner.skip()
    first = scanner.one_of(OPS)
    if first not in TURNED:
        raise Misread(first_at, f"expected a comparison (<, <=, > or >=), found {_seen(scanner, first_at)}", HINT)
    name_at = scanner.skip()
    name = scanner.take(_INPUT)
    if name is None:
        raise scanner.refuse("the id of an input", HINT)
    parts: Parts = {"input": (name, name_at), "op": (TURNED[first], first_at), "value": (low, low_at)}
    second_at = scanner.skip()
    second = scanner.one_of(OPS)
    if second is None:
        return [parts | ({"unit": unit} if unit else {})]
    if second[0] != first[0]:
        raise Misread(second_at, "expected two comparisons in one direction, found two directions", HINT)
    high = _number(scanner)
    _same_unit(unit, high.get("unit"))
    ends: list[tuple[object, int]] = [(low, low_at), high["value"]]
    if first[0] == "g":
        ends.reverse()
    _rising(ends[0][0], ends[1])
    if "unit" in high:
        parts["unit"] = high["unit"]
    return [parts, {"input": (name, name_at), "op": (second, second_at), **high}]


def _seen(scanner: Scanner, offset: int) -> str:
    scanner.at = offset
    return scanner.found()


def _same_unit(one: tuple[str, int] | None, other: tuple[object, int] | None) -> None:
    if one and other and one[0] != other[0]:
        raise Misread(other[1], f"expected the unit of the first number, '{one[0]}', found '{other[0]}'")
    if one and not other:
        raise Misread(one[1], "expected the unit behind the second number", "For example '30 <= crcl < 60 mL/min'")


def _rising(low: object, high: tuple[object, int]) -> None:
    assert isinstance(low, Decimal)
    assert isinstance(high[0], Decimal)
    if low >= high[0]:
        raise Misread(high[1], f"expected a number above {low}, found {high[0]}", "Write the smaller one first")
