"""The queries, and whether an answer is right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.timing import ROOT
from generator import addresses, source
from generator.models.guideline import Guideline

FOLDER = ROOT / "tests" / "search"
DEVELOP, SET_ASIDE = FOLDER / "queries-develop.yaml", FOLDER / "queries-set-aside.yaml"
NOT_COVERED = "not covered"


@dataclass(frozen=True, slots=True)
class Query:
    """A query.

    Attributes:
        text: as typed.
        kind: how it is typed: abbreviation, pinyin…
        answers: the addresses below the guideline's folder that answer it; empty where the guideline does not.
    """

    text: str
    kind: str
    answers: frozenset[str]

    def of_pages(self) -> "Query":
        """The same, content with the page on which an answer stands."""
        return replace(self, answers=frozenset(answer.partition("#")[0] for answer in self.answers))


def load(path: Path, guideline: Guideline) -> list[Query]:
    """The queries of one file."""
    data, findings = source.read(path)
    if findings:
        raise ValueError(findings[0].message)
    return [_query(entry, guideline) for entry in data]


def _query(entry: dict[str, Any], guideline: Guideline) -> Query:
    found = [address(kind, str(name), guideline) for answer in entry["answers"] for kind, name in answer.items()]
    return Query(str(entry["query"]), entry["kind"], frozenset(found))


def address(kind: str, name: str, guideline: Guideline) -> str:
    """Where the thing of an answer stands."""
    found = addresses.target(guideline, f"{'term' if kind == 'glossary' else kind}: {name}")
    if found is None:
        raise ValueError(f"no {kind} is called {name}")
    return found


def place_of(query: Query, answers: Sequence[str]) -> int:
    """At which place the first right answer stands, from 1; 0 where none of them is right.

    Args:
        query: what was asked.
        answers: what was answered, the best first: addresses, or `NOT_COVERED` where the search says that the
            guideline does not hold it.

    To say so is right, at the first place, only where no answer exists; there an empty list is right too. Where an
    answer exists, to say first that it is not covered is wrong, whatever follows.
    """
    if not query.answers:
        return int(not answers or answers[0] == NOT_COVERED)
    if answers and answers[0] == NOT_COVERED:
        return 0
    return next((place for place, found in enumerate(answers, 1) if found in query.answers), 0)
