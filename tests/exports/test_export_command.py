"""`vademecum export`: what it writes, and what it says when it cannot."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import exports
from generator.cli import main

type Project = Callable[..., Path]


@pytest.fixture(autouse=True)
def _away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test runs in a folder of its own."""
    monkeypatch.chdir(tmp_path)


def test_the_files_go_to_dist_under_their_edition(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes one file a guideline into dist/, named by guideline and edition, and says so."""
    assert main(["export", "epub", "-f", str(project())]) == 0
    assert [path.as_posix() for path in Path("dist").iterdir()] == ["dist/example-fever-2020.epub"]
    assert capsys.readouterr().out == "Wrote dist/example-fever-2020.epub (0.0 MB)\n"


@pytest.mark.slow
@pytest.mark.parametrize("form", exports.FORMATS)
def test_two_runs_give_the_same_bytes(project: Project, form: str) -> None:
    """Two processes, with other seeds, time zones and folders, write the same file to the byte."""
    config = project()
    command = [sys.executable, "-m", "generator.cli", "export", form, "-f", str(config), "--guideline", "example-fever"]
    made = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run([*command, "-o", f"out{seed}"], env=environment, check=True, capture_output=True)
        made += [path.read_bytes() for path in Path(f"out{seed}").iterdir()]
    assert len(made) == 2
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("name", "hint"), [("example-fevr", "did you mean 'example-fever'?"), ("else", "known: example-fever")]
)
def test_an_unknown_guideline_is_refused(
    project: Project, capsys: pytest.CaptureFixture[str], name: str, hint: str
) -> None:
    """An id that no guideline has gives exit code 1, the near one or all of them, and no file."""
    assert main(["export", "epub", "-f", str(project()), "--guideline", name]) == 1
    said = capsys.readouterr().err
    assert said == f"vademecum: expected the id of a guideline, found '{name}'\n  hint: {hint}\n"
    assert not Path("dist").exists()


def test_a_guideline_with_errors_is_not_exported(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """An error of the checks is printed with its place, and nothing is written."""
    assert main(["export", "epub", "-f", str(project("statements.yaml", "refs: [1, 2]", "refs: [1, 22]"))]) == 1
    said = capsys.readouterr().err
    assert said.startswith("vademecum: the guidelines have errors; nothing was exported\n")
    assert "statements.yaml:" in said
    assert not Path("dist").exists()


def test_a_site_without_guidelines_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where content/ holds no guideline the message says what was expected."""
    (tmp_path / "content").mkdir()
    Path("mkdocs.yml").write_text("site_name: T\ndocs_dir: content\n", "utf-8")
    assert main(["export", "epub"]) == 1
    assert "no guideline found: expected " in capsys.readouterr().err
    Path("mkdocs.yml").unlink()
    assert main(["export", "epub"]) == 1
    assert "expected the site's configuration" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in the place of the folder is an error with its path, not a traceback."""
    Path("taken").write_text("a file", "utf-8")
    assert main(["export", "epub", "-f", str(project()), "-o", "taken"]) == 1
    assert capsys.readouterr().err.startswith("vademecum: taken: ")


@pytest.mark.parametrize("package", ["weasyprint", "segno", "tinyhtml5"])
def test_a_missing_package_is_named(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    """Without one of its packages the export says which one, and how to install it."""
    for name in [name for name in sys.modules if name.startswith("generator.exports.")]:
        monkeypatch.delitem(sys.modules, name)
        monkeypatch.delattr(exports, name.rpartition(".")[2], raising=False)
    monkeypatch.setitem(sys.modules, package, None)  # type: ignore[arg-type]  # as if it were not installed
    assert main(["export", "pdf", "-f", str(project())]) == 1
    said = capsys.readouterr().err
    assert f"needs the Python package '{package}'" in said
    assert "make export" in said


def test_missing_libraries_of_the_system_are_named(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Pango the export names Debian's packages, and what WeasyPrint prints by itself is left out."""
    whole = importlib.import_module

    def lacking(name: str, *more: Any) -> Any:
        if name == "weasyprint":
            print("advice at length")
            raise OSError("cannot load library 'libpango-1.0-0'")
        return whole(name, *more)

    monkeypatch.setattr(importlib, "import_module", lacking)
    assert main(["export", "pdf", "-f", str(project())]) == 1
    out, said = capsys.readouterr()
    assert out == ""
    assert "cannot load library 'libpango-1.0-0'" in said
    assert "apt-get install libpango-1.0-0" in said
