"""Whatever is done to a guideline's files, its author is told what is wrong and where."""

import shutil
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from damage import damaged, texts_of

from calculators.decide import run_cases
from calculators.payload import parse
from generator import explanations, pages, report, search, source
from generator.checks import check_folder
from generator.findings import CODES, Finding, has_errors
from generator.models.guideline import Guideline
from generator.payload import dump

HERE = Path(__file__).parent
FOLDERS = (HERE / "tiniest-fever", HERE.parent / "fixtures" / "example-fever")
SMALL_ONES = 9
"""So many of ten damages are done to the smaller guideline, which is checked several times faster."""

type Read = Callable[[Path, str | None], tuple[Any, list[Finding]]]


@pytest.fixture
def quick_reading(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, bytes], Any]:
    """Files that are as they were are not read as YAML again."""
    kept: dict[tuple[str, bytes], Any] = {}
    read: Read = source.read

    def read_once(path: Path, shown_as: str | None = None) -> tuple[Any, list[Finding]]:
        key = str(shown_as), path.read_bytes()
        if key not in kept:
            kept[key] = read(path, shown_as)
        data, findings = kept[key]
        return data, list(findings)

    monkeypatch.setattr(source, "read", read_once)
    return kept


@pytest.mark.slow
def test_any_damage_gives_findings_or_a_guideline_that_can_be_built(
    numbers: tuple[int, range], tmp_path: Path, quick_reading: dict[tuple[str, bytes], Any]
) -> None:
    """A damaged file gives findings with a place in the files, or all that a site is made of; never a traceback."""
    seed, batch = numbers
    originals = {folder: texts_of(folder) for folder in FOLDERS}
    copies = {folder: Path(shutil.copytree(folder, tmp_path / folder.name)) for folder in FOLDERS}
    failed = []
    for number in batch:
        chance = Random(f"{seed}-{number}")
        original = FOLDERS[0 if number % 10 < SMALL_ONES else 1]
        done, name, raw = damaged(chance, originals[original])
        path = copies[original] / name
        path.write_bytes(raw)
        try:
            look_at(path.parent)
        except Exception:
            failed.append(f"seed {seed}, number {number}: {original.name}/{name}, {done}\n{traceback.format_exc()}")
        path.write_text(originals[original][name], encoding="utf-8")
        quick_reading.pop((f"g/{name}", raw), None)
    assert not failed, f"{len(failed)} of {len(batch)}:\n\n" + "\n\n".join(failed)


def look_at(folder: Path) -> None:
    """Check a guideline; look at what is found, print it, and make what a site is made of where nothing is wrong."""
    guideline, findings = check_folder(folder, "g")
    for found in findings:
        assert found.code in CODES
        assert found.message
        look_at_place(found, folder)
    for printed in (report.text(findings, report.line_reader(folder.parent)), report.as_json(findings)):
        assert printed.isprintable() or "\n" in printed
    report.github(findings)
    if not has_errors(findings):
        assert guideline is not None
        build(guideline)


def look_at_place(found: Finding, folder: Path) -> None:
    """A finding stands inside a file of the guideline, or at the folder when a file is missing."""
    if found.where.file == "g":
        assert (found.code, found.where.line, found.where.column) == ("GL010", 1, 1)
        return
    shown, _, name = found.where.file.partition("/")
    assert (shown, (folder / name).is_file()) == ("g", True), found
    lines = (folder / name).read_bytes().decode("utf-8-sig", errors="replace").splitlines() or [""]
    assert 1 <= found.where.line <= len(lines), found
    assert 1 <= found.where.column <= len(lines[found.where.line - 1]) + 1, found


def build(guideline: Guideline) -> None:
    """All that a site is made of, but for the site."""
    payload = parse(dump(guideline))
    for calculator in payload.calculators:
        assert all(result.passed for result in run_cases(payload, calculator.id))
    assert pages.build(guideline)
    assert search.files([guideline], directory_urls=True)
    assert explanations.files([guideline], directory_urls=True)
