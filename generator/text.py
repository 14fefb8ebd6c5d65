"""Texts of a guideline with their numbers filled in.

A text holds `{name}` for a number of its own `values` and `{table/row/column}` for a number of a table's cell; the
number is printed by the engine's formatter, so that page and calculator write it alike.
"""

import re
from collections.abc import Iterator, Mapping

from calculators.quantities import format_quantity
from generator.models.guideline import Guideline
from generator.models.quantity import Quantity
from generator.models.statement import Statement
from generator.models.table import Cell, Column, Item, Note
from generator.said import language_of, like
from generator.words import for_language

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def print_quantity(quantity: Quantity, language: str) -> str:
    """A quantity in words, such as `不超过 3.5 mg`."""
    return format_quantity(quantity.bound, quantity.values, quantity.unit, language)


def resolve(guideline: Guideline, name: str, values: Mapping[str, Quantity]) -> Quantity | None:
    """The number that a placeholder stands for, or None."""
    return values.get(name) or (guideline.quantity_at(name) if "/" in name else None)


def placeholders(text: str) -> Iterator[str]:
    """The names in braces of a text, in order."""
    return (match.group(1) for match in PLACEHOLDER.finditer(text))


def render(guideline: Guideline, text: str, values: Mapping[str, Quantity]) -> str:
    """A text with its numbers filled in; a placeholder that stands for nothing stays as it is."""

    def fill(match: re.Match[str]) -> str:
        quantity = resolve(guideline, match.group(1), values)
        return print_quantity(quantity, language) if quantity else match.group(0)

    language = language_of(text, guideline.meta.language)
    return like(text, PLACEHOLDER.sub(fill, text))


def statement_text(guideline: Guideline, statement: Statement) -> str:
    """The text of a statement, numbers filled in."""
    return render(guideline, statement.text, statement.values)


def statement_title(guideline: Guideline, statement: Statement) -> str:
    """The title of a statement, or the beginning of its text."""
    if statement.title:
        return render(guideline, statement.title, statement.values)
    text = statement_text(guideline, statement)
    return text if len(text) <= 24 else like(text, text[:23] + "…")


def item_text(guideline: Guideline, item: Item | Note) -> str:
    """The text of a cell's item or of a table's note."""
    return render(guideline, item.text, item.values)


def cell_text(guideline: Guideline, column: Column, cell: Cell) -> str:
    """The whole content of a cell as one text; items are joined by semicolons."""
    if cell.text is not None:
        return render(guideline, cell.text, {})
    if cell.quantity is not None:
        language = language_of(column.pattern, guideline.meta.language)
        return like(column.pattern, column.pattern.replace("{}", print_quantity(cell.quantity, language)))
    mark = for_language(guideline.meta.language)["semicolon"]
    return mark.join(item_text(guideline, item) for item in cell.items or ())
