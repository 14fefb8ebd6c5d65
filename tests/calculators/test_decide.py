"""From inputs as typed to outcomes; the thresholds themselves are in cases/*.csv."""

import json
from typing import Any

import pytest

from calculators.decide import calculate, run_cases
from calculators.errors import EngineError, UnknownCalculator
from calculators.payload import Payload, parse

CRCL = "肌酐清除率（mL/min），不是血肌酐"
ZOLEDRONIC = {"drug": "zoledronic-acid", "age": "70", "crcl": "45"}


def messages(payload: Payload, calculator: str, inputs: Any) -> list[str]:
    """All that a refusal says."""
    outcome = calculate(payload, calculator, inputs)
    assert outcome.kind == "refused"
    assert outcome.message == outcome.problems[0].message
    return [problem.message for problem in outcome.problems]


def test_an_answer_holds_all_that_belongs_to_it(payload: Payload) -> None:
    """Value, usage, caveats in order, risks, statements, the rows tried and the inputs as understood."""
    found = calculate(payload, "bma-dose", ZOLEDRONIC | {"nsaid": "是"}).as_dict()
    hits = [reason["row"] for reason in found["reasons"] if reason["hit"]]
    assert hits == ["zoledronic-acid-30-to-60"]
    assert len(found["reasons"]) == len(payload.calculators[0].rows)
    assert found["reasons"][9]["when"][3] == {
        "input": "crcl",
        "op": "lt",
        "value": "60",
        "unit": "mL/min",
        "found": "45",
        "met": True,
    }
    assert (found["kind"], found["value"], found["unit"], found["display"]) == (
        "at_most",
        "3.5",
        "mg",
        "不超过 3.5 mg",
    )
    assert (found["route"], found["interval"]["text"]) == ("静脉注射", "每 3 或 4 周 1 次")
    assert found["duration"] == {
        "text": "大于 15 min/次",
        "min": "15",
        "max": None,
        "unit": "min",
        "bound": "more_than",
    }
    assert [caveat["id"] for caveat in found["caveats"]] == ["S1", "X4", "G17", "X2", "X8"]
    assert found["caveats"][0]["text"] == "只用于已确诊的骨转移；不推荐用于预防。"
    assert [risk["id"] for risk in found["risks"]] == ["nephrotoxicity-age", "nephrotoxicity-nsaid"]
    assert found["risks"][1]["event"] == "肾毒性"
    assert found["statements"] == ["only-confirmed", "dosing-zoledronic-acid", "renal-dose", "risk-factors"]
    assert found["inputs"] == [
        {"id": "drug", "label": "药物", "value": "zoledronic-acid", "unit": None, "text": "唑来膦酸"},
        {"id": "age", "label": "年龄（周岁）", "value": "70", "unit": "age-year", "text": "70 岁"},
        {
            "id": "crcl",
            "label": CRCL,
            "value": "45",
            "unit": "mL/min",
            "text": "45 mL/min",
        },
        {"id": "nsaid", "label": "应用非甾体抗炎药", "value": "yes", "unit": None, "text": "是"},
    ]
    assert (found["field"], found["message"], found["problems"]) == (None, None, [])


def test_stop_shows_no_usage(payload: Payload) -> None:
    """Route, duration and interval beside `stop` would read as an instruction: they are left out."""
    outcome = calculate(payload, "bma-dose", ZOLEDRONIC | {"crcl": "29"})
    assert payload.calculators[0].rows[8].outcome.route == "静脉注射"
    assert (outcome.kind, outcome.route, outcome.duration, outcome.interval) == ("stop", None, None, None)


@pytest.mark.parametrize(
    ("crcl", "value", "text"),
    [
        ("450/7", "450/7", "64.2857 mL/min"),
        ("29999999/1000001", "29999999/1000001", "29.99997 mL/min"),
        ("45.10", "45.1", "45.1 mL/min"),
    ],
)
def test_inputs_are_repeated_exactly_and_readably(payload: Payload, crcl: str, value: str, text: str) -> None:
    """A fraction is kept exactly and shown on its side of every threshold."""
    echo = calculate(payload, "bma-dose", ZOLEDRONIC | {"crcl": crcl}).inputs[2]
    assert (echo.value, echo.text) == (value, text)


def test_a_computed_value_carries_over_exactly(payload: Payload) -> None:
    """29.97… goes into the dose calculator as the fraction that it is, and the reduction applies."""
    patient = {"age": "80", "sex": "male", "weight": "36", "creatinine": "1.001 mg/dL"}
    clearance = calculate(payload, "creatinine-clearance", patient)
    assert (clearance.exact, clearance.display) == ("30000/1001", "29.97 mL/min")
    assert clearance.exact is not None
    assert calculate(payload, "bma-dose", ZOLEDRONIC | {"crcl": clearance.exact}).kind == "stop"


@pytest.mark.parametrize(
    ("calculator", "change", "chinese"),
    [
        (
            "bma-dose",
            {"crcl": "106 µmol/L"},
            f"{CRCL}：应为 1～250 mL/min，输入的是“106 µmol/L”。"
            "µmol/L 是血肌酐的单位；这里要的是清除率，不是血肌酐。请先算出肌酐清除率。",
        ),
        (
            "bma-dose",
            {"crcl": "45 mL/min/1.73 m²"},
            f"{CRCL}：应为 1～250 mL/min，输入的是“45 mL/min/1.73 m²”。"
            "mL/min/1.73 m² 是估算肾小球滤过率的单位；估算肾小球滤过率不是肌酐清除率，不能代入。",
        ),
        (
            "bma-dose",
            {"crcl": "45 mg"},
            f"{CRCL}：应为 1～250 mL/min，输入的是“45 mg”。单位不能是 mg。",
        ),
        (
            "bma-dose",
            {"crcl": "45 stone"},
            f"{CRCL}：应为 1～250 mL/min，输入的是“45 stone”。不认识单位“stone”。",
        ),
        (
            "bma-dose",
            {"crcl": "0.5"},
            f"{CRCL}：应为 1～250 mL/min，输入的是“0.5”。超出本站接受的范围，请核对数值和单位。",
        ),
        (
            "bma-dose",
            {"crcl": "4,5"},
            f"{CRCL}：应为 1～250 mL/min，输入的是“4,5”。"
            "请只写一个普通的数，如 0.5 或 45；不用千分位、指数、正号或范围。",
        ),
        ("bma-dose", {"crcl": ""}, f"{CRCL}：尚未填写，应为 1～250 mL/min。"),
        (
            "bma-dose",
            {"age": "65.5"},
            "年龄（周岁）：应为 1～120 岁的整数，输入的是“65.5”。请填整数，不带小数点；年龄按已满的周岁计。",
        ),
        (
            "bma-dose",
            {"age": "24 月"},
            "年龄（周岁）：应为 1～120 岁的整数，输入的是“24 月”。单位不能是 个月。",
        ),
        (
            "bma-dose",
            {"nsaid": "maybe"},
            "应用非甾体抗炎药：应为“是”或“否”，输入的是“maybe”。请填“是”或“否”。",
        ),
        (
            "bma-dose",
            {"drug": "zoledronic"},
            "药物：应为以下之一：incadronate, ibandronate, zoledronic-acid, denosumab, "
            "narlumosbart, pamidronate, oral-ibandronate，输入的是“zoledronic”。"
            "没有这个选项，最接近的是：zoledronic-acid。",
        ),
        (
            "creatinine-clearance",
            {"sex": "x"},
            "性别：应为以下之一：female, male，输入的是“x”。没有这个选项。",
        ),
        (
            "creatinine-clearance",
            {"creatinine": "106"},
            "血肌酐：应为 20～2000 µmol/L 或 0.2～22 mg/dL，输入的是“106”。请在数后写明单位。",
        ),
        (
            "creatinine-clearance",
            {"creatinine": "106 mg/dL"},
            "血肌酐：应为 20～2000 µmol/L 或 0.2～22 mg/dL，输入的是“106 mg/dL”。"
            "超出范围；mg/dL 与 µmol/L 是否选反了？",
        ),
    ],
)
def test_a_refusal_says_field_expected_found_and_hint(
    payload: Payload, calculator: str, change: Any, chinese: str
) -> None:
    """The message is part of the contract."""
    patient = {"age": "70", "sex": "male", "weight": "60", "creatinine": "1 mg/dL"}
    inputs = (ZOLEDRONIC if calculator == "bma-dose" else patient) | change
    assert messages(payload, calculator, inputs) == [chinese]


@pytest.mark.parametrize(
    ("calculator", "change", "message"),
    [
        ("bma-dose", {"age": ""}, "年龄（周岁）: missing, expected a whole number, 1 to 120 years."),
        (
            "bma-dose",
            {"crcl": "0"},
            f"{CRCL}: expected 1 to 250 mL/min, found “0”. "
            "Outside the limits of this site; check the number and the unit.",
        ),
        (
            "bma-dose",
            {"nsaid": "maybe"},
            "应用非甾体抗炎药: expected yes or no, found “maybe”. Answer yes or no.",
        ),
    ],
)
def test_other_languages_are_answered_in_english(english: Payload, calculator: str, change: Any, message: str) -> None:
    """A payload that is not Chinese gets English messages."""
    assert messages(english, calculator, ZOLEDRONIC | change) == [message]


@pytest.mark.parametrize("typed", ["唑来膦酸", "zoledronate", "Zoledronic Acid", "择泰", "zoledronic-acd"])
def test_a_name_leads_to_the_nearest_id(payload: Payload, typed: str) -> None:
    """Ids, labels and aliases are searched, but only an id is taken."""
    (message,) = messages(payload, "bma-dose", ZOLEDRONIC | {"drug": typed})
    assert message.endswith("最接近的是：zoledronic-acid。")


def test_all_problems_are_told_in_the_order_of_the_form(payload: Payload) -> None:
    """Unknown names first, since they explain what is missing; the first problem gives field and message."""
    outcome = calculate(payload, "bma-dose", {"crlc": "45", "age": "0", "xyz": "1", "drug": "denosumab"})
    assert [problem.field for problem in outcome.problems] == ["crlc", "xyz", "age", "crcl"]
    assert outcome.field == "crlc"
    assert outcome.problems[0].message == "没有名为“crlc”的输入项，可能是：crcl。"
    assert outcome.problems[1].message.startswith("没有名为“xyz”的输入项，可能是：drug, age, crcl, ")


def test_an_input_given_twice_is_refused(payload: Payload) -> None:
    """Which one was meant is not guessed, even when both are the same."""
    pairs = [*ZOLEDRONIC.items(), ("crcl", "106")]
    assert messages(payload, "bma-dose", pairs) == [
        f"{CRCL}：应为 1～250 mL/min，输入的是“45 / 106”。同一项给了两次，请只留一个。"
    ]
    assert len(messages(payload, "bma-dose", [*ZOLEDRONIC.items(), ("age", "70")])) == 1


def test_more_inputs_than_any_form_has_are_refused_at_once(payload: Payload) -> None:
    """Junk is not searched for near names."""
    outcome = calculate(payload, "bma-dose", {f"x{number}": "" for number in range(65)})
    assert (outcome.field, outcome.message) == (None, "输入项过多（65 个），最多 64 个。")


def test_an_unknown_calculator_is_an_error(payload: Payload, english: Payload) -> None:
    """The message lists those that there are."""
    with pytest.raises(
        UnknownCalculator,
        match="没有名为“dose”的计算器。可用的有：bma-dose, creatinine-clearance, lemonade。",
    ):
        calculate(payload, "dose", {})
    with pytest.raises(UnknownCalculator, match="There is no calculator “dose”"):
        run_cases(english, "dose")


def test_a_table_with_a_gap_gives_no_answer(data: Any) -> None:
    """The engine never guesses where no row hits."""
    del data["calculators"][0]["rows"][10]
    with pytest.raises(EngineError, match="骨改良药物剂量：决策表没有涵盖这组输入"):
        calculate(parse(json.dumps(data)), "bma-dose", ZOLEDRONIC | {"crcl": "60"})


def test_a_table_with_an_overlap_gives_no_answer(data: Any) -> None:
    """The engine never chooses between two rows."""
    data["calculators"][0]["rows"][9]["when"][3]["op"] = "le"
    with pytest.raises(EngineError, match=r"多行（zoledronic-acid-30-to-60, zoledronic-acid-from-60）"):
        calculate(parse(json.dumps(data)), "bma-dose", ZOLEDRONIC | {"crcl": "60"})


@pytest.mark.parametrize("calculator", ["bma-dose", "creatinine-clearance", "lemonade"])
def test_the_worked_cases_pass(payload: Payload, calculator: str) -> None:
    """Every worked case of the fixture comes out as it says."""
    assert all(result.passed for result in run_cases(payload, calculator))


@pytest.mark.parametrize(
    ("number", "change", "found"),
    [
        (0, {"kind": "fixed"}, {"kind": "stop"}),
        (0, {"value": "4"}, {"value": None}),
        (0, {"caveats": ["S1", "X8"]}, {"caveats": ["S1", "G9", "X2"]}),
        (0, {"risks": []}, {"risks": ["nephrotoxicity-age"]}),
        (1, {"value": "3.50"}, {"value": "3.5"}),
        (1, {"display": "3.5 mg"}, {"display": "不超过 3.5 mg"}),
        (2, {"alternatives": ["10", "5"]}, {"alternatives": ["5", "10"]}),
        (3, {"listed": None}, {"listed": "120"}),
        (4, {"listed": "120"}, {"listed": None}),
        (5, {"field": "age"}, {"field": "crcl"}),
    ],
)
def test_a_case_that_differs_in_one_key_fails(data: Any, number: int, change: Any, found: Any) -> None:
    """Every key that an expectation gives is compared, and what was found is told."""
    data["calculators"][0]["cases"][number]["expect"] |= change
    result = run_cases(parse(json.dumps(data)), "bma-dose")[number]
    assert not result.passed
    assert {key: result.found[key] for key in change} == found
    assert result.expected.items() >= change.items()


def test_a_case_that_raises_fails(data: Any) -> None:
    """A gap in the table is a failing case and not the end of the run."""
    del data["calculators"][0]["rows"][8]
    results = run_cases(parse(json.dumps(data)), "bma-dose")
    assert [result.passed for result in results] == [False, True, True, True, True, True]
    assert results[0].found["kind"] == "error"
    assert "决策表没有涵盖这组输入" in results[0].found["message"]
