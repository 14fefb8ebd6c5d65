"""The translations of a guideline, in folders beside its files that are called by their language."""

import re
from collections.abc import Iterator
from pathlib import Path

from generator import source
from generator.findings import Finding, Where
from generator.load.validation import validate, wrong_type
from generator.models.overlay import Entry, Overlay, Translation

LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?\Z")
ABOUT = "translation.yaml"


def folders(folder: Path) -> list[Path]:
    """The folders of translations in a guideline's folder: those with the name of a language that hold `ABOUT`."""
    return sorted(path.parent for path in folder.glob(f"*/{ABOUT}") if LANGUAGE.match(path.parent.name))


def overlays(folder: Path, shown: str, kinds: tuple[str, ...]) -> Iterator[tuple[Overlay | None, list[Finding], Path]]:
    """Every translation with what is wrong with it, and its folder.

    Args:
        folder: the guideline's folder.
        shown: how it is named in findings.
        kinds: the names that the files of a translation may have.
    """
    for own in folders(folder):
        yield *_overlay(own, f"{shown}/{own.name}", kinds), own


def _overlay(folder: Path, shown: str, kinds: tuple[str, ...]) -> tuple[Overlay | None, list[Finding]]:
    data, findings = source.read(folder / ABOUT, f"{shown}/{ABOUT}")
    if data is None and findings:
        return None, findings
    start = Where(f"{shown}/{ABOUT}", 1, 1)
    about, wrong = validate(Translation, data, source.locate(data, ()) or start)
    findings += wrong
    if about is None:
        return None, findings
    found = Overlay(folder.name, start, about)
    for kind in kinds:
        for path in files(folder, kind):
            findings += _read(found, path, f"{shown}/{path.relative_to(folder).as_posix()}", kind)
    return found, findings


def files(folder: Path, kind: str) -> list[Path]:
    """The files of one kind: NAME.yaml and NAME/*.yaml, as those of the original."""
    single = folder / f"{kind}.yaml"
    return [*([single] if single.is_file() else []), *sorted((folder / kind).glob("*.yaml"))]


def _read(overlay: Overlay, path: Path, shown: str, kind: str) -> list[Finding]:
    data, findings = source.read(path, shown)
    if data is None:
        return findings
    if not isinstance(data, source.LocatedMap):
        where = source.locate(data, ()) or Where(shown, 1, 1)
        return [*findings, wrong_type(where, "places of texts, each with 'of' and 'text'", data, HINT)]
    said = dict(_originals(path))
    for key, item in data.items():
        entry, wrong = validate(Entry, item, data.key_where[key])
        findings += wrong
        if entry is not None:
            overlay.entries[f"{kind}/{key}"] = entry
            overlay.places[f"{kind}/{key}"] = data.key_where[key]
            overlay.was[f"{kind}/{key}"] = said.get(data.key_where[key].line + 1, "")
    return findings


def _originals(path: Path) -> Iterator[tuple[int, str]]:
    """The originals that stand as comments below their keys, by the number of their line."""
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.startswith(ORIGINAL):
            yield number, line.removeprefix(ORIGINAL)


ORIGINAL = "  # original: "
HINT = "Let 'vademecum translate' write the file"
