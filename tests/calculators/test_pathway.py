"""From answers to a step; the walks themselves, with every end and every threshold, are in walks/*.csv."""

import json
from typing import Any

import pytest

from calculators.errors import EngineError, UnknownPathway
from calculators.nodes import NodeKind
from calculators.pathway import run_walks, walk
from calculators.payload import Payload, parse
from tests.calculators.tables import expected

BMA = "bone-modifying-agents"
ZOLEDRONIC = {"confirmed": "yes", "drug": "zoledronic-acid"}
CRCL = "肌酐清除率（mL/min），不是血肌酐"
KEYS = [
    *("state", "pathway", "title", "node", "text", "input", "options", "statements", "refs", "caveats", "links"),
    *("trail", "reasons", "dropped", "field", "message", "valid"),
]


def bent(data: Any, **changes: Any) -> Payload:
    """The fixture with an option of the question for a clearance changed."""
    data["pathways"][0]["nodes"][2]["options"][1] |= changes
    return parse(json.dumps(data))


def test_the_tables_reach_every_end(payload: Payload) -> None:
    """Each advice and each silence of the fixture is the node of a row."""
    reached = {row.get("node") for row in expected()}
    nodes = [node for pathway in payload.pathways for node in pathway.nodes]
    assert {node.id for node in nodes if node.kind is not NodeKind.QUESTION} <= reached


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, "question"),
        ({"confirmed": "no"}, "advice"),
        (ZOLEDRONIC, "question"),
        ({"confirmed": "yes", "drug": "undecided", "age": "17"}, "not_stated"),
        ({"confirmed": "perhaps"}, "refused"),
        ({"confirmde": "yes"}, "refused"),
    ],
)
def test_every_step_has_the_same_keys_in_the_same_order(payload: Payload, answers: Any, state: str) -> None:
    """A reader of the JSON finds each key, null or empty where there is nothing."""
    found = walk(payload, BMA, answers).as_dict()
    assert list(found) == KEYS
    assert (type(found["state"]), found["state"]) == (str, state)
    assert (found["pathway"], found["title"]) == (BMA, "骨改良药物")
    assert json.loads(json.dumps(found)) == found


def test_a_question_shows_its_options(payload: Payload) -> None:
    """Id and label, and nothing of where they lead."""
    found = walk(payload, BMA, {"confirmed": "yes"}).as_dict()
    assert (found["node"], found["text"], found["input"]) == ("drug", "用哪种药？", None)
    assert found["options"] == [
        {"id": "zoledronic-acid", "label": "唑来膦酸"},
        {"id": "denosumab", "label": "地舒单抗"},
        {"id": "undecided", "label": "还没有决定"},
    ]
    assert found["caveats"] == [
        {"id": "S1", "text": "只用于已确诊的骨转移；不推荐用于预防。"},
        {"id": "S3", "text": "来源提到此药，但没有给出剂量。"},
    ]
    assert found["links"] == [{"label": "剂量计算", "page": "calculators/bma-dose/", "inputs": {}}]


def test_a_question_for_a_number_shows_its_units_and_limits(payload: Payload) -> None:
    """Limits are decimal strings."""
    assert walk(payload, BMA, ZOLEDRONIC).as_dict()["input"] == {
        "id": "clearance",
        "label": CRCL,
        "units": [{"unit": "mL/min", "min": "1", "max": "250"}],
    }
    units = [{"unit": "g", "min": "0", "max": "100"}, {"unit": "mg", "min": "0.5", "max": "100000"}]
    assert walk(payload, "lemonade", ()).as_dict()["input"]["units"] == units


def test_the_trail_and_the_reasons_say_how_it_came(payload: Payload) -> None:
    """Each answer with its question, and every option tried with what it compared."""
    found = walk(payload, BMA, ZOLEDRONIC | {"crcl": "29.90"}).as_dict()
    assert found["trail"] == [
        {"node": "confirmed", "text": "骨转移是否已确诊？", "answer": "yes", "value": None, "label": "已确诊"},
        {"node": "drug", "text": "用哪种药？", "answer": "zoledronic-acid", "value": None, "label": "唑来膦酸"},
        {
            "node": "crcl",
            "text": "肌酐清除率是多少？",
            "answer": "below-30",
            "value": "29.9 mL/min",
            "label": "小于 30 mL/min",
        },
    ]
    assert [(reason["node"], reason["option"], reason["hit"]) for reason in found["reasons"]] == [
        ("confirmed", "yes", True),
        ("confirmed", "no", False),
        ("drug", "zoledronic-acid", True),
        ("drug", "denosumab", False),
        ("drug", "undecided", False),
        ("crcl", "below-30", True),
        ("crcl", "30-to-60", False),
        ("crcl", "from-60", False),
    ]
    assert [len(reason["when"]) for reason in found["reasons"]] == [0, 0, 0, 0, 0, 1, 2, 1]
    assert found["reasons"][5]["when"] == [
        {"input": "clearance", "op": "lt", "value": "30", "unit": "mL/min", "found": "29.9", "met": True}
    ]


@pytest.mark.parametrize(
    ("answers", "field", "message"),
    [
        (
            {"confirmed": "maybe"},
            "confirmed",
            "“骨转移是否已确诊？”：应为以下之一：yes, no，输入的是“maybe”。没有这个选项。",
        ),
        (
            {"confirmed": "yes", "drug": "唑来膦酸"},
            "drug",
            "“用哪种药？”：应为以下之一：zoledronic-acid, denosumab, undecided，输入的是“唑来膦酸”。"
            "没有这个选项，最接近的是：zoledronic-acid。",
        ),
        (
            ZOLEDRONIC | {"crcl": "106 µmol/L"},
            "crcl",
            f"{CRCL}：应为 1～250 mL/min，输入的是“106 µmol/L”。"
            "µmol/L 是血肌酐的单位；这里要的是清除率，不是血肌酐。请先算出肌酐清除率。",
        ),
        ({"drgu": "denosumab"}, "drgu", "没有名为“drgu”的问题，可能是：drug。"),
        (
            {"bone": "yes", "confirmed": "maybe"},
            "bone",
            "没有名为“bone”的问题，可能是：confirmed, drug, crcl, calcium, age。",
        ),
        (
            [("confirmed", "yes"), ("confirmed", "no")],
            "confirmed",
            "“骨转移是否已确诊？”：应为以下之一：yes, no，输入的是“yes / no”。同一项给了两次，请只留一个。",
        ),
        (
            [("confirmed", "no"), ("crcl", "45"), ("crcl", "45")],
            "crcl",
            f"{CRCL}：应为 1～250 mL/min，输入的是“45 / 45”。同一项给了两次，请只留一个。",
        ),
        ({f"x{number}": "" for number in range(65)}, None, "输入项过多（65 个），最多 64 个。"),
    ],
)
def test_a_refusal_says_field_expected_found_and_hint(payload: Payload, answers: Any, field: Any, message: str) -> None:
    """The words are those of a calculator's refusal."""
    step = walk(payload, BMA, answers)
    assert (step.state, step.field, step.message) == ("refused", field, message)


def test_other_languages_are_answered_in_english(english: Payload) -> None:
    """A payload that is not Chinese gets English messages."""
    assert walk(english, BMA, {"drgu": ""}).message == "There is no question “drgu”; perhaps drug."
    assert walk(english, BMA, {"confirmed": "x"}).message == (
        "“骨转移是否已确诊？”: expected one of yes, no, found “x”. There is no such option."
    )


@pytest.mark.parametrize(
    "answers",
    [
        {"confirmde": "no"},
        [("confirmed", "no"), ("confirmed", "no")],
        {f"x{number}": "" for number in range(65)},
    ],
)
def test_answers_that_are_misnamed_are_not_walked(payload: Payload, answers: Any) -> None:
    """The step stands at the start, with the first question, so that a reader can begin again."""
    step = walk(payload, BMA, answers)
    assert (step.state, step.node, step.text) == ("refused", "confirmed", "骨转移是否已确诊？")
    assert (step.trail, step.reasons, step.dropped) == ((), (), ())
    assert [option.id for option in step.options] == ["yes", "no"]


@pytest.mark.parametrize(
    ("answers", "valid"),
    [
        ({"x": "y"}, ("confirmed", "drug", "crcl", "calcium", "age")),
        ({f"x{number}": "" for number in range(65)}, ("confirmed", "drug", "crcl", "calcium", "age")),
        ([("drug", "a"), ("drug", "b")], ("zoledronic-acid", "denosumab", "undecided")),
        ([("crcl", "1"), ("crcl", "2")], ()),
    ],
)
def test_a_refusal_lists_what_would_be_taken(payload: Payload, answers: Any, valid: Any) -> None:
    """Questions for an unknown name, options for a choice, nothing for a number, whose message has the limits."""
    assert walk(payload, BMA, answers).valid == valid


def test_a_refused_answer_keeps_the_way_to_its_question(payload: Payload) -> None:
    """The page goes on asking where it was."""
    step = walk(payload, BMA, {"age": "70", "confirmed": "yes", "drug": "zoledronic-acid", "crcl": "0"})
    assert (step.state, step.node, step.text) == ("refused", "crcl", "肌酐清除率是多少？")
    assert [turn.node for turn in step.trail] == ["confirmed", "drug"]
    assert len(step.reasons) == 5
    assert step.dropped == ("age",)


def test_an_end_answered_twice_is_dropped_once(payload: Payload) -> None:
    """Only a question can be answered, and so only its answers can contradict each other."""
    step = walk(payload, BMA, [("confirmed", "no"), ("stop", "1"), ("stop", "2"), ("not-for-prevention", "x")])
    assert (step.state, step.dropped) == ("advice", ("stop", "not-for-prevention"))


def test_an_end_shows_what_the_option_before_it_says(payload: Payload) -> None:
    """Statements once and in order, references as one sorted list."""
    step = walk(payload, BMA, ZOLEDRONIC | {"crcl": "12"})
    assert (step.statements, step.refs) == (("dosing-zoledronic-acid", "renal-dose"), (7, 9, 12))


def test_a_pathway_may_be_one_advice(data: Any) -> None:
    """A start that is no question is an end without an option before it."""
    data["pathways"][0]["start"] = "stop"
    step = walk(parse(json.dumps(data)), BMA, {"confirmed": "yes"})
    assert (step.state, step.statements, step.refs) == ("advice", ("dosing-zoledronic-acid",), (7, 9))
    assert (step.trail, step.dropped) == ((), ("confirmed",))


def test_an_unknown_pathway_is_an_error(payload: Payload, english: Payload) -> None:
    """The message lists those that there are."""
    with pytest.raises(UnknownPathway, match="没有名为“bma-dose”的路径。可用的有：bone-modifying-agents, lemonade。"):
        walk(payload, "bma-dose", {})
    with pytest.raises(UnknownPathway, match="There is no pathway “x”"):
        run_walks(english, "x")


def test_a_number_that_no_option_covers_gives_no_answer(data: Any) -> None:
    """The engine never guesses where a question has a gap."""
    gap = bent(data, when=[{"input": "clearance", "op": "gt", "value": "30", "unit": "mL/min"}])
    with pytest.raises(EngineError, match="骨改良药物：问题“肌酐清除率是多少？”的选项没有涵盖 30 mL/min"):
        walk(gap, BMA, ZOLEDRONIC | {"crcl": "30"})


def test_a_number_that_two_options_cover_gives_no_answer(data: Any) -> None:
    """The engine never chooses between two options."""
    overlap = bent(data, when=[{"input": "clearance", "op": "gt", "value": "29", "unit": "mL/min"}])
    with pytest.raises(EngineError, match=r"多个选项（below-30, 30-to-60）同时符合 29.5 mL/min"):
        walk(overlap, BMA, ZOLEDRONIC | {"crcl": "29.5"})


def test_a_circle_ends_in_an_error(data: Any) -> None:
    """Checked content has none, but the engine must end all the same."""
    with pytest.raises(EngineError, match="骨改良药物：又回到了问题“用哪种药？”"):
        walk(bent(data, to="drug"), BMA, ZOLEDRONIC | {"crcl": "45"})
    assert walk(parse(json.dumps(data)), BMA, ZOLEDRONIC | {"crcl": "29"}).node == "stop"


def test_the_worked_cases_pass(payload: Payload) -> None:
    """Every worked case of the fixture comes out as it says; a question may be expected, too."""
    results = run_walks(payload, BMA)
    assert [result.passed for result in results] == [True] * 4
    assert results[0].title == "肌酐清除率 29.9"
    assert results[3].found == {"node": "drug", "dropped": []}
    assert run_walks(payload, "lemonade") == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"expect": "ceiling"}, {"node": "stop", "dropped": []}),
        ({"expect": "gone"}, {"node": "stop", "dropped": []}),
        (
            {"answers": ZOLEDRONIC | {"crcl": "29.9", "age": "70"}},
            {"node": "stop", "dropped": ["age"]},
        ),
        (
            {"answers": {"confirmed": "maybe"}, "expect": "confirmed"},
            {
                "node": "confirmed",
                "dropped": [],
                "message": "“骨转移是否已确诊？”：应为以下之一：yes, no，输入的是“maybe”。没有这个选项。",
            },
        ),
    ],
)
def test_a_case_that_leads_elsewhere_fails(data: Any, change: Any, found: Any) -> None:
    """So does one with an answer that is not used or not taken, and what was found is told."""
    data["pathways"][0]["cases"][0] |= change
    result = run_walks(parse(json.dumps(data)), BMA)[0]
    assert not result.passed
    assert result.expected == {"node": change.get("expect", "stop"), "dropped": []}
    assert result.found == found


def test_a_case_that_raises_fails(data: Any) -> None:
    """A gap is a failing case and not the end of the run."""
    results = run_walks(bent(data, when=[{"input": "clearance", "op": "gt", "value": "30", "unit": "mL/min"}]), BMA)
    assert [result.passed for result in results] == [True, False, True, True]
    assert results[1].found["node"] is None
    assert "没有涵盖 30 mL/min" in results[1].found["message"]
