"""GL80x: the bedside board of guideline.yaml leads somewhere."""

from collections.abc import Iterator

from generator import addresses
from generator.checks.ids import nearest
from generator.checks.registry import Scope, check
from generator.findings import Finding, finding

EXAMPLES = 'For example to: "statement: ID", "table-row: TABLE/ROW" or "calculator: ID"'


@check("GL801")
def dangling_board_entry(scope: Scope) -> Iterator[Finding]:
    """An entry of the bedside board leads nowhere.

    The board is what a doctor taps first. `to` is a kind and a name: `statement: ID`, `section: ID`,
    `table: ID`, `table-row: TABLE/ROW`, `drug: ID`, `calculator: ID`, `pathway: ID`,
    `caveat: ID` or `page: NAME`, all in quotes.

    Wrong, when the calculator is called dose:

    ```yaml
    - {label: Dose, to: "calculator: doses"}
    ```

    Right:

    ```yaml
    - {label: Dose, to: "calculator: dose"}
    ```
    """
    for group in scope.guideline.meta.board:
        for entry in group.entries:
            name = entry.to.partition(":")[2].strip()
            if addresses.target(scope.guideline, entry.to) is None and not scope.left_out(name):
                yield finding(
                    "GL801",
                    entry.where("to"),
                    f"expected a kind and the name of a record, found '{entry.to}', which leads nowhere",
                    nearest(entry.to, _targets(scope), EXAMPLES),
                )


def _targets(scope: Scope) -> list[str]:
    """What an entry can lead to, except notes and pages, as it is written."""
    guideline = scope.guideline
    kinds = {
        "statement": guideline.statement_by_id,
        "section": [section.id for section in guideline.sections],
        "table": guideline.table_by_id,
        "table-row": [f"{table.id}/{row.id}" for table in guideline.tables for row in table.rows],
        "drug": guideline.drug_by_id,
        "calculator": [calculator.id for calculator in guideline.calculators],
        "pathway": [pathway.id for pathway in guideline.pathways],
        "caveat": [caveat.id for caveat in guideline.caveats],
    }
    return [f"{kind}: {name}" for kind, names in kinds.items() for name in names]
