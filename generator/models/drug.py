"""Drugs: names, search words, and whether the guideline gives a dose."""

from typing import Literal

from generator.models.base import CaveatId, Identifier, Located, Text


class SearchWords(Located):
    """Words by which a reader may search, not the source's own: general knowledge, to be reviewed.

    Attributes:
        brand: brand names.
        english: English names and abbreviations.
        colloquial: what people call it.
    """

    brand: tuple[Text, ...] = ()
    english: tuple[Text, ...] = ()
    colloquial: tuple[Text, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Every search word in one tuple."""
        return self.brand + self.english + self.colloquial


class Drug(Located):
    """A drug.

    Attributes:
        id: stable id; calculators name it.
        name: the name as the source prints it most often.
        names: other spellings in the source.
        english: the English name.
        drug_class: the class as the source names it, or absent.
        listing: `dosed` (a table gives a dose), `listed_elsewhere` (mentioned without a dose) or
            `not_covered`.
        note: what the reader must know where no dose is given.
        search: words by which a reader may search.
        table_rows: `table/row` paths of the rows that are about it.
        statements: ids of statements that are about it.
        caveats: ids of the caveats shown beside it.
    """

    id: Identifier
    name: Text
    names: tuple[Text, ...] = ()
    english: Text | None = None
    drug_class: Text | None = None
    listing: Literal["dosed", "listed_elsewhere", "not_covered"]
    note: Text | None = None
    search: SearchWords = SearchWords()
    table_rows: tuple[Text, ...] = ()
    statements: tuple[Identifier, ...] = ()
    caveats: tuple[CaveatId, ...] = ()
