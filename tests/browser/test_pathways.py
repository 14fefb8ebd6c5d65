"""The pathways on a phone: by touch and by keyboard, back and reload, changed answers, links, and without scripts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages_of_site import GUIDELINE
from playwright.sync_api import Browser, Page

from calculators.bridge import handle

pytestmark = pytest.mark.browser

IDS = (
    "diagnosis",
    "treatment-order",
    "systemic-therapy",
    "analgesia",
    "radiotherapy",
    "surgery",
    "interventional",
    "bone-modifying-agents",
)


@pytest.fixture(scope="module")
def pathways(built_site: Path) -> dict[str, dict[str, Any]]:
    """The pathways of the payload, by id; the engine of this process has loaded them."""
    text = (built_site / GUIDELINE / "payload.json").read_text("utf-8")
    handle(json.dumps({"id": 0, "op": "load", "payload": text}))
    return {pathway["id"]: pathway for pathway in json.loads(text)["pathways"]}


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page of the size of a phone that can be touched, in a profile of its own."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def step(pathway: str, answers: list[tuple[str, str]]) -> dict[str, Any]:
    """What the engine says in this process."""
    request = {"id": 1, "op": "walk", "guideline": GUIDELINE, "pathway": pathway, "answers": answers}
    result: dict[str, Any] = json.loads(handle(json.dumps(request)))["result"]
    return result


def longest_case(pathway: dict[str, Any]) -> list[tuple[str, str]]:
    """The answers of the worked case with the most steps."""
    cases = sorted(pathway["cases"], key=lambda case: len(case["answers"]))
    return [(node, str(answer)) for node, answer in cases[-1]["answers"].items()]


def open_guide(page: Page, site_url: str, pathway: str, fragment: str = "") -> None:
    """Open a pathway's page and wait for its first step."""
    page.goto(f"{site_url}{GUIDELINE}/pathways/{pathway}/{fragment}")
    page.wait_for_selector("h3.vm-guide__question", timeout=60_000)


def at_step(page: Page, text: str) -> None:
    """Wait until the guide stands at a node."""
    page.wait_for_function("(text) => document.querySelector('h3.vm-guide__question')?.textContent === text", arg=text)


@pytest.mark.parametrize("name", IDS)
def test_a_pathway_is_walked_by_touch(
    phone: Page, site_url: str, pathways: dict[str, dict[str, Any]], name: str
) -> None:
    """Tapping the options of a worked case leads through the engine's own steps to its advice with its sources."""
    open_guide(phone, site_url, name)
    done: list[tuple[str, str]] = []
    for node, answer in longest_case(pathways[name]):
        now = step(name, done)
        assert now["node"] == node
        at_step(phone, now["text"])
        if now["input"]:
            phone.fill(".vm-guide__number input", answer)
            phone.tap(".vm-guide__number button")
        else:
            phone.locator(".vm-guide__option").nth([option["id"] for option in now["options"]].index(answer)).tap()
        done.append((node, answer))
    end = step(name, done)
    at_step(phone, end["text"])
    assert end["state"] in {"advice", "not_stated"}
    shown = phone.inner_text("[data-step]")
    assert ("建议" if end["state"] == "advice" else "来源未说") in shown
    for caveat in end["caveats"]:
        assert caveat["text"] in shown
    links = phone.eval_on_selector_all("[data-step] a[href*='sections/']", "all => all.map(a => a.href)")
    assert len(links) >= len(end["statements"])
    trail = phone.eval_on_selector_all(".vm-flow__node[data-on-trail]", "all => all.map(node => node.id)")
    assert set(trail) == {f"node-{node}" for node in [*(node for node, _ in done), end["node"]]}


@pytest.mark.parametrize("name", IDS)
def test_a_pathway_is_walked_by_keyboard(
    phone: Page, site_url: str, pathways: dict[str, dict[str, Any]], name: str
) -> None:
    """Tab and Enter alone lead to an end; the focus moves to each new question."""
    open_guide(phone, site_url, name)
    phone.focus("[data-step] button, [data-step] input")
    done: list[tuple[str, str]] = []
    for node, answer in longest_case(pathways[name]):
        now = step(name, done)
        if now["input"]:
            phone.keyboard.type(answer)
            phone.keyboard.press("Enter")
        else:
            for _ in range([option["id"] for option in now["options"]].index(answer)):
                phone.keyboard.press("Tab")
            phone.keyboard.press("Enter")
        done.append((node, answer))
        at_step(phone, step(name, done)["text"])
        assert phone.evaluate("document.activeElement.classList.contains('vm-guide__question')")
        phone.keyboard.press("Tab")
    assert step(name, done)["state"] in {"advice", "not_stated"}


def walk(page: Page, name: str, answers: list[tuple[str, str]]) -> None:
    """Give some answers by clicking."""
    done: list[tuple[str, str]] = []
    for node, answer in answers:
        now = step(name, done)
        at_step(page, now["text"])
        page.locator(".vm-guide__option").nth([option["id"] for option in now["options"]].index(answer)).click()
        done.append((node, answer))
    at_step(page, step(name, done)["text"])


def choices(pathway: dict[str, Any], name: str) -> list[tuple[str, str]]:
    """The answers of a case that needs choices only, two or more."""
    nodes = {node["id"]: node for node in pathway["nodes"]}
    for case in sorted(pathway["cases"], key=lambda case: -len(case["answers"])):
        if len(case["answers"]) > 1 and all(not nodes[node]["input"] for node in case["answers"]):
            return list(case["answers"].items())
    raise AssertionError(f"{name} has no case with two choices")


def test_reload_and_back_keep_the_place(phone: Page, site_url: str, pathways: dict[str, dict[str, Any]]) -> None:
    """After a reload the guide stands where it stood; the browser's 'back' goes one step back."""
    answers = choices(pathways["diagnosis"], "diagnosis")
    open_guide(phone, site_url, "diagnosis")
    walk(phone, "diagnosis", answers)
    phone.reload()
    at_step(phone, step("diagnosis", answers)["text"])
    phone.go_back()
    at_step(phone, step("diagnosis", answers[:-1])["text"])
    phone.go_forward()
    at_step(phone, step("diagnosis", answers)["text"])
    assert "=" not in phone.url


def test_a_link_with_the_answers_is_made_on_request_and_opens_there(
    phone: Page, site_url: str, pathways: dict[str, dict[str, Any]]
) -> None:
    """The link copied on request opens at the same node in another browser."""
    answers = choices(pathways["analgesia"], "analgesia")
    open_guide(phone, site_url, "analgesia")
    walk(phone, "analgesia", answers)
    phone.click("text=生成带回答的链接")
    phone.wait_for_selector("text=链接已复制")
    link = phone.evaluate("navigator.clipboard.readText()")
    other = phone.context.new_page()
    other.goto(link)
    at_step(other, step("analgesia", answers)["text"])


@pytest.mark.parametrize("fragment", ["#no-such-node=yes", "#a=<script>alert(1)</script>&b=2"])
def test_a_link_to_a_step_that_is_gone_says_so(
    phone: Page, site_url: str, pathways: dict[str, dict[str, Any]], fragment: str
) -> None:
    """A link that names an unknown node says so and starts at the beginning; nothing of it is run."""
    open_guide(phone, site_url, "diagnosis", fragment)
    at_step(phone, step("diagnosis", [])["text"])
    assert "已不存在" in phone.inner_text("[data-place]")
    assert phone.locator("[data-step] script").count() == 0


def test_an_earlier_answer_can_be_changed(phone: Page, site_url: str, pathways: dict[str, dict[str, Any]]) -> None:
    """Changing the first answer drops the later ones that no longer fit, and says so."""
    name = "diagnosis"
    answers = choices(pathways[name], name)
    first = step(name, [])
    others = [option["id"] for option in first["options"] if option["id"] != answers[0][1]]
    other = next(option for option in others if step(name, [(first["node"], option), *answers[1:]])["dropped"])
    open_guide(phone, site_url, name)
    walk(phone, name, answers)
    phone.locator(".vm-guide__trail button").first.click()
    at_step(phone, first["text"])
    phone.locator(".vm-guide__option").nth([option["id"] for option in first["options"]].index(other)).click()
    at_step(phone, step(name, [(first["node"], other)])["text"])
    assert "已去掉" in phone.inner_text("[data-place]")


def test_answers_are_carried_to_the_dose_calculator(
    phone: Page, site_url: str, pathways: dict[str, dict[str, Any]]
) -> None:
    """Drug and clearance given in the pathway stand in the dose calculator after one tap."""
    name = "bone-modifying-agents"
    nodes = {node["id"]: node for node in pathways[name]["nodes"]}
    case = next(
        case
        for case in pathways[name]["cases"]
        if "crcl" in {carry for link in nodes[case["expect"]]["links"] for carry in link["carry"]}
        and any(nodes[node]["input"] for node in case["answers"])
    )
    query = "&".join(f"{node}={answer}" for node, answer in case["answers"].items())
    open_guide(phone, site_url, name, f"#{query}")
    at_step(phone, nodes[case["expect"]]["text"])
    phone.locator("[data-step] a[href*='calculators/bma-dose/']").first.click()
    phone.wait_for_selector("calculator-form form")
    phone.wait_for_function("() => document.querySelector('[name=crcl]').value !== ''")
    assert phone.input_value("[name=drug]") in case["answers"].values()
    typed = next(str(answer) for node, answer in case["answers"].items() if nodes[node]["input"])
    assert typed in phone.input_value("[name=crcl]")


def test_a_wrong_number_is_refused_at_its_field(
    phone: Page, site_url: str, pathways: dict[str, dict[str, Any]]
) -> None:
    """A clearance in the wrong unit is refused with a message, and the walk stays where it is."""
    name = "bone-modifying-agents"
    nodes = {node["id"]: node for node in pathways[name]["nodes"]}
    case = next(case for case in pathways[name]["cases"] if any(nodes[node]["input"] for node in case["answers"]))
    before = [(node, str(answer)) for node, answer in case["answers"].items() if not nodes[node]["input"]]
    open_guide(phone, site_url, name)
    walk(phone, name, before)
    for typed in ("", "5000", "106 µmol/L", "正常"):
        phone.fill(".vm-guide__number input", typed)
        phone.click(".vm-guide__number button")
        phone.wait_for_selector(".vm-guide__number .vm-field__error:not([hidden])")
        assert phone.get_attribute(".vm-guide__number input", "aria-invalid") == "true"
    at_step(phone, step(name, before)["text"])


def test_the_worked_cases_of_a_pathway_run_on_this_device(
    phone: Page, site_url: str, pathways: dict[str, dict[str, Any]]
) -> None:
    """On request the page walks every worked case in its own Python and says how many passed."""
    open_guide(phone, site_url, "surgery")
    phone.click("worked-cases [data-run]")
    phone.wait_for_function("() => document.querySelector('worked-cases [data-status]').textContent.includes('通过')")
    total = len(pathways["surgery"]["cases"])
    assert f"{total} 例中 {total} 例通过" in phone.inner_text("worked-cases [data-status]")


@pytest.mark.parametrize("name", IDS)
def test_without_scripts_picture_and_outline_hold_every_node(
    browser: Browser, site_url: str, pathways: dict[str, dict[str, Any]], name: str
) -> None:
    """With scripting off the picture and the outline both show every node, and every end has its statements linked."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{site_url}{GUIDELINE}/pathways/{name}/")
    picture, outline = page.inner_text(".vm-flow"), page.inner_text(".vm-outline")
    for node in pathways[name]["nodes"]:
        assert node["text"] in picture
        assert node["text"] in outline
        links = page.locator(f"#node-{node['id']} a[href*='sections/']")
        assert links.count() >= (1 if node["kind"] == "question" else len(node["statements"]))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
