"""Hints for numbers, and for true and false, that were written in a way that is none here."""

import pytest

from generator.load.written import TWO_NUMBERS, number_hint, truth_hint


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("４．５", "write 4.5"),
        ("1，2", "write 1,2"),
        (".5", "Write 0.5, with a zero"),
        ("018", "Write 18, without"),
        ("00.5", "without quotes"),
        ("2_000", "Write 2000, with nothing"),
        ("1 000 000", "Write 1000000, with nothing"),
        ("4,0", "Write 4.0, with a point"),
        ("4,000", "Write 4.000, with a point; for thousands, 4000"),
        ("4 mg", "Write 4 alone"),
        ("thirty", "without quotes"),
        ("4²", "without quotes"),
        ("1e3", "without quotes"),
        ("0x10", "without quotes"),
    ],
)
def test_a_number_in_another_notation_is_shown_in_ours(written: str, hint: str) -> None:
    """Each way to write a number has a hint that holds the number, and a raised digit is never made a plain one."""
    assert hint in number_hint(written)


@pytest.mark.parametrize(
    ("written", "hint"), [("NO", "Write false"), ("是", "Write true"), ("on", "Write true"), ("some", "true or false")]
)
def test_yes_and_no_are_shown_as_true_and_false(written: str, hint: str) -> None:
    """A word for yes or no has the value that it means in its hint."""
    assert hint in truth_hint(written)


@pytest.mark.parametrize("written", ["2-4", "2–4", "2 — 4", "2～4", "2~4", "2 to 4", "2至4", "2 到 4"])
def test_a_range_is_seen_whatever_its_dash(written: str) -> None:
    """Hyphens, dashes and words between two numbers make a range."""
    found = TWO_NUMBERS.match(written)
    assert found
    assert found.groups() == ("2", "4")
