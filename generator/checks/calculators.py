"""GL50x: what is typed into a calculator or a pathway has units and limits; the parts of a calculator have names."""

from collections.abc import Iterator, Sequence

from calculators.quantities import UNITS
from generator.checks.ids import nearest, repeated
from generator.checks.registry import Scope, calculator_check, number_check
from generator.checks.units import unknown_unit_hint
from generator.findings import Finding, finding
from generator.models.calculator import Calculator, Input
from generator.models.pathway import NumberAsked, Pathway


def _inputs(asking: Calculator | Pathway) -> Sequence[Input | NumberAsked]:
    """The inputs of a calculator, or the numbers that the questions of a pathway ask for."""
    if isinstance(asking, Calculator):
        return asking.inputs
    return [node.ask for node in asking.nodes if node.ask]


@number_check("GL501")
def input_without_unit_or_limits(_: Scope, asking: Calculator | Pathway) -> Iterator[Finding]:
    """An input that takes a number has no unit or no limits.

    Without a unit, a creatinine can be typed where a clearance is meant; without limits, a slip of the
    finger gives a dose. An integer has exactly one unit, a quantity one or more, each with `min` and `max`.
    The same goes for the number that a question of a pathway asks for.

    Law: an audit of 46 insulin calculators found that 91% did not validate their input (BMC Medicine 2015,
    13:106).

    Wrong:

    ```yaml
    - {id: crcl, label: Creatinine clearance, kind: quantity, required: true}
    ```

    Right:

    ```yaml
    - id: crcl
      label: Creatinine clearance
      kind: quantity
      required: true
      units: [{unit: mL/min, min: 1, max: 250}]
    ```
    """
    example = "For example units: [{unit: mL/min, min: 1, max: 250}]"
    for item in _inputs(asking):
        if item.kind not in ("integer", "quantity"):
            continue
        if not item.units or (item.kind == "integer" and len(item.units) > 1):
            wanted = "exactly one unit" if item.kind == "integer" else "at least one unit"
            message = f"expected {wanted} for the {item.kind} '{item.id}', found {len(item.units) or 'none'}"
            yield finding("GL501", item.where("units" if item.units else "id"), message, example)
        for limits in item.units:
            missing = [name for name in ("unit", "min", "max") if getattr(limits, name) is None]
            if missing:
                message = f"expected unit, min and max for '{item.id}', found no {' and no '.join(missing)}"
                yield finding("GL501", limits.where(), message, example)


@number_check("GL502")
def limits_out_of_order(_: Scope, asking: Calculator | Pathway) -> Iterator[Finding]:
    """The lower limit of an input is not below its upper limit.

    No value at all, or only one, could be typed.

    Wrong:

    ```yaml
    units: [{unit: mL/min, min: 250, max: 1}]
    ```

    Right:

    ```yaml
    units: [{unit: mL/min, min: 1, max: 250}]
    ```
    """
    for item in _inputs(asking):
        for limits in item.units:
            if limits.min is not None and limits.max is not None and limits.min >= limits.max:
                message = f"expected min below max for '{item.id}', found min {limits.min} and max {limits.max}"
                yield finding("GL502", limits.where("min"), message, "Exchange them, or correct one")


@number_check("GL503")
def unknown_input_unit(_: Scope, asking: Calculator | Pathway) -> Iterator[Finding]:
    """An input has a unit that is not in the list of known units, or the same unit twice.

    The engine converts and compares only units that it knows exactly.

    Law: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations.

    Wrong:

    ```yaml
    units: [{unit: ml/minute, min: 1, max: 250}]
    ```

    Right:

    ```yaml
    units: [{unit: mL/min, min: 1, max: 250}]
    ```
    """
    for item in _inputs(asking):
        seen: set[str] = set()
        for limits in item.units:
            if limits.unit is None:
                continue
            if limits.unit not in UNITS:
                message = f"expected a known unit, found '{limits.unit}'"
                yield finding("GL503", limits.where("unit"), message, unknown_unit_hint(limits.unit))
            elif limits.unit in seen:
                message = f"expected each unit of '{item.id}' once, found '{limits.unit}' twice"
                yield finding("GL503", limits.where("unit"), message, "Remove one of the two")
            seen.add(limits.unit)


@calculator_check("GL504")
def units_or_options_do_not_fit(_: Scope, calculator: Calculator) -> Iterator[Finding]:
    """An input has units or options that its kind does not take, or a choice has no options.

    A choice has options and no units; yes or no has neither; integer and quantity have units and no options.

    Wrong:

    ```yaml
    - {id: sex, label: Sex, kind: choice, required: true}
    ```

    Right:

    ```yaml
    - id: sex
      label: Sex
      kind: choice
      required: true
      options: [{id: female, label: Female}, {id: male, label: Male}]
    ```
    """
    for item in calculator.inputs:
        if item.kind == "choice" and not item.options:
            message = f"expected options for the choice '{item.id}', found none"
            yield finding("GL504", item.where("id"), message, "For example options: [{id: female, label: Female}]")
        if item.kind != "choice" and item.options:
            found = f"which is of kind {item.kind}, found {len(item.options)}"
            message = f"expected no options for '{item.id}', {found}"
            yield finding("GL504", item.where("options"), message, "Remove them, or make the kind 'choice'")
        if item.kind in ("choice", "yes_no") and item.units:
            message = f"expected no units for '{item.id}', which is of kind {item.kind}, found {len(item.units)}"
            yield finding("GL504", item.where("units"), message, "Remove them, or make the kind 'quantity'")


@calculator_check("GL505")
def option_without_name(scope: Scope, calculator: Calculator) -> Iterator[Finding]:
    """An option has no label and is not the id of a drug.

    The reader would be asked to choose an id that was made for machines.

    Wrong, when drugs.yaml has no drug called female:

    ```yaml
    options: [{id: female}]
    ```

    Right:

    ```yaml
    options: [{id: female, label: Female}]
    ```
    """
    known = scope.guideline.drug_by_id
    for item in calculator.inputs:
        for option in item.options:
            if option.label is None and option.id not in known and not scope.left_out(option.id, known):
                yield finding(
                    "GL505",
                    option.where("id"),
                    f"expected a label, or the id of a drug, found '{option.id}'",
                    nearest(
                        option.id,
                        known,
                        f"For example {{id: {option.id}, label: …}}; a drug's name stands in drugs.yaml",
                    ),
                )


@calculator_check("GL506")
def duplicate_calculator_part(_: Scope, calculator: Calculator) -> Iterator[Finding]:
    """Two inputs, options, rows, caveat rules, risks or worked cases of a calculator have the same id.

    The reasons of an answer name the row that hit: with two of the same name nobody can tell which.

    Wrong:

    ```yaml
    rows:
      - {id: below-30, label: Below 30}
      - {id: below-30, label: 30 and above}
    ```

    Right:

    ```yaml
    rows:
      - {id: below-30, label: Below 30}
      - {id: from-30, label: 30 and above}
    ```
    """
    rows = [row for group in calculator.groups for row in group.rows]
    yield from repeated("GL506", "input", calculator.inputs)
    yield from repeated("GL506", "row", rows)
    yield from repeated("GL506", "caveat rule", calculator.caveat_rules)
    yield from repeated("GL506", "risk", calculator.risks)
    yield from repeated("GL506", "worked case", calculator.cases)
    for item in calculator.inputs:
        yield from repeated("GL506", f"option of '{item.id}'", item.options)


@calculator_check("GL507")
def dangling_carry_to(scope: Scope, calculator: Calculator) -> Iterator[Finding]:
    """`carry_to` names no input of another calculator that could take the value.

    The button that carries a value over would do nothing, or put it into the wrong field.

    Wrong, when the input is called crcl:

    ```yaml
    carry_to: dose.clearance
    ```

    Right:

    ```yaml
    carry_to: dose.crcl
    ```
    """
    if calculator.carry_to is None:
        return
    name, _, field = calculator.carry_to.partition(".")
    calculators = scope.guideline.calculator_by_id
    target = calculators.get(name)
    if target is None and scope.left_out(name):
        return
    fields = [item.id for item in target.inputs if item.kind == "quantity"] if target else []
    if field not in fields:
        known = [f"{other.id}.{item.id}" for other in calculators.values() for item in other.inputs if item.units]
        yield finding(
            "GL507",
            calculator.where("carry_to"),
            f"expected CALCULATOR.INPUT with an input of kind quantity, found '{calculator.carry_to}'",
            nearest(calculator.carry_to, known, "Known: " + (", ".join(known) or "none")),
        )


@calculator_check("GL508")
def calculator_without_case(_: Scope, calculator: Calculator) -> Iterator[Finding]:
    """A calculator has no worked case.

    Worked cases are the only proof that the calculator answers as the source does. They run at every build,
    in the tests, and on the reader's own device.

    Wrong:

    ```yaml
    cases: []
    ```

    Right:

    ```yaml
    cases:
      - {id: reduced, title: Reduced dose, inputs: {crcl: 25}, expect: {kind: fixed, value: 2, unit: mg}}
    ```
    """
    if not calculator.cases:
        message = f"expected worked cases for '{calculator.id}', found none"
        yield finding("GL508", calculator.where("cases"), message, "Write one for every row, and one on each threshold")
