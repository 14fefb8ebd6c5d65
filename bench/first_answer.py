"""From the navigation to the first answer of a calculation asked at once, beside bare Pyodide, cold and on return."""

import gzip
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from bench.browser import serve
from bench.python_in_browser import WEB, addresses
from bench.report import Row
from bench.slow import PHONE_LINE, memory, slow_processor, worker_time
from bench.timing import ROOT
from bench.weight import RUNTIME
from generator.runtime import ensure_runtime_source

MINUTES = 180_000  # milliseconds
SHIPPED_BY_PYODIDE = ("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs", "python_stdlib.zip", "pyodide-lock.json")
# A row's name, the figure, the visit that it is of, and what its ratio should be at most.
ROWS = (
    ("first paint", "paint", "cold", None),
    ("interactive form", "interactive", "cold", None),
    ("first answer, first visit", "answer", "cold", 0.45),
    ("first answer on return, without a snapshot", "answer", "return", 0.40),
    ("first answer on return, from the snapshot", "answer", "snapshot", 0.25),
    ("first answer, first visit, our Python on a page with nothing but a form", "answer", "alone", None),
    ("processor time of Python's thread, first visit", "worker", "cold", None),
    ("processor time of Python's thread on return, without a snapshot", "worker", "return", None),
    ("processor time of Python's thread on return, from the snapshot", "worker", "snapshot", None),
    ("memory of the page's process, first visit", "memory", "cold", None),
    ("memory of the page's process, from the snapshot", "memory", "snapshot", None),
)
KEPT = """
async () => {
  const cache = await caches.open('vademecum-snapshot');
  return (await cache.keys()).some(({ url }) => url.endsWith('.json'));
}
"""


@dataclass(frozen=True, slots=True)
class Round:
    """The figures of one visit after the other: `cold`, `return`, `snapshot`, `alone`, `bare`; each by name."""

    visits: Mapping[str, Mapping[str, float]]


def engine_as_source(folder: Path) -> Path:
    """A zip of the engine's modules, as one would put them on a server."""
    path = folder / "engine.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for module in sorted((ROOT / "calculators").rglob("*.py")):
            archive.write(module, module.relative_to(ROOT))
    return path


def form_alone(site: Path, calculator: str) -> str:
    """Write a page with our Python and nothing else of the site: no theme, no search, no text; gives its address.

    Args:
        site: the built site, to which the page is added.
        calculator: the address of a calculator's page; beside it, so that relative addresses are the same.
    """
    html = (site / calculator / "index.html").read_text(encoding="utf-8")
    parts = re.findall(
        r'<script[^>]* id="vademecum-python">.*?</script>|<script src="[^"]*/python\.[^>]*></script>', html
    )
    page = site / calculator / ".." / "alone" / "index.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text(
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Alone</title>\n'
        + "\n".join(parts)
        + '\n<form><input name="value"><button>Calculate</button></form>\n</html>\n',
        encoding="utf-8",
    )
    return f"{page.parent.resolve().relative_to(site.resolve()).as_posix()}/"


def weight(site: Path, folder: Path) -> Row:
    """Runtime, library, engine and payload, each as gzip -9 makes it; what is packed already counts as it is."""
    payload = gzip.compress((site / addresses(site).payload.lstrip("/")).read_bytes(), 9)
    manifest = json.loads(next((site / RUNTIME).glob("manifest.*.json")).read_text("utf-8"))
    own = int(manifest["transfer"]) + len(payload)
    files = [(ensure_runtime_source() / name).read_bytes() for name in SHIPPED_BY_PYODIDE]
    bare = sum(len(gzip.compress(data, 9)) for data in files) + engine_as_source(folder).stat().st_size + len(payload)
    return Row("bytes of runtime, library, engine and payload / bare Pyodide", own, bare, "B", 0.80)


def beside_bare(browser: Browser, site: Path, folder: Path, rounds: int, *, slow: bool = False) -> Iterator[Row]:
    """Visit the site's calculator and a page with bare Pyodide in turns, each round in contexts that know nothing.

    Args:
        browser: Chromium.
        site: a built site.
        folder: for the files of the bare page.
        rounds: how many; each is a first visit, a return without and one with the snapshot, and a bare first visit.
        slow: with a quarter of the processor and a line of 1.6 Mbit/s and 150 ms.
    """
    (folder / "served").mkdir(exist_ok=True)
    engine_as_source(folder / "served")
    found = addresses(site)
    alone = form_alone(site, found.calculator)
    others = {"bench": WEB, "pyodide": ensure_runtime_source(), "engine": folder / "served"}
    given = {"request": _request(site, found.payload), "engine": "/engine/engine.zip", "payload": found.payload}
    done: list[Round] = []
    with serve(site, link=PHONE_LINE if slow else None, **others) as base:
        for number in range(rounds):
            visits: dict[str, Mapping[str, float]] = {}
            for own in (True, False)[:: -1 if number % 2 else 1]:
                if own:
                    visits |= _own(browser, f"{base}{found.calculator}", given, slow=slow)
                    visits["alone"] = _fresh(browser, f"{base}{alone}", given, "cold", slow=slow)
                else:
                    visits["bare"] = _fresh(browser, f"{base}bench/bare.html", given, "bare", slow=slow)
            done.append(Round(visits))
    yield from _rows(done, slow=slow)


def _rows(rounds: Sequence[Round], *, slow: bool) -> Iterator[Row]:
    times = f", 4 × slower processor, 1.6 Mbit/s, {len(rounds)} rounds" if slow else f", {len(rounds)} rounds"
    for name, figure, visit, target in ROWS:
        own = median(item.visits[visit][figure] for item in rounds)
        bare = median(item.visits["bare"][figure] for item in rounds)
        unit, scale = ("MB", 1.0) if figure == "memory" else ("s", 1000.0)
        yield Row(
            f"{name} / bare Pyodide's first visit{times}", own / scale, bare / scale, unit, None if slow else target
        )


def _own(browser: Browser, url: str, given: Mapping[str, Any], *, slow: bool) -> dict[str, Mapping[str, float]]:
    context = browser.new_context()
    visits = {"cold": _visit(browser, context, url, given, "cold", slow=slow, leaves_snapshot=True)}
    visits["return"] = _visit(browser, context, f"{url}?python=cold", given, "cold", slow=slow)
    visits["snapshot"] = _visit(browser, context, url, given, "snapshot", slow=slow)
    context.close()
    return visits


def _fresh(browser: Browser, url: str, given: Mapping[str, Any], road: str, *, slow: bool) -> Mapping[str, float]:
    context = browser.new_context()
    figures = _visit(browser, context, url, given, road, slow=slow)
    context.close()
    return figures


def _visit(
    browser: Browser,
    context: BrowserContext,
    url: str,
    given: Mapping[str, Any],
    road: str,
    *,
    slow: bool,
    leaves_snapshot: bool = False,
) -> Mapping[str, float]:
    page = context.new_page()
    page.set_default_timeout(MINUTES)
    page.add_init_script(f"({_script()})({json.dumps(given)})")
    with slow_processor(browser, 4) if slow else nullcontext():
        page.goto(url, wait_until="commit")
        page.wait_for_function("() => window.bench")
    figures: dict[str, Any] = page.evaluate("() => window.bench")
    if figures.pop("road") != road:
        raise RuntimeError(f"{url} started by another road than {road}")
    figures["worker"] = worker_time(browser)
    figures["memory"] = memory(browser)
    while leaves_snapshot and not page.evaluate(KEPT):
        page.wait_for_timeout(100)
    page.close()
    return figures


def _request(site: Path, payload: str) -> dict[str, Any]:
    """The first worked case of the first calculator, as a request."""
    found = json.loads((site / payload.lstrip("/")).read_text("utf-8"))
    calculator = found["calculators"][0]
    return {
        "guideline": found["guideline"]["id"],
        "calculator": calculator["id"],
        "inputs": calculator["cases"][0]["inputs"],
    }


def _script() -> str:
    lines = (WEB / "first-answer.js").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//"))
