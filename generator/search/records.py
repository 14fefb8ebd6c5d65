"""What can be an answer: one record a statement, row, drug, term, calculator, pathway, section and caveat.

Caveats say what the source leaves open, which is an answer too; those about a citation are none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from generator import addresses, text
from generator.models.drug import Drug
from generator.models.guideline import Guideline
from generator.models.pathway import Pathway
from generator.models.statement import Origin, Statement
from generator.models.table import Row, Table
from generator.said import plain
from generator.words import for_language


@dataclass(frozen=True, slots=True)
class Record:
    """One possible answer.

    Attributes:
        key: kind and id, such as `statement: give-exemplamab`; kinds as in the board's `to`, and `section`.
        label: its kind in words.
        address: below the guideline's own folder, as `addresses` gives it.
        title: a few words.
        text: what is searched and shown beneath the title.
        place: where it stands, in words.
        context: searched and not shown: headings above it, and words from within it.
    """

    key: str
    label: str
    address: str
    title: str
    text: str
    place: str
    context: str = ""


def records(guideline: Guideline) -> list[Record]:
    """Every record of a guideline, in the order in which equals are shown."""
    return list(_Maker(guideline).all())


class _Maker:
    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        self.words = for_language(guideline.meta.language)

    def all(self) -> Iterator[Record]:
        """Everything, kind by kind."""
        guideline = self.guideline
        yield from map(self._drug, guideline.drugs)
        yield from (self._row(table, row) for table in guideline.tables for row in table.rows)
        for calculator in guideline.calculators:
            asked = [item.label for item in calculator.inputs]
            formula = calculator.formula.lines if calculator.formula else ()
            yield Record(
                f"calculator: {calculator.id}",
                self.words["search_calculator"],
                f"calculators/{calculator.id}/",
                calculator.title,
                calculator.summary,
                self.words["calculators"],
                " ".join((*asked, *formula)),
            )
        yield from map(self._pathway, guideline.pathways)
        for term in guideline.glossary:
            title = f"{term.term}{self.words['brackets'].format(text=term.abbreviation)}" if term.abbreviation else ""
            yield Record(
                f"term: {term.id}",
                self.words["search_term"],
                addresses.term(term.id),
                title or term.term,
                " ".join(filter(None, (term.text, term.english))),
                self.words["glossary"],
                " ".join(term.names),
            )
        yield from map(self._statement, guideline.statements)
        for caveat in guideline.caveats:
            if caveat.origin is not Origin.CITATION:
                label, place = self.words[f"origin_{caveat.origin.value}"], self.words["about"]
                yield Record(f"caveat: {caveat.id}", label, addresses.caveat(caveat.id), caveat.title, "", place)
        for section in guideline.sections:
            parent = guideline.section_by_id.get(section.parent or "")
            yield Record(
                f"section: {section.id}",
                self.words["search_section"],
                addresses.section(guideline, section.id),
                section.title,
                section.summary or "",
                parent.title if parent else self.words["sections"],
            )

    def _drug(self, drug: Drug) -> Record:
        rows = [(path, row) for path in drug.table_rows if (row := self.guideline.row_at(path))]
        told = [drug.drug_class, drug.note, *(self._cells(self._table_of(path), row) for path, row in rows)]
        return Record(
            f"drug: {drug.id}",
            self.words["search_not_covered" if drug.listing == "not_covered" else "search_drug"],
            addresses.drug(drug.id),
            drug.name,
            self.words["semicolon"].join(filter(None, told)),
            self.words["glossary"],
            " ".join(drug.names),
        )

    def _table_of(self, path: str) -> Table:
        return self.guideline.table_by_id[path.partition("/")[0]]

    def _row(self, table: Table, row: Row) -> Record:
        drug = self.guideline.drug_by_id.get(row.drug or "")
        number = f"{self.words['table']} {table.number}"
        return Record(
            f"table-row: {table.id}/{row.id}",
            number,
            addresses.table_row(f"{table.id}/{row.id}"),
            f"{row.label} · {table.title}",
            self._cells(table, row),
            f"{number} {table.title}",
            " ".join((drug.name, *drug.names)) if drug else "",
        )

    def _cells(self, table: Table, row: Row) -> str:
        """A row in one text: each column's label with its content, but for what the row's label says."""
        told = []
        for column in table.columns:
            cell = row.cells.get(column.id)
            numbered = cell is not None and (cell.text or "").isdigit()
            if cell is None or numbered or cell.not_an_instruction or cell.text == row.label:
                continue
            told.append(f"{column.label}{self.words['colon']}{text.cell_text(self.guideline, column, cell)}")
        return self.words["semicolon"].join(told)

    def _pathway(self, pathway: Pathway) -> Record:
        section = self.guideline.section_by_id.get(pathway.section)
        inside = [node.text for node in pathway.nodes if node.kind == "question"]
        inside += [option.label for node in pathway.nodes for option in node.options]
        return Record(
            f"pathway: {pathway.id}",
            self.words["search_pathway"],
            f"pathways/{pathway.id}/",
            pathway.title,
            pathway.summary,
            self.words["pathways"],
            " ".join((section.title if section else "", *inside)),
        )

    def _statement(self, statement: Statement) -> Record:
        section = self.guideline.section_by_id.get(statement.section)
        parent = self.guideline.section_by_id.get(section.parent or "") if section else None
        grade = self.words["grade_given"].format(grade=statement.grade) if statement.grade else ""
        return Record(
            f"statement: {statement.id}",
            self.words[f"kind_{statement.kind.value}"],
            addresses.statement(self.guideline, statement.id),
            text.statement_title(self.guideline, statement),
            " ".join(filter(None, (plain(text.statement_text(self.guideline, statement)), grade))),
            " › ".join(item.title for item in (parent, section) if item),
        )
