"""The teaching cases on a phone: each answered right and wrong, explained by the engine, kept nowhere, and on paper."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from exported import Exports
from pages_of_site import GUIDELINE
from playwright.sync_api import Browser, Locator, Page

from calculators.bridge import handle
from generator.load import load
from generator.models.guideline import Guideline
from generator.models.teaching import DoseQuestion, PathQuestion
from generator.page_context import PageContext

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parents[2] / "content" / GUIDELINE
ADDRESS = f"{GUIDELINE}/teaching/"
FOUND = load(FOLDER).guideline
assert FOUND is not None
CASES = [case.id for case in FOUND.teaching]


@pytest.fixture(scope="module")
def guideline(built_site: Path) -> Guideline:
    """The guideline; the engine of this process has loaded the payload of its site."""
    text = (built_site / GUIDELINE / "payload.json").read_text("utf-8")
    handle(json.dumps({"id": 0, "op": "load", "payload": text}))
    assert FOUND is not None
    return FOUND


def open_lessons(browser: Browser, address: str) -> Page:
    """The page of the cases with Python running, on a phone, in a profile of its own."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(address)
    ready = "() => document.querySelector('[data-teaching-python]').textContent.includes('就绪')"
    page.wait_for_function(ready, timeout=60_000)
    return page


@pytest.fixture(scope="module")
def lessons(browser: Browser, site_url: str) -> Iterator[Page]:
    """The cases on the site, loaded once for all tests."""
    page = open_lessons(browser, site_url + ADDRESS)
    yield page
    page.context.close()


@pytest.fixture(scope="module", params=["site", "folder", "file"])
def anywhere(request: pytest.FixtureRequest, browser: Browser, site_url: str, exports: Exports) -> Iterator[Page]:
    """The cases on the site, and from `file://` in the unpacked folder and in the single file."""
    place = request.param
    page = open_lessons(browser, site_url + ADDRESS if place == "site" else exports.at(place, "teaching/"))
    yield page
    page.context.close()


def engine(op: str, **fields: Any) -> dict[str, Any]:
    """What the engine says in this process."""
    reply = json.loads(handle(json.dumps({"id": 1, "op": op, "guideline": GUIDELINE, **fields}, default=str)))
    result: dict[str, Any] = reply["result"]
    return result


def judged(form: Locator, choice: int) -> Locator:
    """Choose, ask, and wait for the verdict."""
    form.locator("input").nth(choice).check()
    form.locator("button").click()
    verdict = form.locator("xpath=following-sibling::*[1]")
    verdict.locator(".vm-verdict__mark").wait_for()
    return verdict


def explained(verdict: str, found: dict[str, Any]) -> None:
    """The verdict has each statement of the engine's answer with its place, its references and its caveats."""
    assert FOUND is not None
    context = PageContext(FOUND, 1, directory_urls=True)
    for key in found["statements"]:
        statement = context.statement(key)
        assert f"{context.text(statement)}（{context.locators(statement)}）" in verdict
    for number in found["refs"]:
        assert f"[{number}]" in verdict
    for caveat in found["caveats"]:
        assert caveat["text"] in verdict


def right_choice(question: DoseQuestion, found: dict[str, Any]) -> int:
    """The one choice that is written as the engine answers."""
    number = found["display"] if found["kind"] == "computed" else f"{found['value']} {found['unit']}"
    readings = tuple(f"{item['value']} {item['unit']}" for item in found["alternatives"])
    said = (found["kind"], number if found["value"] else None, readings, found["field"])
    choices = [(choice.kind, choice.value, choice.alternatives, choice.field) for choice in question.choices]
    assert choices.count(said) == 1
    return choices.index(said)


def turns(question: PathQuestion) -> list[tuple[list[str], str, dict[str, Any]]]:
    """For each form of a walk: what is offered, which of it is right, and the step that explains it."""
    answers = {name: str(value) for name, value in question.answers.items()}
    end = engine("walk", pathway=question.pathway, answers=answers)
    if question.choices:
        return [(list(question.choices), end["node"], end)]
    found = []
    for index, turn in enumerate(end["trail"]):
        before = {each["node"]: answers[each["node"]] for each in end["trail"][:index]}
        step = engine("walk", pathway=question.pathway, answers=before)
        last = index == len(end["trail"]) - 1
        found.append(([option["id"] for option in step["options"]], turn["answer"], end if last else step))
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_answered_wrong_and_then_right(anywhere: Page, guideline: Guideline, name: str) -> None:
    """A wrong choice is called wrong and the right one right, in word and sign, both with the engine's reasons."""
    case = next(case for case in guideline.teaching if case.id == name)
    box = anywhere.locator(f"teaching-case[data-teaching={name}]")
    for index, step in enumerate(case.steps):
        forms = box.locator(f"[data-step='{index}'] form")
        if step.dose:
            inputs = {key: str(value) for key, value in step.dose.inputs.items()}
            found = engine("calculate", calculator=step.dose.calculator, inputs=inputs)
            answer_at(forms.first, len(step.dose.choices), right_choice(step.dose, found), found)
            hit = next((reason["row"] for reason in found["reasons"] if reason["hit"]), None)
            row = box.locator(f"[data-step='{index}'] .vm-verdict a[href$='row-{hit}']")
            assert row.count() == (1 if hit else 0)
        if step.path:
            for turn, (offered, right_id, found) in enumerate(turns(step.path)):
                assert forms.nth(turn).is_visible()
                answer_at(forms.nth(turn), len(offered), offered.index(right_id), found)
    assert anywhere.evaluate("document.documentElement.scrollWidth") <= 390


def answer_at(form: Locator, count: int, right: int, found: dict[str, Any]) -> None:
    """Answer one form wrong, then right, and look at both verdicts."""
    for choice, word, sign in (((right + 1) % count, "答错了", "✕"), (right, "答对了", "✓")):
        verdict = judged(form, choice)
        text = verdict.inner_text()
        assert text.startswith(word)
        kind = "wrong" if choice != right else "right"
        assert "vm-verdict--" + kind in (verdict.get_attribute("class") or "")
        marks = "all => all.map(node => [node.dataset.verdict, getComputedStyle(node, '::after').content])"
        assert form.locator(".vm-choice[data-verdict]").evaluate_all(marks) == [[kind, f'"{sign}"']]
        if found.get("kind") == "refused":
            assert found["message"].strip() in text
        elif found.get("state") == "question":
            explained(text, found | {"caveats": []})
        else:
            explained(text, found)


def test_another_choice_takes_the_verdict_away(lessons: Page, guideline: Guideline) -> None:
    """As soon as another answer is chosen the verdict goes, and with it the questions that followed from it."""
    step = lessons.locator("[data-step]").filter(has=lessons.locator("form[data-turn='1']")).first
    first, second = step.locator("form").nth(0), step.locator("form").nth(1)
    verdict = judged(first, 0)
    assert second.is_visible()
    first.locator("input").nth(1).check()
    assert verdict.is_hidden()
    assert second.is_hidden()
    assert first.locator("[data-verdict]").count() == 0


def test_nothing_is_judged_before_something_is_chosen(lessons: Page) -> None:
    """Asking without a choice says that one is needed."""
    form = lessons.locator("teaching-case").last.locator("form").last
    form.evaluate("form => form.reset()")
    form.locator("button").click()
    assert "请先选一个答案" in form.locator("xpath=following-sibling::*[1]").inner_text()


def test_a_case_is_answered_by_keyboard(lessons: Page, guideline: Guideline) -> None:
    """Arrows choose, Enter asks, and the focus moves to the verdict."""
    form = lessons.locator("teaching-case form[data-turn='0']").first
    form.evaluate("form => { form.reset(); form.dispatchEvent(new Event('input')); }")
    form.locator("input").first.focus()
    lessons.keyboard.press("Space")
    lessons.keyboard.press("ArrowDown")
    assert form.locator("input").nth(1).is_checked()
    lessons.keyboard.press("Enter")
    verdict = form.locator("xpath=following-sibling::*[1]")
    verdict.locator(".vm-verdict__mark").wait_for()
    assert verdict.evaluate("node => document.activeElement === node")
    lessons.keyboard.press("Tab")
    assert verdict.evaluate("node => node.contains(document.activeElement)")


def test_nothing_of_the_learner_is_kept(lessons: Page, site_url: str) -> None:
    """After all these answers nothing stands in a store, a cookie, the history or the address."""
    keys = (
        "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(key => !key.includes('__palette'))"
    )
    assert lessons.evaluate(keys) == []
    assert lessons.context.cookies() == []
    assert lessons.url == site_url + ADDRESS
    assert lessons.evaluate("JSON.stringify(history.state)") in ("null", "{}")
    assert lessons.evaluate("indexedDB.databases().then(all => all.length)") == 0


def test_the_worksheet_prints_without_answers(lessons: Page) -> None:
    """On paper every question stands with empty circles and lines to write on; no verdict and no solution."""
    lessons.emulate_media(media="print")
    hidden_forms = "forms => forms.filter(form => !form.checkVisibility()).length"
    assert lessons.eval_on_selector_all("teaching-case form", hidden_forms) == 0
    assert lessons.locator(".vm-case__lines").first.is_visible()
    for hidden in (".vm-solution", ".vm-verdict", ".vm-quiz__actions", "[data-teaching-python]"):
        assert lessons.locator(hidden).first.is_hidden()
    circle = "node => getComputedStyle(node).appearance + getComputedStyle(node).backgroundImage"
    assert lessons.locator("teaching-case input:checked").first.evaluate(circle) == "nonenone"
    lessons.emulate_media(media="screen")


def test_without_scripts_the_page_shows_the_solutions(browser: Browser, site_url: str, guideline: Guideline) -> None:
    """With scripting off each question has its solution behind a summary, and the answer sheet shows the same."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(site_url + ADDRESS)
    questions = sum(len(case.steps) for case in guideline.teaching)
    assert page.locator("details.vm-solution").count() == questions
    assert page.locator("teaching-case form button").count() == 0
    first = page.locator("details.vm-solution").first
    first.locator("summary").click()
    assert first.locator("[data-basis]").first.is_visible()
    stop = page.locator("details.vm-solution").filter(has=page.locator(".vm-answer--stop")).first
    stop.locator("summary").click()
    assert "停用" in stop.inner_text()
    page.goto(f"{site_url}{ADDRESS}answers/")
    assert page.locator("[data-sheet]").count() == len(guideline.teaching)
    assert page.locator(".vm-answer--stop [data-basis]").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_where_python_fails_the_solutions_are_shown(browser: Browser, site_url: str) -> None:
    """When the worker cannot be had, the page says so, shows every solution, and an answer is not judged."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.route("**/worker.*.js", lambda route: route.abort())
    page.goto(site_url + ADDRESS)
    page.wait_for_selector(".vm-python--failed")
    assert page.locator("details.vm-solution").first.is_visible()
    form = page.locator("teaching-case form").first
    form.locator("input").first.check()
    form.locator("button").click()
    page.wait_for_selector(".vm-verdict--pending")
    assert "未能判断" in form.locator("xpath=following-sibling::*[1]").inner_text()
    assert page.locator(".vm-verdict__mark").count() == 0
    context.close()
