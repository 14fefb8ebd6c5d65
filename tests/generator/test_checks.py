"""What the checks say beyond their fixtures: records that were left out, and the other ways to be wrong."""

import typing
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel
from tiny_guideline import GUIDELINE, Break

from generator import record_docs
from generator.checks import check_folder, run
from generator.checks.carriers import carrier_text, holds_figure
from generator.checks.prose import PROSE
from generator.findings import CODES, Where, finding_code
from generator.load import LISTS, SINGLE, load
from generator.models import base
from generator.models.guideline import Guideline
from generator.models.table import Cell

# Ids, paths, units, what is printed as it was published, and words for searching
NO_PROSE = {
    "Account": "by figures not_clinical",
    "Alternative": "value",
    "BoardEntry": "to",
    "Calculator": "carry_to",
    "CellAccount": "by figures",
    "Choice": "alternatives value",
    "Column": "units",
    "Condition": "cell unit value values",
    "Coverage": "figures",
    "DoseQuestion": "inputs",
    "Drug": "english table_rows",
    "Expectation": "alternatives display listed unit value",
    "Grade": "id",
    "Link": "to",
    "Locator": "column section",
    "Metadata": "cite_as edition language superseded_by supersedes version",
    "Note": "mark",
    "OutcomeRule": "listed usage value",
    "ParagraphAccount": "section",
    "PathQuestion": "answers",
    "PathwayCase": "answers",
    "Publication": "bodies doi edition title",
    "Quantity": "unit",
    "Reference": "authors doi issue journal pages title volume",
    "ReferenceAccount": "by",
    "RelatedDocument": "citation title",
    "Review": "by",
    "Risk": "item",
    "NotCovered": "name say",
    "SearchWord": "means say to",
    "SearchWords": "brand colloquial english",
    "Section": "number",
    "Statement": "grade",
    "Term": "abbreviation english",
    "ToldBy": "affiliation authors doi issue journal pages title",
    "UnitLimits": "unit",
    "WorkedCase": "inputs",
}


def codes(folder: Path) -> list[str]:
    """The codes that are found in a folder."""
    return [item.code for item in check_folder(folder)[1]]


def models() -> list[type[BaseModel]]:
    """Every model that a YAML file can hold."""
    return list(
        dict.fromkeys(
            inner for model in (*SINGLE.values(), *LISTS.values()) for inner in record_docs.models_inside(model)
        )
    )


def holds_text(hint: object) -> bool:
    """Whether a type can hold a text."""
    return hint == base.Text or any(map(holds_text, get_args(hint)))


def test_every_text_is_either_prose_or_not() -> None:
    """Each text of each model is read by the checks of style, or is listed here as no prose."""
    texts = {
        f"{model.__name__}.{name}"
        for model in models()
        for name, hint in typing.get_type_hints(model, include_extras=True).items()
        if name in model.model_fields and holds_text(hint)
    }
    prose = {f"{model.__name__}.{name}" for model, names in PROSE.items() for name in names}
    no_prose = {f"{model}.{name}" for model, names in NO_PROSE.items() for name in names.split()}
    assert texts - prose == no_prose
    assert prose <= texts


def test_a_code_is_declared_once_and_documented() -> None:
    """A second declaration of a code, or one without a docstring, is refused at once."""

    def without_docstring() -> None:
        pass

    with pytest.raises(ValueError, match="GL999 needs one declaration"):
        finding_code("GL999")(without_docstring)
    with pytest.raises(ValueError, match="GL101 needs one declaration"):
        finding_code("GL101")(test_a_code_is_declared_once_and_documented)
    assert "GL999" not in CODES


def test_a_broken_record_is_not_reported_twice(broken: Break) -> None:
    """What leads to a record that could not be loaded is not reported, nor what only seems to be missing."""
    folder = broken("statements.yaml", "  kind: safety\n", "  kind: safe\n")
    assert codes(folder) == ["GL007"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("tables.yaml", "  title: Doses\n", ""),
        ("references.yaml", "  journal: Journal of Examples\n  year: 2019", "  year: 2019"),
        ("drugs.yaml", "  name: Placebomab\n", ""),
        ("sections.yaml", "title: Treatment, ", ""),
        ("caveats.yaml", "  title: Two doses\n", ""),
        ("calculators.yaml", "  title: Dose\n", ""),
        ("pathways.yaml", "  title: Who gets Exemplamab\n", ""),
        ("glossary.yaml", "  term: creatinine clearance\n", ""),
        ("teaching.yaml", "  title: A dose at weak kidneys\n", ""),
        ("coverage.yaml", "reference_count: 3\n", ""),
    ],
)
def test_one_broken_record_of_any_kind_is_one_finding(broken: Break, file: str, old: str, new: str) -> None:
    """Whatever kind of record is broken, its own finding is the only one."""
    assert codes(broken(file, old, new)) == ["GL006"]


@pytest.mark.parametrize("name", [*LISTS, "coverage"])
def test_one_unreadable_file_is_one_finding(broken: Break, name: str) -> None:
    """A file that is not YAML at all gives one finding, not one for everything that leads into it."""
    folder = broken("guideline.yaml", "version: 0.1.0", "version: 0.1.0")
    path = folder / f"{name}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n- [\n", encoding="utf-8")
    assert codes(folder) == ["GL001"]


def test_other_mistakes_are_found_beside_a_broken_record(broken: Break) -> None:
    """One broken record does not hide a mistake in another."""
    broken("statements.yaml", "  kind: safety\n", "  kind: safe\n")
    folder = broken("statements.yaml", "refs: [1, 2]", "refs: [1, 22]")
    assert codes(folder) == ["GL101", "GL007"]


def test_nothing_is_said_of_a_guideline_that_cannot_be_loaded(tmp_path: Path) -> None:
    """Without guideline.yaml there are only the findings of loading."""
    guideline, findings = check_folder(tmp_path)
    assert guideline is None
    assert {item.code for item in findings} == {"GL010"}


# Code and what is wrong -> file, what is replaced, by what
MORE = {
    "GL101 guideline.reference": ("guideline.yaml", "reference: 1", "reference: 9"),
    "GL103": ("statements.yaml", "refs: [1, 2]", "refs: [1, 2, 3]"),
    "GL202 caveat": ("caveats.yaml", "  source: {table: 1, row: 2}\n", ""),
    "GL204 uncited": ("references.yaml", "uncited: G2", "uncited: G5"),
    "GL205 itself": ("statements.yaml", "related: [renal-rule]", "related: [dosing-exemplamab]"),
    "GL206 parent": ("sections.yaml", "parent: treatment", "parent: treatments"),
    "GL206 table": ("tables.yaml", "section: treatment", "section: treatments"),
    "GL207 itself": ("sections.yaml", "parent: treatment", "parent: safety"),
    "GL208 calculator": ("calculators.yaml", "  caveats: [S1]\n", "  caveats: [S1]\n  statements: [none]\n"),
    "GL210 cell": ("tables.yaml", "{text: by mouth}", "{text: 'by {way}'}"),
    "GL210 not filled in": ("caveats.yaml", "The source gives two", "The source {gives} two"),
    "GL210 half": ("statements.yaml", "is given in a dose of {low}", "is given} in a dose of {low}"),
    "GL211 item": (
        "tables.yaml",
        "text: none is known",
        "text: none is known, values: {n: {exactly: 1, unit: '%'}}",
    ),
    "GL211 note": (
        "tables.yaml",
        "statement: renal-rule}",
        "statement: renal-rule, values: {n: {exactly: 1, unit: h}}}",
    ),
    "GL302 row": ("tables.yaml", "    - id: placebomab\n", "    - id: exemplamab\n"),
    "GL304 column": ("tables.yaml", "units: [week]", "units: [week, weeks]"),
    "GL305 column": ("tables.yaml", "kind: quantity, units: [week]", "kind: quantity"),
    "GL306 note": ("tables.yaml", "statement: renal-rule}", "statement: renal}"),
    "GL501 integer": (
        "calculators.yaml",
        "min: 18, max: 120}]",
        "min: 18, max: 120}, {unit: month, min: 1, max: 9}]",
    ),
    "GL501 none": ("calculators.yaml", "      units: [{unit: kg, min: 20, max: 300}]\n", ""),
    "GL503 twice": (
        "calculators.yaml",
        "{unit: mg/dL, min: 0.2, max: 22}",
        "{unit: µmol/L, min: 20, max: 22}",
    ),
    "GL504 units": ("calculators.yaml", "kind: yes_no,", "kind: yes_no, units: [{unit: h, min: 1, max: 2}],"),
    "GL504 options": ("calculators.yaml", "kind: yes_no,", "kind: yes_no, options: [{id: a, label: A}],"),
    "GL506 option": ("calculators.yaml", "{id: male, label", "{id: female, label"),
    "GL507 calculator": ("calculators.yaml", "dose.crcl", "doses.crcl"),
    "GL507 kind": ("calculators.yaml", "dose.crcl", "dose.age"),
    "GL512 in": (
        "calculators.yaml",
        "op: gt, cell: dosing/exemplamab/risk-factors/age/from",
        "op: in, values: ['5']",
    ),
    "GL513 yes_no": ("calculators.yaml", "op: eq, value: yes}", "op: eq, value: true-ish}"),
    "GL513 empty": ("calculators.yaml", "values: [other]", "values: []"),
    "GL513 cell": ("calculators.yaml", "op: in, values: [other]", "op: ne, cell: renal-rule/stop"),
    "GL513 word": ("calculators.yaml", "op: ge, value: 30, unit", "op: ge, value: thirty, unit"),
    "GL514 none": ("calculators.yaml", "op: ge, value: 30, unit: mL/min", "op: ge, value: 30"),
    "GL514 unknown": ("calculators.yaml", "op: ge, value: 30, unit: mL/min", "op: ge, value: 30, unit: ml/m"),
    "GL514 of a choice": ("calculators.yaml", "op: eq, value: yes}", "op: eq, value: yes, unit: h}"),
    "GL514 beside a cell": (
        "calculators.yaml",
        "op: lt, cell: renal-rule/stop",
        "op: lt, unit: h, cell: renal-rule/stop",
    ),
    "GL514 of a cell": (
        "calculators.yaml",
        "op: lt, cell: renal-rule/stop",
        "op: lt, cell: dosing/exemplamab/dose",
    ),
    "GL515 two numbers": (
        "calculators.yaml",
        "op: gt, cell: dosing/exemplamab/risk-factors/age/from",
        "op: gt, cell: dosing/exemplamab/interval",
    ),
    "GL528 undetermined": (
        "calculators.yaml",
        "usage: dosing/placebomab\n            usage_is_for: standard_dose\n",
        "usage: dosing/placebomab\n",
    ),
    "GL528 another cell": (
        "calculators.yaml",
        "value: dosing/exemplamab/dose\n",
        "value: dosing/placebomab/dose\n",
    ),
    "GL528 said": (
        "calculators.yaml",
        "usage: dosing/placebomab\n            usage_is_for: standard_dose",
        "usage: dosing/placebomab\n            usage_is_for: this_dose",
    ),
    "GL701 range": ("tables.yaml", "range: [1, 2], unit: h", "range: [1, 2.0], unit: h"),
    "GL521 usage": ("calculators.yaml", "usage: dosing/placebomab", "usage: dosing/placebo"),
    "GL521 cell": ("calculators.yaml", "op: lt, cell: renal-rule/stop", "op: lt, cell: renal-rule/stopp"),
    "GL522 none": ("calculators.yaml", "            value: renal-rule/reduced\n", ""),
    "GL522 one": (
        "calculators.yaml",
        "              - {value: dosing-placebomab/high, reading: as the sentence says}\n",
        "",
    ),
    "GL523 reading": ("calculators.yaml", "value: dosing-placebomab/high", "value: renal-rule/reduced"),
    "GL533 error": (
        "calculators.yaml",
        "value: 100, unit: mL/min, display",
        "value: 100, unit: mL/min, field: age, display",
    ),
    "GL602 paragraph": ("coverage.yaml", '  - section: "1.1"\n', '  - section: "1"\n'),
    "GL602 twice": ("coverage.yaml", "{sentence: 2, by: [renal", "{sentence: 1, by: [renal"),
    "GL602 cell": ("coverage.yaml", "{note: 1, by", "{note: 2, by"),
    "GL603 cell": ("coverage.yaml", "by: dosing/notes/weak-kidneys", "by: dosing/notes/kidneys"),
    "GL603 no table": ("coverage.yaml", "by: dosing/notes/weak-kidneys", "by: doses/notes/weak-kidneys"),
    "GL603 long": ("coverage.yaml", "by: dosing/notes/weak-kidneys", "by: dosing/notes/weak-kidneys/more"),
    "GL603 picture": ("coverage.yaml", "figures: [G1]", "figures: [G7]"),
    "GL604 both": ("coverage.yaml", "not_clinical: says", "by: [crcl], not_clinical: says"),
    "GL605 cell": ("coverage.yaml", "figures: [4 mg]", "figures: [14 mg]"),
    "GL606 count": ("coverage.yaml", "reference_count: 3", "reference_count: 4"),
    "GL812 none": ("drugs.yaml", "  table_rows: [dosing/placebomab]\n", ""),
    "GL813 row": ("drugs.yaml", "table_rows: [dosing/placebomab]", "table_rows: [dosing/exemplamab]"),
}


@pytest.mark.parametrize("name", MORE)
def test_a_code_has_more_than_one_way(broken: Break, name: str) -> None:
    """Each of the other ways to make a mistake is found too, under the code of its rule."""
    assert name[:5] in codes(broken(*MORE[name]))


def test_a_locator_outside_the_account_is_a_warning(broken: Break) -> None:
    """A statement that names a paragraph that the source does not have is found."""
    folder = broken("statements.yaml", '{section: "1", paragraph: 1,', '{section: "1", paragraph: 9,')
    assert codes(folder) == ["GL607", "GL607"]


def test_cases_wait_until_every_calculator_is_sound(broken: Break) -> None:
    """How a result is rounded depends on all calculators: no case is run while one of them is broken."""
    broken("calculators.yaml", "{unit: kg, min: 20, max: 300}", "{unit: kg, min: 300, max: 20}")
    folder = broken("calculators.yaml", "{kind: fixed, value: 4, unit: mg}", "{kind: fixed, value: 40, unit: mg}")
    assert codes(folder) == ["GL502"]


def test_a_gap_is_found_while_another_calculator_is_broken(broken: Break) -> None:
    """The decision table of a sound calculator is looked at whatever the others are like."""
    broken("calculators.yaml", "{unit: kg, min: 20, max: 300}", "{unit: kg, min: 300, max: 20}")
    folder = broken("calculators.yaml", "op: ge, value: 30, unit", "op: gt, value: 30, unit")
    assert sorted(codes(folder)) == ["GL502", "GL531"]


def test_a_guideline_without_an_account_is_complete(tmp_path: Path, broken: Break) -> None:
    """coverage.yaml is not required: without it nothing is said about the source's sentences."""
    folder = broken("guideline.yaml", "version: 0.1.0", "version: 0.1.0")
    (folder / "coverage.yaml").unlink()
    assert codes(folder) == []


HINTS = {
    "own value": ("statements.yaml", "a dose of {low}", "a dose of {lwo}", "Did you mean 'low'? There is: low, high"),
    "no own value": (
        "statements.yaml",
        "should be given Exemplamab.",
        "should be given {dose}.",
        "Add it under 'values'; a number of a cell is {table/row/column}",
    ),
    "cell": (
        "statements.yaml",
        "{dosing/exemplamab/dose}",
        "{dosing/exemplamab/doses}",
        "Did you mean 'dosing/exemplamab/dose'? There is: dosing/exemplamab/dose, dosing/exemplamab/duration, "
        "dosing/exemplamab/interval, dosing/exemplamab/risk-factors/age/from",
    ),
    "table": ("statements.yaml", "{dosing/exemplamab/dose}", "{doseing/exemplamab/dose}", "Did you mean 'dosing'?"),
    "statement's value": (
        "calculators.yaml",
        "value: renal-rule/reduced",
        "value: renal-rule/quux",
        "There is: renal-rule/reduce, renal-rule/stop, renal-rule/reduced",
    ),
    "another drug's row": (
        "statements.yaml",
        "{dosing/exemplamab/dose}",
        "{dosing/zoledronate/dose}",
        "'dosing' has no row 'zoledronate'; it has: exemplamab, placebomab",
    ),
    "a misspelt row": (
        "statements.yaml",
        "{dosing/exemplamab/dose}",
        "{dosing/exemplmab/dose}",
        "Did you mean 'dosing/exemplamab/dose'?",
    ),
    "usage of another row": (
        "calculators.yaml",
        "            value: dosing/exemplamab/dose\n",
        "            value: dosing/placebomab/dose\n",
        "The number is of the row 'dosing/placebomab' and the usage of 'dosing/exemplamab': "
        "correct one of the two paths",
    ),
    "op": (
        "calculators.yaml",
        "input: nsaid, op: eq, value: yes",
        "input: nsaid, op: gt, value: yes",
        "eq: equal, ne: not equal, in: one of the 'values'",
    ),
}


@pytest.mark.parametrize("name", HINTS)
def test_a_hint_lists_what_is_near(broken: Break, name: str) -> None:
    """What was probably meant comes first, then what else is there."""
    file, old, new, hint = HINTS[name]
    assert check_folder(broken(file, old, new))[1][0].hint == hint


def test_a_gap_is_shown_at_the_group_that_nearly_answers(broken: Break) -> None:
    """The caret is at the group most of whose conditions hold, and at all groups when none holds."""
    folder = broken("calculators.yaml", "op: ge, value: 30, unit", "op: gt, value: 30, unit")
    [gap] = [item for item in check_folder(folder, "g")[1] if item.code == "GL531"]
    assert gap.where == Where("g/calculators.yaml", 29, 14)
    folder = broken("calculators.yaml", "values: [other]", "values: [placebomab]")
    found = [item.where for item in check_folder(folder, "g")[1] if item.code == "GL531"]
    assert Where("g/calculators.yaml", 29, 5) in found


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["exemplamab"], ["GL814"]),
        (["Exemplin"], ["GL814"]),
        (["Placebomab", "Exemplamab"], []),
        (["Placebomab or Exemplamab"], []),
    ],
)
def test_a_row_about_one_drug_names_no_other(tiny: Guideline, texts: list[str], found: list[str]) -> None:
    """Any name of another drug is found, in whatever case; beside the row's own drug it is what the source says."""
    table = tiny.table_by_id["dosing"]
    first, row = table.rows
    cells = row.cells | {f"text-{number}": Cell(text=text) for number, text in enumerate(texts)}
    rows = (first, row.model_copy(update={"cells": cells}))
    drugs = (tiny.drugs[0].model_copy(update={"names": ("Exemplin",)}), *tiny.drugs[1:])
    changed = {"tables": (table.model_copy(update={"rows": rows}),), "drugs": drugs}
    assert [item.code for item in run(tiny.model_copy(update=changed)) if item.code == "GL814"] == found


def test_a_percentage_keeps_its_digits(broken: Break) -> None:
    """It is a result and no dose."""
    folder = broken("tables.yaml", "text: \"an age of {from}\", values: {from: {more_than: 65, unit: age-year}}",
                    "text: \"an age of {from}, {part}\", "
                    "values: {from: {more_than: 65, unit: age-year}, part: {exactly: 5.0, unit: '%'}}")  # fmt: skip
    assert codes(folder) == []


STYLE = {
    "GL701": ["Give 5.0 mg once", "Give 2.50 mL/min", "给予 5.0 毫克", "1.0～5.0 mg", "from 1.0 to 2 Gy"],
    "GL702": ["Give .5 mg", "(.25)"],
    "GL703": ["50 μg", "50ug daily"],
    "GL704": ["10mg", "8Gy/1次", "60mL/min", "in 24h"],
    "GL705": ["a > b", "≤ 3", "＜30"],
    "GL706": ["see `code`", "<b>bold</b>", "a&nbsp;b", "[a](b)", "^[18F]", "- item", "# Title", "_so_"],
}
SAFE = (
    "Give 5 mg; Give 0.5 mg; Give 10.5 mg; 1.0%～5.0%; HR 0.90; section 2.10; 50 microgram; 50 微克; "
    "¹⁸F-FDG; 15%～58%; 8 Gy/1 次; 每 4 周 1 次; PD-L1; CD4; in the 1990s; 10:30; 3 × 10; 2*3; a-b; "
    "snake_case_name; 5 岁; β 0.5; e.g. this; A & B; version 1.0"
)


@pytest.fixture(scope="module")
def tiny() -> Guideline:
    """The tiny guideline, loaded."""
    guideline = load(GUIDELINE).guideline
    assert guideline is not None
    return guideline


def with_text(guideline: Guideline, text: str) -> list[str]:
    """The codes of the guideline when a caveat says `text`."""
    first, *others = guideline.caveats
    caveats = (first.model_copy(update={"text": text}), *others)
    return [item.code for item in run(guideline.model_copy(update={"caveats": caveats, "calculators": ()}))]


@pytest.mark.parametrize(("code", "text"), [(code, text) for code in STYLE for text in STYLE[code]])
def test_unsafe_numbers_are_found(tiny: Guideline, code: str, text: str) -> None:
    """Each way to write a number that was misread before is found, and each kind of markup."""
    assert code in with_text(tiny, text)


@pytest.mark.parametrize("text", SAFE.split("; "))
def test_safe_texts_are_left_alone(tiny: Guideline, text: str) -> None:
    """Safe numbers, percentages, isotopes, sections and names are no finding."""
    assert not [code for code in with_text(tiny, text) if code.startswith("GL7")]


@pytest.mark.parametrize(
    ("text", "figure", "held"),
    [
        ("8 Gy", "8 Gy", True),
        ("18 Gy", "8 Gy", False),
        ("8 Gy", "8Gy", True),
        ("1.5 mg", "5 mg", False),
        ("5 mg", "5", True),
        ("5.5 mg", "5", False),
        ("15", "1", False),
        ("15%～58%", "58%", True),
        ("1A 级", "1A", True),
        ("共12条", "12条", True),
        ("2.5", "2", False),
        ("5.", "5", True),
    ],
)
def test_a_figure_is_held_as_a_whole(text: str, figure: str, held: bool) -> None:
    """A figure is not found in a larger number, and white space does not count."""
    assert holds_figure(text, figure) is held


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("renal-rule", "Weak kidneys When the creatinine clearance is less than 30 mL/min"),
        ("G1", "No dose for children The source"),
        ("treatment", "1 Treatment Who gets what."),
        ("exemplamab", "Exemplamab invented antibody"),
        ("crcl", "creatinine clearance CrCl"),
        ("dosing", "Doses Exemplamab into a vein 4 mg over 1 to 2 h"),
        ("dosing/placebomab", "Placebomab by mouth 5 mg"),
        ("dosing/exemplamab/risk-factors", "an age of more than 65 years"),
        ("dosing/notes/weak-kidneys", "* less when"),
        ("dosing/dose", "Dose"),
    ],
)
def test_what_carries_a_sentence_has_a_text(tiny: Guideline, name: str, part: str) -> None:
    """An account may name any record, row, cell, note or column, and its rendered text is compared."""
    assert part in (carrier_text(tiny, name) or "")


@pytest.mark.parametrize("name", ["nothing", "dosing/nothing", "a/b/c", "dosing/notes/none", "a/b/c/d/e"])
def test_what_does_not_exist_carries_nothing(tiny: Guideline, name: str) -> None:
    """A name that leads nowhere has no text."""
    assert carrier_text(tiny, name) is None


def test_places_are_those_of_the_values(broken: Break) -> None:
    """A finding points to the value that is wrong, in its file, line and column."""
    folder = broken("statements.yaml", "refs: [1, 2]", "refs: [1, 22]")
    places = [item.where for item in check_folder(folder, "g")[1] if item.code == "GL101"]
    assert places == [Where("g/statements.yaml", 7, 13)]


def test_a_calculator_that_stands_twice_is_one_finding(broken: Break) -> None:
    """The engine is not handed two calculators of one id, and the first of them is examined all the same."""
    folder = broken("calculators.yaml", "- id: clearance\n", "- id: clearance\n")
    path = folder / "calculators.yaml"
    before, begin, again = path.read_text(encoding="utf-8").partition("- id: clearance\n")
    path.write_text(before + begin + again + begin + again, encoding="utf-8")
    assert codes(folder) == ["GL201"]


def test_any_damage_gives_findings_and_never_a_traceback(broken: Break) -> None:
    """Whichever line of the guideline is lost, the checks go on to the end."""
    folder = broken("guideline.yaml", "version: 0.1.0", "version: 0.1.0")
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        for number in range(1, len(lines), 6):
            path.write_text("".join(lines[:number] + lines[number + 1 :]), encoding="utf-8")
            check_folder(folder)
        path.write_text(text, encoding="utf-8")
