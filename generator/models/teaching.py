"""Teaching cases: a patient in a few lines, and questions whose right answer is what the engine answers."""

from typing import Literal, Self

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from generator.models.base import Identifier, Located, Number, Text, Whole, exactly_one
from generator.models.calculator import Expectation


class Choice(Located):
    """An answer of a calculator that the learner may choose; it is printed in the words of the calculator.

    Attributes:
        kind: the kind of the answer.
        value: fixed, at_most, computed: the number with its unit, such as `3.5 mg`.
        alternatives: undetermined: the numbers of the readings, each with its unit.
        field: refused: the input that is not taken.
    """

    kind: Literal["fixed", "at_most", "stop", "no_rule", "undetermined", "computed", "refused"]
    value: Text | None = None
    alternatives: tuple[Text, ...] = ()
    field: Identifier | None = None


class DoseQuestion(Located):
    """A question that a calculator answers.

    Attributes:
        ask: the question.
        calculator: id of the calculator.
        inputs: what the case gives, by input id.
        choices: what the learner chooses from; exactly one of them is what the engine answers.
        expect: what the engine must answer.
    """

    ask: Text
    calculator: Identifier
    inputs: dict[Identifier, Whole | Number | Text]
    choices: tuple[Choice, ...]
    expect: Expectation


class PathQuestion(Located):
    """A walk through a pathway: the learner chooses the answer of each question, or where the walk ends.

    Attributes:
        ask: the question.
        pathway: id of the pathway.
        answers: the patient's answers: question → option id, or the number as typed.
        choices: ids of nodes that end a walk, to choose from; when absent, the learner chooses each answer.
        expect: id of the node where the walk must end.
    """

    ask: Text
    pathway: Identifier
    answers: dict[Identifier, Whole | Number | Text]
    choices: tuple[Identifier, ...] = ()
    expect: Identifier


class TeachingStep(Located):
    """A question of a teaching case: exactly one of the two kinds.

    Attributes:
        dose: a question that a calculator answers.
        path: a walk through a pathway.
    """

    model_config = ConfigDict(json_schema_extra=exactly_one("dose", "path"))

    dose: DoseQuestion | None = None
    path: PathQuestion | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [name for name in ("dose", "path") if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError("one_content", "exactly one of dose, path; found " + (", ".join(given) or "none"))
        return self


class TeachingCase(Located):
    """A fictional patient, and questions for learners. The right answers are the engine's, never words of the author.

    Attributes:
        id: stable id.
        title: what the case is about, without the answer.
        patient: the patient in a few lines: only the facts that the questions need.
        steps: the questions, one or more.
    """

    id: Identifier
    title: Text
    patient: tuple[Text, ...]
    steps: tuple[TeachingStep, ...]
