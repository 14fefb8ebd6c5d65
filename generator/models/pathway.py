"""Pathways: the guideline's flowcharts as questions with options, advice, and places where the source is silent."""

from typing import Literal

from pydantic import Field

from generator.models.base import CaveatId, Identifier, Located, Number, Text, Whole
from generator.models.calculator import UnitLimits
from generator.models.quantity import Condition


class NumberAsked(Located):
    """The number that a question asks for, such as a clearance.

    Attributes:
        id: the name under which the options' conditions compare it, and under which it is carried to a calculator.
        label: what is asked.
        kind: `integer` or `quantity`.
        units: units in which it may be typed, with their limits; exactly one for an integer.
        hint: a short note beside the field.
    """

    id: Identifier
    label: Text
    kind: Literal["integer", "quantity"]
    units: tuple[UnitLimits, ...]
    hint: Text | None = None


class Edge(Located):
    """An option of a question, and where it leads.

    Attributes:
        id: the answer, kebab-case, unique within its question.
        label: what the reader taps.
        when: for a question that asks for a number, the conditions on it, which must all hold; empty otherwise.
        to: id of the node that follows.
        statements: ids of the statements that draw this branch; empty when the question's own do.
    """

    id: Identifier
    label: Text
    when: tuple[Condition, ...] = ()
    to: Identifier
    statements: tuple[Identifier, ...] = ()


class Link(Located):
    """A way on from advice: to a calculator, a table or another pathway.

    Attributes:
        label: what the reader taps.
        to: `calculator: ID`, `pathway: ID`, `table: ID`, `table-row: TABLE/ROW`, `statement: ID` or `section: ID`.
        carry: input of the calculator → the question whose answer it takes over.
    """

    label: Text
    to: Text
    carry: dict[Identifier, Identifier] = Field(default_factory=dict)


class Node(Located):
    """A place of a pathway.

    Attributes:
        id: kebab-case, unique within the pathway.
        kind: `question`, `advice`, or `not_stated` (the source leaves the branch open; `text` says what is nearby).
        text: the question, the advice in a line, or what the source does not say.
        ask: the number that a question asks for; absent when the reader chooses an option.
        options: the options of a question, two or more.
        statements: ids of the statements that say so; for `not_stated` what is nearby.
        caveats: ids of the caveats shown with it.
        links: ways on.
    """

    id: Identifier
    kind: Literal["question", "advice", "not_stated"]
    text: Text
    ask: NumberAsked | None = None
    options: tuple[Edge, ...] = ()
    statements: tuple[Identifier, ...] = ()
    caveats: tuple[CaveatId, ...] = ()
    links: tuple[Link, ...] = ()


class PathwayCase(Located):
    """A worked case: a patient in a line, the answers, and the node that they must lead to.

    Attributes:
        id: unique within the pathway.
        patient: the patient in a line.
        answers: question → option id, or the number as typed.
        expect: id of the node.
    """

    id: Identifier
    patient: Text
    answers: dict[Identifier, Whole | Number | Text]
    expect: Identifier


class Pathway(Located):
    """A pathway of the guideline.

    Attributes:
        id: kebab-case; pathways have ids of their own, which may equal a section's.
        title: what it decides.
        summary: one sentence for lists.
        section: id of the section that it tells.
        provenance: `rebuilt_from_text` (the source's figure is not at hand) or `as_drawn`.
        caveats: ids of the caveats shown with every step.
        start: id of the first question.
        nodes: the nodes, in the order in which the picture shows them.
        cases: one or more worked cases for every node that ends a walk.
    """

    id: Identifier
    title: Text
    summary: Text
    section: Identifier
    provenance: Literal["rebuilt_from_text", "as_drawn"]
    caveats: tuple[CaveatId, ...] = ()
    start: Identifier
    nodes: tuple[Node, ...]
    cases: tuple[PathwayCase, ...]
