"""Which differences a clinician must see first: those of doses, thresholds, limits, formulas and numbers.

A mark is given by the kind of the field, never by guessing what a sentence means. In texts it is given when the figures
in them are not the same: a text may move a comma without a mark, but not a decimal point.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, Self

from generator.editions.compare import CONTENT, Difference
from generator.models.calculator import (
    Calculator,
    CaveatRule,
    DecisionGroup,
    DecisionRow,
    Formula,
    Input,
    OutcomeRule,
    Risk,
    WorkedCase,
)
from generator.models.guideline import Grade, Guideline
from generator.models.pathway import Edge, Node, NumberAsked, Pathway, PathwayCase
from generator.models.quantity import Condition, Quantity
from generator.models.statement import Kind, Statement
from generator.models.table import Cell, Column, Row, Table

type Mark = Literal["", "dose", "threshold", "limit", "formula", "number", "grade", "branch"]

FIRST: tuple[Mark, ...] = ("dose", "threshold", "limit", "formula", "number")
"""The marks that are listed before all else, in this order."""

USAGE = {"dose", "route", "duration", "interval"}
"""Roles of the columns that tell how a drug is given."""

_OF_USAGE = (CONTENT, "text", "note", "not_an_instruction", "pattern", "role")
DOSE_UNITS = {"microgram", "mg", "g", "IU", "mg/kg", "mg/m²", "Gy"}
CLINICAL = {"statements", "tables", "calculators", "pathways", "caveats", "drugs", "glossary"}
"""The parts of a guideline in whose texts a figure counts."""

_FIELDS: dict[type, dict[str, Mark]] = {
    OutcomeRule: dict.fromkeys(("kind", "value", "alternatives", "listed", "formula", "usage", "usage_is_for"), "dose"),
    DecisionGroup: {"given": "threshold"},
    DecisionRow: {"when": "threshold"},
    CaveatRule: {"when": "threshold"},
    Risk: {"when": "threshold"},
    Edge: {"when": "threshold", "to": "branch"},
    Pathway: {"start": "branch"},
    Node: {"kind": "branch"},
    Input: {"units": "limit", "kind": "limit"},
    NumberAsked: {"units": "limit", "kind": "limit"},
    Formula: {"name": "formula", "lines": "formula"},
    Statement: {"grade": "grade"},
    Grade: {"id": "grade", "meaning": "grade"},
}
_RECORDS: dict[type, Mark] = {
    Calculator: "dose",
    DecisionGroup: "dose",
    DecisionRow: "dose",
    Formula: "formula",
    CaveatRule: "threshold",
    NumberAsked: "limit",
    Node: "branch",
    Edge: "branch",
    Pathway: "branch",
    Grade: "grade",
}
"""The mark of a record that was added, removed or moved to another place."""

_FIGURE = re.compile(
    r"[<>≤≥＜＞≦≧±]?\s?\d+(?:[.,]\d+)*\s?"
    r"(?:[%‰℃°]|[A-Za-zµμ][A-Za-zµμ0-9²³/·]*|日|天|周|个月|月|年|岁|小时|分钟|次|倍|片|支|级|线)?"
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the calculators and pathways of two editions use the numbers of cells and statements.

    Attributes:
        doses: paths of numbers that an answer gives.
        thresholds: paths of numbers that a condition compares with.
    """

    doses: frozenset[str]
    thresholds: frozenset[str]

    @classmethod
    def of(cls, *guidelines: Guideline) -> Self:
        """Those of some editions together."""
        records = [record for guideline in guidelines for record in guideline.inside()]
        rules = [item for item in records if isinstance(item, OutcomeRule)]
        doses = {path for rule in rules for path in (rule.value, rule.listed, *(a.value for a in rule.alternatives))}
        thresholds = {item.cell for item in records if isinstance(item, Condition)}
        return cls(frozenset(doses - {None}), frozenset(thresholds - {None}))  # type: ignore[arg-type]


def mark(found: Difference, numbers: Numbers) -> Mark:
    """The mark of a difference; empty when it has none."""
    if any(isinstance(_some(step.old, step.new), WorkedCase | PathwayCase) for step in found.steps):
        return ""
    some = _some(found.old, found.new)
    if isinstance(some, Quantity) and found.act != "moved":
        return _of_number(found, some, numbers)
    if not found.field:
        return _of_record(found)
    table = found.steps[0].old or found.steps[0].new
    if isinstance(found.record, Cell | Column) and isinstance(table, Table):
        column = found.record if isinstance(found.record, Column) else _column(table, found.steps[-1].key)
        if column and column.role in USAGE and found.field in _OF_USAGE:
            return "dose"
    known = _FIELDS.get(type(found.record), {}).get(found.field)
    return known or _of_text(found)


def _of_number(found: Difference, some: Quantity, numbers: Numbers) -> Mark:
    path = cell_path(found)
    if path in numbers.doses:
        return "dose"
    if path in numbers.thresholds:
        return "threshold"
    table = found.steps[0].old or found.steps[0].new
    column = _column(table, path.split("/")[2]) if isinstance(table, Table) and path.count("/") >= 2 else None
    return "dose" if (column and column.role in USAGE) or some.unit in DOSE_UNITS else "number"


def _of_record(found: Difference) -> Mark:
    record, table = found.record, found.steps[0].old or found.steps[0].new
    if isinstance(record, DecisionRow) or found.act != "moved":
        if isinstance(record, Statement) and found.act != "moved":
            return "dose" if record.kind is Kind.DOSING else "number" if record.values else ""
        if isinstance(record, Table | Row | Cell | Column) and any(item.role == "dose" for item in table.columns):
            return "dose"
        if record_mark := _RECORDS.get(type(record)):
            return record_mark
        return "number" if getattr(record, "values", None) else ""
    return ""


def _of_text(found: Difference) -> Mark:
    """A text whose figures are not the same has the mark of a number."""
    if found.steps[0].name not in CLINICAL or found.field in ("id", "source", "refs"):
        return ""
    return "number" if Counter(_figures(found.old)) != Counter(_figures(found.new)) else ""


def _figures(value: Any) -> Iterator[str]:
    texts = value if isinstance(value, tuple) else (value,)
    for text in texts:
        if isinstance(text, str):
            yield from ("".join(figure.split()) for figure in _FIGURE.findall(text))


def cell_path(found: Difference) -> str:
    """The path under which calculators and texts name the number of a difference; empty where it is none of theirs."""
    keys = [step.key for step in found.steps if step.key]
    match [step.name for step in found.steps]:
        case ["tables", "rows", "cells"] | ["statements", "values"] | ["tables", "rows", "cells", "items", "values"]:
            return "/".join(keys)
        case ["tables", "notes", "values"]:
            return "/".join([keys[0], "notes", *keys[1:]])
    return ""


def _column(table: Table, column_id: str) -> Column | None:
    return next((column for column in table.columns if column.id == column_id), None)


def _some(old: Any, new: Any) -> Any:
    return new if new is not None else old
