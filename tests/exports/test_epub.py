"""The e-book: whole, well made, and the same for every reader."""

import shutil
import subprocess
from pathlib import Path

import pytest
from printed import XHTML, PackedEpub, squeezed

from generator import citations, text

OPS = "{http://www.idpf.org/2007/ops}type"


@pytest.fixture(scope="session")
def epubcheck() -> list[str]:
    """The command of epubcheck; a machine without it fails here, it does not skip."""
    found, java = shutil.which("epubcheck"), shutil.which("java")
    if not found or not java:
        pytest.fail("no epubcheck with Java: 'make test' installs it as root on Debian", pytrace=False)
    # Debian's program is the archive itself; elsewhere it is a script.
    if Path(found).read_bytes()[:2] == b"PK":
        return [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", found]
    return [found]


@pytest.mark.slow
def test_epubcheck_finds_nothing(packed: PackedEpub, epubcheck: list[str], tmp_path: Path) -> None:
    """The makers of the standard have a program that knows it: it has no error and no warning."""
    file = tmp_path / "book.epub"
    file.write_bytes(packed.data)
    done = subprocess.run([*epubcheck, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout


def test_every_statement_is_in_the_chapter_of_its_section(packed: PackedEpub) -> None:
    """Each statement's id is an anchor of one of the sections' files, and its text stands there."""
    guideline = packed.guideline
    homes = {
        item.attrib["id"]: squeezed("".join(item.itertext()))
        for name, tree in packed.trees()
        if name.startswith("sections-")
        for item in tree.iter()
        if "id" in item.attrib
    }
    for item in guideline.statements:
        assert squeezed(text.statement_text(guideline, item)) in homes[item.id]


def test_tables_are_tables_with_every_cell(packed: PackedEpub) -> None:
    """Each table of the guideline is one table with its rows and heads, and holds all its doses."""
    guideline = packed.guideline
    for table in guideline.tables:
        found = packed.tree(f"tables-{table.id}.xhtml").findall(f".//{XHTML}table")
        assert [len(item.findall(f"{XHTML}tbody/{XHTML}tr")) for item in found] == [len(table.rows)]
        assert len(found[0].findall(f"{XHTML}thead//{XHTML}th")) == len(table.columns)
        whole = squeezed("".join(found[0].itertext()))
        columns = {column.id: column for column in table.columns}
        for row in table.rows:
            for name, cell in row.cells.items():
                parts = [text.item_text(guideline, part) for part in cell.items or ()]
                wanted = parts or [text.cell_text(guideline, columns[name], cell)]
                assert all(squeezed(part) in whole for part in wanted)


def test_references_and_caveats_are_whole(packed: PackedEpub) -> None:
    """Every reference and every caveat stands in full in its chapter."""
    references = squeezed("".join(packed.tree("references.xhtml").itertext()))
    about = squeezed("".join(packed.tree("about.xhtml").itertext()))
    assert all(squeezed(citations.gbt7714(item)) in references for item in packed.guideline.references)
    assert all(squeezed(item.text) in about for item in packed.guideline.caveats)


def test_the_title_page_holds_the_imprint_and_each_chapter_its_edition(packed: PackedEpub) -> None:
    """Every line of the imprint stands on the title page; each chapter ends with edition, hash and review."""
    title = squeezed("".join(packed.tree("title.xhtml").itertext()))
    for label, texts in packed.edition.lines():
        assert all(squeezed(part) in title for part in (label, *texts))
    chapters = [tree for name, tree in packed.trees() if name not in {"title.xhtml", "nav.xhtml"}]
    assert all(squeezed(packed.edition.running) in squeezed("".join(tree.itertext())) for tree in chapters)


def test_the_navigation_leads_to_every_chapter(packed: PackedEpub) -> None:
    """The contents name each file once at least, the landmarks the title, the contents and the text."""
    toc, landmarks = packed.tree("nav.xhtml").findall(f".//{XHTML}nav")
    listed = {item.attrib["href"].partition("#")[0] for item in toc.iter(f"{XHTML}a")}
    assert listed == {name for name, _ in packed.trees()} - {"title.xhtml", "nav.xhtml"}
    assert [item.attrib[OPS] for item in landmarks.iter(f"{XHTML}a")] == ["titlepage", "toc", "bodymatter"]


def test_nothing_runs_and_nothing_is_loaded(packed: PackedEpub) -> None:
    """No script, form, frame or picture is in the book, no style in an attribute, and links to others are https."""
    for name, tree in packed.trees():
        assert tree.attrib["lang"] == packed.guideline.meta.language
        tags = {item.tag.removeprefix(XHTML) for item in tree.iter()}
        assert not tags & {"script", "form", "input", "button", "iframe", "img", "object", "calculator-form"}, name
        assert not any("style" in item.attrib or "src" in item.attrib for item in tree.iter())
        outside = [item.attrib["href"] for item in tree.iter(f"{XHTML}a") if ":" in item.attrib.get("href", "")]
        assert all(href.startswith("https://") for href in outside)
    assert next(iter(packed.files)) == "mimetype"
    assert packed.data[30:58] == b"mimetypeapplication/epub+zip"
