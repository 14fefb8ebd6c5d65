"""What the template of the page 'What changed' may ask."""

from collections.abc import Sequence
from typing import Any

from generator import descriptions
from generator.editions import report
from generator.editions.history import history
from generator.editions.tell import Change, Telling
from generator.models.guideline import Guideline
from generator.words import for_changes, for_language


class ChangesPage:
    """The page of a guideline's recorded editions.

    Attributes:
        editions: the changes from edition to edition, newest first.
        words: the words of comparing.
    """

    def __init__(self, editions: Sequence[Telling], language: str) -> None:
        self.editions = editions
        self.words = for_changes(language)

    def badge(self, change: Change) -> str:
        """What was done, and why it matters."""
        return report.badge(change, self.words)

    where = staticmethod(report.where)
    from_to = staticmethod(report.from_to)
    total = staticmethod(report.total)


def changes_page(earlier: Sequence[Guideline], guideline: Guideline) -> dict[str, Any]:
    """The title of the page and what its template needs; empty when there is only one edition to tell of.

    Args:
        earlier: the recorded editions, the oldest first.
        guideline: the present edition.
    """
    # The records are in the language of the original: beside them each text of a translation would be a change.
    editions = () if guideline.original else history(earlier, guideline)
    if not editions:
        return {}
    words = for_language(guideline.meta.language)
    page = ChangesPage(editions, guideline.meta.language)
    title = page.words["title"]
    about = words["semicolon"].join(f"{page.from_to(item)}{words['comma']}{page.total(item)}" for item in editions[:1])
    description = descriptions.page(guideline, words, title, about)
    return {"title": title, "description": description, "style": "changes", "told": page, "own": page.words}
