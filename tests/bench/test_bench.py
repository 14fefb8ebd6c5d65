"""`make bench` can measure everything; what it finds is no matter here, since tests run on busy machines."""

from pathlib import Path

import pytest

from bench import report, weight
from bench.__main__ import main
from bench.python_in_browser import FLOOR
from bench.report import Row

READING = ("home", "overview", "recommendations", "sections", "tables", "references", "glossary", "about")
ROWS = (
    "build of the site / plain mkdocs build of its pages, processor time",
    "build of the site / plain mkdocs build of its pages, wall time",
    *(f"page weight, {kind} / plain Material page" for kind in (*READING, "calculators")),
    *(f"{what}, {share} of 100 / echo" for what in FLOOR.values() for share in ("p50", "p95")),
    "bytes of runtime, library, engine and payload / bare Pyodide",
    *(
        f"{name} / bare Pyodide's first visit, 1 rounds"
        for name in (
            "first paint",
            "interactive form",
            "first answer, first visit",
            "first answer on return, without a snapshot",
            "first answer on return, from the snapshot",
            "first answer, first visit, our Python on a page with nothing but a form",
            "processor time of Python's thread, first visit",
            "processor time of Python's thread on return, without a snapshot",
            "processor time of Python's thread on return, from the snapshot",
            "memory of the page's process, first visit",
            "memory of the page's process, from the snapshot",
        )
    ),
    "check, processor time a guideline, 5 guidelines / 1",
    "build, processor time a guideline, 5 guidelines / 1",
    "sections/ page of one guideline, HTML, 5 guidelines / 1",
    "from saving a dose to table and answer, 1 guideline / mkdocs serve, table alone, 1 rounds",
    "from saving a dose to table and answer, 1 guideline / what is asked",
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> str:
    """The page that a quick run writes."""
    path = tmp_path_factory.mktemp("bench") / "performance.md"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VADEMECUM_CHROMIUM", chromium)
        assert main(["--quick", "--output", str(path)]) == 0
    return path.read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.slow
def test_every_row_is_there_with_its_figures(page: str) -> None:
    """Each figure, its reference and their ratio are above zero."""
    lines = {line.split(" | ")[0].lstrip("| "): line.split(" | ")[1:4] for line in page.splitlines()}
    assert [name for name in ROWS if name not in lines] == []
    for name in ROWS:
        assert all(float(cell.split()[0].replace(",", "")) > 0 for cell in lines[name]), lines[name]


@pytest.mark.browser
@pytest.mark.slow
def test_the_machine_is_described_without_names_of_hosts_or_paths(page: str) -> None:
    """Cores and the versions of Python and Chromium, nothing private."""
    machine = page.split("\n\n")[2]
    assert "core" in machine
    assert "Python 3." in machine
    assert "Chromium " in machine
    assert "/" not in machine


def test_a_ratio_above_its_target_is_missed_and_one_at_it_is_met() -> None:
    """Rows without a target have no verdict."""
    verdicts = [
        Row("x", measured, 2, "s", target).cells()[-1] for measured, target in ((3, 1.5), (3.1, 1.5), (9, None))
    ]
    assert verdicts == ["met", "missed", ""]


def test_only_what_stands_between_the_marks_is_written_anew(tmp_path: Path) -> None:
    """The words of the page stay, and so does a backslash in a table."""
    path = tmp_path / "page.md"
    begin, end = "<!-- bench: begin -->", "<!-- bench: end -->"
    path.write_text(f"above\n{begin}\nold\n{end}\nbelow\n", encoding="utf-8")
    report.write(path, r"| \1 |")
    assert path.read_text(encoding="utf-8") == f"above\n{begin}\n\n| \\1 |\n\n{end}\nbelow\n"


@pytest.mark.parametrize(
    ("uri", "kind"),
    [("", "home"), ("x/", "overview"), ("x/about/", "about"), ("x/sections/one/", "sections")],
)
def test_the_kind_of_a_page_is_in_its_address(uri: str, kind: str) -> None:
    """All sections are one kind."""
    assert weight.kind(uri) == kind
