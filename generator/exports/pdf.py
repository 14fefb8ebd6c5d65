"""The print edition: one A4 PDF of a guideline, with page numbers in its contents, laid out by WeasyPrint."""

import contextlib
import hashlib
import importlib
import io
import logging
from collections.abc import Iterator
from types import ModuleType
from xml.etree import ElementTree

import segno
from markupsafe import Markup

from generator import addresses, pages
from generator.exports.book import Chapter, chapters, classes, headings, resolve
from generator.exports.edition import Edition
from generator.exports.failure import ExportError
from generator.models.guideline import Guideline
from generator.words import for_language

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
"""Debian's packages: the layout of text for WeasyPrint, and a font for Chinese."""

WIDE = 5
"""A table of more columns is printed across the long side of the page."""


def render(guideline: Guideline, edition: Edition) -> bytes:
    """The PDF, the same bytes for the same guideline, address, fonts and WeasyPrint.

    Raises:
        ExportError: WeasyPrint or its libraries are missing, a character has no font, or the layout went wrong.
    """
    weasyprint = _weasyprint()
    html = document(guideline, edition)
    with _heard("weasyprint") as heard:
        # Nothing is fetched, from no host and from no file: what tries is heard and ends the export.
        nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
        laid_out = weasyprint.HTML(string=html, url_fetcher=nothing)
        styled = weasyprint.CSS(string=(pages.TEMPLATES / "print" / "pdf.css").read_text("utf-8"))
        # The identifier would be random; a copy that says the same is the same document.
        identifier = hashlib.sha256(html.encode()).digest()[:16]
        made = laid_out.write_pdf(stylesheets=[styled], pdf_identifier=identifier, pdf_tags=True)
    if heard:
        raise ExportError(_what_was_heard(heard))
    return bytes(made)


def document(guideline: Guideline, edition: Edition) -> str:
    """The book as one HTML document, which holds or names nothing that would have to be fetched."""
    found = chapters(guideline)
    by_uri = {chapter.uri: chapter for chapter in found}
    homes = {item.id: addresses.statement(guideline, item.id).partition("/#")[0] for item in guideline.statements}

    def name(chapter: Chapter, anchor: str) -> str:
        """A statement keeps its id where it stands in full, so that a link to the site's anchor fits here too."""
        at_home = homes.get(anchor) == chapter.uri.removesuffix(".md")
        return anchor if at_home else f"{chapter.key}--{anchor or 'chapter'}"

    def link(uri: str, anchor: str) -> str | None:
        chapter = by_uri.get(uri)
        return f"#{name(chapter, anchor if anchor in known[uri] else '')}" if chapter else None

    known = {chapter.uri: chapter.anchors for chapter in found}
    words = for_language(guideline.meta.language)
    before, after = words["see_page"].split("{page}")
    for chapter in found:
        for item in chapter.body.iter():
            if "id" in item.attrib:
                item.attrib["id"] = name(chapter, item.attrib["id"])
        resolve(chapter, link, edition)
        for item in chapter.body.iter("a"):
            if item.attrib.get("href", "").startswith("#") and SEE in classes(item):
                item.attrib |= {"data-before": before, "data-after": after}
    listed = [
        {
            "title": chapter.title,
            "group": chapter.group,
            "href": link(chapter.uri, ""),
            "id": name(chapter, ""),
            "wide": any(len(list(head)) > WIDE for head in chapter.body.iterfind(".//thead/tr")),
            "parts": [("".join(part.itertext()), "#" + part.attrib["id"]) for part in headings(chapter)],
            "html": Markup("".join(_html(part) for part in chapter.body)),
            "qr": _qr_code(edition.page(chapter.uri)),
        }
        for chapter in found
    ]
    return pages.fill(
        "print/pdf.html.j2", edition=edition, meta=guideline.meta, w=words, chapters=listed, qr=_qr_code(edition.home)
    )


SEE = "vm-see"
"""The class of the links that say on paper to which page they lead."""


def _html(item: ElementTree.Element) -> str:
    return ElementTree.tostring(item, encoding="unicode", method="html")


def _qr_code(address: str) -> Markup:
    """The code as a drawing; none without an address."""
    if not address:
        return Markup("")
    return Markup(segno.make(address, micro=False, error="m").svg_inline(omitsize=True, svgclass="qr", lineclass=None))


def _weasyprint() -> ModuleType:
    """The library, which prints advice of its own where the libraries that it stands on are missing."""
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            return importlib.import_module("weasyprint")
        except OSError as error:
            raise ExportError(
                f"a PDF needs libraries of the system that are not here ({error}).\n"
                f"  hint: on Debian or Ubuntu: apt-get install {PACKAGES}"
            ) from None


@contextlib.contextmanager
def _heard(name: str) -> Iterator[list[str]]:
    """What a library says in its log while the block runs; it says it nowhere else."""
    heard: list[str] = []
    log = logging.getLogger(name)
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    before = log.propagate, list(log.handlers)
    log.propagate, log.handlers = False, [handler]
    try:
        yield heard
    finally:
        log.propagate, log.handlers = before


def _what_was_heard(heard: list[str]) -> str:
    """A character without a font would be an empty box on paper; whatever else goes wrong may hide a text too."""
    lines = list(dict.fromkeys(heard))
    missing = [line for line in lines if ".notdef" in line]
    if missing:
        characters = " ".join(line.rpartition('"')[0].rpartition('"')[2] for line in missing[:20])
        return (
            f"no font on this machine has these characters: {characters}{' …' * (len(missing) > 20)}\n"
            f"  hint: on Debian or Ubuntu: apt-get install {PACKAGES}"
        )
    return "the PDF could not be laid out as it should be:\n" + "\n".join(f"  {line}" for line in lines[:10])
