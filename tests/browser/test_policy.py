"""The content policy in Chromium: nothing of the site breaks it, and what is planted in a page does not run."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from pages_of_site import GUIDELINE, PAGE_KINDS, answer, fill_dose, kind
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

pytestmark = pytest.mark.browser

NOTE = """
  window.refused = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    window.refused.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample} ${event.lineNumber}`);
  });
"""

# What is put before </body>, and the directive that must stop it. A planted thing that got through sets window.planted
# or asks something of elsewhere.test.
PLANTS = {
    "inline script": ("<script>window.planted = 1</script>", "script-src-elem"),
    "script of another host": ("<script src='http://elsewhere.test/x.js'></script>", "script-src-elem"),
    "script in a data address": ("<script src='data:text/javascript,window.planted=1'></script>", "script-src-elem"),
    "handler": ("<img src='missing.png' onerror='window.planted = 1'>", "script-src-attr"),
    "javascript address": (
        "<a id='plant' href='javascript:window.planted=1'>x</a><script src='click.js'></script>",
        "script-src-elem",
    ),
    "eval": ("<script src='eval.js'></script>", "script-src"),
    "image of another host": ("<img src='http://elsewhere.test/x.png'>", "img-src"),
    "style attribute": ("<p style='color: red'>x</p>", "style-src-attr"),
    "style element": ("<style>p { color: red }</style>", "style-src-elem"),
    "style sheet of another host": ("<link rel=stylesheet href='http://elsewhere.test/x.css'>", "style-src-elem"),
    "frame": ("<iframe src='http://elsewhere.test/'></iframe>", "frame-src"),
    "object": ("<object data='http://elsewhere.test/x'></object>", "object-src"),
    "base": ("<base href='http://elsewhere.test/'>", "base-uri"),
    "form": (
        "<form id='plant-form' action='http://elsewhere.test/'></form><script src='submit.js'></script>",
        "form-action",
    ),
    "request": ("<script src='fetch.js'></script>", "connect-src"),
    "socket": ("<script src='socket.js'></script>", "connect-src"),
}

# Scripts of the site's own host, as an attacker who could put a file there, or a fault in one of ours, would have them.
OWN_SCRIPTS = {
    "click.js": "document.getElementById('plant').click()",
    "eval.js": "try { eval('window.planted = 1') } catch (error) { window.error = error.name }",
    "submit.js": "addEventListener('load', () => setTimeout(() => document.getElementById('plant-form').submit()))",
    "fetch.js": "fetch('http://elsewhere.test/').catch(() => {})",
    "socket.js": "try { new WebSocket('ws://elsewhere.test/') } catch {}",
}

# All of them shorter than the field's limit of 64 characters, beyond which a link fills in nothing.
PAYLOADS = [
    "<script>window.planted=1</script>",
    "<img src=x onerror=window.planted=1>",
    '"><svg/onload=window.planted=1>',
    "'-(window.planted=1)-'",
    "javascript:window.planted=1",
    "</textarea><iframe srcdoc='<script>parent.planted=1</script>'>",
    "{{constructor.constructor('window.planted=1')()}}",
    "45\u2028<style>*{display:none}</style>\u202e",
]


@dataclass
class Watch:
    """What a policy refused in a browser context, as the pages and the console tell it."""

    context: BrowserContext
    console: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(NOTE)
        self.context.on("console", self._hear)
        self.context.route("http://elsewhere.test/**", self._leave)

    def _leave(self, route: Route) -> None:
        # The browser reports a request that the policy stops, too; only one that goes out comes here.
        self.left.append(route.request.url)
        route.abort()

    def _hear(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.console.append(message.text)


def refused(page: Page) -> list[str]:
    """What the policy has refused in a page since it was opened."""
    return list(page.evaluate("window.refused"))


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    """A profile of its own the size of a phone, watched."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield Watch(context)
    context.close()


@pytest.mark.parametrize("address", PAGE_KINDS.values(), ids=PAGE_KINDS.keys())
def test_a_page_keeps_to_its_policy(watch: Watch, site_url: str, address: str) -> None:
    """A page of each kind, with its palette toggled and the search used, breaks no rule of its policy."""
    page = watch.context.new_page()
    page.goto(site_url + address)
    assert page.get_attribute("meta[http-equiv='Content-Security-Policy']", "content")
    before = page.get_attribute("body", "data-md-color-scheme")
    page.click("[data-md-component=palette] label:not([hidden])")
    assert page.get_attribute("body", "data-md-color-scheme") != before
    page.click("header [data-search-open]")
    page.fill(".vm-search__field", "地舒单抗发生率")
    page.wait_for_selector(".vm-search__item")
    assert refused(page) == []
    with page.expect_navigation():  # to the first result
        page.keyboard.press("Enter")
    assert refused(page) == []
    assert watch.console == []


def test_a_calculator_and_its_cases_keep_to_the_policy(watch: Watch, site_url: str) -> None:
    """Python starts, a dose is calculated and copied and the worked cases run without a breach of the policy."""
    page = watch.context.new_page()
    page.goto(site_url + PAGE_KINDS["dose-calculator"])
    fill_dose(page, "zoledronic-acid", "70", "45")
    assert kind(page) == "at_most"
    page.click("text=复制为文本")
    page.wait_for_selector("text=已复制")
    page.click("worked-cases [data-run]")
    page.wait_for_selector("worked-cases [data-status]:has-text('通过')", timeout=60_000)
    assert refused(page) == []
    assert watch.console == []


def test_a_walk_through_a_pathway_keeps_to_the_policy(watch: Watch, site_url: str) -> None:
    """A pathway is walked to its advice, option by option, without a breach of the policy."""
    page = watch.context.new_page()
    page.goto(f"{site_url}{GUIDELINE}/pathways/diagnosis/")
    for _ in range(12):
        page.wait_for_selector("button.vm-guide__option, .vm-guide--advice, .vm-guide--not_stated", timeout=60_000)
        if not page.query_selector("button.vm-guide__option"):
            break
        asked = page.inner_text(".vm-guide__question")
        page.click("button.vm-guide__option")
        page.wait_for_selector(f".vm-guide__question:not(:text-is('{asked}'))")
    assert page.query_selector(".vm-guide--advice, .vm-guide--not_stated")
    assert refused(page) == []
    assert watch.console == []


def test_opened_from_a_folder_the_site_keeps_to_its_policy(watch: Watch, built_site: Path) -> None:
    """From file:// too the style sheets and scripts of the site are its own: they load, and nothing is refused."""
    page = watch.context.new_page()
    page.goto((built_site / PAGE_KINDS["section"] / "index.html").as_uri())
    page.wait_for_selector("html.js")
    sheets = page.eval_on_selector_all("link[rel=stylesheet]", "all => all.map(one => Boolean(one.sheet))")
    assert sheets
    assert all(sheets)
    assert refused(page) == []
    assert watch.console == []


def plant_in(page: Page, site_url: str, built_site: Path, plant: str) -> None:
    """Open the page about the guideline with something planted at its end."""
    address = site_url + PAGE_KINDS["about"]
    html = (built_site / PAGE_KINDS["about"] / "index.html").read_text("utf-8")

    def answer_page(route: Route) -> None:
        route.fulfill(body=html.replace("</body>", f"{plant}</body>"), content_type="text/html")

    def answer_script(route: Route) -> None:
        route.fulfill(body=OWN_SCRIPTS[route.request.url.rpartition("/")[2]], content_type="text/javascript")

    page.route(address, answer_page)
    for name in OWN_SCRIPTS:
        page.route(address + name, answer_script)
    page.goto(address)
    page.wait_for_timeout(200)


@pytest.mark.parametrize(("plant", "directive"), PLANTS.values(), ids=PLANTS.keys())
def test_what_is_planted_in_a_page_is_stopped(
    watch: Watch, site_url: str, built_site: Path, plant: str, directive: str
) -> None:
    """Something planted in a page does not run and asks nothing of another host, and the refusal is reported."""
    page = watch.context.new_page()
    plant_in(page, site_url, built_site, plant)
    assert page.evaluate("window.planted") is None
    assert watch.left == []
    assert [line for line in refused(page) if line.startswith(f"{directive}:")]


def test_a_script_like_the_themes_own_is_stopped(watch: Watch, site_url: str, built_site: Path) -> None:
    """A planted script that differs from one of the theme's by one character does not run."""
    html = (built_site / PAGE_KINDS["about"] / "index.html").read_text("utf-8")
    own = html.partition("<script>")[2].partition("</script>")[0]
    page = watch.context.new_page()
    plant_in(page, site_url, built_site, f"<script>{own};</script>")
    assert len(refused(page)) == 1


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_link_fills_the_calculator_with_text_only(watch: Watch, site_url: str, payload: str) -> None:
    """Whatever a link's fragment holds stands in the field and in the refusal as text; it becomes no element."""
    page = watch.context.new_page()
    page.goto(f"{site_url}{PAGE_KINDS['dose-calculator']}#drug=zoledronic-acid&age=70&crcl={quote(payload, safe='')}")
    page.wait_for_function("() => Boolean(customElements.get('calculator-form'))")
    assert page.input_value("[name=crcl]") == payload
    # What Python tells of itself once it is ready holds nothing of the link, and may come at any time.
    names = "all => all.filter((one) => !one.closest('about-python')).map((one) => one.localName)"
    before = page.eval_on_selector_all("*", names)
    page.click("calculator-form button[type=submit]")
    assert kind(page) == "refused"
    assert answer(page)
    after = page.eval_on_selector_all("*", names)
    assert set(after) - set(before) <= {"p"}
    assert page.evaluate("window.planted") is None
    assert refused(page) == []
    assert f"/{GUIDELINE}/" in page.url
