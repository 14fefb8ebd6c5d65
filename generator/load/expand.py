"""Puts the mapping that a notation stands for in its place, so that the models know of mappings only.

Every part of the mapping has the place of its own character: a finding about a unit points at the unit.
"""

import typing
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from generator import notation
from generator.findings import Finding, Where, finding, finding_code
from generator.models.calculator import UnitLimits
from generator.models.quantity import Condition, Quantity
from generator.models.statement import Locator
from generator.notation import Misread, Written
from generator.source import LocatedList, LocatedMap

READERS: dict[type[BaseModel], Callable[[Written], LocatedMap | list[LocatedMap]]] = {
    Quantity: notation.quantity,
    UnitLimits: notation.limits,
    Condition: notation.conditions,
    Locator: notation.places,
}
"""What an author may write as a text, and who reads it; a text may stand for several conditions or places."""


EXAMPLES: dict[type[BaseModel], str] = {
    Quantity: "`30 mL/min`, `3–4 weeks`, `3 or 4 weeks`, `at most 3.5 mg`, `≥ 65 age-year`",
    UnitLimits: "`1–250 mL/min`",
    Condition: "`crcl < 30 mL/min`, `30 <= crcl < 60 mL/min`, `drug = a or b`, `crcl < table/row/column`",
    Locator: "`section 2.1, paragraph 2, sentences 1–3`, `table 1, row 2, column dose`, `figure 1`",
}
"""How each of them looks, for the schemas and the reference."""


@finding_code("GL021")
def not_a_notation(where: Where, message: str, hint: str) -> Finding:
    """A number, a condition or a place in the source is written so that it cannot be read.

    Such a text is read from its beginning to its end, and what can be read in two ways is refused: a comma between
    digits (1,5 or 1,500), 以上 and 以下 (with or without the number itself), a unit that is not known. The place is the
    character that does not fit. All forms: [How numbers, conditions and places are written](../how-to/notation.md).

    Wrong:

    ```yaml
    values:
      low: 1,5 mg
    ```

    Right:

    ```yaml
    values:
      low: 1.5 mg
    ```
    """
    return finding("GL021", where, message, hint)


type Unread = tuple[Finding, Where]
"""A finding, and the place of the value that could not be read."""


def expand(model: type[BaseModel], record: LocatedMap) -> dict[Where, Finding]:
    """Replace each notation in a record by its mapping; one that cannot be read is left and said.

    Args:
        model: the model of the record.
        record: what the YAML file holds; it is changed in place.

    Returns:
        By the place of each value that was left, what is wrong with it.
    """
    return {where: found for found, where in _record(model, record)}


def _record(model: type[BaseModel], record: Any) -> Iterator[Unread]:
    if isinstance(record, LocatedMap):
        for name, hint in _keys(model):
            if name in record:
                yield from _value(hint, record, name)


def _value(hint: Any, holder: LocatedMap | LocatedList, key: str | int) -> Iterator[Unread]:
    """The value of a key or an item, as its type asks for it."""
    value: Any = holder[key]  # type: ignore[index]
    hint = _bare(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple and isinstance(value, LocatedList | str):
        yield from _items(_bare(arguments[0]), holder, key)
    elif origin is dict and isinstance(value, LocatedMap):
        for name in list(value):
            yield from _value(arguments[1], value, name)
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        if hint in READERS and isinstance(value, str):
            made, findings = _read(hint, holder, key)
            yield from findings
            if len(made) == 1:
                holder[key] = made[0]  # type: ignore[index]
            elif made:
                where = _where(holder, key)
                yield not_a_notation(where, "expected one place, found several", "Write one here"), where
        else:
            yield from _record(hint, value)


def _items(model: Any, holder: LocatedMap | LocatedList, key: str | int) -> Iterator[Unread]:
    """A list in which a text may stand for several items; for a list of conditions or places one text will do."""
    value: Any = holder[key]  # type: ignore[index]
    if isinstance(value, str):
        if model in (Condition, Locator):
            made, findings = _read(model, holder, key)
            yield from findings
            if made:
                listed = LocatedList(_where(holder, key))
                listed.extend(made)
                listed.item_where += [item.where for item in made]
                holder[key] = listed  # type: ignore[index]
        return
    for index in reversed(range(len(value))):
        if model in READERS and isinstance(value[index], str):
            made, findings = _read(model, value, index)
            yield from findings
            if made:
                value[index : index + 1] = made
                value.item_where[index : index + 1] = [item.where for item in made]
        else:
            yield from _value(model, value, index)


def _read(
    model: type[BaseModel], holder: LocatedMap | LocatedList, key: str | int
) -> tuple[list[LocatedMap], list[Unread]]:
    where = _where(holder, key)
    first: dict[Any, Where] = holder.text_where
    written = Written(holder[key], where, first.get(key))  # type: ignore[index]
    try:
        made = READERS[model](written)
    except Misread as error:
        return [], [(not_a_notation(written.at(error.offset), error.message, error.hint), where)]
    return (made if isinstance(made, list) else [made]), []


def _where(holder: LocatedMap | LocatedList, key: str | int) -> Where:
    if isinstance(holder, LocatedMap):
        return holder.value_where[str(key)]
    return holder.item_where[int(key)]


@cache
def _keys(model: type[BaseModel]) -> list[tuple[str, Any]]:
    """The keys of a model in which a notation can stand, at any depth, and their types."""
    hints = typing.get_type_hints(model, include_extras=True)
    return [(name, hints[name]) for name in model.model_fields if _holds_notation(hints[name])]


def _holds_notation(hint: Any) -> bool:
    hint = _bare(hint)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint in READERS or bool(_keys(hint))
    return any(map(_holds_notation, get_args(hint)))


def _bare(hint: Any) -> Any:
    """A type without what is annotated to it, and without 'or nothing'."""
    if get_origin(hint) is typing.Annotated:
        return _bare(get_args(hint)[0])
    inner = [one for one in get_args(hint) if one is not type(None)]
    return _bare(inner[0]) if type(None) in get_args(hint) and len(inner) == 1 else hint
