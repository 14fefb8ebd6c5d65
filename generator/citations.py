"""References printed after GB/T 7714, numeric order: 等 for Chinese records, et al. for the others."""

from generator.models.guideline import Guideline, ToldBy
from generator.models.reference import Reference


def gbt7714(reference: Reference) -> str:
    """A reference as one line of plain text, without its number.

    Authors stand as the source prints them. A full stop separates the parts, as in the standard's own examples
    (GB/T 7714-2015, 8.8): authors. title[type]. journal, year, volume(issue): pages.
    """
    chinese = reference.lang == "zh"
    authors = ", ".join(reference.authors)
    if reference.et_al:
        authors += ", 等" if chinese else ", et al."
    lead = authors if authors.endswith(".") else authors + "."
    issue = f"({reference.issue})" if reference.issue else ""
    volume = f", {reference.volume}{issue}" if reference.volume else (f", {issue}" if issue else "")
    pages = f": {reference.pages}" if reference.pages else ""
    return f"{lead} {reference.title}[{reference.type}]. {reference.journal}, {reference.year}{volume}{pages}."


def told_by(publication: ToldBy, language: str) -> str:
    """The publication that a site was made from, in the same form and in the site's language."""
    others = ", 等" if language.startswith("zh") else ", et al"
    authors = ", ".join(publication.authors[:3]) + (others if len(publication.authors) > 3 else "")
    issue = f"({publication.issue})" if publication.issue else ""
    pages = f": {publication.pages}" if publication.pages else ""
    return f"{authors}. {publication.title}[J]. {publication.journal}, {publication.year}{issue}{pages}."


def cited_by(guideline: Guideline, number: int) -> list[str]:
    """The ids of the statements that cite a reference, in the guideline's order."""
    return [item.id for item in guideline.statements if number in item.refs]


def shown_at(guideline: Guideline) -> dict[str, list[str]]:
    """For each caveat the ids of the statements that show it."""
    shown: dict[str, list[str]] = {}
    for item in guideline.statements:
        for caveat in item.caveats:
            shown.setdefault(caveat, []).append(item.id)
    return shown
