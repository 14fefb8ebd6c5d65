"""GL304, GL305, GL310: every number has a known unit that its column expects, and is printed."""

from collections.abc import Iterator

from calculators.errors import InputProblem
from calculators.quantities import UNITS, read_number
from generator.checks.registry import Scope, check
from generator.checks.tables import columns
from generator.checks.texts import quantities
from generator.findings import Finding, finding


def unknown_unit_hint(unit: str) -> str:
    """What to write instead of a unit that is not in the list; never a guess by likeness."""
    try:
        name = read_number(f"1 {unit}")[1]
    except InputProblem:
        name = None
    return f"Write '{name}'" if name else "Known: " + ", ".join(UNITS)


@check("GL304")
def unknown_unit(scope: Scope) -> Iterator[Finding]:
    """A quantity or a column has a unit that is not in the list of known units.

    A closed list with one spelling a unit keeps mg and microgram apart and makes arithmetic exact. `µg` is
    left out on purpose: handwritten or small it is read as mg, a thousandfold overdose. Write microgram.

    Law: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations ('µg': use 'mcg' or
    'microgram').

    Wrong:

    ```yaml
    quantity: {exactly: 50, unit: µg}
    ```

    Right:

    ```yaml
    quantity: {exactly: 50, unit: microgram}
    ```
    """
    places = [(quantity.unit, quantity.where("unit")) for quantity in quantities(scope.guideline)]
    for table in scope.guideline.tables:
        for column in table.columns:
            places += [(unit, column.where("units", index)) for index, unit in enumerate(column.units)]
    for unit, where in places:
        if unit not in UNITS:
            yield finding("GL304", where, f"expected a known unit, found '{unit}'", unknown_unit_hint(unit))


@check("GL305")
def unit_not_of_column(scope: Scope) -> Iterator[Finding]:
    """A cell's unit is not among those of its column, or a column of quantities names no unit.

    The second look at the unit catches g for mg, the commonest slip with the gravest result.

    Wrong, in a column with `units: [mg]`:

    ```yaml
    dose: {quantity: {exactly: 4, unit: g}}
    ```

    Right:

    ```yaml
    dose: {quantity: {exactly: 4, unit: mg}}
    ```
    """
    for table in scope.guideline.tables:
        for column in table.columns:
            if column.kind == "quantity" and not column.units:
                yield finding(
                    "GL305",
                    column.where("id"),
                    f"expected the units of the column '{column.id}', found none",
                    "For example units: [mg]",
                )
    for column, _, cell in columns(scope.guideline):
        unit = cell.quantity.unit if cell.quantity else None
        if cell.quantity and column.units and unit in UNITS and unit not in column.units:
            yield finding(
                "GL305",
                cell.quantity.where("unit"),
                f"expected a unit of the column '{column.id}' ({', '.join(column.units)}), found '{unit}'",
                "Correct the unit, or add it to the column",
            )


@check("GL310")
def pattern_without_number(scope: Scope) -> Iterator[Finding]:
    """A column's pattern does not hold `{}` exactly once.

    `{}` stands for the quantity. Without it every dose of the column would vanish from the page.

    Wrong:

    ```yaml
    pattern: per dose
    ```

    Right:

    ```yaml
    pattern: "{} per dose"
    ```
    """
    for table in scope.guideline.tables:
        for column in table.columns:
            rest = column.pattern.replace("{}", "", 1)
            if rest == column.pattern or "{" in rest or "}" in rest:
                yield finding(
                    "GL310",
                    column.where("pattern"),
                    f"expected '{{}}' once in the pattern, found '{column.pattern}'",
                    "For example '{} per dose'",
                )
