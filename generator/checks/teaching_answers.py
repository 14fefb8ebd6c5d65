"""GL901, GL903: the engine answers a teaching case as the case expects, and its answer is among the choices."""

from collections.abc import Iterator
from dataclasses import replace

from calculators.decide import run_cases
from calculators.errors import VademecumError
from calculators.pathway import walk
from calculators.payload import Case, Payload, parse
from generator.checks.decisions import difference
from generator.checks.teaching import doses, paths
from generator.findings import Finding, finding, finding_code
from generator.models.guideline import Guideline
from generator.models.teaching import Choice, DoseQuestion, PathQuestion
from generator.payload import as_text, dump, expectation
from generator.teaching import solve_dose


def examine(guideline: Guideline) -> Iterator[Finding]:
    """Put the questions of a guideline without errors to the engine."""
    if guideline.teaching:
        payload = parse(dump(guideline))
        for dose in doses(guideline):
            stale = list(stale_answer(payload, dose))
            yield from stale or not_one_right_choice(payload, dose)
        for path in paths(guideline):
            stale = list(stale_answer(payload, path))
            yield from stale or not_one_right_choice(payload, path)


@finding_code("GL901")
def stale_answer(payload: Payload, question: DoseQuestion | PathQuestion) -> Iterator[Finding]:
    """The engine answers a question of a teaching case otherwise than the case expects.

    A rule has changed, or the case was wrong: learners must not be taught what the calculators no longer say.
    Each answer of a walk must belong to a question on the way.

    Wrong, when below 30 mL/min the source gives at most 2 mg:

    ```yaml
    expect: {kind: fixed, value: 4, unit: mg}
    ```

    Right:

    ```yaml
    expect: {kind: at_most, value: 2, unit: mg}
    ```
    """
    hint = "Compare both with the source"
    if isinstance(question, DoseQuestion):
        inputs = {name: as_text(value) for name, value in question.inputs.items()}
        case = Case("teaching", question.ask, inputs, expectation(question.expect))
        own = tuple(replace(item, cases=(case,)) for item in payload.calculators if item.id == question.calculator)
        [result] = run_cases(replace(payload, calculators=own), question.calculator)
        if not result.passed:
            wanted, found = difference(result.expected, result.found)
            yield finding("GL901", question.where("expect"), f"expected {wanted}, found {found}", hint)
        return
    try:
        step = walk(payload, question.pathway, {name: as_text(value) for name, value in question.answers.items()})
    except VademecumError as error:
        yield finding("GL901", question.where("answers"), f"expected a walk, found a problem: {error}", hint)
        return
    if step.message is not None:
        where = question.where_key("answers", step.field or "")
        yield finding("GL901", where, f"expected an answer that is taken, found {step.message.strip()}", hint)
    elif step.node != question.expect:
        message = f"expected the walk to end at '{question.expect}', found '{step.node}'"
        yield finding("GL901", question.where("expect"), message, hint)
    elif step.dropped:
        message = f"expected answers on the way, found one to '{step.dropped[0]}', which is not"
        yield finding("GL901", question.where_key("answers", step.dropped[0]), message, "Remove it")


@finding_code("GL903")
def not_one_right_choice(payload: Payload, question: DoseQuestion | PathQuestion) -> Iterator[Finding]:
    """None of the choices of a teaching case is what the engine answers.

    Whatever the learner chose would be wrong. Choices that say the same are another finding, so that never two
    are right.

    Wrong, when the engine answers at most 2 mg:

    ```yaml
    choices: [{kind: fixed, value: 2 mg}, {kind: stop}]
    ```

    Right:

    ```yaml
    choices: [{kind: at_most, value: 2 mg}, {kind: fixed, value: 2 mg}, {kind: stop}]
    ```
    """
    if isinstance(question, DoseQuestion):
        solved = solve_dose(payload, question)
        if not solved.right:
            found = "; ".join(map(_said, question.choices))
            message = f"expected one choice that says '{solved.outcome.headline()}', found none among: {found}"
            yield finding("GL903", question.where("choices"), message, "Add the engine's answer to the choices")
    elif question.choices and question.expect not in question.choices:
        message = f"expected '{question.expect}' among the choices, found {', '.join(question.choices)}"
        yield finding("GL903", question.where("choices"), message, "Add the node where the walk ends")


def _said(choice: Choice) -> str:
    """A choice as its author wrote it."""
    return f"{choice.kind} {choice.value or ' or '.join(choice.alternatives) or choice.field or ''}".strip()
