"""GL902, GL904 to GL907: teaching cases ask for what exists, and their choices can be told apart."""

import re
from collections.abc import Collection, Iterator

from generator.checks.ids import nearest, repeated
from generator.checks.pathways import nodes_by_id
from generator.checks.registry import Scope, check
from generator.findings import Finding, Where, finding, finding_code
from generator.models.calculator import Calculator
from generator.models.guideline import Guideline
from generator.models.pathway import Pathway
from generator.models.teaching import Choice, DoseQuestion, PathQuestion
from generator.payload import as_text
from generator.teaching import UnreadableChoiceError, amounts, meaning

KEYS = {"fixed": "value", "at_most": "value", "computed": "value", "undetermined": "alternatives"}
"""The key that a choice of each kind must have; `stop` and `no_rule` have none, `refused` may have `field`."""


def doses(guideline: Guideline) -> Iterator[DoseQuestion]:
    """The questions that calculators answer."""
    return (step.dose for case in guideline.teaching for step in case.steps if step.dose)


def paths(guideline: Guideline) -> Iterator[PathQuestion]:
    """The questions that pathways answer."""
    return (step.path for case in guideline.teaching for step in case.steps if step.path)


@finding_code("GL902")
def unknown_part_of_a_case(scope: Scope, sound: Collection[Calculator | Pathway]) -> Iterator[Finding]:
    """A teaching case names a calculator, an input, a pathway, a node or an option that does not exist.

    The question could not be put to the engine. `expect` and `choices` of a walk name nodes that end one:
    advice, or a place where the source is silent.

    Wrong, when the pathway is called treatment:

    ```yaml
    path: {ask: Which dose?, pathway: treatments, answers: {how-old: child}, expect: children}
    ```

    Right:

    ```yaml
    path: {ask: Which dose?, pathway: treatment, answers: {how-old: child}, expect: children}
    ```
    """
    guideline = scope.guideline
    for dose in doses(guideline):
        calculator = guideline.calculator_by_id.get(dose.calculator)
        if calculator is None:
            known = guideline.calculator_by_id
            if not scope.left_out(dose.calculator, known):
                yield _unknown("a calculator", dose.calculator, known, dose.where("calculator"))
            continue
        if calculator not in sound:
            continue  # what is wrong with it may be why it lacks the part
        inputs = [item.id for item in calculator.inputs]
        named = [(name, dose.where_key("inputs", name)) for name in dose.inputs]
        named += [(choice.field, choice.where("field")) for choice in dose.choices if choice.field]
        for name, where in named:
            if name not in inputs:
                yield _unknown(f"an input of '{calculator.id}'", name, inputs, where)
    for path in paths(guideline):
        pathway = guideline.pathway_by_id.get(path.pathway)
        if pathway is None:
            pathways = guideline.pathway_by_id
            if not scope.left_out(path.pathway, pathways):
                yield _unknown("a pathway", path.pathway, pathways, path.where("pathway"))
            continue
        if pathway not in sound:
            continue
        nodes = nodes_by_id(pathway)
        questions = [node.id for node in pathway.nodes if node.kind == "question"]
        ends = [name for name in nodes if name not in questions]
        for name, answer in path.answers.items():
            if name not in questions:
                where = path.where_key("answers", name)
                yield _unknown(f"a question of '{pathway.id}'", name, questions, where)
            elif not nodes[name].ask and answer not in (options := [option.id for option in nodes[name].options]):
                yield _unknown(f"an option of '{name}'", str(answer), options, path.where("answers", name))
        named = [(name, path.where("choices", index)) for index, name in enumerate(path.choices)]
        for name, where in [*named, (path.expect, path.where("expect"))]:
            if name not in ends:
                yield _unknown(f"a node of '{pathway.id}' that ends a walk", name, ends, where)


def _unknown(what: str, name: str, known: Collection[str], where: Where) -> Finding:
    message = f"expected the id of {what}, found '{name}', which is none"
    return finding("GL902", where, message, nearest(name, known, "Known: " + (", ".join(known) or "none")))


@check("GL904")
def choices_alike(scope: Scope) -> Iterator[Finding]:
    """Two choices of a teaching case say the same, or there is only one.

    The learner could not tell them apart, and both or neither would be right: 2 mg is 0.002 g.

    Wrong:

    ```yaml
    choices: [{kind: fixed, value: 2 mg}, {kind: fixed, value: 0.002 g}]
    ```

    Right:

    ```yaml
    choices: [{kind: fixed, value: 2 mg}, {kind: at_most, value: 2 mg}]
    ```
    """
    for dose in doses(scope.guideline):
        said = []
        for choice in dose.choices:
            try:
                said.append((meaning(choice), choice.where()))
            except UnreadableChoiceError:
                continue  # reported as GL905
        yield from _alike(said, len(dose.choices), dose.where("choices"))
    for path in paths(scope.guideline):
        if path.choices:
            named = [(name, path.where("choices", index)) for index, name in enumerate(path.choices)]
            yield from _alike(named, len(path.choices), path.where("choices"))


def _alike(said: Collection[tuple[object, Where]], count: int, where: Where) -> Iterator[Finding]:
    if count < 2:
        yield finding("GL904", where, f"expected two choices or more, found {count}", "Add what a learner may think")
    first: dict[object, Where] = {}
    for what, place in said:
        before = first.setdefault(what, place)
        if before is not place:
            message = f"expected choices that differ, found one that says the same as line {before.line}"
            yield finding("GL904", place, message, "Change or remove one of the two")


@check("GL905")
def choice_keys_do_not_fit(scope: Scope) -> Iterator[Finding]:
    """A choice lacks the number that its kind needs, has one that it does not take, or its number is not readable.

    `fixed`, `at_most` and `computed` have a `value` with its unit, `undetermined` has two or more `alternatives`,
    `stop` and `no_rule` have neither: a number beside 'stop' would be learned as a dose.

    Wrong:

    ```yaml
    choices: [{kind: stop, value: 2 mg}, {kind: at_most, value: 2}]
    ```

    Right:

    ```yaml
    choices: [{kind: stop}, {kind: at_most, value: 2 mg}]
    ```
    """
    for dose in doses(scope.guideline):
        for choice in dose.choices:
            yield from _misfits(choice)


def _misfits(choice: Choice) -> Iterator[Finding]:
    needed = KEYS.get(choice.kind)
    for name in ("value", "alternatives", "field"):
        given = bool(getattr(choice, name))
        if given and name != needed and (name, choice.kind) != ("field", "refused"):
            message = f"expected no '{name}' in a choice of kind {choice.kind}, found one"
            yield finding("GL905", choice.where(name), message, "Remove it, or correct the kind")
    if needed and not getattr(choice, needed):
        message = f"expected '{needed}' in a choice of kind {choice.kind}, found none"
        yield finding("GL905", choice.where("kind"), message, f"Add '{needed}:', or correct the kind")
    if len(choice.alternatives) == 1:
        message = "expected two or more alternatives, found 1"
        yield finding("GL905", choice.where("alternatives"), message, "Write every reading; with one, it is 'fixed'")
    try:
        amounts(choice)
    except UnreadableChoiceError as error:
        where = choice.where("value" if choice.value is not None else "alternatives")
        message = f"expected a number with a known unit, found '{error}'"
        yield finding("GL905", where, message, "For example 3.5 mg")


@check("GL906")
def duplicate_teaching_case(scope: Scope) -> Iterator[Finding]:
    """Two teaching cases have the same id.

    The page finds a case by its id.

    Wrong:

    ```yaml
    - {id: weak-kidneys, title: A dose, patient: [40 years.], steps: [{dose: …}]}
    - {id: weak-kidneys, title: A walk, patient: [9 years.], steps: [{path: …}]}
    ```

    Right:

    ```yaml
    - {id: weak-kidneys, title: A dose, patient: [40 years.], steps: [{dose: …}]}
    - {id: a-child, title: A walk, patient: [9 years.], steps: [{path: …}]}
    ```
    """
    yield from repeated("GL906", "teaching case", scope.guideline.teaching)


@check("GL907")
def number_not_told(scope: Scope) -> Iterator[Finding]:
    """A number that a question hands to the engine does not stand in the patient's lines.

    The learner would judge another patient than the engine does.

    Wrong:

    ```yaml
    patient: ["40 years old, creatinine clearance 54 mL/min."]
    steps:
      - dose: {ask: Which dose?, calculator: dose, inputs: {drug: exemplamab, age: 40, crcl: 45}, …}
    ```

    Right:

    ```yaml
    patient: ["40 years old, creatinine clearance 45 mL/min."]
    steps:
      - dose: {ask: Which dose?, calculator: dose, inputs: {drug: exemplamab, age: 40, crcl: 45}, …}
    ```
    """
    for case in scope.guideline.teaching:
        told = " ".join(case.patient)
        for step in case.steps:
            question = step.dose or step.path
            assert question is not None, "the model lets exactly one of the two through"
            key = "inputs" if isinstance(question, DoseQuestion) else "answers"
            given: dict[str, object] = getattr(question, key)
            for name, value in given.items():
                number = re.match(r"-?[0-9]+(?:\.[0-9]+)?", as_text(value))
                if number and not re.search(rf"(?<![0-9.]){re.escape(number[0])}(?![0-9]|\.[0-9])", told):
                    message = f"expected the number {number[0]} of '{name}' in the patient's lines, found none"
                    yield finding("GL907", question.where(key, name), message, "Correct the one or the other")
