"""A reader has the old edition whole or the new one whole, and says when to change."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from offline_site import (
    BAR,
    CONTROL,
    DOSE,
    READING_KEPT,
    answers,
    build_second_edition,
    control_says,
    edition,
    editions_kept,
    keep,
    kept_hashes,
    phone,
    wait_until,
)
from pages_host import PagesHost
from pages_of_site import GUIDELINE, PAGE_KINDS, fill_dose, kind
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

USE = f"{BAR} button:text-is('换用新版')"
ABOUT = f"{GUIDELINE}/about/"


@pytest.fixture(scope="session")
def second_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site's next edition: another text, another script, another style."""
    return build_second_edition(tmp_path_factory.mktemp("second"))


@pytest.fixture
def host(built_site: Path) -> Iterator[PagesHost]:
    """The first edition, published."""
    with PagesHost(built_site) as made:
        yield made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A profile of its own."""
    made = phone(browser)
    yield made
    made.close()


def is_whole(page: Page, root: str, site: Path) -> bool:
    """Whether a device answers every file of an edition as that edition has it."""
    expected = kept_hashes(site)
    return answers(page, root, list(expected)) == expected


def test_the_two_editions_differ_where_a_mixture_would_show(built_site: Path, second_edition: Path) -> None:
    """The second edition has other pages, another payload, another search index, and other names of scripts."""
    first, second = kept_hashes(built_site), kept_hashes(second_edition)
    changed = {path for path in first if second.get(path) != first[path]}
    assert {"index.html", f"{GUIDELINE}/payload.json", f"{GUIDELINE}/about/index.html"} <= changed
    assert {path for path in changed if path not in second and "/python." in path}
    assert edition(built_site) != edition(second_edition)


def test_an_update_that_is_cut_leaves_the_old_edition_whole(
    context: BrowserContext, host: PagesHost, built_site: Path, second_edition: Path
) -> None:
    """Cut half way the old edition stays whole, with a network and without; finished, the reader changes with a tap."""
    page = context.new_page()
    keep(page, host.url)
    host.publish(second_edition)
    host.faults["pathways/"] = "cut"
    kept = len(host.asked)

    page.goto(host.url + DOSE)
    while not any("/pathways/" in path for path in host.asked[kept:]):
        page.wait_for_timeout(50)
    wait_until(page, "navigator.locks.query().then(({ held }) => held.length === 0)")
    assert editions_kept(page) == sorted([edition(built_site), edition(second_edition)])
    assert page.locator(BAR).count() == 0
    assert is_whole(page, host.url, built_site)
    host.stop()
    assert is_whole(page, host.url, built_site)
    page.goto(host.url + DOSE)
    fill_dose(page, "zoledronic-acid", "70", "45")
    assert kind(page) == "at_most"

    host.faults.clear()
    host.start()
    page.goto(host.url + DOSE)
    page.fill("[name=age]", "70")
    page.wait_for_selector(USE)
    assert page.input_value("[name=age]") == "70"
    assert is_whole(page, host.url, built_site)
    with page.expect_navigation():
        page.click(USE)
    assert is_whole(page, host.url, second_edition)
    host.stop()
    page.goto(host.url + ABOUT)
    assert "1.0.1" in page.inner_text("main")
    assert is_whole(page, host.url, second_edition)
    page.goto(host.url)
    page.wait_for_selector(f"{CONTROL}:has-text('已完整保存到本机')")
    assert edition(second_edition) in control_says(page)
    page.goto(host.url + DOSE)
    fill_dose(page, "zoledronic-acid", "70", "45")
    assert kind(page) == "at_most"


def test_a_look_that_began_before_the_change_does_not_undo_it(
    context: BrowserContext, host: PagesHost, second_edition: Path
) -> None:
    """A look for a newer edition that ends after the reader has changed to it leaves the new edition in use."""
    page = context.new_page()
    page.goto(host.url + PAGE_KINDS["section"])
    wait_until(page, READING_KEPT)
    host.publish(second_edition)
    page.goto(host.url + ABOUT)
    page.wait_for_selector(USE)
    wait_until(page, "navigator.locks.query().then(({ held }) => held.length === 0)")
    host.faults["edition.json"] = "late"
    asked = len(host.asked)
    page.evaluate("Vademecum.offline.look(true)")
    while not any("edition.json" in path for path in host.asked[asked:]):
        page.wait_for_timeout(50)
    with page.expect_navigation():
        page.click(USE)
    assert "1.0.1" in page.inner_text("main")
    host.released.set()
    wait_until(page, "navigator.locks.query().then(({ held }) => held.length === 0)")
    page.goto(host.url + ABOUT)
    assert "1.0.1" in page.inner_text("main")
    assert page.locator(BAR).count() == 0


def test_another_tab_is_told_and_not_reloaded(context: BrowserContext, host: PagesHost, second_edition: Path) -> None:
    """A page of the old edition in another tab stays as it is, is told of the change, and the old edition then goes."""
    page, other = context.new_page(), context.new_page()
    page.goto(host.url + PAGE_KINDS["section"])
    wait_until(page, READING_KEPT)
    other.goto(host.url + DOSE)
    other.fill("[name=age]", "70")
    host.publish(second_edition)
    page.goto(host.url + ABOUT)
    page.wait_for_selector(USE)
    other.wait_for_selector(USE)
    with page.expect_navigation():
        page.click(USE)
    assert "1.0.1" in page.inner_text("main")
    other.wait_for_selector(f"{BAR}:has-text('这一页还是旧版')")
    assert other.input_value("[name=age]") == "70"
    other.close()
    page.goto(host.url + ABOUT)
    wait_until(page, "caches.keys().then((all) => all.filter((name) => name.includes(' edition ')).length === 1)")
    assert editions_kept(page) == [edition(second_edition)]


def test_a_new_edition_is_used_when_the_site_is_opened_anew(
    context: BrowserContext, host: PagesHost, second_edition: Path
) -> None:
    """Once no page of the site is open, the next one is of the new edition without a question."""
    page = context.new_page()
    page.goto(host.url + ABOUT)
    wait_until(page, READING_KEPT)
    host.publish(second_edition)
    page.reload()
    page.wait_for_selector(USE)
    assert "1.0.1" not in page.inner_text("main")
    page.close()
    page = context.new_page()
    page.goto(host.url + ABOUT)
    assert "1.0.1" in page.inner_text("main")


def test_where_data_is_dear_a_new_edition_is_offered_and_not_fetched(
    browser: Browser, host: PagesHost, second_edition: Path
) -> None:
    """With data saving on the bar names the size of the new edition; a tap fetches it, another one uses it."""
    context = phone(browser)
    page = context.new_page()
    page.goto(host.url + PAGE_KINDS["section"])
    wait_until(page, READING_KEPT)
    host.publish(second_edition)
    context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page.goto(host.url + ABOUT)
    page.wait_for_selector(f"{BAR}:has-text('本站有新版本（约 0.')")
    assert len(editions_kept(page)) == 1
    page.click(f"{BAR} button:text-is('下载新版')")
    page.wait_for_selector(USE)
    with page.expect_navigation():
        page.click(USE)
    assert "1.0.1" in page.inner_text("main")
    context.close()
