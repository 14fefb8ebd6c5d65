"""`vademecum walk` and `calc`: exit codes, what is printed, and what is said when there is nothing to ask."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tiny_guideline import FIXTURES, GUIDELINE, copied

from calculators.errors import EngineError
from calculators.payload import parse
from generator import addresses, ask, payload
from generator.cli import main
from generator.load import load

PATHWAYS = """\
- id: dose-choice
  title: Which dose
  summary: From the kidneys to the dose.
  section: treatment
  provenance: rebuilt_from_text
  caveats: [S1]
  start: fever
  nodes:
    - id: fever
      kind: question
      text: Is there example fever?
      statements: [trial-result]
      options:
        - {id: yes, label: There is, to: kidneys, statements: [give-exemplamab]}
        - {id: no, label: There is none, to: nothing, statements: [trial-result]}
    - id: kidneys
      kind: question
      text: How good are the kidneys?
      ask:
        id: crcl
        label: Creatinine clearance
        kind: quantity
        units: [{unit: mL/min, min: 1, max: 250}]
        hint: no serum creatinine
      options:
        - id: very-weak
          label: very weak
          when: [{input: crcl, op: lt, cell: renal-rule/stop}]
          to: stop
          statements: [renal-rule]
        - id: others
          label: others
          when: [{input: crcl, op: ge, value: 10.0, unit: mL/min}]
          to: dose
    - id: stop
      kind: advice
      text: Stop Exemplamab.
      statements: [give-exemplamab, renal-rule]
    - id: dose
      kind: advice
      text: Give Exemplamab.
      statements: [dosing-exemplamab]
      links:
        - {label: The dose, to: "calculator: dose", carry: {crcl: kidneys}}
        - {label: Again, to: "pathway: dose-choice"}
        - {label: The table, to: "table: dosing"}
    - id: nothing
      kind: not_stated
      text: The source says nothing of people without example fever.
      statements: [trial-result]
      caveats: [G1]
  cases:
    - {id: weak, patient: 9.9 mL/min, answers: {fever: yes, kidneys: 9.9}, expect: stop}
    - {id: strong, patient: 10 mL/min, answers: {fever: yes, kidneys: 10 mL/min}, expect: dose}
    - {id: healthy, patient: no fever, answers: {fever: no}, expect: nothing}
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder of guidelines with the tiny one, whose only pathway is the one above."""
    (tmp_path / "content").mkdir()
    copied(tmp_path / "content" / "tiny")
    (tmp_path / "content" / "tiny" / "pathways.yaml").write_text(PATHWAYS, encoding="utf-8")
    (tmp_path / "content" / "tiny" / "teaching.yaml").unlink()  # it walks the pathways that this file replaces
    return tmp_path / "content"


@pytest.fixture
def pathways(content: Path) -> Any:
    """The pathways of the tiny guideline's payload."""
    guideline = load(content / "tiny").guideline
    assert guideline
    text = payload.dump(guideline)
    assert parse(text).pathways[0].id == "dose-choice"
    assert addresses.target(guideline, "pathway: none") is None
    return json.loads(text)


def run(capsys: pytest.CaptureFixture[str], content: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the command; its exit code and what it printed."""
    code = main([*arguments, "--content", str(content)])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_question_is_printed_with_its_options(capsys: pytest.CaptureFixture[str], content: Path) -> None:
    """State and text first, then what can be answered."""
    assert run(capsys, content, "walk", "tiny/dose-choice") == (
        0,
        "question fever: Is there example fever?\n"
        "  yes: There is\n"
        "  no: There is none\n"
        "statements: trial-result\n"
        "refs: 1, 2\n"
        "S1: Nothing here is medicine.\n",
        "",
    )


def test_a_question_for_a_number_is_printed_with_its_limits(capsys: pytest.CaptureFixture[str], content: Path) -> None:
    """Its options have no ids, since a number picks them."""
    _, out, _ = run(capsys, content, "walk", "tiny/dose-choice", "fever=yes")
    assert out == (
        "fever=yes: Is there example fever? There is\n"
        "question kidneys: How good are the kidneys?\n"
        "Creatinine clearance: 1 to 250 mL/min\n"
        "  very weak\n"
        "  others\n"
        "S1: Nothing here is medicine.\n"
    )


def test_advice_is_printed_with_its_trail_and_links(capsys: pytest.CaptureFixture[str], content: Path) -> None:
    """A line each; what a link takes along can be pasted behind `calc`."""
    answers = ("nothing=1", "fever=yes", "kidneys=10.0")
    assert run(capsys, content, "walk", "tiny/dose-choice", *answers) == (
        0,
        "fever=yes: Is there example fever? There is\n"
        "kidneys=10 mL/min: How good are the kidneys? others\n"
        "advice dose: Give Exemplamab.\n"
        "see The dose: calculators/dose/ crcl='10 mL/min'\n"
        "see Again: pathways/dose-choice/\n"
        "see The table: tables/dosing/\n"
        "statements: dosing-exemplamab\n"
        "S1: Nothing here is medicine.\n"
        "not on the way: nothing\n",
        "",
    )


@pytest.mark.parametrize(
    ("answer", "printed"),
    [
        (
            "fever=perhaps",
            "refused fever: “Is there example fever?”: expected one of yes, no, found “perhaps”. "
            "There is no such option.\nvalid: yes, no\n",
        ),
        ("fevre=yes", "refused fevre: There is no question “fevre”; perhaps fever.\nvalid: fever, kidneys\n"),
    ],
)
def test_a_refusal_exits_with_2_and_lists_the_valid_ones(
    capsys: pytest.CaptureFixture[str], content: Path, answer: str, printed: str
) -> None:
    """An answer and a name are refused alike."""
    code, out, err = run(capsys, content, "walk", "tiny/dose-choice", answer)
    assert (code, err) == (2, "")
    assert out.startswith(printed)


def test_too_many_answers_are_about_none_of_them(capsys: pytest.CaptureFixture[str], content: Path) -> None:
    """The line names no field."""
    code, out, _ = run(capsys, content, "walk", "tiny/dose-choice", *(f"x{number}=1" for number in range(65)))
    assert code == 2
    assert out.startswith("refused Too many inputs (65); at most 64 are taken.\nvalid: fever, kidneys\n")


@pytest.mark.parametrize(
    ("answers", "code", "state", "node"),
    [
        ([], 0, "question", "fever"),
        (["fever=yes", "kidneys=9.9"], 0, "advice", "stop"),
        (["fever=no"], 0, "not_stated", "nothing"),
        (["fever=yes", "kidneys=9.9 mg"], 2, "refused", "kidneys"),
        (["fever=yes", "fever=yes"], 2, "refused", "fever"),
    ],
)
def test_json_is_the_whole_step(
    capsys: pytest.CaptureFixture[str], content: Path, answers: list[str], code: int, state: str, node: str
) -> None:
    """One object, with the exit code of the state."""
    found_code, out, _ = run(capsys, content, "walk", "tiny/dose-choice", *answers, "--json")
    found = json.loads(out)
    assert (found_code, found["state"], found["node"]) == (code, state, node)
    assert list(found)[:4] == ["state", "pathway", "title", "node"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["walk", "other/dose-choice"], "vademecum: no guideline 'other'; there is: tiny\n"),
        (["walk", "tiny"], "vademecum: no pathway ''; there is: dose-choice\n"),
        (["walk", "tiny/dose"], "vademecum: no pathway 'dose'; there is: dose-choice\n"),
        (["walk", "tiny/dose-choice", "fever"], "vademecum: expected NODE=ANSWER, found 'fever'\n"),
        (["calc", "other/dose"], "vademecum: no guideline 'other'; there is: tiny\n"),
        (["calc", "tiny/dose-choice"], "vademecum: no calculator 'dose-choice'; there is: dose, clearance\n"),
        (["calc", "tiny/dose", "age"], "vademecum: expected INPUT=VALUE, found 'age'\n"),
    ],
)
def test_what_cannot_be_asked_exits_with_1(
    capsys: pytest.CaptureFixture[str], content: Path, arguments: list[str], message: str
) -> None:
    """One line to standard error, and nothing to standard output."""
    assert run(capsys, content, *arguments) == (1, "", message)


def test_no_guideline_at_all_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The list of guidelines may be empty."""
    assert run(capsys, tmp_path, "walk", "a/b")[2] == "vademecum: no guideline 'a'; there is: none\n"


@pytest.mark.parametrize("verb", ["walk", "calc"])
def test_findings_that_are_errors_are_printed(capsys: pytest.CaptureFixture[str], content: Path, verb: str) -> None:
    """A guideline that has not passed its checks is not asked."""
    (content / "tiny" / "references.yaml").write_text("- {number: one}\n", encoding="utf-8")
    code, out, err = run(capsys, content, verb, "tiny/dose-choice")
    assert (code, out) == (1, "")
    assert "references.yaml:1:" in err
    assert "error:" in err


@pytest.mark.parametrize(("verb", "module", "name"), [("walk", "pathway", "walk"), ("calc", "decide", "calculate")])
def test_an_engine_that_does_not_answer_is_no_traceback(
    capsys: pytest.CaptureFixture[str],
    content: Path,
    monkeypatch: pytest.MonkeyPatch,
    verb: str,
    module: str,
    name: str,
) -> None:
    """The checks make sure that it answers; if it does not, its message is the line."""

    def fail(*_: object) -> None:
        raise EngineError("no row holds")

    monkeypatch.setattr(ask, module, SimpleNamespace(**{name: fail}))
    address = "tiny/dose-choice" if verb == "walk" else "tiny/dose"
    assert run(capsys, content, verb, address) == (1, "", "vademecum: no row holds\n")


def test_a_calculation_is_printed_as_before(capsys: pytest.CaptureFixture[str], content: Path) -> None:
    """In words with exit code 0, as JSON, and refused with 2."""
    inputs = ("drug=exemplamab", "age=17", "crcl=29.9", "nsaid=yes")
    code, out, _ = run(capsys, content, "calc", "tiny/dose", *inputs)
    assert (code, out.splitlines()[0]) == (0, "no_rule")
    assert "listed: 4 mg (table 1, Exemplamab, Dose)\n" in out
    assert "risk: Exemplamab: another drug that harms the kidney\n" in out
    assert out.endswith("S1: Nothing here is medicine.\nG1: The source gives no dose below 18 years.\n")
    code, out, _ = run(capsys, content, "calc", "tiny/dose", "drug=placebomab", "age=50", "crcl=90")
    assert out.startswith("undetermined 5 or 10 mg\nroute: as table 1 lists for the standard dose: by mouth\n")
    assert "reading: 5 mg: as the table says\nreading: 10 mg: as the sentence says\n" in out
    code, out, _ = run(capsys, content, "calc", "tiny/dose", "drug=exemplamab", "age=x", "--json")
    assert (code, json.loads(out)["field"]) == (2, "age")


def test_the_payload_holds_the_pathway_resolved(pathways: Any) -> None:
    """Cells become numbers, links addresses, statements references."""
    (found,) = pathways["pathways"]
    assert {key: found[key] for key in ("id", "title", "caveats", "start")} == {
        "id": "dose-choice",
        "title": "Which dose",
        "caveats": ["S1"],
        "start": "fever",
    }
    nodes = {node["id"]: node for node in found["nodes"]}
    assert list(nodes) == ["fever", "kidneys", "stop", "dose", "nothing"]
    assert nodes["kidneys"]["input"] == {
        "id": "crcl",
        "label": "Creatinine clearance",
        "kind": "quantity",
        "required": True,
        "units": [{"unit": "mL/min", "min": "1", "max": "250"}],
        "options": [],
        "exact": True,
    }
    assert nodes["kidneys"]["options"] == [
        {
            "id": "very-weak",
            "label": "very weak",
            "when": [{"input": "crcl", "op": "lt", "value": "10", "unit": "mL/min"}],
            "to": "stop",
            "statements": ["renal-rule"],
            "refs": [],
        },
        {
            "id": "others",
            "label": "others",
            "when": [{"input": "crcl", "op": "ge", "value": "10", "unit": "mL/min"}],
            "to": "dose",
            "statements": [],
            "refs": [],
        },
    ]
    assert (nodes["fever"]["input"], nodes["fever"]["refs"]) == (None, [1, 2])
    assert [option["refs"] for option in nodes["fever"]["options"]] == [[2], [1, 2]]
    assert nodes["stop"]["refs"] == [2]
    assert nodes["dose"]["links"] == [
        {"label": "The dose", "page": "calculators/dose/", "carry": {"crcl": "kidneys"}},
        {"label": "Again", "page": "pathways/dose-choice/", "carry": {}},
        {"label": "The table", "page": "tables/dosing/", "carry": {}},
    ]
    assert [case["answers"] for case in found["cases"]] == [
        {"fever": "yes", "kidneys": "9.9"},
        {"fever": "yes", "kidneys": "10 mL/min"},
        {"fever": "no"},
    ]


def test_the_payload_holds_the_texts_that_a_pathway_names(pathways: Any) -> None:
    """Also those of statements that no calculator names."""
    texts = pathways["texts"]
    assert texts["statements"]["trial-result"]["page"] == "sections/introduction/#trial-result"
    assert texts["statements"]["give-exemplamab"]["text"].startswith("Adults with example fever")
    assert {"S1", "G1"} <= set(texts["caveats"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("calculator: dose", "calculator: doze"),
        ("cell: renal-rule/stop", "cell: renal-rule/halt"),
    ],
)
def test_a_path_that_leads_nowhere_is_named(content: Path, old: str, new: str) -> None:
    """The checks report it with its place; the payload is not made."""
    file = content / "tiny" / "pathways.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    guideline = load(content / "tiny").guideline
    assert guideline
    with pytest.raises(payload.UnresolvedPathError, match=new.removeprefix("cell: ")):
        payload.build(guideline)


def test_the_pathways_of_the_tiny_guideline_can_be_walked(capsys: pytest.CaptureFixture[str]) -> None:
    """The one in the folder of fixtures, from its first question."""
    guideline = load(GUIDELINE).guideline
    assert guideline
    for item in guideline.pathways:
        code, out, _ = run(capsys, FIXTURES, "walk", f"{GUIDELINE.name}/{item.id}", "--json")
        assert (code, json.loads(out)["node"]) == (0, item.start)
