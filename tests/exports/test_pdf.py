"""The print edition: what is on its pages, and where."""

import re
import socket

import pytest
from printed import SITE, PrintedPdf, squeezed
from pypdfium2 import raw

from generator import citations, pages, text
from generator.exports import ExportError, edition, pdf
from generator.models.guideline import Guideline
from generator.words import for_language

PRIVATE = "\ue123"
"""A character that no font need have."""

pytestmark = pytest.mark.slow


def test_every_statement_is_printed_whole_where_its_name_leads(printed: PrintedPdf) -> None:
    """Each statement's id is a name in the PDF, and its text, grade or lack of one, and place stand on that page."""
    guideline = printed.guideline
    words = for_language(guideline.meta.language)
    assert len(printed.pages) > 1
    for item in guideline.statements:
        page = squeezed(printed.pages[printed.named[item.id] - 1])
        assert squeezed(text.statement_text(guideline, item)) in page, item.id
        assert all(f"[{number}]" in page for number in item.refs), item.id
        if item.kind.value == "recommendation":
            grade = words["grade_given"].format(grade=item.grade) if item.grade else words["grade_absent"]
            assert squeezed(grade) in page, item.id


def test_every_cell_reference_and_caveat_is_printed(printed: PrintedPdf) -> None:
    """The doses and all else in the tables, all references and all caveats stand in the PDF as text."""
    guideline = printed.guideline
    whole = squeezed("".join(printed.pages))
    for table in guideline.tables:
        page = squeezed(printed.pages[printed.named[f"tables-{table.id}--chapter"] - 1])
        columns = {column.id: column for column in table.columns}
        for row in table.rows:
            for name, cell in row.cells.items():
                parts = cell.items or ()
                wanted = [text.item_text(guideline, part) for part in parts] or [
                    text.cell_text(guideline, columns[name], cell)
                ]
                assert all(squeezed(part) in page for part in wanted), f"{table.id}/{row.id}/{name}"
    assert all(squeezed(citations.gbt7714(item)) in whole for item in guideline.references)
    assert all(squeezed(item.title) in whole for item in guideline.caveats)
    assert all(f"about--{item.id}" in printed.named for item in guideline.caveats)


def test_the_contents_give_the_pages_of_the_headings(printed: PrintedPdf) -> None:
    """Each line of the contents names the page on which its heading stands, and each bookmark leads there."""
    _, *marked = [(level, squeezed(title), page) for level, title, page in printed.bookmarks]
    before = printed.pages[: marked[0][2] - 1]
    lines = [re.fullmatch(r"(.+?) ?\.{3,} ?(\d+)", line) for page in before for line in page.split("\n")]
    contents = [(squeezed(found[1]), int(found[2])) for found in lines if found]
    assert [entry for entry in contents if entry not in [(title, page) for _, title, page in marked]] == []
    assert [title for level, title, page in marked if level == 0 and (title, page) not in contents] == []
    assert len(contents) > len(printed.guideline.sections)
    for _, title, page in marked:
        assert title in squeezed(printed.pages[page - 1])


def test_every_page_says_what_it_is(printed: PrintedPdf) -> None:
    """Number, edition, hash and review stand on every page; title and chapter head each page but the first."""
    total = len(printed.pages)
    for number, page in enumerate(printed.pages, 1):
        assert f"{number}/{total}" in squeezed(page)
        assert squeezed(printed.edition.running) in squeezed(page)
        assert number == 1 or squeezed(printed.guideline.meta.title) in squeezed(page)


def test_the_first_page_holds_the_imprint(printed: PrintedPdf) -> None:
    """Every line of the imprint stands on the first page."""
    first = squeezed(printed.pages[0])
    for label, texts in printed.edition.lines():
        assert all(squeezed(part) in first for part in (label, *texts))


def test_the_contents_do_not_depend_on_the_day(printed: PrintedPdf) -> None:
    """The PDF is dated as its content is, and names language and title."""
    dates = {printed.document.get_metadata_dict()[key] for key in ("CreationDate", "ModDate")}
    assert dates == {f"D:{printed.guideline.meta.updated:%Y%m%d}000000Z"}
    assert printed.language == printed.guideline.meta.language
    assert raw.FPDFDoc_GetJavaScriptActionCount(printed.document) == 0


def test_nothing_is_fetched(tiny: Guideline, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF is made without opening a connection, and its pages name nothing to load."""

    def refuse(*arguments: object) -> None:
        raise AssertionError(arguments)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    own = edition.of(tiny, SITE)
    assert pdf.render(tiny, own).startswith(b"%PDF")
    assert re.search(r"<(img|link|script|iframe|object|embed)|url\(|@import", pdf.document(tiny, own)) is None


def test_a_page_that_wants_to_load_something_is_refused(tiny: Guideline, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a template ever named a file of another host, the export would fail and name it."""
    monkeypatch.setattr(pages, "fill", lambda *_names, **_more: '<img src="https://elsewhere.example/a.png">')
    with pytest.raises(ExportError, match=r"elsewhere\.example/a\.png"):
        pdf.render(tiny, edition.of(tiny))


def test_a_character_without_a_font_stops_the_export(tiny: Guideline) -> None:
    """No reader gets an empty box in place of a character: the export names the character and a package of fonts."""
    first = tiny.statements[0].model_copy(update={"text": f"Give {PRIVATE} mg."})
    other = tiny.model_copy(update={"statements": (first, *tiny.statements[1:])})
    with pytest.raises(ExportError, match=f"no font on this machine has these characters: {PRIVATE}"):
        pdf.render(other, edition.of(other))


@pytest.mark.parametrize(("site", "codes"), [(SITE, True), ("", False)])
def test_codes_lead_to_the_site_where_there_is_one(tiny: Guideline, site: str, codes: bool) -> None:
    """The title and each chapter bear a code with the page's address; without an address there is none."""
    html = pdf.document(tiny, edition.of(tiny, site))
    assert html.count("<svg") == (html.count('<section class="chapter') + 1 if codes else 0)
    assert ("://guidelines.example" in html) is codes
