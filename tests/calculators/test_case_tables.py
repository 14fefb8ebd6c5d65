"""The engine's tables: every row of cases/*.csv and walks/*.csv through the one door of the browser."""

import json

import pytest

from calculators.bridge import handle
from tests.calculators.tables import all_differences, differences, expected, load_requests, payload_request


@pytest.fixture(autouse=True)
def _loaded() -> None:
    assert json.loads(handle(payload_request()))["ok"]


@pytest.mark.parametrize(
    ("request_text", "wanted"),
    list(zip(load_requests(), expected(), strict=True)),
    ids=[row["case"].encode("ascii", "replace").decode() for row in expected()],
)
def test_a_row_of_a_table(request_text: str, wanted: dict[str, str]) -> None:
    """The outcome of a row's inputs, or the step of its answers, is the one that the row states."""
    assert differences(wanted, handle(request_text)) == []


def test_the_tables_are_compared_as_a_whole() -> None:
    """All rows together agree too, and a wrong reply is named by its row."""
    replies = [handle(text) for text in load_requests()]
    assert all_differences(replies) == []
    wrong = all_differences([replies[1], *replies[1:]])
    assert wrong
    assert all(line.startswith("bma-dose: incadronate at 64 years and 29.9: ") for line in wrong)
    assert "not-loaded" in differences(expected()[0], handle(load_requests()[0].replace("fixture", "other")))[0]
