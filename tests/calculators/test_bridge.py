"""The door of the browser: what goes in, what comes out, and that nothing falls through."""

import json
import random
import sys
from typing import Any

import pytest

from calculators import __version__, bridge
from tests.calculators.tables import PAYLOAD, payload_request

ANSWERABLE = {"drug": "zoledronic-acid", "age": "70", "crcl": "45"}


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "_loaded", {})


def ask(**request: Any) -> Any:
    """Send a request and read the reply."""
    return json.loads(bridge.handle(json.dumps(request)))


def load() -> None:
    """Load the fixture."""
    assert json.loads(bridge.handle(payload_request()))["ok"]


def test_a_guideline_is_loaded_and_answers() -> None:
    """load, then calculate, then cases."""
    reply = ask(id=1, op="load", payload=PAYLOAD)
    result = {
        "guideline": "fixture",
        "calculators": ["bma-dose", "creatinine-clearance", "lemonade"],
        "pathways": ["bone-modifying-agents", "lemonade"],
        "schema": 1,
    }
    assert reply == {"id": 1, "ok": True, "result": result}
    reply = ask(id="a", op="calculate", guideline="fixture", calculator="bma-dose", inputs=ANSWERABLE)
    assert (reply["id"], reply["ok"], reply["result"]["display"]) == ("a", True, "不超过 3.5 mg")
    reply = ask(op="cases", guideline="fixture", calculator="bma-dose")
    assert reply == {"id": None, "ok": True, "result": {"passed": 6, "total": 6, "failures": []}}


def test_a_pathway_is_walked() -> None:
    """An object, a list of pairs, and the worked cases."""
    load()
    request = {"op": "walk", "guideline": "fixture", "pathway": "bone-modifying-agents"}
    assert ask(**request, answers={})["result"]["node"] == "confirmed"
    reply = ask(id=2, **request, answers=[["confirmed", "no"]])
    assert (reply["id"], reply["ok"], reply["result"]["state"]) == (2, True, "advice")
    assert ask(**request, answers=[["confirmed", "no"], ["confirmed", "yes"]])["result"]["state"] == "refused"
    reply = ask(op="walks", guideline="fixture", pathway="bone-modifying-agents")
    assert reply["result"] == {"passed": 4, "total": 4, "failures": []}


def test_a_failing_walk_is_told(data: Any) -> None:
    """The failure has the keys of a calculator's case."""
    data["pathways"][0]["cases"][2]["expect"] = "drug"
    ask(op="load", payload=json.dumps(data))
    assert ask(op="walks", guideline="fixture", pathway="bone-modifying-agents")["result"]["failures"] == [
        {
            "id": "prevention",
            "title": "没有骨转移",
            "expected": {"node": "drug", "dropped": []},
            "found": {"node": "not-for-prevention", "dropped": []},
        }
    ]


def test_about_names_python_and_engine() -> None:
    """The page shows what runs on the device."""
    assert ask(id=0, op="about") == {
        "id": 0,
        "ok": True,
        "result": {"python": sys.version.split()[0], "engine": __version__},
    }


def test_several_guidelines_are_kept_apart(data: Any) -> None:
    """A second payload does not replace the first, unless it has the same id."""
    load()
    data["guideline"]["id"] = "other"
    data["calculators"] = data["calculators"][2:]
    assert ask(op="load", payload=json.dumps(data))["result"]["calculators"] == ["lemonade"]
    assert ask(op="cases", guideline="fixture", calculator="bma-dose")["ok"]
    assert ask(op="cases", guideline="other", calculator="bma-dose")["error"]["code"] == "unknown-calculator"


def test_a_failing_case_is_told(data: Any) -> None:
    """What a case expected stands beside what was found."""
    data["calculators"][0]["cases"][0]["expect"] = {"kind": "fixed", "value": "4"}
    ask(op="load", payload=json.dumps(data))
    assert ask(op="cases", guideline="fixture", calculator="bma-dose")["result"] == {
        "passed": 5,
        "total": 6,
        "failures": [
            {
                "id": "zoledronic-just-below-30",
                "title": "唑来膦酸，CrCl 29.9",
                "expected": {"kind": "fixed", "value": "4"},
                "found": {"kind": "stop", "value": None},
            }
        ],
    }


def test_pairs_are_taken_and_an_input_given_twice_is_refused() -> None:
    """An object, a list of pairs, and an object with a key twice, which JSON readers elsewhere pass over."""
    load()
    request = {"op": "calculate", "guideline": "fixture", "calculator": "bma-dose"}
    pairs = [[name, text] for name, text in ANSWERABLE.items()]
    assert ask(**request, inputs=pairs)["result"]["kind"] == "at_most"
    assert ask(**request, inputs=[*pairs, ["age", "71"]])["result"]["field"] == "age"
    twice = json.dumps(request | {"inputs": ANSWERABLE}).replace('"age": "70"', '"age": "70", "age": "17"')
    reply = json.loads(bridge.handle(twice))
    assert (reply["result"]["kind"], reply["result"]["field"]) == ("refused", "age")


@pytest.mark.parametrize(
    ("request_text", "code", "message"),
    [
        ("", "bad-request", "expected JSON"),
        ("[]", "bad-request", "expected one JSON object with no key twice"),
        ('{"op": "about", "op": "about"}', "bad-request", "expected one JSON object with no key twice"),
        ('{"id": 1}', "bad-request", "expected an op: load, calculate, cases, walk, walks or about"),
        ('{"op": ["about"]}', "bad-request", "expected an op"),
        ('{"op": "load"}', "bad-request", "expected a text in 'payload'"),
        ('{"op": "load", "payload": {}}', "bad-request", "expected a text in 'payload'"),
        ('{"op": "load", "payload": "{}"}', "bad-payload", "$: expected the key 'schema'"),
        ('{"op": "calculate"}', "bad-request", "expected a text in 'guideline'"),
        (
            '{"op": "calculate", "guideline": "x"}',
            "not-loaded",
            "no such guideline is loaded; loaded: fixture",
        ),
        ('{"op": "calculate", "guideline": "fixture"}', "bad-request", "expected a text in 'calculator'"),
        (
            '{"op": "calculate", "guideline": "fixture", "calculator": "x", "inputs": {}}',
            "unknown-calculator",
            "“x”",
        ),
        (
            '{"op": "calculate", "guideline": "fixture", "calculator": "bma-dose"}',
            "bad-request",
            "expected texts in 'inputs', by input id",
        ),
        ('{"op": "walk", "guideline": "fixture"}', "bad-request", "expected a text in 'pathway'"),
        (
            '{"op": "walk", "guideline": "fixture", "pathway": "x", "answers": {}}',
            "unknown-pathway",
            "“x”",
        ),
        ('{"op": "walks", "guideline": "fixture", "pathway": "x"}', "unknown-pathway", "“x”"),
        (
            '{"op": "walk", "guideline": "fixture", "pathway": "lemonade", "answers": "sugar"}',
            "bad-request",
            "expected texts in 'answers', by node id",
        ),
        (
            '{"op": "calculate", "guideline": "fixture", "calculator": "bma-dose", "inputs": {"age": 70}}',
            "bad-request",
            "expected texts",
        ),
        (
            '{"op": "calculate", "guideline": "fixture", "calculator": "bma-dose", "inputs": [["age"]]}',
            "bad-request",
            "expected texts",
        ),
        (
            '{"op": "calculate", "guideline": "fixture", "calculator": "bma-dose", "inputs": ["ab"]}',
            "bad-request",
            "expected texts",
        ),
    ],
)
def test_a_wrong_request_gets_a_code_and_a_message(request_text: str, code: str, message: str) -> None:
    """Every failure has one of six codes."""
    load()
    reply = json.loads(bridge.handle(request_text))
    assert reply["ok"] is False
    assert reply["error"]["code"] == code
    assert message in reply["error"]["message"]


def test_nothing_is_loaded_at_first() -> None:
    """The message says so."""
    assert ask(op="cases", guideline="x", calculator="y")["error"]["message"].endswith("loaded: none")


@pytest.mark.parametrize(
    ("request_id", "given_back"),
    [(7, 7), ("a", "a"), (1.5, None), (True, None), (None, None), ([1], None), ({"a": 1}, None)],
)
def test_an_id_is_given_back_also_with_an_error(request_id: Any, given_back: Any) -> None:
    """Texts and whole numbers come back; anything else is no id."""
    assert ask(id=request_id, op="about")["id"] == given_back
    assert ask(id=request_id, op="?")["id"] == given_back


def test_a_table_with_a_gap_is_an_engine_error(data: Any) -> None:
    """The page shows the message and no answer."""
    del data["calculators"][0]["rows"][9]
    ask(op="load", payload=json.dumps(data))
    reply = ask(op="calculate", guideline="fixture", calculator="bma-dose", inputs=ANSWERABLE)
    assert reply["error"]["code"] == "engine"
    assert "决策表没有涵盖" in reply["error"]["message"]


def test_a_fault_of_the_engine_is_still_a_reply(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even an exception that nobody thought of, without a message, comes back as JSON."""
    load()

    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(bridge, "calculate", fail)
    reply = ask(id=1, op="calculate", guideline="fixture", calculator="bma-dose", inputs={})
    assert reply == {"id": 1, "ok": False, "error": {"code": "engine", "message": "MemoryError"}}


JUNK = [
    "\x00\xff\xfe",
    "b'\\xff'",
    "\ud800",
    '{"id": "\ud800"}',
    "[" * 200_000,
    '{"a":' * 100_000,
    "{" * 100_000,
    "9" * 10_000,
    '{"id": ' + "9" * 4_000 + "}",
    '{"id": ' + "9" * 10_000 + "}",
    '{"op": 1e999}',
    "NaN",
    "Infinity",
    '{"op": NaN}',
    '"',
    "\\u0000",
    "null",
    "true",
    '{"op": "load", "payload": "' + "[" * 100_000 + '"}',
    '{"op": "load", "payload": "' + "9" * 10_000 + '"}',
    "\N{BYTE ORDER MARK}{}",
    "{}" * 10,
    '{"op": "' + '\\"' * 300_000,
    '"[' * 300_000,
    "[]" * 300_000,
]


@pytest.mark.parametrize("request_text", JUNK, ids=range(len(JUNK)))
def test_junk_gets_a_reply(request_text: str) -> None:
    """No request makes the bridge raise, and every reply is ASCII JSON that says no."""
    reply = bridge.handle(request_text)
    assert reply.isascii()
    assert json.loads(reply)["ok"] is False


@pytest.mark.parametrize("wrong", [None, 1, b"\xff", ["{}"], {"op": "about"}])
def test_what_is_no_text_gets_a_reply_too(wrong: Any) -> None:
    """Even a wrong type from JavaScript is answered."""
    assert json.loads(bridge.handle(wrong))["error"]["code"] == "bad-request"


TYPED = [
    "9" * 10_000,
    "0." + "9" * 10_000,
    "9" * 60 + "/1",
    "1/" + "9" * 60,
    "\ud800",
    "45\ud800",
    "\udfff mL/min",
    "\x00",
    "a" * 1_000_000,
    " " * 1_000_000,
    "ﷺ" * 64,
    "45 " + "ﷺ" * 60,
    "<script>alert(1)</script>",
    "'; DROP TABLE",
    "{0.__class__}",
    "%s%s%s",
    "${7*7}",
    "\u202e45",
    "４" * 64,
    "²" * 64,
    "١" * 10,
    "-" * 64,
    "1e999999999",
    "1" + "0" * 60,
    "__import__('os')",
    "yes\x00",
    "🩺",
    "½" * 64,
    "NaN",
    "-0",
    "−0",
]


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
@pytest.mark.parametrize("field", [*ANSWERABLE, "nsaid", "unknown"])
def test_junk_in_a_field_is_refused(field: str, typed: str) -> None:
    """Whatever is typed or pasted into any field, the outcome is `refused` and names the field."""
    load()
    inputs = ANSWERABLE | {field: typed}
    reply = ask(op="calculate", guideline="fixture", calculator="bma-dose", inputs=inputs)
    assert reply["ok"]
    assert (reply["result"]["kind"], reply["result"]["field"]) == ("refused", field)
    assert len(reply["result"]["message"]) < 700


def test_junk_as_a_name_is_refused() -> None:
    """A name that no input has is repeated safely."""
    load()
    for name in TYPED:
        inputs = ANSWERABLE | {name: "1"}
        reply = ask(op="calculate", guideline="fixture", calculator="bma-dose", inputs=inputs)
        assert reply["result"]["kind"] == "refused"
        assert len(reply["result"]["message"]) < 700


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
def test_junk_in_a_pathway_is_refused_or_no_answer(typed: str) -> None:
    """As an option, as a number and as a name; what is only white space is no answer, as long as it is short."""
    load()
    request = {"op": "walk", "guideline": "fixture", "pathway": "bone-modifying-agents"}
    zoledronic = {"confirmed": "yes", "drug": "zoledronic-acid"}
    for answers in ({"confirmed": typed}, zoledronic | {"crcl": typed}, {typed: "yes"}):
        reply = ask(**request, answers=answers)
        assert reply["ok"]
        assert reply["result"]["state"] == "refused"
        assert len(reply["result"]["message"]) < 700


SEEDS = [
    {"id": 1, "op": "calculate", "guideline": "fixture", "calculator": "bma-dose", "inputs": ANSWERABLE},
    {"id": 1, "op": "walk", "guideline": "fixture", "pathway": "lemonade", "answers": {"sugar": "5 g", "ice": "no"}},
]


@pytest.mark.parametrize("request_data", SEEDS, ids=lambda request: request["op"])
def test_random_junk_never_raises(request_data: Any) -> None:
    """A thousand scrambled requests get a thousand replies."""
    load()
    scramble = random.Random(20241124)
    seed = json.dumps(request_data)
    for _ in range(1_000):
        signs = list(seed)
        for _ in range(scramble.randint(1, 6)):
            signs[scramble.randrange(len(signs))] = chr(
                scramble.choice([*range(0x250), 0xD800, 0xFF11, 0x3000, 0x1F600])
            )
        assert set(json.loads(bridge.handle("".join(signs)))) >= {"id", "ok"}
