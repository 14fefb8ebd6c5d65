"""A published edition kept beside its guideline, as one JSON file: all that a later comparison needs, without git.

The file holds what the author wrote, as data and not as words: a later Vademecum that prints a dose in another way must
not tell that the dose has changed. Numbers keep their digits; no number passes through a binary float.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from generator.editions.compare import differences
from generator.editions.fields import fields_of
from generator.findings import Where
from generator.models.guideline import Guideline
from generator.models.overlay import Overlay

SCHEMA = 1
"""Changes when a record must be read in another way."""

FOLDER = "editions"
"""The folder of the records inside a guideline's folder."""

LARGEST = 20_000_000
"""Bytes; a larger file is no record of an edition."""

_NOT_KEPT = ("original", "translation", "untranslated", "outdated", "overlays")
"""Fields that are made of others, and one that is kept in its own way."""

_UNSAFE = re.compile(r"[^\w.-]+")


class EditionError(Exception):
    """An edition cannot be read or written.

    Attributes:
        problem: what was expected and what was found.
        hint: what to do; empty when there is nothing to add.
    """

    def __init__(self, what: str, problem: str, hint: str = "") -> None:
        self.problem, self.hint = problem, hint
        super().__init__(f"{what}: {problem}" + (f"\n  hint: {hint}" if hint else ""))


def path_of(folder: Path, version: str) -> Path:
    """Where the record of a version stands in a guideline's folder."""
    name = _UNSAFE.sub("-", version).strip(".-") or "edition"
    return folder / FOLDER / f"{name}.json"


def records(folder: Path) -> list[Path]:
    """The records of a guideline's folder."""
    return sorted((folder / FOLDER).glob("*.json"))


def write(guideline: Guideline, folder: Path) -> tuple[Path, bool]:
    """Keep an edition; gives the file, and whether it is new. A record that says another thing is left alone.

    Raises:
        EditionError: this version has been recorded with another content.
    """
    path = path_of(folder, guideline.meta.version)
    if path.is_file():
        if differences(read(path), guideline):
            raise EditionError(
                str(path),
                f"expected the content of version {guideline.meta.version}, found another that was recorded before",
                "Raise 'version' in guideline.yaml; delete the record first if that edition was never published",
            )
        return path, False
    path.parent.mkdir(exist_ok=True)
    path.write_text(dump(guideline), encoding="utf-8", newline="\n")
    return path, True


def dump(guideline: Guideline) -> str:
    """The record of an edition as JSON text, one line a record of the guideline, so that git shows what changed."""
    data = guideline.model_dump(mode="python", exclude_unset=True, exclude=set(_NOT_KEPT))
    data["overlays"] = [_overlay(item) for item in guideline.overlays]
    parts = [f'"schema": {SCHEMA}']
    for name in fields_of(Guideline):
        value = data.get(name, getattr(guideline, name))
        if isinstance(value, tuple | list) and value:
            lines = ",\n".join(f"  {_json(item)}" for item in value)
            parts.append(f'"{name}": [\n{lines}\n]')
        else:
            parts.append(f'"{name}": {_json(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _overlay(overlay: Overlay) -> dict[str, Any]:
    entries = {place: entry.model_dump(exclude_unset=True) for place, entry in overlay.entries.items()}
    return {"language": overlay.language, "about": overlay.about.model_dump(exclude_unset=True), "entries": entries}


def _json(value: Any) -> str:
    """Plain data as JSON; a decimal number is written with its digits."""
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_json(item)}" for key, item in value.items())
            + "}"
        )
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_json, value)) + "]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False, default=str)


def read(path: Path, shown_as: str = "") -> Guideline:
    """The edition that a record holds.

    Raises:
        EditionError: it cannot be read.
    """
    shown = shown_as or str(path)
    again = "Make it anew from the revision that was published: vademecum diff --record REVISION"
    try:
        if path.stat().st_size > LARGEST:
            raise EditionError(shown, f"expected at most {LARGEST:,} bytes, found {path.stat().st_size:,}", again)
        data = json.loads(path.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise EditionError(shown, f"the file cannot be opened: {error.strerror}", "Check its name and rights") from None
    except (ValueError, RecursionError) as error:
        raise EditionError(
            shown, f"expected the record of an edition, found what is not JSON: {error}", again
        ) from None
    found = data.pop("schema", None) if isinstance(data, dict) else None
    if found != SCHEMA:
        problem = f"expected the record of an edition with 'schema': {SCHEMA}, found {found if found else 'none'}"
        raise EditionError(shown, problem, again)
    for overlay in data.get("overlays") or ():
        if isinstance(overlay, dict):  # what a record does not keep: where each text stood
            overlay["where"] = Where(shown, 1, 1)
    try:
        return Guideline.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(map(str, first["loc"]))
        raise EditionError(
            shown, f"expected an edition as it is read today, found at {place}: {first['msg']}", again
        ) from None


def earlier(folder: Path) -> Iterator[Guideline]:
    """Every recorded edition of a guideline's folder, the oldest first.

    Raises:
        EditionError: one of them cannot be read.
    """
    found = [read(path) for path in records(folder)]
    yield from sorted(found, key=lambda item: (item.meta.updated, _natural(item.meta.version)))


def _natural(version: str) -> list[tuple[int, str]]:
    """A version in the order of its numbers: 1.9 before 1.10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", version)]
