"""Every difference of the data of two editions, as data; what is only written differently is none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from generator.editions.fields import Record, fields_of, is_record, key, read, same
from generator.editions.pairing import pair
from generator.models.base import Located
from generator.models.calculator import DecisionRow
from generator.models.guideline import Guideline
from generator.models.pathway import Pathway
from generator.models.section import Section
from generator.models.statement import Statement
from generator.models.table import Cell, Table

type Act = Literal["added", "removed", "changed", "moved"]

PLACES: dict[type[Located], str] = {Section: "parent", Statement: "section", Table: "section", Pathway: "section"}
"""The field that says where on the site a record stands: a change of it is a move."""

CONTENT = "content"
"""Stands for the field of a cell that now holds another kind of thing."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way from the guideline to a value.

    Attributes:
        name: the field.
        key: the name of the record within the field's list; empty where there is only one.
        old: the value there in the old edition; None when it has none.
        new: the value there in the new edition.
    """

    name: str
    key: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Attributes:
        act: what was done.
        steps: the way to the record concerned.
        field: the field of that record whose value changed; empty when the record itself was added or moved.
        old: the value of the field, or the record, in the old edition; of a move, what it belonged to.
        new: the same in the new edition; of a move, what it belongs to or comes after now.
    """

    act: Act
    steps: tuple[Step, ...]
    field: str = ""
    old: Any = None
    new: Any = None

    @property
    def path(self) -> str:
        """Where it is, for machines: `tables/dosing/rows/exemplamab/cells/dose/quantity`."""
        parts = [part for step in self.steps for part in (step.name, step.key) if part]
        return "/".join([*parts, self.field] if self.field else parts)

    @property
    def record(self) -> Any:
        """The record concerned, in the new edition where it has one."""
        return self.steps[-1].new if self.steps[-1].new is not None else self.steps[-1].old


def differences(old: Guideline, new: Guideline) -> list[Difference]:
    """Every difference, in the order of the fields of a guideline."""
    return _with_moved_rows(list(_records(old, new, ())))


def _records(old: Record, new: Record, steps: tuple[Step, ...]) -> Iterator[Difference]:
    names = list(fields_of(type(new)))
    if isinstance(old, Cell) and isinstance(new, Cell) and old.kind != new.kind:  # a text in place of a number
        yield Difference("changed", steps, CONTENT, old, new)
        names = [name for name in names if name not in (old.kind, new.kind)]
    for name in names:
        yield from _field(read(old, name), read(new, name), name, steps, type(new))


def _field(old: Any, new: Any, name: str, steps: tuple[Step, ...], kind: type) -> Iterator[Difference]:
    if old is new:
        return
    some = new if new not in (None, (), {}) else old
    if is_record(some):
        yield from _one(old, new, Step(name, "", old, new), steps)
    elif isinstance(some, tuple) and some and is_record(some[0]):
        yield from _lists(old or (), new or (), name, steps)
    elif isinstance(some, dict) and any(isinstance(item, Located) for item in some.values()):
        for each in {**old, **new}:
            yield from _one(old.get(each), new.get(each), Step(name, each, old.get(each), new.get(each)), steps)
    elif not same(old, new):
        act: Act = "moved" if PLACES.get(kind) == name else "changed"
        yield Difference(act, steps, name, old, new)


def _one(old: Any, new: Any, step: Step, steps: tuple[Step, ...]) -> Iterator[Difference]:
    """A record or a value that stands alone or under a key."""
    if old is None or new is None:
        yield Difference("added" if old is None else "removed", (*steps, step), "", old, new)
    elif is_record(new):
        yield from _records(old, new, (*steps, step))
    elif not same(old, new):
        yield Difference("changed", (*steps, step), "", old, new)


def _lists(old: Sequence[Record], new: Sequence[Record], name: str, steps: tuple[Step, ...]) -> Iterator[Difference]:
    found = pair(old, new)
    for before, after in found.pairs:
        yield from _records(before, after, (*steps, Step(name, key(after), before, after)))
    for record in found.removed:
        yield Difference("removed", (*steps, Step(name, key(record), record, None)), "", record, None)
    for record in found.added:
        yield Difference("added", (*steps, Step(name, key(record), None, record)), "", None, record)
    of_new = {id(after): before for before, after in found.pairs}
    for record, after_it in found.moved:
        yield Difference("moved", (*steps, Step(name, key(record), of_new[id(record)], record)), "", None, after_it)


def _with_moved_rows(found: list[Difference]) -> list[Difference]:
    """A row of a decision table that went from one group to another has moved: it was not removed and added."""
    added = {_row(item): item for item in found if item.act == "added" and _row(item)}
    result = []
    for item in found:
        twin = added.get(_row(item)) if item.act == "removed" else None
        if twin is None:
            result.append(item)
            continue
        found_again = replace(twin.steps[-1], old=item.old)
        steps = (*twin.steps[:-1], found_again)
        result.append(Difference("moved", steps, "", item.steps[-2].old, twin.steps[-2].new))
        result += _records(item.old, twin.new, steps)
    moved = {item.path for item in result if item.act == "moved"}
    return [item for item in result if not (item.act == "added" and _row(item) and item.path in moved)]


def _row(item: Difference) -> tuple[str, str] | None:
    """Calculator and id of a row of a decision table; None for anything else."""
    return (item.steps[0].key, item.steps[-1].key) if isinstance(item.record, DecisionRow) else None
