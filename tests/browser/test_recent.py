"""The pages used lately: on this device only, only once switched on, and nothing but addresses and titles."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from offline_site import keep
from pages_host import PagesHost
from pages_of_site import GUIDELINE, PAGE_KINDS, fill_dose
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

OVERVIEW = PAGE_KINDS["overview"]
DOSE = PAGE_KINDS["dose-calculator"]
BLOCK = "[data-recent]"
SWITCH = f"{BLOCK} [role=switch]"
CLEAR = f"{BLOCK} button"
LINKS = f"{BLOCK} nav a"
STORED = "() => Object.entries({...localStorage, ...sessionStorage}).filter(([key]) => !key.endsWith('.__palette'))"
REFUSING = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });"
READING_ONLY = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };"


@pytest.fixture(scope="module")
def host(built_site: Path) -> Iterator[PagesHost]:
    """The site below a project's path."""
    with PagesHost(built_site) as made:
        yield made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a phone, in a profile of its own; an error in a script of ours fails its test.

    The theme's own scripts do not expect that storage may be refused.
    """
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(f"{error} {error.stack}"))
    yield made
    context.close()
    assert [error for error in errors if "/assets/vademecum/" in error] == []


def turn_on(page: Page, url: str) -> None:
    """Switch the list on, on the first page of the guideline."""
    page.goto(url + OVERVIEW)
    page.get_by_role("switch", name="记住最近看过的页面").check()


def stored(page: Page, host: PagesHost) -> Any:
    """The list as it stands on the device, which has nothing else."""
    ((key, text),) = page.evaluate(STORED)
    assert key == f"vademecum {urlsplit(host.url).path} recent"
    return json.loads(text)


def listed(page: Page, host: PagesHost) -> list[str]:
    """The addresses in the list, below the site."""
    links: list[str] = page.locator(LINKS).evaluate_all("links => links.map(link => link.href)")
    return [link.removeprefix(host.url) for link in links]


def test_until_it_is_switched_on_nothing_is_stored(page: Page, host: PagesHost) -> None:
    """The switch is off by default; reading, and a reader who does not touch it, leave nothing on the device."""
    for uri in ("", OVERVIEW, DOSE, PAGE_KINDS["table"], OVERVIEW):
        page.goto(host.url + uri)
    page.locator(SWITCH).wait_for()
    assert not page.locator(SWITCH).is_checked()
    assert page.locator(LINKS).count() == 0
    assert page.locator(CLEAR).is_hidden()
    assert page.evaluate(STORED) == []


def test_the_last_eight_pages_are_listed_newest_first(page: Page, host: PagesHost) -> None:
    """Each page once, the newest first, at most eight, under its title; neither home nor the guideline's first page."""
    turn_on(page, host.url)
    kinds = [name for name in PAGE_KINDS if name not in {"home", "overview", "not-found"}]
    visits = [PAGE_KINDS[name] for name in (*kinds[:9], kinds[3])]
    for count, uri in enumerate(visits, 1):
        page.goto(host.url + uri)
        if count in (7, 8, 9):
            assert len(stored(page, host)) == min(count, 8)
    expected = [visits[-1], *reversed([uri for uri in visits[:-1] if uri != visits[-1]])][:8]
    for board in ("", OVERVIEW):
        page.goto(host.url + board)
        page.locator(LINKS).first.wait_for()
        assert listed(page, host) == expected
    assert [path for path, _ in stored(page, host)] == expected
    titles = page.locator(f"{LINKS} .vm-tap__label").all_inner_texts()
    page.get_by_role("navigation", name="最近看过").get_by_role("link", name=titles[1]).click()
    page.wait_for_url(host.url + expected[1])
    assert page.title().startswith(titles[1])


def test_what_is_typed_chosen_or_behind_the_address_is_not_stored(page: Page, host: PagesHost) -> None:
    """After a calculation, a pathway's answer, a query and a fragment the list has two addresses and titles only."""
    turn_on(page, host.url)
    page.goto(f"{host.url}{DOSE}?age=70&drug=zoledronic-acid#weight=61.5")
    fill_dose(page, "zoledronic-acid", "70", "45")
    page.goto(host.url + PAGE_KINDS["pathway"])
    page.locator("button.vm-guide__option").first.click()
    found = stored(page, host)
    assert [path for path, _ in found] == [PAGE_KINDS["pathway"], DOSE]
    assert all(isinstance(title, str) and "?" not in title and "#" not in title for _, title in found)
    assert [len(entry) for entry in found] == [2, 2]


def test_one_tap_turns_it_off_and_clears_it(page: Page, host: PagesHost) -> None:
    """The button and the switch both leave nothing, also when reached by keyboard alone; later pages are not noted."""
    for off in (CLEAR, SWITCH):
        turn_on(page, host.url)
        page.goto(host.url + DOSE)
        page.go_back()
        page.locator(LINKS).wait_for()
        page.locator(off).focus()
        page.keyboard.press("Space")
        assert page.evaluate(STORED) == []
        assert not page.locator(SWITCH).is_checked()
        assert page.evaluate("document.activeElement.role") == "switch"
        assert page.locator(f"{BLOCK} nav").is_hidden()
        page.goto(host.url + DOSE)
        assert page.evaluate(STORED) == []


def test_what_is_removed_from_the_device_is_this_too(page: Page, host: PagesHost) -> None:
    """The button that takes the kept site away clears the list, and the page shows that."""
    turn_on(page, host.url)
    page.goto(host.url + DOSE)
    keep(page, host.url)
    page.locator(LINKS).wait_for()
    page.click("[data-keep] button:text-is('从本机删除')")
    page.wait_for_selector("[data-keep]:has-text('已从本机全部删除')")
    assert page.evaluate(STORED) == []
    assert not page.locator(SWITCH).is_checked()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("nothing", []),
        ("[5]", []),
        ('[["https://elsewhere.test/", "x"], ["../../", "up"]]', ["https://elsewhere.test/"]),
        (f'[["{GUIDELINE}/gone/", "<b>gone</b>"]]', [f"{GUIDELINE}/gone/"]),
    ],
)
def test_a_list_that_is_not_ours_does_no_harm(page: Page, host: PagesHost, text: str, shown: list[str]) -> None:
    """Damaged text begins anew, no entry leads out of the site or brings markup, and the next page is noted as ever."""
    turn_on(page, host.url)
    page.evaluate(
        "text => localStorage.setItem(Object.keys(localStorage).find(key => / recent$/.test(key)), text)", text
    )
    page.goto(host.url)
    page.locator(SWITCH).wait_for()
    assert listed(page, host) == shown
    assert page.locator(f"{LINKS} b").count() == 0
    page.goto(host.url + DOSE)
    page.goto(host.url)
    page.locator(LINKS).first.wait_for()
    assert listed(page, host) == [DOSE, *shown]


@pytest.mark.parametrize("uri", ["", OVERVIEW, DOSE])
def test_where_storage_is_refused_there_is_no_switch(page: Page, host: PagesHost, uri: str) -> None:
    """Even to look throws: no error, nothing of it is shown, and the page is as ever."""
    page.add_init_script(REFUSING)
    page.goto(host.url + uri, wait_until="load")
    assert page.locator(f"{BLOCK}:visible").count() == 0
    assert page.locator("h1").first.is_visible()


def test_where_nothing_can_be_written_the_switch_says_so(page: Page, host: PagesHost) -> None:
    """A browser that lets a page look but not write: the switch goes back, and a sentence says why."""
    page.add_init_script(READING_ONLY)
    page.goto(host.url)
    page.locator(SWITCH).click()
    assert not page.locator(SWITCH).is_checked()
    assert page.locator(SWITCH).is_disabled()
    assert "浏览器不允许" in page.locator(f"{BLOCK} p").inner_text()


def test_it_works_without_a_secure_address(browser: Browser, site_url: str) -> None:
    """On a ward's own server over http, where nothing can be kept for offline use, the list works."""
    page = browser.new_context().new_page()
    url = site_url.replace("localhost", "ward.test")
    turn_on(page, url)
    page.goto(url + DOSE)
    page.goto(url)
    page.locator(LINKS).wait_for()
    assert page.locator(LINKS).get_attribute("href") == url + DOSE
    assert not page.evaluate("isSecureContext")
    page.context.close()
