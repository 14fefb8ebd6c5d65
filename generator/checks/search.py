"""GL92x: the words for searching lead somewhere, mean one thing, and deny nothing that the guideline says."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from generator import addresses
from generator.checks.prose import prose
from generator.checks.registry import Scope, check
from generator.findings import Finding, Where, finding
from generator.models.base import Located
from generator.models.calculator import Calculator, Input
from generator.models.drug import Drug
from generator.models.glossary import Term
from generator.models.guideline import Guideline
from generator.models.pathway import Edge, Node, Pathway
from generator.models.section import Section
from generator.models.statement import Statement
from generator.models.table import Cell, Column, Item, Note, Row, Table

HELD = (Section, Statement, Table, Column, Row, Cell, Item, Note, Drug, Term, Calculator, Input, Pathway, Node, Edge)


@check("GL921")
def dangling_search_word(scope: Scope) -> Iterator[Finding]:
    """A search word leads to a record that does not exist, or means a word that no record holds.

    The reader who types it would be told that there is nothing.

    Wrong, when the drug is called exemplamab:

    ```yaml
    words:
      - {say: [the new one], to: ["drug: examplemab"]}
    ```

    Right:

    ```yaml
    words:
      - {say: [the new one], to: ["drug: exemplamab"]}
    ```
    """
    held = scope.guideline.search
    text = _text(scope.guideline) if held else ""
    for index, word in enumerate(held.words if held else ()):
        for place, to in enumerate(word.to):
            if addresses.target(scope.guideline, to) is None and not scope.left_out(to.partition(":")[2].strip()):
                yield finding(
                    "GL921",
                    word.where("to", place),
                    f"expected a kind and the name of a record, found '{to}', which leads nowhere",
                    'For example "statement: ID", "drug: ID", "term: ID" or "table-row: TABLE/ROW"',
                )
        for place, means in enumerate(word.means):
            if scope.whole and plain(means) not in text:
                yield finding(
                    "GL921",
                    word.where("means", place),
                    f"expected words that the guideline holds, found '{means}', which stands nowhere in it",
                    "Write it as a title or text has it, or take it out",
                )
        if not word.means and not word.to:
            message = f"expected 'means' or 'to' with the words number {index + 1}, found neither"
            yield finding("GL921", word.where("say"), message, "Say what the words mean, or what answers them")


@check("GL922")
def word_for_two_things(scope: Scope) -> Iterator[Finding]:
    """One search word stands for two drugs or terms, or is said to be covered and not covered.

    A brand name under the wrong drug would lead to another drug's dose. Where a word does mean several things, an
    entry of `words` in search.yaml says so: it names the word and every thing.

    Wrong, in drugs.yaml:

    ```yaml
    - {id: exemplamab, name: Exemplamab, listing: listed_elsewhere, search: {brand: [Feverol]}}
    - {id: placebomab, name: Placebomab, listing: listed_elsewhere, search: {brand: [Feverol]}}
    ```

    Right:

    ```yaml
    - {id: exemplamab, name: Exemplamab, listing: listed_elsewhere, search: {brand: [Feverol]}}
    - {id: placebomab, name: Placebomab, listing: listed_elsewhere, search: {brand: [Placerol]}}
    ```
    """
    guideline = scope.guideline
    listed = guideline.search
    meant_twice = {plain(say) for word in (listed.words if listed else ()) for say in word.say}
    seen: dict[str, str] = {}
    for thing, name, where in _said(guideline):
        key = plain(name)
        if key in seen and seen[key] != thing and key not in meant_twice:
            yield finding(
                "GL922",
                where,
                f"expected a word for one thing, found '{name}' for {thing} and for {seen[key]}",
                "Take it from the one that it does not mean, or list it under 'words' in search.yaml",
            )
        seen.setdefault(key, thing)
    words = {plain(say): say for word in (listed.words if listed else ()) for say in word.say}
    for missing in listed.not_covered if listed else ():
        for index, name in enumerate(missing.all()):
            known = seen.get(plain(name)) or (f"'{words[plain(name)]}' in 'words'" if plain(name) in words else None)
            if known:
                path: tuple[str | int, ...] = ("say", index - 1) if index else ("name",)
                message = f"expected a word that stands for nothing else, found '{name}', which is also {known}"
                yield finding("GL922", missing.where(*path), message, "Take it out here or there")


@check("GL923")
def covered_after_all(scope: Scope) -> Iterator[Finding]:
    """Something is listed as not covered, and the guideline's own text holds it.

    The search would deny what stands on the page.

    Wrong, when a statement says 'not in pregnancy':

    ```yaml
    not_covered:
      - {name: pregnancy}
    ```

    Right:

    ```yaml
    not_covered:
      - {name: breast feeding}
    ```
    """
    listed = scope.guideline.search
    text = _text(scope.guideline) if listed else ""
    for missing in listed.not_covered if listed else ():
        for index, name in enumerate(missing.all()):
            if plain(name) in text:
                yield finding(
                    "GL923",
                    missing.where(*(("say", index - 1) if index else ("name",))),
                    f"expected nothing that the guideline holds, found '{name}', which stands in its text",
                    "Take it out, or say more exactly what is not covered",
                )


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A text as the search compares it: no case, width, spaces or punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def _said(guideline: Guideline) -> Iterator[tuple[str, str, Where]]:
    """Every search word and name of a drug or term: what it is for, the word, its place."""
    for drug in guideline.drugs:
        thing = f"the drug '{drug.id}'"
        yield thing, drug.name, drug.where("name")
        yield from ((thing, name, drug.where("names", index)) for index, name in enumerate(drug.names))
        for kind in ("brand", "english", "colloquial"):
            found = enumerate(getattr(drug.search, kind))
            yield from ((thing, name, drug.search.where(kind, index)) for index, name in found)
    for term in guideline.glossary:
        thing = f"the term '{term.id}'"
        yield from (
            (thing, name, term.where(key))
            for key, name in (("term", term.term), ("abbreviation", term.abbreviation), ("english", term.english))
            if name and (key != "term" or plain(name))
        )
        for kind in ("brand", "english", "colloquial"):
            found = enumerate(getattr(term.search, kind))
            yield from ((thing, name, term.search.where(kind, index)) for index, name in found)


def _text(guideline: Guideline) -> str:
    """What the guideline itself says, as the search compares it, its numbers not filled in.

    What it says that it does not hold is no part of it: caveats, nodes without advice, drugs that are not covered.
    """
    found = (item for item in prose(guideline) if isinstance(item.record, HELD) and not _denies(item.record))
    return "\n".join(plain(item.text) for item in found if item.field != "not_considered")


def _denies(record: Located) -> bool:
    if isinstance(record, Drug):
        return record.listing == "not_covered"
    return isinstance(record, Node) and record.kind == "not_stated"
