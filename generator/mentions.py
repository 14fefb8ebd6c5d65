"""Where a text names a drug, a class of drugs or a term: exact names only, and of two that overlap the longer.

What is not named is not guessed at: brand names and other search words are not the source's and are not looked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.models.drug import Drug
from generator.models.guideline import Guideline

type Named = tuple[Literal["drug", "class", "term"], str]
"""What a name stands for: a drug or a term by its id, a class as the source names it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text.

    Attributes:
        start: where it begins.
        end: where it ends.
        of: what the name stands for; more than one where a class is a term of the glossary too.
    """

    start: int
    end: int
    of: frozenset[Named]


class Names:
    """Every name of a guideline's drugs, classes and terms, ready to be looked for."""

    def __init__(self, guideline: Guideline) -> None:
        self._of: dict[str, set[Named]] = {}
        self._any_case: set[str] = set()
        for drug in guideline.drugs:
            for name in drug_names(drug):
                self._add(name, ("drug", drug.id))
            # A translator writes a name as a sentence has it: the capital of a heading, or none.
            self._any_case |= {name for name in (drug.english, guideline.original and drug.name) if name}
            for name in class_names(guideline, drug):
                self._add(name, ("class", drug.drug_class or ""))
        for term in guideline.glossary:
            for name in filter(None, (term.term, term.abbreviation, *term.names)):
                self._add(name, ("term", term.id))
        names = sorted(self._of, key=len, reverse=True)
        self._pattern = re.compile("|".join(self._as_pattern(name) for name in names) or r"(?!)")
        self._folded = {name.casefold(): found for name, found in self._of.items() if name in self._any_case}

    def find(self, text: str) -> Iterator[Mention]:
        """The names in a text, in order."""
        for match in self._pattern.finditer(text):
            found = self._of.get(match[0]) or self._folded[match[0].casefold()]
            yield Mention(match.start(), match.end(), frozenset(found))

    def drugs(self, text: str) -> set[str]:
        """The ids of the drugs that a text names."""
        return {name for mention in self.find(text) for kind, name in mention.of if kind == "drug"}

    def classes(self, text: str) -> set[str]:
        """The classes of drugs that a text names."""
        return {name for mention in self.find(text) for kind, name in mention.of if kind == "class"}

    def _add(self, name: str, named: Named) -> None:
        self._of.setdefault(name, set()).add(named)

    def _as_pattern(self, name: str) -> str:
        """A name in Latin letters is a whole word: `CT` is not in `ACTH`; Chinese has no such edges."""
        before = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", name) else ""
        after = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]$", name) else ""
        body = re.escape(name)
        return before + (f"(?i:{body})" if name in self._any_case else body) + after


def drug_names(drug: Drug) -> tuple[str, ...]:
    """The names of a drug that the source may print; search words are not among them."""
    return tuple(dict.fromkeys(name for name in (drug.name, *drug.names, drug.english) if name))


def class_names(guideline: Guideline, drug: Drug) -> tuple[str, ...]:
    """The name of a drug's class, with the other spellings that the glossary has for it."""
    own = drug.drug_class
    if own is None:
        return ()
    terms = [item for item in guideline.glossary if own in (item.term, *item.names)]
    return tuple(dict.fromkeys((own, *(name for item in terms for name in (item.term, *item.names)))))
