"""The tiny, fictional guideline of the tests, and guidelines that are broken on purpose."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from generator import source

FIXTURES = Path(__file__).parent.parent / "fixtures"
GUIDELINE = FIXTURES / "example-fever"

type Break = Callable[[str, str, str], Path]
"""Replaces a text of a file by another in a copy of the guideline, and gives the folder."""


def copied(folder: Path) -> Path:
    """A copy of the guideline as `folder`, whose name becomes the guideline's id; gives the folder."""
    shutil.copytree(GUIDELINE, folder)
    apply([{"file": "guideline.yaml", "replace": f"id: {GUIDELINE.name}\n", "with": f"id: {folder.name}\n"}], folder)
    return folder


def apply(changes: Iterable[dict[str, Any]], folder: Path) -> None:
    """Apply the changes of a fixture to a copy of the guideline: delete, content, or replace and with."""
    for change in changes:
        if "delete" in change:
            (folder / change["delete"]).unlink()
        elif "content" in change:
            (folder / change["file"]).write_text(change["content"], encoding="utf-8")
        else:
            path = folder / change["file"]
            text = path.read_text(encoding="utf-8")
            assert text.count(change["replace"]) == 1, f"{change['replace']!r} must stand once in {path.name}"
            path.write_text(text.replace(change["replace"], change["with"]), encoding="utf-8")


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """A copy of the guideline in which one text of a file can be replaced by another, as often as asked."""
    folder = copied(tmp_path / "guideline")

    def replace(file: str, old: str, new: str) -> Path:
        apply([{"file": file, "replace": old, "with": new}], folder)
        return folder

    return replace


def fixture_guideline(code: str, folder: Path) -> Path:
    """The guideline of the fixture of a code: the tiny one with a patch, or with the files of a folder."""
    copied(folder)
    patch = FIXTURES / "findings" / f"{code}.yaml"
    if patch.is_file():
        changes, findings = source.read(patch)
        assert findings == []
        apply(changes, folder)
    else:
        shutil.copytree(FIXTURES / "findings" / code, folder, dirs_exist_ok=True)
    return folder
