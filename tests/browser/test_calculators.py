"""The calculators on a phone: the same answers as the command, refusals, nothing stale, keyboard, copy, cases."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages_of_site import GUIDELINE, PAGE_KINDS, answer, fill_dose, kind
from playwright.sync_api import Browser, Page

from calculators.bridge import handle

pytestmark = pytest.mark.browser

# drug, age, clearance → kind and value as the page prints it
ANSWERS = [
    ("zoledronic-acid", "70", "29.9", "stop", ""),
    ("zoledronic-acid", "70", "30", "at_most", "不超过 3.5 mg"),
    ("zoledronic-acid", "70", "59.9", "at_most", "不超过 3.5 mg"),
    ("zoledronic-acid", "70", "60", "fixed", "4 mg"),
    ("incadronate", "64", "90", "fixed", "10 mg"),
    ("incadronate", "65", "90", "undetermined", "5 mg 或 10 mg"),
    ("incadronate", "66", "90", "fixed", "5 mg"),
    ("ibandronate", "50", "29.9", "fixed", "2 mg"),
    ("ibandronate", "50", "30", "fixed", "6 mg"),
    ("denosumab", "50", "25", "no_rule", ""),
    ("denosumab", "50", "60", "fixed", "120 mg"),
    ("pamidronate", "50", "90", "no_rule", ""),
    ("zoledronic-acid", "17", "90", "no_rule", ""),
    ("zoledronic-acid", "７０", "４５．５", "at_most", "不超过 3.5 mg"),
]

# field and what was typed → a word that the message must have
REFUSALS = [
    ("crcl", "-10", "肌酐清除率"),
    ("crcl", "0", "肌酐清除率"),
    ("crcl", "0.5", "肌酐清除率"),
    ("crcl", "5000", "250"),
    ("crcl", "正常", "肌酐清除率"),
    ("crcl", "106 µmol/L", "µmol/L"),
    ("crcl", "45 mL/min/1.73 m²", "肾小球滤过率"),
    ("age", "65.5", "年龄"),
    ("age", "145", "120"),
]

CLEARANCE_REFUSALS = [
    ("600", "106", "µmol/L", "weight", "300"),
    ("60", "106", "mg/dL", "creatinine", "µmol/L"),
    ("60", "1.2", "µmol/L", "creatinine", "mg/dL"),
    ("60", "106", "", "creatinine", "单位"),
]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page of the size of a phone, in a profile of its own."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def dose_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The dose calculator with Python running, shared by the tests that only ask."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(site_url + PAGE_KINDS["dose-calculator"])
    yield page
    context.close()


@pytest.fixture(scope="module")
def clearance_page(browser: Browser, site_url: str) -> Iterator[Page]:
    """The clearance calculator with Python running."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(site_url + PAGE_KINDS["clearance-calculator"])
    yield page
    context.close()


@pytest.mark.parametrize(("drug", "age", "crcl", "expected", "value"), ANSWERS)
def test_the_page_answers_as_the_engine_does(
    dose_page: Page, built_site: Path, drug: str, age: str, crcl: str, expected: str, value: str
) -> None:
    """Kind and value on the page are the documented ones, and those of the engine in CPython."""
    fill_dose(dose_page, drug, age, crcl)
    assert kind(dose_page) == expected
    shown = dose_page.query_selector(".vm-answer__value")
    assert (shown.inner_text() if shown else "") == value
    handle(json.dumps({"id": 1, "op": "load", "payload": (built_site / GUIDELINE / "payload.json").read_text("utf-8")}))
    inputs = {"drug": drug, "age": age, "crcl": crcl}
    request = {"id": 2, "op": "calculate", "guideline": GUIDELINE, "calculator": "bma-dose", "inputs": inputs}
    outcome = json.loads(handle(json.dumps(request)))["result"]
    assert (outcome["kind"], outcome["display"] or "") == (expected, value)
    for caveat in outcome["caveats"]:
        assert caveat["text"] in answer(dose_page)


@pytest.mark.parametrize(("field", "typed", "word"), REFUSALS)
def test_an_impossible_input_is_refused_at_its_field(dose_page: Page, field: str, typed: str, word: str) -> None:
    """A wrong input gets a message beside its field, no value, and the field is marked and focused."""
    good = {"age": "70", "crcl": "45"} | {field: typed}
    fill_dose(dose_page, "zoledronic-acid", good["age"], good["crcl"])
    assert kind(dose_page) == "refused"
    assert word in dose_page.inner_text(f"[data-field={field}] .vm-field__error")
    assert dose_page.query_selector(".vm-answer__value") is None
    assert dose_page.get_attribute(f"[data-field={field}] input", "aria-invalid") == "true"
    assert dose_page.evaluate("document.activeElement.name") == field


def test_a_missing_input_is_named_and_nothing_is_calculated(dose_page: Page) -> None:
    """While a required input is missing the page says which, and gives no answer."""
    fill_dose(dose_page, "zoledronic-acid", "70", "")
    assert kind(dose_page) == "refused"
    assert "肌酐清除率" in answer(dose_page)
    assert dose_page.query_selector(".vm-answer__value") is None


@pytest.mark.parametrize(("weight", "creatinine", "unit", "field", "word"), CLEARANCE_REFUSALS)
def test_the_clearance_calculator_refuses_slips(
    clearance_page: Page, weight: str, creatinine: str, unit: str, field: str, word: str
) -> None:
    """An impossible weight, swapped units and a creatinine without a unit are refused at their field."""
    clearance_page.fill("[name=age]", "70")
    clearance_page.select_option("[name=sex]", "male")
    clearance_page.fill("[name=weight]", weight)
    clearance_page.fill("input[name=creatinine]", creatinine)
    clearance_page.select_option("select[name=creatinine]", unit)
    clearance_page.click("calculator-form button[type=submit]")
    assert kind(clearance_page) == "refused"
    assert word in clearance_page.inner_text(f"[data-field={field}] .vm-field__error")


def test_a_clearance_is_carried_over_exactly(phone: Page, site_url: str) -> None:
    """The computed clearance goes into the dose calculator as an exact fraction, on request only."""
    phone.goto(site_url + PAGE_KINDS["clearance-calculator"])
    phone.fill("[name=age]", "70")
    phone.select_option("[name=sex]", "male")
    phone.fill("[name=weight]", "60")
    phone.fill("input[name=creatinine]", "106")
    phone.select_option("select[name=creatinine]", "µmol/L")
    phone.click("calculator-form button[type=submit]")
    assert kind(phone) == "computed"
    assert phone.inner_text(".vm-answer__value") == "48.6 mL/min"
    assert "#" not in phone.url
    phone.click("text=带入剂量计算")
    phone.wait_for_url("**/bma-dose/**")
    phone.wait_for_function("() => document.querySelector('[name=crcl]')?.value")
    assert phone.input_value("[name=crcl]") == "7735/159"
    phone.select_option("[name=drug]", "zoledronic-acid")
    phone.fill("[name=age]", "70")
    phone.click("calculator-form button[type=submit]")
    assert kind(phone) == "at_most"


@pytest.mark.parametrize("change", ["crcl", "age", "drug", "nsaid", "reset"])
def test_an_old_answer_goes_with_the_first_change(dose_page: Page, change: str) -> None:
    """The answer is gone as soon as any input changes, before anything new is asked."""
    fill_dose(dose_page, "zoledronic-acid", "70", "45")
    assert kind(dose_page) == "at_most"
    if change == "reset":
        dose_page.click("calculator-form button[type=reset]")
    elif change in {"drug", "nsaid"}:
        dose_page.evaluate("document.querySelector('.vm-patient').open = true")
        dose_page.select_option(f"[name={change}]", "denosumab" if change == "drug" else "yes")
    else:
        dose_page.type(f"[name={change}]", "1")
    assert dose_page.is_hidden("[data-answer]")
    assert dose_page.inner_html("[data-answer]") == ""
    assert dose_page.query_selector("[data-row][data-hit]") is None
    dose_page.evaluate("document.querySelector('calculator-form form').reset()")


def test_the_row_that_applies_is_marked_in_the_static_table(dose_page: Page) -> None:
    """The table of rules below marks the one row that the answer came from."""
    fill_dose(dose_page, "zoledronic-acid", "70", "45")
    assert kind(dose_page) == "at_most"
    hits = dose_page.eval_on_selector_all("[data-row][data-hit]", "rows => rows.map(row => row.dataset.row)")
    assert hits == ["zoledronic-acid-30-to-60"]


def test_the_calculator_works_by_keyboard_alone(phone: Page, site_url: str) -> None:
    """From the drug to the answer with Tab, arrow keys and Enter; the focus then stands on the answer."""
    phone.goto(site_url + PAGE_KINDS["dose-calculator"])
    phone.focus("[name=drug]")
    for _ in range(3):
        phone.keyboard.press("ArrowDown")
    assert phone.input_value("[name=drug]") == "zoledronic-acid"
    phone.keyboard.press("Tab")
    phone.keyboard.type("70")
    phone.keyboard.press("Tab")
    phone.keyboard.type("29.9")
    phone.keyboard.press("Enter")
    assert kind(phone) == "stop"
    assert phone.evaluate("document.activeElement.hasAttribute('data-answer')")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.querySelector('[data-answer]').contains(document.activeElement)")


def test_the_form_takes_input_before_python_is_there(phone: Page, site_url: str) -> None:
    """A question that is asked while Python is still on its way is answered when it has come."""
    phone.goto(site_url + PAGE_KINDS["dose-calculator"], wait_until="commit")
    phone.wait_for_selector("calculator-form [name=crcl]")
    phone.wait_for_function("() => Boolean(customElements.get('calculator-form'))")
    fill_dose(phone, "ibandronate", "50", "29.9")
    assert kind(phone) == "fixed"
    assert phone.inner_text(".vm-answer__value") == "2 mg"


def test_copy_as_text_says_inputs_result_edition_and_date(phone: Page, site_url: str) -> None:
    """The copied text stands alone: inputs, result, that it is a ceiling, source, edition, date and the notice."""
    phone.goto(site_url + PAGE_KINDS["dose-calculator"])
    fill_dose(phone, "zoledronic-acid", "70", "45")
    assert kind(phone) == "at_most"
    phone.click("text=复制为文本")
    phone.wait_for_selector("text=已复制")
    copied = phone.evaluate("navigator.clipboard.readText()")
    today = phone.evaluate("new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10)")
    for part in (
        "唑来膦酸",
        "70 岁",
        "45 mL/min",
        "上限，不是应给的剂量",
        "不超过 3.5 mg",
        "2024",
        "解读",
        today,
        "未经临床医师审核",
    ):
        assert part in copied


def test_the_worked_cases_run_on_this_device(dose_page: Page) -> None:
    """On request the page runs every worked case in its own Python and says how many passed."""
    dose_page.click("worked-cases [data-run]")
    dose_page.wait_for_function(
        "() => document.querySelector('worked-cases [data-status]').textContent.includes('通过')", timeout=60_000
    )
    cases = len(dose_page.query_selector_all("[data-case]"))
    status = dose_page.inner_text("worked-cases [data-status]")
    assert f"{cases} 例中 {cases} 例通过" in status
    assert "Python 3." in status


def test_a_calculator_that_cannot_start_says_so_and_leaves_the_table(browser: Browser, site_url: str) -> None:
    """When a file of the runtime does not come, a message says so and the static table is still readable."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.route("**/*.wasm.gz", lambda route: route.abort())
    page.goto(site_url + PAGE_KINDS["dose-calculator"])
    page.wait_for_selector(".vm-python--failed")
    assert "静态表" in page.inner_text(".vm-python--failed")
    assert page.is_visible("#row-zoledronic-acid-below-30")
    fill_dose(page, "zoledronic-acid", "70", "45")
    assert page.query_selector(".vm-answer__value") is None
    context.close()


def test_without_scripts_the_table_of_rules_is_there(browser: Browser, site_url: str) -> None:
    """With scripting off the page says so and prints the whole table of rules."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + PAGE_KINDS["dose-calculator"])
    assert "未启用脚本" in page.inner_text("noscript")
    assert "不超过 3.5 mg" in page.inner_text("#row-zoledronic-acid-30-to-60")
    assert "停用" in page.inner_text("#row-zoledronic-acid-below-30")
    context.close()
