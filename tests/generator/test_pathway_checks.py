"""What the checks say of pathways beyond the fixtures: the other ways to be wrong, and shapes made by chance."""

from random import Random

import pytest
from tiny_guideline import Break

from generator.checks import check_folder
from generator.checks.pathways import pathway_in_a_circle, unreachable_node
from generator.checks.registry import Scope
from generator.findings import Where
from generator.models.guideline import Guideline
from generator.models.pathway import Pathway

FILE = "pathways.yaml"
STOP = "{id: stop-exemplamab, kind: advice, text: Stop Exemplamab., statements: [renal-rule]}"
CHILD = "{id: child, label: Younger than 18 years, to: children}"
ROW = '"table-row: dosing/exemplamab"'
CARRY = "{drug: which-drug, crcl: how-clear}"

# Code and what is wrong -> what is replaced, by what
MORE = {
    "GL204 pathway": ("  caveats: [G1]\n", "  caveats: [G7]\n"),
    "GL204 node": ("      caveats: [X1]\n", "      caveats: [X7]\n"),
    "GL206 pathway": ("section: treatment", "section: treatments"),
    "GL208 node": ("      statements: [give-exemplamab]\n", "      statements: [give-examplamab]\n"),
    "GL208 option": ("to: how-clear, statements: [dosing-exemplamab]", "to: how-clear, statements: [dosing]"),
    "GL210 braces": ("text: Give the standard dose.", "text: Give {dosing/exemplamab/dose}."),
    "GL401 start": ("start: how-old", "start: how-new"),
    "GL403 advice": (
        STOP,
        STOP[:-1] + ", options: [{id: a, label: A, to: children}, {id: b, label: B, to: children}]}",
    ),
    "GL404 itself": (CHILD, CHILD + "\n        - {id: unknown, label: Unknown, to: how-old}"),
    "GL406 node": ("- {id: children, kind", f"- {STOP.replace('Stop', 'End')}\n    - {{id: children, kind"),
    "GL406 case": ("- id: weak-kidneys\n", "- id: at-the-threshold\n"),
    "GL406 option": ("{id: placebomab, label: Placebomab, to", "{id: exemplamab, label: Placebomab, to"),
    "GL411 advice": (STOP, STOP[:-1] + ", ask: {id: a, label: A, kind: integer, units: [{unit: kg, min: 1, max: 9}]}}"),
    "GL411 choice": (CHILD, CHILD[:-1] + ", when: [{input: age, op: lt, value: 18, unit: age-year}]}"),
    "GL411 input": ("{input: crcl, op: lt, cell: renal-rule/stop}", "{input: egfr, op: lt, cell: renal-rule/stop}"),
    "GL412 kind": (ROW, '"caveat: G1"'),
    "GL412 name": (ROW, '"table: doses"'),
    "GL412 pathway": (ROW, '"pathway: diagnosis"'),
    "GL412 no colon": (ROW, "dosing"),
    "GL412 carry": (ROW, ROW + ", carry: {drug: which-drug}"),
    "GL412 question": (CARRY, "{drug: what-drug}"),
    "GL412 advice": (CARRY, "{drug: reduced-dose}"),
    "GL412 number": (CARRY, "{drug: how-clear}"),
    "GL412 whole number": (CARRY, "{age: how-clear}"),
    "GL412 option": (CARRY, "{drug: how-old}"),
    "GL412 yes or no": (CARRY, "{nsaid: how-old}"),
    "GL413 node": ("cases:\n", "cases:\n    - {id: more, patient: Nobody, answers: {}, expect: more}\n"),
    "GL413 answer": ("answers: {how-old: child}", "answers: {how-old: toddler}"),
    "GL413 limits": ("how-clear: 9.9}", "how-clear: 0.9}"),
    "GL413 unit": ("how-clear: 29.9 mL/min}", "how-clear: 29.9 mg/dL}"),
    "GL413 unknown question": ("answers: {how-old: child}", "answers: {how-old: child, sex: male}"),
    "GL413 not on the way": ("answers: {how-old: child}", "answers: {how-old: child, how-clear: 9}"),
    "GL413 question": ("answers: {how-old: child}", "answers: {}"),
    "GL501 number": ("units: [{unit: mL/min, min: 1, max: 250}]", "units: [{unit: mL/min, min: 1}]"),
    "GL501 none": ("units: [{unit: mL/min, min: 1, max: 250}]", "units: []"),
    "GL502 number": ("min: 1, max: 250", "min: 250, max: 1"),
    "GL512 in": ("op: ge, value: 30, unit: mL/min}", "op: in, values: ['30'], unit: mL/min}"),
    "GL513 word": ("op: ge, value: 30, unit", "op: ge, value: thirty, unit"),
    "GL514 none": ("op: ge, value: 30, unit: mL/min", "op: ge, value: 30"),
    "GL514 other": ("op: ge, value: 30, unit: mL/min", "op: ge, value: 30, unit: kg"),
    "GL515 bound": ("{input: crcl, op: lt, cell: renal-rule/stop}", "{input: crcl, op: le, cell: renal-rule/stop}"),
    "GL521 cell": ("{input: crcl, op: lt, cell: renal-rule/stop}", "{input: crcl, op: lt, cell: renal-rule/end}"),
    "GL530 whole limits": (
        "kind: quantity\n        units: [{unit: mL/min, min: 1,",
        "kind: integer\n        units: [{unit: mL/min, min: 1.5,",
    ),
    "GL704 text": ("text: Give the standard dose.", "text: Give 4mg."),
    "GL704 label": ("label: Well enough", "label: From 30mL/min"),
    "GL704 link": ("label: See the table", "label: See 4mg"),
    "GL704 asked": ("hint: As the calculator gives it.", "hint: At least 1mL/min."),
    "GL704 patient": ("patient: 9 years", "patient: 9 years with 30mL/min"),
    "GL704 summary": ("summary: From the age", "summary: 4mg from the age"),
}


@pytest.mark.parametrize("name", MORE)
def test_each_mistake_is_one_finding(broken: Break, name: str) -> None:
    """Each way to spoil a pathway is found under the code of its rule, and nothing follows from it."""
    found = [item.code for item in check_folder(broken(FILE, *MORE[name]))[1]]
    assert found == [name[:5]]


@pytest.mark.parametrize(
    "to", ["calculator: dose", "pathway: treatment", "table: dosing", "statement: renal-rule", "section: safety"]
)
def test_a_link_may_lead_to_each_kind(broken: Break, to: str) -> None:
    """Calculators, pathways, tables, statements and sections can be linked; table rows are in the tiny guideline."""
    assert check_folder(broken(FILE, ROW, f'"{to}"'))[1] == []


def test_the_board_may_lead_to_a_pathway(broken: Break) -> None:
    """`pathway: ID` is a target of the bedside board, and a wrong id is found."""
    folder = broken("guideline.yaml", '"statement: give-exemplamab"', '"pathway: treatment"')
    assert check_folder(folder)[1] == []
    broken("guideline.yaml", '"pathway: treatment"', '"pathway: treatments"')
    assert [item.code for item in check_folder(folder)[1]] == ["GL801"]


def test_a_broken_calculator_is_no_fault_of_the_pathway(broken: Break) -> None:
    """A pathway that links to a calculator with a mistake is walked all the same."""
    broken("calculators.yaml", "{unit: mL/min, min: 1, max: 250}", "{unit: mL/min, min: 250, max: 1}")
    folder = broken(FILE, "expect: reduced-dose", "expect: standard-dose")
    assert [item.code for item in check_folder(folder)[1]] == ["GL502", "GL414", "GL413"]


def test_pathways_have_ids_of_their_own(broken: Break) -> None:
    """A pathway may be called as a section is, and not as another pathway is; they may stand in several files."""
    folder = broken(FILE, "start: how-old", "start: how-old")
    (folder / "pathways").mkdir()
    (folder / "pathways" / "again.yaml").write_text((folder / FILE).read_text(encoding="utf-8"), encoding="utf-8")
    assert [item.code for item in check_folder(folder)[1]] == ["GL201"]


def test_a_pathway_without_its_file_is_none(broken: Break) -> None:
    """pathways.yaml is not required."""
    folder = broken(FILE, "start: how-old", "start: how-old")
    (folder / FILE).unlink()
    (folder / "teaching.yaml").unlink()  # it walks the pathway
    assert check_folder(folder)[1] == []


def test_a_case_is_pointed_to_at_its_answer(broken: Break) -> None:
    """An answer that is not taken is shown where it stands."""
    folder = broken(FILE, "how-clear: 9.9}", "how-clear: 0.9}")
    (found,) = check_folder(folder, "g")[1]
    assert found.where == Where("g/pathways.yaml", 74, 57)
    assert "1 to 250 mL/min" in found.message


def chance_pathway(chance: Random) -> Pathway:
    """A pathway of questions and ends, its options leading anywhere."""
    names = [f"n{index}" for index in range(chance.randint(2, 9))]
    nodes = []
    for name in names:
        targets = [chance.choice(names) for _ in range(chance.choice([0, 2, 2, 3]))]
        options = [{"id": f"o{index}", "label": f"O{index}", "to": to} for index, to in enumerate(targets)]
        nodes.append({"id": name, "kind": "question" if options else "advice", "text": "T", "options": options})
    return Pathway.model_validate(
        {
            "id": "p",
            "title": "P",
            "summary": "S",
            "section": "s",
            "provenance": "as_drawn",
            "start": "n0",
            "nodes": nodes,
            "cases": [],
        }
    )


@pytest.mark.parametrize("seed", range(60))
def test_circles_and_unreached_nodes_are_found_in_any_pathway(seed: int) -> None:
    """As many circles are reported as there are options to mend, and each unreached node lies below a reported one."""
    pathway = chance_pathway(Random(seed))
    scope = Scope(Guideline.model_construct())
    to = {node.id: {option.to for option in node.options} for node in pathway.nodes}
    below = {name: below_of(to, name) for name in to}
    circles = list(pathway_in_a_circle(scope, pathway))
    assert bool(circles) == any(name in below[name] for name in to)
    unreached = to.keys() - below["n0"] - {"n0"}
    reported = {item.message.split("'")[3] for item in unreachable_node(scope, pathway)}
    assert reported <= unreached
    assert bool(reported) == bool(unreached)
    if not circles:
        assert unreached == reported.union(*(below[name] for name in reported)) & unreached


def below_of(to: dict[str, set[str]], name: str) -> set[str]:
    """Every node that a walk from a node can come to."""
    found: set[str] = set()
    left = [name]
    while left:
        new = to[left.pop()] - found
        found |= new
        left += new
    return found
