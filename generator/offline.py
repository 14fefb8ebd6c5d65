"""What makes a site installable and readable without a network, as far as it is known before the pages are written."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from generator.models.guideline import Metadata
from generator.words import for_language, for_offline

MANIFEST = "manifest.webmanifest"
PAGE = "offline.html"
WORKER = "sw.js"

THEME_COLOUR = "#0a5f6b"
BACKGROUND = "#ffffff"
ICONS = (
    ("vademecum.svg", "any", "image/svg+xml", "any"),
    ("vademecum-192.png", "192x192", "image/png", "any"),
    ("vademecum-512.png", "512x512", "image/png", "any"),
    ("vademecum-maskable-512.png", "512x512", "image/png", "maskable"),
)
ICON_FOLDER = "assets/icons"
PICTURES = {f"{ICON_FOLDER}/{file}" for file, *_ in ICONS}
LONGEST_SHORT_NAME = 12


def manifest(name: str, description: str, language: str) -> str:
    """The web app manifest; its addresses are relative, so that the site may stand below any path."""
    data = {
        "name": name,
        "short_name": short_name(name),
        "description": description,
        "lang": language,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": THEME_COLOUR,
        "background_color": BACKGROUND,
        "icons": [
            {"src": f"{ICON_FOLDER}/{file}", "sizes": sizes, "type": kind, "purpose": purpose}
            for file, sizes, kind, purpose in ICONS
        ],
    }
    return json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False, indent=1) + "\n"


def short_name(name: str) -> str:
    """What stands below an icon: the whole name if there is room for it, or its first word."""
    return name if len(name) <= LONGEST_SHORT_NAME else name.split(maxsplit=1)[0]


def for_template(
    url: str,
    guideline: str,
    guidelines: Sequence[Metadata],
    bundles: Mapping[str, str],
    *,
    control: bool,
    title: str = "",
) -> Any:
    """What a page's template needs: `offline`, the JSON that `offline.js` reads, `keep` and `recent`, what it prints.

    Args:
        url: of the page, from the site's root.
        guideline: id of the page's guideline, or an empty text for a page of the whole site.
        guidelines: all of the site.
        bundles: the addresses of the site's bundles, from its root.
        control: whether the page has the control 'keep for offline'.
        title: as the list of pages used lately has it; empty for the pages that show this list, which are not in it.
    """
    root = "../" * url.count("/") or "./"
    shown = [meta for meta in guidelines if guideline in ("", meta.id)]
    language = shown[0].language
    words = for_offline(language)
    due = [(meta.review_due.isoformat(), meta.short_title) for meta in shown]
    page = {
        "root": root,
        "guideline": guideline,
        "due": [[date, words["due"].format(title=title, date=date)] for date, title in due],
        "broken": words["broken"],
        "keep": root + bundles["keep.js"],
        "style": root + bundles["keep.css"],
    }
    if title:
        page["title"] = Markup(title).striptags()
    recent = {
        "below": f"{guideline}/" if guideline else "",
        "names": {meta.id: meta.short_title for meta in shown} if len(shown) > 1 else {},
        "words": for_language(language),
    }
    text = json.dumps(page, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return {
        "offline": Markup(text),
        "keep": {"guideline": guideline, "language": language, "words": words} if control else None,
        "recent": None if title else recent,
    }


def words_script(languages: Iterable[str]) -> bytes:
    """The words of the control's script, in the languages of a site; stands before the script."""
    words = {language.partition("-")[0]: for_offline(language) for language in sorted(set(languages))}
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return f"(globalThis.Vademecum ??= {{}}).offlineWords = {text};\n".encode()
