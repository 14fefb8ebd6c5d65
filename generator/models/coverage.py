"""The account of the source: every sentence, table cell and reference, and what carries it."""

from typing import Self

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from generator.models.base import Located, Text, Whole, given


class Account(Located):
    """One sentence of the source.

    Attributes:
        sentence: number within the paragraph, from 1.
        by: ids of the statements (or caveats, sections, drugs, terms) that carry it.
        figures: numbers of the sentence as the source prints them; each must be in what carries it.
        not_clinical: why nothing carries it.
    """

    sentence: Whole
    by: tuple[Text, ...] = ()
    figures: tuple[Text, ...] = ()
    not_clinical: Text | None = None


class ParagraphAccount(Located):
    """A paragraph of a section of the source.

    Attributes:
        section: the section as its locators name it.
        paragraph: number of the paragraph within the section, from 1.
        sentences: how many sentences it has.
        accounts: an account of each of them.
    """

    section: Text
    paragraph: Whole
    sentences: Whole
    accounts: tuple[Account, ...]


class CellAccount(Located):
    """A cell of a table of the source, or a note below it.

    Attributes:
        row: number of the row, from 1; 0 is the head.
        column: number of the column, from 1.
        note: number of the note below the table, from 1, instead of row and column.
        by: `table/row/column`, `table/notes/note`, or `table/column` for the head.
        figures: numbers of the cell as the source prints them; each must be in what carries it.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [given("row", "column", without=("note",)), given("note", without=("row", "column"))]
        }
    )

    row: Whole | None = None
    column: Whole | None = None
    note: Whole | None = None
    by: Text
    figures: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _row_and_column_or_note(self) -> Self:
        given = [name for name in ("row", "column", "note") if getattr(self, name) is not None]
        if given not in (["row", "column"], ["note"]):
            found = ", ".join(given) or "none"
            raise PydanticCustomError("one_place", f"row and column, or note; found {found}")
        return self


class TableAccount(Located):
    """A table of the source.

    Attributes:
        table: number of the table as printed.
        rows: how many rows it has, without the head.
        columns: how many columns it has.
        notes: how many notes stand below it.
        cells: an account of each cell, of the head too, and of each note.
    """

    table: Whole
    rows: Whole
    columns: Whole
    notes: Whole
    cells: tuple[CellAccount, ...]


class ReferenceAccount(Located):
    """A reference of the source.

    Attributes:
        number: as the source prints it.
        by: ids of every statement and table that cites it, or of the caveat that says that none does.
    """

    number: Whole
    by: tuple[Text, ...]


class Coverage(Located):
    """The whole account.

    Attributes:
        paragraphs: every paragraph of the source.
        tables: every table of the source.
        figures: for each picture of the source, the id of what stands for it.
        reference_count: how many references the source lists.
        references: every reference of the source.
    """

    paragraphs: tuple[ParagraphAccount, ...]
    tables: tuple[TableAccount, ...]
    figures: tuple[Text, ...] = ()
    reference_count: Whole
    references: tuple[ReferenceAccount, ...]
