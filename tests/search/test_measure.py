"""How an answer is judged: strictly, and the same for every search."""

import pytest

from bench.search.queries import NOT_COVERED, Query, place_of

HELD = Query("a", "words", frozenset({"glossary/#term-a", "sections/a/#said"}))
NOT_HELD = Query("b", "not-covered", frozenset())


@pytest.mark.parametrize(
    ("query", "answers", "place"),
    [
        (HELD, ["sections/a/#said", "x"], 1),
        (HELD, ["x", "y", "glossary/#term-a"], 3),
        (HELD, ["sections/a/", "glossary/"], 0),
        (HELD, [], 0),
        (HELD, [NOT_COVERED, "glossary/#term-a"], 0),
        (HELD.of_pages(), ["x", "sections/a/"], 2),
        (NOT_HELD, [], 1),
        (NOT_HELD, [NOT_COVERED, "x"], 1),
        (NOT_HELD, ["x", NOT_COVERED], 0),
    ],
)
def test_an_answer_is_right_only_where_it_is_the_thing_itself(query: Query, answers: list[str], place: int) -> None:
    """The page of an answer is not the answer, to deny what is held is wrong, and so is noise for what is not."""
    assert place_of(query, answers) == place
