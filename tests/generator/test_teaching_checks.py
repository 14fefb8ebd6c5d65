"""Teaching cases that are wrong in other ways than their fixtures, and those that wait until a rule is sound."""

import pytest
from tiny_guideline import Break

from generator.checks import check_folder

FILE = "teaching.yaml"
CHILD = "answers: {how-old: child}"
CHOICES = "choices: [standard-dose, children, stop-exemplamab]"

# Code and what is wrong → what is replaced, by what
WAYS = {
    "GL006 ask": ("        ask: Where does the pathway lead?\n", ""),
    "GL007 neither kind": ("    - path:\n        ask: Where", "    - {}\n    - path:\n        ask: Where"),
    "GL901 another end": ("expect: reduced-dose", "expect: standard-dose"),
    "GL901 not on the way": (CHILD, "answers: {how-old: child, which-drug: placebomab}"),
    "GL901 not taken": ("how-clear: 29.9}", "how-clear: 29.9 mg}"),
    "GL901 two readings": (
        "expect: {kind: at_most, value: 2, unit: mg}",
        "expect: {kind: undetermined, alternatives: [2, 4]}",
    ),
    "GL902 calculator": ("calculator: dose", "calculator: doses"),
    "GL902 input": ("age: 40, crcl: 29.9}", "ages: 40, crcl: 29.9}"),
    "GL902 field": ("- {kind: stop}", "- {kind: refused, field: clearance}"),
    "GL902 pathway": ("pathway: treatment\n        answers: {how-old: child}", "pathway: x\n        answers: {}"),
    "GL902 question": (CHILD, "answers: {how-tall: child}"),
    "GL902 question that ends a walk": (CHILD, "answers: {children: child}"),
    "GL902 option": (CHILD, "answers: {how-old: old}"),
    "GL902 choice": (CHOICES, "choices: [standard-dose, children, how-old]"),
    "GL903 walk": (CHOICES, "choices: [standard-dose, stop-exemplamab]"),
    "GL904 one": (CHOICES, "choices: [children]"),
    "GL904 walk": (CHOICES, "choices: [children, standard-dose, children]"),
    "GL904 same words": ("- {kind: fixed, value: 4 mg}", "- {kind: fixed, value: 2mg}"),
    "GL905 no value": ("- {kind: stop}", "- {kind: fixed}"),
    "GL905 one reading": ("- {kind: stop}", "- {kind: undetermined, alternatives: [2 mg]}"),
    "GL905 no number": ("- {kind: stop}", "- {kind: fixed, value: little}"),
    "GL905 no unit": ("- {kind: stop}", "- {kind: fixed, value: '7'}"),
    "GL905 unknown unit": ("- {kind: stop}", "- {kind: undetermined, alternatives: [2 mg, 3 spoons]}"),
    "GL905 field": ("- {kind: stop}", "- {kind: stop, field: crcl}"),
    "GL907 part of another number": ("creatinine clearance 29.9 mL/min", "creatinine clearance 129.9 mL/min"),
    "GL907 more digits": ("- 40 years old", "- 40.5 years old"),
}


@pytest.mark.parametrize("name", WAYS)
def test_each_way_to_be_wrong_is_found(broken: Break, name: str) -> None:
    """Each mistake is found under the code of its rule."""
    found = check_folder(broken(FILE, *WAYS[name]))[1]
    assert name[:5] in {item.code for item in found}
    assert {item.where.file.rpartition("/")[2] for item in found} == {FILE}


@pytest.mark.parametrize(
    ("typed", "told"), [("29.9", "29.9."), ("29.9", "29.9 mL/min"), ("29.9 mL/min", "(29.9)"), ("29.9", "≈29.9,")]
)
def test_a_number_is_told_whatever_stands_around_it(broken: Break, typed: str, told: str) -> None:
    """The number of an input is found in the patient's lines, with or without its unit, before any sign."""
    broken(FILE, "creatinine clearance 29.9 mL/min.", f"creatinine clearance {told}")
    assert check_folder(broken(FILE, "crcl: 29.9}", f"crcl: {typed}}}"))[1] == []


def test_a_changed_rule_breaks_the_case(broken: Break) -> None:
    """When the source's ceiling is corrected and the worked case with it, the stale teaching case is found."""
    broken("statements.yaml", "reduced: {at_most: 2, unit: mg}", "reduced: {at_most: 3, unit: mg}")
    broken("coverage.yaml", "at most 2 mg", "at most 3 mg")
    folder = broken("calculators.yaml", "{kind: at_most, value: 2, unit: mg,", "{kind: at_most, value: 3, unit: mg,")
    assert [item.code for item in check_folder(folder)[1]] == ["GL901"]


def test_cases_wait_until_the_rules_are_sound(broken: Break) -> None:
    """A mistake in a calculator or a pathway is reported alone, not once more for every case that uses it."""
    broken("calculators.yaml", "op: ge, value: 30, unit: mL/min", "op: ge, value: 31, unit: mL/min")
    folder = broken("pathways.yaml", "to: reduced-dose", "to: reduced-doses")
    assert not [item for item in check_folder(folder)[1] if item.code.startswith("GL9")]


def test_a_case_of_a_broken_pathway_is_not_reported_again(broken: Break) -> None:
    """When the pathway could not be loaded, nothing is said of the walks through it."""
    assert [item.code for item in check_folder(broken("pathways.yaml", "  section: treatment\n", ""))[1]] == ["GL006"]
