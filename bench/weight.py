"""What a page weighs: HTML, style sheets and scripts that Chromium loads before any tap, compressed."""

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Request, Route

from bench.browser import serve
from bench.report import Row

READING_TARGET = 1.15
COUNTED = {"document", "stylesheet", "script"}
# Material's search: the same on both sides, and loaded by the size of the site and not of the page.
SEARCH = ("search/search_index.json", "assets/javascripts/workers/", "assets/javascripts/lunr/")
RUNTIME = "assets/vademecum/runtime/"
WITH_PYTHON = b'id="vademecum-python"'


def beside_plain(browser: Browser, own: Path, plain: Path, *, every: bool = True) -> Iterator[Row]:
    """Weigh the pages of both sites; for each kind of page the one that gained most.

    Args:
        browser: Chromium.
        own: the folder of the built site.
        plain: the folder of the plain one.
        every: weigh every page; otherwise one a kind.
    """
    heaviest: dict[str, Row] = {}
    uris = sorted(page_uris(plain))
    weigh, weigh_plain = Weights(browser, own), Weights(browser, plain)
    for uri in uris if every else list({kind(uri): uri for uri in uris}.values()):
        target = None if WITH_PYTHON in (own / uri / "index.html").read_bytes() else READING_TARGET
        what = f"page weight, {kind(uri)} / plain Material page"
        row = Row(what, weigh(uri), weigh_plain(uri), "B", target)
        if kind(uri) not in heaviest or row.ratio > heaviest[kind(uri)].ratio:
            heaviest[kind(uri)] = row
    yield from heaviest.values()


def page_uris(site: Path) -> list[str]:
    """The addresses of the pages of a site, from its root, each with a slash at its end but for the home page."""
    folders = [path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")]
    return ["" if folder == "." else f"{folder}/" for folder in folders]


def kind(uri: str) -> str:
    """What kind of page an address is: `sections` for all sections, `references` for the references."""
    guideline, _, page = uri.rstrip("/").partition("/")
    return page.partition("/")[0] or ("overview" if guideline else "home")


class Weights:
    """Weighs the pages of one site."""

    def __init__(self, browser: Browser, site: Path) -> None:
        self.browser = browser
        self.compressed = cache(lambda path: len(gzip.compress((site / path).read_bytes(), 9, mtime=0)))
        self.site = site

    def __call__(self, uri: str) -> int:
        """Bytes of one page as gzip -9 leaves them."""
        return sum(self.compressed(path) for path in self.loaded(uri))

    def loaded(self, uri: str) -> set[str]:
        """The files of a page and of what it loads until the network is silent; without search and runtime."""
        requests: list[Request] = []

        def note(request: Request) -> None:
            requests.append(request)

        with serve(self.site) as base:
            context = self.browser.new_context()
            context.on("request", note)
            context.route(f"**/{RUNTIME}**", _abort)
            page = context.new_page()
            page.goto(f"{base}{uri}", wait_until="networkidle")
            context.close()
        found = {unquote(urlsplit(item.url).path).lstrip("/") for item in requests if _counts(item)}
        return {f"{path}index.html" if not path or path.endswith("/") else path for path in found}


def _abort(route: Route) -> None:
    route.abort()


def _counts(request: Request) -> bool:
    parts = urlsplit(request.url)
    code = request.resource_type in COUNTED or parts.path.endswith(".js")
    return parts.scheme == "http" and code and not any(part in parts.path for part in (*SEARCH, RUNTIME))
