"""What every part of the payload is made of: resolved numbers, conditions, references, and where a number stands."""

from collections.abc import Iterable, Sequence
from typing import Any

from generator import addresses
from generator.models.calculator import UnitLimits
from generator.models.guideline import Guideline
from generator.models.quantity import Condition, Quantity
from generator.models.table import Column, Table
from generator.words import for_language

type Json = dict[str, Any]

TABLE_NAME = {"zh": "表 {number}", "en": "table {number}"}


class UnresolvedPathError(ValueError):
    """A path or a link leads to nothing; the checks report it with its place."""


def units(limits: Sequence[UnitLimits]) -> list[Json]:
    """The units of an input, with their limits."""
    return [{"unit": each.unit, "min": plain(each.min), "max": plain(each.max)} for each in limits]


def conditions(guideline: Guideline, when: Iterable[Condition]) -> list[Json]:
    """Conditions with the numbers of their cells."""
    return [_condition(guideline, item) for item in when]


def _condition(guideline: Guideline, condition: Condition) -> Json:
    result: Json = {"input": condition.input, "op": condition.op.value}
    if condition.values is not None:
        return result | {"values": list(condition.values)}
    if condition.cell is not None:
        number = quantity(guideline, condition.cell)
        return result | {"value": plain(number.values[0]), "unit": number.unit}
    result["value"] = condition.value if isinstance(condition.value, str) else plain(condition.value)
    return result | ({"unit": condition.unit} if condition.unit else {})


def refs(guideline: Guideline, statement_ids: Iterable[str]) -> list[int]:
    """The numbers of the references of these statements, each once and in order."""
    found = (guideline.statement_by_id.get(key) for key in statement_ids)
    return sorted({ref for statement in found if statement for ref in statement.refs})


def as_text(value: Any) -> Any:
    """What a worked case types or expects, as texts."""
    return (
        [as_text(item) for item in value]
        if isinstance(value, tuple)
        else value
        if isinstance(value, str)
        else plain(value)
    )


def quantity(guideline: Guideline, path: str) -> Quantity:
    """The number at a cell's path.

    Raises:
        UnresolvedPathError: there is none.
    """
    found = guideline.quantity_at(path)
    if found is None:
        raise UnresolvedPathError(path)
    return found


def number(guideline: Guideline, path: str) -> Json:
    """The number at a cell's path, with its unit."""
    found = quantity(guideline, path)
    return {"value": plain(found.values[0]), "unit": found.unit}


def plain(value: Any) -> str | None:
    """A number as a decimal string without exponent and without trailing zeros."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def source_of(guideline: Guideline, path: str) -> str:
    """Where a cell's number stands, in words: the table, the row and the column or note."""
    parts = path.split("/")
    table = guideline.table_by_id.get(parts[0])
    if table is None:
        statement = guideline.statement_by_id[parts[0]]
        return addresses.locator_text(statement.source[0], guideline.meta.language)
    name = table_name(guideline, table)
    if parts[1] == "notes":
        return name + ("注" if guideline.meta.language.startswith("zh") else ", note")
    row, column = guideline.row_at("/".join(parts[:2])), _column(table, parts[2])
    place = (name, row.label if row else parts[1], column.label if column else parts[2])
    return for_language(guideline.meta.language)["comma"].join(place)


def _column(table: Table, column_id: str) -> Column | None:
    return next((column for column in table.columns if column.id == column_id), None)


def table_name(guideline: Guideline, table: Table) -> str:
    """A table as it is named in the guideline's language."""
    return words(TABLE_NAME, guideline).format(number=table.number)


def words(choices: dict[str, str], guideline: Guideline) -> str:
    """The words in the guideline's language."""
    return choices["zh" if guideline.meta.language.startswith("zh") else "en"]
