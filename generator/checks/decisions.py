"""GL53x: the decision table answers every input once, and every worked case comes out as it says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from calculators.decide import run_cases
from calculators.errors import VademecumError
from calculators.outcomes import CaseResult
from calculators.payload import Calculator as EngineCalculator
from calculators.payload import Payload, parse
from generator.checks.decision_tables import uncovered_and_overlapping
from generator.findings import Finding, Severity, Where, finding, finding_code
from generator.models.calculator import Calculator, DecisionRow
from generator.models.guideline import Guideline
from generator.models.pathway import Pathway
from generator.payload import dump

REFUSED = (VademecumError, ValueError, LookupError)
"""What the engine raises for a payload that it cannot read."""


def examine(guideline: Guideline, sound: Sequence[Calculator], *, explained: bool) -> Iterator[Finding]:
    """Hand calculators to the engine and run them.

    Args:
        guideline: the guideline.
        sound: the calculators in which no other check has found an error.
        explained: other findings already say why the engine may refuse one.
    """
    # That an id stands twice is reported; the engine would refuse both.
    once = list({calculator.id: calculator for calculator in reversed(sound)}.values())[::-1]
    readable = list(once)
    try:
        payload = _payload(guideline, readable)
    except REFUSED:
        for calculator in once:
            try:
                _payload(guideline, [calculator])
            except REFUSED as error:
                readable.remove(calculator)
                if not explained:
                    yield engine_refuses(calculator, str(error))
        payload = _payload(guideline, readable)
    for calculator, engine in zip(readable, payload.calculators, strict=True):
        yield from gap_in_decision_table(calculator, engine)
        yield from overlap_in_decision_table(calculator, engine)
        # How a result is rounded for display depends on the thresholds of every calculator.
        if len(readable) == len(guideline.calculators):
            results = run_cases(payload, calculator.id)
            yield from failing_worked_case(calculator, results)
            yield from untested_row(calculator, engine, results)


def _payload(guideline: Guideline, calculators: Iterable[Calculator]) -> Payload:
    # Pathways have checks of their own; a broken one must not hide what is wrong with a calculator.
    return parse(dump(guideline.model_copy(update={"calculators": tuple(calculators), "pathways": ()})))


@finding_code("GL530")
def engine_refuses(asking: Calculator | Pathway, problem: str) -> Finding:
    """The engine cannot read a calculator or a pathway.

    No other check has found why. Often a column with the role route, duration or interval has another kind
    than the engine takes: a route is a text, duration and interval are quantities.

    Wrong, in a column with `role: duration`:

    ```yaml
    duration: {text: two hours}
    ```

    Right:

    ```yaml
    duration: {quantity: {exactly: 2, unit: h}}
    ```
    """
    what = "calculator" if isinstance(asking, Calculator) else "pathway"
    message = f"expected a {what} that the engine can read, found a problem: {problem}"
    return finding("GL530", asking.where("id"), message, "The path leads into the payload made from it")


def _row(calculator: Calculator, name: str) -> DecisionRow:
    return next(row for group in calculator.groups for row in group.rows if row.id == name)


def _group_place(calculator: Calculator, row_id: str) -> Where:
    """The place of the group that a row belongs to; that of all groups when it is in none."""
    groups = calculator.groups
    near = [group for group in groups if row_id in {row.id for row in group.rows}] or groups
    return near[0].where("label") if row_id or len(groups) == 1 else calculator.where("groups")


@finding_code("GL531")
def gap_in_decision_table(calculator: Calculator, engine: EngineCalculator) -> Iterator[Finding]:
    """There are inputs for which no row of a decision table answers.

    Where the source has no rule, the table must say so with `no_rule`: silence would be taken for 'no
        adjustment
    needed', or the calculator would fail at the bedside.

    Wrong, when crcl goes from 1 to 250 mL/min:

    ```yaml
    rows:
      - id: below-30
        when: [{input: crcl, op: lt, value: 30, unit: mL/min}]
      - id: above-30
        when: [{input: crcl, op: gt, value: 30, unit: mL/min}]
    ```

    Right, since exactly 30 belongs somewhere:

    ```yaml
    rows:
      - id: below-30
        when: [{input: crcl, op: lt, value: 30, unit: mL/min}]
      - id: from-30
        when: [{input: crcl, op: ge, value: 30, unit: mL/min}]
    ```
    """
    gaps, _ = uncovered_and_overlapping(engine.inputs, engine.rows)
    for gap in gaps:
        yield finding(
            "GL531",
            _group_place(calculator, gap.nearest),
            f"expected a row for every input of '{calculator.id}', found none for {gap}",
            "Add a row; where the source does not say, its kind is no_rule",
        )


@finding_code("GL532")
def overlap_in_decision_table(calculator: Calculator, engine: EngineCalculator) -> Iterator[Finding]:
    """There are inputs for which two rows of a decision table answer.

    The engine never chooses between two answers, so it would give none.

    Wrong:

    ```yaml
    rows:
      - id: up-to-30
        when: [{input: crcl, op: le, value: 30, unit: mL/min}]
      - id: from-30
        when: [{input: crcl, op: ge, value: 30, unit: mL/min}]
    ```

    Right:

    ```yaml
    rows:
      - id: below-30
        when: [{input: crcl, op: lt, value: 30, unit: mL/min}]
      - id: from-30
        when: [{input: crcl, op: ge, value: 30, unit: mL/min}]
    ```
    """
    _, overlaps = uncovered_and_overlapping(engine.inputs, engine.rows)
    for overlap in overlaps:
        yield finding(
            "GL532",
            _row(calculator, overlap.rows[-1]).where("id"),
            f"expected one row for every input of '{calculator.id}', found several for {overlap}",
            "Make the conditions of the rows exclude each other",
        )


@finding_code("GL533")
def failing_worked_case(calculator: Calculator, results: list[CaseResult]) -> Iterator[Finding]:
    """A worked case comes out otherwise than it says.

    The calculator or the case is wrong; whichever it is, the calculator must not be published.

    Wrong, when the source says 2 mg below 30 mL/min:

    ```yaml
    - {id: reduced, title: Reduced, inputs: {crcl: 29}, expect: {kind: fixed, value: 6, unit: mg}}
    ```

    Right:

    ```yaml
    - {id: reduced, title: Reduced, inputs: {crcl: 29}, expect: {kind: fixed, value: 2, unit: mg}}
    ```
    """
    cases = {case.id: case for case in calculator.cases}
    for result in results:
        if not result.passed:
            wanted, found = difference(result.expected, result.found)
            message = f"expected {wanted} in the worked case '{result.id}', found {found}"
            yield finding("GL533", cases[result.id].where("expect"), message, "Compare both with the source")


def difference(expected: Mapping[str, Any], found: Mapping[str, Any]) -> tuple[str, str]:
    """What a case expected and what came out, of the keys that differ."""
    if "message" in found:
        return _words(expected, expected), str(found["message"])
    if found.get("kind") == "refused" != expected.get("kind"):
        return _words(expected, expected), "its inputs refused: a name, a unit or a number of them does not fit"
    keys = [key for key, value in expected.items() if value != found[key] and not _all_shown(key, value, found[key])]
    return _words(expected, keys), _words(found, keys)


def _all_shown(key: str, expected: Any, found: Any) -> bool:
    """Whether the caveats that a case expects are among those that are shown, which is all that it asks for."""
    return key == "caveats" and set(expected) <= set(found)


def _words(values: Mapping[str, Any], keys: Iterable[str]) -> str:
    return ", ".join(f"{key} {_value(values[key])}" for key in keys)


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(str, value))}]"
    return "nothing" if value is None else str(value)


@finding_code("GL534", Severity.WARNING)
def untested_row(calculator: Calculator, engine: EngineCalculator, results: list[CaseResult]) -> Iterator[Finding]:
    """No worked case reaches a row of a decision table.

    What no case reaches was never compared with the source.

    Wrong, when no case has a clearance below 30 mL/min:

    ```yaml
    - id: below-30
      when: [{input: crcl, op: lt, value: 30, unit: mL/min}]
    ```

    Right, beside it:

    ```yaml
    cases:
      - {id: reduced, title: Reduced, inputs: {crcl: 29}, expect: {kind: fixed, value: 2, unit: mg}}
    ```
    """
    if any(result.found.get("kind") == "error" for result in results):
        return  # the failing case is reported
    hit = {result.row for result in results}
    for row in engine.rows:
        if row.id not in hit:
            message = f"expected a worked case that reaches the row '{row.id}', found none"
            yield finding("GL534", _row(calculator, row.id).where("id"), message, "Add a worked case for it")
