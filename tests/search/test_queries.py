"""The queries that a search is measured with are sound: two equal halves, no query twice, and answers that exist.

Nothing here searches. The queries were written before the search, so that its makers could not choose them.
"""

import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator import source
from generator.checks import check_folder
from generator.models.guideline import Guideline

HERE = Path(__file__).parent
GUIDELINE = HERE.parents[1] / "content" / "lung-cancer-bone-metastasis"
HALVES = ("queries-develop.yaml", "queries-set-aside.yaml")
# Kind -> how many of the 150
KINDS = {
    "words": 14,
    "colloquial": 18,
    "abbreviation": 14,
    "english": 12,
    "brand": 10,
    "typo": 12,
    "traditional": 10,
    "pinyin": 10,
    "initials": 10,
    "figure": 13,
    "several-words": 13,
    "not-covered": 14,
}


@cache
def half(name: str) -> list[dict[str, Any]]:
    """The queries of one file, as written."""
    data, findings = source.read(HERE / name)
    assert findings == []
    return list(data)


def both() -> list[dict[str, Any]]:
    """The queries of both halves."""
    return [entry for name in HALVES for entry in half(name)]


@cache
def guideline() -> Guideline:
    """The guideline that is searched."""
    found, _ = check_folder(GUIDELINE)
    assert found is not None
    return found


@cache
def answerable() -> dict[str, set[str]]:
    """Kind of answer → the ids that the guideline has of it."""
    held = guideline()
    return {
        "statement": {item.id for item in held.statements},
        "table-row": {f"{table.id}/{row.id}" for table in held.tables for row in table.rows},
        "drug": {item.id for item in held.drugs},
        "calculator": {item.id for item in held.calculators},
        "pathway": {item.id for item in held.pathways},
        "section": {item.id for item in held.sections},
        "glossary": {item.id for item in held.glossary},
    }


def plain(text: str) -> str:
    """A text without case, width and spaces: what a search takes for the same query."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@pytest.mark.parametrize("name", HALVES)
def test_a_half_has_75_queries_and_no_key_but_the_four(name: str) -> None:
    """A half holds 75 queries, each with its text, kind and answers, and `not_covered` only where it is true."""
    assert len(half(name)) == 75
    for entry in half(name):
        covered = {"query", "kind", "answers"}
        assert set(entry) == (covered if entry["answers"] else covered | {"not_covered"}), entry
        assert isinstance(entry["query"], str), entry
        assert entry["query"] == entry["query"].strip() != "", entry


def test_each_kind_is_split_between_the_halves() -> None:
    """Each kind has as many queries as it should, and the halves differ by one at most."""
    develop, set_aside = (Counter(entry["kind"] for entry in half(name)) for name in HALVES)
    assert develop + set_aside == Counter(KINDS)
    assert all(abs(develop[kind] - set_aside[kind]) == KINDS[kind] % 2 for kind in KINDS)


def test_no_query_stands_twice() -> None:
    """No query stands twice, in its half or across the halves, however it is cased or spaced."""
    times = Counter(plain(entry["query"]) for entry in both())
    assert [query for query, count in times.items() if count > 1] == []


@pytest.mark.parametrize("entry", both(), ids=lambda entry: entry["query"])
def test_every_answer_is_in_the_guideline(entry: dict[str, Any]) -> None:
    """Every answer names one thing that the guideline holds, and no answer stands twice."""
    answers = [pair for answer in entry["answers"] for pair in answer.items()]
    assert len(answers) == len(entry["answers"]) == len(set(answers))
    assert [pair for pair in answers if pair[1] not in answerable().get(pair[0], set())] == []


def test_only_what_the_guideline_does_not_hold_has_no_answer() -> None:
    """A query is of the kind `not-covered` exactly when it has no answer, and then it says so."""
    for entry in both():
        assert (entry["kind"] == "not-covered") == (not entry["answers"]) == (entry.get("not_covered") is True), entry


def test_no_word_of_what_is_not_covered_stands_in_the_guideline() -> None:
    """What the guideline is said not to hold, it does not print: no statement, row, drug or term has a word of it."""
    held = guideline()
    texts = [item.text for item in held.statements]
    texts += [title for table in held.tables for row in table.rows for title in (row.label, table.title)]
    texts += [name for drug in held.drugs for name in (drug.name, *drug.names)]
    texts += [name for term in held.glossary for name in (term.term, *term.names)]
    printed = plain("\n".join(texts))
    words = [word for entry in both() if entry["kind"] == "not-covered" for word in entry["query"].split()]
    assert len(words) >= KINDS["not-covered"]
    assert [word for word in words if plain(word) in printed] == []
