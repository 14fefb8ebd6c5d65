"""What a search engine or a messenger is told of a page, in words of the guideline.

Titles, names and summaries are taken whole or not at all: half a sentence about a dose could say the opposite of the
whole one.
"""

from collections.abc import Iterable

from generator.models.drug import Drug
from generator.models.guideline import Guideline
from generator.models.section import Section
from generator.models.statement import Kind, Statement
from generator.models.table import Table
from generator.said import Said

LONGEST = 160
"""Characters up to which titles are added; a search engine shows about half of it in Chinese, all of it in English."""

MOST = 250
"""Characters beyond which the guideline is told by its short title, and then without what is on the page."""


def page(guideline: Guideline, words: dict[str, str], title: str, about: str) -> str:
    """The description of a page: the guideline, the page, and what is on it."""
    rest = f"{words['full_stop']}{about}" if about and not isinstance(about, Said) else ""
    names = (guideline.meta.title, guideline.meta.short_title)
    told = [f"{name}{words['colon']}{title}{more}" for more in (rest, "") for name in names]
    return next((text for text in told if len(text) <= MOST), told[-1])


def listed(names: Iterable[str], mark: str) -> str:
    """As many names as there is room for, each whole; the first in any case. `…` stands for the rest.

    Args:
        names: the names; one that comes again is told once.
        mark: what stands between two of them.
    """
    # What stands in another language than the page is not told: a search engine would take the page for that.
    found = list(dict.fromkeys(name for name in names if not isinstance(name, Said)))
    taken = found[:1]
    for name in found[1:]:
        if len(mark.join([*taken, name])) > LONGEST:
            break
        taken.append(name)
    return mark.join([*taken, "…"] if len(taken) < len(found) else taken)


def titles(statements: Iterable[Statement]) -> list[str]:
    """The titles that an author has written; a title that is the beginning of a text is none."""
    return [item.title for item in statements if item.title]


def recommendations(guideline: Guideline, words: dict[str, str]) -> str:
    """The titles of the recommendations."""
    told = (item for item in guideline.statements if item.kind is Kind.RECOMMENDATION)
    return listed(titles(told), words["semicolon"])


def section(guideline: Guideline, words: dict[str, str], parts: list[Section]) -> str:
    """A section's own summary, else the titles of what stands in it."""
    ids = {part.id for part in parts}
    told = (item for item in guideline.statements if item.section in ids)
    summary = parts[0].summary
    return summary if summary and not isinstance(summary, Said) else listed(titles(told), words["semicolon"])


def table(words: dict[str, str], found: Table) -> str:
    """What its rows are about."""
    return listed([row.label for row in found.rows], words["listing"])


def drug(words: dict[str, str], found: Drug) -> str:
    """Its English name and class, and whether the source gives a dose."""
    parts = [found.english, found.drug_class, words[f"listing_{found.listing}"]]
    return words["comma"].join(part for part in parts if part)


def references(guideline: Guideline, words: dict[str, str]) -> str:
    """How many there are, and whose they are."""
    return f"{len(guideline.references)} {words['count_references']}{words['comma']}{guideline.meta.cite_as}"


def glossary(guideline: Guideline, words: dict[str, str]) -> str:
    """The drugs and the terms."""
    names = [*(drug.name for drug in guideline.drugs), *(item.term for item in guideline.glossary)]
    return listed(names, words["listing"])


def about(guideline: Guideline, words: dict[str, str]) -> str:
    """Where it comes from, and whether a clinician has compared it with its source."""
    reviewed = guideline.meta.reviewed
    state = f"{words['reviewed']}{words['colon']}{reviewed.by}" if reviewed.by else words["reviewed_none"]
    return f"{guideline.meta.cite_as}{words['semicolon']}{state}"
