"""What Lighthouse's reports become: medians, verdicts and a table. The reports themselves are for `make bench`."""

from pathlib import Path

import pytest

from bench import lighthouse, report
from bench.lighthouse import Scores

MET = Scores("overview", (95, 100, 100, 100), (92, 89, 100, 90))


@pytest.mark.parametrize(
    ("own", "plain", "missed"),
    [
        ((95, 100, 100, 100), 92, []),
        ((94, 100, 100, 100), 91, ["performance ≥ 95"]),
        ((95, 100, 100, 100), 93, ["3 ahead"]),
        ((99, 99, 100, 100), 90, ["accessibility 100"]),
        ((99, 100, 99, 99), 90, ["best-practices 100", "seo 100"]),
    ],
)
def test_a_target_is_missed_just_below_it(own: tuple[float, ...], plain: float, missed: list[str]) -> None:
    """At 95 and 3 ahead nothing is missed; one point less is said, for each category."""
    assert Scores("home", own, (plain, 0, 0, 0)).missed == missed


def test_a_report_gives_points_and_runs_their_medians() -> None:
    """Shares of one become points of 100, in one order, and one odd run of three does not count."""
    found = lighthouse.of_report({"categories": {name: {"score": 0.946} for name in lighthouse.CATEGORIES}})
    assert found == (95, 95, 95, 95)
    assert lighthouse.medians([(10, 1), (95, 2), (96, 3)]) == (95, 2)


def test_the_table_goes_between_its_own_marks(tmp_path: Path) -> None:
    """The table of Lighthouse and the other one each keep their place when one is renewed."""
    page = tmp_path / "performance.md"
    report.write(page, "figures")
    report.write(page, lighthouse.markdown([MET], "Machine."), "lighthouse")
    report.write(page, "new figures")
    text = page.read_text(encoding="utf-8")
    assert "| overview | 95 / 92 | 100 / 89 | 100 / 100 | 100 / 90 |  |" in text
    assert text.index("new figures") < text.index("lighthouse: begin")
    assert text.count("begin") == 2


def test_one_page_of_each_kind_is_taken(tmp_path: Path) -> None:
    """Of several pages of a kind the first is taken, and home and overview are kinds of their own."""
    for uri in ("", "g/", "g/tables/b/", "g/tables/a/"):
        (tmp_path / uri).mkdir(parents=True, exist_ok=True)
        (tmp_path / uri / "index.html").touch()
    assert lighthouse.one_a_kind(tmp_path) == {"home": "", "overview": "g/", "tables": "g/tables/a/"}
