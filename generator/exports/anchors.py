"""Where a thing of the site stands in one file that holds all of its pages.

A page keeps its address on the site as its id, `calculators/x/`. A statement, caveat, table row, reference or term
keeps its own id on the page that is its home, so that `#ID` leads there as a deep link of the site would; anywhere
else, and for anchors that several pages have, the page's address stands before it: `recommendations/#ID`. So an address
of the site behind a `#` is always a link, with scripts or without.
"""

from generator import addresses
from generator.models.guideline import Guideline

FIRST = "index/"
"""The id of the overview, whose address on the site is empty."""


class Anchors:
    """The anchors of one guideline."""

    def __init__(self, guideline: Guideline) -> None:
        """Find the home of everything that has an id of its own."""
        tables = [f"tables/{table.id}/#{table.id}--{row.id}" for table in guideline.tables for row in table.rows]
        notes = [
            f"tables/{table.id}/#{table.id}--note--{note.id}" for table in guideline.tables for note in table.notes
        ]
        homes = [
            *(addresses.statement(guideline, item.id) for item in guideline.statements),
            *(addresses.section(guideline, item.id) for item in guideline.sections if item.parent),
            *(addresses.caveat(item.id) for item in guideline.caveats),
            *(f"references/#ref-{item.number}" for item in guideline.references),
            *(f"glossary/#drug-{item.id}" for item in guideline.drugs),
            *(f"glossary/#term-{item.id}" for item in guideline.glossary),
            *tables,
            *notes,
        ]
        self._home = {anchor: page for page, _, anchor in (home.partition("#") for home in homes)}

    def name(self, page: str, anchor: str) -> str:
        """The id that an anchor of a page has in the file."""
        return anchor if self._home.get(anchor) == page else f"{page}#{anchor}"

    def resolve(self, page: str, fragment: str) -> str:
        """The id that a link of a page leads to: to an anchor of its own, or to an address that `link` has made."""
        if "/" not in fragment:
            return self.name(page, fragment)
        target, _, anchor = fragment.partition("#")
        return self.name(target, anchor) if anchor else target


def link(address: str) -> str:
    """A link, from an address below the guideline's folder; an empty one leads to the beginning of the file.

    The file gathers nothing twice: a drug's entry in the glossary stands for its page.
    """
    page, _, name = address.partition("/")
    return f"#glossary/#drug-{name.rstrip('/')}" if page == "drugs" else f"#{address}"


def page_id(uri: str) -> str:
    """The id of a page, from its file below the guideline's folder."""
    path = uri.removesuffix(".md")
    return FIRST if path == "index" else f"{path.removesuffix('/index')}/"
