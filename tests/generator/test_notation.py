"""How a clinician writes numbers, conditions and places: what each form means, and where a wrong one is refused."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tiny_guideline import GUIDELINE, Break, copied

from generator import report, source
from generator.addresses import locator_text
from generator.checks import check_folder
from generator.findings import Where
from generator.load import load
from generator.models.quantity import BOUNDS, Condition, Quantity
from generator.models.statement import Locator
from generator.notation import Misread, Written, conditions, limits, places, quantity
from generator.notation.scan import LONGEST
from generator.text import print_quantity

HERE = Where("file.yaml", 7, 11)
GFR = "mL/min/1.73 m²"


def written(text: str) -> Written:
    """A text that stands at column 11."""
    return Written(text, HERE, HERE)


def number(bound: str, *values: str, unit: str) -> dict[str, Any]:
    """The mapping of a quantity."""
    numbers = [Decimal(value) for value in values]
    return {bound: numbers if len(numbers) > 1 else numbers[0], "unit": unit}


QUANTITIES = {
    "30 mL/min": number("exactly", "30", unit="mL/min"),
    "3.5mg": number("exactly", "3.5", unit="mg"),
    "0.10 mg": number("exactly", "0.10", unit="mg"),
    "60 mL/min/1.73 m²": number("exactly", "60", unit=GFR),
    "60 mL/min/1.73m2": number("exactly", "60", unit=GFR),
    "5 µg": number("exactly", "5", unit="microgram"),
    "3–4 weeks": number("range", "3", "4", unit="week"),
    "3-4 weeks": number("range", "3", "4", unit="week"),
    "2～4 h": number("range", "2", "4", unit="h"),
    "２－４ｈ": number("range", "2", "4", unit="h"),
    "2 to 4 h": number("range", "2", "4", unit="h"),
    "2 至 4 小时": number("range", "2", "4", unit="h"),
    "5 mg – 10 mg": number("range", "5", "10", unit="mg"),
    "1.0%～5.0%": number("range", "1.0", "5.0", unit="%"),
    "30–59.9 mL/min": number("range", "30", "59.9", unit="mL/min"),
    "3 or 4 weeks": number("either", "3", "4", unit="week"),
    "4 或 3 周": number("either", "4", "3", unit="week"),
    "< 30 mL/min": number("less_than", "30", unit="mL/min"),
    "＜30 mL/min": number("less_than", "30", unit="mL/min"),
    "less than 30 mL/min": number("less_than", "30", unit="mL/min"),
    "小于 30 mL/min": number("less_than", "30", unit="mL/min"),
    "<= 30 mL/min": number("at_most", "30", unit="mL/min"),
    "≤30 mL/min": number("at_most", "30", unit="mL/min"),
    "At most 3.5 mg": number("at_most", "3.5", unit="mg"),
    "不超过 3.5 mg": number("at_most", "3.5", unit="mg"),
    "≥ 65 岁": number("at_least", "65", unit="age-year"),
    ">= 65 age-year": number("at_least", "65", unit="age-year"),
    "> 15 min": number("more_than", "15", unit="min"),
    "超过 15 分钟": number("more_than", "15", unit="min"),
}


@pytest.mark.parametrize("text", QUANTITIES)
def test_a_quantity_means_exactly_what_is_written(text: str) -> None:
    """Each form gives one bound, the digits that were written, and the unit by its own name; the model takes it."""
    found = quantity(written(text))
    assert found == QUANTITIES[text]
    assert str(found) == str(QUANTITIES[text])  # 0.10 keeps its zero
    assert Quantity.model_validate(found)


def test_what_a_page_prints_can_be_written() -> None:
    """Every bound, as a page prints it in either language, is read back as the same quantity."""
    for language in ("zh-Hans", "en"):
        for bound in BOUNDS:
            values = [Decimal("3"), Decimal("4.5")][: 2 if bound in ("range", "either") else 1]
            for unit in ("mg", "week", "%", "mL/min", GFR, "age-year"):
                value = values if len(values) > 1 else values[0]
                printed = print_quantity(Quantity.model_validate({bound: value, "unit": unit}), language)
                same = "year" if (unit, language) == ("age-year", "en") else unit  # English prints both as years
                assert quantity(written(printed)) == {bound: value, "unit": same}


CONDITIONS: dict[str, list[dict[str, Any]]] = {
    "crcl < 30 mL/min": [{"input": "crcl", "op": "lt", "value": Decimal(30), "unit": "mL/min"}],
    "crcl ≤ 30 mL/min": [{"input": "crcl", "op": "le", "value": Decimal(30), "unit": "mL/min"}],
    "crcl more than 30 mL/min": [{"input": "crcl", "op": "gt", "value": Decimal(30), "unit": "mL/min"}],
    "crcl 不低于 30 mL/min": [{"input": "crcl", "op": "ge", "value": Decimal(30), "unit": "mL/min"}],
    "30 mL/min <= crcl": [{"input": "crcl", "op": "ge", "value": Decimal(30), "unit": "mL/min"}],
    "age >= 65": [{"input": "age", "op": "ge", "value": Decimal(65)}],
    "age = 65 岁": [{"input": "age", "op": "eq", "value": Decimal(65), "unit": "age-year"}],
    "30 <= crcl < 60 mL/min": [
        {"input": "crcl", "op": "ge", "value": Decimal(30), "unit": "mL/min"},
        {"input": "crcl", "op": "lt", "value": Decimal(60), "unit": "mL/min"},
    ],
    "60 mL/min > crcl >= 30 mL/min": [
        {"input": "crcl", "op": "lt", "value": Decimal(60), "unit": "mL/min"},
        {"input": "crcl", "op": "ge", "value": Decimal(30), "unit": "mL/min"},
    ],
    "1 < dose-2 ≤ 2": [
        {"input": "dose-2", "op": "gt", "value": Decimal(1)},
        {"input": "dose-2", "op": "le", "value": Decimal(2)},
    ],
    "crcl 30–59.9 mL/min": [
        {"input": "crcl", "op": "ge", "value": Decimal(30), "unit": "mL/min"},
        {"input": "crcl", "op": "le", "value": Decimal("59.9"), "unit": "mL/min"},
    ],
    "sex = female": [{"input": "sex", "op": "eq", "value": "female"}],
    "sex is not female": [{"input": "sex", "op": "ne", "value": "female"}],
    "drug = a or b or c-2": [{"input": "drug", "op": "in", "values": ["a", "b", "c-2"]}],
    "diabetes 是 yes": [{"input": "diabetes", "op": "eq", "value": "yes"}],
    "crcl < renal/weak/limit": [{"input": "crcl", "op": "lt", "cell": "renal/weak/limit"}],
    "age ≥ 65 且 crcl < statement/low": [
        {"input": "age", "op": "ge", "value": Decimal(65)},
        {"input": "crcl", "op": "lt", "cell": "statement/low"},
    ],
}


@pytest.mark.parametrize("text", CONDITIONS)
def test_a_condition_means_exactly_what_is_written(text: str) -> None:
    """Each form gives its comparisons, which must all hold; the model takes each of them."""
    found = conditions(written(text))
    assert found == CONDITIONS[text]
    assert all(Condition.model_validate(item) for item in found)


PLACES: dict[str, list[dict[str, Any]]] = {
    "section 2.1": [{"section": "2.1"}],
    "§ 2.1, ¶ 2": [{"section": "2.1", "paragraph": 2}],
    "Section 2-end, paragraph 1": [{"section": "2-end", "paragraph": 1}],
    "section 3, paragraph 2, sentences 1–3": [{"section": "3", "paragraph": 2, "sentences": [1, 2, 3]}],
    "section 3, paragraph 2, sentences 1, 3": [{"section": "3", "paragraph": 2, "sentences": [1, 3]}],
    "introduction, paragraph 2": [{"section": "introduction", "paragraph": 2}],
    "第2.1节，第2段，第1、3-4句": [{"section": "2.1", "paragraph": 2, "sentences": [1, 3, 4]}],
    "第２节末第１段": [{"section": "2-end", "paragraph": 1}],
    "table 1, row 2, column Dose (mg)": [{"table": 1, "row": 2, "column": "Dose (mg)"}],
    "table 1, note": [{"table": 1, "note": True}],
    "表 1 表头“剂量（mg）”列": [{"table": 1, "row": 0, "column": "剂量（mg）"}],
    "figure 2": [{"figure": 2}],
    "第 2.1 节第 2 段；表 1": [{"section": "2.1", "paragraph": 2}, {"table": 1}],
}


@pytest.mark.parametrize("text", PLACES)
def test_a_place_means_exactly_what_is_written(text: str) -> None:
    """Each form names one place, or several with a semicolon between them; the model takes each of them."""
    found = places(written(text))
    assert found == PLACES[text]
    assert all(Locator.model_validate(item) for item in found)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_place_as_a_page_prints_it_can_be_written(language: str) -> None:
    """What stands on the pages of the tiny guideline as a place is read back as the same place."""
    guideline = load(GUIDELINE).guideline
    assert guideline is not None
    locators = [item for item in guideline.inside() if isinstance(item, Locator)]
    for locator in locators:
        (found,) = places(written(locator_text(locator, language)))
        assert Locator.model_validate(found) == locator
    assert locators


LIMITS = {
    "1–250 mL/min": {"min": Decimal(1), "max": Decimal(250), "unit": "mL/min"},
    "0.2 - 22 mg/dL": {"min": Decimal("0.2"), "max": Decimal(22), "unit": "mg/dL"},
    "18–120": {"min": Decimal(18), "max": Decimal(120)},
}


@pytest.mark.parametrize("text", LIMITS)
def test_limits_mean_exactly_what_is_written(text: str) -> None:
    """The smallest and the largest number of an input, both of which are taken, and the unit when it has one."""
    assert limits(written(text)) == LIMITS[text]


# Who reads it, the text with ^ before the character that is refused -> what is said
REFUSED: list[tuple[Callable[[Written], object], str, str]] = [
    (quantity, "^", "expected a number, found the end"),
    (quantity, "^about 5 mg", "expected a number, found 'about'"),
    (quantity, "^-5 mg", "expected a number, found '-5'"),
    (quantity, "^.5 mg", "Write a zero before the point"),
    (quantity, "5^. mg", "expected a digit after the point"),
    (quantity, "5^.", "expected a digit after the point, found the end"),
    (quantity, "1^,5 mg", "Write 1.5, with a point"),
    (quantity, "1^，5 mg", "Write 1.5, with a point"),
    (quantity, "1^,000 mg", "A comma can mean two things"),
    (quantity, "1^ 000 mg", "without marks between its digits, found ' '"),
    (quantity, "5^", "expected a unit, found the end"),
    (quantity, "3–4^", "expected a unit, found the end"),
    (quantity, "5 ^mgg", "Known: microgram, mg, g, "),
    (quantity, "5 ^mg/kg/day", "expected a known unit, found 'mg/kg/day'"),
    (quantity, "1^e3 mg", "expected a known unit, found 'e3'"),
    (quantity, "5 mg ^daily", "expected the end after the unit, found 'daily'"),
    (quantity, "3 mg–4 ^g", "the unit of the first number, 'mg', found 'g'"),
    (quantity, "3 mg–4^", "expected the unit behind the second number, found the end"),
    (quantity, "4–^3 h", "expected a number above 4, found 3"),
    (quantity, "3–^3 h", "expected a number above 3, found 3"),
    (quantity, "at most ^3–4 mg", "expected one number after a bound"),
    (quantity, "65 岁^以上", "'以上' can be read in two ways"),
    (quantity, "65^以下", "can be read in two ways"),
    (quantity, "5" * LONGEST + "^ mg", f"expected at most {LONGEST} characters"),
    (limits, "^5 mg", "expected the smallest and the largest number"),
    (limits, "1–250 ^mL/mn", "Known: microgram, mg, g, "),
    (conditions, "^Crcl < 3", "expected the id of an input, found 'Crcl'"),
    (conditions, "crcl^", "expected a comparison"),
    (conditions, "crcl 30^", "expected a dash and a second number"),
    (conditions, "crcl < ^thirty", "expected a number, or the path of a cell"),
    (conditions, "crcl < 30 ^mL/mn", "Known: microgram, mg, g, "),
    (conditions, "crcl < 30 mL/min^, age > 5", "expected 'and' or the end"),
    (conditions, "crcl < 30 mL/min and ^", "expected the id of an input, found the end"),
    (conditions, "age 65 岁^以上", "can be read in two ways"),
    (conditions, "30 ^crcl", "expected a comparison (<, <=, > or >=), found 'crcl'"),
    (conditions, "30 ^= crcl", "expected a comparison (<, <=, > or >=), found '='"),
    (conditions, "30 < ^5", "expected the id of an input"),
    (conditions, "30 <= crcl ^> 60", "expected two comparisons in one direction"),
    (conditions, "60 <= crcl < ^30", "expected a number above 60, found 30"),
    (conditions, "^30 > crcl >= 60", "expected a number above 60, found 30"),
    (conditions, "30 <= crcl < ^30", "expected a number above 30, found 30"),
    (conditions, "crcl 60–^30", "expected a number above 60, found 30"),
    (conditions, "30 ^mL/min <= crcl < 60", "expected the unit behind the second number"),
    (conditions, "30 mL/min <= crcl < 60 ^mg", "expected the unit of the first number"),
    (conditions, "x = ^", "expected the id of an option"),
    (conditions, "x = a or ^", "expected an option's id"),
    (conditions, "x != a or ^b", "can be read in two ways"),
    (places, "^p. 3", "expected 'section', 'table' or 'figure' with its number"),
    (places, "section 2.1, ^sentence 3", "expected a part of the place"),
    (places, "section 2.1, ^paragraph two", "expected a part of the place"),
    (places, "section 1, paragraph 1, sentences 3–^1", "expected a number above 3, found 1"),
    (places, "table 1; ^2", "expected 'section', 'table' or 'figure'"),
]


@pytest.mark.parametrize(("read", "marked", "said"), REFUSED, ids=[row[1][:40] for row in REFUSED])
def test_what_cannot_be_read_is_refused_at_its_character(
    read: Callable[[Written], object], marked: str, said: str
) -> None:
    """The error points at the character that does not fit and says what was expected there."""
    offset = marked.index("^")
    with pytest.raises(Misread) as caught:
        read(written(marked.replace("^", "", 1)))
    assert (caught.value.offset, said in f"{caught.value.message} {caught.value.hint}") == (offset, True), caught.value


def in_words(value: Any, key: str = "") -> Any:
    """A file of the tiny guideline with its numbers, conditions and places in words."""
    if isinstance(value, dict):
        bounds = {"exactly": "{} {}"} | {bound: f"{bound.replace('_', ' ')} {{}} {{}}" for bound in BOUNDS[1:5]}
        match value:
            case {"unit": unit, **rest} if len(rest) == 1 and next(iter(rest)) in bounds:
                ((bound, one),) = rest.items()
                return bounds[bound].format(one, unit)
            case {"unit": unit, "range": [low, high], **rest} if not rest:
                return f"{low}–{high} {unit}"
            case {"unit": unit, "either": [one, other], **rest} if not rest:
                return f"{one} or {other} {unit}"
            case {"unit": unit, "min": low, "max": high, **rest} if not rest:
                return f"{low}–{high} {unit}"
            case {"input": name, "op": op, **rest} if len(rest.get("values", "..")) > 1:
                sign = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "=", "ne": "!=", "in": "="}[op]
                than = (
                    rest.get("cell") or " or ".join(rest.get("values", ())) or f"{rest['value']} {rest.get('unit', '')}"
                )
                return f"{name} {sign} {than}".strip()
        if key == "source":
            return locator_text(Locator.model_validate(value), "en")
        return {name: in_words(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [in_words(inner, key) for inner in value]
    return value


def test_a_guideline_in_words_is_the_same_guideline(tmp_path: Path) -> None:
    """The tiny guideline with every number, condition, limit and place in words is the same record by record."""
    folder = copied(tmp_path / "example-fever")
    texts = 0
    for path in folder.glob("*.yaml"):
        data, findings = source.read(path)
        assert findings == []
        changed = json.dumps(in_words(data), ensure_ascii=False, default=float, indent=1)
        texts += changed != json.dumps(data, ensure_ascii=False, default=float, indent=1)
        path.write_text(changed, encoding="utf-8")
    guideline, findings = check_folder(folder)
    assert texts >= 5
    assert findings == []
    original = load(GUIDELINE).guideline
    assert guideline is not None
    assert original is not None
    assert guideline.model_dump() == original.model_dump()


@pytest.mark.parametrize(
    ("now", "caret"),
    [
        ("{quantity: 5 mgg, caveats: [X1]}", "mgg"),
        ('{quantity: "5 mgg", caveats: [X1]}', "mgg"),
        ("{quantity: '5 mgg', caveats: [X1]}", "mgg"),
        ('{quantity: "5 \\u006dgg", caveats: [X1]}', '"5 \\u006d'),
        ("{quantity: 5 Gy, caveats: [X1]}", "Gy"),
    ],
    ids=["plain", "double quotes", "single quotes", "escapes", "a check's finding"],
)
def test_a_caret_stands_under_the_character(broken: Break, now: str, caret: str) -> None:
    """In the report the caret is below the character that is wrong, in quotes or not; else below the value."""
    folder = broken("tables.yaml", "{quantity: {exactly: 5, unit: mg}, caveats: [X1]}", now)
    found = [item for item in check_folder(folder, "guideline")[1] if item.where.file.endswith("tables.yaml")]
    shown = report.text(found, report.line_reader(folder.parent)).splitlines()
    assert shown[1].index(caret) == shown[2].index("^")


def test_the_rest_of_a_record_is_still_checked(broken: Break) -> None:
    """A notation that cannot be read does not hide another mistake in its record."""
    broken("statements.yaml", "low: {exactly: 5, unit: mg}", "low: 5,5 mg")
    folder = broken("statements.yaml", "  kind: safety\n", "  kind: safe\n")
    found = [item.code for item in check_folder(folder)[1]]
    assert sorted(found) == ["GL007", "GL021"]


READERS: dict[str, Callable[[Written], object]] = {
    "Numbers with a unit": quantity,
    "Conditions": conditions,
    "Places in the source": places,
}
GUIDE = (Path(__file__).parents[2] / "docs" / "how-to" / "notation.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[tuple[list[str], str]]:
    """The rows of the table below a heading of the guide: what is written in the first cell, and the second one."""
    part = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| `")]
    return [([text for text in re.findall("`([^`]+)`", row[0]) if not text.startswith("…")], row[1]) for row in cells]


@pytest.mark.parametrize("heading", READERS)
def test_the_guide_is_true(heading: str) -> None:
    """Each form in the guide for authors is read, and as the mapping beside it where one stands there."""
    for texts, meaning in rows(heading):
        for text in texts:
            found = READERS[heading](written(text))
            stands_for = re.match(r"`(\{.+?\})`", meaning)
            if stands_for and text == texts[0]:
                expected = source.parse(f"- {stands_for[1]}", "guide")[0]
                assert (found if isinstance(found, list) else [found]) == expected
    assert rows(heading)


def test_what_the_guide_says_is_refused_is_refused() -> None:
    """Each form that the guide calls wrong is refused by every reader."""
    refused = [text for texts, _ in rows("What is refused") for text in texts]
    for text in refused:
        for read in READERS.values():
            with pytest.raises(Misread):
                read(written(text))
    assert len(refused) > 10
