"""All that a guideline says of one drug, gathered from its records; nothing is written anew.

A statement is about a drug when it carries one of the rows of the drug, when the drug lists it, when a tag of it is the
drug's id, or when its text names the drug. Of a table that lists several drugs side by side, what names another drug
and not this one is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from generator import text
from generator.mentions import Names
from generator.models.calculator import Calculator, CaveatRule, DecisionGroup, DecisionRow
from generator.models.drug import Drug
from generator.models.guideline import Guideline
from generator.models.pathway import Node, Pathway
from generator.models.quantity import Condition, Op
from generator.models.statement import Kind, Statement
from generator.models.table import Cell, Row, Table

_FIRST = (Kind.DOSING, Kind.RECOMMENDATION, Kind.SAFETY, Kind.EVIDENCE, Kind.UNCERTAINTY)
"""What is asked of a drug first; the other kinds come after these."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rows of a calculator's decision table that are about a drug.

    Attributes:
        calculator: the calculator.
        option: whether the drug can be chosen there by its id, so that a link may fill it in; the input's id.
        groups: the groups with at least one such row, and those rows; the drug's own groups first.
        caveat_rules: the rules that add caveats for this drug.
        outcomes: the outcome of each row as the payload has it.
    """

    calculator: Calculator
    option: str
    groups: tuple[tuple[DecisionGroup, tuple[DecisionRow, ...]], ...]
    caveat_rules: tuple[CaveatRule, ...]
    outcomes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DrugPage:
    """What the page of a drug shows.

    Attributes:
        drug: the drug.
        doses: its tables, each cut down to the drug's own rows and to the notes that they point to.
        tables: other tables that name it, without what is about another drug alone.
        rules: what calculators decide for it.
        statements: the statements about it, what is asked first first.
        about_class: the statements that name its class and are not among the others.
        pathways: pathways with the nodes that name it or rest on its statements.
        refs: the numbers of all references that are cited there, in order.
        caveats: the caveats of the drug and of its tables, in order.
    """

    drug: Drug
    doses: tuple[Table, ...]
    tables: tuple[Table, ...]
    rules: tuple[Rules, ...]
    statements: tuple[Statement, ...]
    about_class: tuple[Statement, ...]
    pathways: tuple[tuple[Pathway, tuple[Node, ...]], ...]
    refs: tuple[int, ...]
    caveats: tuple[str, ...]


def build(guideline: Guideline, names: Names, drug: Drug, calculators: Iterable[dict[str, Any]]) -> DrugPage:
    """The page of a drug.

    Args:
        guideline: a guideline without errors.
        names: its names.
        drug: one of its drugs.
        calculators: the calculators of its payload.
    """
    outcomes = {item["id"]: {row["id"]: row["outcome"] for row in item["rows"]} for item in calculators}
    doses = tuple(filter(None, (_own_rows(table, drug) for table in guideline.tables)))
    tables = tuple(
        _without_others(guideline, names, table, drug) for table in guideline.tables if _names_it(table, drug, names)
    )
    statements = _statements(guideline, names, drug)
    own = {item.id for item in statements}
    about_class = tuple(
        item
        for item in guideline.statements
        if drug.drug_class and item.id not in own and drug.drug_class in names.classes(_said(guideline, item))
    )
    cited = {number for item in (*statements, *about_class) for number in item.refs}
    cited |= {number for table in (*doses, *tables) for number in table.refs}
    caveats = (*drug.caveats, *(key for table in doses for key in (*table.caveats, *_caveats(table.rows))))
    return DrugPage(
        drug,
        doses,
        tables,
        tuple(filter(None, (_rules(item, drug, outcomes[item.id]) for item in guideline.calculators))),
        statements,
        about_class,
        tuple(filter(lambda pair: pair[1], ((item, _nodes(names, item, drug, own)) for item in guideline.pathways))),
        tuple(sorted(cited)),
        tuple(dict.fromkeys(caveats)),
    )


def _said(guideline: Guideline, item: Statement) -> str:
    return f"{item.title or ''}\n{text.statement_text(guideline, item)}"


def _statements(guideline: Guideline, names: Names, drug: Drug) -> tuple[Statement, ...]:
    listed = {row.statement for path in drug.table_rows if (row := guideline.row_at(path))} | set(drug.statements)
    found = [
        item
        for item in guideline.statements
        if item.id in listed or drug.id in item.tags or drug.id in names.drugs(_said(guideline, item))
    ]
    return tuple(sorted(found, key=lambda item: _FIRST.index(item.kind) if item.kind in _FIRST else len(_FIRST)))


def _own_rows(table: Table, drug: Drug) -> Table | None:
    rows = tuple(row for row in table.rows if f"{table.id}/{row.id}" in drug.table_rows or row.drug == drug.id)
    marked = {cell.note for row in rows for cell in row.cells.values()}
    notes = tuple(note for note in table.notes if note.id in marked)
    # On the drug's own page its name is no link to it.
    bare = tuple(row.model_copy(update={"drug": None}) for row in rows)
    return table.model_copy(update={"rows": bare, "notes": notes}) if rows else None


def _names_it(table: Table, drug: Drug, names: Names) -> bool:
    """Whether a table whose rows are about no drug names it: in a column's label or in a cell."""
    if any(row.drug for row in table.rows) or any(path.startswith(f"{table.id}/") for path in drug.table_rows):
        return False
    texts = [column.label for column in table.columns]
    texts += [part for row in table.rows for cell in row.cells.values() for part in _texts(cell)]
    return any(drug.id in names.drugs(part) for part in texts)


def _without_others(guideline: Guideline, names: Names, table: Table, drug: Drug) -> Table:
    """The table without the columns and items that name other drugs and not this one."""

    def others(said: str) -> bool:
        found = names.drugs(said)
        return bool(found) and drug.id not in found

    columns = tuple(column for column in table.columns if not others(column.label))

    def cut(cell: Cell) -> Cell:
        items = cell.items and tuple(item for item in cell.items if not others(text.item_text(guideline, item)))
        return cell.model_copy(update={"items": items})

    rows = tuple(
        row.model_copy(
            update={"cells": {column.id: cut(row.cells[column.id]) for column in columns if column.id in row.cells}}
        )
        for row in table.rows
    )
    return table.model_copy(update={"columns": columns, "rows": rows})


def _texts(cell: Cell) -> list[str]:
    return [cell.text] if cell.text is not None else [item.text for item in cell.items or ()]


def _caveats(rows: Sequence[Row]) -> list[str]:
    cells = [cell for row in rows for cell in row.cells.values()]
    found = [key for cell in cells for key in (*cell.caveats, cell.not_an_instruction) if key]
    return found + [key for cell in cells for item in cell.items or () for key in item.caveats]


def _about(condition: Condition, drug: Drug) -> bool:
    """Whether a condition picks a drug out: it is asked for by its id, alone or among others."""
    return (condition.op is Op.EQ and condition.value == drug.id) or drug.id in (condition.values or ())


def _rules(calculator: Calculator, drug: Drug, outcomes: dict[str, Any]) -> Rules | None:
    asked = next((item.id for item in calculator.inputs if any(option.id == drug.id for option in item.options)), "")
    groups = []
    for group in calculator.groups:
        rows = tuple(row for row in group.rows if any(_about(item, drug) for item in (*group.given, *row.when)))
        if rows:
            groups.append((group, rows))
    groups.sort(key=lambda pair: not any(_about(item, drug) for item in pair[0].given))
    notes = tuple(rule for rule in calculator.caveat_rules if any(_about(item, drug) for item in rule.when))
    return Rules(calculator, asked, tuple(groups), notes, outcomes) if asked and groups else None


def _nodes(names: Names, pathway: Pathway, drug: Drug, own: set[str]) -> tuple[Node, ...]:
    def fits(node: Node) -> bool:
        based = {*node.statements, *(key for option in node.options for key in option.statements)}
        said = "\n".join([node.text, *(option.label for option in node.options)])
        return bool(based & own) or drug.id in names.drugs(said)

    return tuple(node for node in pathway.nodes if fits(node))
