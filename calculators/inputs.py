"""What a reader types: each input read within its limits, or put into words why it is not taken.

Calculators and pathways read alike, so that a clearance that one of them refuses is refused by the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction

from calculators.conditions import Given, Input, InputKind, UnitLimits
from calculators.digits import ends, readable
from calculators.errors import InputProblem, quoted, say
from calculators.quantities import (
    LONGEST_INPUT,
    UNITS,
    Amount,
    convertible,
    format_quantity,
    normalised,
    read_number,
    same_size,
)

MOST_INPUTS = 64
"""More inputs than any form has; beyond it nothing is searched for, so that junk is answered quickly."""

YES = frozenset({"yes", "y", "true", "1", "是"})
NO = frozenset({"no", "n", "false", "0", "否"})

type Inputs = Mapping[str, str] | Iterable[tuple[str, str]]
"""Inputs as typed, by input id; pairs, so that an input given twice can be seen."""


def pairs(inputs: Inputs) -> list[tuple[str, str]]:
    """The inputs as pairs, in the order in which they were given."""
    return list(inputs.items() if isinstance(inputs, Mapping) else inputs)


def take(entry: Input, typed: Sequence[str]) -> Given | None:
    """What was typed for one input; None when nothing was.

    Raises:
        InputProblem: it cannot be taken, or was given more than once.
    """
    if len(typed) > 1:
        raise InputProblem("twice")
    return _read(entry, typed[0]) if typed and normalised(typed[0]) else None


def amount_text(given: Amount, thresholds: Iterable[Fraction], language: str) -> str:
    """An amount that was taken, as a reader should see it again: on its side of every threshold."""
    shown = given.number if ends(given.number) else Fraction(readable(given.number, thresholds))
    return format_quantity("exactly", (shown,), given.unit, language)


def _read(entry: Input, typed: str) -> Given:
    """One input as typed, within its limits.

    Raises:
        InputProblem: with the hint that helps most.
    """
    if entry.kind is InputKind.CHOICE:
        return _read_option(entry, normalised(typed))
    if entry.kind is InputKind.YES_NO:
        word = normalised(typed).casefold()
        if word not in YES and word not in NO:
            raise InputProblem("not-yes-no")
        return "yes" if word in YES else "no"
    number, unit, broken = read_number(typed, fraction=entry.exact)
    limits = _limits(entry, unit)
    if broken and entry.kind is InputKind.INTEGER:
        raise InputProblem("not-whole")
    if not limits.min <= number <= limits.max:
        for other in entry.units:
            if other.min <= number <= other.max:
                raise InputProblem("units-swapped", unit=limits.unit, other=other.unit)
        raise InputProblem("out-of-limits")
    return Amount(number, limits.unit)


def _read_option(entry: Input, typed: str) -> str:
    if any(typed == option.id for option in entry.options):
        return typed
    names = {option.id: {option.id, option.label, *option.aliases} for option in entry.options}
    near = nearest(typed, names)
    raise InputProblem("nearest-option", options=", ".join(near)) if near else InputProblem("unknown-option")


def _limits(entry: Input, unit: str | None) -> UnitLimits:
    if unit is None and len(entry.units) == 1:
        return entry.units[0]
    if unit is None:
        raise InputProblem("unit-missing")
    for limits in entry.units:
        if same_size(unit, limits.unit):
            return limits
    if all(convertible(limits.unit, "mL/min") for limits in entry.units):
        if convertible(unit, "mL/min/1.73 m²"):
            raise InputProblem("unit-is-egfr", unit=unit)
        if convertible(unit, "µmol/L") or convertible(unit, "mg/dL"):
            raise InputProblem("unit-is-creatinine", unit=unit)
    raise InputProblem("unit-wrong", unit=unit)


def nearest(typed: str, names: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids, at most three, of which some name is near to what was typed."""
    spellings = {name.casefold(): key for key, spelled in names.items() for name in spelled}
    wanted = typed[:LONGEST_INPUT].casefold()
    near = [wanted] if wanted in spellings else get_close_matches(wanted, spellings, n=3)
    return list(dict.fromkeys(spellings[name] for name in near))


def refusal(entry: Input, problem: InputProblem, typed: Sequence[str], language: str) -> str:
    """Which field, what was expected, what was found, and a hint."""
    expected = _expected(entry, language)
    if problem.code == "missing":
        return say("missing", language, label=entry.label, expected=expected)
    first = say("found", language, label=entry.label, expected=expected, found=quoted(" / ".join(typed)))
    parts = {key: UNITS[text].label(language) if text in UNITS else text for key, text in problem.parts.items()}
    return first + say(problem.code, language, **parts)


def _expected(entry: Input, language: str) -> str:
    if entry.kind is InputKind.CHOICE:
        return say("expected-choice", language, options=", ".join(option.id for option in entry.options))
    if entry.kind is InputKind.YES_NO:
        return say("expected-yes-no", language)
    ranges = [format_quantity("range", (each.min, each.max), each.unit, language) for each in entry.units]
    code = "expected-whole" if entry.kind is InputKind.INTEGER else "expected-quantity"
    return say(code, language, limits=f" {say('or', language)} ".join(ranges))
