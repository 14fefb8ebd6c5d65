"""The teaching cases on a site: questions with choices in words, solutions made at build time, a sheet of answers."""

import json
from pathlib import Path
from typing import Any

import pytest
from html_tree import Element, read
from site_builder import Built, change, mkdocs_build

from calculators.payload import parse
from generator import addresses
from generator.models.teaching import DoseQuestion
from generator.page_context import PageContext
from generator.payload import dump
from generator.teaching import solve_dose
from generator.teaching_page import TeachingPage


def element(page: Element, case: str) -> Element:
    """The element of a case."""
    return next(item for item in page.all("teaching-case") if item.attributes["data-teaching"] == case)


def texts(parent: Element, kind: str) -> list[str]:
    """The texts of the elements of a class."""
    return [item.text().strip() for item in parent.all(kind=kind)]


def test_choices_are_printed_in_the_words_of_the_calculator(english: Built) -> None:
    """A choice is its kind in words and its number as the calculator prints it, in the guideline's language."""
    form = element(english.page("teaching"), "weak-kidneys").all("form")[0]
    assert texts(form, "vm-choice__text") == [
        "The dose that the source gives: 4 mg",
        "The dose that the source gives: 2 mg",
        "A ceiling, not a dose to give: at most 2 mg",
        "Stop",
    ]


def test_a_walk_asks_each_question_on_the_way(english: Built) -> None:
    """Without choices of its own a walk has a form for each of its questions, in their order, with all options."""
    step = element(english.page("teaching"), "weak-kidneys").all("section", kind="vm-case__step")[1]
    assert [form.all("legend")[0].text() for form in step.all("form")] == [
        "Is the patient an adult?",
        "Which invented drug is to be given?",
        "How well do the kidneys work?",
    ]
    assert texts(step.all("form")[2], "vm-choice__text") == ["Very weak", "Weak", "Well enough"]


def test_the_solution_is_the_engines(english: Built) -> None:
    """Behind each summary stand the right choice, the table's row, the statement with its place, and the caveats."""
    solution = element(english.page("teaching"), "weak-kidneys").all("details")[0]
    said = solution.text()
    assert "Answer: A ceiling, not a dose to give: at most 2 mg" in said
    assert "This row of the table of rules: weak kidneys" in said
    assert "the dose of Exemplamab is at most 2 mg" in said
    assert "section 1.1, paragraph 1" in said
    assert "Nothing here is medicine." in said
    row = next(link for link in solution.all("a") if link.text() == "weak kidneys")
    assert row.attributes["href"] == "../calculators/dose/#row-exemplamab-reduced"


def test_the_answer_sheet_has_every_case_and_the_texts_of_its_caveats(english: Built) -> None:
    """The sheet says the same as the solutions; caveats stand once, at its end, and answers point to them."""
    sheet = english.page("teaching/answers")
    assert [item.attributes["data-sheet"] for item in sheet.all(kind="vm-sheet")] == ["weak-kidneys", "a-child"]
    assert "A ceiling, not a dose to give: at most 2 mg" in sheet.text()
    for mark in [link for each in sheet.all(kind="vm-case__marks") for link in each.all("a")]:
        assert sheet.one(id=mark.attributes["href"].removeprefix("#"))
    assert not sheet.all("script", id="vademecum-python")
    assert not [item for item in sheet.all("script") if "teaching" in item.attributes.get("src", "")]


def test_the_script_is_told_no_right_answer(english: Built) -> None:
    """What the page tells its script are inputs and choices; the right one comes from the engine alone."""
    page = english.page("teaching")
    [script] = [item for item in page.all("script") if "data-teaching-config" in item.attributes]
    config = json.loads("".join(map(str, script.parts)))
    assert {key for steps in config["cases"].values() for step in steps for key in step} == {
        *("calculator", "inputs", "choices"),
        *("pathway", "answers"),
    }
    [dose] = [step for step in config["cases"]["weak-kidneys"] if "calculator" in step]
    assert dose["choices"] == ["fixed 4 mg", "fixed 2 mg", "at_most at most 2 mg", "stop"]


@pytest.mark.parametrize(
    ("inputs", "choice"),
    [
        ({"drug": "placebomab", "crcl": "90"}, {"kind": "undetermined", "alternatives": ["10 mg", "5 mg"]}),
        ({"drug": "other", "crcl": "90"}, {"kind": "no_rule"}),
        ({"drug": "exemplamab", "crcl": "9.9"}, {"kind": "stop"}),
        ({"drug": "exemplamab", "crcl": "251"}, {"kind": "refused", "field": "crcl"}),
    ],
)
def test_a_choice_is_matched_with_what_the_engine_answers(
    english: Built, inputs: dict[str, str], choice: dict[str, Any]
) -> None:
    """Whatever the kind, and in whatever order its readings are written, the choice that says the same is right."""
    question = DoseQuestion.model_validate(
        {
            "ask": "Which?",
            "calculator": "dose",
            "inputs": inputs | {"age": "50"},
            "choices": [{"kind": "fixed", "value": "4 mg"}, choice, {"kind": "refused", "field": "age"}],
            "expect": {"kind": choice["kind"]},
        }
    )
    assert solve_dose(parse(dump(english.guideline)), question).right == (1,)


def test_a_guideline_without_cases_has_no_such_page(project: Path) -> None:
    """No file, no page, no entry of the navigation; a board entry that names the page then leads nowhere."""
    (project.parent / "content" / "example-fever" / "teaching.yaml").unlink()
    site = mkdocs_build(project)
    assert not (site / "example-fever" / "teaching").exists()
    assert "Teaching" not in read(site / "example-fever/index.html").text()


def test_the_board_may_lead_to_the_cases(english: Built) -> None:
    """`page: teaching` names the page, as long as there are cases."""
    assert addresses.target(english.guideline, "page: teaching") == "teaching/"
    empty = english.guideline.model_copy(update={"teaching": ()})
    assert addresses.target(empty, "page: teaching") is None


def test_the_pages_stand_in_the_navigation(english: Built) -> None:
    """The guideline's own pages lead to the cases and to the answers."""
    links = {link.attributes.get("href") for link in english.page("about").all("a")}
    assert {"../teaching/", "../teaching/answers/"} <= links


def test_links_fit_a_site_without_directory_addresses(english: Built) -> None:
    """With `x.html` addresses the worksheet leads to the sheet and the sheet to the table's row."""
    page = TeachingPage(PageContext(english.guideline, 0, directory_urls=False))
    assert page.row_url("dose", "exemplamab-stop") == "calculators/dose.html#row-exemplamab-stop"
    assert page.context.url("teaching/answers/") == "teaching/answers.html"


def test_a_title_is_text(project: Path) -> None:
    """Markup in a case stays text, in the heading, the patient and the configuration."""
    file = project.parent / "content" / "example-fever" / "teaching.yaml"
    change(file, "title: A child with example fever", "title: A <i>child</i> & co")
    change(file, '["9 years old, example fever."]', '["9 years old </script><script>alert(1)</script>"]')
    site = mkdocs_build(project)
    page = read(site / "example-fever/teaching/index.html")
    assert "A <i>child</i> & co" in page.text()
    assert "</script><script>alert(1)</script>" in element(page, "a-child").text()
