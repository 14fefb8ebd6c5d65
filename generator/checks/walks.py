"""GL407, GL408, GL413, GL414: a number picks exactly one option, and every worked case ends where it says."""

from collections.abc import Iterator, Sequence

from calculators.errors import EngineError
from calculators.nodes import Pathway as EnginePathway
from calculators.pathway import Step, walk
from calculators.payload import Payload, parse
from generator.checks.decision_tables import Region, uncovered_and_overlapping
from generator.checks.decisions import REFUSED, engine_refuses
from generator.checks.ids import nearest
from generator.checks.pathways import nodes_by_id
from generator.findings import Finding, Where, finding, finding_code
from generator.models.guideline import Guideline
from generator.models.pathway import Node, Pathway, PathwayCase
from generator.payload import dump


def examine(guideline: Guideline, sound: Sequence[Pathway], *, explained: bool) -> Iterator[Finding]:
    """Hand pathways to the engine and walk them.

    Args:
        guideline: the guideline.
        sound: the pathways in which no other check has found an error.
        explained: other findings already say why the engine may refuse one.
    """
    try:
        payloads = [_payload(guideline, sound)] * len(sound)
        readable = list(sound)
    except REFUSED:
        payloads, readable = [], []
        for pathway in sound:
            try:
                payloads.append(_payload(guideline, [pathway]))
                readable.append(pathway)
            except REFUSED as error:
                if not explained:
                    yield engine_refuses(pathway, str(error))
    for pathway, payload in zip(readable, payloads, strict=True):
        engine = _in(payload, pathway)
        yield from overlapping_options(pathway, engine)
        yield from gap_between_options(pathway, engine)
        yield from failing_walk(pathway, payload)
        yield from end_without_case(pathway)


def _in(payload: Payload, pathway: Pathway) -> EnginePathway:
    return next(item for item in payload.pathways if item.id == pathway.id)


def _payload(guideline: Guideline, pathways: Sequence[Pathway]) -> Payload:
    # The copy keeps the records by id, which the check of the links has looked up: they still lead somewhere.
    return parse(dump(guideline.model_copy(update={"calculators": (), "pathways": tuple(pathways)})))


def _regions(pathway: Pathway, engine: EnginePathway) -> Iterator[tuple[Node, list[Region], list[Region]]]:
    """Each question that asks for a number, with the numbers that pick no option and those that pick several."""
    nodes = nodes_by_id(pathway)
    for node in engine.nodes:
        if node.input:
            yield nodes[node.id], *uncovered_and_overlapping([node.input], node.options)


@finding_code("GL407")
def overlapping_options(pathway: Pathway, engine: EnginePathway) -> Iterator[Finding]:
    """There are numbers for which two options of a question hold.

    The engine never chooses between two branches, so the walk would stop there.

    Wrong:

    ```yaml
    options:
      - {id: weak, label: Weak, when: [{input: crcl, op: le, value: 30, unit: mL/min}], to: reduced-dose}
      - {id: well, label: Well, when: [{input: crcl, op: ge, value: 30, unit: mL/min}], to: full-dose}
    ```

    Right:

    ```yaml
    options:
      - {id: weak, label: Weak, when: [{input: crcl, op: lt, value: 30, unit: mL/min}], to: reduced-dose}
      - {id: well, label: Well, when: [{input: crcl, op: ge, value: 30, unit: mL/min}], to: full-dose}
    ```
    """
    for node, _, overlaps in _regions(pathway, engine):
        options = {option.id: option for option in node.options}
        for overlap in overlaps:
            names, numbers = ", ".join(overlap.rows), ", ".join(overlap.parts)
            message = f"expected one option of '{node.id}' for every number, found {names} for {numbers}"
            where = options[overlap.rows[-1]].where("id")
            yield finding("GL407", where, message, "Make the conditions of the options exclude each other")


@finding_code("GL408")
def gap_between_options(pathway: Pathway, engine: EnginePathway) -> Iterator[Finding]:
    """There are numbers for which no option of a question holds.

    The walk would stop there. Where the source leaves a range out, an option leads to a node of kind
    `not_stated`, which says so.

    Wrong, when the clearance goes from 1 to 250 mL/min:

    ```yaml
    options:
      - {id: weak, label: Weak, when: [{input: crcl, op: lt, value: 30, unit: mL/min}], to: reduced-dose}
      - {id: well, label: Well, when: [{input: crcl, op: gt, value: 30, unit: mL/min}], to: full-dose}
    ```

    Right, since exactly 30 belongs somewhere:

    ```yaml
    options:
      - {id: weak, label: Weak, when: [{input: crcl, op: lt, value: 30, unit: mL/min}], to: reduced-dose}
      - {id: well, label: Well, when: [{input: crcl, op: ge, value: 30, unit: mL/min}], to: full-dose}
    ```
    """
    for node, gaps, _ in _regions(pathway, engine):
        for gap in gaps:
            message = f"expected an option of '{node.id}' for every number, found none for {', '.join(gap.parts)}"
            hint = "Add an option; where the source does not say, it leads to a node of kind not_stated"
            yield finding("GL408", node.where("options"), message, hint)


@finding_code("GL413")
def failing_walk(pathway: Pathway, payload: Payload) -> Iterator[Finding]:
    """A worked case of a pathway ends elsewhere than it says, or an answer of it is not taken.

    The pathway or the case is wrong; whichever it is, the pathway must not be published. Each answer must belong
    to a question on the way, so that a case proves what it seems to prove.

    Wrong, when below 30 mL/min the walk ends at reduced-dose:

    ```yaml
    - {id: weak, patient: CrCl 29 mL/min, answers: {which-kidneys: 29}, expect: full-dose}
    ```

    Right:

    ```yaml
    - {id: weak, patient: CrCl 29 mL/min, answers: {which-kidneys: 29}, expect: reduced-dose}
    ```
    """
    for case, engine in zip(pathway.cases, _in(payload, pathway).cases, strict=True):
        if case.expect not in nodes_by_id(pathway):
            message = f"expected the id of a node of '{pathway.id}', found '{case.expect}', which is none"
            hint = nearest(case.expect, nodes_by_id(pathway), "Write the node where the walk ends")
            yield finding("GL413", case.where("expect"), message, hint)
            continue
        try:
            problem = _problem(case, walk(payload, pathway.id, engine.answers))
        except EngineError:
            continue  # the gap or the overlap on the way is reported
        if problem:
            where, found = problem
            message = f"expected the worked case '{case.id}' to end at '{case.expect}', found {found}"
            yield finding("GL413", where, message, "Compare both with the source")


def _problem(case: PathwayCase, step: Step) -> tuple[Where, str] | None:
    """Where a case goes wrong and what is found there, if anything."""
    if step.message is not None:
        return case.where_key("answers", step.field or ""), f"an answer that is not taken: {step.message.strip()}"
    if step.node != case.expect:
        return case.where("expect"), f"'{step.node}' after {len(step.trail)} answers"
    if step.dropped:
        return case.where_key("answers", step.dropped[0]), f"an answer to '{step.dropped[0]}', which is not on the way"
    return None


@finding_code("GL414")
def end_without_case(pathway: Pathway) -> Iterator[Finding]:
    """No worked case of a pathway ends at a node that ends a walk.

    What no case reaches was never compared with the source.

    Wrong, when no case has a clearance below 30 mL/min:

    ```yaml
    - {id: reduced-dose, kind: advice, text: Give less., statements: [renal-rule]}
    ```

    Right, beside it:

    ```yaml
    cases:
      - {id: weak, patient: CrCl 29 mL/min, answers: {which-kidneys: 29}, expect: reduced-dose}
    ```
    """
    expected = {case.expect for case in pathway.cases}
    for node in pathway.nodes:
        if node.kind != "question" and node.id not in expected:
            message = f"expected a worked case that ends at '{node.id}', found none"
            yield finding("GL414", node.where("id"), message, "Add a worked case for it")
