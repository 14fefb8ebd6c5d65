"""Numbers with a bound and a unit, and conditions on them: data, never text that a person must parse."""

from decimal import Decimal
from enum import StrEnum
from typing import Literal, Self

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from generator.models.base import Identifier, Located, Number, Text, exactly_one, given

BOUNDS = ("exactly", "at_most", "less_than", "at_least", "more_than", "range", "either")


class Quantity(Located):
    """A number as the source prints it: one bound, one unit.

    `{exactly: 4, unit: mg}`, `{at_most: 3.5, unit: mg}`, `{more_than: 15, unit: min}`,
    `{range: [2, 4], unit: h}`, `{either: [3, 4], unit: week}` (the source lists two values).

    Attributes:
        exactly: this number.
        at_most: this number or less.
        less_than: less than this number.
        at_least: this number or more.
        more_than: more than this number.
        range: from the first number to the second.
        either: one of two numbers.
        unit: the unit, as in the list of known units.
    """

    model_config = ConfigDict(json_schema_extra=exactly_one(*BOUNDS))

    exactly: Number | None = None
    at_most: Number | None = None
    less_than: Number | None = None
    at_least: Number | None = None
    more_than: Number | None = None
    range: tuple[Number, Number] | None = None
    either: tuple[Number, Number] | None = None
    unit: Text

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        given = [name for name in BOUNDS if getattr(self, name) is not None]
        if len(given) != 1:
            found = ", ".join(given) or "none"
            raise PydanticCustomError("one_bound", "exactly one of " + ", ".join(BOUNDS) + f"; found {found}")
        if self.range and self.range[0] >= self.range[1]:
            raise PydanticCustomError("range_order", "a range from the smaller to the larger number")
        return self

    @property
    def bound(self) -> str:
        """The name of the bound: one of `BOUNDS`."""
        return next(name for name in BOUNDS if getattr(self, name) is not None)

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The number, or the two numbers of `range` and `either`, with the digits that the author wrote."""
        value = getattr(self, self.bound)
        return value if isinstance(value, tuple) else (value,)


class Op(StrEnum):
    """How a condition compares."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    IN = "in"


OPS_IN_WORDS = (
    "lt: less than, le: at most, gt: more than, ge: at least, eq: equal, ne: not equal, in: one of the 'values'"
)


class Condition(Located):
    """One comparison: `{input: crcl, op: lt, value: 30, unit: mL/min}`.

    Instead of `value` and `unit`, `cell` may name the table's cell or the statement's value that holds the
    number, so that page and calculator share it; `values` goes with `op: in`.

    Attributes:
        input: id of the input that is asked about.
        op: how it is compared.
        value: what it is compared with: a number, an option's id, or `yes` or `no`.
        values: with `op: in`: the options.
        unit: the unit of the number.
        cell: path of the cell that holds the number and its unit.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"op": {"const": "in"}}},
            "then": given("values", without=("value", "cell")),
            "else": {"oneOf": [given("value", without=("values",)), given("cell", without=("values",))]},
        }
    )

    input: Identifier
    op: Op
    value: Number | Text | None = None
    values: tuple[Text, ...] | None = None
    unit: Text | None = None
    cell: Text | None = None

    @model_validator(mode="after")
    def _one_value(self) -> Self:
        given = [name for name in ("value", "values", "cell") if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "one_value", "exactly one of value, values, cell; found " + (", ".join(given) or "none")
            )
        if (self.op is Op.IN) != (self.values is not None):
            raise PydanticCustomError("in_values", "'op: in' together with 'values', and no other op with it")
        return self


CellKind = Literal["text", "quantity", "items"]
