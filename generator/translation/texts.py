"""Which texts of a guideline are translated, each with the place by which an overlay names it.

A place is the kind of file and the way to the text: ids where records have ids, positions from 1 where they have none,
such as `statements/give-it/text` or `tables/dosing/rows/adult/cells/route/text`.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256

from generator.findings import Where
from generator.models.base import NOWHERE, Located
from generator.models.calculator import Expectation
from generator.models.drug import Drug
from generator.models.glossary import Term
from generator.models.guideline import Guideline, Metadata, Publication, RelatedDocument
from generator.models.prose import PROSE
from generator.models.search import NotCovered
from generator.models.statement import Locator
from generator.models.table import Row

type Say = Callable[[str, str, Where], str]
"""Gives the text to print in place of one: takes its place, the text and where it stands in its file."""

FIELDS: dict[type[Located], tuple[str, ...]] = {
    **PROSE,
    # Other spellings are the source's own: they stay, and are shown as what they are.
    Drug: ("name", "drug_class", "note"),
    Term: ("term", "text"),
    NotCovered: ("name", "note"),
    Metadata: (*PROSE[Metadata], "edition", "cite_as", "supersedes", "superseded_by"),
    Publication: ("title", "edition", "bodies"),
    RelatedDocument: ("title", "citation", "note"),
}

KINDS = (
    "sections",
    "statements",
    "caveats",
    "tables",
    "drugs",
    "glossary",
    "calculators",
    "pathways",
    "teaching",
)
"""The files of records that hold texts to translate; beside them `guideline` and `search`, which are one record."""

SINGLE = {"guideline": "meta", "search": "search"}
ALPHABET = str.maketrans("0123456789abcdef", "abcdefghijkmnpqr")


def fingerprint(text: str) -> str:
    """The short hash of a text by which a translation names it: eight letters, whatever its line breaks."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:8].translate(ALPHABET)


def texts(guideline: Guideline) -> dict[str, tuple[str, Where]]:
    """Every text that a translation translates, by its place: the text, and where it stands."""
    found: dict[str, tuple[str, Where]] = {}

    def note(place: str, text: str, where: Where) -> str:
        if where is not NOWHERE:  # a locator that names the head of a table
            found.setdefault(place, (text, where))
        return text

    rewritten(guideline, note)
    return found


def rewritten(guideline: Guideline, say: Say) -> Guideline:
    """A guideline with other texts, all else as it is.

    Args:
        guideline: the original.
        say: gives each text that is printed in place of one of the original's.
    """
    parts = {name: getattr(guideline, name) for name in Guideline.model_fields}
    heads = _Heads(guideline)
    for kind, name in SINGLE.items():
        if parts[name] is not None:
            parts[name] = _rewrite(parts[name], kind, say, heads)
    for kind in KINDS:
        parts[kind] = tuple(_rewrite(record, f"{kind}/{_name(record, 0)}", say, heads) for record in parts[kind])
    return Guideline.model_construct(**parts)


class _Heads:
    """Where the heads of tables stand, since a locator names a column by what is printed."""

    def __init__(self, guideline: Guideline) -> None:
        self._places = {
            (table.number, column.label): f"tables/{table.id}/columns/{column.id}/label"
            for table in guideline.tables
            for column in table.columns
        }

    def place(self, locator: Locator) -> str | None:
        return self._places.get((locator.table or 0, locator.column or ""))


def _rewrite[R: Located](record: R, at: str, say: Say, heads: _Heads) -> R:
    if isinstance(record, Locator):
        place = heads.place(record)
        column = say(place, record.column or "", NOWHERE) if place else record.column
        return record if column is record.column else record.model_copy(update={"column": column})
    if isinstance(record, Expectation):
        # An answer as it is printed is printed in the original's language; its number is compared in any.
        return record.model_copy(update={"display": None}) if record.display else record
    if isinstance(record, Row):
        say = _as_the_row_is_called(record, at, say)
    changed = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        place = f"{at}/{name}"
        if name in FIELDS.get(type(record), ()):
            made = _said(value, place, say, record, name)
        else:
            made = _inside(value, place, say, heads)
        if made is not value:
            changed[name] = made
    return record.model_copy(update=changed) if changed else record


def _as_the_row_is_called(row: Row, at: str, say: Say) -> Say:
    """A cell that repeats the row's label is translated with it: the page must still see that they are the same."""
    names = [cell.text for cell in row.cells.values()]

    def same(place: str, text: str, where: Where) -> str:
        return say(f"{at}/label", text, where) if text == row.label and text in names else say(place, text, where)

    return same


def _said(value: object, at: str, say: Say, record: Located, *path: str | int) -> object:
    if isinstance(value, str):
        return say(at, value, record.where(*path)) if any(map(str.isalpha, value)) else value
    if isinstance(value, tuple):
        return tuple(_said(item, f"{at}/{number}", say, record, *path, number - 1) for number, item in _counted(value))
    return value


def _inside(value: object, at: str, say: Say, heads: _Heads) -> object:
    if isinstance(value, Located):
        return _rewrite(value, at, say, heads)
    if isinstance(value, tuple) and any(isinstance(item, Located) for item in value):
        return tuple(_inside(item, f"{at}/{_name(item, number)}", say, heads) for number, item in _counted(value))
    if isinstance(value, dict) and any(isinstance(item, Located) for item in value.values()):
        return {key: _inside(item, f"{at}/{key}", say, heads) for key, item in value.items()}
    return value


def _counted(values: tuple[object, ...]) -> Iterator[tuple[int, object]]:
    return iter(enumerate(values, 1))


def _name(record: object, number: int) -> str:
    return str(getattr(record, "id", number))
