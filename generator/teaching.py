"""Teaching cases with what the engine answers to them: the right answer is never written down, it is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from calculators.decide import calculate
from calculators.digits import plain
from calculators.errors import InputProblem, QuantityError
from calculators.outcomes import Outcome
from calculators.pathway import Step, walk
from calculators.payload import Kind, Payload
from calculators.quantities import Quantity, alternatives_text, read_number, unit_named
from generator.models.teaching import Choice, DoseQuestion, PathQuestion
from generator.payload import as_text


class UnreadableChoiceError(ValueError):
    """A choice holds something else than a number with a known unit; the checks report it with its place."""


@dataclass(frozen=True, slots=True)
class DoseSolved:
    """A question with the calculator's answer.

    Attributes:
        question: the question.
        outcome: what the engine answers.
        right: the indices of the choices that say what the engine answers; the checks see to it that there is one.
        row: id of the row that answers; None when the inputs are refused.
    """

    question: DoseQuestion
    outcome: Outcome
    right: tuple[int, ...]
    row: str | None


@dataclass(frozen=True, slots=True)
class PathSolved:
    """A walk with the engine's steps.

    Attributes:
        question: the question.
        before: where the walk stands before each of its answers, in their order.
        end: where it ends; its trail holds the right option of each question.
    """

    question: PathQuestion
    before: tuple[Step, ...]
    end: Step

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """The questions on the way with the patient's answers as typed, in the order of the walk."""
        return tuple((turn.node, as_text(self.question.answers[turn.node])) for turn in self.end.trail)


def amounts(choice: Choice) -> tuple[Quantity, ...]:
    """The numbers of a choice, the smallest first.

    Raises:
        UnreadableChoiceError: one of them is no number with a known unit.
    """
    bound = "at_most" if choice.kind == "at_most" else "exactly"
    texts = choice.alternatives or ((choice.value,) if choice.value is not None else ())
    return tuple(sorted((_amount(text, bound) for text in texts), key=_size))


def _amount(text: str, bound: str) -> Quantity:
    try:
        number, unit, _ = read_number(text)
        return Quantity(bound, (Decimal(plain(number)),), unit or "")
    except (InputProblem, QuantityError) as error:
        raise UnreadableChoiceError(text) from error


def _size(quantity: Quantity) -> tuple[str, Fraction]:
    """How much an amount is, whatever its unit: the dimension, and the number of base units."""
    unit = unit_named(quantity.unit)
    return unit.dimension, Fraction(quantity.values[0]) * unit.factor


def display(choice: Choice, language: str) -> str:
    """The number of a choice in the words in which the calculator prints its answer; empty without one."""
    return alternatives_text(amounts(choice), language)


def meaning(choice: Choice) -> tuple[object, ...]:
    """What a choice says, however its numbers are written: two choices of one meaning cannot be told apart."""
    return choice.kind, tuple(_size(item) for item in amounts(choice)), choice.field


def key_of_choice(choice: Choice, language: str) -> str:
    """A text that equals that of the outcome which a choice describes; the page compares the same two texts."""
    match choice.kind:
        case "fixed" | "at_most" | "computed":
            said = display(choice, language)
        case "undetermined":
            said = _readings((plain(item.values[0]), item.unit) for item in amounts(choice))
        case _:
            said = choice.field or ""
    return f"{choice.kind} {said}".strip()


def key_of_outcome(outcome: Outcome) -> str:
    """The same of an outcome of the engine; `keyOf` of teaching-case.js says it in the page."""
    match outcome.kind:
        case Kind.FIXED | Kind.AT_MOST | Kind.COMPUTED:
            said = outcome.display or ""
        case Kind.UNDETERMINED:
            said = _readings((item.value, item.unit) for item in outcome.alternatives)
        case _:
            said = outcome.field or ""
    return f"{outcome.kind} {said}".strip()


def _readings(numbers: Iterable[tuple[str, str]]) -> str:
    return "; ".join(sorted(f"{value} {unit}" for value, unit in numbers))


def solve_dose(payload: Payload, question: DoseQuestion) -> DoseSolved:
    """A question with the answer of its calculator.

    Raises:
        VademecumError: the engine cannot answer.
        UnreadableChoiceError: a choice is not readable.
    """
    inputs = {name: as_text(value) for name, value in question.inputs.items()}
    outcome = calculate(payload, question.calculator, inputs)
    wanted = key_of_outcome(outcome)
    keys = [key_of_choice(choice, payload.language) for choice in question.choices]
    row = next((reason.row for reason in outcome.reasons if reason.hit), None)
    return DoseSolved(question, outcome, tuple(index for index, key in enumerate(keys) if key == wanted), row)


def solve_path(payload: Payload, question: PathQuestion) -> PathSolved:
    """A walk with each of its steps.

    Raises:
        VademecumError: the engine cannot walk.
    """
    answers = {name: as_text(value) for name, value in question.answers.items()}
    end = walk(payload, question.pathway, answers)
    done: dict[str, str] = {}
    before = []
    for turn in end.trail:
        before.append(walk(payload, question.pathway, done))
        done[turn.node] = answers[turn.node]
    return PathSolved(question, tuple(before), end)
