"""The records of a pathway: questions with options, advice, and places where the source is silent."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from calculators.conditions import Condition, Input
from calculators.errors import RecordError
from calculators.reader import CaveatId, StatementId


class NodeKind(StrEnum):
    """What a node is: only a question leads on."""

    QUESTION = "question"
    ADVICE = "advice"
    NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Edge:
    """An option of a question, and the node that it leads to; `when` only where a number is asked for."""

    id: str
    label: str
    when: tuple[Condition, ...]
    to: str
    statements: tuple[StatementId, ...]
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A way on, such as to a calculator; `carry` names, by input, the questions whose answers it takes along."""

    label: str
    page: str
    carry: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Node:
    """A place of a pathway; a question asks for a number when it has an input, else for one of its options."""

    id: str
    kind: NodeKind
    text: str
    input: Input | None
    options: tuple[Edge, ...]
    statements: tuple[StatementId, ...]
    refs: tuple[int, ...]
    caveats: tuple[CaveatId, ...]
    links: tuple[Link, ...]

    def __post_init__(self) -> None:
        if bool(self.options) != (self.kind is NodeKind.QUESTION):
            raise RecordError("expected options for a question, and for no other kind")
        if self.input and not (self.options and self.input.units):
            raise RecordError("expected an input of a question alone, and a number with its units")


@dataclass(frozen=True, slots=True)
class PathwayCase:
    """A worked case: the answers of a patient, and the node that they must lead to."""

    id: str
    patient: str
    answers: Mapping[str, str]
    expect: str


@dataclass(frozen=True, slots=True)
class Pathway:
    """A pathway; its caveats stand beside every step."""

    id: str
    title: str
    caveats: tuple[CaveatId, ...]
    start: str
    nodes: tuple[Node, ...]
    cases: tuple[PathwayCase, ...]

    def __post_init__(self) -> None:
        known = {node.id for node in self.nodes}
        named = [self.start]
        for node in self.nodes:
            named += [option.to for option in node.options]
            named += [asked for link in node.links for asked in link.carry.values()]
        for name in named:
            if name not in known:
                raise RecordError(f"expected only nodes of the pathway to be named; found {name!r}")
