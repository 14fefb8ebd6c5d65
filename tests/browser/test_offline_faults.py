"""What goes wrong while a site is kept, and with what is kept: a clear message, and a site that works."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from offline_site import (
    BAR,
    CONTROL,
    CORRUPT,
    DOSE,
    KEEP,
    READING_KEPT,
    STATIC_ROW,
    answers,
    control_says,
    editions_kept,
    keep,
    kept_hashes,
    phone,
    wait_until,
)
from pages_host import PagesHost
from pages_of_site import GUIDELINE, PAGE_KINDS
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

TITLE = ".md-content h1"
RETRY = f"{CONTROL} button:text-is('重试')"
COMPLETE = f"{CONTROL}:has-text('已完整保存到本机')"

WHOLE = "caches.match(new URL('/some-repo/whole', location)).then(Boolean)"
"""Whether an edition is marked as whole."""

KINDS = {
    "wasm": ".wasm.gz",
    "library": "python_stdlib.",
    "wheel": ".whl",
    "payload": "payload.json",
    "page script": "/calculator.",
    "page": "calculators/bma-dose/",
}
"""Each kind of file, by a part of its address that no other file of the dose page has."""

CACHED = KINDS | {"page script": r"/calculator\.\w+\.js", "style sheet": r"/calculator\.\w+\.css"}
"""The same as patterns, for what is kept on a device."""


@dataclass
class Kept:
    """A device that keeps the whole site, and the host that it came from."""

    context: BrowserContext
    host: PagesHost


@pytest.fixture
def host(built_site: Path) -> Iterator[PagesHost]:
    """The built site at an address that no browser has seen."""
    with PagesHost(built_site) as made:
        yield made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a profile of its own."""
    context = phone(browser)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def kept(browser: Browser, built_site: Path) -> Iterator[Kept]:
    """One device for the tests that leave it as they found it."""
    with PagesHost(built_site) as host:
        context = phone(browser, timezone_id="Asia/Shanghai")
        page = context.new_page()
        keep(page, host.url)
        page.close()
        yield Kept(context, host)
        context.close()


def works(page: Page, root: str) -> bool:
    """Whether the dose page shows its static table."""
    page.goto(root + DOSE)
    return page.is_visible(STATIC_ROW)


@pytest.mark.parametrize("part", KINDS.values(), ids=KINDS.keys())
def test_a_served_file_with_another_hash_is_refused(page: Page, host: PagesHost, part: str) -> None:
    """One wrong byte from the host: the page says so and is not 'complete'; once it is right, trying again is."""
    host.faults[part.replace("bma-dose/", "bma-dose")] = "corrupt"
    page.goto(host.url)
    page.click(KEEP)
    page.wait_for_selector(f"{CONTROL}:has-text('与本站公布的校验值不符，已拒绝保存')")
    assert "已完整保存" not in control_says(page)
    host.faults.clear()
    page.click(RETRY)
    page.wait_for_selector(COMPLETE)
    assert works(page, host.url)


@pytest.mark.parametrize(
    ("part", "fault", "says"),
    [
        ("edition.json", "cut", "网络中断"),
        ("inventory.json", "cut", "网络中断"),
        ("inventory.json", "corrupt", "网站可能正在更新"),
        ("edition.json", "missing", "网站可能正在更新"),
        ("references/", "cut", "网络中断"),
        (".wasm.gz", "cut", "网络中断"),
        (".wasm.gz", "missing", "网站可能正在更新"),
    ],
)
def test_a_download_that_is_cut_goes_on_later(page: Page, host: PagesHost, part: str, fault: str, says: str) -> None:
    """Wherever the download is cut, the page says why, the site works, and trying again completes it."""
    host.faults[part] = fault
    page.goto(host.url)
    page.click(KEEP)
    page.wait_for_selector(f"{CONTROL}:has-text('{says}')")
    host.faults.clear()
    already = len(host.asked)
    page.click(RETRY)
    page.wait_for_selector(COMPLETE)
    again = [path for path in host.asked[already:] if path.endswith((".whl", "manifest.webmanifest"))]
    assert len(again) <= 2
    assert works(page, host.url)


def test_a_download_can_be_cancelled(page: Page, host: PagesHost) -> None:
    """'Cancel' ends a download that hangs, at once; what had come stays, and the next tap goes on from there."""
    host.faults[".wasm.gz"] = "hang"
    page.goto(host.url)
    page.click(KEEP)
    page.wait_for_selector(f"{CONTROL} progress")
    page.wait_for_function("() => document.querySelector('[data-keep] progress')?.value > 1e6")
    page.click(f"{CONTROL} button:text-is('取消')")
    page.wait_for_selector(f"{CONTROL}:has-text('已取消')")
    host.faults.clear()
    host.released.set()
    page.click(RETRY)
    page.wait_for_selector(COMPLETE)


@pytest.mark.parametrize("name", CACHED)
def test_a_kept_file_with_another_hash_is_not_used(kept: Kept, built_site: Path, name: str) -> None:
    """One wrong byte on the device: offline a message and the static tables; with a network it is mended unasked."""
    page = kept.context.new_page()
    page.goto(kept.host.url)
    # A start from the snapshot asks for neither wasm nor library.
    page.evaluate("caches.delete('vademecum-snapshot')")
    assert page.evaluate(CORRUPT, CACHED[name])
    kept.host.stop()
    page.goto(kept.host.url + DOSE)
    if name == "page":
        assert "副本已损坏" in page.inner_text("h1:visible")
        page.goto(f"{kept.host.url}{PAGE_KINDS['table']}")
        assert page.is_visible(".vm-table, table")
    elif name in {"page script", "style sheet"}:
        page.wait_for_selector(".vm-notice:has-text('没有载入或已损坏')")
        assert page.is_visible(STATIC_ROW)
    else:
        page.wait_for_selector("[data-python]:has-text('与本站公布的校验值不符')")
        assert page.is_visible(STATIC_ROW)
    kept.host.start()
    page.goto(kept.host.url + DOSE)
    page.wait_for_function("() => Vademecum.pythonClient?.().state.name === 'ready'")
    wait_until(
        page, "caches.keys().then(async (all) => Boolean(await caches.match(new URL('../../../whole', location))))"
    )
    kept.host.stop()
    page.goto(kept.host.url)
    assert answers(page, kept.host.url, list(kept_hashes(built_site))) == kept_hashes(built_site)
    kept.host.start()
    page.close()


@pytest.mark.parametrize(("day", "due"), [("2027-05-30", False), ("2027-05-31", False), ("2027-06-01", True)])
@pytest.mark.parametrize("network", [True, False], ids=["online", "offline"])
def test_an_edition_past_its_review_says_so(kept: Kept, day: str, due: bool, network: bool) -> None:
    """From the day after the review was due every page of the guideline says so, without a network as well."""
    page = kept.context.new_page()
    page.clock.set_fixed_time(f"{day}T00:30:00+08:00")
    if not network:
        kept.host.stop()
    for address in ("", PAGE_KINDS["section"], DOSE):
        page.goto(kept.host.url + address)
        notice = page.locator(".md-content__inner > .vm-due:has-text('复核期限 2027-05-31 已过')")
        assert notice.count() == int(due)
    if not network:
        kept.host.start()
    page.close()


def test_a_device_without_room_says_so(page: Page, host: PagesHost) -> None:
    """With too small a quota the page says that there is no room and keeps what was whole; given room, all fits."""
    page.goto(host.url + PAGE_KINDS["section"])
    wait_until(page, READING_KEPT)
    devtools = page.context.new_cdp_session(page)
    origin = host.url.removesuffix("/some-repo/")
    used = page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": used + 1_000_000})
    page.goto(host.url)
    page.click(KEEP)
    page.wait_for_selector(f"{CONTROL}:has-text('本机存储空间不足')")
    assert len(editions_kept(page)) == 1
    host.stop()
    assert works(page, host.url)
    host.start()
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    keep(page, host.url)


# The browser says one thing and does another: the estimate leaves room, the writing fails.
FULL_LATER = """
const put = Cache.prototype.put;
Cache.prototype.put = function (key, response) {
  if (String(key.url ?? key).includes('.wasm')) throw new DOMException('', 'QuotaExceededError');
  return put.call(this, key, response);
};
"""


@pytest.mark.parametrize(
    ("script", "says"),
    [
        (FULL_LATER, "本机存储空间不足"),
        ("caches.open = () => Promise.reject(new DOMException('', 'SecurityError'))", "浏览器不允许本站保存文件"),
        ("caches.keys = () => Promise.reject(new DOMException('', 'SecurityError'))", "浏览器不允许本站保存文件"),
        (
            "navigator.serviceWorker.register = () => Promise.reject(new DOMException('', 'SecurityError'))",
            "浏览器不允许本站保存文件",
        ),
        (
            "Object.defineProperty(window, 'caches', { get() { throw new DOMException('', 'SecurityError') } })",
            "不能把网页保存到本机",
        ),
    ],
    ids=["full at the end", "no cache", "no caches", "no worker", "not even a look"],
)
def test_a_browser_that_stores_nothing_leaves_a_working_site(
    page: Page, host: PagesHost, script: str, says: str
) -> None:
    """Whatever a browser refuses, the page says so in a sentence, throws nothing, and works as before."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(script)
    page.goto(host.url)
    if page.locator(KEEP).count():
        page.click(KEEP)
    page.wait_for_selector(f"{CONTROL}:has-text('{says}')")
    assert works(page, host.url)
    assert errors == []


@pytest.mark.parametrize("gone", ["edition", "state", ""], ids=["the edition", "the pointer", "all but one file"])
def test_caches_that_a_browser_has_cleared_come_again(page: Page, host: PagesHost, gone: str) -> None:
    """Where the browser has taken a cache away, the network answers, and what was kept is fetched again."""
    page.goto(host.url + PAGE_KINDS["section"])
    wait_until(page, WHOLE)
    wait_until(page, READING_KEPT)
    page.evaluate(
        """async (gone) => {
          for (const name of await caches.keys()) {
            if (gone && name.includes(gone)) await caches.delete(name);
            if (gone || !name.includes('edition')) continue;
            const cache = await caches.open(name);
            for (const key of await cache.keys()) if (!/whole|edition|inventory/.test(key.url)) await cache.delete(key);
          }
        }""",
        gone,
    )
    page.goto(f"{host.url}{GUIDELINE}/")
    assert page.inner_text(".vm-hero h1")
    page.goto(host.url + PAGE_KINDS["section"])
    wait_until(page, WHOLE)
    wait_until(page, READING_KEPT)
    assert page.locator(BAR).count() == 0
