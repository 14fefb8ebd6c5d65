"""How the site's pages become the chapters of a book."""

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from printed import SITE, loaded

from generator import addresses, pages
from generator.exports import edition, epub, pdf
from generator.exports.book import NOT_PRINTED, Chapter, resolve, target
from generator.models.guideline import Guideline

type Book = tuple[Chapter, ...]

HOSTILE = "<script>alert(1)</script> & <b>\\\"'"


def test_every_page_but_the_board_is_a_chapter(guideline: Guideline, book: Book) -> None:
    """The chapters are the site's pages in the site's order, without those that only lead to others or gather them."""
    uris = [page.uri.removeprefix(f"{guideline.meta.id}/") for page in pages.build(guideline)]
    assert [chapter.uri for chapter in book] == [uri for uri in uris if not uri.startswith(NOT_PRINTED)]
    assert not any(uri.startswith("drugs/") for uri in (chapter.uri for chapter in book))


def test_what_needs_a_screen_is_left_out(guideline: Guideline, book: Book) -> None:
    """Forms, guides and buttons are gone; rule tables and outlines are whole; no heading stands over nothing."""
    for chapter in book:
        tags = [item.tag for item in chapter.body.iter()]
        assert not set(tags) & {"calculator-form", "pathway-guide", "worked-cases", "button", "form", "details"}
        blocks = list(chapter.body)
        assert blocks[0].tag == "h1"
        assert all(after.tag != "h2" for item, after in pairwise(blocks) if item.tag == "h2")
        assert blocks[-1].tag != "h2"
    rows = {row.id for item in guideline.calculators for group in item.groups for row in group.rows}
    printed = {item.attrib["data-row"] for chapter in book for item in chapter.body.findall(".//*[@data-row]")}
    assert printed == rows
    for pathway in guideline.pathways:
        chapter = next(item for item in book if item.uri == f"pathways/{pathway.id}.md")
        assert {f"told-{node.id}" for node in pathway.nodes} <= chapter.anchors


def test_a_caveat_that_is_open_on_the_page_is_printed_whole(guideline: Guideline, book: Book) -> None:
    """A prominent caveat stands in full beside its statement; of a folded one the title leads to the full text."""
    prominent = {item.id: item for item in guideline.caveats}
    seen = set()
    for chapter in book:
        for box in chapter.body.iter("div"):
            if "vm-caveat" not in box.attrib.get("class", "").split():
                continue
            link = box.find(".//a[@class='vm-see']")
            seen.add(link is None)
            text = "".join(box.itertext())
            own = next(item for item in prominent.values() if f" {item.id} " in f" {' '.join(text.split())} ")
            assert own.title in text
            assert (own.text in text) is (link is None)
            assert link is None or link.attrib["href"].endswith(f"about/#{own.id}")
    assert True in seen


def test_what_stands_behind_a_statement_is_printed(guideline: Guideline, book: Book) -> None:
    """Of the layers of a statement its place and the caveats are printed; references stand in their own chapter."""
    articles = {
        item.attrib["id"]: item
        for chapter in book
        if chapter.uri.startswith("sections/")
        for item in chapter.body.iter("article")
    }
    for item in guideline.statements:
        place = articles[item.id].find(".//p[@class='vm-place']")
        assert place is not None
        assert addresses.locator_text(item.source[0], guideline.meta.language) in "".join(place.itertext())
        text = "".join(articles[item.id].itertext())
        assert [key for key in item.caveats if guideline.caveat_by_id[key].title not in text] == []
        assert not articles[item.id].findall(".//ol")


@pytest.mark.parametrize(
    ("uri", "href", "found"),
    [
        ("references.md", "../about/#G1", ("about.md", "G1")),
        ("sections/fever.md", "../../tables/dosing/", ("tables/dosing.md", "")),
        ("sections/fever.md", "../fever/#a", ("sections/fever.md", "a")),
        ("sections/fever.md", "../../", ("index.md", "")),
        ("tables/dosing.md", "#dosing--note--a", ("tables/dosing.md", "dosing--note--a")),
    ],
)
def test_a_link_is_read_as_the_site_reads_it(uri: str, href: str, found: tuple[str, str]) -> None:
    """A relative address leads to the page's file and the anchor that a browser would open."""
    assert target(uri, href) == found


@pytest.mark.parametrize(
    ("site", "left"), [(SITE, {"href": f"{SITE}example-fever/else/#a"}), ("", {})], ids=["online", "nowhere"]
)
def test_a_link_out_of_the_book_goes_online_or_goes(tiny: Guideline, site: str, left: dict[str, str]) -> None:
    """What is not in the book is linked where the site is, and is plain text where there is no site."""
    body = ElementTree.fromstring('<section><h1>T</h1><a href="../else/#a">else</a></section>')
    resolve(Chapter("about.md", "T", "", body), lambda uri, anchor: None, edition.of(tiny, site))
    assert (body[1].tag, body[1].attrib, body[1].text) == ("a" if left else "span", left, "else")


@pytest.mark.parametrize("form", ["pdf", "epub"])
def test_text_stays_text(project: Callable[..., Path], form: str) -> None:
    """Markup in a guideline's text is printed as it was typed, in the document of the PDF and in the e-book."""
    old = "title: Example fever (fictional)\n"
    folder = project("guideline.yaml", old, f'title: "{HOSTILE}"\n').parent / "content" / "example-fever"
    hostile = loaded(folder)
    hostile = hostile.model_copy(
        update={
            "statements": tuple(item.model_copy(update={"text": hostile.meta.title}) for item in hostile.statements)
        }
    )
    own = edition.of(hostile, SITE)
    made = pdf.document(hostile, own).encode() if form == "pdf" else _unpacked(epub.render(hostile, own))
    assert b"<script" not in made
    assert b"<b>" not in made
    assert b"&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in made


def _unpacked(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_a_worksheet_holds_its_choices_and_not_its_answers(guideline: Guideline, book: Book) -> None:
    """Each choice of a teaching case is printed on the worksheet; its solution stands with the answers alone."""
    assert guideline.teaching
    by_uri = {chapter.uri: chapter.body for chapter in book}
    worksheet, answers = by_uri["teaching.md"], by_uri["teaching/answers.md"]
    assert [item for item in worksheet.iter() if "vm-choice" in item.attrib.get("class", "").split()]
    for name in ("vm-solution", "vm-answer__value"):
        assert not [item for item in worksheet.iter() if name in item.attrib.get("class", "").split()]
    assert [item for item in answers.iter() if "vm-answer__value" in item.attrib.get("class", "").split()]
