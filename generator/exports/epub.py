"""The e-book: one EPUB 3 of a guideline, one file a chapter, the same bytes for the same content."""

import io
import uuid
import zipfile
from itertools import groupby
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup

from generator import pages
from generator.exports.book import Chapter, chapters, headings, resolve
from generator.exports.edition import Edition
from generator.models.guideline import Guideline
from generator.words import for_language

MIMETYPE = "application/epub+zip"

CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def render(guideline: Guideline, edition: Edition) -> bytes:
    """The EPUB: no script, no font and nothing from another host is in it."""
    found = chapters(guideline)
    by_uri = {chapter.uri: chapter for chapter in found}

    def link(uri: str, anchor: str) -> str | None:
        chapter = by_uri.get(uri)
        known = chapter is not None and anchor in chapter.anchors
        return f"{_file(chapter)}#{anchor}" if chapter and known else _file(chapter) if chapter else None

    names: dict[str, Any] = {
        "edition": edition,
        "meta": guideline.meta,
        "w": for_language(guideline.meta.language),
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, f"{guideline.meta.id}/{edition.content_hash}"),
        "chapters": found,
        "groups": [(group, [_entry(item) for item in own]) for group, own in groupby(found, lambda item: item.group)],
        "file": _file,
    }
    files = {"META-INF/container.xml": CONTAINER}
    files["EPUB/package.opf"] = pages.fill("print/package.opf.j2", **names)
    files["EPUB/nav.xhtml"] = pages.fill("print/nav.xhtml.j2", **names)
    files["EPUB/title.xhtml"] = pages.fill("print/title.xhtml.j2", **names)
    files["EPUB/book.css"] = (pages.TEMPLATES / "print" / "epub.css").read_text("utf-8")
    for chapter in found:
        resolve(chapter, link, edition)
        html = Markup("".join(ElementTree.tostring(part, encoding="unicode") for part in chapter.body))
        files[f"EPUB/{_file(chapter)}"] = pages.fill("print/chapter.xhtml.j2", chapter=chapter, html=html, **names)
    return _packed(files, edition)


def _file(chapter: Chapter) -> str:
    return f"{chapter.key}.xhtml"


def _entry(chapter: Chapter) -> dict[str, Any]:
    """A chapter in the contents, and its parts where it has several."""
    parts = [("".join(part.itertext()), f"{_file(chapter)}#{part.attrib['id']}") for part in headings(chapter)]
    return {"title": chapter.title, "href": _file(chapter), "parts": parts if len(parts) > 1 else []}


def _packed(files: dict[str, str], edition: Edition) -> bytes:
    """The files as one archive, dated as the content is; the media type stands first and unpacked, as EPUB asks."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in {"mimetype": MIMETYPE, **files}.items():
            entry = zipfile.ZipInfo(name, edition.made.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return packed.getvalue()
