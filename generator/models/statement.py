"""The atom of a guideline, the Statement, and its special kind, the Caveat."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from generator.models.base import CaveatId, Identifier, Located, OneOrMore, Text, Whole, exactly_one
from generator.models.quantity import Quantity


class Kind(StrEnum):
    """What a statement does."""

    RECOMMENDATION = "recommendation"
    EVIDENCE = "evidence"
    DEFINITION = "definition"
    BACKGROUND = "background"
    DOSING = "dosing"
    SAFETY = "safety"
    UNCERTAINTY = "uncertainty"


class Locator(Located):
    """Where in the source a statement stands.

    A section with paragraph and sentences, or a table's cell, or a figure.

    Attributes:
        section: the source's section number as printed; `abstract` and `introduction` where it has none.
        paragraph: number of the paragraph within the section, from 1.
        sentences: numbers of the sentences within the paragraph, from 1.
        table: number of the table as printed.
        row: number of the row, from 1; 0 is the head.
        column: label of the column as printed.
        note: the note below the table.
        figure: number of the figure as printed.
    """

    model_config = ConfigDict(json_schema_extra=exactly_one("section", "table", "figure"))

    section: Text | None = None
    paragraph: Whole | None = None
    sentences: tuple[Whole, ...] = ()
    table: Whole | None = None
    row: Whole | None = None
    column: Text | None = None
    note: Literal[True] | None = None
    figure: Whole | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        given = [name for name in ("section", "table", "figure") if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "one_place", "exactly one of section, table, figure; found " + (", ".join(given) or "none")
            )
        return self


Locators = Annotated[tuple[Locator, ...], OneOrMore]


class Statement(Located):
    """One claim of the guideline, with its place in the source and the references printed there.

    Attributes:
        id: stable kebab-case id; the anchor of its element and of every deep link.
        kind: what it does.
        section: id of the section whose page carries it.
        title: a few words for lists; the text's beginning is used when absent.
        text: one claim in the guideline's language, plain text; `{name}` stands for a number of `values`, and
            `{table/row/column}` for a number of a table cell.
        source: where it stands in the source; never empty.
        refs: the reference numbers that the source prints there; empty when it prints none.
        grade: the grade as the source prints it, or absent.
        caveats: ids of the caveats shown beside it.
        tags: kebab-case words to group by.
        related: ids of statements, tables, calculators or pathways that the reader may want next.
        values: numbers that a calculator or another text uses too.
    """

    id: Identifier
    kind: Kind
    section: Identifier
    title: Text | None = None
    text: Text
    source: Locators
    refs: tuple[Whole, ...]
    grade: Text | None = None
    caveats: tuple[CaveatId, ...] = ()
    tags: tuple[Identifier, ...] = ()
    related: tuple[Identifier, ...] = ()
    values: dict[str, Quantity] = Field(default_factory=dict)


class Origin(StrEnum):
    """What a caveat is about."""

    GAP = "gap"
    CONTRADICTION = "contradiction"
    CITATION = "citation"
    SITE = "site"


class Caveat(Located):
    """A gap or a contradiction of the source, or a decision of this site: shown beside what it concerns.

    Attributes:
        id: a capital letter and a number, such as `G9`.
        origin: what it is about: a gap or contradiction of the source, a doubtful citation, or this site.
        prominent: shown open beside its statement (true) or folded as a footnote (false).
        title: a few words.
        text: what the reader must know, plain text.
        source: where the gap or contradiction stands in the source; empty only for the site's own decisions.
    """

    id: CaveatId
    origin: Origin
    prominent: bool
    title: Text
    text: Text
    source: Locators = ()
