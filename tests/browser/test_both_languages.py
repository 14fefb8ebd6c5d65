"""The English edition in Chromium answers in English, with the numbers of the Chinese one; each leads to the other."""

import re
from collections.abc import Iterator

import pytest
from pages_of_site import GUIDELINE, PAGE_KINDS, answer, fill_dose
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")

# drug, age, clearance → the value as an English page prints it
ANSWERS = [
    ("zoledronic-acid", "70", "29.9", ""),
    ("zoledronic-acid", "70", "30", "at most 3.5 mg"),
    ("zoledronic-acid", "70", "60", "4 mg"),
    ("incadronate", "65", "90", "5 mg or 10 mg"),
    ("denosumab", "50", "25", ""),
]


@pytest.fixture(scope="module")
def pages(browser: Browser, site_url: str) -> Iterator[dict[str, Page]]:
    """The dose calculator in both languages, in one profile."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    opened = {language: context.new_page() for language in ("zh", "en")}
    opened["zh"].goto(site_url + PAGE_KINDS["dose-calculator"])
    opened["en"].goto(site_url + "en/" + PAGE_KINDS["dose-calculator"])
    yield opened
    context.close()


@pytest.mark.parametrize(("drug", "age", "clearance", "value"), ANSWERS)
def test_an_answer_has_the_same_numbers_in_both_languages(
    pages: dict[str, Page], drug: str, age: str, clearance: str, value: str
) -> None:
    """The value is in English, the numbers are those of the Chinese page, and what is not translated has its mark."""
    for page in pages.values():
        fill_dose(page, drug, age, clearance)
        answer(page)
    english = pages["en"].locator("[data-answer]")
    assert english.locator(".vm-answer__value").all_inner_texts() == ([value] if value else [])
    # Not how often: '每 4 周 1 次' is 'once every 4 weeks'.
    numbers = [set(NUMBER.findall(page.locator("[data-answer]").inner_text())) for page in pages.values()]
    assert numbers[0] == numbers[1]
    foreign = english.locator("[lang=zh-Hans]")
    assert foreign.count() > 0
    assert foreign.first.inner_text().strip().startswith("[zh-Hans] ")


def test_keys_alone_lead_to_the_other_language_and_back(page: Page, site_url: str) -> None:
    """The switch is a link that Tab reaches; Enter opens the same page in the other language."""
    page.goto(site_url + PAGE_KINDS["section"])
    for there, name in (("en/", "English"), ("", "中文")):
        link = page.locator("header .vm-language")
        expect(link).to_have_text(name)
        page.locator("header [data-search-open]").focus()
        page.keyboard.press("Tab")
        expect(link).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url(site_url + there + PAGE_KINDS["section"])
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_search_answers_in_the_language_of_the_page(page: Page, site_url: str) -> None:
    """On an English page the English name finds the drug's English page."""
    page.goto(site_url + "en/" + PAGE_KINDS["section"])
    page.click("header [data-search-open]")
    page.fill(".vm-search__field", "denosumab")
    first = page.locator(".vm-search__item a").first
    expect(first).to_have_attribute("href", re.compile(f"/en/{GUIDELINE}/drugs/denosumab/$"))
    expect(page.locator(".vm-search__kind").first).to_have_text("Drug")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page the size of a phone, in a profile of its own."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()
