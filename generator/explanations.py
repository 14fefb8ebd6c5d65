"""What a reference, a drug's name or an abbreviation shows in place, as one script that a page loads on first use.

One file for a whole guideline: on every page each citation would stand many times, and a page opened from a folder may
load a script but not fetch data. It also holds the words of the copies, which need the same citation.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from generator import addresses, citations
from generator.layers import explains
from generator.models.drug import Drug
from generator.models.glossary import Term
from generator.models.guideline import Guideline
from generator.said import plain, plainly
from generator.words import for_language, for_script

WORDS = ("copy_link", "copy_text", "copied", "copy_failed", "more")


@dataclass(frozen=True, slots=True)
class Explanations:
    """The explanations of a guideline as a file of the site.

    Attributes:
        uri: its place from the site's root, named by its content.
        script: its content.
        label: what a table's copy button says, needed before the file is loaded.
    """

    uri: str
    script: str
    label: str


def files(guidelines: Iterable[Guideline], *, directory_urls: bool) -> dict[str, Explanations]:
    """The file of each guideline, by its folder."""
    found = {}
    for item, told in ((item, script(item, directory_urls=directory_urls)) for item in guidelines):
        uri = f"{item.folder}/explanations.{sha256(told.encode()).hexdigest()[:12]}.js"
        found[item.folder] = Explanations(uri, told, for_script(item.meta.language)["copy"])
    return found


def script(guideline: Guideline, *, directory_urls: bool) -> str:
    """The script: an object on `Vademecum.explanations` with `texts`, `words` and `footer`.

    Args:
        guideline: the guideline.
        directory_urls: how the site builder makes addresses; the keys of `texts` are links from the guideline's folder.
    """
    language = guideline.meta.language
    words, meta = for_script(language), guideline.meta
    marks = for_language(language)
    texts = {
        addresses.link(address, 0, directory_urls=directory_urls): told for address, told in _told(guideline, marks)
    }
    data = {
        "texts": texts,
        "words": {key: words[key] for key in WORDS},
        "footer": f"{meta.cite_as}{marks['semicolon']}{meta.guideline.title}\n"
        f"{marks['version']} {meta.version}{marks['brackets'].format(text=meta.updated)}\n{meta.notice}",
    }
    encoded = json.dumps(plainly(data), ensure_ascii=False, separators=(",", ":"))
    return f'"use strict";\n(globalThis.Vademecum ??= {{}}).explanations = {encoded};\n'


def _told(guideline: Guideline, words: dict[str, str]) -> list[tuple[str, Any]]:
    """Address → title, text, and the language of the text where it is another than the guideline's."""
    found: list[tuple[str, Any]] = []
    for item in guideline.references:
        told = [f"[{item.number}]", citations.gbt7714(item)]
        here = guideline.meta.language.startswith(item.lang)
        found.append((f"references/#ref-{item.number}", told if here else [*told, item.lang]))
    found += [(addresses.drug(item.id), _drug(item, words)) for item in guideline.drugs]
    found += [(addresses.term(item.id), _term(item, words)) for item in guideline.glossary if explains(item)]
    return found


def _drug(drug: Drug, words: dict[str, str]) -> list[str]:
    """Name, class and whether a dose is given; the dose itself stands on the drug's page, with its caveats."""
    parts = [drug.english, drug.drug_class, words[f"listing_{drug.listing}"], drug.note]
    return [drug.name, words["semicolon"].join(plain(part).rstrip(words["full_stop"]) for part in parts if part)]


def _term(term: Term, words: dict[str, str]) -> list[str]:
    title = " ".join(dict.fromkeys(plain(part) for part in (term.abbreviation, term.term) if part))
    parts = [term.english, term.text, words["listing"].join(term.caveats)]
    return [title, words["semicolon"].join(plain(part).rstrip(words["full_stop"]) for part in parts if part)]
