"""What the templates of a page may ask: texts with their numbers, links from this page, conditions in words."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from calculators.quantities import UNITS, format_quantity
from generator import addresses, citations, payload, text, translation
from generator.layers import Layers
from generator.mentions import drug_names
from generator.models.calculator import Calculator, Input, Option
from generator.models.drug import Drug
from generator.models.glossary import Term
from generator.models.guideline import Guideline
from generator.models.pathway import Node, Pathway
from generator.models.quantity import Condition
from generator.models.statement import Caveat, Origin, Statement
from generator.models.table import Cell, Column, Item, Note, Table
from generator.said import ORIGINAL, Said
from generator.words import for_language, for_script

WORD = Markup('<a class="vm-word" href="{}">{}</a>')


@dataclass(slots=True)
class PageContext:
    """The context of one page.

    Attributes:
        guideline: the guideline.
        depth: number of folders between the page's address and the guideline's folder.
        directory_urls: addresses end in `/` and not in `.html`.
        link: makes a link of an address below the guideline's folder, where the pages are no site.
        layers: what stands behind the statements; made anew when absent.
        address: the page's own address below the guideline's folder: names do not link to the page that they are on.
        words: the site's own words in the guideline's language.
    """

    guideline: Guideline
    depth: int
    directory_urls: bool
    link: Callable[[str], str] | None = None
    layers: Layers = None  # type: ignore[assignment]  # made in __post_init__
    address: str = ""
    words: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = for_language(self.language)
        self.layers = self.layers or Layers(self.guideline)

    @property
    def language(self) -> str:
        """The guideline's language."""
        return self.guideline.meta.language

    def url(self, address: str) -> str:
        """An address below the guideline's folder as a link from this page."""
        if self.link:
            return self.link(address)
        return addresses.link(address, self.depth, directory_urls=self.directory_urls)

    def statement_url(self, statement_id: str) -> str:
        """The link to a statement on its section's page."""
        return self.url(addresses.statement(self.guideline, statement_id))

    def target(self, to: str) -> str:
        """The address that a board entry names; empty when it names nothing."""
        return addresses.target(self.guideline, to) or ""

    def related(self, name: str) -> tuple[str, str] | None:
        """Title and address of a related id."""
        return addresses.related(self.guideline, name)

    def statement(self, statement_id: str) -> Statement:
        """The statement of an id."""
        return self.guideline.statement_by_id[statement_id]

    def text(self, statement: Statement) -> str:
        """The text of a statement, numbers filled in."""
        return text.statement_text(self.guideline, statement)

    def marked(self, statement: Statement) -> Markup:
        """The text of a statement, each drug and term with an explanation a link to it where it is first named."""
        said, done, parts = self.text(statement), 0, []
        for mention, kind, name in self.layers.first_mentions(said):
            address = addresses.drug(name) if kind == "drug" else addresses.term(name)
            if address == self.address:
                continue
            parts += [
                escape(said[done : mention.start]),
                WORD.format(self.url(address), said[mention.start : mention.end]),
            ]
            done = mention.end
        whole = Markup("").join([*parts, escape(said[done:])])
        # The original with its language around it, and behind it an old translation.
        return ORIGINAL.format(said.lang, whole) + said.stale if isinstance(said, Said) else whole

    def why(self, statement: Statement) -> list[Statement]:
        """The statements that give the reasons of one."""
        return self.layers.why(statement)

    def related_to(self, statement: Statement) -> list[tuple[str, str]]:
        """Title and address of what else the guideline relates to a statement, without its reasons."""
        reasons = {item.id for item in self.why(statement)}
        found = (self.related(name) for name in statement.related if name not in reasons)
        return [item for item in found if item]

    def in_sight(self, ids: Iterable[str], seen: Collection[str] = ()) -> list[str]:
        """Those of some caveats that a reader must see without a tap: they change how a text or a number is read.

        `seen` are the ids of those that stand open on the page already, in sight of the same number.
        """
        kept = [item for item in self.caveats(ids) if item.prominent and item.origin is not Origin.CITATION]
        return [item.id for item in kept if item.id not in seen]

    def title(self, statement: Statement) -> str:
        """The title of a statement."""
        return text.statement_title(self.guideline, statement)

    def item_text(self, item: Item | Note) -> str:
        """The text of a cell's item or of a note."""
        return text.item_text(self.guideline, item)

    def cell_text(self, column: Column, cell: Cell) -> str:
        """The content of a cell."""
        return text.cell_text(self.guideline, column, cell)

    def rows_need_labels(self, table: Table) -> bool:
        """Whether some row has no cell that says its label, so that the labels need a column of their own."""
        return any(row.label not in (cell.text for cell in row.cells.values()) for row in table.rows)

    def drug_url(self, drug_id: str | None, cell: Cell) -> str:
        """The link to a drug's page from the cell of its row that names it; empty from the others."""
        drug = self.guideline.drug_by_id.get(drug_id or "")
        return self.url(addresses.drug(drug.id)) if drug and cell.text in drug_names(drug) else ""

    def form_url(self, calculator: Calculator, field_id: str, value: str) -> str:
        """The link to a calculator with a field filled in; where the pages are one file, to the calculator."""
        return self.url(f"calculators/{calculator.id}/" + ("" if self.link else f"#{field_id}={value}"))

    def caveats(self, ids: Iterable[str]) -> list[Caveat]:
        """The caveats of some ids."""
        known = self.guideline.caveat_by_id
        return [known[key] for key in ids if key in known]

    def dose_tables(self) -> list[Table]:
        """The tables that give doses."""
        return [item for item in self.guideline.tables if any(column.role == "dose" for column in item.columns)]

    def table_caveats(self, table: Table) -> list[str]:
        """The ids of the caveats that a table's cells point to, without its own."""
        cells = [cell for row in table.rows for cell in row.cells.values()]
        found = [key for cell in cells for key in cell.caveats]
        found += [cell.not_an_instruction for cell in cells if cell.not_an_instruction]
        found += [key for cell in cells for item in cell.items or () for key in item.caveats]
        return [key for key in dict.fromkeys(found) if key not in table.caveats]

    def beside(self, tables: Iterable[Table]) -> list[str]:
        """The ids of the caveats that stand open right below some tables, since a cell of theirs is read by them."""
        return [key for table in tables for key in self.in_sight(self.table_caveats(table))]

    def calculator_caveats(self, calculator: Calculator, outcomes: Mapping[str, Any]) -> list[str]:
        """The ids of every caveat that a calculator may show."""
        found = [*calculator.caveats, *(key for outcome in outcomes.values() for key in outcome["caveats"])]
        found += [key for rule in calculator.caveat_rules for key in rule.caveats]
        found += [key for risk in calculator.risks for key in risk.caveats]
        return list(dict.fromkeys(found))

    def locators(self, record: Statement | Caveat | Term) -> str:
        """Where a record stands in the source, in words."""
        return self.words["semicolon"].join(addresses.locator_text(item, self.language) for item in record.source)

    def citation(self, number: int) -> str:
        """A reference as one line."""
        found = self.guideline.reference_by_number.get(number)
        return citations.gbt7714(found) if found else ""

    def lang_of(self, number: int) -> Markup:
        """In a translation: the attribute that says that a reference is in another language."""
        found = self.guideline.reference_by_number.get(number)
        if found is None or not self.guideline.original or self.language.startswith(found.lang):
            return Markup("")
        return Markup(' lang="{}"').format(found.lang)

    def translation_note(self) -> str:
        """Who made the translation, who has read it, and how what is not translated is marked."""
        return translation.note(self.guideline)

    def also_called(self, record: Drug | Term) -> Markup:
        """Other spellings of a drug or term in the source, each in its language."""
        return Markup(escape(self.words["listing"])).join(record.names)

    @property
    def published_in(self) -> str:
        """The language of what is printed as it was published, where that is not the page's; empty otherwise."""
        return self.guideline.original.meta.language if self.guideline.original else ""

    def conditions(self, calculator: Calculator, conditions: Sequence[Condition]) -> str:
        """Conditions in words, joined by 'and'; 'always' when there is none."""
        return self.words["and"].join(self._condition(calculator, item) for item in conditions) or self.words["always"]

    def _condition(self, calculator: Calculator, condition: Condition) -> str:
        found = next(item for item in calculator.inputs if item.id == condition.input)
        labels = {item.id: self.option_label(item) for item in found.options}
        labels |= {"yes": self.words["yes"], "no": self.words["no"]}
        if condition.values is not None:
            value = self.words["listing"].join(labels.get(item, item) for item in condition.values)
        elif condition.cell is not None:
            quantity = self.guideline.quantity_at(condition.cell)
            value = self._number(quantity.values[0], quantity.unit) if quantity else condition.cell
        elif isinstance(condition.value, Decimal):
            unit = condition.unit or next((limits.unit for limits in found.units if limits.unit), None)
            value = self._number(condition.value, unit) if unit else f"{condition.value}"
        else:
            value = labels.get(str(condition.value), str(condition.value))
        return self.words[f"op_{condition.op.value}"].format(label=found.label, value=value)

    def _number(self, number: Decimal, unit: str) -> str:
        return format_quantity("exactly", (number,), unit, self.language)

    def unit_label(self, unit: str | None) -> str:
        """A unit as it is printed."""
        return UNITS[unit].label(self.language) if unit in UNITS else unit or ""

    def option_label(self, option: Option) -> str:
        """The label of an option of a choice."""
        return payload.option_label(self.guideline, option.id, option.label)

    def limits(self, item: Input) -> str:
        """The limits of an input in every unit, such as `1～250 mL/min`."""
        ranges = [
            format_quantity("range", (limits.min, limits.max), limits.unit, self.language)
            for limits in item.units
            if limits.min is not None and limits.max is not None and limits.unit
        ]
        return f" {self.words['or']} ".join(ranges)

    def number_text(self, number: Mapping[str, str]) -> str:
        """A number of the payload, such as `120 mg`."""
        return self._number(Decimal(number["value"]), number["unit"])

    def outcome_text(self, outcome: Mapping[str, Any]) -> str:
        """The value of a row of the payload in words; empty where it has none."""
        if outcome["value"]:
            value = outcome["value"]
            return format_quantity(value["bound"], (Decimal(value["value"]),), value["unit"], self.language)
        return f" {self.words['or']} ".join(self.number_text(item) for item in outcome["alternatives"])

    def form_config(self, calculator: Calculator) -> dict[str, Any]:
        """What the form's script needs: addresses, labels and words. No rule and no dose is in it."""
        meta = self.guideline.meta
        return {
            "about": self.url("about/"),
            "inputs": [{"id": item.id, "label": item.label, "required": item.required} for item in calculator.inputs],
            "title": calculator.title,
            "guideline": meta.title,
            "edition": meta.edition,
            "version": meta.version,
            "cite_as": meta.cite_as,
            "notice": meta.notice,
            "words": for_script(self.language),
            "outcomes": {
                key.removeprefix("outcome_"): word for key, word in self.words.items() if key.startswith("outcome_")
            },
            "labels": {
                key: self.words[key] for key in ("route", "duration", "interval", "listed", "no_rule_note", "or")
            },
            "origins": {item.id: item.origin.value for item in self.caveats(self.guideline.caveat_by_id)},
            "titles": {key: self.title(self.statement(key)) for key in self._named_statements(calculator)},
            "pages": {key: self.statement_url(key) for key in self._named_statements(calculator)},
        }

    def node_url(self, pathway: Pathway, node: Node) -> str:
        """Where a node's text leads: its first statement, or the section that the pathway tells."""
        if node.statements:
            return self.statement_url(node.statements[0])
        return self.url(addresses.section(self.guideline, pathway.section))

    def guide_config(self, pathway: Pathway) -> dict[str, Any]:
        """What the guide's script needs: addresses, labels and words. No branch and no advice is in it."""
        meta = self.guideline.meta
        named = [key for node in pathway.nodes for key in node.statements]
        named += [key for node in pathway.nodes for option in node.options for key in option.statements]
        known = [key for key in dict.fromkeys(named) if key in self.guideline.statement_by_id]
        return {
            "about": self.url("about/"),
            "title": pathway.title,
            "guideline": meta.title,
            "edition": meta.edition,
            "version": meta.version,
            "cite_as": meta.cite_as,
            "notice": meta.notice,
            "words": for_script(self.language),
            "texts": {key: self.text(self.statement(key)) for key in known},
            "pages": {key: self.statement_url(key) for key in known},
            "places": {key: self.locators(self.statement(key)) for key in known},
            "nodes": {node.id: node.text for node in pathway.nodes},
            "ways": self.ways([pathway]),
        }

    def ways(self, pathways: Iterable[Pathway]) -> dict[str, str]:
        """Where the nodes of some pathways lead on: each address as the payload has it, and the link from this page."""
        links = [link for pathway in pathways for node in pathway.nodes for link in node.links]
        found = [addresses.target(self.guideline, link.to) for link in links]
        return {to: self.url(to) for to in found if to}

    def _named_statements(self, calculator: Calculator) -> list[str]:
        rows = [row.statement for table in self.guideline.tables for row in table.rows]
        found = [key for group in calculator.groups for row in group.rows for key in row.outcome.statements]
        return [
            key
            for key in dict.fromkeys((*calculator.statements, *found, *rows))
            if key in self.guideline.statement_by_id
        ]
