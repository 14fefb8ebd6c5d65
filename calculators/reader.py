"""Reads JSON values into frozen records: the annotations of a record say what its object must hold."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from fractions import Fraction
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

_READ: dict[Any, Callable[[At], Any]] = {
    str: lambda at: at.a(str),
    bool: lambda at: at.a(bool),
    int: lambda at: at.a(int),
    Fraction: lambda at: Fraction(at.number()),
    Number: lambda at: plain(at.number()),
    UnitName: read_unit,
    BoundName: lambda at: at.one_of(BOUNDS, ", ".join(BOUNDS)),
}


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
        inner = get_args(kind)
        if special := self.own.get(kind) or _READ.get(kind):
            return special(at)
        if kind is CaveatId or kind is StatementId:
            return at.one_of(self.caveats if kind is CaveatId else self.statements)
        if kind is Condition:
            return read_condition(at, self.inputs)
        if NoneType in inner:
            return None if at.value is None else self.read(inner[0], at)
        if get_origin(kind) is Mapping:
            return {key: self.read(inner[1], at[key]) for key in at.a(dict)}
        if get_origin(kind) is tuple:
            return self._read_list(inner[0], at)
        if is_dataclass(kind):
            return self._read_record(kind, at)
        return kind(at.one_of(frozenset(kind), ", ".join(kind)))

    def _read_list(self, kind: Any, at: At) -> tuple[Any, ...]:
        if is_dataclass(kind) and "id" in {entry.name for entry in fields(kind)}:
            ids = [item["id"] for item in at.items()]
            for index, own in enumerate(ids):
                if own.a(str) in {other.value for other in ids[:index]}:
                    own.fail("an id that is used once")
        return tuple(self.read(kind, item) for item in at.items())

    def _read_record(self, kind: Any, at: At) -> Any:
        reader = self
        for entry in fields(kind):
            if entry.type in _ASKED:
                asked = self.read(entry.type, at[entry.name])
                inputs = asked if isinstance(asked, tuple) else [asked] if asked else []
                reader = replace(self, inputs={each.id: each for each in inputs})
        parts = {entry.name: reader.read(entry.type, at[entry.name]) for entry in fields(kind)}
        try:
            return kind(**parts)
        except VademecumError as error:
            raise PayloadError(at.path, str(error)) from error
