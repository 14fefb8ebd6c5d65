"""`vademecum pages`: a guideline's pages as plain Markdown with front matter, for any builder of sites.

What needs Python is left out as on paper; rules stand as tables and pathways as outlines. Links lead from file to file.
"""

import json
import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.addresses import locator_text
from generator.exports.as_markdown import markdown
from generator.exports.book import Chapter, chapters, resolve
from generator.exports.edition import Edition
from generator.exports.failure import ExportError
from generator.models.guideline import Guideline
from generator.words import for_language

RECORD = ".vademecum-pages.json"
"""Lists the files that were written and their SHA-256, so that no other file is ever written over."""

CONFIG = """\
# Builds these pages with Material for MkDocs alone: mkdocs build --strict
site_name: {name}
docs_dir: docs
theme:
  name: material
  language: {language}
  font: false
markdown_extensions:
  - attr_list
  - tables
  - toc
validation:
  links:
    not_found: warn
    anchors: warn
    absolute_links: warn
    unrecognized_links: warn
nav:
{nav}
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What was done: the files that were written anew, and those of an earlier time that went."""

    files: tuple[str, ...]
    removed: tuple[str, ...]


def write(guidelines: Sequence[tuple[Guideline, Edition]], out: Path) -> Written:
    """Write the pages of guidelines, a page that lists them, and a mkdocs.yml.

    Raises:
        ExportError: a file is in the way that is not as it was written; nothing has been changed then.
    """
    made = dict(_files(guidelines))
    before = _record(out)
    in_the_way = [name for name in sorted({*made, *before}) if _is_foreign(out / name, before.get(name))]
    if in_the_way:
        listed = "\n".join(f"  {out / name}" for name in in_the_way)
        raise ExportError(
            f"these files were not written by this command, or have been changed since; nothing was written\n{listed}\n"
            "  hint: move them away, or choose another folder with --out"
        )
    for name, text in made.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8", newline="\n")
    left = tuple(name for name in before if name not in made)
    for name in left:
        (out / name).unlink(missing_ok=True)
    record = {name: _digest(text.encode()) for name, text in made.items()}
    (out / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return Written(tuple(made), left)


def _files(guidelines: Sequence[tuple[Guideline, Edition]]) -> Iterator[tuple[str, str]]:
    """Every file by its path below the folder."""
    language = guidelines[0][0].meta.language
    words = for_language(language)
    nav = [f"  - {_quoted(words['guidelines'])}: index.md"]
    home = [f"# {words['home_title']}", ""]
    for guideline, edition in guidelines:
        found = chapters(guideline, without=())
        nav += [f"  - {_quoted(guideline.meta.short_title)}:", *_navigation(guideline.meta.id, found)]
        home.append(f"-   [{guideline.meta.title}]({guideline.meta.id}/index.md)<br>{guideline.meta.summary}")
        for chapter in found:
            yield f"docs/{guideline.meta.id}/{chapter.uri}", _page(guideline, edition, chapter, found)
    yield "docs/index.md", _front({"title": words["home_title"]}) + "\n".join([*home, ""])
    theme = "zh-Hant" if language.startswith("zh-Hant") else language.partition("-")[0]
    name = guidelines[0][0].meta.short_title if len(guidelines) == 1 else words["home_title"]
    yield "mkdocs.yml", CONFIG.format(name=_quoted(name), language=theme, nav="\n".join(nav))


def _navigation(guideline: str, found: Sequence[Chapter]) -> Iterator[str]:
    group = ""
    for chapter in found:
        if chapter.group and chapter.group != group:
            yield f"      - {_quoted(chapter.group)}:"
        group = chapter.group
        indent = "          " if group else "      "
        yield f"{indent}- {_quoted(chapter.title)}: {guideline}/{chapter.uri}"


def _page(guideline: Guideline, edition: Edition, chapter: Chapter, found: Sequence[Chapter]) -> str:
    by_uri = {item.uri: item for item in found}
    anchors = chapter.anchors

    def link(uri: str, anchor: str) -> str | None:
        if uri not in by_uri:
            return None
        known = anchor in (anchors if uri == chapter.uri else by_uri[uri].anchors)
        path = "" if uri == chapter.uri and known else posixpath.relpath(uri, posixpath.dirname(chapter.uri) or ".")
        return path + (f"#{anchor}" if known else "")

    resolve(chapter, link, edition)
    words = for_language(guideline.meta.language)
    body = markdown(chapter.body, (words["conditions"], words["answer"]))
    return f"{_front(_about(guideline, chapter, anchors))}{body}\n---\n\n{edition.running}\n"


def _about(guideline: Guideline, chapter: Chapter, anchors: frozenset[str]) -> dict[str, Any]:
    """The front matter of a page: what it is, whose it is, and where in the source its statements stand."""
    meta = guideline.meta
    front: dict[str, Any] = {
        "title": chapter.title,
        "description": chapter.description,
        "guideline": meta.id,
        "language": meta.language,
        "edition": meta.edition,
        "version": meta.version,
        "updated": meta.updated.isoformat(),
        "source": meta.cite_as,
    }
    places = {
        statement.id: [locator_text(place, meta.language) for place in statement.source]
        for statement in guideline.statements
        if statement.id in anchors
    }
    return front | ({"places": places} if places else {})


def _front(values: dict[str, Any]) -> str:
    """Front matter, each value as JSON, which is YAML too."""
    return "---\n" + "".join(f"{key}: {_quoted(value)}\n" for key, value in values.items()) + "---\n\n"


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _record(out: Path) -> dict[str, str]:
    """The files of the last time by their hash; empty when there was none."""
    try:
        data = json.loads((out / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        data = None
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise ExportError(f"{out / RECORD}: cannot be read; remove it, or choose another folder with --out")
    return {
        name: value for name, value in data.items() if ".." not in Path(name).parts and not Path(name).is_absolute()
    }


def _is_foreign(path: Path, digest: str | None) -> bool:
    """Whether a file is there that is not as it was written."""
    return path.exists() and (digest is None or not path.is_file() or _digest(path.read_bytes()) != digest)


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
