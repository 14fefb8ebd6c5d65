"""The search in Chromium: what is typed on a phone is answered, opened by keys and taps, and stays on this device."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages_of_site import GUIDELINE, PAGE_KINDS, Visit
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser
DENOSUMAB = f"{GUIDELINE}/drugs/denosumab/"
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page the size of a phone, in a profile of its own."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def ask(page: Page, query: str) -> None:
    """Open the search, type, and wait for an answer."""
    page.click("header [data-search-open]")
    page.fill(".vm-search__field", query)
    page.wait_for_selector(".vm-search__item")


def focused(page: Page) -> str:
    """The address of the link that has the focus; the class of what else has it."""
    found = page.evaluate("() => document.activeElement.href ?? document.activeElement.className")
    assert isinstance(found, str)
    return found


def test_answers_show_their_kind_place_and_the_word_that_matched(page: Page, site_url: str) -> None:
    """A brand name finds the drug first, says so, and every answer has its kind and its place."""
    page.goto(site_url + PAGE_KINDS["section"])
    ask(page, "安加维")
    first = page.locator(".vm-search__item").first
    expect(first.locator(".vm-search__title")).to_have_text("地舒单抗")
    expect(first.locator(".vm-search__alias")).to_have_text("安加维 → 地舒单抗")
    expect(first.locator(".vm-search__kind")).to_have_text("药物")
    assert page.locator(".vm-search__item").count() == page.locator(".vm-search__kind").count()
    assert page.locator(".vm-search__item").count() == page.locator(".vm-search__place").count()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    expect(page.locator(".vm-search__status")).to_have_text(f"{page.locator('.vm-search__item').count()} 个结果")


def test_keys_alone_find_and_open(page: Page, site_url: str) -> None:
    """`/` opens, arrows go down and up again, Enter opens what has the focus at its anchor."""
    page.goto(site_url + PAGE_KINDS["section"])
    page.keyboard.press("/")
    page.keyboard.type("安加维")
    page.wait_for_selector(".vm-search__item")
    page.keyboard.press("ArrowDown")
    assert focused(page) == site_url + DENOSUMAB
    page.keyboard.press("ArrowDown")
    second = focused(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert focused(page).startswith("vm-search__field")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(second)
    assert page.locator(f"[id='{second.partition('#')[2]}']").count() == 1


def test_enter_in_the_field_opens_the_first_answer(page: Page, site_url: str) -> None:
    """Who types and presses Enter is at the first answer, whose anchor exists."""
    page.goto(site_url)
    ask(page, "骨显像初筛")
    first = page.get_attribute(".vm-search__item a", "href")
    page.keyboard.press("Enter")
    page.wait_for_url(str(first))
    assert page.locator(":target").count() == 1


def test_escape_closes_and_gives_the_focus_back(page: Page, site_url: str) -> None:
    """The dialog is modal: Tab stays inside it; Escape closes it and the button has the focus again."""
    page.goto(site_url + PAGE_KINDS["glossary"])
    page.focus("[data-search-open]")
    page.keyboard.press("Enter")
    page.keyboard.type("骨显像")
    page.wait_for_selector(".vm-search__item")
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    assert not page.is_visible(".vm-search")
    assert page.evaluate("() => document.activeElement.matches('[data-search-open]')")


def test_an_answer_on_this_page_closes_the_dialog(page: Page, site_url: str) -> None:
    """An answer that stands on the open page is gone to without a load, and nothing lies over it."""
    page.goto(site_url + PAGE_KINDS["glossary"])
    ask(page, "安加维")
    page.click(".vm-search__item a")
    assert page.url == site_url + DENOSUMAB
    assert not page.is_visible(".vm-search")


def test_slash_is_typed_where_one_types(page: Page, site_url: str) -> None:
    """In a calculator's field a slash is a slash."""
    page.goto(site_url + PAGE_KINDS["dose-calculator"])
    page.focus("[name=age]")
    page.keyboard.press("/")
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.parametrize(
    ("query", "sentence"), [("高钙血症", "本文未收录“高钙血症”"), ("华法林", "本文未收录"), ("qwxyz", "没有找到")]
)
def test_what_is_not_held_is_said(page: Page, site_url: str, query: str, sentence: str) -> None:
    """What the guideline does not cover is said to the eye and to a screen reader, and nothing is offered instead."""
    page.goto(site_url + PAGE_KINDS["section"])
    page.click("[data-search-open]")
    page.fill(".vm-search__field", query)
    expect(page.locator(".vm-search__status")).to_contain_text(sentence)
    assert page.locator(".vm-search__item a").count() == 0


def test_nothing_of_the_search_is_fetched_before_it_is_used(page: Page, site_url: str) -> None:
    """A page that is only read fetches no engine and no index; the search opened twice fetches each once."""
    visit = Visit(page.context)
    page.goto(site_url + PAGE_KINDS["section"])
    page.wait_for_load_state("networkidle")
    used = ("/search.", "/search-")
    assert [url for url in visit.asked if any(part in url for part in used)] == []
    ask(page, "唑来膦酸")
    page.keyboard.press("Escape")
    ask(page, "地舒单抗")
    asked = [url for url in visit.asked if any(part in url for part in used)]
    assert len(asked) == len(set(asked)) == 3


def test_opened_from_a_folder_it_finds_and_opens(page: Page, built_site: Path) -> None:
    """From file:// the search answers, and its links lead to files that are there."""
    visit = Visit(page.context)
    page.goto((built_site / PAGE_KINDS["section"] / "index.html").as_uri())
    ask(page, "安加维")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{DENOSUMAB}index.html")
    assert page.locator("h1").inner_text() == "地舒单抗"
    assert visit.foreign() == []


def test_a_failed_load_is_said_and_tried_again(page: Page, site_url: str) -> None:
    """Without a network the dialog says so; opened again with one, it answers what was typed."""
    page.goto(site_url + PAGE_KINDS["section"])
    page.route("**/search-*.js", lambda route: route.abort())
    page.click("[data-search-open]")
    expect(page.locator(".vm-search__status")).to_contain_text("没有载入")
    page.keyboard.type("安加维")
    page.unroute("**/search-*.js")
    page.keyboard.press("Escape")
    page.click("[data-search-open]")
    expect(page.locator(".vm-search__title").first).to_have_text("地舒单抗")


def test_the_button_is_there_on_every_kind_of_page(page: Page, site_url: str) -> None:
    """The header of every page kind, the page for a wrong address included, has the one button with its name."""
    for address in PAGE_KINDS.values():
        page.goto(site_url + address)
        assert page.locator("header [data-search-open]").count() == 1, address
        assert page.get_attribute("[data-search-open]", "aria-label") == "搜索"
        ask(page, "唑来膦酸")


def test_texts_are_shown_as_text(page: Page, site_url: str) -> None:
    """Markup in titles, texts, places, words or the query makes no element."""

    def planted(route: Route) -> None:
        body = route.fetch().text()
        index = json.loads(body.removeprefix("Vademecum.searchIndex(").removesuffix(");\n"))
        for record in index["records"]:
            record[0] = record[3] = record[4] = record[5] = HOSTILE
        index["aliases"].append([HOSTILE, ["hostile"], [HOSTILE], [0], 1])
        index["not_covered"].append([HOSTILE, ["nothing"], HOSTILE])
        route.fulfill(body=f"Vademecum.searchIndex({json.dumps(index)});", content_type="text/javascript")

    page.route(f"**/search-{GUIDELINE}.*.js", planted)
    page.goto(site_url + PAGE_KINDS["section"])
    for query in ("hostile", "nothing", HOSTILE):
        page.click("[data-search-open]")
        page.fill(".vm-search__field", query)
        page.wait_for_selector(".vm-search__item")
        assert page.locator(".vm-search :is(img, script)").count() == 0
        assert HOSTILE in page.inner_text(".vm-search__item")
        page.keyboard.press("Escape")
