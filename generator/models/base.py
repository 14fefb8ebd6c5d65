"""What every model shares: frozen, nothing unknown accepted, and each record knows its place in its file."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    PrivateAttr,
    Strict,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from generator.findings import Where
from generator.source import LocatedMap, locate

KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
CAVEAT_ID = re.compile(r"[A-Z][0-9]{1,3}\Z")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
WRITTEN = re.compile(r"\S")
NOWHERE = Where("", 1, 1)


def _kebab(value: Any) -> Any:
    if isinstance(value, str) and not KEBAB.match(value):
        raise PydanticCustomError("kebab_id", "an id in kebab-case, such as 'renal-dose'")
    return value


def _caveat_id(value: Any) -> Any:
    if isinstance(value, str) and not CAVEAT_ID.match(value):
        raise PydanticCustomError("kebab_id", "a caveat's id: one capital letter and a number, such as 'G9'")
    return value


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("number_type", "a number")
    return Decimal(value)


def _date(value: Any) -> Any:
    if isinstance(value, str) and DAY.match(value):
        return date.fromisoformat(value)
    raise PydanticCustomError("date_type", "a date")


def text_like(pattern: re.Pattern[str], **more: Any) -> WithJsonSchema:
    """How a schema says that a text matches a pattern, which Python matches from the beginning."""
    ends = pattern.pattern.endswith(r"\Z")
    written = f"^{pattern.pattern.removesuffix(chr(92) + 'Z')}$" if ends else pattern.pattern
    return WithJsonSchema({"type": "string", "pattern": written, **more})


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), text_like(WRITTEN)]
Identifier = Annotated[str, BeforeValidator(_kebab), text_like(KEBAB)]
CaveatId = Annotated[str, BeforeValidator(_caveat_id), text_like(CAVEAT_ID)]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Day = Annotated[date, BeforeValidator(_date), text_like(DAY, format="date")]
Whole = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
OneOrMore = BeforeValidator(_as_list)
"""Lets an author write one mapping where a list of mappings is meant."""


def given(*names: str, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a schema says where these keys have a value and those do not; `null` is none."""
    value = {"not": {"type": "null"}}
    held: dict[str, Any] = {"required": list(names), "properties": dict.fromkeys(names, value)}
    return held | ({"not": {"anyOf": [given(name) for name in without]}} if without else {})


def exactly_one(*names: str) -> dict[str, Any]:
    """What a schema says where a validator wants a value for exactly one of these keys."""
    return {"oneOf": [given(name) for name in names]}


class Located(BaseModel):
    """A frozen record that remembers the YAML mapping that it was read from, for the places in findings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    _source: LocatedMap | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _remember_place(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        record = handler(data)
        if isinstance(data, LocatedMap):
            record._source = data
        return record

    def where(self, *path: str | int) -> Where:
        """The place of this record, or of the value at `path` inside it (keys and indices)."""
        return locate(self._source, path) or NOWHERE

    def where_key(self, *path: str | int) -> Where:
        """The place of the last key of `path`, for what is wrong with a name and not with its value."""
        return locate(self._source, path, key=True) or NOWHERE

    def inside(self) -> "Iterator[Located]":
        """This record and every record inside it, in the order of the fields."""
        yield self
        for name in type(self).model_fields:
            yield from _located(getattr(self, name))


def _located(value: object) -> Iterator[Located]:
    if isinstance(value, Located):
        yield from value.inside()
    elif isinstance(value, tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _located(item)
