"""Abbreviations and terms, with the words by which a reader may search."""

from generator.models.base import CaveatId, Identifier, Located, Text
from generator.models.drug import SearchWords
from generator.models.statement import Locators


class Term(Located):
    """A term of the guideline.

    Attributes:
        id: stable id; its anchor in the glossary.
        term: the term in the guideline's language.
        abbreviation: as the source abbreviates it.
        english: the English expansion as the source prints it.
        text: what the source says it is, when it does.
        names: other spellings in the source.
        search: words by which a reader may search.
        source: where the source explains or first uses it.
        caveats: ids of the caveats shown beside it.
    """

    id: Identifier
    term: Text
    abbreviation: Text | None = None
    english: Text | None = None
    text: Text | None = None
    names: tuple[Text, ...] = ()
    search: SearchWords = SearchWords()
    source: Locators
    caveats: tuple[CaveatId, ...] = ()
