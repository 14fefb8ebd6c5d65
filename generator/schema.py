"""A JSON Schema (2020-12) for each file of a guideline, made from the models, for editors that complete and check.

A schema sees one file and its shape. What needs a second file, a date of the calendar or an order of numbers is
beyond it and left to `vademecum check`; what the models refuse for its shape, the schema refuses as well.
"""

import json
import os
import typing
from codecs import BOM_UTF8
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from calculators.quantities import UNITS
from generator.load import LISTS, SINGLE, guideline_folders, kind_of
from generator.load.expand import EXAMPLES
from generator.models.base import WRITTEN
from generator.models.quantity import Condition
from generator.models.statement import Locators
from generator.record_docs import descriptions, intro, models_inside

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = "v1"
"""Part of a schema's address on a site; it changes when files that were right would become wrong."""

UNIT_KEYS = ("unit", "units")
"""Keys whose texts are units: the closed list of them is part of the schema."""


FOLDER = ".schema"
"""Folder of the schemas beside the guidelines; no guideline, and not published, since its name begins with a point."""

MODELINE = "# yaml-language-server: $schema="
"""How a file's first line names its schema for an editor, which reads the address from the file's own place."""


ALONE = (Locators, tuple[Condition, ...])
"""Types of keys whose value may be one item where a list is meant; one condition is then a text."""


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each file of a guideline by the file's name without its ending, such as `statements`."""
    single = {name: _schema(f"`{name}.yaml`", model, model) for name, model in SINGLE.items()}
    lists = {name: _schema(f"`{name}.yaml`: a list of records", model, list[model]) for name, model in LISTS.items()}  # type: ignore[valid-type]
    return single | lists


def files() -> Iterator[tuple[str, str]]:
    """Each schema as a file: its name, such as `statements.json`, and its text."""
    for name, schema in schemas().items():
        yield f"{name}.json", json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def mark(content: Path, folder: Path) -> Iterator[Path]:
    """Let each YAML file of the guidelines name its schema in its first line; gives the files that did not.

    Args:
        content: folder of the guidelines.
        folder: folder of the schemas.
    """
    for guideline in guideline_folders(content):
        for path in sorted(guideline.rglob("*.yaml")):
            kind = kind_of(path.relative_to(guideline))
            raw = path.read_bytes()
            if kind is None or MODELINE.encode() in raw:
                continue
            end = b"\r\n" if b"\r\n" in raw else b"\n"
            address = Path(os.path.relpath(folder, path.parent)).as_posix()
            text = raw.removeprefix(BOM_UTF8)
            path.write_bytes(raw[: len(raw) - len(text)] + f"{MODELINE}{address}/{kind}.json".encode() + end + text)
            yield path


def _schema(title: str, model: type[BaseModel], holds: Any) -> dict[str, Any]:
    made = TypeAdapter(holds).json_schema(schema_generator=_Generator)
    inner = {found.__name__: found for found in models_inside(model)}
    records: dict[str, dict[str, Any]] = made.get("$defs", {})
    for name, record in records.items():
        if name in inner:
            _describe(inner[name], record)
            if examples := EXAMPLES.get(inner[name]):
                text = {"type": "string", "pattern": WRITTEN.pattern, "description": f"In words: {examples}"}
                records[name] = {"description": record.pop("description"), "anyOf": [text, record]}
    if holds is model:
        _describe(model, made)
    return {"$schema": DIALECT, **made, "title": title, "description": intro(model)}


def _describe(model: type[BaseModel], record: dict[str, Any]) -> None:
    """Put the words of a model's docstring into its schema, and what its annotations alone do not say."""
    record["description"] = intro(model)
    described = descriptions(model)
    hints = typing.get_type_hints(model, include_extras=True)
    for key, value in record["properties"].items():
        if hints[key] in ALONE:  # one where a list is meant
            item = value.pop("items")
            value["anyOf"] = [item, {"type": value.pop("type"), "items": item}]
        if key in UNIT_KEYS:
            _name_units(value)
        _shorten(value)
        if value.get("default", "") in (None, [], {}) or isinstance(value.get("default"), dict):
            del value["default"]
        value["description"] = described[key]


def _name_units(value: dict[str, Any]) -> None:
    """Say which texts are units, where a text is asked."""
    for part in (value, *value.get("anyOf", ()), value.get("items", {})):
        if part.get("type") == "string":
            part.pop("pattern", None)
            part["enum"] = list(UNITS)


def _shorten(value: dict[str, Any]) -> None:
    """Say 'a number or nothing' in one line."""
    match value.get("anyOf"):
        case [{"type": str() as kind} as one, {"type": "null"}] if not one.keys() & {"enum", "const"}:
            del value["anyOf"]
            value.update(one, type=[kind, "null"])


class _Generator(GenerateJsonSchema):
    """Pydantic's schemas without titles made of names, and with patterns for the names in a mapping."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """A key's name in capitals says nothing new."""
        return False

    def dict_schema(self, schema: Any) -> dict[str, Any]:
        """A mapping whose names all match a pattern; pydantic lets names that do not match hold anything."""
        made = super().dict_schema(schema)
        patterns = made.pop("patternProperties", None)
        if patterns:
            ((pattern, value),) = patterns.items()
            made |= {"propertyNames": {"pattern": pattern}, "additionalProperties": value}
        return made

    def enum_schema(self, schema: Any) -> dict[str, Any]:
        """The values of an enumeration, described by its docstring alone."""
        kind: type[StrEnum] = schema["cls"]
        return {"type": "string", "enum": [item.value for item in kind], "description": intro(kind)}
