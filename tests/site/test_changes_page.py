"""The page 'What changed': from the recorded editions, in words, and only where there is more than one edition."""

import shutil
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort
from site_builder import GUIDELINE, add_guideline, change, mkdocs_build

from generator.checks import check_folder
from generator.cli import main
from generator.editions import record
from generator.editions.page import changes_page
from generator.load import load

HOSTILE = '<img src=x onerror="alert(1)"> & **bold**'


@pytest.fixture
def recorded(project: Path) -> Path:
    """The mkdocs.yml of a project whose guideline has a recorded edition and was changed since."""
    folder = project.parent / "content" / GUIDELINE.name
    assert main(["diff", str(folder), "--record"]) == 0
    change(folder / "guideline.yaml", "version: 0.1.0", "version: 0.2.0")
    change(folder / "references.yaml", "A trial that never was", f"A trial that never was {HOSTILE}")
    change(folder / "statements.yaml", "high: {exactly: 10, unit: mg}", "high: {exactly: 7.5, unit: mg}")
    change(folder / "calculators.yaml", "alternatives: [5, 10]", "alternatives: [5, 7.5]")
    return project


def test_the_page_tells_what_changed_since_the_record(recorded: Path) -> None:
    """The page lists the changes since the recorded edition, the dose first, with a link to where it stands."""
    site = mkdocs_build(recorded) / GUIDELINE.name
    page = (site / "changes" / "index.html").read_text(encoding="utf-8")
    assert "0.1.0 (2020-02-01) → 0.2.0 (2020-02-01)" in page
    places = ["statements/dosing-placebomab/values/high", "calculators/dose/cases/two-readings/expect/alternatives"]
    places += ["references/1/title", "meta/version"]
    found = [page.index(f'data-change="{place}"') for place in places]
    assert found == sorted(found)
    assert page.count("data-change=") == len(places)
    assert "<dt>was</dt><dd>10 mg</dd>" in page
    assert "<dt>now</dt><dd>7.5 mg</dd>" in page
    assert 'href="../sections/treatment/#dosing-placebomab"' in page
    assert "of <del>10</del><ins>7.5</ins> mg." in page


def test_the_page_is_led_to_and_the_record_is_not_published(recorded: Path) -> None:
    """The navigation and 'about' lead to the page; the record stays with the sources."""
    site = mkdocs_build(recorded)
    about = (site / GUIDELINE.name / "about" / "index.html").read_text(encoding="utf-8")
    assert about.count('href="../changes/"') >= 2
    assert "assets/vademecum/changes." in (site / GUIDELINE.name / "changes" / "index.html").read_text(encoding="utf-8")
    assert not (site / GUIDELINE.name / record.FOLDER).exists()


def test_text_of_a_guideline_is_text_on_the_page(recorded: Path) -> None:
    """Markup in a changed text is printed as it is written."""
    page = (mkdocs_build(recorded) / GUIDELINE.name / "changes" / "index.html").read_text(encoding="utf-8")
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=" in page
    assert "**bold**" in page


def test_one_edition_has_no_page(project: Path) -> None:
    """A guideline of which no other edition is recorded has no such page, no link to it and no style for it."""
    folder = project.parent / "content" / GUIDELINE.name
    first = mkdocs_build(project)
    assert not (first / GUIDELINE.name / "changes").exists()
    assert list(first.glob("assets/vademecum/changes.*")) == []
    before = (first / GUIDELINE.name / "about" / "index.html").read_bytes()
    shutil.rmtree(first)
    assert main(["diff", str(folder), "--record"]) == 0
    again = mkdocs_build(project)
    assert not (again / GUIDELINE.name / "changes").exists()
    assert (again / GUIDELINE.name / "about" / "index.html").read_bytes() == before


def test_a_translation_has_no_such_page(recorded: Path) -> None:
    """The records are in the original's language: beside them each text of a translation would be a change."""
    folder = recorded.parent / "content" / GUIDELINE.name
    original = load(folder).guideline
    assert original
    earlier = list(record.earlier(folder))
    assert changes_page(earlier, original)
    assert changes_page(earlier, original.model_copy(update={"original": original})) == {}


def test_two_recorded_editions_are_told_one_after_the_other(recorded: Path) -> None:
    """The newest edition stands first, and each is compared with the one before it."""
    folder = recorded.parent / "content" / GUIDELINE.name
    assert main(["diff", str(folder), "--record"]) == 0
    change(folder / "guideline.yaml", "version: 0.2.0", "version: 0.3.0")
    page = (mkdocs_build(recorded) / GUIDELINE.name / "changes" / "index.html").read_text(encoding="utf-8")
    newer, older = page.index("→ 0.3.0 (2020-02-01)</h2>"), page.index("→ 0.2.0 (2020-02-01)</h2>")
    assert newer < page.index('data-change="meta/version"') < older < page.index('data-change="references/1/title"')


def test_a_record_that_cannot_be_read_stops_the_build(project: Path) -> None:
    """A record that is cut off is an error like those of the guideline itself, and nothing is built."""
    folder = add_guideline(project, "two-fever") / record.FOLDER
    folder.mkdir()
    (folder / "0.0.1.json").write_text("{", encoding="utf-8")
    with pytest.raises(Abort):
        mkdocs_build(project)
    assert [item.code for item in check_folder(folder.parent)[1]] == ["GL961"]
    assert not (project.parent / "site").exists()
