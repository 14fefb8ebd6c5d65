"""The hazard log is complete, and every test that it leans on exists and would be run."""

import ast
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LOG: list[dict[str, Any]] = yaml.safe_load((ROOT / "docs" / "hazards.yaml").read_text(encoding="utf-8"))
TEXTS = ("hazard", "cause", "harm")


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the test functions at the top of a file; none when there is no such file."""
    file = ROOT / path
    body = ast.parse(file.read_text(encoding="utf-8")).body if file.is_file() else []
    return frozenset(item.name for item in body if isinstance(item, ast.FunctionDef) and item.name.startswith("test_"))


@pytest.mark.parametrize("entry", LOG, ids=lambda entry: entry["id"])
def test_a_hazard_is_told_whole_and_held_by_tests(entry: dict[str, Any]) -> None:
    """Hazard, cause, harm and control are told, and each test that is named exists under that very name."""
    assert entry.keys() - {"remains"} == {"id", *TEXTS, "control", "tests"}
    assert all(isinstance(entry[key], str) and entry[key].strip() for key in (*TEXTS, *entry.keys() & {"remains"}))
    assert entry["control"]
    assert all(isinstance(item, str) and item.strip() for item in entry["control"])
    assert entry["tests"]
    for named in entry["tests"]:
        path, _, name = named.partition("::")
        assert name in names_in(path), f"{entry['id']} names {named}, which does not exist"


def test_hazards_are_numbered() -> None:
    """The ids run H1, H2, H3 … in the order of the file, so that a number means one hazard for good."""
    assert [entry["id"] for entry in LOG] == [f"H{number}" for number in range(1, len(LOG) + 1)]


def test_the_controls_fit_into_the_log() -> None:
    """No test is named twice for one hazard, and a name that does not exist would be found."""
    assert all(len(entry["tests"]) == len(set(entry["tests"])) for entry in LOG)
    assert "test_nothing" not in names_in("tests/docs/test_hazards.py")
    assert names_in("tests/docs/test_no_such_file.py") == frozenset()
