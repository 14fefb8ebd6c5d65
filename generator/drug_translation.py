"""What the page of a drug shows, in another language: the same records, cut as the original's are."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from generator import drug_pages
from generator.drug_pages import DrugPage, Rules
from generator.mentions import Names
from generator.models.calculator import DecisionRow
from generator.models.drug import Drug
from generator.models.guideline import Guideline
from generator.models.pathway import Node
from generator.models.table import Cell, Column, Item, Note, Row, Table


def build(guideline: Guideline, names: Names, drug: Drug, calculators: Iterable[dict[str, Any]]) -> DrugPage:
    """The page of a drug of a guideline in any language.

    Names are looked for in what the original says, so that a page has the same statements in every language.

    Args:
        guideline: a guideline without errors.
        names: those of the original.
        drug: one of its drugs.
        calculators: the calculators of its payload.
    """
    if guideline.original is None:
        return drug_pages.build(guideline, names, drug, calculators)
    own = guideline.original.drug_by_id[drug.id]
    return _in_language(drug_pages.build(guideline.original, names, own, calculators), guideline)


def _in_language(page: DrugPage, made: Guideline) -> DrugPage:
    """The page of a drug of the original, made of the records of a translated guideline."""
    return replace(
        page,
        drug=made.drug_by_id[page.drug.id],
        doses=tuple(_table(table, made) for table in page.doses),
        tables=tuple(_table(table, made) for table in page.tables),
        rules=tuple(_rules(rules, made) for rules in page.rules),
        statements=tuple(made.statement_by_id[item.id] for item in page.statements),
        about_class=tuple(made.statement_by_id[item.id] for item in page.about_class),
        pathways=tuple(
            (made.pathway_by_id[pathway.id], _picked(nodes, made.pathway_by_id[pathway.id].nodes))
            for pathway, nodes in page.pathways
        ),
    )


def _picked[R: (Column, DecisionRow, Item, Node, Note)](cut: Sequence[R], whole: Sequence[R]) -> tuple[R, ...]:
    """Those of the whole whose ids the cut has, in its order."""
    by_id = {item.id: item for item in whole}
    return tuple(by_id[item.id] for item in cut)


def _table(cut: Table, made: Guideline) -> Table:
    whole = made.table_by_id[cut.id]
    rows = {row.id: row for row in whole.rows}
    return whole.model_copy(
        update={
            "columns": _picked(cut.columns, whole.columns),
            "rows": tuple(_row(row, rows[row.id]) for row in cut.rows),
            "notes": _picked(cut.notes, whole.notes),
        }
    )


def _row(cut: Row, whole: Row) -> Row:
    cells = {name: _cell(cell, whole.cells[name]) for name, cell in cut.cells.items()}
    return whole.model_copy(update={"cells": cells, "drug": cut.drug})


def _cell(cut: Cell, whole: Cell) -> Cell:
    return whole.model_copy(update={"items": cut.items and _picked(cut.items, whole.items or ())})


def _rules(rules: Rules, made: Guideline) -> Rules:
    calculator = made.calculator_by_id[rules.calculator.id]
    # Groups have no id: a group of the original is found by itself, and the same place has its translation.
    pairs = [
        (group, rows)
        for cut, rows in rules.groups
        for whole, group in zip(rules.calculator.groups, calculator.groups, strict=True)
        if whole is cut
    ]
    groups = tuple((group, _picked(rows, group.rows)) for group, rows in pairs)
    return replace(rules, calculator=calculator, groups=groups)
