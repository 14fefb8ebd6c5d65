"""The same scenario in Chromium, Firefox and WebKitGTK: the built site over http, its answers, and its faults.

`ENGINES` chooses (a comma list, or `all`; Chromium when it is not set). An engine that was asked for and is not there
fails. Each engine is one browser for all of its tests; each test has a server of its own, at an address that no
browser has in its cache.
"""

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from engines import Engine
from pages_of_site import GUIDELINE
from served_build import Served
from start_and_keep import make, start

from calculators import __version__
from calculators.bridge import handle
from generator.runtime.manifest import sha256

pytestmark = pytest.mark.browser

STATE = "Vademecum.pythonClient().state"
ANSWER = "document.querySelector('[data-answer]:not([hidden]):not(.vm-answer--pending)')"

FILL_AND_ASK = """
const form = document.querySelector('calculator-form form');
for (const [name, value] of Object.entries(given)) {
  const field = form.querySelector(`[name="${name}"]`);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
form.querySelector('button[type=submit]').click();
"""

READ_ANSWER = """
const answer = document.querySelector('[data-answer]');
return {
  kind: answer.className.match(/vm-answer--([a-z_]+)/)[1],
  value: answer.querySelector('.vm-answer__value')?.textContent.trim() ?? '',
  text: answer.textContent,
  rows: [...document.querySelectorAll('[data-row][data-hit]')].map((row) => row.dataset.row),
};
"""

READ_FAILURE = """
const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0;
const told = document.querySelector('[data-python]');
const row = document.getElementById('row-zoledronic-acid-below-30');
return {
  code: Vademecum.pythonClient().state.code,
  message: shown(told) ? told.querySelector('span').textContent : '',
  table: shown(row) ? row.textContent : '',
  value: document.querySelector('.vm-answer__value') !== null,
};
"""

ASK_ALL = """
const client = Vademecum.pythonClient();
const replies = [];
for (const { op, ...fields } of given) replies.push(await client.request(op, fields));
return replies;
"""

# what is wrong with which file → the code of the failure, and how its message begins
FAULTS = [
    ("corrupt", "python_stdlib.", "damaged", "下载的文件与本站公布的校验值不符，已拒绝使用。"),
    ("cut", ".wasm", "network", "网络中断，计算器没有下载完整。"),
    ("missing", ".wasm", "missing", "网站可能刚刚更新，有文件找不到了。"),
    ("blind", "/python.", "no-wasm", "此浏览器不能运行 WebAssembly，计算器无法启动；"),
]
STATIC_TABLES = "下面的静态表仍然可用。"

# Limits, other writings of a number, and what must be refused: the texts of a reader, not of a form.
DRUGS = ("zoledronic-acid", "incadronate", "ibandronate", "pamidronate", "denosumab", "no-such-drug")
AGES = ("65", "６５", "17", "65.5")
CLEARANCES = ("29.999999999999999999999", "30", "７７３５/159", "1e2", "-10", "106 µmol/L", "<b>45</b>", "\ud800")
WEIGHTS = ("60", "60kg", "600")
CREATININES = ("106", "106 µmol/L", "1.2 mg/dL", "1,2 mg/dL")


@pytest.fixture(scope="module")
def payload(built_site: Path) -> dict[str, Any]:
    """The guideline's data, which the engine of this process has loaded too."""
    text = (built_site / GUIDELINE / "payload.json").read_text("utf-8")
    assert json.loads(handle(json.dumps({"id": 0, "op": "load", "payload": text})))["ok"]
    found: dict[str, Any] = json.loads(text)
    return found


def ask(engine: Engine, drug: str, age: str, crcl: str) -> dict[str, Any]:
    """Fill in the form of the dose calculator, send it, and read the answer."""
    engine.run(FILL_AND_ASK, {"drug": drug, "age": age, "crcl": crcl})
    engine.wait(ANSWER)
    answer: dict[str, Any] = engine.run(READ_ANSWER)
    return answer


def test_python_starts_answers_and_answers_again_after_a_reload(engine: Engine, served: Served) -> None:
    """From an empty cache Python starts and answers, and once more after the page was loaded again."""
    engine.open(served.dose_page)
    answer = ask(engine, "zoledronic-acid", "70", "45")
    assert (answer["kind"], answer["value"]) == ("at_most", "不超过 3.5 mg")
    assert answer["rows"] == ["zoledronic-acid-30-to-60"]
    assert any(".wasm" in path for path in served.asked)
    engine.reload()
    answer = ask(engine, "zoledronic-acid", "70", "29.9")
    assert (answer["kind"], answer["value"]) == ("stop", "")
    answer = ask(engine, "zoledronic-acid", "70", "60")
    assert (answer["kind"], answer["value"]) == ("fixed", "4 mg")
    state = engine.run(f"return {STATE}")
    assert (state["name"], state["engine"]) == ("ready", __version__)


def requests_of(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every worked case, alone and all together, and a sample of other inputs, most of them at limits or wrong."""
    for calculator in payload["calculators"]:
        named = {"guideline": GUIDELINE, "calculator": calculator["id"]}
        yield {"op": "cases", **named}
        yield from ({"op": "calculate", **named, "inputs": case["inputs"]} for case in calculator["cases"])
    for pathway in payload["pathways"]:
        named = {"guideline": GUIDELINE, "pathway": pathway["id"]}
        yield {"op": "walks", **named}
        yield from ({"op": "walk", **named, "answers": case["answers"]} for case in pathway["cases"])
        yield {"op": "walk", **named, "answers": {"no-such-node": "yes"}}
    named = {"op": "calculate", "guideline": GUIDELINE}
    for drug, age, crcl in product(DRUGS, AGES, CLEARANCES):
        yield {**named, "calculator": "bma-dose", "inputs": {"drug": drug, "age": age, "crcl": crcl}}
    for sex, weight, creatinine in product(("male", "female"), WEIGHTS, CREATININES):
        inputs = {"age": "70", "sex": sex, "weight": weight, "creatinine": creatinine}
        yield {**named, "calculator": "creatinine-clearance", "inputs": inputs}
    yield {**named, "calculator": "no-such-calculator", "inputs": {}}


@pytest.mark.parametrize("road", ["cold", "snapshot"])
def test_every_reply_is_that_of_cpython(engine: Engine, served: Served, payload: dict[str, Any], road: str) -> None:
    """Worked cases and other inputs, asked through the page's worker, give CPython's replies byte for byte."""
    asked = list(requests_of(payload))
    assert start(engine, served, "?python=cold") == "cold"
    if road == "snapshot":
        assert make(engine)["bytes"] > 0
        assert start(engine, served) == "snapshot"
    replies = engine.run(ASK_ALL, asked)
    for request, reply in zip(asked, replies, strict=True):
        assert json.dumps(reply) == handle(json.dumps({**request, "id": reply["id"]})), request
        if request["op"] in {"cases", "walks"}:
            assert reply["result"]["passed"] == reply["result"]["total"] > 0


@pytest.mark.parametrize(("fault", "part", "code", "begins"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_told_and_leaves_the_table(
    engine: Engine, served: Served, fault: str, part: str, code: str, begins: str
) -> None:
    """When Python cannot start the page says why, shows the static table, and gives no value when asked."""
    served.faults[part] = fault
    engine.open(served.dose_page)
    engine.wait(f"{STATE}.name === 'failed'")
    answer = ask(engine, "zoledronic-acid", "70", "45")
    found = engine.run(READ_FAILURE)
    assert found["code"] == code
    assert found["message"].startswith(begins)
    assert found["message"].endswith(STATIC_TABLES)
    assert "停用" in found["table"]
    assert not found["value"]
    assert found["message"] in answer["text"]
    assert (answer["kind"], answer["value"], answer["rows"]) == ("refused", "", [])
    runtime = [path for path in served.asked if "/runtime/" in path]
    assert (runtime == []) is (fault == "blind")


@pytest.mark.parametrize("road", ["cold", "snapshot"])
def test_the_calculator_says_what_runs_here(engine: Engine, served: Served, built_site: Path, road: str) -> None:
    """'About this calculator' tells versions, road, size and hash of each file, and the worked cases run here."""
    start(engine, served, "?python=cold")
    if road == "snapshot":
        make(engine)
        start(engine, served)
    engine.run("document.querySelector('[data-run]').click()")
    engine.wait("document.querySelector('[data-about]').textContent.includes('例通过')")
    told = engine.run("return document.querySelector('[data-about]').textContent")
    (manifest,) = built_site.rglob("manifest.*.json")
    files = json.loads(manifest.read_text("utf-8"))["files"]
    assert f"本机 Python 3.14.2，引擎 {__version__}" in told
    assert {"cold": "从头启动", "snapshot": "从本机留存的快照启动"}[road] in told
    listed = [file for file in files if road == "cold" or file["role"] not in {"library", "engine"}]
    assert all(f"{file['size']:,} 字节 {file['sha256']}" in told for file in listed)
    data = (built_site / GUIDELINE / "payload.json").read_bytes()
    assert f"{len(data):,} 字节 {sha256(data)}" in told
