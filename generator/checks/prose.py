"""Which values of the records are texts that a reader reads, and which of them have their `{…}` filled in."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.findings import Where
from generator.models.base import Located
from generator.models.guideline import Guideline
from generator.models.prose import FILLED, PROSE
from generator.models.quantity import Quantity
from generator.models.statement import Statement
from generator.models.table import Item, Note


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of a record.

    Attributes:
        record: the record that holds it.
        field: its key.
        text: the text itself.
        path: where it stands in the record.
    """

    record: Located
    field: str
    text: str
    path: tuple[str | int, ...]

    @property
    def where(self) -> Where:
        """Its place."""
        return self.record.where(*self.path)

    @property
    def filled(self) -> bool:
        """Whether its placeholders are filled in."""
        return self.field in FILLED.get(type(self.record), ())

    @property
    def values(self) -> dict[str, Quantity]:
        """The numbers that stand beside the text."""
        return self.record.values if isinstance(self.record, Statement | Item | Note) else {}


def prose(guideline: Guideline) -> Iterator[Prose]:
    """Every text of the guideline that a reader reads, in the order of the records."""
    for record in guideline.inside():
        for field in PROSE.get(type(record), ()):
            value = getattr(record, field)
            if isinstance(value, str):
                yield Prose(record, field, value, (field,))
            for index, text in enumerate(value if isinstance(value, tuple) else ()):
                yield Prose(record, field, text, (field, index))
