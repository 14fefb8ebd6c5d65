"""What the account of the source may name as a carrier, and the text that a reader sees there."""

import re

from calculators.errors import QuantityError
from generator.models.drug import Drug
from generator.models.glossary import Term
from generator.models.guideline import Guideline
from generator.models.section import Section
from generator.models.statement import Caveat, Statement
from generator.models.table import Cell, Column, Note, Row, Table
from generator.text import cell_text, item_text, render, statement_text

type Carrier = Statement | Caveat | Section | Table | Drug | Term | Row | Note | Column | Cell


def carrier(guideline: Guideline, name: str) -> Carrier | None:
    """The record with this id, the table's row at this path, or what `cell_carrier` finds, if anything."""
    return (
        guideline.statement_by_id.get(name)
        or guideline.caveat_by_id.get(name)
        or guideline.section_by_id.get(name)
        or guideline.table_by_id.get(name)
        or guideline.drug_by_id.get(name)
        or next((term for term in guideline.glossary if term.id == name), None)
        or guideline.row_at(name)
        or cell_carrier(guideline, name)
    )


def cell_carrier(guideline: Guideline, path: str) -> Cell | Note | Column | None:
    """A table's cell (`table/row/column`), note (`table/notes/note`) or column (`table/column`), if any."""
    name, *rest = path.split("/")
    table = guideline.table_by_id.get(name)
    match rest:
        case ["notes", note_id] if table:
            return next((note for note in table.notes if note.id == note_id), None)
        case [column_id] if table:
            return _column(table, column_id)
        case [_, column_id] if table and _column(table, column_id):
            return guideline.cell_at(path)
    return None


def _column(table: Table, column_id: str) -> Column | None:
    return next((column for column in table.columns if column.id == column_id), None)


def carrier_text(guideline: Guideline, name: str) -> str | None:
    """The text that a reader sees there; None when there is nothing, or a number of it cannot be printed."""
    found = carrier(guideline, name)
    table = guideline.table_by_id.get(name.partition("/")[0])
    try:
        match found:
            case Statement():
                title = render(guideline, found.title or "", found.values)
                return _joined(title, statement_text(guideline, found), found.grade)
            case Caveat():
                return _joined(found.title, found.text)
            case Section():
                return _joined(found.number, found.title, found.summary)
            case Drug():
                return _joined(found.name, *found.names, found.english, found.drug_class, found.note)
            case Term():
                return _joined(found.term, found.abbreviation, found.english, found.text, *found.names)
            case Column():
                return found.label
            case Note():
                return _joined(found.mark, item_text(guideline, found))
            case Table():
                rows = (_row_text(guideline, found, row) for row in found.rows)
                return _joined(found.title, *rows, *(item_text(guideline, note) for note in found.notes))
            case Row() if table:
                return _row_text(guideline, table, found)
            case Cell() if table and (column := _column(table, name.rpartition("/")[2])):
                return cell_text(guideline, column, found)
    except QuantityError:
        pass  # an unknown unit, which has a finding of its own
    return None


def _joined(*texts: str | None) -> str:
    return " ".join(filter(None, texts))


def _row_text(guideline: Guideline, table: Table, row: Row) -> str:
    columns = (column for column in table.columns if column.id in row.cells)
    return _joined(row.label, *(cell_text(guideline, column, row.cells[column.id]) for column in columns))


def holds_figure(text: str, figure: str) -> bool:
    """Whether a text holds a figure as a whole (8 Gy is not in 18 Gy); white space does not count."""
    pressed, wanted = "".join(text.split()), "".join(figure.split())
    before = r"(?<![0-9])(?<![0-9]\.)" if wanted[0].isdigit() else ""
    after = r"(?![0-9])(?!\.[0-9])" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, pressed) is not None
