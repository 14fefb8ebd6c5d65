"""Tables in Chromium: cards on a phone, heads that stay in sight on a wide screen."""

from collections.abc import Iterator

import pytest
from pages_of_site import GUIDELINE, PAGE_KINDS
from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A wide screen that is not high."""
    context = browser.new_context(viewport={"width": 1280, "height": 500})
    yield context
    context.close()


@pytest.mark.parametrize("width", [360, 390])
@pytest.mark.parametrize("table", ["bma-dosing", "adverse-events"])
def test_a_table_becomes_cards_on_a_phone(phone: BrowserContext, site_url: str, width: int, table: str) -> None:
    """On a phone each row is a card with its name first; every cell carries its column's label, nothing is cut off."""
    page = phone.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(f"{site_url}{GUIDELINE}/tables/{table}/")
    heads = page.eval_on_selector_all(".vm-grid thead th", "all => all.map(head => head.firstChild.textContent)")
    cards = page.evaluate(
        """() => [...document.querySelectorAll('.vm-grid tbody tr')].map((row) => [...row.children].map((cell) => ({
          name: cell.localName, top: cell.getBoundingClientRect().top, left: cell.getBoundingClientRect().left,
          right: cell.getBoundingClientRect().right, label: getComputedStyle(cell, '::before').content.slice(1, -1),
          cut: cell.scrollWidth > cell.clientWidth + 1,
        })))"""
    )
    for card in cards:
        assert [cell["label"] for cell in card] == heads
        assert min(card, key=lambda cell: cell["top"])["name"] == "th"
        assert len({cell["left"] for cell in card}) == 1
        assert max(cell["right"] for cell in card) <= width
        assert not any(cell["cut"] for cell in card)
    if table == "bma-dosing":
        assert page.locator(".vm-note[id]").first.is_visible()
        assert "10 mg" in page.inner_text("#bma-dosing--incadronate")


def test_the_heads_of_a_table_stay_in_sight(desk: BrowserContext, site_url: str) -> None:
    """On a wide screen the heads of a long table stay below the page's own head while its rows go by."""
    page = desk.new_page()
    page.goto(site_url + PAGE_KINDS["table"])
    page.evaluate("scrollTo(0, document.querySelector('#adverse-events--nephrotoxicity').offsetTop + 400)")
    page.wait_for_timeout(200)
    head = page.locator(".vm-grid thead th").first.bounding_box()
    banner = page.locator(".md-header").bounding_box()
    assert head
    assert banner
    assert head["y"] == pytest.approx(banner["y"] + banner["height"], abs=2)
