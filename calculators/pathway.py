"""From answers to a place in a pathway: from the start, take the option that an answer means, as far as answers go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from calculators.conditions import Given, Input, InputKind, Option, Tried, UnitLimits, evaluate, thresholds
from calculators.errors import EngineError, InputProblem, UnknownPathway, VademecumError, quoted, say
from calculators.inputs import MOST_INPUTS, Inputs, amount_text, nearest, pairs, refusal, take
from calculators.nodes import Edge, Node, NodeKind, Pathway, PathwayCase
from calculators.outcomes import CaseResult, CaveatFound, caveats_found, once
from calculators.payload import Payload
from calculators.quantities import Amount, format_quantity
from calculators.records import Kept, Record


class State(StrEnum):
    """Where a walk stands."""

    QUESTION = "question"
    ADVICE = "advice"
    NOT_STATED = "not_stated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class NumberAsked(Record):
    """The number that a question asks for."""

    id: str
    label: str
    units: tuple[UnitLimits, ...]


@dataclass(frozen=True)
class OptionShown(Kept):
    """An option of a question; for a number, what the number will be sorted into."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class LinkFound(Record):
    """A way on; `inputs` are the answers that it takes along, as they can be typed there."""

    label: str
    page: str
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Turn(Record):
    """A question of the trail and its answer: the option, its label, and the number if one was typed."""

    node: str
    text: str
    answer: str
    value: str | None
    label: str


@dataclass(frozen=True, slots=True)
class OptionTried(Record):
    """An option that was tried, its conditions, and whether it was the one."""

    node: str
    option: str
    hit: bool
    when: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class Step(Record):
    """Where the answers lead. The order of the attributes is the order of the keys in JSON.

    Attributes:
        state: the kind of the node, or refused.
        pathway: id of the pathway.
        title: its title.
        node: id of the node; refused: the question whose answer was not taken, or the start when nothing was walked.
        text: the question, the advice, or what the source does not say.
        input: the number that the question asks for, or None.
        options: the options of the question.
        statements: ids: the node's, and at an end those of the option that led to it.
        refs: reference numbers of these statements.
        caveats: the pathway's and the node's, each once.
        links: ways on from the node.
        trail: the questions answered from the start to here.
        reasons: every option tried on the way.
        dropped: nodes that were answered and are not on the way, in the order given.
        field: refused: the name whose answer was not taken; None when it is about no answer in particular.
        message: refused: why.
        valid: refused: the ids of the options, or of the questions, that would be taken; empty for a number.
    """

    state: State
    pathway: str
    title: str
    node: str
    text: str
    input: NumberAsked | None
    options: tuple[OptionShown, ...]
    statements: tuple[str, ...]
    refs: tuple[int, ...]
    caveats: tuple[CaveatFound, ...]
    links: tuple[LinkFound, ...]
    trail: tuple[Turn, ...] = ()
    reasons: tuple[OptionTried, ...] = ()
    dropped: tuple[str, ...] = ()
    field: str | None = None
    message: str | None = None
    valid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why the answers are not taken."""

    field: str | None
    message: str
    valid: tuple[str, ...]


def walk(payload: Payload, pathway_id: str, answers: Inputs) -> Step:
    """Walk a pathway as far as the answers lead.

    Args:
        payload: the guideline.
        pathway_id: id of the pathway.
        answers: by node, the id of an option, or the number as typed; a blank one is none.

    Raises:
        UnknownPathway: the payload has no such pathway.
        EngineError: not exactly one option of a question holds for a number, or a node is met twice.
    """
    pathway = _pathway(payload, pathway_id)
    typed = pairs(answers)
    nodes = {node.id: node for node in pathway.nodes}
    here, language = nodes[pathway.start], payload.language
    if problem := _misnamed(nodes, typed, language):
        return _refused(_step(payload, pathway, here, None, {}), problem)
    led: Edge | None = None
    trail: list[Turn] = []
    reasons: list[OptionTried] = []
    carried: dict[str, str] = {}
    problem = None
    while here.kind is NodeKind.QUESTION:
        asked, own = _asked(here), [text for name, text in typed if name == here.id]
        try:
            answer = take(asked, own)
        except InputProblem as found:
            problem = _Refusal(here.id, refusal(asked, found, own, language), _choices(here))
            break
        if answer is None:
            break
        tried = [_try(here, option, answer) for option in here.options]
        led = _only_hit(pathway, here, tried, answer, language)
        value = _value(here, answer, language)
        carried[here.id] = _typed_again(answer, language)
        trail.append(Turn(here.id, here.text, led.id, value, led.label))
        reasons += tried
        here = nodes[led.to]
        if here.id in carried:
            raise EngineError(say("met-twice", language, pathway=pathway.title, node=here.text))
    on_the_way = {here.id, *carried} if here.kind is NodeKind.QUESTION else set(carried)
    step = replace(
        _step(payload, pathway, here, led, carried),
        trail=tuple(trail),
        reasons=tuple(reasons),
        dropped=once(name for name, text in typed if text.strip() and name not in on_the_way),
    )
    return _refused(step, problem) if problem else step


def run_walks(payload: Payload, pathway_id: str) -> list[CaseResult]:
    """Run the worked cases of a pathway, in order; one that raises, or leaves an answer unused, fails.

    Raises:
        UnknownPathway: the payload has no such pathway.
    """
    pathway = _pathway(payload, pathway_id)
    return [_run(payload, pathway, case) for case in pathway.cases]


def _pathway(payload: Payload, pathway_id: str) -> Pathway:
    for pathway in payload.pathways:
        if pathway.id == pathway_id:
            return pathway
    names, found = ", ".join(each.id for each in payload.pathways), quoted(pathway_id)
    raise UnknownPathway(say("unknown-pathway", payload.language, found=found, names=names))


# Refusing


def _misnamed(nodes: Mapping[str, Node], typed: list[tuple[str, str]], language: str) -> _Refusal | None:
    """What is wrong with the answers before any of them is read: too many, unknown names, a name given twice."""
    questions = {name: node for name, node in nodes.items() if node.kind is NodeKind.QUESTION}
    if len(typed) > MOST_INPUTS:
        message = say("too-many-inputs", language, found=str(len(typed)), limit=str(MOST_INPUTS))
        return _Refusal(None, message, tuple(questions))
    names = [name for name, _ in typed]
    for name in names:
        if name not in nodes:
            near = ", ".join(nearest(name, {key: {key} for key in questions}) or questions)
            message = say("unknown-node", language, found=quoted(name), names=near)
            return _Refusal(quoted(name), message, tuple(questions))
    for name, node in questions.items():
        if names.count(name) > 1:
            own = [text for other, text in typed if other == name]
            return _Refusal(name, refusal(_asked(node), InputProblem("twice"), own, language), _choices(node))
    return None


def _refused(step: Step, problem: _Refusal) -> Step:
    return replace(step, state=State.REFUSED, field=problem.field, message=problem.message, valid=problem.valid)


def _choices(node: Node) -> tuple[str, ...]:
    return () if node.input else tuple(option.id for option in node.options)


# Walking


def _asked(node: Node) -> Input:
    """What a question asks for, so that answers are read as a calculator reads its inputs."""
    options = tuple(Option(option.id, option.label, ()) for option in node.options)
    return node.input or Input(node.id, f"“{node.text}”", InputKind.CHOICE, True, (), options, False)


def _try(node: Node, option: Edge, answer: Given) -> OptionTried:
    if node.input is None:
        return OptionTried(node.id, option.id, option.id == answer, ())
    tried = tuple(evaluate(condition, {node.input.id: answer}) for condition in option.when)
    return OptionTried(node.id, option.id, all(condition.met for condition in tried), tried)


def _only_hit(pathway: Pathway, node: Node, tried: list[OptionTried], answer: Given, language: str) -> Edge:
    hits = [option for option, found in zip(node.options, tried, strict=True) if found.hit]
    if len(hits) != 1:
        code, options = "several-options" if hits else "no-option", ", ".join(option.id for option in hits)
        found = _typed_again(answer, language)
        raise EngineError(say(code, language, pathway=pathway.title, node=node.text, found=found, options=options))
    return hits[0]


def _value(node: Node, answer: Given, language: str) -> str | None:
    """A number as understood, on its side of every threshold of its question."""
    if not isinstance(answer, Amount):
        return None
    limits = tuple(thresholds((condition for option in node.options for condition in option.when), answer.unit))
    return amount_text(answer, limits, language)


def _typed_again(answer: Given, language: str) -> str:
    """An answer as it can be typed into a calculator, exactly."""
    return format_quantity("exactly", (answer.number,), answer.unit, language) if isinstance(answer, Amount) else answer


def _step(payload: Payload, pathway: Pathway, node: Node, led: Edge | None, carried: Mapping[str, str]) -> Step:
    """The node as it is shown; `led` is the option that led to it."""
    with_edge = led if led and node.kind is not NodeKind.QUESTION else None
    return Step(
        state=State(node.kind),
        pathway=pathway.id,
        title=pathway.title,
        node=node.id,
        text=node.text,
        input=NumberAsked(node.input.id, node.input.label, node.input.units) if node.input else None,
        options=tuple(OptionShown(option.id, option.label) for option in node.options),
        statements=once(node.statements, with_edge.statements if with_edge else ()),
        refs=tuple(sorted({*node.refs, *(with_edge.refs if with_edge else ())})),
        caveats=caveats_found(payload, pathway.caveats, node.caveats),
        links=tuple(
            LinkFound(
                link.label,
                link.page,
                {name: carried[asked] for name, asked in link.carry.items() if asked in carried},
            )
            for link in node.links
        ),
    )


# Worked cases


def _run(payload: Payload, pathway: Pathway, case: PathwayCase) -> CaseResult:
    expected: dict[str, Any] = {"node": case.expect, "dropped": []}
    try:
        step = walk(payload, pathway.id, case.answers)
    except VademecumError as error:
        return CaseResult(case.id, case.patient, False, expected, {"node": None, "message": str(error)})
    found = {"node": step.node, "dropped": list(step.dropped)} | ({"message": step.message} if step.message else {})
    return CaseResult(case.id, case.patient, found == expected, expected, found)
