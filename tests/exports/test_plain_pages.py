"""`vademecum pages`: the site's pages as plain Markdown say the same words and build without this project's plugin."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import markdown as python_markdown
import pytest
import tinyhtml5
import yaml

from generator import exports
from generator.cli import main
from generator.exports import edition, markdown_files
from generator.exports.as_markdown import markdown
from generator.exports.book import chapters, classes
from generator.models.guideline import Guideline

type Project = Callable[..., Path]

HEADS = ("conditions-head", "answer-head")
OFF = ("https://", "http://", "mailto:")


def words_of(item: Element) -> str:
    """The text of an element that a reader sees, without spaces, and without the points between what stood apart."""
    parts: list[str] = []

    def visit(one: Element) -> None:
        if "vm-hidden" not in classes(one):
            parts.append(one.text or "")
            for child in one:
                visit(child)
                parts.append(child.tail or "")

    visit(item)
    text = re.sub(r"[\s·]", "", "".join(parts))
    return text.replace("".join(HEADS), "")


def rendered(text: str) -> Element:
    """Markdown as plain mkdocs reads it."""
    html = python_markdown.markdown(text, extensions=["attr_list", "tables"])
    body: Element = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    return body


def test_every_page_says_what_the_site_says(guideline: Guideline) -> None:
    """Each page, read back as Markdown, has the same words in the same order, the same links and the same anchors."""
    found = chapters(guideline, without=())
    for chapter in found:
        page = rendered(markdown(chapter.body, HEADS))
        assert words_of(page) == words_of(chapter.body), chapter.uri
        ids = {item.get("id") for item in page.iter() if item.get("id")}
        assert chapter.anchors - ids == set(), chapter.uri
        links = [item.get("href") for item in chapter.body.iter("a") if item.get("href") and words_of(item)]
        assert [item.get("href") for item in page.iter("a") if item.get("href")] == links, chapter.uri
    assert len(found) > 10


@pytest.mark.parametrize(
    "text",
    [
        "1. not a list", "# not a heading", "- not a point", "a *star* and_under_score", "<b>not bold</b> & co",
        "[no](link)", "a | b", "`code`", "![no](picture.png)", "~~no~~ ^no^", "> not a quote", "\\ backslash", "---",
        "=== no", "+ 5 mg", "a line\nand another", "[^1]: no note", "&amp; stays", "{: #no }", "***", "2) no list",
    ],
)  # fmt: skip
def test_text_stays_text(text: str) -> None:
    """Whatever looks like markup in a guideline's text is printed as it stands, in a paragraph, a cell and a point."""
    source = fromstring(
        "<section><p/><ul><li/></ul><table><tr><th/></tr><tr><td/></tr></table><p><strong/></p><blockquote/></section>"
    )
    for item in source.iter():
        if item.tag in ("p", "li", "td", "strong", "th", "blockquote"):
            item.text = text
    page = rendered(markdown(source, HEADS))
    assert words_of(page) == words_of(source)
    assert {item.tag for item in page.iter()} <= {
        *("body", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "strong"),
    }


def front_of(path: Path) -> dict[str, object]:
    """The front matter of a file."""
    loaded: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8").partition("\n---\n")[0])
    return loaded


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Plain mkdocs over the written files, every warning an error."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(folder / "mkdocs.yml")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_plain_mkdocs_builds_them(project: Project, tmp_path: Path) -> None:
    """With Material alone every page builds, every link and anchor holds, and a broken one fails the build."""
    out = tmp_path / "out"
    assert main(["pages", "-f", str(project()), "--out", str(out)]) == 0
    config = yaml.safe_load((out / "mkdocs.yml").read_text(encoding="utf-8"))
    assert "plugins" not in config
    done = build(out)
    assert done.returncode == 0, done.stderr
    pages = {path.relative_to(out / "docs").with_suffix("") for path in (out / "docs").rglob("*.md")}
    built = {path.parent.relative_to(out / "site") for path in (out / "site").rglob("index.html")}
    assert {page.parent if page.name == "index" else page for page in pages} == built
    section = out / "docs" / "example-fever" / "sections" / "treatment.md"
    section.write_text(
        section.read_text(encoding="utf-8").replace("references.md#ref-2", "references.md#ref-99"), encoding="utf-8"
    )
    broken = build(out)
    assert broken.returncode == 1
    assert "#ref-99" in broken.stderr


def test_front_matter_says_what_a_page_is(tiny: Guideline, tmp_path: Path) -> None:
    """Each page names itself, its guideline and edition, and where in the source each of its statements stands."""
    markdown_files.write([(tiny, edition.of(tiny))], tmp_path)
    front = front_of(tmp_path / "docs" / "example-fever" / "sections" / "treatment.md")
    assert (front["title"], front["guideline"], front["edition"]) == ("Treatment", "example-fever", "2020")
    assert front["description"] == "Example fever (fictional): Treatment. Who gets what."
    assert (front["source"], front["updated"]) == (tiny.meta.cite_as, "2020-02-01")
    assert front["places"] == {
        "give-exemplamab": ["section 1, paragraph 1, sentence 1"],
        "dosing-exemplamab": ["table 1, row 1"],
        "dosing-placebomab": ["table 1, row 2"],
        "renal-rule": ["section 1.1, paragraph 1, sentence 1, 2"],
    }
    text = (tmp_path / "docs" / "example-fever" / "calculators" / "dose.md").read_text(encoding="utf-8")
    assert "places" not in front_of(tmp_path / "docs" / "example-fever" / "calculators" / "dose.md")
    assert "| Creatinine clearance at least 30 mL/min |" in re.sub("<a id=[^>]+></a>", "", text)
    assert text.endswith(f"\n---\n\n{edition.of(tiny).running}\n")


def test_only_own_files_are_written_over(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not ours, or was changed since, stops the command before it writes; unchanged ones are renewed."""
    config, out = project(), tmp_path / "out"
    command = ["pages", "-f", str(config), "--out", str(out)]
    foreign = out / "docs" / "index.md"
    foreign.parent.mkdir(parents=True)
    foreign.write_text("mine", encoding="utf-8")
    assert main(command) == 1
    said = capsys.readouterr().err
    assert str(foreign) in said
    assert "choose another folder with --out" in said
    assert [path.name for path in out.rglob("*") if path.is_file()] == ["index.md"]
    foreign.unlink()
    assert main(command) == 0
    first = capsys.readouterr().out
    assert re.match(r"Wrote \d+ files to ", first)
    assert main(command) == 0
    page = out / "docs" / "example-fever" / "references.md"
    page.write_text("changed by hand", encoding="utf-8")
    assert main(command) == 1
    assert str(page) in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == "changed by hand"


def test_a_page_that_is_no_more_goes(tiny: Guideline, tmp_path: Path) -> None:
    """What was written before and is not made any more is removed; what was never written stays."""
    own = edition.of(tiny)
    markdown_files.write([(tiny, own)], tmp_path)
    (tmp_path / "docs" / "mine.md").write_text("mine", encoding="utf-8")
    done = markdown_files.write([(tiny.model_copy(update={"teaching": ()}), own)], tmp_path)
    assert set(done.removed) == {"docs/example-fever/teaching.md", "docs/example-fever/teaching/answers.md"}
    assert not (tmp_path / "docs" / "example-fever" / "teaching.md").exists()
    assert (tmp_path / "docs" / "mine.md").is_file()


@pytest.mark.parametrize("record", ["no JSON", "[1]", '{"a": 1}'])
def test_a_record_that_cannot_be_read_is_said(tiny: Guideline, tmp_path: Path, record: str) -> None:
    """Without a record nothing can be told to be ours, so that nothing is written."""
    (tmp_path / markdown_files.RECORD).write_text(record, encoding="utf-8")
    with pytest.raises(exports.ExportError, match="cannot be read; remove it"):
        markdown_files.write([(tiny, edition.of(tiny))], tmp_path)


def test_a_record_cannot_lead_out_of_its_folder(tiny: Guideline, tmp_path: Path) -> None:
    """A name with '..' or from the root in the record removes nothing outside."""
    outside = tmp_path / "outside.md"
    outside.write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    digest = "0" * 64
    (out / markdown_files.RECORD).write_text(
        f'{{"../outside.md": "{digest}", "{outside}": "{digest}"}}', encoding="utf-8"
    )
    assert markdown_files.write([(tiny, edition.of(tiny))], out).removed == ()
    assert outside.is_file()


def test_a_missing_configuration_or_folder_is_said(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No mkdocs.yml, and a file where the folder should be, are one message each and exit code 1."""
    assert main(["pages", "-f", str(tmp_path / "none.yml")]) == 1
    assert "expected the site's configuration" in capsys.readouterr().err
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    assert main(["pages", "-f", str(project()), "--out", str(taken)]) == 1
    assert str(taken) in capsys.readouterr().err
