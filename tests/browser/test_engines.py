"""The same scenario in Chromium, Firefox and WebKitGTK: the built site over http, its answers, and its faults.

`ENGINES` chooses (a comma list, or `all`; Chromium when it is not set). An engine that was asked for and is not there
fails. Each engine is one browser for all of its tests; each test has a server of its own, at an address that no
browser has in its cache.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from engines import Engine, chosen, start
from pages_of_site import GUIDELINE, PAGE_KINDS
from playwright.sync_api import Browser
from programs import EngineError

from calculators import __version__
from calculators.bridge import handle

pytestmark = pytest.mark.browser

DOSE_PAGE = PAGE_KINDS["dose-calculator"]
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
    ("blind", "/calculator.", "no-wasm", "此浏览器不能运行 WebAssembly，计算器无法启动；"),
]
STATIC_TABLES = "下面的静态表仍然可用。"

# Limits, other writings of a number, and what must be refused: the texts of a reader, not of a form.
DRUGS = ("zoledronic-acid", "incadronate", "ibandronate", "pamidronate", "denosumab", "no-such-drug")
AGES = ("65", "６５", "17", "65.5")
CLEARANCES = ("29.999999999999999999999", "30", "７７３５/159", "1e2", "-10", "106 µmol/L", "<b>45</b>", "\ud800")
WEIGHTS = ("60", "60kg", "600")
CREATININES = ("106", "106 µmol/L", "1.2 mg/dL", "1,2 mg/dL")


@dataclass
class Served:
    """The built site on a port of its own, and what is to go wrong with it.

    Attributes:
        faults: part of a path -> `corrupt` (one bit), `cut` (half of it, then the connection ends), `missing`, or
            `blind` (a script that first takes WebAssembly away, as browsers do that forbid it).
        asked: every path that has been asked for.
    """

    folder: Path
    port: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def dose_page(self) -> str:
        """The address of the dose calculator, under a name that browsers take for secure."""
        return f"http://localhost:{self.port}/{DOSE_PAGE}"


class Handler(SimpleHTTPRequestHandler):
    """Answers from a `Served`, faults included."""

    # Firefox and WebKit take half a body for the whole of it when the server speaks HTTP/1.0.
    protocol_version = "HTTP/1.1"

    def __init__(self, served: Served, *args: Any) -> None:
        self.served = served
        super().__init__(*args, directory=str(served.folder))

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file, or what its fault makes of it."""
        self.served.asked.append(self.path)
        fault = next((kind for part, kind in self.served.faults.items() if part in self.path), "")
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if fault == "missing" or not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        if fault == "corrupt":
            data = data[:-1] + bytes([data[-1] ^ 1])
        elif fault == "blind":
            data = b"delete globalThis.WebAssembly;\n" + data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if fault == "cut" else data)
        self.close_connection = self.close_connection or fault == "cut"


@pytest.fixture
def served(built_site: Path) -> Iterator[Served]:
    """The built site at a new address, without faults."""
    made = Served(built_site)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, made))
    server.daemon_threads = True
    server.handle_error = lambda *_args: None  # type: ignore[method-assign]  # a browser that hangs up is no news
    made.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module", params=chosen())
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """One browser for all tests of an engine; fails where it was asked for and cannot be had."""

    def chromium() -> Browser:
        browser: Browser = request.getfixturevalue("browser")
        return browser

    with ExitStack() as stack:
        try:
            made = stack.enter_context(start(request.param, chromium))
        except EngineError as error:
            pytest.fail(str(error), pytrace=False)
        yield made


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


def test_every_reply_is_that_of_cpython(engine: Engine, served: Served, payload: dict[str, Any]) -> None:
    """Worked cases and other inputs, asked through the page's worker, give CPython's replies byte for byte."""
    asked = list(requests_of(payload))
    engine.open(served.dose_page)
    engine.wait(f"['ready', 'failed'].includes({STATE}.name)")
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
