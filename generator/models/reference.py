"""References as structured records; how they are printed is decided elsewhere."""

from typing import Literal

from generator.models.base import CaveatId, Flag, Located, Text, Whole


class Reference(Located):
    """A reference of the source.

    Attributes:
        number: as the source prints it.
        lang: language of the record, which decides between 等 and et al.
        type: GB/T 7714 document type.
        authors: names as the source prints them.
        et_al: the source ends the authors with 等 or et al.
        title: title of the work.
        journal: journal, or publisher.
        year: year.
        volume: volume.
        issue: issue.
        pages: first and last page, or an article number.
        doi: only where it is known.
        uncited: the caveat that says why no statement cites it.
        caveats: caveats about what it is cited for.
    """

    number: Whole
    lang: Literal["en", "zh"]
    type: Literal["J", "M", "C", "D", "S", "R", "EB/OL"] = "J"
    authors: tuple[Text, ...]
    et_al: Flag = False
    title: Text
    journal: Text
    year: Whole
    volume: Text | None = None
    issue: Text | None = None
    pages: Text | None = None
    doi: Text | None = None
    uncited: CaveatId | None = None
    caveats: tuple[CaveatId, ...] = ()
