"""A value of an edition in words: numbers as the site prints them, ids as the titles that they stand for."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from calculators.errors import QuantityError
from calculators.quantities import format_quantity
from generator import addresses, text
from generator.editions.fields import NONE_WRITTEN
from generator.models.base import Located
from generator.models.calculator import Alternative, Calculator, Input, OutcomeRule, UnitLimits
from generator.models.drug import Drug
from generator.models.guideline import Guideline
from generator.models.pathway import Node, Pathway
from generator.models.quantity import Condition, Quantity
from generator.models.statement import Caveat, Locator, Statement
from generator.models.table import Cell, Column, Item, Note, Table
from generator.models.teaching import Choice
from generator.page_context import PageContext
from generator.payload import source_of
from generator.words import for_changes, for_fields

SHORT = 12
"""Signs up to which the items of a list are set off by the mark of a listing, and not by semicolons."""

_KINDS = {Statement: "kind_{}", OutcomeRule: "outcome_{}", Node: "node_{}", Caveat: "origin_{}", Drug: "listing_{}"}


class Speaker:
    """Says the values of one edition. An edition is compared as it is: what leads nowhere is said as it is written."""

    def __init__(self, guideline: Guideline, language: str) -> None:
        self.guideline = guideline
        self.language = language
        self.context = PageContext(guideline, 0, True)
        self.words = self.context.words
        self.own = for_changes(language)
        self.labels = for_fields(language)

    def label(self, kind: type, field: str) -> str:
        """What a field is called."""
        return self.labels.get(f"{kind.__name__}.{field}") or self.labels.get(field, field.replace("_", " "))

    def say(self, chain: Sequence[Any], field: str, value: Any) -> str:
        """A value in words.

        Args:
            chain: the records from the guideline down to the one that holds the value.
            field: its field; empty for a value that stands under a key.
            value: the value.
        """
        if value in (None, (), {}):
            return self.own["nothing"]
        items = self.items(chain, field, value)
        if field in ("when", "given"):
            return self.words["and"].join(items)
        if field == "refs":
            return "".join(items)
        short = all(len(item) <= SHORT for item in items)
        return self.words["listing" if short else "semicolon"].join(items)

    def items(self, chain: Sequence[Any], field: str, value: Any) -> list[str]:
        """The items of a list in words, or the one value."""
        if isinstance(value, dict):
            return [f"{self._key(chain, field, key)} {self._one(chain, field, item)}" for key, item in value.items()]
        return [self._one(chain, field, item) for item in (value if isinstance(value, tuple) else (value,))]

    def is_prose(self, said: str, value: Any, chain: Sequence[Any]) -> bool:
        """Whether what was said of a value is its own text, and not the title of what it stands for."""
        values = getattr(chain[-1], "values", None) if chain else None
        return isinstance(value, str) and said == text.render(self.guideline, value, values or {})

    def raw(self, value: Any) -> str:
        """A value as it is written, for two that are said alike."""
        if isinstance(value, Located):
            fields = {name: getattr(value, name) for name in type(value).model_fields}
            return ", ".join(f"{name}: {self.raw(item)}" for name, item in fields.items() if item not in (None, (), {}))
        if isinstance(value, tuple):
            return "; ".join(map(self.raw, value))
        if isinstance(value, dict):
            return ", ".join(f"{key}: {self.raw(item)}" for key, item in value.items())
        return "null" if value is None else str(value)

    def _one(self, chain: Sequence[Any], field: str, value: Any) -> str:
        try:
            said = self._known(chain, field, value)
        except (LookupError, QuantityError, StopIteration, RuntimeError):
            said = None  # an unchecked edition: a unit or an input that is not known
        return said or self.raw(value)

    def _known(self, chain: Sequence[Any], field: str, value: Any) -> str | None:
        holder = chain[-1] if chain else None
        match value:
            case bool():
                return self.words["yes" if value else "no"]
            case Quantity():
                column = column_of(chain)
                pattern = column.pattern if column and isinstance(holder, Cell) else "{}"
                return pattern.replace("{}", text.print_quantity(value, self.language))
            case Locator():
                return addresses.locator_text(value, self.language)
            case Condition():
                return self.context.conditions(_asking(chain), [value])
            case UnitLimits() if value.min is not None and value.max is not None and value.unit:
                return format_quantity("range", (value.min, value.max), value.unit, self.language)
            case Alternative():
                return f"{value.reading}{self.words['colon']}{self._cell(value.value)}"
            case Choice():
                return self._choice(value)
            case Cell() if column := column_of(chain):
                return text.cell_text(self.guideline, column, value)
            case date():
                return value.isoformat()
            case Decimal():
                return f"{value.normalize():f}"
            case str():
                return self._word(chain, holder, field, value)
            case int() if field in ("refs", "reference"):
                return f"[{value}]"
        return None

    def _word(self, chain: Sequence[Any], holder: Any, field: str, value: str) -> str | None:
        """A text with its numbers, an id as what it stands for, a word of the files as one of the site."""
        if value is NONE_WRITTEN:
            return self.own["nothing"]
        kind = next((made for record, made in _KINDS.items() if isinstance(holder, record)), None)
        if field in ("kind", "origin", "listing") and kind and (isinstance(value, StrEnum) or field != "origin"):
            return self.words.get(kind.format(value))
        if f"value_{value}" in self.own:
            return self.own[f"value_{value}"]
        if field in ("text", "title", "label", "patient", "by") or (field == "content"):
            return text.render(self.guideline, value, getattr(holder, "values", None) or {})
        return self._named(chain, holder, field, value)

    def _named(self, chain: Sequence[Any], holder: Any, field: str, value: str) -> str | None:
        known = self.guideline
        if field in ("caveats", "not_an_instruction", "uncited") and value in known.caveat_by_id:
            return f"{value} {known.caveat_by_id[value].title}"
        if field in ("statements", "statement", "related"):
            if value in known.statement_by_id:
                return text.statement_title(known, known.statement_by_id[value])
            found = addresses.related(known, value)
            return found[0] if found else None
        if field in ("section", "parent") and value in known.section_by_id:
            return known.section_by_id[value].title
        if field == "drug" and value in known.drug_by_id:
            return known.drug_by_id[value].name
        if field in ("value", "listed") and isinstance(holder, OutcomeRule):
            return self._cell(value)
        if field in ("usage", "table_rows") and (row := known.row_at(value)):
            return f"{known.table_by_id[value.partition('/')[0]].title}{self.words['comma']}{row.label}"
        if field == "item" and (item := known.item_at(value)):
            return text.item_text(known, item)
        if field == "units":
            return self.context.unit_label(value)
        if field in ("to", "start", "expect", "choices"):
            pathway = self._pathway(chain)
            node = next((node for node in pathway.nodes if node.id == value), None) if pathway else None
            return node.text if node else None
        if field in ("calculator", "pathway"):
            records: dict[str, Any] = {**known.calculator_by_id} if field == "calculator" else {**known.pathway_by_id}
            return str(records[value].title)
        return None

    def _cell(self, path: str) -> str:
        """The number at a path, and where it stands."""
        quantity = self.guideline.quantity_at(path)
        if quantity is None:
            return path
        said = text.print_quantity(quantity, self.language)
        return said + self.words["brackets"].format(text=source_of(self.guideline, path))

    def _choice(self, choice: Choice) -> str:
        said = choice.value or f" {self.words['or']} ".join(choice.alternatives) or choice.field or ""
        return self.words[f"outcome_{choice.kind}"] + (self.words["colon"] + said if said else "")

    def _pathway(self, chain: Sequence[Any]) -> Pathway | None:
        found = next((item for item in chain if isinstance(item, Pathway)), None)
        asked = next((item.pathway for item in chain if hasattr(item, "pathway")), "")
        return found or self.guideline.pathway_by_id.get(asked)

    def _key(self, chain: Sequence[Any], field: str, key: str) -> str:
        """The key of what is typed or answered: the label of the input, the text of the question."""
        if field == "inputs":
            calculator = next((item for item in chain if isinstance(item, Calculator)), None)
            asked = next((item.calculator for item in chain if hasattr(item, "calculator")), "")
            calculator = calculator or self.guideline.calculator_by_id.get(asked)
            return next((item.label for item in calculator.inputs if item.id == key), key) if calculator else key
        return key

    def title(self, chain: Sequence[Any], key: str) -> str:
        """The title of the last record of a chain."""
        record, known = chain[-1], self.guideline
        match record:
            case Statement():
                return text.statement_title(known, record)
            case Caveat():
                return f"{record.id} {record.title}"
            case Table():
                return f"{self.words['table']} {record.number} {record.title}"
            case Cell():
                column = column_of(chain)
                return column.label if column else key
            case Item():
                return _short(text.item_text(known, record))
            case Note():
                return f"{record.mark} {_short(text.item_text(known, record))}"
            case Quantity():
                return key
        if hasattr(record, "authors") and hasattr(record, "number"):
            return f"[{record.number}] {_short(record.title)}"
        if drug := known.drug_by_id.get(key if hasattr(record, "label") else ""):
            return str(record.label or drug.name)
        for name in ("title", "label", "term", "name", "text", "ask", "say", "scheme"):
            found = getattr(record, name, None)
            if isinstance(found, str):
                return _short(found)
            if isinstance(found, tuple) and found:
                return _short(self.words["listing"].join(map(str, found)))
        return key


def column_of(chain: Sequence[Any]) -> Column | None:
    """The column of the cell in a chain of records; None when there is none."""
    table = next((item for item in chain if isinstance(item, Table)), None)
    row = next((item for item in chain if hasattr(item, "cells")), None)
    cell = next((item for item in chain if isinstance(item, Cell)), None)
    if not (table and row and cell):
        return None
    name = next((name for name, item in row.cells.items() if item is cell), "")
    return next((column for column in table.columns if column.id == name), None)


def _asking(chain: Sequence[Any]) -> Calculator:
    """What asks for the inputs of a condition: the calculator, or the question of a pathway as one."""
    found = next((item for item in chain if isinstance(item, Calculator)), None)
    if found:
        return found
    node = next(item for item in chain if isinstance(item, Node))
    asked = node.ask
    inputs = [Input(id=asked.id, label=asked.label, kind=asked.kind, required=True, units=asked.units)] if asked else []
    return Calculator(id="asked", title="asked", summary="asked", inputs=tuple(inputs), groups=(), cases=())


def _short(words: str) -> str:
    return words if len(words) <= 24 else words[:23] + "…"
