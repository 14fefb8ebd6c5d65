"""The first guideline: nothing of its source is missing, nothing is added, and its thresholds are where they belong.

Numbers and ids stand here once more on purpose, written from the source and from the audit of its gaps, so that a
slip in the YAML cannot hide.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from calculators.decide import calculate, run_cases
from calculators.payload import Payload, parse
from generator import pages, payload, text
from generator.checks import check_folder
from generator.load import load
from generator.models.guideline import Guideline

FOLDER = Path(__file__).parents[2] / "content" / "lung-cancer-bone-metastasis"

# Section of the source → sentences of each of its paragraphs, counted in the source
PARAGRAPHS = {
    "abstract": [3],
    "introduction": [6],
    "1": [4],
    "2.1": [3, 10],
    "2.2": [2],
    "2-end": [6],
    "3": [2, 7],
    "3.1.1": [5],
    "3.1.2": [1],
    "3.2": [5, 5],
    "3.3": [4],
    "3.3.1": [6],
    "3.3.2": [5],
    "3.4": [7, 4],
    "3.5": [7],
    "3.6": [3],
    "4": [5],
}
DOUBTFUL_REFERENCES = [
    *(1, 2, 3, 4, 5, 11, 12, 13, 14, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 32, 33, 34, 36),
    *(37, 38, 39, 40, 41, 42, 44),
]
AUDIT = [
    *(f"G{number}" for number in range(1, 18)),
    *(f"X{number}" for number in range(1, 31)),
    *(f"R{number}" for number in DOUBTFUL_REFERENCES),
]
# Table 1 as printed: dose in mg, duration, interval in weeks
TABLE_1 = {
    "incadronate": ("静脉注射", "10", "2～4 h/次", "每 3 或 4 周 1 次"),
    "ibandronate": ("静脉注射", "6", "大于 15 min/次", "每 3 或 4 周 1 次"),
    "zoledronic-acid": ("静脉注射", "4", "大于 15 min/次", "每 3 或 4 周 1 次"),
    "denosumab": ("皮下注射", "120", "大于 15 min/次", "每 4 周 1 次"),
}
# Table 2 as printed: incidence in % with denosumab and with zoledronic acid
TABLE_2 = {
    "onj": (["1.1%", "3.7%", "4.6%"], ["0.8%", "2.0%", "2.8%"]),
    "nephrotoxicity": (["1.0%～5.0%"], ["2.3%～10.0%"]),
    "hypocalcaemia": (["10.0%～18.0%"], ["5.0%～10.0%"]),
}
DRUGS = [
    "incadronate",
    "ibandronate",
    "zoledronic-acid",
    "denosumab",
    "narlumosbart",
    "pamidronate",
    "oral-ibandronate",
]
PLACEMENT = {"quantity": Fraction(1, 10), "integer": Fraction(1)}
"""How near a worked case must stand to a threshold to stand just beside it."""


@pytest.fixture(scope="module")
def guideline() -> Guideline:
    """The guideline as loaded."""
    found = load(FOLDER).guideline
    assert found is not None
    return found


@pytest.fixture(scope="module")
def data(guideline: Guideline) -> Any:
    """The payload as plain data."""
    return payload.build(guideline)


@pytest.fixture(scope="module")
def engine(guideline: Guideline) -> Payload:
    """The payload as the engine reads it."""
    return parse(payload.dump(guideline))


def test_the_checks_find_nothing() -> None:
    """The guideline has no error and no warning."""
    assert check_folder(FOLDER)[1] == []


def test_every_sentence_is_accounted_for(guideline: Guideline) -> None:
    """Each paragraph of the source is in the account with all its sentences, each of them once."""
    assert guideline.coverage is not None
    found: dict[str, list[int]] = {}
    for paragraph in guideline.coverage.paragraphs:
        found.setdefault(paragraph.section, []).append(paragraph.sentences)
        assert paragraph.paragraph == len(found[paragraph.section])
        assert sorted({item.sentence for item in paragraph.accounts}) == list(range(1, paragraph.sentences + 1))
    assert found == PARAGRAPHS


def test_every_reference_is_there(guideline: Guideline) -> None:
    """The 45 references are listed and accounted for; all but two are cited, and those two have their caveat."""
    assert guideline.coverage is not None
    numbers = list(range(1, 46))
    assert [item.number for item in guideline.references] == numbers
    assert sorted(item.number for item in guideline.coverage.references) == numbers
    assert guideline.coverage.reference_count == 45
    cited = {number for item in guideline.statements for number in item.refs}
    assert sorted(set(numbers) - cited) == [26, 27]
    assert [item.number for item in guideline.references if item.uncited == "G5"] == [26, 27]


def test_every_cell_is_accounted_for(guideline: Guideline) -> None:
    """Tables 1 and 2 have 4 and 3 rows of 6 columns; each cell, each heading and the note are in the account once."""
    assert guideline.coverage is not None
    shape = [(item.number, len(item.rows), len(item.columns), len(item.notes)) for item in guideline.tables]
    assert shape == [(1, 4, 6, 1), (2, 3, 6, 0)]
    for table, rows, notes in zip(guideline.coverage.tables, (4, 3), (1, 0), strict=True):
        places = Counter((cell.row, cell.column, cell.note) for cell in table.cells)
        wanted = [(row, column, None) for row in range(rows + 1) for column in range(1, 7)]
        assert places == Counter([*wanted, *((None, None, note) for note in range(1, notes + 1))])
    for item in guideline.tables:
        assert all(set(row.cells) == {column.id for column in item.columns} for row in item.rows)
        assert item.refs == ()


def test_table_1_is_what_the_source_prints(guideline: Guideline) -> None:
    """Route, dose, duration and interval of each drug are those of the source, and 65 and 5 mg those of its note."""
    table = guideline.table_by_id["bma-dosing"]
    columns = {column.id: column for column in table.columns}
    found = {
        row.id: tuple(
            text.cell_text(guideline, columns[name], row.cells[name]).removesuffix(" mg")
            for name in ("route", "dose", "duration", "interval")
        )
        for row in table.rows
    }
    assert found == TABLE_1
    [note] = table.notes
    assert (note.mark, text.item_text(guideline, note)) == ("*", "65 岁以上者，因卡膦酸二钠的推荐剂量是5 mg")
    assert [row.id for row in table.rows if row.cells["dose"].note] == ["incadronate"]


def test_table_2_is_what_the_source_prints(guideline: Guideline) -> None:
    """The incidences, and the thresholds and doses by clearance, are those of the source, with their decimals."""
    table = guideline.table_by_id["adverse-events"]
    for row in table.rows:
        found = []
        for name in ("incidence-denosumab", "incidence-zoledronic-acid"):
            texts = [text.item_text(guideline, item) for item in row.cells[name].items or ()]
            found.append([re.split("：", shown)[-1] for shown in texts])
        assert tuple(found) == TABLE_2[row.id]
    numbers = {
        "risk-below-60/crcl": "小于 60 mL/min",
        "zoledronic-acid-below-60/dose": "不超过 3.5 mg",
        "zoledronic-acid-below-30/crcl": "小于 30 mL/min",
        "incadronate-below-30/dose": "5 mg",
        "ibandronate-below-30/dose": "2 mg",
    }
    for path, shown in numbers.items():
        quantity = guideline.quantity_at(f"adverse-events/nephrotoxicity/monitoring/{path}")
        assert quantity is not None
        assert text.print_quantity(quantity, "zh-Hans") == shown


def test_the_only_grade_stands_once(guideline: Guideline) -> None:
    """1A is the only grade, given to the screening by bone scan; the list says of the others that there is none."""
    assert [(item.id, item.grade) for item in guideline.statements if item.grade] == [("bs-first-screening", "1A")]
    listed = next(page for page in pages.build(guideline) if page.uri.endswith("/recommendations.md")).markdown
    recommendations = sum(item.kind == "recommendation" for item in guideline.statements)
    assert listed.count("来源等级 1A") == 1
    assert listed.count("来源未给等级</span>") == recommendations - 1


@pytest.mark.parametrize("caveat", AUDIT)
def test_each_finding_of_the_audit_is_shown(guideline: Guideline, caveat: str) -> None:
    """Each gap, contradiction and doubtful citation is a caveat, listed, and shown beside what it concerns."""
    found = guideline.caveat_by_id[caveat]
    assert found.origin == {"G": "gap", "X": "contradiction", "R": "citation"}[caveat[0]]
    assert found.source
    shown = {page.uri.rpartition("/")[2] for page in built_pages(guideline.meta.id) if f'#{caveat}"' in page.markdown}
    assert shown - {"about.md"}


@cache
def built_pages(_: str) -> tuple[pages.Page, ...]:
    """The pages, made once."""
    found = load(FOLDER).guideline
    assert found is not None
    return pages.build(found)


def test_a_doubtful_citation_names_its_reference(guideline: Guideline) -> None:
    """The caveat of a doubtful citation stands at the reference of the same number."""
    for number in DOUBTFUL_REFERENCES:
        assert f"R{number}" in guideline.reference_by_number[number].caveats


def test_no_statement_has_a_sign_that_is_misread(guideline: Guideline) -> None:
    """Comparisons are in words and microgram is written out, in every text and in every number as it is printed."""
    misread = re.compile("[<>≤≥＜＞≦≧]|[µμ]g")
    texts = {item.id: text.statement_text(guideline, item) for item in guideline.statements}
    texts |= {f"title of {item.id}": text.statement_title(guideline, item) for item in guideline.statements}
    texts |= {item.id: item.title + item.text for item in guideline.caveats}
    assert {key: shown for key, shown in texts.items() if misread.search(shown) or "{" in shown} == {}


def denosumab_rows(data: Any) -> Iterator[Any]:
    """The outcomes of the rows for denosumab alone."""
    [bma] = [item for item in data["calculators"] if item["id"] == "bma-dose"]
    for row in bma["rows"]:
        if {"input": "drug", "op": "eq", "value": "denosumab"} in row["when"]:
            yield row["outcome"]


def test_fifteen_minutes_are_no_instruction_for_an_injection(data: Any, engine: Payload) -> None:
    """The duration printed for denosumab, which is injected under the skin, is in no answer but as a caveat."""
    outcomes = list(denosumab_rows(data))
    assert len(outcomes) == 2
    for outcome in outcomes:
        assert outcome["duration"] is None
        assert "X1" in outcome["caveats"]
        assert "15 min" not in json.dumps(outcome, ensure_ascii=False)
        for statement in outcome["statements"]:
            shown = data["texts"]["statements"][statement]["text"]
            assert "15 min" not in shown
    for crcl in ("25", "45", "60", "90"):
        answer = calculate(engine, "bma-dose", {"drug": "denosumab", "age": "50", "crcl": crcl}).as_dict()
        assert answer["duration"] is None
        del answer["caveats"]
        assert "15 min" not in json.dumps(answer, ensure_ascii=False)


def expected(drug: str, age: int, crcl: Decimal) -> tuple[str, str | None]:
    """Kind and value of an answer, read from the source by hand."""
    if drug not in TABLE_1 or age < 18:
        return "no_rule", None
    if drug == "denosumab":
        return ("no_rule", None) if crcl < 60 else ("fixed", "120")
    if drug == "zoledronic-acid":
        return ("stop", None) if crcl < 30 else ("at_most", "3.5") if crcl < 60 else ("fixed", "4")
    if drug == "ibandronate":
        return "fixed", "2" if crcl < 30 else "6"
    if crcl < 30 or age > 65:
        return "fixed", "5"
    return ("undetermined", None) if age == 65 else ("fixed", "10")


@pytest.mark.parametrize("drug", DRUGS)
def test_every_answer_is_the_sources(engine: Payload, drug: str) -> None:
    """Over a grid of ages and clearances, dense at the thresholds, kind and value are those read by hand."""
    ages = [1, 17, 18, 19, 50, 64, 65, 66, 120]
    clearances = ["1", "29.9", "29.99999", "30", "30.00001", "45", "59.9", "59.99999", "60", "60.00001", "250"]
    yes = dict.fromkeys(("diabetes", "nsaid", "cisplatin", "smoking", "low-calcium", "renal-insufficiency"), "yes")
    for age in ages:
        for crcl in clearances:
            typed = {"drug": drug, "age": str(age), "crcl": crcl}
            answer = calculate(engine, "bma-dose", typed)
            assert (answer.kind.value, answer.value) == expected(drug, age, Decimal(crcl)), typed
            with_risks = calculate(engine, "bma-dose", typed | yes)
            assert (with_risks.kind, with_risks.value, with_risks.alternatives) == (
                answer.kind,
                answer.value,
                answer.alternatives,
            )


@pytest.mark.parametrize("calculator", ["bma-dose", "creatinine-clearance"])
def test_every_worked_case_passes(engine: Payload, calculator: str) -> None:
    """The worked cases agree with the engine, one by one."""
    results = run_cases(engine, calculator)
    assert [(item.id, item.found) for item in results if not item.passed] == []
    assert len(results) > 30


Condition = dict[str, Any]


def numeric(calculator: Any) -> dict[str, str]:
    """The inputs of a calculator that are numbers, and their kind."""
    return {item["id"]: item["kind"] for item in calculator["inputs"] if item["kind"] in PLACEMENT}


def holds(condition: Condition, typed: dict[str, str]) -> bool:
    """Whether a condition holds for inputs as a worked case types them; written apart from the engine."""
    value = typed.get(condition["input"])
    if value is None:
        return False
    if "values" in condition:
        return value in condition["values"]
    if "unit" not in condition:
        return (value == condition["value"]) == (condition["op"] == "eq")
    number, limit = as_number(value), Fraction(condition["value"])
    if number is None:
        return False
    return {
        "lt": number < limit,
        "le": number <= limit,
        "gt": number > limit,
        "ge": number >= limit,
        "eq": number == limit,
        "ne": number != limit,
    }[condition["op"]]


def as_number(typed: str) -> Fraction | None:
    """A number that a worked case types plainly."""
    return Fraction(typed) if re.fullmatch(r"[0-9]+(\.[0-9]+|/[0-9]+)?", typed) else None


def by_option(conditions: list[Condition]) -> Iterator[list[Condition]]:
    """The conditions once for each option that an `in` among them allows: each drug has thresholds of its own."""
    split = next((item for item in conditions if "values" in item), None)
    if split is None:
        yield conditions
        return
    rest = [item for item in conditions if item is not split]
    for option in split["values"]:
        yield [*rest, {"input": split["input"], "op": "eq", "value": option}]


def thresholds(calculator: Any) -> Iterator[tuple[str, Condition, list[Condition]]]:
    """Every numeric condition of a row, rule or risk: whose it is, itself, and the conditions on other inputs."""
    for part in (*calculator["rows"], *calculator["caveat_rules"], *calculator["risks"]):
        for conditions in by_option(part["when"]):
            for condition in conditions:
                if condition["input"] in numeric(calculator):
                    others = [item for item in conditions if item["input"] != condition["input"]]
                    yield part["id"], condition, others


def sides(condition: Condition, *, whole: bool) -> set[str]:
    """On which sides of a threshold a worked case must stand for the condition to be tried on both."""
    if condition["op"] in ("eq", "ne") or not whole:
        return {"below", "at", "above"} if condition["op"] in ("eq", "ne") else {"below", "at"}
    return {"below", "at"} if condition["op"] in ("lt", "ge") else {"at", "above"}


def side(typed: dict[str, str], condition: Condition, nearness: Fraction) -> str:
    """Where a worked case stands beside a threshold, when it stands near it."""
    number = as_number(typed.get(condition["input"], ""))
    if number is None:
        return ""
    distance = number - Fraction(condition["value"])
    if abs(distance) > nearness:
        return ""
    return "at" if distance == 0 else "above" if distance > 0 else "below"


def test_every_threshold_has_cases_on_both_sides(data: Any) -> None:
    """For each numeric condition there are worked cases just beside its threshold that differ in nothing else.

    The other conditions of the row hold in all of them, so that each case decides between this row and its neighbour.
    """
    tried = 0
    missing = []
    for calculator in data["calculators"]:
        kinds = numeric(calculator)
        for owner, condition, others in thresholds(calculator):
            kind = kinds[condition["input"]]
            cases = [
                case["inputs"] for case in calculator["cases"] if all(holds(item, case["inputs"]) for item in others)
            ]
            found = {side(typed, condition, PLACEMENT[kind]) for typed in cases}
            wanted = sides(condition, whole=kind == "integer")
            tried += 1
            if not wanted <= found:
                missing.append((owner, condition, others, sorted(wanted - found)))
    assert missing == []
    assert tried > 40


@pytest.mark.parametrize("drug", list(TABLE_1))
@pytest.mark.parametrize("threshold", ["30", "60"])
def test_every_drug_is_tried_at_each_clearance(data: Any, drug: str, threshold: str) -> None:
    """For each drug there are worked cases just below, at and just above 30 and 60 mL/min."""
    [bma] = [item for item in data["calculators"] if item["id"] == "bma-dose"]
    condition = {"input": "crcl", "op": "lt", "value": threshold, "unit": "mL/min"}
    cases = [case["inputs"] for case in bma["cases"] if case["inputs"].get("drug") == drug]
    assert {side(typed, condition, PLACEMENT["quantity"]) for typed in cases} >= {"below", "at", "above"}


def test_thresholds_stand_in_the_source_or_are_the_sites(guideline: Guideline) -> None:
    """A row compares with a number of a cell of the source, except for the age of 18, the site's own, which says so."""
    [bma] = [item for item in guideline.calculators if item.id == "bma-dose"]
    conditions = [condition for group in bma.groups for row in group.rows for condition in (*group.given, *row.when)]
    own = {(item.input, str(item.value)) for item in conditions if isinstance(item.value, Decimal)}
    assert own == {("age", "18")}
    assert "S2" in {key for group in bma.groups for row in group.rows for key in row.outcome.caveats}
