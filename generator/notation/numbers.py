"""Numbers with a bound and a unit: `30 mL/min`, `at most 3.5 mg`, `3–4 weeks`, `3 或 4 周`, `≥ 65 岁`."""

from decimal import Decimal

from generator.notation.scan import Misread, Scanner, Written
from generator.source import LocatedList, LocatedMap

BOUNDS = {
    "at_most": (
        "≤",
        "<=",
        "≦",
        "⩽",
        "at most",
        "no more than",
        "not more than",
        "不超过",
        "不大于",
        "不高于",
        "至多",
        "最多",
    ),
    "less_than": ("<", "less than", "below", "小于", "少于", "低于"),
    "at_least": (
        "≥",
        ">=",
        "≧",
        "⩾",
        "at least",
        "no less than",
        "not less than",
        "至少",
        "不少于",
        "不小于",
        "不低于",
    ),
    "more_than": (">", "more than", "above", "大于", "超过", "多于", "高于"),
}
"""How a bound is written before its number."""

BOUND_BY_SPELLING = {spelling: bound for bound, spellings in BOUNDS.items() for spelling in spellings}
TO = {"to": "range", "至": "range", "到": "range"}
OR = {"or": "either", "或": "either"}
TWO_READINGS = {
    "以上": "Write '≥ 65 岁' or '> 65 岁'",
    "以下": "Write '≤ 65 岁' or '< 65 岁'",
    "以内": "Write '≤ 2 h' or '< 2 h'",
}
"""Words behind a number that can be read in two ways, with the mend."""

HINT = "For example 30 mL/min, 3–4 weeks, at most 3.5 mg, ≥ 65 age-year"


def quantity(written: Written) -> LocatedMap:
    """The mapping of a quantity: one bound and a unit, such as `{at_most: 3.5, unit: mg}`.

    Raises:
        Misread: the text is no number with a unit.
    """
    scanner = Scanner(written.text)
    bound, numbers, unit = _read(scanner)
    if unit is None:
        raise scanner.refuse_unit() if not scanner.ended else scanner.refuse("a unit", HINT)
    _end(scanner)
    return written.mapping({bound: (_values(written, bound, numbers), numbers[0][1]), "unit": unit})


def limits(written: Written) -> LocatedMap:
    """The mapping of an input's limits: `1–250 mL/min` is `{min: 1, max: 250, unit: mL/min}`; the unit may lack.

    Raises:
        Misread: the text is no range.
    """
    scanner = Scanner(written.text)
    start = scanner.skip()
    bound, numbers, unit = _read(scanner)
    if unit is None and not scanner.ended:
        raise scanner.refuse_unit()
    _end(scanner)
    if bound != "range":
        raise Misread(start, "expected the smallest and the largest number, found one", "For example 1–250 mL/min")
    parts: dict[str, tuple[object, int]] = {"min": numbers[0], "max": numbers[1]}
    return written.mapping(parts | ({"unit": unit} if unit else {}))


def _values(written: Written, bound: str, numbers: list[tuple[Decimal, int]]) -> object:
    if bound not in ("range", "either"):
        return numbers[0][0]
    pair = LocatedList(written.at(numbers[0][1]))
    for number, offset in numbers:
        pair.append(number)
        pair.item_where.append(written.at(offset))
    return pair


def _read(scanner: Scanner) -> tuple[str, list[tuple[Decimal, int]], tuple[str, int] | None]:
    """The bound, its one or two numbers with their offsets, and the unit with its own."""
    bound = scanner.one_of(BOUND_BY_SPELLING)
    first = number_with_unit(scanner, HINT)
    numbers, unit = [first[:2]], first[2]
    joint = "range" if scanner.dash() else scanner.one_of(TO | OR)
    if joint is None:
        return bound or "exactly", numbers, unit
    if bound is not None:
        raise Misread(numbers[0][1], "expected one number after a bound, found two", "Write the bound or the range")
    second = number_with_unit(scanner, HINT)
    if unit and second[2] and unit[0] != second[2][0]:
        raise Misread(second[2][1], f"expected the unit of the first number, '{unit[0]}', found '{second[2][0]}'")
    if joint == "range" and first[0] >= second[0]:
        raise Misread(
            second[1], f"expected a number above {first[0]}, found {second[0]}", "Write the smaller one first"
        )
    if unit and not second[2]:
        raise scanner.refuse("the unit behind the second number")
    return joint, [*numbers, second[:2]], second[2]


def number_with_unit(scanner: Scanner, hint: str) -> tuple[Decimal, int, tuple[str, int] | None]:
    """A number, its offset, and the unit behind it with its own offset, when one stands there."""
    start = scanner.skip()
    if not scanner.sees_number():
        raise scanner.refuse("a number", hint)
    number = scanner.number()
    place = scanner.skip()
    unit = scanner.unit()
    for word, mend in TWO_READINGS.items():
        if scanner.one_of({word: word}):
            raise Misread(scanner.at - len(word), f"'{word}' can be read in two ways", mend)
    return number, start, (unit, place) if unit else None


def _end(scanner: Scanner) -> None:
    if not scanner.ended:
        raise scanner.refuse("the end after the unit")
