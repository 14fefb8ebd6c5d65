"""The site as a host gives it to readers: below a project's path, at a domain's root, or with no known address."""

import gzip
import re
import shutil
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from pages_host import PagesHost
from pages_of_site import GUIDELINE, PAGE_KINDS, Visit, answer, fill_dose, kind
from playwright.sync_api import Browser, BrowserContext, Page, Response

from generator.cli import main

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
ADDRESS = "https://example.org/some-repo/"
DEEP = "an/address/that/is/not/there/"
NOTE = """
  window.refused = [];
  document.addEventListener('securitypolicyviolation', (event) => window.refused.push(event.blockedURI));
"""


def build(folder: Path, address: str) -> Path:
    """The site of this repository, for an address."""
    with pytest.MonkeyPatch.context() as patch, chdir(ROOT):
        patch.setenv("SITE_URL", address)
        assert main(["build", "--site-dir", str(folder)]) == 0
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site built for a project's path, with no slash at its end, as Pages tells it."""
    return build(tmp_path_factory.mktemp("hosting") / "site", ADDRESS.rstrip("/"))


@pytest.fixture(scope="session")
def root_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site built for a domain of its own."""
    return build(tmp_path_factory.mktemp("hosting") / "root", "https://guidelines.example.org")


@pytest.fixture(scope="session")
def site_anywhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site built without an address."""
    return build(tmp_path_factory.mktemp("hosting") / "anywhere", "")


@dataclass
class Watch:
    """A phone's browser, and what went wrong in it.

    Attributes:
        failed: answers that were no success, and requests that got none.
        errors: exceptions of scripts.
    """

    context: BrowserContext
    visit: Visit
    failed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """A new page; whatever it asks for is watched."""
        made = self.context.new_page()
        made.on("pageerror", lambda error: self.errors.append(str(error)))
        return made

    def hear(self, response: Response) -> None:
        """Note an answer that is no success."""
        if response.status >= 400:
            self.failed.append(f"{response.status} {response.url}")


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    """A profile of its own the size of a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(NOTE)
    made = Watch(context, Visit(context))
    context.on("response", made.hear)
    context.on("requestfailed", lambda request: made.failed.append(f"{request.failure} {request.url}"))
    yield made
    context.close()


def is_styled(page: Page) -> bool:
    """Whether every style sheet of a page has come, and the header has its colour."""
    sheets = page.eval_on_selector_all("link[rel=stylesheet]", "all => all.map(one => Boolean(one.sheet))")
    colour = page.eval_on_selector(".md-header", "header => getComputedStyle(header).backgroundColor")
    return len(sheets) >= 3 and all(sheets) and colour == "rgb(10, 95, 107)"


def html_pages(folder: Path) -> dict[str, str]:
    """Every page by its address below the site, without those that are shown in place of another."""
    found = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}
    return {
        name.removesuffix("index.html"): html
        for name, html in found.items()
        if name not in {"404.html", "offline.html"}
    }


def tag(html: str, pattern: str) -> str:
    """What a tag of the head gives, which must stand there once."""
    found: list[str] = re.findall(pattern, html)
    assert len(found) == 1, (pattern, found)
    return found[0]


@pytest.mark.parametrize("base", ["/", "/a/b/"])
@pytest.mark.parametrize("name", PAGE_KINDS)
def test_a_page_is_whole_wherever_the_site_lies(watch: Watch, site_anywhere: Path, base: str, name: str) -> None:
    """Built without an address, each kind of page is whole below any path: only 404.html looks further up."""
    with PagesHost(site_anywhere, base) as host:
        watch.visit.own = urlsplit(host.url).netloc
        page = watch.page()
        page.goto(host.url + PAGE_KINDS[name])
        page.wait_for_load_state("networkidle")
        assert is_styled(page)
        assert page.evaluate("window.refused") == []
    asked_in_vain = [line for line in watch.failed if name != "not-found" or "lost." not in line]
    assert (asked_in_vain, watch.errors, watch.visit.foreign()) == ([], [], [])
    assert all(urlsplit(url).path.startswith(base) for url in watch.visit.asked if "lost." not in url)


@pytest.mark.parametrize("address", PAGE_KINDS.values(), ids=PAGE_KINDS.keys())
def test_a_page_is_whole_on_pages(watch: Watch, site: Path, address: str) -> None:
    """On Pages, below a repository's name, each kind of page loads with nothing missing, refused or from elsewhere."""
    with PagesHost(site) as host:
        watch.visit.own = urlsplit(host.url).netloc
        page = watch.page()
        page.goto(host.url + address)
        page.wait_for_load_state("networkidle")
        assert is_styled(page)
        assert page.evaluate("window.refused") == []
        # The search works there too: its scripts and its index are found.
        page.click("header [data-search-open]")
        page.fill(".vm-search__field", "唑来膦酸")
        page.wait_for_selector(".vm-search__item")
        first = page.eval_on_selector(".vm-search__link", "link => link.href")
        assert first.startswith(f"{host.url}{GUIDELINE}/")
    assert (watch.failed, watch.errors, watch.visit.foreign()) == ([], [], [])
    assert all(urlsplit(url).path.startswith("/some-repo/") for url in watch.visit.asked)


def test_what_a_host_lacks_is_seen(watch: Watch, site: Path) -> None:
    """The checks above can fail: a style sheet that is not there is reported, and the page is not called styled."""
    with PagesHost(site) as host:
        host.faults["assets/vademecum/site."] = "missing"
        page = watch.page()
        page.goto(host.url)
        page.wait_for_load_state("networkidle")
        assert not is_styled(page)
    assert [line for line in watch.failed if "/assets/vademecum/site." in line]


def test_the_calculators_work_on_pages(watch: Watch, site: Path) -> None:
    """Python comes from .gz files that the host does not unpack, starts, and gives a dose and its worked cases."""
    with PagesHost(site) as host:
        watch.visit.own = urlsplit(host.url).netloc
        page = watch.page()
        page.goto(host.url + PAGE_KINDS["dose-calculator"])
        fill_dose(page, "zoledronic-acid", "70", "45")
        assert kind(page) == "at_most"
        assert "3.5 mg" in answer(page)
        page.click("worked-cases [data-run]")
        page.wait_for_selector("worked-cases [data-status]:has-text('通过')", timeout=60_000)
        assert page.evaluate("window.refused") == []
    assert any(url.endswith(".wasm.gz") for url in watch.visit.asked)
    assert (watch.failed, watch.errors, watch.visit.foreign()) == ([], [], [])


def next_edition(site: Path, folder: Path) -> Path:
    """The site with 3.25 mg where it had 3.5 mg, for the calculators and for their pages' hash of what they load."""
    shutil.copytree(site, folder)
    payload = folder / GUIDELINE / "payload.json"
    before = payload.read_bytes()
    after = before.replace(b'"3.5"', b'"3.25"')
    assert after != before
    payload.write_bytes(after)
    for path in folder.rglob("*.html"):
        html = path.read_text("utf-8")
        path.write_text(html.replace(sha256(before).hexdigest(), sha256(after).hexdigest()), "utf-8")
    return folder


def test_a_new_edition_reaches_who_has_the_old(watch: Watch, site: Path, tmp_path: Path) -> None:
    """With the old edition in the browser's cache for ten minutes, a reload gives the new page the new numbers."""
    # A device that keeps an edition changes it by its own rules (test_editions.py); here the browser's cache is alone.
    watch.context.add_init_script("delete Navigator.prototype.serviceWorker")
    with PagesHost(site) as host:
        page = watch.page()
        page.goto(host.url + PAGE_KINDS["dose-calculator"])
        fill_dose(page, "zoledronic-acid", "70", "45")
        assert "3.5 mg" in answer(page)
        host.publish(next_edition(site, tmp_path / "next"))
        page.reload()
        fill_dose(page, "zoledronic-acid", "70", "45")
        assert "3.25 mg" in answer(page)
    assert (watch.failed, watch.errors) == ([], [])


def check_lost(page: Page, home: str) -> None:
    """The page for what is not there is styled, says so in Chinese, and its links lead to pages."""
    assert is_styled(page)
    assert page.inner_text("h1") == "没有这一页"
    assert page.evaluate("window.refused") == []
    links = page.eval_on_selector_all(".vm-quick a", "all => all.map(link => link.href)")
    assert links == [home, f"{home}{GUIDELINE}/"]
    for link in links:
        answered = page.request.get(link)
        assert answered.ok
    page.click("[data-search-open].md-button")
    page.fill(".vm-search__field", "唑来膦酸")
    page.wait_for_selector(".vm-search__item")
    assert page.eval_on_selector(".vm-search__link", "link => link.href").startswith(home)


@pytest.mark.parametrize("wrong", ["nothing", DEEP, f"{DEEP}page.html", f"{GUIDELINE}/calculators/of-old/"])
def test_a_lost_reader_is_helped_at_any_depth(watch: Watch, site: Path, wrong: str) -> None:
    """An address that is not there, however deep, gets status 404 and a page with style, search and a way home."""
    with PagesHost(site) as host:
        page = watch.page()
        answered = page.goto(host.url + wrong)
        assert answered is not None
        assert answered.status == 404
        assert page.url == host.url + wrong
        check_lost(page, host.url)
        assert watch.failed == [f"404 {host.url}{wrong}"]


def test_a_lost_reader_is_helped_at_a_domains_root(watch: Watch, root_site: Path) -> None:
    """The same where the site is a domain's own."""
    with PagesHost(root_site, base="/") as host:
        page = watch.page()
        page.goto(host.url + DEEP)
        check_lost(page, host.url)


@pytest.mark.parametrize("base", ["/", "/a/b/"])
@pytest.mark.parametrize("wrong", ["nothing", DEEP])
def test_a_lost_reader_is_helped_without_an_address(watch: Watch, site_anywhere: Path, base: str, wrong: str) -> None:
    """Built without an address, the page for what is not there finds the site by itself, below any path."""
    with PagesHost(site_anywhere, base) as host:
        page = watch.page()
        page.goto(host.url + wrong)
        if "/" in wrong:
            page.wait_for_url(f"{host.url}404.html")
        page.wait_for_load_state("networkidle")
        check_lost(page, host.url)


def test_canonical_links_and_the_sitemap_agree(site: Path) -> None:
    """Each page names its own address below site_url, and the sitemap lists just these, packed and unpacked."""
    canonical = {
        address: tag(html, r'<link rel="canonical" href="([^"]*)"') for address, html in html_pages(site).items()
    }
    assert canonical == {address: urljoin(ADDRESS, address) for address in canonical}
    plain = (site / "sitemap.xml").read_bytes()
    listed = [item.text for item in ElementTree.fromstring(plain).iter() if item.tag.endswith("}loc")]
    assert sorted(map(str, listed)) == sorted(canonical.values())
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()) == plain


def test_every_page_has_a_description_of_its_own(site: Path) -> None:
    """A description is there on every page, none like another, and neither a word nor a page of text."""
    pages = html_pages(site)
    told = {address: tag(html, r'<meta name="description" content="([^"]*)"') for address, html in pages.items()}
    assert len(set(told.values())) == len(told) == len(pages)
    assert [(address, len(text)) for address, text in told.items() if not 25 <= len(text) <= 250] == []


def test_every_page_has_a_card(site: Path) -> None:
    """A messenger gets title, description, address and a picture of the site's own, all absolute and all true."""
    for address, html in html_pages(site).items():
        card = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)"', html))
        assert card["og:url"] == urljoin(ADDRESS, address)
        assert card["og:title"]
        assert card["og:description"] == tag(html, r'<meta name="description" content="([^"]*)"')
        assert card["og:image"] == f"{ADDRESS}{GUIDELINE}/card.png"
        assert "未经临床医师审核" in card["og:image:alt"]
        assert card["twitter:card"] == "summary_large_image"
        assert (site / card["og:image"].removeprefix(ADDRESS)).is_file()


def test_without_an_address_nothing_is_said_of_one(site_anywhere: Path) -> None:
    """No canonical link, no card and no sitemap entry is made up where the site's address is not known."""
    for html in html_pages(site_anywhere).values():
        assert 'rel="canonical"' not in html
        assert "og:" not in html
    assert b"<loc>" not in (site_anywhere / "sitemap.xml").read_bytes()


def test_two_builds_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """The site built again is the same file by file, the packed sitemap included."""
    again = build(tmp_path / "again", ADDRESS)
    names = [{path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} for folder in (site, again)]
    assert names[0] == names[1]
    assert [name for name in sorted(names[0]) if (site / name).read_bytes() != (again / name).read_bytes()] == []
