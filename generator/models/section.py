"""The sections of the guideline."""

from generator.models.base import CaveatId, Identifier, Located, Text


class Section(Located):
    """A section: one page when it has no parent, a heading on its parent's page otherwise.

    Attributes:
        id: stable id; its page or anchor.
        number: as the source prints it; `abstract`, `introduction` or `2-end` where it prints none.
        title: its heading.
        parent: id of the section on whose page it is a heading.
        summary: one sentence for lists.
        caveats: caveats about the whole section.
    """

    id: Identifier
    number: Text
    title: Text
    parent: Identifier | None = None
    summary: Text | None = None
    caveats: tuple[CaveatId, ...] = ()
