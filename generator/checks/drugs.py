"""GL81x: drugs and the rows of tables agree on who is about what."""

from collections.abc import Iterator

from generator.checks.ids import nearest
from generator.checks.paths import listed
from generator.checks.registry import Scope, check
from generator.findings import Finding, finding
from generator.models.drug import Drug


@check("GL811")
def dangling_drug_row(scope: Scope) -> Iterator[Finding]:
    """A drug names a table's row that does not exist.

    A reader who looks for the drug would not find its dose.

    Wrong, when the row is dosing/exemplamab:

    ```yaml
    table_rows: [dosing/examplemab]
    ```

    Right:

    ```yaml
    table_rows: [dosing/exemplamab]
    ```
    """
    rows = [f"{table.id}/{row.id}" for table in scope.guideline.tables for row in table.rows]
    for drug in scope.guideline.drugs:
        for index, path in enumerate(drug.table_rows):
            if path not in rows and not scope.left_out(path):
                message = f"expected the path of a table's row, found '{path}', which leads to none"
                yield finding(
                    "GL811",
                    drug.where("table_rows", index),
                    message,
                    nearest(path, rows, listed(rows, "Write table/row")),
                )


@check("GL812")
def listing_does_not_fit(scope: Scope) -> Iterator[Finding]:
    """A drug is said to be dosed and has no row of a table, or has rows and is said not to be dosed.

    Search and calculators tell the reader by this key whether the guideline gives a dose.

    Wrong:

    ```yaml
    - {id: exemplamab, name: Exemplamab, listing: dosed}
    ```

    Right:

    ```yaml
    - {id: exemplamab, name: Exemplamab, listing: dosed, table_rows: [dosing/exemplamab]}
    ```
    """
    for drug in scope.guideline.drugs:
        if (drug.listing == "dosed") != bool(drug.table_rows):
            rows = ", ".join(drug.table_rows) or "none"
            wanted = "a table's row" if drug.listing == "dosed" else "no table's row"
            yield finding(
                "GL812",
                drug.where("listing"),
                f"expected {wanted} for '{drug.id}', since it is '{drug.listing}', found {rows}",
                "Correct 'listing' or 'table_rows'",
            )


@check("GL813")
def drug_and_row_disagree(scope: Scope) -> Iterator[Finding]:
    """A table's row is about a drug that does not name the row, or a drug names a row about another drug.

    One of the two is wrong, and a reader would find the dose of another drug.

    Wrong, in drugs.yaml, when the row dosing/second has `drug: exemplamab`:

    ```yaml
    - {id: exemplamab, name: Exemplamab, listing: dosed, table_rows: [dosing/first]}
    ```

    Right:

    ```yaml
    - {id: exemplamab, name: Exemplamab, listing: dosed, table_rows: [dosing/first, dosing/second]}
    ```
    """
    rows = {f"{table.id}/{row.id}": row for table in scope.guideline.tables for row in table.rows}
    for path, row in rows.items():
        drug = scope.guideline.drug_by_id.get(row.drug or "")
        if drug is not None and path not in drug.table_rows:
            message = f"expected '{drug.id}' to name the row '{path}', which is about it, found no such row there"
            yield finding("GL813", row.where("drug"), message, f"Add '{path}' to its 'table_rows'")
    for drug in scope.guideline.drugs:
        for index, path in enumerate(drug.table_rows):
            other = rows[path].drug if path in rows else None
            if other is not None and other != drug.id:
                message = f"expected a row about '{drug.id}', found '{path}', which is about '{other}'"
                yield finding(
                    "GL813", drug.where("table_rows", index), message, "Correct the path, or the row's 'drug'"
                )


@check("GL814")
def cell_names_another_drug(scope: Scope) -> Iterator[Finding]:
    """A table's row is about one drug, and one of its cells names another.

    The reader would give the dose of the one for the other. A row may name another drug beside its own, as what
    to change to.

    Wrong, in a row with `drug: exemplamab`:

    ```yaml
    drug: {text: Placebomab}
    ```

    Right:

    ```yaml
    drug: {text: Exemplamab}
    ```
    """
    names = {name.casefold(): drug for drug in scope.guideline.drugs for name in _names(drug)}
    for table in scope.guideline.tables:
        for row in table.rows:
            own = scope.guideline.drug_by_id.get(row.drug or "")
            texts = {column: cell.text for column, cell in row.cells.items() if cell.text is not None}
            if own is None or {name.casefold() for name in _names(own)} & {text.casefold() for text in texts.values()}:
                continue
            for column, text in texts.items():
                other = names.get(text.casefold())
                if other is not None and other.id != own.id:
                    yield finding(
                        "GL814",
                        row.cells[column].where("text"),
                        f"expected no other drug in a row about '{own.id}', found '{text}', which is '{other.id}'",
                        "Correct the cell, or the row's 'drug'",
                    )


def _names(drug: Drug) -> Iterator[str]:
    """Every name of a drug that the source may print in a cell."""
    yield from (name for name in (drug.name, *drug.names, drug.english) if name)
