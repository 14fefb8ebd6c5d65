"""What the theme's templates see in one of the site's languages: its words, and the same page in the others."""

from collections.abc import Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from generator.languages import LanguageEditions
from generator.translation import note
from generator.words import for_language, for_search

TOGGLES = {"default": "to_dark", "slate": "to_light"}
"""What the switch of a colour scheme says, by the scheme in which it is shown."""


def context(
    config: MkDocsConfig,
    language: str,
    editions: LanguageEditions,
    indexes: Mapping[str, str],
    names: Mapping[str, Any],
) -> dict[str, Any]:
    """What every page in a language has: its words, what it searches, and the theme in its language.

    Args:
        config: the site's configuration.
        language: the language.
        editions: the site's editions.
        indexes: the address of each edition's search index, by its key.
        names: `site_name` and `site_description` by language.
    """
    searched = {item.key: indexes[item.key] for item in editions.listed(language) if item.key in indexes}
    found = {
        "words": for_language(language),
        "search": {"indexes": searched, "words": for_search(language)},
        "notes": {item.key: note(item) for item in editions.all if item.meta.language == language},
    }
    # A site made in one language alone may have a theme in another.
    spoken = config.theme.get("language", "en").partition("-")[0] == language.partition("-")[0]
    own = language == editions.language and (spoken or editions.all[0].original is None)
    return found if own else found | {"config": _config(config, language, names)}


def _config(config: MkDocsConfig, language: str, names: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration with the theme in another language; a template reads a mapping as it reads the object."""
    own = {key: value for key, value in names.get(language, {}).items() if key in ("site_name", "site_description")}
    theme = {**config.theme, "name": config.theme.name, "language": language, "palette": _palette(config, language)}
    return {**config, "theme": theme, **own}


def _palette(config: MkDocsConfig, language: str) -> Any:
    palette, words = config.theme.get("palette"), for_language(language)
    if not isinstance(palette, list):
        return palette
    return [
        {**item, "toggle": {**item["toggle"], "name": words[TOGGLES[item["scheme"]]]}}
        if "toggle" in item and item.get("scheme") in TOGGLES
        else item
        for item in palette
    ]


def alternates(editions: LanguageEditions, files: Files, page: Page) -> list[dict[str, Any]]:
    """The page in each of its languages: `lang`, `name`, `url`, the site's address if known, whether it is this one."""
    base = page.canonical_url.removesuffix(page.url) if page.canonical_url else ""
    found = []
    for item in editions.alternates(page.file.src_uri):
        if file := files.get_file_from_path(item.uri):
            here = item.uri == page.file.src_uri
            found.append({"lang": item.language, "name": item.name, "url": file.url, "base": base, "here": here})
    return found if len(found) > 1 else []
