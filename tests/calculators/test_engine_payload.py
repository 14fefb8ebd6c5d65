"""What the engine takes as a payload, and how it names what it does not take."""

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from calculators.errors import PayloadError
from calculators.payload import SCHEMA, Payload, parse
from tests.calculators.tables import PAYLOAD


def at(data: Any, path: str) -> Any:
    """The value at `calculators/0/rows/1`."""
    for part in path.split("/"):
        data = data[int(part) if part.isdecimal() else part]
    return data


def test_a_payload_becomes_records(payload: Payload) -> None:
    """Numbers are exact, conditions keep their text."""
    assert payload.schema == SCHEMA == 1
    assert (payload.language, payload.guideline.id) == ("zh-Hans", "fixture")
    assert [calculator.id for calculator in payload.calculators] == [
        "bma-dose",
        "creatinine-clearance",
        "lemonade",
    ]
    crcl = payload.calculators[0].inputs[2]
    assert (crcl.units[0].unit, crcl.units[0].max, crcl.exact) == ("mL/min", Fraction(250), True)
    assert payload.texts.statements["renal-dose"]["page"] == "tables/adverse-reactions/#renal-dose"


def test_unknown_keys_are_left_alone(data: Any) -> None:
    """A page may keep things of its own in the payload."""
    data["calculators"][0]["inputs"][0]["hint"] = {"anything": [1.5]}
    assert parse(json.dumps(data)).calculators[0].inputs[0].id == "drug"


def test_thresholds_are_gathered_from_all_tables(payload: Payload) -> None:
    """Every number that a row compares with, in the unit asked for where it converts."""
    assert set(payload.thresholds("mL/min")) == {30, 60}
    assert set(payload.thresholds("year")) == {18, 65}
    assert set(payload.thresholds("g")) == {5}
    assert not tuple(payload.thresholds("Gy"))


def test_an_integer_condition_takes_the_only_unit(payload: Payload) -> None:
    """A condition on a whole number may leave its unit out."""
    row = payload.calculators[2].rows[2]
    assert {condition.unit for condition in row.when if condition.input == "cups"} == {"day"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"\$: expected JSON"),
        ("{", r"\$: expected JSON"),
        ("[" * 100_000, r"\$: expected JSON"),
        ("1" * 10_000, r"\$: expected JSON"),
        ('{"schema": 1, "schema": 1}', r"\$: expected JSON; a key is given twice in one object"),
        ("[]", r"\$: expected an object; found a list"),
        ("{}", r"\$: expected the key 'schema'"),
        ('{"schema": 2}', r"\$.schema: expected 1; found 2"),
        ('{"schema": "1"}', r"\$.schema: expected a whole number; found '1'"),
        ('{"schema": 1.0}', r"\$.schema: expected a whole number; found 1.0"),
    ],
)
def test_what_is_no_payload_is_refused(text: str, message: str) -> None:
    """Broken JSON, deep nesting, huge numbers, keys given twice and other schemas are named."""
    with pytest.raises(PayloadError, match=message):
        parse(text)


NEEDED = {
    "": "schema language guideline texts calculators pathways",
    "guideline": "id title edition version cite_as notice",
    "texts": "caveats statements",
    "calculators/0": "id title caveats statements inputs rows caveat_rules risks cases",
    "calculators/0/inputs/2": "id label kind required units options exact",
    "calculators/0/inputs/2/units/0": "unit min max",
    "calculators/0/inputs/0/options/0": "id label aliases",
    "calculators/0/rows/9": "id when outcome",
    "calculators/0/rows/9/when/0": "input op value",
    "calculators/0/rows/1/when/1": "input op values",
    "calculators/0/rows/9/outcome": (
        "kind value alternatives listed formula route duration interval caveats statements refs"
    ),
    "calculators/0/rows/9/outcome/value": "bound value unit",
    "calculators/0/rows/9/outcome/duration": "text min max unit bound",
    "calculators/2/rows/2/outcome/alternatives/0": "value unit reading source",
    "calculators/2/rows/3/outcome/listed": "value unit source",
    "calculators/0/caveat_rules/0": "id when caveats",
    "calculators/0/risks/0": "id event text when statements caveats",
    "calculators/0/cases/0": "id title inputs expect",
    "calculators/0/cases/0/expect": "kind",
    "pathways/0": "id title caveats start nodes cases",
    "pathways/0/nodes/2": "id kind text input options statements refs caveats links",
    "pathways/0/nodes/2/input": "id label kind required units options exact",
    "pathways/0/nodes/2/options/0": "id label when to statements refs",
    "pathways/0/nodes/2/options/0/when/0": "input op value",
    "pathways/0/nodes/2/links/0": "label page carry",
    "pathways/0/cases/0": "id patient answers expect",
}


@pytest.mark.parametrize(("path", "key"), [(path, key) for path, keys in NEEDED.items() for key in keys.split()])
def test_every_key_of_the_contract_is_needed(data: Any, path: str, key: str) -> None:
    """A key that is missing is named with the object that lacks it."""
    del (at(data, path) if path else data)[key]
    with pytest.raises(PayloadError, match=f"expected the key '{key}'; found an object"):
        parse(json.dumps(data))


BENT: list[tuple[str, Any, str]] = [
    ("language", 1, r"\$.language: expected a text; found 1"),
    (
        "calculators/0/inputs/0/kind",
        "text",
        r"inputs\[0\].kind: expected one of choice, integer, quantity, yes_no; found 'text'",
    ),
    ("calculators/0/inputs/0/required", 1, r"inputs\[0\].required: expected true or false; found 1"),
    ("calculators/0/inputs/0/options", [], r"inputs\[0\]: expected options for a choice"),
    ("calculators/0/inputs/1/units", [], r"inputs\[1\]: expected one unit for an integer"),
    (
        "calculators/0/inputs/2/units",
        [],
        r"inputs\[2\]: expected one unit for an integer, at least one for a quantity",
    ),
    (
        "calculators/0/inputs/3/units",
        [{"unit": "mg", "min": "1", "max": "2"}],
        r"inputs\[3\]: expected one unit for an integer",
    ),
    ("calculators/0/inputs/1/units/0/max", "119.5", r"inputs\[1\]: expected whole limits"),
    ("calculators/0/inputs/1/units/0/min", "0.5", r"inputs\[1\]: expected whole limits"),
    ("calculators/0/inputs/2/units/0/min", "300", r"units\[0\]: expected a min that is not above the max"),
    ("calculators/0/inputs/2/units/0/min", 1, r"units\[0\].min: expected a text; found 1"),
    (
        "calculators/0/inputs/2/units/0/min",
        "1,0",
        r"units\[0\].min: expected a plain decimal number such as '3.5'; found '1,0'",
    ),
    ("calculators/0/inputs/2/units/0/min", "1e9", "expected a plain decimal number"),
    ("calculators/0/inputs/2/units/0/min", "9" * 31, "expected a plain decimal number"),
    ("calculators/0/inputs/2/units/0/unit", "ml/min", "expected one of microgram, mg.*; found 'ml/min'"),
    ("calculators/0/inputs/1/id", "drug", r"inputs\[1\].id: expected an id that is used once; found 'drug'"),
    ("calculators/0/rows/1/id", "under-18", r"rows\[1\].id: expected an id that is used once"),
    ("calculators/1/id", "bma-dose", r"\$.calculators\[1\].id: expected an id that is used once"),
    (
        "calculators/0/rows/0/when/0/input",
        "weight",
        r"when\[0\].input: expected one of drug, age, crcl.*; found 'weight'",
    ),
    ("calculators/0/rows/0/when/0/op", "less", r"when\[0\].op: expected one of eq, ne, lt.*; found 'less'"),
    ("calculators/0/rows/0/when/0/value", 18, "expected a text; found 18"),
    (
        "calculators/0/rows/0/when/0/unit",
        "mL",
        r"when\[0\]: expected a unit that every unit of the input converts into exactly",
    ),
    ("calculators/0/rows/2/when/2/unit", None, "expected a unit that every unit of the input"),
    (
        "calculators/0/rows/2/when/1/op",
        "lt",
        r"when\[1\]: expected eq, ne or in and no unit, for an input of kind choice",
    ),
    ("calculators/0/rows/2/when/1/unit", "mg", "expected eq, ne or in and no unit"),
    (
        "calculators/0/rows/2/when/1/value",
        "aspirin",
        "expected one of denosumab, ibandronate.*; found 'aspirin'",
    ),
    ("calculators/0/rows/1/when/1/values", [], r"when\[1\].values: expected at least one value"),
    ("calculators/0/rows/1/when/1/values", "pamidronate", "expected a list; found 'pamidronate'"),
    ("calculators/0/risks/1/when/0/value", "maybe", "expected one of no, yes; found 'maybe'"),
    (
        "calculators/0/risks/1/caveats",
        ["Z9"],
        r"risks\[1\].caveats\[0\]: expected one of the ids that are declared; found 'Z9'",
    ),
    ("calculators/0/statements/0", "gone", r"statements\[0\]: expected one of the ids that are declared"),
    (
        "calculators/0/rows/9/outcome/kind",
        "refused",
        r"rows\[9\].outcome: expected a kind that a row can have",
    ),
    ("calculators/0/rows/9/outcome/kind", "stop", "expected value to be null for the kind stop"),
    ("calculators/0/rows/9/outcome/kind", "fixed", "expected value to be exactly for the kind fixed"),
    ("calculators/0/rows/9/outcome/value", None, "expected value to be at_most for the kind at_most"),
    (
        "calculators/0/rows/9/outcome/value/bound",
        "less_than",
        "expected one of exactly, at_most; found 'less_than'",
    ),
    (
        "calculators/0/rows/9/outcome/formula",
        "cockcroft-gault",
        "expected a formula for computed, and for no other kind",
    ),
    ("calculators/1/rows/1/outcome/formula", None, "expected a formula for computed"),
    ("calculators/1/rows/1/outcome/formula", "mdrd", "expected one of cockcroft-gault; found 'mdrd'"),
    ("calculators/2/rows/2/outcome/alternatives", [], "expected two or more alternatives"),
    (
        "calculators/2/rows/0/outcome/listed",
        {"value": "1", "unit": "mg", "source": ""},
        "expected listed to be null for the kind at_most",
    ),
    (
        "calculators/0/rows/9/outcome/duration/min",
        None,
        r"duration: expected a number in min, in max, or in both",
    ),
    (
        "calculators/0/rows/9/outcome/duration/bound",
        "about",
        "expected one of exactly, at_most.*; found 'about'",
    ),
    ("calculators/0/rows/9/outcome/refs", [1.5], r"refs\[0\]: expected a whole number; found 1.5"),
    ("calculators/0/rows/9/outcome/refs", [True], r"refs\[0\]: expected a whole number; found True"),
    ("calculators/0/cases/0/expect/kind", "maybe", "expected one of fixed"),
    (
        "calculators/0/cases/0/expect",
        {"kind": "stop", "valeu": "1"},
        "expect: expected only the keys kind, value",
    ),
    ("calculators/0/cases/0/expect/risks", "x", "expected a list"),
    ("calculators/0/cases/0/expect/value", 5, "expected a text; found 5"),
    ("calculators/0/cases/0/inputs/age", 70, "inputs.age: expected a text; found 70"),
    ("texts/caveats/S1", None, r"\$.texts.caveats.S1: expected a text; found None"),
    ("pathways/1/id", "bone-modifying-agents", r"\$.pathways\[1\].id: expected an id that is used once"),
    ("pathways/0/start", "gone", r"\$.pathways\[0\]: expected only nodes of the pathway to be named; found 'gone'"),
    ("pathways/0/nodes/2/options/0/to", "gone", "expected only nodes of the pathway to be named; found 'gone'"),
    ("pathways/0/nodes/7/links/0/carry/drug", "gone", "expected only nodes of the pathway to be named; found 'gone'"),
    ("pathways/0/nodes/7/links/0/carry/drug", 1, "carry.drug: expected a text; found 1"),
    ("pathways/0/nodes/1/id", "confirmed", r"nodes\[1\].id: expected an id that is used once; found 'confirmed'"),
    ("pathways/0/nodes/0/options/1/id", "yes", r"options\[1\].id: expected an id that is used once; found 'yes'"),
    ("pathways/0/nodes/0/kind", "leaf", r"nodes\[0\].kind: expected one of question, advice, not_stated; found 'leaf'"),
    ("pathways/0/nodes/0/kind", "advice", r"nodes\[0\]: expected options for a question, and for no other kind"),
    ("pathways/0/nodes/6/kind", "question", r"nodes\[6\]: expected options for a question, and for no other kind"),
    ("pathways/0/nodes/6/caveats", ["Z9"], r"caveats\[0\]: expected one of the ids that are declared; found 'Z9'"),
    ("pathways/0/nodes/6/statements", ["gone"], r"statements\[0\]: expected one of the ids that are declared"),
    ("pathways/0/nodes/2/options/0/when/0/input", "crcl", r"when\[0\].input: expected one of clearance; found 'crcl'"),
    ("pathways/0/nodes/2/options/0/when/0/unit", "mg", "expected a unit that every unit of the input converts into"),
    ("pathways/0/nodes/2/input", None, r"options\[0\].when\[0\].input: expected one of .*; found 'clearance'"),
    ("pathways/0/cases/0/answers/crcl", 29.9, "answers.crcl: expected a text; found 29.9"),
]


@pytest.mark.parametrize(("path", "value", "message"), BENT, ids=[f"{path} = {value!r:.20}" for path, value, _ in BENT])
def test_what_is_not_as_the_contract_says_is_named(data: Any, path: str, value: Any, message: str) -> None:
    """One wrong value gives its path, what was expected and what was found."""
    folder, _, key = path.rpartition("/")
    place = at(data, folder) if folder else data
    place[int(key) if key.isdecimal() else key] = value
    with pytest.raises(PayloadError, match=message) as caught:
        parse(json.dumps(data))
    assert caught.value.path.startswith("$.")


@pytest.mark.parametrize(
    "bend",
    [
        lambda rule: rule["alternatives"].pop(),
        lambda rule: rule.update(kind="no_rule"),
    ],
)
def test_one_alternative_is_no_choice(data: Any, bend: Callable[[Any], None]) -> None:
    """Undetermined means two readings or more, and no other kind has any."""
    bend(data["calculators"][2]["rows"][2]["outcome"])
    with pytest.raises(PayloadError, match="expected two or more alternatives"):
        parse(json.dumps(data))


@pytest.mark.parametrize(("node", "kind"), [(0, "yes_no"), (6, "quantity")])
def test_only_a_question_asks_and_only_for_a_number(data: Any, node: int, kind: str) -> None:
    """An input of another kind, or at an end, is not as the contract says."""
    asked = data["pathways"][0]["nodes"][2]["input"]
    units = asked["units"] if kind == "quantity" else []
    data["pathways"][0]["nodes"][node]["input"] = asked | {"kind": kind, "units": units}
    with pytest.raises(PayloadError, match=rf"nodes\[{node}\]: expected an input of a question alone, and a number"):
        parse(json.dumps(data))


def test_the_fixture_is_the_contract_in_small() -> None:
    """The fixture parses to the same records each time."""
    assert parse(PAYLOAD) == parse(PAYLOAD)
