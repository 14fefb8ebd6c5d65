"""Which values of the records are texts that a reader reads, and which of them have their `{…}` filled in."""

from generator.models.base import Located
from generator.models.calculator import (
    Alternative,
    Calculator,
    DecisionGroup,
    DecisionRow,
    Formula,
    Input,
    Option,
    WorkedCase,
)
from generator.models.drug import Drug
from generator.models.glossary import Term
from generator.models.guideline import (
    BoardEntry,
    BoardGroup,
    Grade,
    Grading,
    Metadata,
    RelatedDocument,
)
from generator.models.pathway import Edge, Link, Node, NumberAsked, Pathway, PathwayCase
from generator.models.review import Review
from generator.models.search import NotCovered
from generator.models.section import Section
from generator.models.statement import Caveat, Statement
from generator.models.table import Cell, Column, Item, Note, Row, Table
from generator.models.teaching import DoseQuestion, PathQuestion, TeachingCase

# Titles of publications are not here: they are printed as they were published.
PROSE: dict[type[Located], tuple[str, ...]] = {
    Alternative: ("reading",),
    BoardEntry: ("label", "note"),
    BoardGroup: ("title",),
    Calculator: ("title", "summary", "not_considered"),
    Caveat: ("title", "text"),
    Cell: ("text",),
    Column: ("label", "pattern"),
    DecisionGroup: ("label",),
    DecisionRow: ("label",),
    DoseQuestion: ("ask",),
    Drug: ("name", "names", "drug_class", "note"),
    NotCovered: ("note",),
    Edge: ("label",),
    Formula: ("lines", "origin"),
    Grade: ("meaning",),
    Grading: ("scheme",),
    Input: ("label", "hint"),
    Item: ("text",),
    Link: ("label",),
    Metadata: (
        "title",
        "short_title",
        "summary",
        "notice",
        "banner",
        "intended_use",
        "not_for",
        "rights",
        "recommendations_note",
    ),
    Node: ("text",),
    Note: ("text",),
    NumberAsked: ("label", "hint"),
    Option: ("label",),
    PathQuestion: ("ask",),
    Pathway: ("title", "summary"),
    PathwayCase: ("patient",),
    RelatedDocument: ("note",),
    Review: ("note",),
    Row: ("label",),
    Section: ("title", "summary"),
    Statement: ("title", "text"),
    Table: ("title",),
    TeachingCase: ("title", "patient"),
    Term: ("term", "text", "names"),
    WorkedCase: ("title",),
}

FILLED: dict[type[Located], tuple[str, ...]] = {
    Cell: ("text",),
    Item: ("text",),
    Note: ("text",),
    Statement: ("title", "text"),
}
"""The texts in which a placeholder such as `{dose}` is replaced by its number."""
