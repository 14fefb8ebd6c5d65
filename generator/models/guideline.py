"""A guideline: who says it, and everything that it says."""

from collections.abc import Iterator
from functools import cached_property

from generator.models.base import CaveatId, Day, Identifier, Located, Text, Whole
from generator.models.calculator import Calculator
from generator.models.coverage import Coverage
from generator.models.drug import Drug
from generator.models.glossary import Term
from generator.models.overlay import Overlay, Translation
from generator.models.pathway import Pathway
from generator.models.quantity import Quantity
from generator.models.reference import Reference
from generator.models.review import Review
from generator.models.search import Search
from generator.models.section import Section
from generator.models.statement import Caveat, Statement
from generator.models.table import Cell, Item, Row, Table
from generator.models.teaching import TeachingCase


class Publication(Located):
    """The guideline itself.

    Attributes:
        title: its full title.
        edition: which edition, as printed.
        bodies: the bodies that made it.
        reference: its number in references.yaml.
        doi: its DOI, only where it is known.
    """

    title: Text
    edition: Text
    bodies: tuple[Text, ...]
    reference: Whole | None = None
    doi: Text | None = None


class ToldBy(Located):
    """The publication that this site was made from, when it is not the guideline itself.

    Attributes:
        title: its title.
        authors: its authors.
        affiliation: where they work.
        journal: the journal.
        year: the year.
        issue: volume and issue as printed.
        pages: first and last page.
        doi: its DOI.
    """

    title: Text
    authors: tuple[Text, ...]
    affiliation: Text | None = None
    journal: Text
    year: Whole
    issue: Text | None = None
    pages: Text | None = None
    doi: Text | None = None


class Grade(Located):
    """A grade of the stated scheme.

    Attributes:
        id: the grade as printed.
        meaning: what it means, as far as the source says.
    """

    id: Text
    meaning: Text


class Grading(Located):
    """The grading scheme, as far as the source gives it.

    Attributes:
        scheme: what the scheme is called or how it works.
        grades: the grades that statements may have.
        caveats: ids of the caveats about the scheme.
    """

    scheme: Text
    grades: tuple[Grade, ...]
    caveats: tuple[CaveatId, ...] = ()


class RelatedDocument(Located):
    """A newer or older document on the same subject; an editor's note, not the source's.

    Attributes:
        title: its title.
        citation: how to find it.
        note: how it differs.
    """

    title: Text
    citation: Text
    note: Text


class BoardGroup(Located):
    """A group of the bedside board: what is asked most, one tap away.

    Attributes:
        title: heading of the group.
        entries: its taps.
    """

    title: Text
    entries: tuple["BoardEntry", ...]


class BoardEntry(Located):
    """One tap of the board.

    Attributes:
        label: what the reader sees.
        to: `statement: ID`, `section: ID`, `table: ID`, `table-row: TABLE/ROW`, `calculator: ID`,
            `pathway: ID`, `drug: ID`, `term: ID`, `caveat: ID` or `page: NAME`.
        note: a few more words.
    """

    label: Text
    to: Text
    note: Text | None = None


class Metadata(Located):
    """`guideline.yaml`.

    Attributes:
        id: prefix of every page.
        language: language tag of every text, such as `zh-Hans` or `en`.
        title: title of the site.
        short_title: title where space is short.
        edition: edition of the guideline.
        version: version of this transcription.
        updated: day of the last change of the transcription.
        summary: one or two sentences for the list of guidelines.
        guideline: the guideline itself.
        told_by: the publication that this site was made from, when it is not the guideline itself.
        cite_as: how the source is named in every citation and beside every grade.
        notice: stands beside every calculator answer.
        banner: stands at the top of every page, such as that this is a draft; absent where there is nothing to say.
        intended_use: for whom and for what.
        not_for: what it must not be used for.
        rights: who holds which rights, in sentences.
        grading: the grading scheme, as far as the source gives it.
        reviewed: who has compared this site with the source.
        review_due: when that must be done again.
        supersedes: guidelines that this one replaces.
        superseded_by: the guideline that replaces this one.
        related_documents: newer or older documents on the same subject.
        recommendations_note: a sentence above the list of recommendations.
        caveats: ids of the caveats about the whole guideline.
        board: the bedside board, in groups.
    """

    id: Identifier
    language: Text
    title: Text
    short_title: Text
    edition: Text
    version: Text
    updated: Day
    summary: Text
    guideline: Publication
    told_by: ToldBy | None = None
    cite_as: Text
    notice: Text
    banner: Text | None = None
    intended_use: tuple[Text, ...]
    not_for: tuple[Text, ...]
    rights: tuple[Text, ...]
    grading: Grading
    reviewed: Review
    review_due: Day
    supersedes: tuple[Text, ...] = ()
    superseded_by: Text | None = None
    related_documents: tuple[RelatedDocument, ...] = ()
    recommendations_note: Text | None = None
    caveats: tuple[CaveatId, ...] = ()
    board: tuple[BoardGroup, ...] = ()


class Guideline(Located):
    """Everything that a guideline's folder holds, in the order of the files.

    Attributes:
        overlays: its translations, as they lie in folders such as `en/`.
        translation: of a translated guideline, who made the translation.
        original: of a translated guideline, the guideline as its authors wrote it.
        untranslated: of a translated guideline, how many texts have no translation.
        outdated: of a translated guideline, how many texts have the translation of an earlier original.
    """

    meta: Metadata
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    caveats: tuple[Caveat, ...]
    tables: tuple[Table, ...]
    drugs: tuple[Drug, ...]
    glossary: tuple[Term, ...]
    references: tuple[Reference, ...]
    calculators: tuple[Calculator, ...]
    pathways: tuple[Pathway, ...]
    teaching: tuple[TeachingCase, ...] = ()
    coverage: Coverage | None
    search: Search | None = None
    overlays: tuple[Overlay, ...] = ()
    translation: Translation | None = None
    original: "Guideline | None" = None
    untranslated: int = 0
    outdated: int = 0

    @property
    def folder(self) -> str:
        """The folder of its pages on the site: its id, for a translation below its language."""
        return f"{self.meta.language}/{self.meta.id}" if self.original else self.meta.id

    @property
    def key(self) -> str:
        """A name that no other guideline of a site has, in whatever language; it is no id and holds no slash."""
        return f"{self.meta.id}.{self.meta.language}" if self.original else self.meta.id

    def inside(self) -> Iterator[Located]:
        """Itself and every record inside it; walked once, since many checks ask."""
        return iter(self._everything)

    @cached_property
    def _everything(self) -> tuple[Located, ...]:
        return tuple(super().inside())

    @cached_property
    def statement_by_id(self) -> dict[str, Statement]:
        """Statements by id; the first where an id stands twice."""
        return {item.id: item for item in reversed(self.statements)}

    @cached_property
    def caveat_by_id(self) -> dict[str, Caveat]:
        """Caveats by id."""
        return {item.id: item for item in reversed(self.caveats)}

    @cached_property
    def table_by_id(self) -> dict[str, Table]:
        """Tables by id."""
        return {item.id: item for item in reversed(self.tables)}

    @cached_property
    def drug_by_id(self) -> dict[str, Drug]:
        """Drugs by id."""
        return {item.id: item for item in reversed(self.drugs)}

    @cached_property
    def reference_by_number(self) -> dict[int, Reference]:
        """References by number."""
        return {item.number: item for item in reversed(self.references)}

    @cached_property
    def section_by_id(self) -> dict[str, Section]:
        """Sections by id."""
        return {item.id: item for item in reversed(self.sections)}

    @cached_property
    def pathway_by_id(self) -> dict[str, Pathway]:
        """Pathways by id."""
        return {item.id: item for item in reversed(self.pathways)}

    @cached_property
    def calculator_by_id(self) -> dict[str, Calculator]:
        """Calculators by id."""
        return {item.id: item for item in reversed(self.calculators)}

    def row_at(self, path: str) -> Row | None:
        """The table row at `table/row`, or None."""
        match path.split("/"):
            case [table, row] if table in self.table_by_id:
                return next((item for item in self.table_by_id[table].rows if item.id == row), None)
        return None

    def cell_at(self, path: str) -> Cell | None:
        """The table cell at `table/row/column`, or None."""
        row_path, _, column = path.rpartition("/")
        row = self.row_at(row_path)
        return row.cells.get(column) if row else None

    def item_at(self, path: str) -> Item | None:
        """The point of a cell at `table/row/column/item`, or None."""
        cell_path, _, name = path.rpartition("/")
        cell = self.cell_at(cell_path)
        return next((item for item in cell.items or () if item.id == name), None) if cell else None

    def quantity_at(self, path: str) -> Quantity | None:
        """The number at a cell path, or None.

        Paths: `statement/value`, `table/row/column`, `table/notes/note/value`, `table/row/column/item/value`.
        """
        match path.split("/"):
            case [statement, value]:
                found = self.statement_by_id.get(statement)
                return found.values.get(value) if found else None
            case [table, "notes", note, value] if table in self.table_by_id:
                notes = {item.id: item for item in self.table_by_id[table].notes}
                return notes[note].values.get(value) if note in notes else None
            case [_, _, _]:
                cell = self.cell_at(path)
                return cell.quantity if cell else None
            case [*item_path, value]:
                item = self.item_at("/".join(item_path))
                return item.values.get(value) if item else None
        return None
