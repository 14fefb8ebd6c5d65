"""How the records of a guideline are walked when two editions are compared: what is one value, what names a record."""

from typing import Any

from generator.models.base import Located
from generator.models.calculator import Alternative, DecisionGroup, Expectation, UnitLimits
from generator.models.coverage import (
    Account,
    CellAccount,
    Coverage,
    ParagraphAccount,
    ReferenceAccount,
    TableAccount,
)
from generator.models.guideline import BoardEntry, BoardGroup, Guideline, RelatedDocument
from generator.models.overlay import Overlay
from generator.models.pathway import Link
from generator.models.quantity import Condition, Quantity
from generator.models.reference import Reference
from generator.models.search import NotCovered, SearchWord
from generator.models.section import Section
from generator.models.statement import Locator, Statement
from generator.models.teaching import Choice, TeachingStep

type Record = Located | Overlay

VALUES = (Alternative, Choice, Condition, Locator, Quantity, UnitLimits)
"""Records that are read as one value: a condition changed, not the number of a condition."""

NAMED_BY: dict[type[Record], tuple[str, ...]] = {
    Account: ("sentence",),
    Overlay: ("language",),
    CellAccount: ("row", "column", "note"),
    ParagraphAccount: ("section", "paragraph"),
    Reference: ("number",),
    ReferenceAccount: ("number",),
    TableAccount: ("table",),
}
"""The keys that name a record among its like where that is not `id`."""

CALLED: dict[type[Record], tuple[str, ...]] = {
    BoardEntry: ("label",),
    BoardGroup: ("title",),
    DecisionGroup: ("label",),
    Link: ("label",),
    NotCovered: ("name",),
    RelatedDocument: ("title",),
    SearchWord: ("say",),
    TeachingStep: (),
}
"""Records without a name of their own. Two with the same words are the same, then two at the same place are."""

UNORDERED = (Account, CellAccount, ParagraphAccount, ReferenceAccount, TableAccount, SearchWord, NotCovered, Coverage)
"""Records whose order no page shows."""

MADE = {(Guideline, name) for name in ("original", "translation", "untranslated", "outdated")}
"""Fields that no author writes: they are made of others when a guideline is translated."""

NONE_WRITTEN = "null"
"""The value of `listed: null`, by which a worked case says that nothing may be listed; an absent key says nothing."""


def is_record(value: object) -> bool:
    """Whether a value is a record with fields of its own to compare."""
    return isinstance(value, Located | Overlay) and not isinstance(value, VALUES)


def fields_of(record: type) -> dict[str, Any]:
    """The fields to compare, each with its default; what is made of other fields is left out."""
    if record is Overlay:
        return {"about": None, "entries": {}}
    assert issubclass(record, Located)
    return {name: field.default for name, field in record.model_fields.items() if (record, name) not in MADE}


def read(record: Record, name: str) -> Any:
    """The value of a field, as the author meant it."""
    value = getattr(record, name)
    if value is None and isinstance(record, Expectation) and name == "listed" and name in record.model_fields_set:
        return NONE_WRITTEN
    return value


def name_fields(record: Record) -> tuple[str, ...]:
    """The fields that name a record; empty when it has no name of its own."""
    kind = type(record)
    if kind in NAMED_BY:
        return NAMED_BY[kind]
    return ("id",) if "id" in fields_of(kind) else ()


def key(record: Record) -> str:
    """What a record is called among its like."""
    fields = name_fields(record) or CALLED.get(type(record), ())
    values = [getattr(record, name) for name in fields]
    return "/".join(str(plain(value)) for value in values if value is not None)


def part(record: Record) -> str:
    """Within which part of a list the place of a record counts: a statement's within its section."""
    if isinstance(record, Statement):
        return record.section
    return (record.parent or "") if isinstance(record, Section) else ""


def plain(value: Any) -> Any:
    """A value as plain data in which only the meaning counts: line breaks, quotes and `4.0` for `4` do not."""
    if isinstance(value, Quantity):  # percentages are printed with the digits that they were given with
        digits = tuple(map(str, value.values)) if value.unit == "%" else value.values
        return (value.bound, digits, value.unit)
    if isinstance(value, Located | Overlay):
        return {name: plain(read(value, name)) for name in fields_of(type(value))}
    if isinstance(value, tuple | list):
        return tuple(plain(item) for item in value)
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return " ".join(value.split()) if isinstance(value, str) else value


def same(old: Any, new: Any) -> bool:
    """Whether two values mean the same."""
    return bool(plain(old) == plain(new)) and isinstance(old, bool) == isinstance(new, bool)
