"""What the families share: ids that stand twice, ids that lead nowhere, and the id that was perhaps meant."""

import difflib
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from generator.checks.registry import Scope
from generator.findings import Finding, Where, finding


class Identified(Protocol):
    """A record with an id and a place."""

    @property
    def id(self) -> str:
        """The id."""

    def where(self, *path: str | int) -> Where:
        """The place of the record, or of the value at `path` inside it."""


def nearest(name: str, known: Iterable[str], otherwise: str) -> str:
    """A hint that names the known id nearest to `name`, or says `otherwise`."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else otherwise


def dangling(
    scope: Scope, code: str, kind: str, name: str, known: Collection[str], *, where: Where
) -> Iterator[Finding]:
    """The finding that `name` is no known id of a kind, unless a record that was left out explains it."""
    if name not in known and not scope.left_out(name, known):
        message = f"expected the id of a {kind}, found '{name}', which is none"
        hint = nearest(name, known, f"Write the {kind} '{name}', or correct the id")
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
