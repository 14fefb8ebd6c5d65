"""GL3xx: tables are complete, their cells are of the right kind and unit, and what they name exists."""

from collections.abc import Iterator

from generator.checks.ids import dangling, nearest, repeated
from generator.checks.registry import Scope, check
from generator.findings import Finding, finding
from generator.models.guideline import Guideline
from generator.models.table import Cell, Column, Note, Row, Table


def _rows(guideline: Guideline) -> Iterator[tuple[Table, Row]]:
    return ((table, row) for table in guideline.tables for row in table.rows)


def _cells(guideline: Guideline) -> Iterator[tuple[Table, Row, str, Cell]]:
    for table, row in _rows(guideline):
        for column, cell in row.cells.items():
            yield table, row, column, cell


def columns(guideline: Guideline) -> Iterator[tuple[Column, Row, Cell]]:
    """Every cell that stands in a known column."""
    for table, row, name, cell in _cells(guideline):
        for column in table.columns:
            if column.id == name:
                yield column, row, cell


@check("GL301")
def ragged_table(scope: Scope) -> Iterator[Finding]:
    """A row of a table lacks a column, or has one that the table does not have.

    An empty cell on a page reads as 'nothing to say here', which the source did not say, and the content of
    an unknown column would not be shown at all. What the source leaves empty is written as a text.

    Wrong, when the columns are dose and interval:

    ```yaml
    cells:
      dose: {quantity: {exactly: 4, unit: mg}}
      intervall: {text: once}
    ```

    Right:

    ```yaml
    cells:
      dose: {quantity: {exactly: 4, unit: mg}}
      interval: {text: once}
    ```
    """
    for table, row in _rows(scope.guideline):
        columns = [column.id for column in table.columns]
        for name in row.cells:
            if name not in columns:
                yield finding(
                    "GL301",
                    row.where_key("cells", name),
                    f"expected one of the columns {', '.join(columns)}, found '{name}'",
                    nearest(name, columns, "Remove it, or add the column"),
                )
        missing = [name for name in columns if name not in row.cells]
        if missing:
            yield finding(
                "GL301",
                row.where("cells"),
                f"expected a cell for every column of '{table.id}', found none for {', '.join(missing)}",
                "Write what the source prints there; for an empty cell of the source, a text that says so",
            )


@check("GL302")
def duplicate_table_part(scope: Scope) -> Iterator[Finding]:
    """Two columns, rows, notes or items of a cell have the same id.

    A path such as `table/row/column` would lead to the first of the two, which may be another drug's dose.

    Wrong:

    ```yaml
    rows:
      - {id: exemplamab, label: Exemplamab}
      - {id: exemplamab, label: Exemplamab in the elderly}
    ```

    Right:

    ```yaml
    rows:
      - {id: exemplamab, label: Exemplamab}
      - {id: exemplamab-elderly, label: Exemplamab in the elderly}
    ```
    """
    for table in scope.guideline.tables:
        yield from repeated("GL302", "column", table.columns)
        yield from repeated("GL302", "row", table.rows)
        yield from repeated("GL302", "note", table.notes)
    for _, _, _, cell in _cells(scope.guideline):
        yield from repeated("GL302", "item", cell.items or ())


@check("GL303")
def wrong_cell_kind(scope: Scope) -> Iterator[Finding]:
    """A cell is of another kind than its column.

    A dose written as a text cannot be checked and cannot be used by a calculator, so that the number would
    have to be written a second time, and the two could drift apart.

    Wrong, in a column of kind quantity:

    ```yaml
    dose: {text: 4 mg}
    ```

    Right:

    ```yaml
    dose: {quantity: {exactly: 4, unit: mg}}
    ```
    """
    for column, row, cell in columns(scope.guideline):
        if cell.kind != column.kind:
            yield finding(
                "GL303",
                row.where("cells", column.id),
                f"expected a cell of kind {column.kind} in the column '{column.id}', found {cell.kind}",
                f"Write '{column.kind}:', or change the kind of the column",
            )


@check("GL306")
def dangling_row_statement(scope: Scope) -> Iterator[Finding]:
    """A row or a note of a table names no existing statement.

    Every row is carried by a statement, which holds its place in the source, its references and its caveats.

    Wrong, when the statement is called dosing-exemplamab:

    ```yaml
    - {id: exemplamab, label: Exemplamab, statement: exemplamab-dose}
    ```

    Right:

    ```yaml
    - {id: exemplamab, label: Exemplamab, statement: dosing-exemplamab}
    ```
    """
    known = scope.guideline.statement_by_id
    for table in scope.guideline.tables:
        records: list[Row | Note] = [*table.rows, *table.notes]
        for record in records:
            yield from dangling(scope, "GL306", "statement", record.statement, known, where=record.where("statement"))


@check("GL307")
def dangling_note(scope: Scope) -> Iterator[Finding]:
    """A cell points to a note that the table does not have.

    The reader would see no mark, and would not look for the exception that the note makes.

    Wrong, when the note is called over-65:

    ```yaml
    dose: {quantity: {exactly: 4, unit: mg}, note: elderly}
    ```

    Right:

    ```yaml
    dose: {quantity: {exactly: 4, unit: mg}, note: over-65}
    ```
    """
    for table, _, _, cell in _cells(scope.guideline):
        notes = [note.id for note in table.notes]
        if cell.note is not None and cell.note not in notes:
            yield finding(
                "GL307",
                cell.where("note"),
                f"expected the id of a note of '{table.id}', found '{cell.note}', which is none",
                nearest(cell.note, notes, "Known: " + (", ".join(notes) or "none")),
            )


@check("GL308")
def dangling_not_an_instruction(scope: Scope) -> Iterator[Finding]:
    """`not_an_instruction` names a caveat that is not written.

    A calculator leaves such a value out and shows the caveat instead. Without the caveat the value would be
    gone without a word.

    Wrong, when caveats.yaml has no X11:

    ```yaml
    duration: {text: over 15 min, not_an_instruction: X11}
    ```

    Right:

    ```yaml
    duration: {text: over 15 min, not_an_instruction: X1}
    ```
    """
    for _, _, _, cell in _cells(scope.guideline):
        if cell.not_an_instruction is not None:
            where = cell.where("not_an_instruction")
            known = scope.guideline.caveat_by_id
            yield from dangling(scope, "GL308", "caveat", cell.not_an_instruction, known, where=where)


@check("GL309")
def dangling_row_drug(scope: Scope) -> Iterator[Finding]:
    """A row of a table names a drug that drugs.yaml does not have.

    A reader who searches for the drug would not find its row.

    Wrong, when the drug is called exemplamab:

    ```yaml
    - {id: first, label: Exemplamab, drug: examplemab}
    ```

    Right:

    ```yaml
    - {id: first, label: Exemplamab, drug: exemplamab}
    ```
    """
    for _, row in _rows(scope.guideline):
        if row.drug is not None:
            yield from dangling(scope, "GL309", "drug", row.drug, scope.guideline.drug_by_id, where=row.where("drug"))
