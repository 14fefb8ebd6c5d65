"""Everything that can go wrong with the calculator's Python, one thing at a time, in every engine of `ENGINES`.

Each ends with a sentence for the reader and a static table that can be read; none ends with a value.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from engines import Engine
from pages_of_site import GUIDELINE
from served_build import DOSE_PAGE, Served

pytestmark = pytest.mark.browser

STATE = "Vademecum.pythonClient().state"
ROLES = ("loader", "glue", "wasm", "library", "engine", "manifest", "payload")
CUT = "网络中断，计算器没有下载完整。"
DAMAGED = "下载的文件与本站公布的校验值不符，已拒绝使用。"
DIED = "计算器意外停止，重新启动后仍未恢复。"
SLOW = "计算器在 1.5 秒内没有启动，已停止。"
STATIC_TABLES = "下面的静态表仍然可用。"

READ = """
const shown = (element) => Boolean(element?.checkVisibility() && element.getBoundingClientRect().height > 0);
const row = document.getElementById('row-zoledronic-acid-below-30');
const told = document.querySelector('[data-python]');
return {
  message: shown(told) ? told.textContent : '',
  table: shown(row) ? row.textContent : '',
  value: document.querySelector('.vm-answer__value') !== null,
  answer: document.querySelector('[data-answer]')?.textContent ?? '',
};
"""
ASK = """
const fields = { drug: 'zoledronic-acid', age: '70', crcl: '45' };
const form = document.querySelector('calculator-form form');
for (const [name, value] of Object.entries(fields)) form.querySelector(`[name="${name}"]`).value = value;
form.querySelector('button[type=submit]').click();
"""
# what a worker is made to do when it is asked for a calculation
DEATHS = {
    "hangs": "for (;;);",
    "ends itself": "self.close(); event.stopImmediatePropagation();",
    "throws": "throw new Error('as a bug would');",
    "says nothing": "event.stopImmediatePropagation();",
}
DYING = """
self.addEventListener('message', (event) => {
  if (event.data.type === 'request') { %s }
});
"""
NEVER = "WebAssembly.instantiateStreaming = WebAssembly.instantiate = () => new Promise(() => {});"


@pytest.fixture(scope="module")
def names(built_site: Path) -> dict[str, str]:
    """The path of every file that Python is made of, by role."""
    (path,) = built_site.rglob("manifest.*.json")
    manifest = json.loads(path.read_text("utf-8"))
    files = {file["role"]: f"/{file['file']}" for file in manifest["files"]}
    return {**files, "manifest": f"/{path.name}", "payload": f"/{GUIDELINE}/payload.json"}


def finds(engine: Engine, begins: str, *, ask: bool = True) -> dict[str, Any]:
    """Wait for the failure, ask all the same, and hold what every failure must have; gives what the page shows."""
    engine.wait(f"{STATE}.name === 'failed'")
    if ask:
        engine.run(ASK)
        engine.wait("document.querySelector('.vm-answer--refused')")
    found: dict[str, Any] = engine.run(READ)
    assert found["message"].startswith(begins)
    assert STATIC_TABLES in found["message"]
    assert found["message"].partition(STATIC_TABLES)[0] in found["answer"]
    assert "停用" in found["table"]
    assert not found["value"]
    return found


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("fault", "begins"), [("cut", CUT), ("corrupt", DAMAGED)])
def test_no_file_of_python_runs_unless_whole(
    engine: Engine, served: Served, names: dict[str, str], role: str, fault: str, begins: str
) -> None:
    """Whichever file of Python is cut on the way or has one bit changed, the reader is told and gets no value."""
    served.faults[names[role]] = fault
    engine.open(served.dose_page)
    finds(engine, begins)


@pytest.mark.parametrize("fault", ["cut", "broken", "missing"])
def test_a_worker_without_its_script_is_told(engine: Engine, served: Served, fault: str) -> None:
    """Whatever keeps the worker's script from running, the page says so after a second try."""
    served.faults["/worker."] = fault
    engine.open(served.dose_page)
    finds(engine, DIED)


@pytest.mark.parametrize("fault", ["cut", "broken", "missing"])
@pytest.mark.parametrize("script", ["/python.", "/calculator."])
def test_a_page_without_its_script_can_be_read(engine: Engine, served: Served, script: str, fault: str) -> None:
    """Without the page's scripts nothing is calculated: the page says from the start that nothing has started."""
    served.faults[script] = fault
    engine.open(served.dose_page)
    found = engine.run(READ)
    assert found["message"] == "计算器尚未启动；规则表随时可查。"
    assert "停用" in found["table"]
    assert not found["value"]
    # Python is asked for in the head, before anyone can know whether the form's own script will come.
    assert script == "/calculator." or not [path for path in served.asked if "/runtime/" in path]


@pytest.mark.parametrize("death", DEATHS.values(), ids=[*DEATHS])
def test_a_worker_that_dies_of_a_calculation_is_told(engine: Engine, served: Served, death: str) -> None:
    """A worker that hangs, ends or fails in the middle of a calculation is started again once, then reported."""
    served.before["/worker."] = DYING % death
    served.limits["answerLimit"] = 1500
    engine.open(served.dose_page)
    engine.wait(f"['ready', 'failed'].includes({STATE}.name)")
    engine.run(ASK)
    finds(engine, DIED, ask=False)
    assert len([path for path in served.asked if "/worker." in path]) >= 1


def test_a_wasm_that_never_starts_is_given_up(engine: Engine, served: Served) -> None:
    """Pyodide says nothing when its wasm does not start; after the limit the reader is told."""
    served.before["/worker."] = NEVER
    served.limits["startLimit"] = 1500
    engine.open(served.dose_page)
    finds(engine, SLOW)


def test_without_scripts_the_page_can_be_read(browser: Any, served: Served) -> None:
    """With scripts off the page says so, and shows its tables."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://localhost:{served.port}/{DOSE_PAGE}")
    assert page.locator("noscript p").is_visible()
    assert "停用" in page.locator("#row-zoledronic-acid-below-30").inner_text()
    context.close()
