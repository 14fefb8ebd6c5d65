"""The built site in Chromium: it stays on its own host, fits a phone, and links lead somewhere."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pages_of_site import GUIDELINE, PAGE_KINDS, Visit, fill_dose, kind, without_policy
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a profile of its own."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def tour(page: Page, root: str, suffix: str) -> None:
    """Open a page of each kind, use the search and a calculator, as far as the address allows."""
    for address in PAGE_KINDS.values():
        page.goto(root + address + (suffix if address.endswith("/") or not address else ""))
        page.wait_for_timeout(150)
    page.goto(root + suffix)
    page.click("header [data-search-open]")
    page.fill(".vm-search__field", "唑来膦酸")
    page.wait_for_selector(".vm-search__item")


def test_no_request_leaves_the_site_over_http(page: Page, site_url: str) -> None:
    """Each page kind, the search and a calculator that runs ask nothing of any other host."""
    visit = Visit(page.context, urlsplit(site_url).netloc)
    tour(page, site_url, "")
    page.goto(site_url + PAGE_KINDS["dose-calculator"])
    fill_dose(page, "zoledronic-acid", "70", "45")
    assert kind(page) == "at_most"
    assert any(url.endswith(".wasm.gz") for url in visit.asked)
    assert visit.foreign() == []


def test_no_request_leaves_the_site_from_a_folder(page: Page, built_site: Path) -> None:
    """Opened from a folder, no page kind and no search asks anything of a host."""
    visit = Visit(page.context)
    tour(page, f"{built_site.as_uri()}/", "index.html")
    assert len(visit.asked) > len(PAGE_KINDS)
    assert visit.foreign() == []


def answer_with(html: str, route: Route) -> None:
    """Answer a request for a page with another text."""
    route.fulfill(body=html, content_type="text/html")


@pytest.mark.parametrize(
    "plant", ["<img src='http://elsewhere.test/x.png'>", "<script>fetch('http://elsewhere.test/y')</script>"]
)
def test_a_planted_request_to_another_host_is_seen(page: Page, site_url: str, built_site: Path, plant: str) -> None:
    """The tests above can fail: a request planted in a page is reported, once the policy no longer stops it."""
    for root, own, suffix in (
        (site_url, urlsplit(site_url).netloc, ""),
        (f"{built_site.as_uri()}/", "", "index.html"),
    ):
        visit = Visit(page.context, own)
        address = root + PAGE_KINDS["about"] + suffix
        html = without_policy((built_site / PAGE_KINDS["about"] / "index.html").read_text("utf-8"))
        html = html.replace("</body>", plant + "</body>")
        page.route(address, partial(answer_with, html))
        page.goto(address)
        page.wait_for_timeout(300)
        assert any("elsewhere.test" in url for url in visit.foreign())


@pytest.mark.parametrize("address", PAGE_KINDS.values(), ids=PAGE_KINDS.keys())
@pytest.mark.parametrize("width", [360, 390])
def test_a_page_fits_a_phone(page: Page, site_url: str, address: str, width: int) -> None:
    """No page kind is wider than the screen of a phone."""
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(site_url + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_page_has_a_script_error(page: Page, site_url: str) -> None:
    """No page kind throws in the console."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for address in PAGE_KINDS.values():
        page.goto(site_url + address)
        page.wait_for_timeout(100)
    assert errors == []


def test_the_menu_shows_this_guideline_only(page: Page, site_url: str) -> None:
    """The navigation of a guideline's page lists its own pages, and the logo leads home."""
    page.goto(site_url + PAGE_KINDS["section"])
    links = page.eval_on_selector_all(".md-nav--primary .md-nav__link[href]", "all => all.map(a => a.href)")
    assert links
    assert all(f"/{GUIDELINE}/" in link for link in links)
    assert page.eval_on_selector("a.md-logo", "a => a.href") == site_url


def test_the_bedside_board_leads_to_its_targets(page: Page, site_url: str) -> None:
    """Every tap of the board leads to a page that has its anchor."""
    page.goto(site_url + PAGE_KINDS["overview"])
    targets = page.eval_on_selector_all(".vm-board .vm-tap", "all => all.map(a => a.href)")
    assert len(targets) > 20
    for target in targets:
        response = page.goto(target)
        assert response is None or response.ok
        anchor = urlsplit(target).fragment
        assert not anchor or page.locator(f"[id='{anchor}']").count() == 1
