"""Inputs, and conditions on them: one comparison of one input, as data and never as text to evaluate."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from calculators.digits import plain, readable
from calculators.errors import At, RecordError
from calculators.quantities import UNITS, Amount, convert, convertible
from calculators.records import Kept, Record, written

type UnitName = str
"""The name of a unit of `UNITS`."""

type Given = str | Amount
"""An input that was taken: an option's id, `yes` or `no`, or an amount."""


class InputKind(StrEnum):
    """What can be typed into an input."""

    CHOICE = "choice"
    INTEGER = "integer"
    QUANTITY = "quantity"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class UnitLimits(Kept):
    """A unit in which an input may be typed, and its limits in that unit, inclusive."""

    unit: UnitName
    min: Fraction
    max: Fraction

    def __post_init__(self) -> None:
        if self.min > self.max:
            raise RecordError("expected a min that is not above the max")


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a choice; aliases only help to suggest the nearest id."""

    id: str
    label: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """An input: one unit for an integer, one or more for a quantity, options for a choice.

    With several units one must be typed; with `exact` a fraction such as `450/7` is taken too.
    """

    id: str
    label: str
    kind: InputKind
    required: bool
    units: tuple[UnitLimits, ...]
    options: tuple[Option, ...]
    exact: bool

    def __post_init__(self) -> None:
        fits = {InputKind.INTEGER: len(self.units) == 1, InputKind.QUANTITY: bool(self.units)}
        if not fits.get(self.kind, not self.units):
            raise RecordError("expected one unit for an integer, at least one for a quantity, else none")
        if self.kind is InputKind.INTEGER and (self.units[0].min % 1 or self.units[0].max % 1):
            raise RecordError("expected whole limits for an integer")
        if bool(self.options) != (self.kind is InputKind.CHOICE):
            raise RecordError("expected options for a choice, and for no other kind")


class Op(StrEnum):
    """How a condition compares."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    IN = "in"


_HOLDS: dict[Op, Callable[[Any, Sequence[Any]], bool]] = {
    Op.EQ: lambda found, values: found in values,
    Op.NE: lambda found, values: found not in values,
    Op.LT: lambda found, values: found < values[0],
    Op.LE: lambda found, values: found <= values[0],
    Op.GT: lambda found, values: found > values[0],
    Op.GE: lambda found, values: found >= values[0],
    Op.IN: lambda found, values: found in values,
}

_OPS = {str(op): op for op in Op}

WORD_OPS = frozenset({Op.EQ, Op.NE, Op.IN})
"""The ops that make sense for a choice and for yes or no."""


@dataclass(frozen=True, eq=False)
class Condition:
    """One comparison, such as `crcl lt 30 mL/min`; a payload's conditions that say the same are one object.

    Attributes:
        input: id of the input that is compared.
        op: how.
        values: what it is compared with, as written; several only for `in`.
        unit: the unit of the values; None for a choice and for yes or no.
    """

    input: str
    op: Op
    values: tuple[str, ...]
    unit: str | None = None

    @cached_property
    def numbers(self) -> tuple[Fraction, ...]:
        """The values of a condition that has a unit, exactly."""
        return tuple(Fraction(value) for value in self.values)

    @cached_property
    def asked(self) -> str:
        """The keys input, op, value (a list for `in`) and unit of a JSON object, as text."""
        value = self.values if self.op is Op.IN else self.values[0]
        parts = {"input": self.input, "op": self.op, "value": value, "unit": self.unit}
        return ", ".join(f'"{key}": {written(part)}' for key, part in parts.items())


@dataclass(frozen=True, slots=True)
class Tried(Record):
    """A condition that was tried: what it asked, what it found, and whether it was met.

    Attributes:
        found: the input in the condition's own unit; None when it was not given.
        text: the keys input, op, value (a list for `in`), unit, found, met as JSON; ready, since many rows of an
            answer share a condition that was tried.
    """

    condition: Condition
    found: str | None
    met: bool
    text: str

    def as_json(self) -> str:
        """See `text`."""
        return self.text


def _tried(condition: Condition, found: str | None, met: bool) -> Tried:
    text = f'{{{condition.asked}, "found": {written(found)}, "met": {"true" if met else "false"}}}'
    return Tried(condition, found, met, text)


def evaluate(condition: Condition, given: Mapping[str, Given]) -> Tried:
    """Try a condition on the inputs that were given; on one that is missing it is not met, whatever its op.

    Raises:
        QuantityError: the input is in a unit of another dimension than the condition.
    """
    found = given.get(condition.input)
    if found is None:
        return _tried(condition, None, False)
    if isinstance(found, Amount):
        # Both sides in the condition's unit, exactly: at a threshold nothing may be rounded.
        number = convert(found.number, found.unit, condition.unit or found.unit)
        met = _HOLDS[condition.op](number, condition.numbers)
        return _tried(condition, readable(number, condition.numbers), met)
    return _tried(condition, found, _HOLDS[condition.op](found, condition.values))


def thresholds(conditions: Iterable[Condition], unit: str) -> Iterator[Fraction]:
    """Every number that the conditions compare with, in `unit` where it converts."""
    return (
        convert(number, condition.unit, unit)
        for condition in conditions
        if condition.unit and convertible(condition.unit, unit)
        for number in condition.numbers
    )


def read_unit(at: At) -> str:
    """The name of a unit in a payload."""
    return at.one_of(UNITS, UNITS)


def read_condition(at: At, inputs: Mapping[str, Input]) -> Condition:
    """A condition in a payload, on one of these inputs.

    Raises:
        PayloadError: op, values or unit do not fit the input.
    """
    asked = inputs[at["input"].one_of(inputs, inputs)]
    op = _OPS[at["op"].one_of(_OPS, _OPS)]
    values = at["values"].items() if op is Op.IN else [at["value"]]
    unit = read_unit(at["unit"]) if at.a(dict).get("unit") is not None else None
    if not values:
        at["values"].fail("at least one value")
    if asked.units:
        unit = asked.units[0].unit if unit is None and asked.kind is InputKind.INTEGER else unit
        if unit is None or not all(convertible(unit, limits.unit) for limits in asked.units):
            at.fail("a unit that every unit of the input converts into exactly")
        return _condition(asked.id, op, tuple(plain(value.number()) for value in values), unit)
    if unit or op not in WORD_OPS:
        at.fail(f"eq, ne or in and no unit, for an input of kind {asked.kind}")
    known = {option.id for option in asked.options} or {"yes", "no"}
    return _condition(asked.id, op, tuple(value.one_of(known, sorted(known)) for value in values), None)


@cache
def _condition(name: str, op: Op, values: tuple[str, ...], unit: str | None) -> Condition:
    """The one object for all conditions that say this: rows ask the same again and again."""
    return Condition(name, op, values, unit)
