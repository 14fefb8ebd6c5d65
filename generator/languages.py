"""The guidelines of a site in all their languages: whose page is whose, and where the same page is in another language.

The first guideline's language is the site's own: its pages and the home page keep their addresses. Every other language
has a folder of its own at the site's root (`en/`), with a home page and a folder for each guideline in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.models.guideline import Guideline, Metadata
from generator.translation import editions
from generator.words import for_language


@dataclass(frozen=True, slots=True)
class Alternate:
    """A page in another language, or the page itself.

    Attributes:
        language: its language.
        name: what the language is called in itself.
        uri: of its Markdown file, below the site's documents.
    """

    language: str
    name: str
    uri: str


@dataclass(frozen=True)
class LanguageEditions:
    """Every guideline of a site in every language in which it is published.

    Attributes:
        all: the originals in their order, each followed by its translations.
    """

    all: tuple[Guideline, ...]

    @property
    def language(self) -> str:
        """The site's own language."""
        return self.all[0].meta.language

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a home page: the site's own, then those of translations."""
        translated = (item.meta.language for item in self.all if item.original)
        return tuple(dict.fromkeys((self.language, *translated)))

    @cached_property
    def _by_folder(self) -> dict[str, Guideline]:
        return {item.folder: item for item in self.all}

    def at(self, uri: str) -> Guideline | None:
        """The guideline to which a file of the site belongs, in the language of that file."""
        first, _, rest = uri.partition("/")
        return self._by_folder.get(first) or self._by_folder.get(f"{first}/{rest.partition('/')[0]}")

    def home(self, language: str) -> str:
        """The home page in a language that has one; the site's own otherwise."""
        return f"{language}/index.md" if language in self.languages[1:] else "index.md"

    def language_of(self, uri: str) -> str:
        """The language of a page."""
        own = self.at(uri)
        if own:
            return own.meta.language
        return next((language for language in self.languages if uri == self.home(language)), self.language)

    def alternates(self, uri: str) -> list[Alternate]:
        """The page in each of its languages, itself among them; empty where there is one alone."""
        own = self.at(uri)
        if own:
            rest = uri.removeprefix(f"{own.folder}/")
            found = {item.meta.language: f"{item.folder}/{rest}" for item in self.all if item.meta.id == own.meta.id}
        else:
            found = {language: self.home(language) for language in self.languages}
            found = found if uri in found.values() else {}
        made = [Alternate(language, for_language(language)["language_name"], at) for language, at in found.items()]
        return made if len(made) > 1 else []

    def listed(self, language: str) -> list[Guideline]:
        """Each guideline in a language, or in its own: what a home page lists, and what is searched from a page."""
        own = {item.meta.id: item for item in self.all if item.meta.language == language}
        first = {item.meta.id: item for item in reversed(self.all)}
        return [own.get(name, first[name]) for name in dict.fromkeys(item.meta.id for item in self.all)]

    def kept_from(self, language: str) -> str:
        """What the home page of a language keeps on a device: the one edition in it; empty for the whole site."""
        found = [item.key for item in self.all if item.meta.language == language]
        return found[0] if len(found) == 1 and len(self.languages) > 1 else ""

    @property
    def metas(self) -> list[Metadata]:
        """What each edition says of itself, under a name that no other edition has."""
        return [item.meta.model_copy(update={"id": item.key}) for item in self.all]


def of(
    guidelines: Sequence[Guideline],
    language: str = "",
    *,
    originals: bool = False,
    translate: Callable[[Guideline], Sequence[Guideline]] = editions,
) -> LanguageEditions:
    """The editions of some guidelines.

    Args:
        guidelines: the originals.
        language: only the editions in this language; all when empty.
        originals: only the originals.
        translate: gives a guideline in each of its languages; another than the usual one may know them from before.
    """
    found = [item for guideline in guidelines for item in ((guideline,) if originals else translate(guideline))]
    return LanguageEditions(tuple(item for item in found if language in ("", item.meta.language)))
