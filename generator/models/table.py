"""Tables with typed cells. A number on a page and the same number in a calculator come from one cell."""

from typing import Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from generator.models.base import CaveatId, Identifier, Located, Text, Whole, exactly_one
from generator.models.quantity import CellKind, Quantity
from generator.models.statement import Locator


class Column(Located):
    """A column: its kind, and for quantities the units that its cells may use.

    Attributes:
        id: id of the column, as paths and rows name it.
        label: as the source prints it.
        kind: what its cells hold.
        units: the units that its quantities may have.
        pattern: how a quantity is printed, `{}` standing for it, such as `{}/次`.
        role: what a calculator takes from it.
    """

    id: Identifier
    label: Text
    kind: CellKind
    units: tuple[Text, ...] = ()
    pattern: Text = "{}"
    role: Identifier | None = None


class Item(Located):
    """One point of a cell that lists several.

    Attributes:
        id: id of the item, as paths name it.
        text: plain text; `{name}` stands for a number of `values`.
        values: its numbers.
        caveats: ids of the caveats shown beside it.
    """

    id: Identifier
    text: Text
    values: dict[str, Quantity] = Field(default_factory=dict)
    caveats: tuple[CaveatId, ...] = ()


class Cell(Located):
    """The content of one cell: text, a quantity, or items.

    Attributes:
        text: plain text.
        quantity: a number with a unit.
        items: several points.
        caveats: ids of the caveats shown beside it.
        note: id of the table's note that the cell points to.
        not_an_instruction: the caveat that explains why this value is never given as an instruction.
    """

    model_config = ConfigDict(json_schema_extra=exactly_one("text", "quantity", "items"))

    text: Text | None = None
    quantity: Quantity | None = None
    items: tuple[Item, ...] | None = None
    caveats: tuple[CaveatId, ...] = ()
    note: Identifier | None = None
    not_an_instruction: CaveatId | None = None

    @model_validator(mode="after")
    def _one_content(self) -> Self:
        given = [name for name in ("text", "quantity", "items") if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "one_content", "exactly one of text, quantity, items; found " + (", ".join(given) or "none")
            )
        return self

    @property
    def kind(self) -> str:
        """The kind of the content: text, quantity or items."""
        if self.text is not None:
            return "text"
        return "quantity" if self.quantity is not None else "items"


class Row(Located):
    """A row.

    Attributes:
        id: id of the row, as paths name it.
        label: what it is about.
        statement: id of the statement that carries it.
        drug: id of the drug that it is about.
        cells: a cell for every column, by column id.
    """

    id: Identifier
    label: Text
    statement: Identifier
    drug: Identifier | None = None
    cells: dict[str, Cell]


class Note(Located):
    """A note below the table.

    Attributes:
        id: id of the note, as cells and paths name it.
        mark: the mark as printed.
        text: plain text; `{name}` stands for a number of `values`.
        statement: id of the statement that carries it.
        values: its numbers.
    """

    id: Identifier
    mark: Text
    text: Text
    statement: Identifier
    values: dict[str, Quantity] = Field(default_factory=dict)


class Table(Located):
    """A table of the guideline.

    Attributes:
        id: stable id; its page, and the first part of paths.
        number: as the source prints it.
        title: its title.
        section: id of the section that it belongs to.
        source: where it stands in the source.
        refs: reference numbers that the source prints in it.
        caveats: ids of the caveats about the whole table.
        columns: the columns, in order.
        rows: the rows, in order.
        notes: the notes below it.
    """

    id: Identifier
    number: Whole
    title: Text
    section: Identifier
    source: Locator
    refs: tuple[Whole, ...]
    caveats: tuple[CaveatId, ...] = ()
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
