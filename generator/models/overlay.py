"""A translation of a guideline: texts by the places of their originals, and no number."""

from dataclasses import dataclass, field
from typing import Literal

from generator.findings import Where
from generator.models.base import Located, Text
from generator.models.review import Review


class Entry(Located):
    """One translated text.

    Attributes:
        of: the short hash of the original text that it was made from; `vademecum translate` writes it.
        text: the translation; absent while there is none.
    """

    of: Text | None = None
    text: Text | None = None


class Translation(Located):
    """`translation.yaml`: who made a translation, and who has read it.

    Attributes:
        translation: `machine` or `human`.
        reviewed: the clinician who has compared it with the original; absent when none has.
        note: what the reader must know of it, in its own language.
    """

    translation: Literal["machine", "human"]
    reviewed: Review | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Overlay:
    """A translation as its folder holds it.

    Attributes:
        language: the language tag, which is the name of the folder.
        where: the folder, for what is missing in it.
        about: what `translation.yaml` says.
        entries: each entry by the place of its original: the kind of file and the path, such as
            `statements/give-it/text`.
        places: where the key of each entry stands.
        was: the original of each entry as it was when it was translated, as far as the file says so.
    """

    language: str
    where: Where
    about: Translation
    entries: dict[str, Entry] = field(default_factory=dict)
    places: dict[str, Where] = field(default_factory=dict)
    was: dict[str, str] = field(default_factory=dict)
