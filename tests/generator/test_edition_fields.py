"""No change of a guideline's data may go unseen: every field of every model, one at a time."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from generator.editions.compare import CONTENT, differences
from generator.editions.fields import VALUES, fields_of
from generator.editions.tell import tell
from generator.findings import Where
from generator.load import load
from generator.models import guideline as guideline_models
from generator.models.base import Located
from generator.models.guideline import Guideline
from generator.models.overlay import Entry, Overlay, Translation
from generator.models.review import Review
from generator.words import FIELDS

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "tests" / "fixtures" / "example-fever", ROOT / "content" / "lung-cancer-bone-metastasis")

type Place = tuple[str | int, ...]


@cache
def guidelines() -> tuple[Guideline, ...]:
    """The fictional guideline and the first one."""
    found = [item for item in (load(folder).guideline for folder in FOLDERS) if item]
    about = Translation(translation="human", note="fictional", reviewed=Review(by="Nobody", note="fictional"))
    entries = {"statements/give-exemplamab/text": Entry(of="abcd", text="虚构")}
    overlay = Overlay("zh-Hans", Where("zh-Hans", 1, 1), about, entries)
    return put(found[0], ("overlays",), (overlay,)), *found[1:]


def models(kind: Any = Guideline) -> dict[str, type[Located]]:
    """Every model that a guideline is made of, by its name."""
    found: dict[str, type[Located]] = {}

    def visit(kind: Any) -> None:
        named = getattr(kind, "__forward_arg__", kind)
        kind = vars(guideline_models).get(named, kind) if isinstance(named, str) else kind
        for inner in get_type_hints(kind).values() if kind is Overlay else get_args(kind):
            visit(inner)
        if isinstance(kind, type) and issubclass(kind, Located) and kind.__name__ not in found:
            found[kind.__name__] = kind
            for field in kind.model_fields.values():
                visit(field.annotation)

    visit(kind)
    return found


FIELDS_OF_MODELS = [(name, field) for name, model in models().items() for field in fields_of(model) if field != "meta"]


def places(value: Any, path: Place = ()) -> Iterator[tuple[Place, Located]]:
    """Every record of a guideline, with the way to it."""
    if isinstance(value, Located | Overlay):
        if isinstance(value, Located):
            yield path, value
        for name in fields_of(type(value)):
            yield from places(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from places(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, (*path, key))


def put(value: Any, path: Place, new: Any) -> Any:
    """A copy of a value in which another stands at a place."""
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(value, Guideline):  # a new one, since it remembers what it has found
        fields = {name: getattr(value, name) for name in Guideline.model_fields}
        return Guideline.model_construct(**fields | {str(first): put(fields[str(first)], rest, new)})
    if isinstance(value, Overlay):
        return replace(value, **{str(first): put(getattr(value, str(first)), rest, new)})
    if isinstance(value, Located):
        return value.model_copy(update={str(first): put(getattr(value, str(first)), rest, new)})
    if isinstance(value, dict):
        return value | {first: put(value[first], rest, new)}
    return (*value[:first], put(value[first], rest, new), *value[first + 1 :])


def another(value: Any, annotation: Any) -> Any:
    """Another value of the same kind: a number a little larger, a text with a word more, a list that is shorter."""
    match value:
        case bool():
            return not value
        case StrEnum():
            return next(item for item in type(value) if item is not value)
        case int():
            return value + 1
        case Decimal():
            return value + Decimal("0.001")
        case str():
            options = [option for part in (annotation, *get_args(annotation)) for option in _options(part)]
            return next((item for item in options if item != value), value + "X")
        case datetime.date():
            return value + datetime.timedelta(days=1)
        case tuple() if value and isinstance(value[0], Decimal):
            return (value[0], value[1] + Decimal("0.001"))
        case tuple():
            return value[:-1]
        case dict():
            return dict(list(value.items())[:-1])
    return None  # a record of its own: taken away


def fresh(annotation: Any) -> Any:
    """A value for a field that no guideline writes."""
    kinds = {r"\bint\b": 1, "datetime.date": datetime.date(2030, 1, 1)}
    named = next((value for kind, value in kinds.items() if re.search(kind, str(annotation))), "X")
    return (named,) if "tuple" in str(annotation) else named


def _options(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) is Literal else ()


@cache
def records() -> dict[str, list[list[tuple[Place, Located]]]]:
    """The records of each model, by its name: those of the fictional guideline, and those of the first one."""
    found: dict[str, list[list[tuple[Place, Located]]]] = {name: [[], []] for name in models()}
    for number, guideline in enumerate(guidelines()):
        for path, record in places(guideline):
            found[type(record).__name__][number].append((path, record))
    return found


def written(name: str, field: str) -> Iterator[tuple[Guideline, Place, Any]]:
    """Every place of the fictional guideline where a field is written, else the first one of the first guideline."""
    for guideline, own in zip(guidelines(), records()[name], strict=True):
        found = [(guideline, (*path, field), getattr(record, field)) for path, record in own]
        filled = [item for item in found if item[2] not in (None, (), {})]
        if filled:
            yield from filled if guideline is guidelines()[0] else filled[:1]
            return
    yield next(item for item in found if item)


@pytest.mark.parametrize(("name", "field"), FIELDS_OF_MODELS, ids=lambda part: part)
def test_a_change_of_any_field_is_seen(name: str, field: str) -> None:
    """A change of one field, whichever it is and wherever it stands, is found, and one is told."""
    annotation = models()[name].model_fields[field].annotation
    for number, (guideline, path, value) in enumerate(written(name, field)):
        changed = put(guideline, path, fresh(annotation) if value in (None, (), {}) else another(value, annotation))
        assert differences(guideline, changed), path
        assert differences(changed, guideline), path
        assert number or {item.was or item.lines for item in tell(guideline, changed).changes} != {""}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_same_edition_has_no_change(folder: Path) -> None:
    """Read twice, a guideline does not differ from itself."""
    first, second = load(folder).guideline, load(folder).guideline
    assert first
    assert second
    assert differences(first, second) == []


@pytest.mark.parametrize("name", [name for name, model in models().items() if not issubclass(model, VALUES)])
def test_every_field_has_its_words(name: str) -> None:
    """Each field of each model whose fields are compared is called something in both languages."""
    for labels in FIELDS.values():
        assert [field for field in fields_of(models()[name]) if not {field, f"{name}.{field}"} & labels.keys()] == []


def test_no_word_stands_for_a_field_that_is_gone() -> None:
    """Every name of a field is that of one."""
    named = [(name, field) for name, model in models().items() for field in fields_of(model)]
    known = {part for name, field in [*named, ("Overlay", "entries")] for part in (field, f"{name}.{field}")}
    known |= {CONTENT, "about"}
    assert [key for key in FIELDS["zh"] if key not in known] == []
