"""Records that write themselves as JSON text, letter for letter as `json.dumps` writes their dicts.

Much of an answer stands in the payload and is the same each time; a record that keeps its text is written once. The
encoder of the standard library cannot be given such a text.
"""

import json
from dataclasses import fields
from fractions import Fraction
from functools import cache, cached_property
from json.encoder import encode_basestring_ascii
from typing import Any

from calculators.digits import plain


class Record:
    """A frozen dataclass that is written as a JSON object, its attributes in their order."""

    __slots__ = ()

    def as_json(self) -> str:
        """The record as JSON text."""
        kind: type = type(self)
        return f"{{{', '.join([key + written(getattr(self, name)) for name, key in _keys(kind)])}}}"

    def as_dict(self) -> dict[str, Any]:
        """The record as JSON values: plain dicts, lists, strings, numbers, booleans and None."""
        found: dict[str, Any] = json.loads(self.as_json())
        return found


class Kept(Record):
    """A record that outlives an answer and keeps its text; for that it has no slots."""

    @cached_property
    def _text(self) -> str:
        return super().as_json()

    def as_json(self) -> str:
        """The record as JSON text."""
        return self._text


@cache
def _keys(kind: type) -> tuple[tuple[str, str], ...]:
    """The attributes of a record, and each as the key that it is in JSON."""
    return tuple((entry.name, f'"{entry.name}": ') for entry in fields(kind))


def written(value: Any) -> str:
    """A value of a record as JSON text: None, text, whole number, truth, Fraction, Record, tuple or dict of these."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return encode_basestring_ascii(value)  # ASCII, so that even half a surrogate pair crosses to JavaScript
    if isinstance(value, tuple):
        return f"[{', '.join([written(item) for item in value])}]"
    if isinstance(value, Record):
        return value.as_json()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Fraction):
        return f'"{plain(value)}"'
    return f"{{{', '.join([f'{written(key)}: {written(item)}' for key, item in value.items()])}}}"
