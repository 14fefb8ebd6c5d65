"""GL52x: what a row answers comes from cells of the right kind, is complete, and names its statement."""

from collections.abc import Iterator

from calculators.payload import Formula
from generator.checks.ids import nearest
from generator.checks.paths import listed, number_hint
from generator.checks.registry import Scope, calculator_check, number_check
from generator.findings import Finding, Where, finding
from generator.models.calculator import Calculator, OutcomeRule
from generator.models.pathway import Pathway
from generator.models.quantity import Condition

KEYS = {
    "fixed": ("value",),
    "at_most": ("value",),
    "stop": (),
    "no_rule": (),
    "undetermined": ("alternatives",),
    "computed": ("formula",),
}
"""The keys that each kind of outcome must have; of the others it may have only those in `MAY`."""
MAY = {"no_rule": ("listed",)}


def _rules(calculator: Calculator) -> Iterator[OutcomeRule]:
    return (row.outcome for group in calculator.groups for row in group.rows)


def _number_paths(rule: OutcomeRule) -> Iterator[tuple[str, str, Where]]:
    """The paths of cells that a rule names: what for, path, place."""
    if rule.value is not None:
        yield "value", rule.value, rule.where("value")
    if rule.listed is not None:
        yield "listed", rule.listed, rule.where("listed")
    for item in rule.alternatives:
        yield "alternatives", item.value, item.where("value")


@number_check("GL521")
def unresolved_path(scope: Scope, asking: Calculator | Pathway) -> Iterator[Finding]:
    """A calculator or a pathway names a cell, a value or a table's row that does not exist.

    Numbers stand in one place only, and calculators and pathways point to them: `table/row/column`,
    `table/row/column/item/value`, `table/notes/note/value` or `statement/value`; `usage` points to
    `table/row`.

    Wrong, when the column is called dose:

    ```yaml
    value: dosing/exemplamab/doses
    ```

    Right:

    ```yaml
    value: dosing/exemplamab/dose
    ```
    """
    guideline = scope.guideline
    rules = list(_rules(asking)) if isinstance(asking, Calculator) else []
    places = [(path, where) for rule in rules for _, path, where in _number_paths(rule)]
    for record in asking.inside():
        if isinstance(record, Condition) and record.cell is not None:
            places.append((record.cell, record.where("cell")))
    for path, where in places:
        if guideline.quantity_at(path) is None and not scope.left_out(path):
            message = f"expected the path of a number, found '{path}', which leads to none"
            otherwise = "Paths: table/row/column, …/item/value, table/notes/note/value, statement/value"
            yield finding("GL521", where, message, number_hint(guideline, path, (), otherwise))
    rows = [f"{table.id}/{row.id}" for table in guideline.tables for row in table.rows]
    for rule in rules:
        if rule.usage is not None and rule.usage not in rows and not scope.left_out(rule.usage):
            message = f"expected the path of a table's row, found '{rule.usage}', which leads to none"
            yield finding(
                "GL521", rule.where("usage"), message, nearest(rule.usage, rows, listed(rows, "Write table/row"))
            )


@calculator_check("GL522")
def outcome_keys_do_not_fit(_: Scope, calculator: Calculator) -> Iterator[Finding]:
    """An outcome lacks what its kind needs, or has what its kind does not take.

    `fixed` and `at_most` need a `value`, `undetermined` two or more `alternatives`, `computed` a `formula`.
    `stop` and `no_rule` have none of these: a number beside 'stop' would be read as a dose. Only `no_rule`
    may say what a table lists, with `listed`.

    Wrong:

    ```yaml
    outcome: {kind: stop, value: dosing/exemplamab/dose, statements: [renal-rule]}
    ```

    Right:

    ```yaml
    outcome: {kind: stop, statements: [renal-rule]}
    ```
    """
    for rule in _rules(calculator):
        needed, allowed = KEYS[rule.kind], KEYS[rule.kind] + MAY.get(rule.kind, ())
        for name in ("value", "alternatives", "listed", "formula"):
            given = bool(getattr(rule, name))
            if given and name not in allowed:
                message = f"expected no '{name}' in an outcome of kind {rule.kind}, found one"
                yield finding("GL522", rule.where(name), message, "Remove it, or correct the kind")
            elif not given and name in needed:
                message = f"expected '{name}' in an outcome of kind {rule.kind}, found none"
                yield finding("GL522", rule.where("kind"), message, f"Add '{name}:', or correct the kind")
        if len(rule.alternatives) == 1 and rule.kind == "undetermined":
            message = "expected two or more alternatives, found 1"
            hint = "Write every reading of the source; with one only, the kind is 'fixed'"
            yield finding("GL522", rule.where("alternatives"), message, hint)


@calculator_check("GL523")
def outcome_bound_does_not_fit(scope: Scope, calculator: Calculator) -> Iterator[Finding]:
    """An outcome is of another kind than the cell that it takes its number from.

    A ceiling shown as a dose to give is an overdose for some, and a range shown by its first number says
    what the source did not say. `fixed`, `alternatives` and `listed` take a cell that says `exactly`;
    `at_most` takes a cell that says `at_most`.

    Wrong, when the cell holds `{at_most: 3.5, unit: mg}`:

    ```yaml
    outcome: {kind: fixed, value: dosing/exemplamab/reduced, statements: [renal-rule]}
    ```

    Right:

    ```yaml
    outcome: {kind: at_most, value: dosing/exemplamab/reduced, statements: [renal-rule]}
    ```
    """
    for rule in _rules(calculator):
        for name, path, where in _number_paths(rule):
            quantity = scope.guideline.quantity_at(path)
            wanted = "at_most" if name == "value" and rule.kind == "at_most" else "exactly"
            fits = name in KEYS[rule.kind] + MAY.get(rule.kind, ())
            if fits and quantity is not None and quantity.bound != wanted:
                yield finding(
                    "GL523",
                    where,
                    f"expected a cell that says '{wanted}' for '{name}' of an outcome of kind {rule.kind}, "
                    f"found one that says '{quantity.bound}'",
                    "Choose the kind that says what the source says, or no_rule",
                )


@calculator_check("GL524")
def unknown_formula(_: Scope, calculator: Calculator) -> Iterator[Finding]:
    """A formula's name is not one that the engine knows.

    Formulas are code that was reviewed and tested, never text in a YAML file.

    Wrong:

    ```yaml
    outcome: {kind: computed, formula: cockroft-gault, statements: []}
    ```

    Right:

    ```yaml
    outcome: {kind: computed, formula: cockcroft-gault, statements: []}
    ```
    """
    known = [formula.value for formula in Formula]
    places = [(rule.formula, rule.where("formula")) for rule in _rules(calculator)]
    if calculator.formula is not None:
        places.append((calculator.formula.name, calculator.formula.where("name")))
    for name, where in places:
        if name is not None and name not in known:
            message = f"expected one of the formulas {', '.join(known)}, found '{name}'"
            yield finding("GL524", where, message, nearest(name, known, "A new formula is a change of the engine"))


@calculator_check("GL525")
def formula_not_shown(_: Scope, calculator: Calculator) -> Iterator[Finding]:
    """A row computes with a formula that the calculator does not show to the reader.

    Who cannot see the formula cannot check the answer.

    Law: an audit of 46 insulin calculators found that 70% did not show their formula (BMC Medicine 2015,
    13:106).

    Wrong, in a calculator without `formula`:

    ```yaml
    outcome: {kind: computed, formula: cockcroft-gault, statements: []}
    ```

    Right, beside the inputs of the calculator:

    ```yaml
    formula:
      name: cockcroft-gault
      lines: ["(140 − age) × weight ÷ (72 × creatinine)"]
      origin: Cockcroft and Gault 1976
    ```
    """
    shown = calculator.formula.name if calculator.formula else None
    for rule in _rules(calculator):
        if rule.formula is not None and rule.formula != shown:
            message = f"expected the formula '{rule.formula}' shown by the calculator, found {shown or 'none'}"
            yield finding("GL525", rule.where("formula"), message, "Add 'formula:' with name, lines and origin")


@calculator_check("GL526")
def outcome_without_statement(_: Scope, calculator: Calculator) -> Iterator[Finding]:
    """An answer that comes from the source names no statement of it.

    Beside every dose, ceiling and stop stand the words of the source and their place. Only `no_rule` and
    `computed` may do without, since there the source says nothing.

    Wrong:

    ```yaml
    outcome: {kind: stop, statements: []}
    ```

    Right:

    ```yaml
    outcome: {kind: stop, statements: [renal-rule]}
    ```
    """
    for rule in _rules(calculator):
        if not rule.statements and rule.kind not in ("no_rule", "computed"):
            message = f"expected the statement that says so in an outcome of kind {rule.kind}, found none"
            yield finding("GL526", rule.where("statements"), message, "Name the statement of the source")


@calculator_check("GL527")
def dangling_risk_item(scope: Scope, calculator: Calculator) -> Iterator[Finding]:
    """A risk names no item of a table's cell.

    The words of a risk are those of the table: `table/row/column/item`.

    Wrong, when the item is called nsaid:

    ```yaml
    item: harms/kidney/risk-factors/nsaids
    ```

    Right:

    ```yaml
    item: harms/kidney/risk-factors/nsaid
    ```
    """
    items = [
        f"{table.id}/{row.id}/{column}/{item.id}"
        for table in scope.guideline.tables
        for row in table.rows
        for column, cell in row.cells.items()
        for item in cell.items or ()
    ]
    for risk in calculator.risks:
        if risk.item not in items and not scope.left_out(risk.item):
            message = f"expected the path of an item, found '{risk.item}', which leads to none"
            yield finding(
                "GL527", risk.where("item"), message, nearest(risk.item, items, "Write table/row/column/item")
            )


@calculator_check("GL528")
def usage_of_another_dose(scope: Scope, calculator: Calculator) -> Iterator[Finding]:
    """Route, duration and interval of a table's row are shown as if they were for another dose than the row's.

    A table lists them for the dose that stands beside them. For a ceiling, a reduced dose, two readings or no
    dose at all the source mostly does not say them: the page must then say 'as table 1 lists for the standard
    dose', and `usage_is_for: standard_dose` makes it do so. Only an outcome of kind `fixed` whose `value` is the
    dose cell of the same row may leave it out.

    Wrong:

    ```yaml
    outcome: {kind: at_most, value: renal-rule/reduced, usage: dosing/exemplamab, statements: [renal-rule]}
    ```

    Right:

    ```yaml
    outcome:
      kind: at_most
      value: renal-rule/reduced
      usage: dosing/exemplamab
      usage_is_for: standard_dose
      statements: [renal-rule]
    ```
    """
    for rule in _rules(calculator):
        if rule.usage is None or rule.usage_is_for != "this_dose" or scope.guideline.row_at(rule.usage) is None:
            continue
        columns = scope.guideline.table_by_id[rule.usage.partition("/")[0]].columns
        doses = [column.id for column in columns if column.role == "dose"] or [column.id for column in columns]
        if rule.kind == "fixed" and rule.value in [f"{rule.usage}/{name}" for name in doses]:
            continue
        if rule.value is not None and scope.guideline.quantity_at(rule.value) is None:
            continue
        what = f"{rule.kind} {rule.value}" if rule.value else rule.kind
        written = "usage_is_for" in rule.model_fields_set
        hint = "Add 'usage_is_for: standard_dose', or remove 'usage'"
        row = (rule.value or "").rpartition("/")[0]
        if row != rule.usage and scope.guideline.row_at(row):
            hint = f"The number is of the row '{row}' and the usage of '{rule.usage}': correct one of the two paths"
        yield finding(
            "GL528",
            rule.where("usage_is_for" if written else "usage"),
            f"expected 'usage_is_for: standard_dose', since '{rule.usage}' lists route, duration and interval for "
            f"its own dose and this answer is {what}, found {'this_dose' if written else 'none'}",
            hint,
        )
