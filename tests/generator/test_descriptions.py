"""What is told of a page: whole names only, and as many as there is room for."""

import pytest

from generator import descriptions

ROOM = descriptions.LONGEST


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b", "a"], "a; b"),
        (["a" * (ROOM - 3), "b"], "a" * (ROOM - 3) + "; b"),
        (["a" * (ROOM - 2), "b"], "a" * (ROOM - 2) + "; …"),
        (["a" * (ROOM - 2), "b", "c"], "a" * (ROOM - 2) + "; …"),
        (["a" * (ROOM + 1)], "a" * (ROOM + 1)),
    ],
    ids=["none", "one", "twice", "just fits", "one too many", "two too many", "one long name"],
)
def test_names_are_told_whole(names: list[str], told: str) -> None:
    """A name is there whole or not at all; an ellipsis of its own says that there are more."""
    assert descriptions.listed(names, "; ") == told
