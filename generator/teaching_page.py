"""What the pages of the teaching cases show: choices in words, the engine's answers, and what the script needs.

The configuration of the script holds no right answer: the script asks the engine for it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from calculators.outcomes import Outcome
from calculators.pathway import Step
from calculators.payload import Payload, parse
from generator import payload
from generator.models.calculator import Calculator, DecisionRow
from generator.models.pathway import Pathway
from generator.models.teaching import Choice, DoseQuestion, TeachingCase
from generator.page_context import PageContext
from generator.said import plain
from generator.teaching import DoseSolved, PathSolved, display, key_of_choice, solve_dose, solve_path
from generator.words import for_teaching


@dataclass(frozen=True, slots=True)
class Lesson:
    """A case with its questions solved, in their order."""

    case: TeachingCase
    steps: tuple[DoseSolved | PathSolved, ...]


class TeachingPage:
    """The teaching cases of a guideline, as its pages ask for them."""

    def __init__(self, context: PageContext) -> None:
        self.context = context
        self.guideline = context.guideline
        engine = parse(payload.dump(self.guideline))
        self.lessons = tuple(
            Lesson(case, tuple(_solved(engine, step.dose or step.path) for step in case.steps))
            for case in self.guideline.teaching
        )

    def calculator(self, question: DoseQuestion) -> Calculator:
        """The calculator that answers a question."""
        return self.guideline.calculator_by_id[question.calculator]

    def pathway(self, step: PathSolved) -> Pathway:
        """The pathway of a walk."""
        return self.guideline.pathway_by_id[step.question.pathway]

    def choice(self, choice: Choice, question: DoseQuestion) -> str:
        """A choice in the words in which the calculator prints its answer."""
        words = self.context.words
        said = display(choice, self.context.language)
        if choice.field:
            said = next(item.label for item in self.calculator(question).inputs if item.id == choice.field)
        return words[f"outcome_{choice.kind}"] + (words["colon"] + plain(said) if said else "")

    def ends(self, step: PathSolved) -> list[str]:
        """The nodes that are offered as the end of a walk, in words."""
        nodes = {node.id: node for node in self.pathway(step).nodes}
        words, chosen = self.context.words, [nodes[key] for key in step.question.choices]
        return [f"{words[f'node_{node.kind}']}{words['colon']}{plain(node.text)}" for node in chosen]

    def given(self, step: DoseSolved) -> str:
        """What the case hands to the calculator, as it was understood, or as typed where it is refused."""
        words, understood = self.context.words, {item.id: item.text for item in step.outcome.inputs}
        parts = []
        for item in self.calculator(step.question).inputs:
            if item.id in step.question.inputs:
                typed = payload.as_text(step.question.inputs[item.id])
                labels = {option.id: self.context.option_label(option) for option in item.options}
                parts.append(f"{plain(item.label)} {plain(understood.get(item.id) or labels.get(typed, typed))}")
        return words["semicolon"].join(parts)

    def row(self, step: DoseSolved) -> DecisionRow | None:
        """The row of the decision table that answers; None when the inputs are refused."""
        return self._rows(self.calculator(step.question)).get(step.row or "")

    def row_url(self, calculator: str, row: str) -> str:
        """Where a row of a decision table stands."""
        return self.context.url(f"calculators/{calculator}/#row-{row}")

    def caveat_ids(self) -> list[str]:
        """The ids of the caveats that the engine's answers show, each once, in the order of the guideline."""
        shown = {item.id for step in self._steps() for item in _answer(step).caveats}
        return [item.id for item in self.guideline.caveats if item.id in shown]

    def config(self) -> dict[str, Any]:
        """What the script needs for every case of the page."""
        meta, words = self.guideline.meta, self.context.words
        named = [key for key in dict.fromkeys(self._statements()) if key in self.guideline.statement_by_id]
        used = {step.question.calculator for step in self._steps() if isinstance(step, DoseSolved)}
        rows = {name: self._rows(self.guideline.calculator_by_id[name]) for name in sorted(used)}
        reached = {step.row for step in self._steps() if isinstance(step, DoseSolved)}
        return {
            "about": self.context.url("about/"),
            "ways": self.context.ways(self.guideline.pathways),
            "notice": meta.notice,
            "words": for_teaching(self.context.language),
            "outcomes": {key[8:]: word for key, word in words.items() if key.startswith("outcome_")},
            "labels": {key: words[key] for key in ("route", "duration", "interval", "listed", "no_rule_note", "or")},
            "texts": {key: self.context.text(self.context.statement(key)) for key in named},
            "pages": {key: self.context.statement_url(key) for key in named},
            "places": {key: self.context.locators(self.context.statement(key)) for key in named},
            "rows": {
                name: {row.id: [row.label, self.row_url(name, row.id)] for row in own.values() if row.id in reached}
                for name, own in rows.items()
            },
            "cases": {lesson.case.id: [self._asked(step) for step in lesson.steps] for lesson in self.lessons},
        }

    def _asked(self, step: DoseSolved | PathSolved) -> dict[str, Any]:
        """A question as the script hands it to the engine, and what is offered to the learner."""
        if isinstance(step, PathSolved):
            return {
                "pathway": step.question.pathway,
                "answers": step.answers,
                "choices": step.question.choices or None,
            }
        question = step.question
        return {
            "calculator": question.calculator,
            "inputs": {name: payload.as_text(value) for name, value in question.inputs.items()},
            "choices": [key_of_choice(choice, self.context.language) for choice in question.choices],
        }

    def _steps(self) -> Iterator[DoseSolved | PathSolved]:
        return (step for lesson in self.lessons for step in lesson.steps)

    def _statements(self) -> Iterator[str]:
        """The statements that the engine's answers name."""
        for step in self._steps():
            if isinstance(step, DoseSolved):
                yield from step.outcome.statements
            else:
                yield from (key for each in _all_steps(step) for key in each.statements)

    def _rows(self, calculator: Calculator) -> dict[str, DecisionRow]:
        return {row.id: row for group in calculator.groups for row in group.rows}


def _all_steps(solved: PathSolved) -> Iterable[Step]:
    return (*solved.before, solved.end)


def _answer(solved: DoseSolved | PathSolved) -> Outcome | Step:
    return solved.outcome if isinstance(solved, DoseSolved) else solved.end


def _solved(engine: Payload, question: Any) -> DoseSolved | PathSolved:
    return solve_dose(engine, question) if isinstance(question, DoseQuestion) else solve_path(engine, question)
