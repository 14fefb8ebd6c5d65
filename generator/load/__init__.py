"""A guideline's folder becomes a `Guideline` and findings.

Each record is validated by itself, so that one mistake does not hide the next; pydantic's errors become
findings at the place of the value concerned.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator import source
from generator.findings import Finding, Where, finding, finding_code
from generator.load.validation import kebab, validate, wrong_type
from generator.models.calculator import Calculator
from generator.models.coverage import Coverage
from generator.models.drug import Drug
from generator.models.glossary import Term
from generator.models.guideline import Guideline, Metadata
from generator.models.reference import Reference
from generator.models.section import Section
from generator.models.statement import Caveat, Statement
from generator.models.table import Table

SINGLE: dict[str, type[BaseModel]] = {"guideline": Metadata, "coverage": Coverage}
LISTS: dict[str, type[BaseModel]] = {
    "sections": Section,
    "statements": Statement,
    "caveats": Caveat,
    "tables": Table,
    "drugs": Drug,
    "glossary": Term,
    "references": Reference,
    "calculators": Calculator,
}
REQUIRED = ("guideline", "sections", "statements", "references")


@finding_code("GL009")
def unexpected_file(where: Where, name: str, known: list[str]) -> Finding:
    """A guideline's folder holds a YAML file that nothing reads.

    Its content would be lost without a word. The file names are fixed; `NAME.yaml` may become a folder
    `NAME/` with several files.
    """
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"Did you mean '{near[0]}'?" if near else "Known: " + ", ".join(known)
    return finding("GL009", where, f"expected a known file name, found '{name}'", hint)


@finding_code("GL010")
def missing_file(where: Where, name: str) -> Finding:
    """A guideline's folder lacks a file without which there is no guideline.

    Every guideline has guideline.yaml, sections.yaml, statements.yaml and references.yaml.
    """
    return finding("GL010", where, f"expected the file or folder '{name}', found none", "Create it")


@dataclass(slots=True)
class Loaded:
    """What a folder gave.

    Attributes:
        guideline: the guideline, or None when a required file could not be read at all.
        findings: what is wrong with single records.
        whole: no record was left out, so that what is missing can be told from what is broken.
        broken_ids: ids of records that were left out because they are broken.
    """

    guideline: Guideline | None
    findings: list[Finding] = field(default_factory=list)
    whole: bool = True
    broken_ids: set[str] = field(default_factory=set)


def load(folder: Path, shown_as: str | None = None) -> Loaded:
    """Read a guideline's folder.

    Args:
        folder: the folder with guideline.yaml.
        shown_as: how the folder is named in findings; its own path when absent.
    """
    shown = shown_as or str(folder)
    loaded = Loaded(None)
    known = [f"{name}.yaml" for name in (*SINGLE, *LISTS)]
    if not folder.is_dir():
        loaded.findings.append(missing_file(Where(shown, 1, 1), "guideline.yaml"))
        return loaded
    read = {path for name in (*SINGLE, *LISTS) for path, _ in _files(folder, shown, name)}
    for path in sorted(folder.rglob("*.y*ml")):
        if path not in read:
            name = path.relative_to(folder).as_posix()
            loaded.findings.append(unexpected_file(Where(f"{shown}/{name}", 1, 1), name, known))
    parts: dict[str, Any] = {}
    for name, model in LISTS.items():
        parts[name] = tuple(_records(folder, shown, name, model, loaded))
    for name, model in SINGLE.items():
        parts[name] = _single(folder, shown, name, model, loaded)
    loaded.whole = not loaded.findings
    if parts["guideline"] is not None:
        parts["meta"] = parts.pop("guideline")
        loaded.guideline = Guideline.model_construct(**parts)
    return loaded


def _files(folder: Path, shown: str, name: str) -> list[tuple[Path, str]]:
    """The files of one kind with the names to show: NAME.yaml and NAME/*.yaml."""
    files = [(folder / f"{name}.yaml", f"{shown}/{name}.yaml")] if (folder / f"{name}.yaml").is_file() else []
    if name in SINGLE:
        return files
    files += [(path, f"{shown}/{name}/{path.name}") for path in sorted((folder / name).glob("*.yaml"))]
    return files


def _records[M: BaseModel](folder: Path, shown: str, name: str, model: type[M], loaded: Loaded) -> Iterator[M]:
    files = _files(folder, shown, name)
    if not files and name in REQUIRED:
        loaded.findings.append(missing_file(Where(shown, 1, 1), f"{name}.yaml"))
    for path, file in files:
        data, findings = source.read(path, file)
        loaded.findings += findings
        where = source.locate(data, ()) or Where(file, 1, 1)
        if isinstance(data, source.LocatedList):
            for index, item in enumerate(data):
                record = _validated(model, item, data.item_where[index], loaded)
                if record is not None:
                    yield record
        elif data is None and findings:
            loaded.broken_ids |= source.ids_in(path)
        else:
            loaded.findings.append(wrong_type(where, "a list of records", data, "Begin each record with '- '"))


def _single[M: BaseModel](folder: Path, shown: str, name: str, model: type[M], loaded: Loaded) -> M | None:
    path, file = folder / f"{name}.yaml", f"{shown}/{name}.yaml"
    if not path.is_file():
        if name in REQUIRED:
            loaded.findings.append(missing_file(Where(shown, 1, 1), f"{name}.yaml"))
        return None
    data, findings = source.read(path, file)
    loaded.findings += findings
    if data is None and findings:
        return None
    return _validated(model, data, source.locate(data, ()) or Where(file, 1, 1), loaded)


def _validated[M: BaseModel](model: type[M], item: Any, where: Where, loaded: Loaded) -> M | None:
    """One record, or None with its findings and ids in `loaded`."""
    record, findings = validate(model, item, where)
    loaded.findings += findings
    if record is None and isinstance(item, dict):
        names = {str(item[key]) for key in ("id", "number") if key in item}
        loaded.broken_ids |= names | {kebab(name) for name in names}
    return record


def guideline_folders(content: Path) -> list[Path]:
    """The folders of a content folder that hold a guideline, in the order of their names."""
    return sorted(path.parent for path in content.glob("*/guideline.yaml"))
