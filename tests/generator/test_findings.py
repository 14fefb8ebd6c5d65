"""Every finding code: its fixture, its printed form, its page."""

import os
from pathlib import Path

import pytest
from tiny_guideline import FIXTURES, GUIDELINE, fixture_guideline

from generator import report
from generator.checks import check_folder
from generator.findings import CODES

FINDINGS = FIXTURES / "findings"
DOCS = Path(__file__).parent.parent.parent / "docs" / "findings"


def printed(folder: Path) -> str:
    """What `check` prints for a guideline, its folder called `guideline`."""
    _, findings = check_folder(folder, "guideline")
    return report.text(findings, report.line_reader(folder.parent)) + "\n"


def test_the_tiny_guideline_is_clean() -> None:
    """The fictional guideline, in English, has no finding at all."""
    guideline, findings = check_folder(GUIDELINE)
    assert guideline is not None
    assert findings == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_is_printed_as_its_golden_says(code: str, tmp_path: Path) -> None:
    """The fixture of a code makes that code, and the printed diagnostic is the golden to the last caret.

    `VADEMECUM_REWRITE_GOLDENS=1` writes what is printed now: read the difference before you keep it.
    """
    found = printed(fixture_guideline(code, tmp_path / "guideline"))
    golden = FINDINGS / f"{code}.txt"
    if os.environ.get("VADEMECUM_REWRITE_GOLDENS"):
        golden.write_text(found, encoding="utf-8")
    assert f": {code} {CODES[code].severity}: " in found
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_has_its_page(code: str) -> None:
    """Each code has a page with the same name, and its docstring shows what is wrong and what is right."""
    assert (DOCS / f"{code}.md").is_file()
    doc = CODES[code].doc
    assert ("Wrong" in doc and "Right" in doc) or code.startswith("GL0")


def test_no_fixture_without_a_code() -> None:
    """Every fixture and every golden is named after a code that exists."""
    assert {path.stem for path in FINDINGS.iterdir()} == set(CODES)
