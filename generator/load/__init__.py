"""A guideline's folder becomes a `Guideline` and findings.

Each record is validated by itself, so that one mistake does not hide the next; pydantic's errors become
findings at the place of the value concerned.
"""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator import source
from generator.findings import Finding, Where, finding, finding_code
from generator.load import overlays
from generator.load.validation import caveat_id, empty_keys, kebab, validate, wrong_type
from generator.models.calculator import Calculator
from generator.models.coverage import Coverage
from generator.models.drug import Drug
from generator.models.glossary import Term
from generator.models.guideline import Guideline, Metadata
from generator.models.pathway import Pathway
from generator.models.reference import Reference
from generator.models.search import Search
from generator.models.section import Section
from generator.models.statement import Caveat, Statement
from generator.models.table import Table
from generator.models.teaching import TeachingCase

SINGLE: dict[str, type[BaseModel]] = {"guideline": Metadata, "coverage": Coverage, "search": Search}
LISTS: dict[str, type[BaseModel]] = {
    "sections": Section,
    "statements": Statement,
    "caveats": Caveat,
    "tables": Table,
    "drugs": Drug,
    "glossary": Term,
    "references": Reference,
    "calculators": Calculator,
    "pathways": Pathway,
    "teaching": TeachingCase,
}
TRANSLATED = tuple(name for name in (*SINGLE, *LISTS) if name not in ("coverage", "references"))
REQUIRED = ("guideline", "sections", "statements", "references")


type ReadFile = Callable[[Path, str], tuple[Any, list[Finding]]]
"""Reads a file, which findings call by the second argument, as `source.read` does."""

KNOWN_FILES = [f"{name}.yaml" for name in (*SINGLE, *LISTS)]


@finding_code("GL009")
def unexpected_file(where: Where, name: str) -> Finding:
    """A guideline's folder holds a YAML file that nothing reads.

    Its content would be lost without a word. The file names are fixed; `NAME.yaml` may become a folder
    `NAME/` with several files.
    """
    near = _meant(name)
    hint = f"Did you mean '{near}'?" if near else "Known: " + ", ".join(KNOWN_FILES)
    return finding("GL009", where, f"expected a known file name, found '{name}'", hint)


def _meant(name: str) -> str:
    """The known file that an author probably meant; empty when none is near."""
    return next(iter(difflib.get_close_matches(name, KNOWN_FILES, n=1, cutoff=0.5)), "")


@finding_code("GL010")
def missing_file(where: Where, expected: str, found: str = "none", hint: str = "Create it") -> Finding:
    """A guideline's folder lacks a file without which there is no guideline, or there is no such folder.

    Every guideline has guideline.yaml, sections.yaml, statements.yaml and references.yaml. A folder of `content/`
    that holds any YAML file is meant to be a guideline. A file under a wrong name is reported as GL009 alone.
    """
    return finding("GL010", where, f"expected {expected}, found {found}", hint)


@finding_code("GL011")
def id_not_of_folder(where: Where, name: str, folder: str) -> Finding:
    """The `id` in guideline.yaml is not the name of the guideline's folder.

    Pages and calculators stand under the id, the command asks by the folder. A folder that was copied to
    begin a new guideline would take the place of the first one, with its doses. Folders of one place have
    different names, so that ids are different too.

    Wrong, in the folder new-fever:

    ```yaml
    id: example-fever
    ```

    Right:

    ```yaml
    id: new-fever
    ```
    """
    message = f"expected the name of the guideline's folder, '{folder}', found '{name}'"
    return finding("GL011", where, message, f"Write 'id: {folder}', or rename the folder")


@dataclass(slots=True)
class Loaded:
    """What a folder gave.

    Attributes:
        guideline: the guideline, or None when a required file could not be read at all.
        findings: what is wrong with single records.
        whole: no record was left out, so that what is missing can be told from what is broken.
        broken_ids: ids of records that were left out because they are broken.
        misnamed: names of the files that seem to be there under a wrong name.
    """

    guideline: Guideline | None
    findings: list[Finding] = field(default_factory=list)
    whole: bool = True
    broken_ids: set[str] = field(default_factory=set)
    misnamed: set[str] = field(default_factory=set)


def load(folder: Path, shown_as: str | None = None, read: ReadFile = source.read) -> Loaded:
    """Read a guideline's folder.

    Args:
        folder: the folder with guideline.yaml.
        shown_as: how the folder is named in findings; its own path when absent.
        read: reads one file; another than the usual one may know files from before.
    """
    shown = shown_as or str(folder)
    loaded = Loaded(None)
    if not folder.is_dir():
        hint = "Check its name; without one, every guideline below content/ is checked"
        loaded.findings.append(missing_file(Where(shown, 1, 1), "a guideline's folder", "no such folder", hint))
        return loaded
    known = {path for name in (*SINGLE, *LISTS) for path, _ in _files(folder, shown, name)}
    translations = []
    for overlay, findings, own in overlays.overlays(folder, shown, TRANSLATED):
        loaded.findings += findings
        translations += [overlay] if overlay else []
        known |= {own / overlays.ABOUT, *(path for kind in TRANSLATED for path in overlays.files(own, kind))}
    for path in yaml_files(folder):
        if path not in known:
            name = path.relative_to(folder).as_posix()
            loaded.findings.append(unexpected_file(Where(f"{shown}/{name}", 1, 1), name))
            loaded.misnamed.add(_meant(name))
            loaded.broken_ids |= source.ids_in(path)
    parts: dict[str, Any] = {}
    for name, model in LISTS.items():
        parts[name] = tuple(_records(folder, shown, name, model, loaded, read=read))
    for name, model in SINGLE.items():
        parts[name] = _single(folder, shown, name, model, loaded, read=read)
    loaded.whole = not loaded.findings
    parts["overlays"] = tuple(translations)
    if parts["guideline"] is not None:
        meta = parts["meta"] = parts.pop("guideline")
        loaded.guideline = Guideline.model_construct(**parts)
        if meta.id != folder_name(folder):
            loaded.findings.append(id_not_of_folder(meta.where("id"), meta.id, folder_name(folder)))
    return loaded


def _files(folder: Path, shown: str, name: str) -> list[tuple[Path, str]]:
    """The files of one kind with the names to show: NAME.yaml and NAME/*.yaml."""
    files = [(folder / f"{name}.yaml", f"{shown}/{name}.yaml")] if (folder / f"{name}.yaml").is_file() else []
    if name in SINGLE:
        return files
    files += [(path, f"{shown}/{name}/{path.name}") for path in sorted((folder / name).glob("*.yaml"))]
    return files


def _records[M: BaseModel](
    folder: Path, shown: str, name: str, model: type[M], loaded: Loaded, *, read: ReadFile
) -> Iterator[M]:
    files = _files(folder, shown, name)
    if not files:
        _miss(name, shown, loaded)
    for path, file in files:
        data, findings = read(path, file)
        loaded.findings += findings
        loaded.broken_ids |= source.ids_in(path) if findings else set()
        where = source.locate(data, ()) or Where(file, 1, 1)
        if isinstance(data, source.LocatedList):
            for index, item in enumerate(data):
                record = _validated(model, item, data.item_where[index], loaded)
                if record is not None:
                    yield record
        elif data is not None or not findings:
            hint = "Begin each record with '- '"
            if data is None:
                hint = f"Write [] when {'the source prints none' if name == 'references' else 'there is none'}"
            loaded.findings.append(wrong_type(where, "a list of records", data, hint))


def _miss(name: str, shown: str, loaded: Loaded) -> None:
    """Say that a required file is missing, unless it seems to be there under a wrong name, which is said already."""
    if name in REQUIRED and f"{name}.yaml" not in loaded.misnamed:
        loaded.findings.append(missing_file(Where(shown, 1, 1), f"the file or folder '{name}.yaml'"))


def _single[M: BaseModel](
    folder: Path, shown: str, name: str, model: type[M], loaded: Loaded, *, read: ReadFile
) -> M | None:
    path, file = folder / f"{name}.yaml", f"{shown}/{name}.yaml"
    if not path.is_file():
        _miss(name, shown, loaded)
        return None
    data, findings = read(path, file)
    loaded.findings += findings
    if data is None and findings:
        return None
    return _validated(model, data, source.locate(data, ()) or Where(file, 1, 1), loaded)


def _validated[M: BaseModel](model: type[M], item: Any, where: Where, loaded: Loaded) -> M | None:
    """One record, or None with its findings and ids in `loaded`."""
    record, findings = validate(model, item, where)
    if record is not None and (empty := list(empty_keys(item))):
        record, findings = None, empty
    loaded.findings += findings
    if record is None and isinstance(item, dict):
        names = {str(item[key]) for key in ("id", "number") if key in item}
        loaded.broken_ids |= names | {kebab(name) for name in names} | {caveat_id(name) for name in names}
    return record


def guideline_folders(content: Path) -> list[Path]:
    """The folders of a content folder that hold any YAML file, in the order of their names.

    A folder without guideline.yaml is one of them: that it lacks this file is to be said, not to be passed over.
    """
    folders = (path for path in content.glob("*") if path.is_dir() and not path.name.startswith("."))
    return sorted(path for path in folders if yaml_files(path))


def kind_of(path: Path) -> str | None:
    """What a file holds, by its path in the guideline's folder: a key of SINGLE or LISTS, or None if it is not read."""
    name, inside = (path.parent.name, True) if len(path.parts) == 2 else (path.stem, False)
    known = len(path.parts) <= 2 and path.suffix == ".yaml" and (name in LISTS or (name in SINGLE and not inside))
    return name if known else None


def folder_name(folder: Path) -> str:
    """The name of a guideline's folder, also when it is given as `.` or `..`."""
    return folder.name if folder.name not in ("", "..") else folder.resolve().name


def yaml_files(folder: Path) -> list[Path]:
    """Every YAML file below a folder, in the order of their paths."""
    return sorted(path for path in folder.rglob("*.y*ml") if path.suffix in (".yaml", ".yml"))
