"""What stands behind a statement: the evidence for it, and what its words mean.

The first layer of a statement is what it says; one tap shows why, one more where it is from. Nothing here is written
anew: the reasons are the statements that the guideline relates to it, in either direction.
"""

from collections.abc import Iterator

from generator.mentions import Mention, Names
from generator.models.glossary import Term
from generator.models.guideline import Guideline
from generator.models.statement import Kind, Statement

_REASONS = (Kind.EVIDENCE, Kind.UNCERTAINTY)
"""The kinds that tell why, or how sure it is; they have no reasons of their own."""


class Layers:
    """The reasons of every statement and the names in every text of a guideline, found once for all pages."""

    def __init__(self, guideline: Guideline) -> None:
        self.names = Names(guideline)
        self._statements = guideline.statement_by_id
        self._explained = {("drug", item.id) for item in guideline.drugs}
        self._explained |= {("term", item.id) for item in guideline.glossary if explains(item)}
        self._reasons: dict[str, list[str]] = {}
        for item in guideline.statements:
            for other in item.related:
                self._reasons.setdefault(item.id, []).append(other)
                self._reasons.setdefault(other, []).append(item.id)

    def why(self, statement: Statement) -> list[Statement]:
        """The statements that give the reasons of one: evidence and what is uncertain, in the order of `related`."""
        if statement.kind in _REASONS:
            return []
        found = (self._statements.get(key) for key in dict.fromkeys(self._reasons.get(statement.id, ())))
        return [item for item in found if item is not None and item.kind in _REASONS]

    def first_mentions(self, text: str) -> Iterator[tuple[Mention, str, str]]:
        """Each drug and each term that has an explanation where a text first names it: the place, kind and id."""
        seen: set[str] = set()
        for mention in self.names.find(text):
            known = sorted(named for named in mention.of if named in self._explained)
            if known and not seen & {name for _, name in known}:
                seen |= {name for _, name in known}
                yield mention, *known[0]


def explains(term: Term) -> bool:
    """Whether the glossary says more of a term than its name."""
    return bool(term.text or term.english or (term.abbreviation and term.abbreviation != term.term))
