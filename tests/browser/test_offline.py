"""The site without a network: kept on one visit, whole, and gone when the reader says so."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from engines import Engine, chosen, start
from offline_site import (
    CONTROL,
    DOSE,
    KEEP,
    READING_KEPT,
    answers,
    cache_names,
    edition,
    editions_kept,
    keep,
    kept_hashes,
    pages,
    phone,
    registrations,
    wait_until,
)
from pages_host import PagesHost
from pages_of_site import GUIDELINE, PAGE_KINDS, Visit, fill_dose, kind
from playwright.sync_api import Browser, BrowserContext, Page

from generator import bundles

pytestmark = pytest.mark.browser

WEIXIN = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126 Mobile Safari/537.36 MicroMessenger/8.0.50"

SEARCH = """
document.querySelector('header [data-search-open]').click();
for (let tries = 0; tries < 200 && !document.querySelector('.vm-search__field'); tries += 1) {
  await new Promise((resolve) => setTimeout(resolve, 50));
}
const field = document.querySelector('.vm-search__field');
field.value = given;
field.dispatchEvent(new Event('input', { bubbles: true }));
"""

FILL = """
const form = document.querySelector('calculator-form form');
for (const [name, value] of Object.entries(given)) {
  const field = form.querySelector(`[name="${name}"]`);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
form.querySelector('button[type=submit]').click();
"""

WALK = """
const shown = (selector) => document.querySelector(selector);
for (let step = 0; step < 20 && !shown('.vm-guide--advice, .vm-guide--not_stated'); step += 1) {
  const option = shown('button.vm-guide__option');
  const asked = shown('.vm-guide__question')?.textContent;
  option?.click();
  for (let tries = 0; tries < 100 && shown('.vm-guide__question')?.textContent === asked; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
return shown('.vm-guide--advice, .vm-guide--not_stated')?.textContent ?? '';
"""


@pytest.fixture
def host(built_site: Path) -> Iterator[PagesHost]:
    """The built site below the path of a project, at an address that no browser has seen."""
    with PagesHost(built_site) as made:
        yield made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A profile of its own the size of a phone."""
    made = phone(browser)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page in it."""
    return context.new_page()


@pytest.fixture(scope="module", params=chosen())
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each engine that `ENGINES` asks for."""
    with start(request.param, lambda: request.getfixturevalue("browser")) as made:
        yield made


def test_one_visit_is_enough_to_do_without_the_network(engine: Engine, host: PagesHost, built_site: Path) -> None:
    """After one visit and a tap on 'keep for offline' each page of its language opens; search and answers work."""
    engine.open(host.url)
    engine.wait("document.querySelector('[data-keep]:not([hidden]) button')")
    engine.run("document.querySelector('[data-keep] button').click()")
    engine.wait("document.querySelector('[data-keep]').textContent.includes('已完整保存到本机')")
    assert edition(built_site) in engine.run("return document.querySelector('[data-keep]').textContent")
    host.stop()
    asked = len(host.asked)
    for address in pages(built_site):
        engine.open(host.url + address)
        html = (built_site / address / "index.html").read_text("utf-8")
        title, sheets = engine.run(
            "return [document.title, [...document.styleSheets].filter((one) => one.cssRules.length).length]"
        )
        assert f"<title>{title}</title>" in html
        assert sheets >= 3
    engine.open(host.url)
    engine.run(SEARCH, "唑来膦酸")
    engine.wait("document.querySelectorAll('.vm-search__item').length > 0")
    engine.open(host.url + DOSE)
    engine.run(FILL, {"drug": "zoledronic-acid", "age": "70", "crcl": "45"})
    engine.wait("document.querySelector('[data-answer].vm-answer--at_most')")
    engine.open(f"{host.url}{GUIDELINE}/pathways/diagnosis/")
    engine.wait("document.querySelector('button.vm-guide__option')")
    assert engine.run(WALK)
    assert host.asked[asked:] == []


def test_reading_pages_are_kept_on_the_first_visit(page: Page, host: PagesHost, built_site: Path) -> None:
    """A page that was only looked at brings its guideline's pages with it: they open offline, without Python."""
    page.goto(host.url + PAGE_KINDS["section"])
    wait_until(page, READING_KEPT)
    assert not [path for path in host.asked if "/runtime/" in path or "payload" in path]
    host.stop()
    for address in pages(built_site):
        answered = page.goto(host.url + address)
        assert answered
        assert answered.status == 200
    page.goto(host.url + DOSE)
    assert page.is_visible("#row-zoledronic-acid-below-30")
    page.wait_for_selector("[data-python]:has-text('网络中断')")


def test_nothing_is_fetched_ahead_where_data_is_dear(browser: Browser, host: PagesHost) -> None:
    """With data saving on, a visit keeps nothing by itself; a tap names the size before it downloads."""
    context = phone(browser)
    context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page = context.new_page()
    page.goto(host.url)
    page.wait_for_timeout(2_500)
    assert cache_names(page) == []
    assert registrations(page) == 0
    page.click(KEEP)
    page.wait_for_selector(f"{CONTROL}:has-text('全部下载约 5.')")
    assert not [path for path in host.asked if "/runtime/" in path]
    page.click(f"{CONTROL} button:text-is('下载')")
    page.wait_for_selector(f"{CONTROL}:has-text('已完整保存到本机')", timeout=60_000)
    context.close()


def test_addresses_are_read_as_a_static_host_reads_them(page: Page, host: PagesHost, built_site: Path) -> None:
    """Offline, a query, `index.html`, a missing slash and an unknown address get what the host would give."""
    keep(page, host.url)
    host.stop()
    table = f"{GUIDELINE}/tables/adverse-events"
    for address in (f"{table}/", f"{table}/?from=qr", f"{table}/index.html", table):
        answered = page.goto(host.url + address)
        assert answered
        assert answered.status == 200
        assert "表 2" in page.title()
    assert page.url == f"{host.url}{table}/"
    page.goto(f"{host.url}{GUIDELINE}/no/such/page/")
    assert "没有网络" in page.inner_text("h1:visible")
    page.wait_for_selector(f"{CONTROL} a:has-text('肺癌骨转移')")
    assert page.eval_on_selector_all("link[rel=stylesheet]", "all => all.every((one) => one.sheet)")
    page.click(f"{CONTROL} a")
    page.wait_for_url(f"{host.url}{GUIDELINE}/")


def test_a_worker_asked_for_with_a_query_is_not_answered_from_the_device(page: Page, host: PagesHost) -> None:
    """A script of a worker keeps its query: with one, it is not answered from a cache; without one, it is."""
    keep(page, host.url)
    host.stop()
    page.goto(host.url + DOSE)
    tried = """async (query) => {
      const { worker } = JSON.parse(document.getElementById('vademecum-python').textContent);
      const made = new Worker(worker + query, { type: 'module' });
      return new Promise((resolve) => {
        made.onerror = () => resolve('refused');
        made.onmessage = () => resolve('answered');
        made.postMessage({ type: 'start', protocol: -1 });
      });
    }"""
    assert page.evaluate(tried, "") == "answered"
    assert page.evaluate(tried, "?python=cold") == "refused"


def test_a_kept_site_asks_no_one_else_and_stores_nothing_else(context: BrowserContext, host: PagesHost) -> None:
    """All that is kept is in the caches: no cookie, no other storage but the theme's colours, no other host asked."""
    visit = Visit(context, urlsplit(host.url).netloc)
    page = context.new_page()
    keep(page, host.url)
    page.goto(host.url + DOSE)
    fill_dose(page, "zoledronic-acid", "70", "45")
    assert kind(page) == "at_most"
    others = page.evaluate(
        """async () => [
          ...Object.keys(localStorage).filter((key) => !key.endsWith('.__palette')),
          ...Object.keys(sessionStorage),
          ...(await indexedDB.databases()),
        ]"""
    )
    assert others == []
    assert context.cookies() == []
    assert visit.foreign() == []


def test_what_was_to_come_later_does_not_come_after_removal(page: Page, host: PagesHost) -> None:
    """On a busy device the page's own keeping comes late; once the reader has removed everything it does not come."""
    page.add_init_script("window.requestIdleCallback = (act) => { window.later = act; }")
    keep(page, host.url)
    page.wait_for_function("() => Boolean(window.later)")
    page.click(f"{CONTROL} button:text-is('从本机删除')")
    page.wait_for_selector(f"{CONTROL}:has-text('已从本机全部删除')")
    page.evaluate("() => window.later()")
    page.wait_for_timeout(1_000)
    assert (cache_names(page), registrations(page)) == ([], 0)


def test_removal_leaves_nothing(page: Page, host: PagesHost) -> None:
    """One tap removes every cache, that of the started Python too, and the worker; the page says so and still works."""
    keep(page, host.url)
    page.evaluate("caches.open('vademecum-snapshot').then((cache) => cache.put('/x', new Response('x')))")
    page.evaluate("caches.open('of-another-site')")
    page.click(f"{CONTROL} button:text-is('从本机删除')")
    page.wait_for_selector(f"{CONTROL}:has-text('已从本机全部删除')")
    assert cache_names(page) == ["of-another-site"]
    assert registrations(page) == 0
    page.wait_for_timeout(2_500)
    assert cache_names(page) == ["of-another-site"]
    answered = page.goto(host.url + DOSE)
    assert answered
    assert answered.status == 200


@pytest.mark.parametrize(
    ("agent", "workers", "says"),
    [
        (WEIXIN, False, "在浏览器打开"),
        (WEIXIN, True, "保存到本机离线使用"),
        (None, False, "不能把网页保存到本机"),
    ],
    ids=["in WeChat", "in WeChat with workers", "an old browser"],
)
def test_where_nothing_can_be_kept_no_button_is_broken(
    browser: Browser, host: PagesHost, agent: str | None, workers: bool, says: str
) -> None:
    """Without service workers a sentence stands in place of the button; what a browser can do counts, not its name."""
    context = phone(browser, user_agent=agent)
    if not workers:
        context.add_init_script("delete Navigator.prototype.serviceWorker")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for address in ("", f"{GUIDELINE}/", PAGE_KINDS["about"]):
        page.goto(host.url + address)
        page.wait_for_selector(f"{CONTROL}:has-text('{says}')")
        assert page.locator(f"{CONTROL} button").count() == int(workers)
    page.goto(host.url + DOSE)
    fill_dose(page, "zoledronic-acid", "70", "45")
    assert kind(page) == "at_most"
    assert errors == []
    context.close()


def test_live_reload_takes_away_what_an_earlier_site_left(
    page: Page, host: PagesHost, built_site: Path, tmp_path: Path
) -> None:
    """Where the site has withdrawn its worker, the next visit shows the live page, and caches and worker are gone."""
    keep(page, host.url)
    assert editions_kept(page) == [edition(built_site)]
    (tmp_path / "index.html").write_text("<!doctype html><title>live</title>live", encoding="utf-8")
    (tmp_path / "sw.js").write_bytes(bundles.join("withdrawn/sw.js", [Path(__file__).parents[2] / "site_overrides"]))
    host.publish(tmp_path)
    page.goto(host.url)
    page.wait_for_function("() => document.title === 'live'")
    wait_until(page, "caches.keys().then((all) => all.length === 0)")
    assert registrations(page) == 0


def test_what_is_kept_is_what_was_built(page: Page, host: PagesHost, built_site: Path) -> None:
    """Every kept file is answered byte for byte as it was built, though text travelled compressed."""
    keep(page, host.url)
    host.stop()
    page.goto(host.url)
    assert answers(page, host.url, list(kept_hashes(built_site))) == kept_hashes(built_site)
