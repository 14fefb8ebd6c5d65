"""What the families share: ids that stand twice, ids that lead nowhere, and the id that was perhaps meant."""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from generator.checks.registry import Scope
from generator.findings import Finding, Where, finding

LEAST_SHIFTED, LEAST_OTHER = 3, 5
"""So long is a part, at least, in which two signs are exchanged or one is lost, and one in which a sign is another."""


class Identified(Protocol):
    """A record with an id and a place."""

    @property
    def id(self) -> str:
        """The id."""

    def where(self, *path: str | int) -> Where:
        """The place of the record, or of the value at `path` inside it."""


def nearest(name: str, known: Iterable[str], otherwise: str) -> str:
    """A hint that names the known id of which `name` is a misspelling, or says `otherwise`.

    Another drug's dose is never offered. `dosing/fictinib/dose` is like `dosing/samplumab/dose` to a reckoner of
    likeness, and an author who takes the offer has put one drug's dose under another's name. So each part of an id
    must be the part that was written, but for one slip of the pen: zoledronate is no slip for pamidronate.
    """
    slips = [other for other in known if is_slip(name, other)]
    near = difflib.get_close_matches(name, slips, n=1, cutoff=0)
    return f"Did you mean '{near[0]}'?" if near else otherwise


def is_slip(name: str, other: str) -> bool:
    """Whether two ids have the same parts but for a sign too many, too few or other, or two exchanged, in each."""
    parts, others = (re.split(r"[-/.]", each) for each in (name, other))
    return len(parts) == len(others) and all(map(_one_slip, parts, others))


def _one_slip(part: str, other: str) -> bool:
    """Whether one slip of the pen, or none, makes one part of the other; a digit or a Roman one never is."""
    if part == other:
        return True
    start = _alike(part, other)
    one, two = part[start:], other[start:]
    end = _alike(one[::-1], two[::-1])
    one, two = one[: len(one) - end], two[: len(two) - end]
    least = min(len(part), len(other))
    exchanged = len(one) == 2 and one == two[::-1]
    if re.search(r"\d", one + two) or re.fullmatch(r"[ivx]+", part + other) or max(len(one), len(two)) > 1 + exchanged:
        return False
    return least >= (LEAST_SHIFTED if exchanged or len(one) != len(two) else LEAST_OTHER)


def _alike(one: str, two: str) -> int:
    """How many signs two texts have in common at their beginning."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(two)))


def dangling(
    scope: Scope, code: str, kind: str, name: str, known: Collection[str], *, where: Where
) -> Iterator[Finding]:
    """The finding that `name` is no known id of a kind, unless a record that was left out explains it."""
    if name not in known and not scope.left_out(name, known):
        message = f"expected the id of a {kind}, found '{name}', which is none"
        otherwise = f"Write the {kind} '{name}', or correct the id"
        hint = nearest(name, known, otherwise if known else f"There is no {kind} at all: see that its file is there")
        yield finding(code, where, message, hint)


def repeated(code: str, of: str, records: Iterable[Identified]) -> Iterator[Finding]:
    """A finding for every record whose id an earlier one has; `of` says among what an id must be unique."""
    first: dict[str, Where] = {}
    for record in records:
        where = record.where("id")
        if record.id in first:
            before = first[record.id]
            place = f"line {before.line}" if before.file == where.file else f"line {before.line} of {before.file}"
            message = f"expected an id of its own for each {of}, found '{record.id}', which is on {place} too"
            yield finding(code, where, message, "Rename one of the two")
        first.setdefault(record.id, where)
