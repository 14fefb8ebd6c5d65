"""One record of YAML becomes a model, or findings in an author's words at the place of each mistake."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from calculators.digits import plain
from calculators.errors import InputProblem
from calculators.quantities import read_number
from generator import source
from generator.findings import Finding, Where, finding, finding_code
from generator.load.expand import expand
from generator.load.written import TWO_NUMBERS, number_hint, truth_hint
from generator.models.base import CAVEAT_ID, KEBAB
from generator.models.quantity import OPS_IN_WORDS


@finding_code("GL004")
def unknown_key(where: Where, key: str, known: list[str]) -> Finding:
    """A mapping has a key that means nothing there.

    An unknown key is nearly always a slip of the pen, and what it was to say would be lost without a word.

    Mend it by writing the key that the message suggests, or remove it.
    """
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    hint = f"Did you mean '{near[0]}'?" if near else "Known here: " + ", ".join(known)
    if "\N{FULLWIDTH COLON}" in key:
        hint = f"There is a full-width colon: write '{key.partition('\N{FULLWIDTH COLON}')[0]}: '"
    if key.isdigit():
        hint = "A comma divides keys here; a decimal number has a point, such as 4.5"
    return finding("GL004", where, f"expected a known key, found '{key}'", hint)


@finding_code("GL005")
def wrong_type(where: Where, expected: str, found: object, hint: str = "") -> Finding:
    """A value is of another type than the key asks for, such as a word where a number belongs.

    Mend it by writing the value as the message says. A number that is meant as text (an edition, a volume)
    goes in quotes; a list of one goes in square brackets.
    """
    return finding("GL005", where, f"expected {expected}, found {_describe(found)}", hint)


@finding_code("GL006")
def missing_field(where: Where, name: str, record: str) -> Finding:
    """A record lacks a key that it must have.

    The place is the beginning of the record. `refs: []` says that the source prints no reference there: a
    missing `refs` does not.
    """
    return finding("GL006", where, f"expected the key '{name}' in this {record}, found none", f"Add '{name}:'")


@finding_code("GL007")
def value_not_allowed(where: Where, expected: str, found: object, hint: str = "") -> Finding:
    """A value has the right type but is not one of those allowed there.

    Mend it by choosing one of the values that the message lists.
    """
    return finding("GL007", where, f"expected {expected}, found {_describe(found)}", hint)


@finding_code("GL008")
def not_kebab_case(where: Where, expected: str, found: object) -> Finding:
    """An id is not in kebab-case.

    Ids become addresses and anchors that people share: small letters, digits and single hyphens only, and a
        letter
    first. A caveat's id is one capital letter and a number.
    """
    name = caveat_id(found) if "caveat" in expected else kebab(found)
    fitting, otherwise = (CAVEAT_ID, "G1") if "caveat" in expected else (KEBAB, "renal-dose")
    example = name if fitting.match(name) else otherwise
    return finding("GL008", where, f"expected {expected}, found '{found}'", f"For example '{example}'")


def kebab(name: object) -> str:
    """The id that an author probably meant."""
    return "-".join(str(name).lower().replace("_", " ").split())


def caveat_id(name: object) -> str:
    """The id of a caveat that an author probably meant."""
    return re.sub(r"[^A-Z0-9]", "", str(name).upper())


def validate[M: BaseModel](model: type[M], item: Any, where: Where) -> tuple[M | None, list[Finding]]:
    """One record.

    Args:
        model: the model of the record.
        item: what the YAML file holds.
        where: the place of the item.

    Returns:
        The record, or None and why not.
    """
    if not isinstance(item, source.LocatedMap):
        return None, [wrong_type(where, "a mapping", item, "Write 'key: value' lines")]
    unread = expand(model, item)
    try:
        record = model.model_validate(item)
    except ValidationError as error:
        details = _merged(error.errors(include_url=False), item)
        others = [detail for detail in details if source.locate(item, detail["loc"]) not in unread]
        return None, [*unread.values(), *(_translate(detail, item, model) for detail in others)]
    return record, []


_MAY_BE_EMPTY = ("answers", "expect", "inputs")
"""What a worked case leaves out, or expects to be absent, may be said."""


def empty_keys(item: Any) -> Iterator[Finding]:
    """Keys behind which nothing stands: a grade whose letter was lost is not one that the source does not give.

    Not for a translation, in which an empty text is one that is not translated yet.
    """
    if isinstance(item, source.LocatedMap):
        for key, value in item.items():
            if value is None:
                where = source.locate(item, (key,)) or item.where
                yield wrong_type(where, f"a value behind '{key}:'", None, "Write it, or remove the key")
            elif key not in _MAY_BE_EMPTY:
                yield from empty_keys(value)
    elif isinstance(item, source.LocatedList):
        for value in item:
            yield from empty_keys(value)


_EXPECTED: dict[str, str] = {
    "string_type": "text",
    "string_too_short": "a text that is not empty",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "number_type": "a number",
    "tuple_type": "a list in square brackets or '- ' lines",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "date_type": "a date as YYYY-MM-DD",
    "value_error": "a date as YYYY-MM-DD",
}
_SEVERAL_KEYS = ("one_bound", "one_place", "one_content", "one_value", "in_values", "range_order")


def _merged(details: list[ErrorDetails], item: source.LocatedMap) -> list[ErrorDetails]:
    """Where a value may be of several types, pydantic reports each of them: one error that names them all."""
    merged: dict[object, ErrorDetails] = {}
    for detail in details:
        expected = _EXPECTED.get(detail["type"])
        key = (source.locate(item, detail["loc"]), repr(detail["input"])) if expected else id(detail)
        if key in merged:
            before = merged[key]
            merged[key] = {**before, "type": "several", "msg": f"{before['msg']} or {expected}"}
        else:
            merged[key] = {**detail, "msg": expected or detail["msg"]}
    return list(merged.values())


def _translate(detail: ErrorDetails, item: source.LocatedMap, model: type[BaseModel]) -> Finding:
    """A pydantic error as a finding at its place."""
    kind, path, found, message = detail["type"], detail["loc"], detail["input"], detail["msg"]
    where = source.locate(item, path) or item.where
    if kind == "extra_forbidden":
        key_where = source.locate(item, path, key=True) or where
        return unknown_key(key_where, str(path[-1]), list(_inner(model, path[:-1]).model_fields))
    if kind in ("too_long", "too_short") or (kind == "missing" and isinstance(path[-1], int)):
        place = path[:-1] if kind == "missing" else path
        pair = found if kind != "missing" else _at(item, place)
        return wrong_type(source.locate(item, place) or where, "a list of two numbers", pair, "For example [2, 4]")
    if kind == "missing":
        parent = source.locate(item, path[:-1]) or item.where
        return missing_field(parent, str(path[-1]), _record_name(model, path[:-1]))
    if kind == "kebab_id":
        return not_kebab_case(where, message, found)
    if kind in ("literal_error", "enum"):
        words = str(detail.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
        near = difflib.get_close_matches(str(found), words.split(", "), n=1)
        hint = f"Did you mean '{near[0]}'?" if near else OPS_IN_WORDS if path[-1] == "op" else ""
        return value_not_allowed(where, f"one of {words}", found, hint)
    if kind in _SEVERAL_KEYS:
        expected, _, words = message.partition("; found ")
        if kind == "range_order":
            low, high = sorted(map(str, found["range"]), key=Decimal)
            return value_not_allowed(where, expected, _InWords(f"[{high}, {low}]"), f"Write [{low}, {high}]")
        return value_not_allowed(where, expected, _InWords(words or ", ".join(map(str, found))))
    model_name = str(detail.get("ctx", {}).get("class_name", ""))
    hint = _quantity_hint(model_name, found) or _hint(kind, found)
    return wrong_type(where, message[:1].lower() + message[1:], found, hint)


def _quantity_hint(model_name: str, found: object) -> str:
    """How a cell or a number with a unit is written, for an author who wrote `4 mg` or `4`."""
    if model_name not in ("Cell", "Quantity") or isinstance(found, dict | list | None):
        return ""
    try:
        number, unit, _ = read_number(str(found))
    except InputProblem:
        plainly = found if not set(str(found)) & set("{}[],:#\"'\n") else '"…"'
        return f"Write {{text: {plainly}}}" if model_name == "Cell" else "For example {exactly: 4, unit: mg}"
    written = f"{plain(number)} {unit or 'mg'}"
    return f"{'Write' if unit else 'For example'} " + (f"{{quantity: {written}}}" if model_name == "Cell" else written)


def _hint(kind: str, found: object) -> str:
    """What an author usually meant who wrote a value of the wrong type."""
    if kind in ("date_type", "value_error"):
        return "Write YYYY-MM-DD, for example 2026-01-15"
    if isinstance(found, str) and kind in ("int_type", "bool_type", "number_type", "several"):
        return truth_hint(found) if kind == "bool_type" else number_hint(found)
    if kind == "string_type" and found is None:
        return "Write the text, in quotes when it begins with '#'"
    if kind == "string_type":
        if isinstance(found, dict | list):
            return f"Put a text that begins with {'{' if isinstance(found, dict) else '['} in quotes"
        return "Put it in quotes"
    if kind == "tuple_type" and (pair := TWO_NUMBERS.match(str(found))):
        return f"Write [{pair[1]}, {pair[2]}]"
    if kind == "tuple_type" and not isinstance(found, dict | list):
        return f"For example [{found if found is not None else ''}]"
    return ""


@dataclass(frozen=True, slots=True)
class _InWords:
    """What was found, already in words."""

    words: str


def _describe(found: object) -> str:
    """A value in the words of an author."""
    if isinstance(found, _InWords):
        return found.words
    if found is None:
        return "nothing"
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, dict):
        return "a mapping"
    if isinstance(found, list):
        return f"a list of {len(found)}"
    if isinstance(found, str):
        return f"'{found if len(found) <= 60 else found[:60] + '…'}'"
    return f"the number {found}"


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    """The value at a path, as far as it can be followed."""
    for step in path:
        known = step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int)
        data = data[step] if known else data
    return data


def _inner(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel]:
    """The model of the record at `path` inside `model`."""
    for step in path:
        annotation = (
            model.model_fields[step].annotation if isinstance(step, str) and step in model.model_fields else None
        )
        found = _model_in(annotation)
        if found is not None:
            model = found
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    candidates = map(_model_in, get_args(annotation))
    return next((found for found in candidates if found is not None), None)


def _record_name(model: type[BaseModel], path: tuple[str | int, ...]) -> str:
    name = _inner(model, path).__name__
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
