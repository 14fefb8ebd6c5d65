"""Reads JSON values into frozen records: the annotations of a record say what its object must hold."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from fractions import Fraction
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

from calculators.conditions import Condition, Input, UnitName, read_condition, read_unit
from calculators.digits import plain
from calculators.errors import At, PayloadError, VademecumError
from calculators.quantities import BOUNDS

# Texts that are checked as they are read
type Number = str
type BoundName = str
type CaveatId = str
type StatementId = str

_ASKED = (tuple[Input, ...], Input | None)
"""How a record declares the inputs that the conditions inside it may name."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a value as a type: a text, an enum, a record, or a tuple, a mapping or an optional of these.

    Attributes:
        own: types that are read in a way of their own.
        caveats: the caveats that may be named.
        statements: the statements that may be named.
        inputs: the inputs that a condition may name: those of the calculator or the question being read.
    """

    own: Mapping[Any, Callable[[At], Any]]
    caveats: Container[str] = ()
    statements: Container[str] = ()
    inputs: Mapping[str, Input] = field(default_factory=dict)

    def read(self, kind: Any, at: At) -> Any:
        """The value as this type.

        Raises:
            PayloadError: it is something else.
        """
        special = self.own.get(kind)
        return special(at) if special else _way(kind)(self, at)


type _Way = Callable[[Reader, At], Any]

_READ: dict[Any, _Way] = {
    str: lambda _, at: at.a(str),
    bool: lambda _, at: at.a(bool),
    int: lambda _, at: at.a(int),
    Fraction: lambda _, at: Fraction(at.number()),
    Number: lambda _, at: plain(at.number()),
    UnitName: lambda _, at: read_unit(at),
    BoundName: lambda _, at: at.one_of(BOUNDS, BOUNDS),
    CaveatId: lambda reader, at: at.one_of(reader.caveats),
    StatementId: lambda reader, at: at.one_of(reader.statements),
    Condition: lambda reader, at: read_condition(at, reader.inputs),
}


@cache
def _way(kind: Any) -> _Way:
    """How a type is read. A payload has thousands of values of some dozens of types, so each is looked at once."""
    inner = get_args(kind)
    if known := _READ.get(kind):
        return known
    if NoneType in inner:
        return lambda reader, at: None if at.value is None else reader.read(inner[0], at)
    if get_origin(kind) is Mapping:
        return lambda reader, at: {key: reader.read(inner[1], at[key]) for key in at.a(dict)}
    if get_origin(kind) is tuple:
        return _way_of_list(inner[0])
    if is_dataclass(kind):
        return _way_of_record(kind)
    members = {str(member): member for member in kind}
    return lambda _, at: members[at.one_of(members, members)]


def _way_of_list(kind: Any) -> _Way:
    named = is_dataclass(kind) and "id" in {entry.name for entry in fields(kind)}

    def read(reader: Reader, at: At) -> tuple[Any, ...]:
        items = at.items()
        if named:
            seen: set[str] = set()
            for own in [item["id"] for item in items]:
                if own.a(str) in seen:
                    own.fail("an id that is used once")
                seen.add(own.value)
        return tuple([reader.read(kind, item) for item in items])

    return read


def _way_of_record(kind: Any) -> _Way:
    parts = [(entry.name, entry.type) for entry in fields(kind)]
    asked = [(name, part) for name, part in parts if part in _ASKED]

    def read(reader: Reader, at: At) -> Any:
        for name, part in asked:
            found = reader.read(part, at[name])
            inputs = found if isinstance(found, tuple) else [found] if found else []
            reader = replace(reader, inputs={each.id: each for each in inputs})
        values = {name: reader.read(part, at[name]) for name, part in parts}
        try:
            return kind(**values)
        except VademecumError as error:
            raise PayloadError(at.path, str(error)) from error

    return read
