"""The teaching cases of the first guideline: every kind of answer and every pathway has one; all are called fiction."""

from pathlib import Path

import pytest

from calculators.digits import plain
from calculators.pathway import State
from calculators.payload import Kind
from generator import pages
from generator.load import load
from generator.models.guideline import Guideline
from generator.page_context import PageContext
from generator.teaching import DoseSolved, PathSolved
from generator.teaching_page import TeachingPage

FOLDER = Path(__file__).parents[2] / "content" / "lung-cancer-bone-metastasis"


@pytest.fixture(scope="module")
def guideline() -> Guideline:
    """The guideline as loaded."""
    found = load(FOLDER).guideline
    assert found is not None
    return found


@pytest.fixture(scope="module")
def lessons(guideline: Guideline) -> TeachingPage:
    """Its cases with the engine's answers."""
    return TeachingPage(PageContext(guideline, 1, directory_urls=True))


def test_there_are_cases_enough(guideline: Guideline) -> None:
    """A dozen cases at least, of which each asks something."""
    assert len(guideline.teaching) >= 12
    assert all(case.steps for case in guideline.teaching)


def test_every_kind_of_answer_is_taught(lessons: TeachingPage) -> None:
    """The engine answers the cases with every kind that it knows, `refused` included."""
    steps = [step for lesson in lessons.lessons for step in lesson.steps]
    assert {step.outcome.kind for step in steps if isinstance(step, DoseSolved)} == set(Kind)


def test_every_calculator_and_every_pathway_is_taught(guideline: Guideline, lessons: TeachingPage) -> None:
    """Each has a case; some walks end with advice and some where the source is silent."""
    steps = [step for lesson in lessons.lessons for step in lesson.steps]
    doses = [step for step in steps if isinstance(step, DoseSolved)]
    walks = [step for step in steps if isinstance(step, PathSolved)]
    assert {step.question.calculator for step in doses} == {item.id for item in guideline.calculators}
    assert {step.question.pathway for step in walks} == {item.id for item in guideline.pathways}
    assert {step.end.state for step in walks} == {State.ADVICE, State.NOT_STATED}


def test_a_wrong_dose_is_one_that_the_tables_print(guideline: Guideline, lessons: TeachingPage) -> None:
    """Wrong answers are the source's other numbers: no dose is made up, not even to be wrong."""
    table = guideline.table_by_id["bma-dosing"]
    cells = [cell.quantity for row in table.rows for cell in row.cells.values() if cell.quantity]
    monitoring = guideline.table_by_id["adverse-events"]
    items = [item for row in monitoring.rows for cell in row.cells.values() for item in cell.items or ()]
    printed = [*cells, *(value for item in items for value in item.values.values())]
    printed += [value for note in table.notes for value in note.values.values()]
    doses = {plain(number) for quantity in printed if quantity.unit == "mg" for number in quantity.values}
    for lesson in lessons.lessons:
        for step in lesson.steps:
            for choice in step.question.choices if isinstance(step, DoseSolved) else ():
                for text in (*choice.alternatives, choice.value or ""):
                    number, _, unit = text.partition(" ")
                    assert unit != "mg" or number in doses, f"{lesson.case.id}: {text}"


def test_every_patient_is_called_fictional(guideline: Guideline) -> None:
    """Both pages say at their top that the patients are fictional."""
    shown = [page for page in pages.build(guideline) if page.uri.startswith("lung-cancer-bone-metastasis/teaching")]
    assert len(shown) == 2
    for page in shown:
        assert "患者均为虚构" in page.markdown.partition("\n## ")[0]
