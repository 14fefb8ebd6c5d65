"""The command: what it prints, what it returns, and that no mistake of its user ends in a traceback."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tiny_guideline import FIXTURES, GUIDELINE, Break

from generator import __version__, ask
from generator.checks import check_folder
from generator.cli import main
from generator.commands import check
from generator.serve import session

ROOT = Path(__file__).parents[2]
BMA, CLEARANCE = "lung-cancer-bone-metastasis/bma-dose", "lung-cancer-bone-metastasis/creatinine-clearance"
MAN = ["age=70", "sex=male", "weight=60", "creatinine=106 µmol/L"]
OUTCOME_KEYS = """kind value unit exact listed alternatives risks route duration interval statements refs caveats
reasons steps inputs display field message problems""".split()  # noqa: SIM905 - as the contract lists them

CHECKED = cache(check_folder)
"""A guideline is checked once and asked many times; no test changes a folder that it has asked."""

type Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in the repository; gives exit code, output and messages."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(ask, "check_folder", CHECKED)

    def command(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(item) for item in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


def tiny(verb: str, what: str, *typed: str) -> list[str]:
    """A command about the tiny guideline."""
    return [verb, f"{GUIDELINE.name}/{what}", *typed, "--content", str(FIXTURES)]


def test_the_version(run: Run) -> None:
    """`--version` prints name and version."""
    assert run("--version") == (0, f"vademecum {__version__}\n", "")


@pytest.mark.parametrize("arguments", [[], ["dance"], ["calc"], ["check", "--format", "xml"], ["build", "--soon"]])
def test_a_wrong_command_line_is_refused(run: Run, arguments: list[str]) -> None:
    """An unknown command, option or format, or a missing argument, gives exit code 2 and the usage."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("usage: vademecum")


def test_a_sound_guideline_has_nothing_to_say(run: Run) -> None:
    """`check` on a sound guideline prints the counts and its name only, and gives exit code 0."""
    assert run("check", GUIDELINE) == (0, "0 errors, 0 warnings\nchecked 1 guideline: example-fever\n", "")


def test_check_finds_every_guideline_by_itself(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: Break
) -> None:
    """Without folders `check` looks at all below content/; where there is none it says what it expected."""
    assert run("check")[0] == 0
    monkeypatch.chdir(tmp_path)
    code, _, err = run("check")
    assert (code, err) == (1, "vademecum: no guideline found: expected content/NAME/guideline.yaml\n")
    folder = broken("statements.yaml", "refs: [1, 2]", "refs: [1, 22]")
    (tmp_path / "content").mkdir()
    folder.rename(tmp_path / "content" / folder.name)
    code, out, _ = run("check")
    assert code == 1
    assert "content/guideline/statements.yaml:7:13: GL101 error: " in out
    (tmp_path / "content" / "other").mkdir()
    (tmp_path / "content" / "other" / "tables.yml").touch()
    code, out, _ = run("check")
    assert "content/other:1:1: GL010 error: expected the file or folder 'guideline.yaml'" in out
    assert out.endswith("\nchecked 2 guidelines: guideline, other\n")


def test_check_prints_text(run: Run, broken: Break) -> None:
    """The text names place and code, shows the line with a caret, and counts at the end; an error gives exit code 1."""
    folder = broken("statements.yaml", "refs: [1, 2]", "refs: [1, 22]")
    code, out, _ = run("check", folder)
    assert code == 1
    lines = out.splitlines()
    at = next(number for number, line in enumerate(lines) if "GL101 error" in line)
    assert lines[at].startswith(f"{folder}/statements.yaml:7:13: ")
    assert lines[at + 1 : at + 3] == ["  7 |   refs: [1, 22]", "    |             ^"]
    assert lines[-2:] == ["2 errors, 0 warnings", "checked 1 guideline: guideline"]


def test_check_prints_json(run: Run, broken: Break) -> None:
    """The JSON holds counts and every finding, for a tool to read."""
    folder = broken("statements.yaml", "refs: [1, 2]", "refs: [1, 22]")
    code, out, _ = run("check", "--format", "json", folder)
    data = json.loads(out)
    assert (code, data["errors"], data["warnings"]) == (1, 2, 0)
    assert {item["code"] for item in data["findings"]} == {"GL101", "GL606"}


def test_check_prints_annotations(run: Run, broken: Break) -> None:
    """For a CI each finding is one annotation at its line; warnings alone give exit code 0."""
    folder = broken("statements.yaml", "text: Adults with example fever", "text: Adults with **example** fever")
    code, out, _ = run("check", folder, "--format", "github")
    assert code == 0
    [line] = out.splitlines()
    assert line.startswith("::warning file=")
    assert ",title=GL706::" in line


def test_a_folder_that_is_not_there_is_a_finding(run: Run, tmp_path: Path) -> None:
    """A folder without a guideline is reported like any other mistake."""
    code, out, err = run("check", tmp_path / "none")
    assert (code, err) == (1, "")
    assert "GL010 error" in out


ANSWERS = [
    ("zoledronic-acid", "70", "29.9", "stop"),
    ("zoledronic-acid", "70", "30", "at_most 3.5 mg"),
    ("zoledronic-acid", "70", "59.9", "at_most 3.5 mg"),
    ("zoledronic-acid", "70", "60", "fixed 4 mg"),
    ("incadronate", "64", "90", "fixed 10 mg"),
    ("incadronate", "65", "90", "undetermined 5 or 10 mg"),
    ("incadronate", "66", "90", "fixed 5 mg"),
    ("incadronate", "65", "29.9", "fixed 5 mg"),
    ("ibandronate", "70", "29.9", "fixed 2 mg"),
    ("ibandronate", "70", "30", "fixed 6 mg"),
    ("denosumab", "70", "25", "no_rule"),
    ("denosumab", "70", "60", "fixed 120 mg"),
    ("narlumosbart", "70", "90", "no_rule"),
    ("pamidronate", "70", "90", "no_rule"),
    ("oral-ibandronate", "70", "90", "no_rule"),
    ("zoledronic-acid", "17", "90", "no_rule"),
]


@pytest.mark.parametrize(("drug", "age", "crcl", "headline"), ANSWERS)
def test_the_answers_that_the_design_names(run: Run, drug: str, age: str, crcl: str, headline: str) -> None:
    """The first line of an answer is its kind with the dose, and the exit code is 0."""
    code, out, err = run("calc", BMA, f"drug={drug}", f"age={age}", f"crcl={crcl}")
    assert (code, out.splitlines()[0], err) == (0, headline, "")


def test_clearance_is_computed(run: Run) -> None:
    """The clearance of the design's example is shown with one decimal and given in full in JSON."""
    code, out, _ = run("calc", CLEARANCE, *MAN)
    assert (code, out.splitlines()[0]) == (0, "computed 48.6 mL/min")
    data = json.loads(run("calc", CLEARANCE, *MAN, "--json")[1])
    assert (data["value"], data["exact"]) == ("48.6477987421", "7735/159")


def changed(given: list[str], **changes: str | None) -> list[str]:
    """Inputs with one of them replaced, or taken away."""
    values = dict(item.split("=", 1) for item in given) | changes
    return [f"{name}={value}" for name, value in values.items() if value is not None]


DOSE = ["drug=zoledronic-acid", "age=70", "crcl=45"]
IMPOSSIBLE = {
    "no clearance": (BMA, changed(DOSE, crcl=None), "crcl"),
    "an empty clearance": (BMA, changed(DOSE, crcl=""), "crcl"),
    "a negative clearance": (BMA, changed(DOSE, crcl="-10"), "crcl"),
    "a clearance of nothing": (BMA, changed(DOSE, crcl="0"), "crcl"),
    "a clearance below the limit": (BMA, changed(DOSE, crcl="0.5"), "crcl"),
    "a clearance above the limit": (BMA, changed(DOSE, crcl="5000"), "crcl"),
    "a word": (BMA, changed(DOSE, crcl="normal"), "crcl"),
    "a creatinine as clearance": (BMA, changed(DOSE, crcl="106 µmol/L"), "crcl"),
    "another creatinine as clearance": (BMA, changed(DOSE, crcl="1.2 mg/dL"), "crcl"),
    "a filtration rate as clearance": (BMA, changed(DOSE, crcl="45 mL/min/1.73 m²"), "crcl"),
    "half a year": (BMA, changed(DOSE, age="65.5"), "age"),
    "an age that nobody reaches": (BMA, changed(DOSE, age="145"), "age"),
    "no age": (BMA, changed(DOSE, age=None), "age"),
    "no drug": (BMA, changed(DOSE, drug=None), "drug"),
    "an unknown drug": (BMA, changed(DOSE, drug="zoledronate"), "drug"),
    "an unknown input": (BMA, [*DOSE, "wieght=60"], "wieght"),
    "an input twice": (BMA, [*DOSE, "age=71"], "age"),
    "neither yes nor no": (BMA, [*DOSE, "nsaid=perhaps"], "nsaid"),
    "a weight that nobody has": (CLEARANCE, changed(MAN, weight="600"), "weight"),
    "creatinine without a unit": (CLEARANCE, changed(MAN, creatinine="106"), "creatinine"),
    "creatinine with the units swapped": (CLEARANCE, changed(MAN, creatinine="106 mg/dL"), "creatinine"),
    "creatinine with the units swapped back": (CLEARANCE, changed(MAN, creatinine="1.2 µmol/L"), "creatinine"),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_an_impossible_input_is_refused(run: Run, name: str) -> None:
    """Each impossible input is refused by name with exit code 2, and no number is given."""
    address, typed, field = IMPOSSIBLE[name]
    code, out, err = run("calc", address, *typed)
    assert (code, err) == (2, "")
    assert out.startswith(f"refused {field}: ")
    code, out, _ = run("calc", address, *typed, "--json")
    data = json.loads(out)
    assert (code, data["kind"], data["field"]) == (2, "refused", field)
    assert data["message"]
    assert [data[key] for key in ("value", "unit", "listed", "route", "duration", "interval", "display")] == [None] * 7
    assert (data["alternatives"], data["caveats"], data["statements"]) == ([], [], [])


def test_the_known_names_are_suggested(run: Run) -> None:
    """A misspelt drug, or one by another name, is refused with the id that was meant."""
    assert "zoledronic-acid" in run("calc", BMA, *changed(DOSE, drug="zoledronate"))[1]
    assert "denosumab" in run("calc", BMA, *changed(DOSE, drug="地舒单抗"))[1]


@pytest.mark.parametrize(
    "arguments",
    [
        tiny("calc", "dose", "drug=exemplamab", "age=50", "crcl=50"),
        tiny("calc", "dose", "drug=exemplamab", "age=50", "crcl=20", "nsaid=yes"),
        tiny("calc", "dose", "drug=exemplamab", "age=50", "crcl=5"),
        tiny("calc", "dose", "drug=exemplamab", "age=17", "crcl=50"),
        tiny("calc", "dose", "drug=placebomab", "age=50", "crcl=50"),
        tiny("calc", "clearance", "age=40", "sex=male", "weight=72", "creatinine=1 mg/dL"),
        tiny("calc", "dose"),
    ],
    ids=["fixed", "at_most", "stop", "no_rule", "undetermined", "computed", "refused"],
)
def test_json_has_one_shape(run: Run, arguments: list[str], request: pytest.FixtureRequest) -> None:
    """Every kind of outcome is one JSON object with the same keys in the same order, numbers as texts."""
    data = json.loads(run(*arguments, "--json")[1])
    assert list(data) == OUTCOME_KEYS
    assert data["kind"] in request.node.name
    assert all(isinstance(item, str) for item in [data["value"]] if item is not None)
    assert [list(item) for item in data["caveats"]] == [["id", "text"]] * len(data["caveats"])
    assert [list(item) for item in data["reasons"]] == [["row", "hit", "when"]] * len(data["reasons"])
    assert sum(item["hit"] for item in data["reasons"]) == (data["kind"] != "refused")


def test_an_answer_in_words(run: Run) -> None:
    """Under the headline stand usage, risks and caveats, a line each; what is only listed is called so."""
    assert run(*tiny("calc", "dose", "drug=exemplamab", "age=70", "crcl=20", "nsaid=yes"))[1].splitlines() == [
        "at_most 2 mg",
        "route: as table 1 lists for the standard dose: into a vein",
        "duration: as table 1 lists for the standard dose: over 1 to 2 h",
        "interval: as table 1 lists for the standard dose: 3 or 4 weeks",
        "risk: Exemplamab: another drug that harms the kidney",
        "risk: Exemplamab: an age of more than 65 years",
        "S1: Nothing here is medicine.",
    ]
    assert run(*tiny("calc", "dose", "drug=placebomab", "age=50", "crcl=20"))[1].splitlines() == [
        "undetermined 5 or 10 mg",
        "route: as table 1 lists for the standard dose: by mouth",
        "interval: as table 1 lists for the standard dose: 1 week",
        "reading: 5 mg: as the table says",
        "reading: 10 mg: as the sentence says",
        "S1: Nothing here is medicine.",
        "X1: The source gives two doses of Placebomab.",
        "X2: The source gives a duration for a tablet.",
    ]
    listed = run(*tiny("calc", "dose", "drug=exemplamab", "age=17", "crcl=20"))[1].splitlines()
    assert listed[:2] == ["no_rule", "No rule does not mean that no adjustment is needed."]
    assert listed[2] == "listed: 4 mg (table 1, Exemplamab, Dose)"
    assert "没有规定不等于无需调整。\n" in run("calc", BMA, "drug=denosumab", "age=70", "crcl=25")[1]


def test_options_may_stand_anywhere(run: Run) -> None:
    """Inputs are read before and behind an option alike."""
    typed = ["drug=exemplamab", "age=50", "crcl=20"]
    whole = run(*tiny("calc", "dose", *typed))
    assert whole[0] == 0
    assert run("calc", "--content", FIXTURES, f"{GUIDELINE.name}/dose", *typed) == whole
    assert run("calc", f"{GUIDELINE.name}/dose", "--content", FIXTURES, *typed) == whole
    assert run("calc", f"{GUIDELINE.name}/dose", typed[0], "--content", FIXTURES, *typed[1:]) == whole
    assert run("calc", f"{GUIDELINE.name}/dose", "--json", typed[0], "--contents", *typed)[0] == 2


WRONG = {
    "unknown guideline": (["calc", "none/dose"], "no guideline 'none'; there is: lung-cancer-bone-metastasis"),
    "no guideline at all": (["calc", "none/dose", "--content", "docs"], "no guideline 'none'; there is: none"),
    "unknown calculator": (tiny("calc", "doze"), "no calculator 'doze'; there is: dose, clearance"),
    "no calculator named": (
        ["calc", GUIDELINE.name, "--content", str(FIXTURES)],
        "no calculator ''; there is: dose, clear",
    ),
    "no equals sign": (tiny("calc", "dose", "drug"), "expected INPUT=VALUE, found 'drug'"),
    "unknown pathway": (tiny("walk", "none"), "no pathway 'none'; there is: treatment"),
    "no equals sign in an answer": (tiny("walk", "treatment", "adult"), "expected NODE=ANSWER, found 'adult'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_one_line(run: Run, name: str) -> None:
    """A question that cannot be put gives exit code 1 and one line that names what there is."""
    arguments, message = WRONG[name]
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith(f"vademecum: {message}")
    assert len(err.splitlines()) == 1


def test_nothing_is_calculated_from_a_guideline_with_errors(run: Run, broken: Break) -> None:
    """A guideline with an error answers nothing: its findings are printed, and the exit code is 1."""
    folder = broken("statements.yaml", "refs: [1, 2]", "refs: [1, 22]")
    for verb, what in (("calc", "dose"), ("walk", "treatment")):
        code, out, err = run(verb, f"{folder.name}/{what}", "--content", folder.parent)
        assert (code, out) == (1, "")
        assert "GL101 error" in err


def test_a_walk_asks_and_advises(run: Run) -> None:
    """Without answers the first question and its options are printed; with them, the trail and the advice."""
    code, out, _ = run(*tiny("walk", "treatment"))
    assert code == 0
    assert out.splitlines()[:3] == [
        "question how-old: Is the patient an adult?",
        "  adult: 18 years or older",
        "  child: Younger than 18 years",
    ]
    code, out, _ = run(*tiny("walk", "treatment", "how-old=adult", "which-drug=exemplamab", "how-clear=30"))
    assert code == 0
    assert out.splitlines()[3] == "advice standard-dose: Give the standard dose."
    code, out, _ = run(*tiny("walk", "treatment", "how-old=child"), "--json")
    assert (code, json.loads(out)["state"], json.loads(out)["node"]) == (0, "not_stated", "children")


@pytest.mark.parametrize("answer", ["how-old=grown-up", "how-young=child"])
def test_a_wrong_answer_is_refused_with_the_valid_ones(run: Run, answer: str) -> None:
    """An unknown answer or question gives exit code 2 and lists what there is."""
    code, out, _ = run(*tiny("walk", "treatment", answer))
    assert code == 2
    assert out.startswith("refused how-")
    assert "\nvalid: " in out


def test_a_number_is_asked_for_with_its_limits(run: Run) -> None:
    """A question for a number names the number, its unit and its limits."""
    out = run(*tiny("walk", "treatment", "how-old=adult", "which-drug=exemplamab"))[1]
    assert "Creatinine clearance: 1 to 250 mL/min" in out


@pytest.mark.parametrize("verb", ["build", "serve"])
def test_a_missing_configuration_is_named(run: Run, tmp_path: Path, verb: str) -> None:
    """Without mkdocs.yml the message says which file was expected and how to name another."""
    code, out, err = run(verb, "-f", tmp_path / "mkdocs.yml")
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        f"{tmp_path / 'mkdocs.yml'}: expected the site's configuration, found no such file",
        "  hint: run the command where mkdocs.yml is, or name it with --config-file",
    ]


@pytest.mark.parametrize(("text", "word"), [("site_name: [", "parsing"), ("docs_dir: x\n", "site_name")])
def test_a_broken_configuration_is_explained(
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str, word: str
) -> None:
    """A mkdocs.yml that is no YAML, or that lacks what it must have, is a message and exit code 1."""
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    code, out, err = run("build", "-f", tmp_path / "mkdocs.yml")
    assert (code, out) == (1, "")
    assert word in err + caplog.text
    assert "Traceback" not in err + caplog.text


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ((), ("127.0.0.1", 8000)),
        (("--address", "0.0.0.0:0"), ("0.0.0.0", 0)),
        (("-a", "localhost:65535"), ("localhost", 65535)),
        (("-a", "[::1]:8001"), ("::1", 8001)),
    ],
)
def test_serve_listens_where_it_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], taken: tuple[str, int]
) -> None:
    """`serve` takes an address with its port, on this machine alone unless another is named."""
    config = tmp_path / "mkdocs.yml"
    config.touch()
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(session, "serve", lambda *all: asked.append(all))
    assert run("serve", "-f", config, *typed)[0] == 0
    assert asked == [(config, *taken)]


@pytest.mark.parametrize(
    "typed", ["8000", "localhost", "localhost:", ":8000", "localhost:65536", "localhost:²", "x:-1"]
)
def test_serve_says_what_an_address_is(run: Run, typed: str) -> None:
    """Anything else than a host and a port is a wrong command line, with an example of a right one."""
    code, out, err = run("serve", f"--address={typed}")
    assert (code, out) == (2, "")
    assert f"expected HOST:PORT such as 127.0.0.1:8000, found '{typed}'" in err


def test_a_port_in_use_is_named_with_a_free_one(run: Run, tmp_path: Path) -> None:
    """Where another program listens, `serve` says so at once and how to take another port."""
    (tmp_path / "mkdocs.yml").touch()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, out, err = run("serve", "-f", tmp_path / "mkdocs.yml", "--address", f"127.0.0.1:{port}")
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        f"vademecum: expected a free port, found 127.0.0.1:{port} in use",
        f"  hint: end what uses it, or take another: --address 127.0.0.1:{port + 1}",
    ]


@pytest.mark.parametrize("host", ["203.0.113.1", "no-such-host.invalid"])
def test_an_address_of_another_machine_is_refused(run: Run, tmp_path: Path, host: str) -> None:
    """`serve` listens on this machine only: another address is a message with a hint."""
    (tmp_path / "mkdocs.yml").touch()
    code, _, err = run("serve", "-f", tmp_path / "mkdocs.yml", "--address", f"{host}:8000")
    assert code == 1
    assert err.startswith(f"vademecum: cannot listen at {host}:8000: ")
    assert "hint: take an address of this machine" in err


def test_a_closed_pipe_is_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the reader of the output has gone (`| head`), the command ends quietly."""

    def closed(*_: object) -> int:
        raise BrokenPipeError

    monkeypatch.setattr(check, "_check", closed)
    assert run("check") == (1, "", "")


def test_chinese_is_printed_whatever_the_console(tmp_path: Path) -> None:
    """On a console that claims another encoding the answer is still UTF-8."""
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", "calc", BMA, *DOSE],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0", "HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert "表 1" in done.stdout.decode("utf-8")
