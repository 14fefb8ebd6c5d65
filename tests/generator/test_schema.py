"""The schemas for editors say of a file's shape what the models say, and stand where each file looks for them."""

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError
from tiny_guideline import GUIDELINE, fixture_guideline

from calculators.quantities import UNITS
from generator import schema, source
from generator.cli import main
from generator.findings import CODES
from generator.load import LISTS, SINGLE, kind_of, load
from generator.load.expand import READERS, expand
from generator.record_docs import models_inside

CONTENT = Path(__file__).parent.parent.parent / "content"
SCHEMAS = schema.schemas()
# What a schema of one file can see; every other code is beyond it, and only `vademecum check` finds it.
OF_SHAPE = {"GL004", "GL005", "GL006", "GL007", "GL008", "GL304", "GL503"}
# Files that yield no data to compare with a schema
UNREADABLE = {"GL001", "GL002", "GL003", "GL012"}
# Values of another type than the one that stood there, each a mistake in most places
OTHERS: dict[str, Any] = {
    "nothing": None,
    "true": True,
    "whole": 3,
    "decimal": Decimal("2.5"),
    "text": "Two words",
    "empty": "  ",
    "list": [],
    "list of a word": ["word"],
    "mapping": {},
    "two numbers": [Decimal(1), Decimal(2)],
}


@cache
def validator(kind: str) -> Draft202012Validator:
    """The checker of one kind of file."""
    return Draft202012Validator(SCHEMAS[kind])


def data_of(path: Path) -> Any:
    """What a YAML file holds."""
    data, findings = source.read(path)
    assert findings == []
    return data


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files of a guideline that are read."""
    return [path for path in sorted(folder.rglob("*.yaml")) if kind_of(path.relative_to(folder))]


FILES = [path for folder in (GUIDELINE, *CONTENT.glob("[a-z]*")) for path in yaml_files(folder)]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_one(kind: str) -> None:
    """Each schema is valid by the dialect that it names."""
    assert SCHEMAS[kind]["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(SCHEMAS[kind])


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_files_without_findings_are_valid(path: Path) -> None:
    """Every file of the tiny and of the first guideline is what its schema asks for."""
    folder = GUIDELINE if GUIDELINE in path.parents else CONTENT / path.relative_to(CONTENT).parts[0]
    kind = kind_of(path.relative_to(folder))
    assert kind is not None
    assert [error.message for error in validator(kind).iter_errors(data_of(path))] == []


def is_unchanged(path: Path, folder: Path) -> bool:
    """Whether a file is that of the tiny guideline, which is valid."""
    original = GUIDELINE / path.relative_to(folder)
    return original.is_file() and original.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("code", sorted(set(CODES) - UNREADABLE))
def test_a_schema_refuses_what_is_wrong_in_its_shape_and_nothing_else(code: str, tmp_path: Path) -> None:
    """The bad guideline of a code of shape is refused by a schema too; that of any other code is beyond a schema."""
    folder = fixture_guideline(code, tmp_path / "guideline")
    refused = [
        path.name
        for path in yaml_files(folder)
        if not is_unchanged(path, folder)
        and not validator(str(kind_of(path.relative_to(folder)))).is_valid(data_of(path))
    ]
    assert bool(refused) == (code in OF_SHAPE)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_is_in_the_schema_and_described(kind: str) -> None:
    """Each key of each model stands in the schema of its file with the words of the model's docstring, and no other."""
    root = SCHEMAS[kind]
    outermost = {**SINGLE, **LISTS}[kind]
    for model in models_inside(outermost):
        record = root if model is outermost and kind in SINGLE else root["$defs"][model.__name__]
        if model in READERS:
            record = record["anyOf"][1] | {"description": record["description"]}
        assert list(record["properties"]) == list(model.model_fields)
        assert all(value["description"] for value in record["properties"].values())
        required = [name for name, field in model.model_fields.items() if field.is_required()]
        assert (record.get("required", []), record["additionalProperties"]) == (required, False)
        assert record["description"]


def variants(record: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Copies of a record that differ in one of its values: which, how, and the copy."""
    for key, value in record.items():
        yield key, "left out", {name: kept for name, kept in record.items() if name != key}
        for how, other in OTHERS.items():
            yield key, how, {**record, key: other}
            if isinstance(value, list) and value:
                yield key, f"{how} in a list", {**record, key: [*value[:-1], other]}
            if isinstance(value, dict) and value:
                yield key, f"{how} in a mapping", {**record, key: {**value, "name": other}}
                yield key, f"{how} under a name", {**record, key: {**value, "No Name": other}}
    yield "un_known", "added", {**record, "un_known": "word"}


def is_taken(model: type[BaseModel], record: source.LocatedMap) -> bool:
    """Whether a model accepts a record, or refuses it only for what is beyond a schema.

    That is the order of two numbers, and what a text says that stands for a number, a condition or a place.
    """
    unread = expand(model, record)
    try:
        model.model_validate(record)
    except ValidationError as error:
        return all(
            found["type"] == "range_order" or (source.locate(record, found["loc"]) in unread and found["input"].strip())
            for found in error.errors()
        )
    return True


def located(record: dict[str, Any]) -> Any:
    """A record as if it had been read from a file."""
    data, findings = source.parse(json.dumps(record, default=float), "record")
    assert findings == []
    return data


def is_unit(name: str, key: str, how: str) -> bool:
    """Whether a word stands where the schema knows more than the models: the closed list of units."""
    word = {"unit": ("text",), "units": ("list of a word", "text in a list")}.get(key, ())
    return how in word and (key, name) != ("units", "Input") and (key, name) != ("units", "NumberAsked")


@pytest.mark.parametrize("kind", SCHEMAS)
def test_models_and_schemas_agree(kind: str) -> None:
    """A record with one value left out, retyped, emptied or added is refused by its schema just when the model does."""
    guideline = load(GUIDELINE).guideline
    assert guideline is not None
    part = getattr(guideline, "meta" if kind == "guideline" else kind)
    seen: set[tuple[str, ...]] = set()
    for record in [inner for item in (part if kind in LISTS else [part]) for inner in item.inside()]:
        name, data = type(record).__name__, record._source
        if data is None or (name, *data) in seen:
            continue
        seen.add((name, *data))
        pointer = f"#/$defs/{name}" if name in SCHEMAS[kind]["$defs"] else "#"
        one = SCHEMAS[kind] if pointer == "#" else {"$defs": SCHEMAS[kind]["$defs"], "$ref": pointer}
        checker = Draft202012Validator(one)
        for key, how, changed in variants(dict(data)):
            valid = checker.is_valid(changed)
            taken = is_taken(type(record), located(changed))
            assert valid == (taken and not is_unit(name, key, how)), (name, key, how)
    assert seen


def test_units_are_named() -> None:
    """A unit is one of the closed list, in a quantity as in a column."""
    tables = SCHEMAS["tables"]["$defs"]
    assert tables["Quantity"]["anyOf"][1]["properties"]["unit"]["enum"] == list(UNITS)
    assert tables["Column"]["properties"]["units"]["items"]["enum"] == list(UNITS)


def test_the_copies_beside_the_guidelines_are_fresh() -> None:
    """content/.schema holds what `vademecum schema` writes, so that a fresh clone needs no command."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in (CONTENT / schema.FOLDER).iterdir()}
    assert kept == dict(schema.files())


@pytest.mark.parametrize("path", [path for path in FILES if CONTENT in path.parents], ids=lambda path: path.stem)
def test_a_file_names_its_schema(path: Path) -> None:
    """The first line of each file of the first guideline leads from there to the schema of its kind."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith(schema.MODELINE)
    target = (path.parent / first.removeprefix(schema.MODELINE)).resolve()
    guideline = CONTENT / path.relative_to(CONTENT).parts[0]
    assert target == CONTENT.resolve() / schema.FOLDER / f"{kind_of(path.relative_to(guideline))}.json"


def test_the_command_writes_and_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`schema --mark` writes every schema and, once, the first line of each file; all else stays as it was."""
    guideline = tmp_path / "content" / "fever"
    (guideline / "statements").mkdir(parents=True)
    (guideline / "guideline.yaml").write_bytes(b"\xef\xbb\xbfid: fever\r\n")
    (guideline / "statements" / "1.yaml").write_bytes(b"[]\n")
    (guideline / "notes.yaml").write_bytes(b"[]\n")
    out = tmp_path / "schemas"
    command = ["schema", "--content", str(tmp_path / "content"), "--out", str(out), "--mark"]
    assert main(command) == 0
    first = capsys.readouterr().out
    assert (guideline / "guideline.yaml").read_bytes() == (
        b"\xef\xbb\xbf# yaml-language-server: $schema=../../schemas/guideline.json\r\nid: fever\r\n"
    )
    assert (guideline / "statements" / "1.yaml").read_bytes() == (
        b"# yaml-language-server: $schema=../../../schemas/statements.json\n[]\n"
    )
    assert (guideline / "notes.yaml").read_bytes() == b"[]\n"
    assert first.count("names its schema now") == 2
    assert main(command) == 0
    assert capsys.readouterr().out == f"Wrote {len(SCHEMAS)} schemas to {out}\n"
    assert {path.name: json.loads(path.read_text(encoding="utf-8")) for path in out.iterdir()} == {
        f"{name}.json": value for name, value in SCHEMAS.items()
    }


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file where the folder should be is one line and exit code 1."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert main(["schema", "--content", str(tmp_path), "--out", str(tmp_path / "taken")]) == 1
    assert capsys.readouterr().err == f"vademecum: {tmp_path / 'taken'}: File exists\n"
