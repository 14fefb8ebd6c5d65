"""The file that a browser searches: records, words, what is not covered, as one call of a script.

A script, and no JSON: a page that was opened from a folder may not fetch, and every page may load a script.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from generator import addresses
from generator.models.guideline import Guideline
from generator.said import plainly
from generator.search import common
from generator.search.aliases import Alias, aliases
from generator.search.characters import sounds, traditional
from generator.search.records import records
from generator.words import for_language


def files(guidelines: Sequence[Guideline], *, directory_urls: bool) -> dict[str, bytes]:
    """The index of each guideline by its key, with addresses below the site's root."""
    return {guideline.key: file(guideline, directory_urls=directory_urls) for guideline in guidelines}


def file(guideline: Guideline, *, directory_urls: bool) -> bytes:
    """The index of one guideline, with addresses below the site's root."""
    return script(build(guideline, partial(_below_root, guideline.folder, directory_urls))).encode()


def _below_root(folder: str, directory_urls: bool, address: str) -> str:
    return f"{folder}/{addresses.link(address, 0, directory_urls=directory_urls)}"


def build(guideline: Guideline, url: Callable[[str], str]) -> dict[str, Any]:
    """The data of a guideline's search.

    Args:
        guideline: a guideline without errors.
        url: makes the address that a script is to give out of an address below the guideline's folder.

    Returns:
        JSON data: `guideline`, `title`, `records` (lists of label, kind, url, title, text, place and context),
        `aliases` (lists of name, words, means, numbers of records, whether they are names), `not_covered` (lists of
        name, words, note), `syllables` and `sounds` (as `characters.sounds` gives them), `traditional`, `stop`,
        `opposites` and `words`.
    """
    language = guideline.meta.language
    words = for_language(language)
    found = records(guideline)
    number = {record.key: index for index, record in enumerate(found)}
    listed = aliases(guideline)
    known = [_alias(item, number) for item in listed]
    syllables, otherwise = sounds(word for item in listed for word in (item.name, *item.say))
    missing = guideline.search.not_covered if guideline.search else ()
    not_covered = [[item.name, list(item.say), item.note or ""] for item in missing]
    shown = [
        [item.label, item.key.partition(":")[0], url(item.address), item.title, item.text, item.place, item.context]
        for item in found
    ]
    return {
        "guideline": guideline.key,
        "title": guideline.meta.short_title,
        "records": shown,
        "aliases": known,
        "not_covered": not_covered,
        "syllables": syllables,
        "sounds": otherwise,
        "traditional": traditional(_strings([shown, known, not_covered])),
        "stop": common.stop_words(language),
        "opposites": common.opposites(language),
        "words": {name: words[f"search_{name}"] for name in ("not_covered", "not_covered_note", "not_printed")},
    }


def script(data: dict[str, Any]) -> str:
    """The data as a classic script, which may stand inside a page too: nothing in it ends a script element."""
    encoded = json.dumps(plainly(data), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"Vademecum.searchIndex({encoded});\n"


def _alias(alias: Alias, number: dict[str, int]) -> list[Any]:
    to = [number[key] for key in alias.to if key in number]
    # Words to look for, not to be printed: bare, whatever their language.
    return [str(alias.name), list(map(str, alias.say)), list(map(str, alias.means)), to, int(alias.own)]


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for item in data:
            yield from _strings(item)
