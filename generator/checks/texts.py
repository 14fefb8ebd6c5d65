"""GL21x: the placeholders in texts and the numbers that they stand for."""

from collections.abc import Iterator

from generator.checks.paths import number_hint
from generator.checks.prose import prose
from generator.checks.registry import Scope, check
from generator.findings import Finding, Severity, finding
from generator.models.calculator import Alternative, OutcomeRule
from generator.models.guideline import Guideline
from generator.models.quantity import Condition, Quantity
from generator.models.statement import Statement
from generator.models.table import Column, Item, Note
from generator.text import PLACEHOLDER, placeholders, resolve


@check("GL210")
def unresolved_placeholder(scope: Scope) -> Iterator[Finding]:
    """A placeholder in a text stands for no number.

    The reader would see the braces and not the dose. `{name}` stands for a number of the text's own `values`,
    `{table/row/column}` for that of a cell, `{statement/name}` for that of a statement. Only the texts of
    statements, cells, items and notes, and the titles of statements, are filled in.

    Wrong:

    ```yaml
    text: Give {dose} once.
    values: {doze: {exactly: 4, unit: mg}}
    ```

    Right:

    ```yaml
    text: Give {dose} once.
    values: {dose: {exactly: 4, unit: mg}}
    ```
    """
    for item in prose(scope.guideline):
        if isinstance(item.record, Column) and item.field == "pattern":
            continue
        if not item.filled and ("{" in item.text or "}" in item.text):
            message = f"expected a text without braces, found {_quoted(item.text)}; this text is not filled in"
            yield finding("GL210", item.where, message, "Write the number itself")
            continue
        for name in placeholders(item.text):
            if resolve(scope.guideline, name, item.values) is None and not scope.left_out(name):
                message = f"expected the name of a number in braces, found '{{{name}}}', which is none"
                otherwise = "Add it under 'values'; a number of a cell is {table/row/column}"
                hint = number_hint(scope.guideline, name, item.values, otherwise)
                yield finding("GL210", item.where, message, hint)
        if set("{}") & set(PLACEHOLDER.sub("", item.text)):
            message = f"expected braces in pairs, found {_quoted(item.text)}"
            yield finding("GL210", item.where, message, "Write {name} with both braces")


def _quoted(text: str) -> str:
    at = min(place for place in (text.find("{"), text.find("}")) if place >= 0)
    part = text[max(at - 10, 0) : at + 20]
    return f"'{part}'"


@check("GL211", Severity.WARNING, absence=True)
def unused_value(scope: Scope) -> Iterator[Finding]:
    """A named number is used by no text and no calculator.

    Often the text holds the same number in digits: then the two can drift apart, and one of them is wrong.

    Wrong:

    ```yaml
    text: Give 4 mg once.
    values: {dose: {exactly: 4, unit: mg}}
    ```

    Right:

    ```yaml
    text: Give {dose} once.
    values: {dose: {exactly: 4, unit: mg}}
    ```
    """
    used = set(_paths(scope.guideline))
    for path, record in _holders(scope.guideline):
        title = record.title or "" if isinstance(record, Statement) else ""
        own = set(placeholders(record.text + title))
        for name in record.values:
            if name not in own and f"{path}/{name}" not in used:
                yield finding(
                    "GL211",
                    record.where_key("values", name),
                    f"the number '{name}' is used by no text and no calculator",
                    f"Write {{{name}}} in the text, or remove it",
                )


def _holders(guideline: Guideline) -> Iterator[tuple[str, Statement | Note | Item]]:
    """Every record with numbers of its own, and its path."""
    yield from ((statement.id, statement) for statement in guideline.statements)
    for table in guideline.tables:
        yield from ((f"{table.id}/notes/{note.id}", note) for note in table.notes)
        for row in table.rows:
            for column, cell in row.cells.items():
                yield from ((f"{table.id}/{row.id}/{column}/{item.id}", item) for item in cell.items or ())


def _paths(guideline: Guideline) -> Iterator[str]:
    """Every path of a number that a text or a calculator names."""
    for item in prose(guideline):
        yield from placeholders(item.text)
    for record in guideline.inside():
        match record:
            case Condition(cell=str(path)) | Alternative(value=path):
                yield path
            case OutcomeRule():
                yield from (path for path in (record.value, record.listed) if path)


def quantities(guideline: Guideline) -> Iterator[Quantity]:
    """Every number with a unit in the guideline."""
    return (record for record in guideline.inside() if isinstance(record, Quantity))
