"""GL51x: every condition asks about an input of its calculator or question, in a way that it can answer."""

from collections.abc import Iterator
from decimal import Decimal

from calculators.quantities import UNITS, convertible
from generator.checks.ids import nearest
from generator.checks.registry import Scope, calculator_check, number_check
from generator.checks.units import unknown_unit_hint
from generator.findings import Finding, finding
from generator.models.calculator import Calculator, Input
from generator.models.pathway import NumberAsked, Pathway
from generator.models.quantity import OPS_IN_WORDS, Condition, Op

WORD_OPS = (Op.EQ, Op.NE, Op.IN)
FITTING_OPS = {
    "less_than": (Op.LT, Op.GE),
    "at_most": (Op.LE, Op.GT),
    "more_than": (Op.GT, Op.LE),
    "at_least": (Op.GE, Op.LT),
    "exactly": tuple(op for op in Op if op is not Op.IN),
}
"""Which ops split the numbers at a bound as the source does; `eq` and `ne` ask about the threshold itself."""


def _conditions(calculator: Calculator) -> Iterator[Condition]:
    return iter(calculator.conditions)


def _words(asking: Calculator | Pathway) -> Iterator[tuple[Condition, Input]]:
    """Conditions on a choice or a yes or no, which only calculators have, with the input that they ask about."""
    if isinstance(asking, Calculator):
        yield from (pair for pair in _pairs(asking) if pair[1].kind in ("choice", "yes_no"))


def _numbers(asking: Calculator | Pathway) -> Iterator[tuple[Condition, Input | NumberAsked]]:
    """Conditions on a number, with the input, or the question's number, that they ask about."""
    if isinstance(asking, Calculator):
        yield from (pair for pair in _pairs(asking) if pair[1].kind in ("integer", "quantity"))
        return
    for node in asking.nodes:
        for condition in (condition for option in node.options for condition in option.when):
            if node.ask and condition.input == node.ask.id:
                yield condition, node.ask


def _pairs(calculator: Calculator) -> Iterator[tuple[Condition, Input]]:
    inputs = {item.id: item for item in reversed(calculator.inputs)}
    return ((found, inputs[found.input]) for found in _conditions(calculator) if found.input in inputs)


@calculator_check("GL511")
def condition_on_unknown_input(_: Scope, calculator: Calculator) -> Iterator[Finding]:
    """A condition asks about an input that the calculator does not have.

    It could never be met: its row, caveat or risk would never be shown.

    Wrong, when the input is called crcl:

    ```yaml
    when: [{input: clearance, op: lt, value: 30, unit: mL/min}]
    ```

    Right:

    ```yaml
    when: [{input: crcl, op: lt, value: 30, unit: mL/min}]
    ```
    """
    inputs = [item.id for item in calculator.inputs]
    for condition in _conditions(calculator):
        if condition.input not in inputs:
            yield finding(
                "GL511",
                condition.where("input"),
                f"expected an input of '{calculator.id}', found '{condition.input}', which is none",
                nearest(condition.input, inputs, "Known: " + ", ".join(inputs)),
            )


@number_check("GL512")
def condition_op_does_not_fit(_: Scope, asking: Calculator | Pathway) -> Iterator[Finding]:
    """A condition compares an input in a way that its kind does not know.

    A choice and a yes or no can be equal, not equal, or in a list; a number can be all but in a list.

    Wrong:

    ```yaml
    when: [{input: sex, op: lt, value: female}]
    ```

    Right:

    ```yaml
    when: [{input: sex, op: eq, value: female}]
    ```
    """
    number_ops = tuple(op for op in Op if op is not Op.IN)
    asked = [(*pair, WORD_OPS) for pair in _words(asking)] + [(*pair, number_ops) for pair in _numbers(asking)]
    for condition, item, ops in asked:
        if condition.op not in ops:
            allowed = ", ".join(op.value for op in ops)
            message = f"expected one of {allowed} for the {item.kind} '{item.id}', found '{condition.op.value}'"
            words = ", ".join(words for words in OPS_IN_WORDS.split(", ") if words[:2] in ops)
            yield finding("GL512", condition.where("op"), message, words)


@number_check("GL513")
def condition_value_does_not_fit(_: Scope, asking: Calculator | Pathway) -> Iterator[Finding]:
    """A condition compares an input with a value that it can never have.

    For a choice this is an option that does not exist, for yes or no anything but `yes` and `no`, for a
    number a word.

    Wrong, when the option is called female:

    ```yaml
    when: [{input: sex, op: eq, value: woman}]
    ```

    Right:

    ```yaml
    when: [{input: sex, op: eq, value: female}]
    ```
    """
    for condition, item in _words(asking):
        known = [option.id for option in item.options] or ["yes", "no"]
        if condition.cell is not None:
            message = f"expected one of {', '.join(known)}, found the number of the cell '{condition.cell}'"
            yield finding("GL513", condition.where("cell"), message, "Write 'value:' with one of them")
        values = condition.values if condition.values is not None else (condition.value,)
        for index, value in enumerate(values):
            if value is not None and value not in known:
                where = condition.where("values", index) if condition.values else condition.where("value")
                message = f"expected one of {', '.join(known)} for '{item.id}', found '{value}'"
                yield finding(
                    "GL513",
                    where,
                    message,
                    nearest(str(value), known, "Correct the value, or add the option"),
                )
        if condition.values == ():
            message = f"expected at least one of {', '.join(known)}, found an empty list"
            yield finding("GL513", condition.where("values"), message, "Write the values")
    for condition, asked in _numbers(asking):
        if condition.value is not None and not isinstance(condition.value, Decimal):
            message = f"expected a number for '{asked.id}', found '{condition.value}'"
            yield finding("GL513", condition.where("value"), message, "Write it without quotes and without a unit")


@number_check("GL514")
def condition_unit_does_not_fit(scope: Scope, asking: Calculator | Pathway) -> Iterator[Finding]:
    """A condition has no unit, or one that does not fit the input.

    The two numbers are compared exactly after conversion. Between units of different dimensions, such as
    µmol/L and mL/min, there is none.

    Wrong, when crcl is typed in mL/min:

    ```yaml
    when: [{input: crcl, op: lt, value: 30, unit: µmol/L}]
    ```

    Right:

    ```yaml
    when: [{input: crcl, op: lt, value: 30, unit: mL/min}]
    ```
    """
    for condition, word in _words(asking):
        if condition.unit is not None:
            message = f"expected no unit for the {word.kind} '{word.id}', found '{condition.unit}'"
            yield finding("GL514", condition.where("unit"), message, "Remove it")
    for condition, item in _numbers(asking):
        units = [limits.unit for limits in item.units if limits.unit in UNITS]
        if condition.cell is None:
            unit, where = condition.unit, condition.where("unit")
        elif condition.unit is not None:
            message = f"expected no unit beside 'cell', found '{condition.unit}'"
            yield finding("GL514", condition.where("unit"), message, "Remove it: the cell has one")
            continue
        else:
            quantity = scope.guideline.quantity_at(condition.cell)
            if quantity is None or quantity.unit not in (None, *UNITS):
                continue  # GL304 says so where the number stands
            unit, where = quantity.unit, condition.where("cell")
        wanted = " or ".join(filter(None, units)) or "none"
        if unit is None and item.kind == "quantity":
            message = f"expected a unit for '{item.id}' ({wanted}), found none"
            yield finding("GL514", condition.where(), message, f"For example unit: {wanted}")
        elif unit is not None and unit not in UNITS:
            yield finding("GL514", where, f"expected a known unit, found '{unit}'", unknown_unit_hint(unit))
        elif unit is not None and not all(convertible(unit, other) for other in units if other):
            message = f"expected a unit that converts into {wanted} for '{item.id}', found '{unit}'"
            yield finding("GL514", where, message, "Write the threshold in the unit of the input")


@number_check("GL515")
def condition_bound_does_not_fit(scope: Scope, asking: Calculator | Pathway) -> Iterator[Finding]:
    """A condition splits the numbers elsewhere than the cell that it takes its threshold from.

    'Below 30' and 'at most 30' differ at exactly 30, and so may the dose. A cell that says `less_than` goes
    with `lt` and its opposite `ge`, `at_most` with `le` and `gt`, `more_than` with `gt` and `le`,
    `at_least` with `ge` and `lt`. A cell with two numbers is no threshold.

    Wrong, when the value is `{less_than: 30, unit: mL/min}`:

    ```yaml
    when: [{input: crcl, op: le, cell: renal-rule/threshold}]
    ```

    Right:

    ```yaml
    when: [{input: crcl, op: lt, cell: renal-rule/threshold}]
    ```
    """
    for condition, _ in _numbers(asking):
        quantity = scope.guideline.quantity_at(condition.cell) if condition.cell else None
        if quantity is None:
            continue
        fitting = FITTING_OPS.get(quantity.bound, ())
        if condition.op not in fitting and not (fitting and condition.op in (Op.EQ, Op.NE)):
            ops = ", ".join(op.value for op in fitting) or "a cell with one number"
            yield finding(
                "GL515",
                condition.where("op"),
                f"expected {ops}, since '{condition.cell}' says {quantity.bound}, found '{condition.op.value}'",
                "Compare as the source does at the threshold itself",
            )
