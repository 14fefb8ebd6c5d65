"""Records as JSON text: written by hand for speed, and yet what `json.dumps` writes."""

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest

from calculators.bridge import handle
from calculators.conditions import Op
from calculators.payload import Payload
from calculators.records import Kept, Record, written
from tests.calculators.tables import load_requests, payload_request


@dataclass(frozen=True, slots=True)
class Cup(Record):
    """A record of an answer."""

    label: str
    sugar: Fraction | None


@dataclass(frozen=True)
class Shelf(Kept):
    """A record of a payload, with records in it."""

    cups: tuple[Cup, ...]


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, False, 0, 1, -3),
        *("", "毫克", "µ", 'a "b" \\ c', "\n\t\x00\x7f", "\ud800", "𝄞"),
        *((), ("a", None, 1, True), {}, {"a": "b", "剂": ("1", {})}, Op.IN),
    ],
    ids=ascii,
)
def test_a_value_is_written_as_json_dumps_writes_it(value: Any) -> None:
    """Every kind of value that an answer holds, with signs that JSON escapes, and half a surrogate pair."""
    assert written(value) == json.dumps(value)


def test_a_record_is_its_attributes_in_their_order() -> None:
    """A record becomes an object, a record in it too, an exact number becomes a text."""
    shelf = Shelf((Cup("a", Fraction(7, 2)), Cup("b", None), Cup("c", Fraction(1, 3))))
    wanted = {"cups": [{"label": "a", "sugar": "3.5"}, {"label": "b", "sugar": None}, {"label": "c", "sugar": "1/3"}]}
    assert shelf.as_json() == json.dumps(wanted)
    assert shelf.as_dict() == wanted
    assert shelf.as_json() is shelf.as_json()


def test_every_reply_is_written_as_json_dumps_writes_it() -> None:
    """Answers and steps of every row of the tables, read and written again, are the same text."""
    handle(payload_request())
    for request in load_requests():
        reply = handle(request)
        assert reply == json.dumps(json.loads(reply))


def test_conditions_that_say_the_same_are_one_object(payload: Payload) -> None:
    """So that an answer tries each only once; those of one input that differ stay apart."""
    conditions = [each for entry in payload.calculators for row in entry.rows for each in row.when]
    said = {(each.input, each.op, each.values, each.unit) for each in conditions}
    assert len({id(each) for each in conditions}) == len(said) < len(conditions)
