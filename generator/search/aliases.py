"""The words by which readers may search: what the guideline prints, and what people say instead.

Only where the words are the source's own does an answer begin with them; all others lead to it and are shown as what
they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.models.guideline import Guideline
from generator.search import common


@dataclass(frozen=True, slots=True)
class Alias:
    """Words for one thing.

    Attributes:
        name: the guideline's own word for it; empty where the words stand for several things.
        say: words for it, the name not among them.
        means: words of the guideline to look for.
        to: keys of the records that answer it first.
        own: whether the words are a thing's names; else they are about something and decide less.
    """

    name: str
    say: tuple[str, ...]
    means: tuple[str, ...]
    to: tuple[str, ...]
    own: bool = True


def aliases(guideline: Guideline) -> list[Alias]:
    """Every alias of a guideline; what the site knows in general comes last."""
    return [*_own(guideline), *_listed(guideline), *_general(guideline)]


def _own(guideline: Guideline) -> Iterator[Alias]:
    for drug in guideline.drugs:
        names = tuple(filter(None, (drug.name, *drug.names, drug.english)))
        yield Alias(drug.name, _rest(names, drug.search.all()), names, (f"drug: {drug.id}",))
    for term in guideline.glossary:
        names = tuple(filter(None, (term.term, term.abbreviation, *term.names)))
        said = (*term.search.all(), *filter(None, (term.english,)))
        yield Alias(term.term, _rest(names, said), names, (f"term: {term.id}",))
    for table in guideline.tables:
        for row in table.rows:
            yield Alias(row.label, (), (row.label,), (f"table-row: {table.id}/{row.id}",))
    for kind, found in (("calculator", guideline.calculators), ("pathway", guideline.pathways)):
        for item in found:
            yield Alias(item.title, (), (item.title,), (f"{kind}: {item.id}",))
    for section in guideline.sections:
        yield Alias(section.title, (), (section.title,), (f"section: {section.id}",))


def _listed(guideline: Guideline) -> Iterator[Alias]:
    for word in guideline.search.words if guideline.search else ():
        yield Alias(
            word.means[0] if len(word.means) == 1 else "", word.say, word.means, tuple(map(key, word.to)), False
        )


def _general(guideline: Guideline) -> Iterator[Alias]:
    for said, means in common.for_language(guideline.meta.language).items():
        yield Alias("", tuple(said.split()), tuple(means.split()), (), False)


def key(to: str) -> str:
    """The key of a record as it is written in YAML: `statement:ID` and `statement: ID` are one."""
    kind, _, name = to.partition(":")
    return f"{kind.strip()}: {name.strip()}"


def _rest(names: Sequence[str], said: Sequence[str]) -> tuple[str, ...]:
    """The words after the first name, each once."""
    return tuple(word for word in dict.fromkeys((*names, *said)) if word != names[0])
