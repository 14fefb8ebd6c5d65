"""The record that every answer is."""

import json

import pytest

from calculators.outcomes import Outcome, Problem, refused
from calculators.payload import Alternative, Kind

KEYS = [
    *("kind", "value", "unit", "exact", "listed", "alternatives", "risks", "route", "duration", "interval"),
    *(
        "statements",
        "refs",
        "caveats",
        "reasons",
        "steps",
        "inputs",
        "display",
        "field",
        "message",
        "problems",
    ),
]


def readings(*pairs: tuple[str, str]) -> tuple[Alternative, ...]:
    """Alternatives with these values and units."""
    return tuple(Alternative(value, unit, "", "") for value, unit in pairs)


@pytest.mark.parametrize(
    ("outcome", "headline"),
    [
        (Outcome(Kind.STOP), "stop"),
        (Outcome(Kind.NO_RULE), "no_rule"),
        (Outcome(Kind.FIXED, "4", "mg", display="4 mg"), "fixed 4 mg"),
        (Outcome(Kind.AT_MOST, "3.5", "mg", display="不超过 3.5 mg"), "at_most 3.5 mg"),
        (Outcome(Kind.COMPUTED, "64.0969", "mL/min", display="64.1 mL/min"), "computed 64.1 mL/min"),
        (
            Outcome(Kind.UNDETERMINED, alternatives=readings(("5", "mg"), ("10", "mg"))),
            "undetermined 5 or 10 mg",
        ),
        (
            Outcome(Kind.UNDETERMINED, alternatives=readings(("500", "mg"), ("1", "g"))),
            "undetermined 500 mg or 1 g",
        ),
        (refused((Problem("crcl", "too low"), Problem("age", "missing"))), "refused crcl: too low"),
        (refused((Problem(None, "too many"),)), "refused too many"),
    ],
)
def test_the_headline_says_kind_and_value(outcome: Outcome, headline: str) -> None:
    """One line for a terminal, in plain letters whatever the language."""
    assert outcome.headline() == headline


@pytest.mark.parametrize("kind", Kind)
def test_every_outcome_has_the_same_keys_in_the_same_order(kind: Kind) -> None:
    """A reader of the JSON finds each key, null or empty where there is nothing."""
    found = Outcome(kind).as_dict()
    assert list(found) == KEYS
    assert found["kind"] == kind.value
    assert type(found["kind"]) is str
    assert json.loads(json.dumps(found)) == found


def test_a_refusal_holds_nothing_but_its_problems() -> None:
    """No value, no caveat and no usage can be mistaken for an answer."""
    found = refused((Problem("crcl", "a"), Problem("age", "b"))).as_dict()
    assert {key: value for key, value in found.items() if value} == {
        "kind": "refused",
        "field": "crcl",
        "message": "a",
        "problems": [{"field": "crcl", "message": "a"}, {"field": "age", "message": "b"}],
    }
