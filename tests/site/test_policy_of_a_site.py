"""Every page of a built site carries its policy, and holds nothing that the policy would have to stop."""

import base64
import hashlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from html_tree import Element, parse, read
from mkdocs.commands.build import build
from mkdocs.config import load_config
from site_builder import add_guideline, mkdocs_build, new_project

ROOT = Path(__file__).parents[2]
LOADS = {
    "script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "object": "data", "form": "action"
}  # fmt: skip
DATA = {"application/json", "application/ld+json"}

# What a script of ours must not use: it reads a text as markup or as a program, or the policy would stop it.
SINKS = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|srcdoc|createContextualFragment|DOMParser|parseHTML\w*|setHTML\w*)\b"
    r"|document\.write|\beval\s*\(|\bFunction\s*\(|set(?:Timeout|Interval)\s*\(\s*[\"'`]"
    r"|setAttribute\s*\(\s*[\"'`](?:on|style|srcdoc)|\.on[a-z]+\s*=[^=]|javascript:"
)


def hashes(page: Element) -> set[str]:
    """The hashes of a page's policy."""
    content = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    [scripts] = [part for part in content.split(";") if part.split()[0] == "script-src"]
    return {value.strip("'") for value in scripts.split() if value.startswith("'sha256-")}


def faults(page: Element) -> Iterator[str]:
    """What of a page its policy stops, or should have to."""
    allowed = hashes(page)
    head = [item for item in page.one("head").walk() if item.tag != "head"]
    if head[0].attributes.get("charset") != "utf-8" or head[1].attributes.get("http-equiv") is None:
        yield "the policy is not first"
    for item in page.walk():
        for name, value in item.attributes.items():
            if name.startswith("on"):
                yield f"<{item.tag} {name}>"
            if name == "style":
                yield f"<{item.tag} style>"
            if "".join(value.split()).lower().startswith("javascript:"):
                yield f"<{item.tag} {name}={value}>"
            if name == LOADS.get(item.tag) and (urlsplit(value).netloc or urlsplit(value).scheme not in {"", "data"}):
                yield f"<{item.tag}> loads {value}"
        if item.tag == "link" and {"next", "prefetch", "prerender"} & set(item.attributes["rel"].split()):
            yield "a page that is fetched ahead"
        if item.tag == "style":
            yield "<style>"
        if item.tag == "script" and "src" not in item.attributes and item.attributes.get("type") not in DATA:
            text = "".join(map(str, item.parts))
            if f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}" not in allowed:
                yield f"script without a hash: {text[:60]}"


@pytest.mark.slow
def test_no_page_needs_what_the_policy_stops(built_site: Path) -> None:
    """No page of this site has a handler, a style, a script without its hash, or a resource of another host."""
    pages = sorted(built_site.rglob("*.html"))
    assert built_site / "404.html" in pages
    assert len(pages) > 20
    found = {path.relative_to(built_site).as_posix(): list(faults(read(path))) for path in pages}
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    "plant",
    [
        "<p onclick='x()'>x</p>",
        "<svg onload='x()'></svg>",
        "<p style='color: red'>x</p>",
        "<style>p {}</style>",
        "<a href=' Java\nscript:x()'>x</a>",
        "<script>x()</script>",
        "<script type='module'>x()</script>",
        "<script src='https://elsewhere.test/x.js'></script>",
        "<script src='//elsewhere.test/x.js'></script>",
        "<img src='http://elsewhere.test/x.png'>",
        "<form action='https://elsewhere.test/'></form>",
        "<link rel='next' href='about/'>",
    ],
)
def test_a_planted_fault_is_found(two_guidelines: Path, plant: str) -> None:
    """The test above can fail: each thing planted in a page is found."""
    html = (two_guidelines / "index.html").read_text("utf-8")
    assert list(faults(parse(html))) == []
    assert len(list(faults(parse(html.replace("</body>", f"{plant}</body>"))))) == 1


def test_every_page_of_a_small_site_is_clean_too(two_guidelines: Path) -> None:
    """The generator's pages, a page written by hand and the theme's own 404.html keep to the policy."""
    pages = list(two_guidelines.rglob("*.html"))
    assert {two_guidelines / "404.html", two_guidelines / "colophon" / "index.html"} <= set(pages)
    assert [fault for path in pages for fault in faults(read(path))] == []
    assert "Content-Security-Policy" not in (two_guidelines / "sitemap.xml").read_text("utf-8")


def test_a_script_in_a_text_is_not_vouched_for(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """An inline script in a page written by hand gets no hash, and the build says that it will not run."""
    config = new_project(tmp_path)
    add_guideline(config)
    (config.parent / "content" / "by-hand.md").write_text("# By hand\n\n<script>x()</script>\n", "utf-8")
    with caplog.at_level(logging.WARNING, logger="mkdocs.plugins.guideline"):
        page = read(mkdocs_build(config) / "by-hand" / "index.html")
    assert list(faults(page)) == ["script without a hash: x()"]
    assert "by-hand.md: an inline script that is not the theme's will not run: x()" in caplog.text


def test_the_local_server_gets_pages_that_may_reload(project: Path) -> None:
    """Built as `serve` builds it, for the address of the local server, a page lets the reload script run."""
    loaded = load_config(str(project))
    loaded.site_url = "http://127.0.0.1:8000/"
    build(loaded)
    [policy] = read(project.parent / "site" / "index.html").all("meta", http_equiv="Content-Security-Policy")
    assert "script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline';" in policy.attributes["content"]


@pytest.mark.parametrize(
    "path",
    [
        path
        for folder in ("generator/templates", "site_overrides")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".j2", ".html", ".js"}
    ],
    ids=lambda path: path.name,
)
def test_our_templates_and_scripts_have_no_way_to_run_a_text(path: Path) -> None:
    """No template has a handler, a style or an inline script, and no script makes markup or a program of a text.

    A page that has no file beside it holds the site's own scripts, by variables that hold nothing else (`inline.py`).
    """
    text = path.read_text("utf-8")
    if path.suffix == ".js":
        assert SINKS.findall(text) == []
        return
    tags = re.findall(r"<[a-z][^<>]*", text)
    assert [tag for tag in tags if re.search(r"\s(?:on[a-z]+|style)\s*=|javascript:", tag, re.IGNORECASE)] == []
    for attributes, script in re.findall(r"<script\b([^>]*)>(.*?)</script>", text, re.DOTALL):
        if path.parent.name == "exports" and not attributes:
            assert re.fullmatch(r"\{\{ script(s\[\d\])? \}\}", script), script
            continue
        assert re.search(r'\bsrc="|type="application/json"|type="text/plain"', attributes), attributes
