"""The mistakes that authors make: docs/mistakes.md shows each with the finding that it really gives."""

import os
from pathlib import Path
from typing import Any

import pytest
from tiny_guideline import FIXTURES, GUIDELINE, copied

from generator import report, source
from generator.checks import check_folder
from generator.findings import Finding

PAGE = Path(__file__).parent.parent.parent / "docs" / "mistakes.md"
MISTAKES: list[dict[str, Any]] = source.read(FIXTURES / "mistakes.yaml")[0]
HEAD = """# Mistakes

<!-- Made by `VADEMECUM_REWRITE_GOLDENS=1 python -m pytest tests/generator/test_mistakes.py`
of tests/fixtures/mistakes.yaml: change that file and not this page. -->

What `vademecum check` says of the mistakes that authors make most. Each was made in a copy of the fictional guideline
of the tests, which is without a finding otherwise, and each can be mended from its message alone. The place is
`file:line:column`; the caret stands below it. Where one mistake gives several findings, mend the one in the line that
you have changed: the others go with it. [Findings](findings/index.md) has a page for each code.
"""


def make(mistake: dict[str, Any], folder: Path) -> Path:
    """A copy of the tiny guideline in which the mistake has been made; gives the folder."""
    path = copied(folder) / mistake["file"]
    text = path.read_text(encoding="utf-8")
    if "replace" in mistake:
        assert text.count(mistake["replace"]) == 1
        text = text.replace(mistake["replace"], mistake["with"])
    path.write_bytes(text.encode(mistake.get("encoding", "utf-8")))
    if "rename" in mistake:
        (folder / mistake["rename"]).parent.mkdir(exist_ok=True)
        path.rename(folder / mistake["rename"])
    return folder


def changed_lines(mistake: dict[str, Any]) -> range:
    """The lines of the file that the mistake is in."""
    if "replace" not in mistake:
        return range(1, 2)
    text = (GUIDELINE / mistake["file"]).read_text(encoding="utf-8")
    first = text[: text.index(mistake["replace"])].count("\n") + 1
    return range(first, first + mistake["with"].rstrip("\n").count("\n") + 1)


def printed(mistake: dict[str, Any], folder: Path) -> str:
    """What `check` prints of a mistake."""
    _, findings = check_folder(make(mistake, folder), "guideline")
    return report.text(findings, report.line_reader(folder.parent))


def written(mistake: dict[str, Any]) -> str:
    """What was done, in the words of the page."""
    name = f"`{mistake['file']}`"
    done = [f"{name} is now `{mistake['rename']}`"] if "rename" in mistake else []
    done += [f"{name} is saved as {mistake['encoding']}"] if "encoding" in mistake else []
    done = done or [f"In {name}"]
    if "replace" not in mistake:
        return f"{done[0]}.\n"
    right, wrong = (mistake[key].strip("\n").replace("\t", "→") or "(nothing)" for key in ("replace", "with"))
    return f"{done[0]}, where it should be\n\n```text\n{right}\n```\n\nstands\n\n```text\n{wrong}\n```\n"


def test_there_are_twenty_and_more() -> None:
    """No mistake stands twice, and there are more than twenty of them."""
    assert len({item["mistake"] for item in MISTAKES}) == len(MISTAKES) > 20


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda item: item["mistake"])
def test_a_mistake_is_told_where_it_was_made_and_how_it_is_mended(mistake: dict[str, Any], tmp_path: Path) -> None:
    """A finding names the file, the very line, a column inside it, the mistake and the mend."""
    _, findings = check_folder(make(mistake, tmp_path / "guideline"), "guideline")
    file = f"guideline/{mistake.get('rename', mistake['file'])}"
    own: list[Finding] = [found for found in findings if found.where.file == file]
    told = [found for found in own if found.where.line in changed_lines(mistake) or mistake.get("told") == found.code]
    assert told, [str(found.where) for found in findings]
    assert all(found.message and found.hint for found in findings)
    assert len(findings) <= 3


def test_the_page_shows_what_is_printed(tmp_path: Path) -> None:
    """docs/mistakes.md is made of the findings as they are printed now.

    `VADEMECUM_REWRITE_GOLDENS=1` writes it: read the difference before you keep it.
    """
    parts = [HEAD]
    for index, mistake in enumerate(MISTAKES):
        (folder := tmp_path / str(index)).mkdir()
        shown = printed(mistake, folder / "guideline").rpartition("\n\n")[0].replace("\N{REPLACEMENT CHARACTER}", "?")
        parts.append(f"## {mistake['mistake']}\n\n{written(mistake)}\n```text\n{shown}\n```\n")
    page = "\n".join(parts)
    if os.environ.get("VADEMECUM_REWRITE_GOLDENS"):
        PAGE.write_text(page, encoding="utf-8")
    assert page == PAGE.read_text(encoding="utf-8")
