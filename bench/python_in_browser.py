"""What the browser's Python costs: the round trip of one calculation, and the time until it is ready."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser

from bench.browser import serve
from bench.report import Row
from bench.weight import RUNTIME, WITH_PYTHON, page_uris
from generator.runtime import ensure_runtime_source

WEB = Path(__file__).parent / "web"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts of a built site are, from its root.

    Attributes:
        calculator: a page with a calculator.
        reading: a page without one.
        payload: the data of the calculator's guideline.
        wheel: the engine.
    """

    calculator: str
    reading: str
    payload: str
    wheel: str


def addresses(site: Path) -> Addresses:
    """Find the parts of a built site."""
    with_python = [uri for uri in sorted(page_uris(site)) if WITH_PYTHON in (site / uri / "index.html").read_bytes()]
    guideline = with_python[0].partition("/")[0]
    manifest = json.loads(next((site / RUNTIME).glob("manifest.*.json")).read_text(encoding="utf-8"))
    wheel = next(file["file"] for file in manifest["files"] if file["role"] == "engine")
    return Addresses(with_python[0], f"{guideline}/", f"/{guideline}/payload.json", f"/{RUNTIME}{wheel}")


FLOOR = {
    "python": "one calculation in the worker",
    "empty": "the same reply from a Python function that does nothing",
    "json": "the same reply from a Python function that reads and writes JSON alone",
}
"""What is asked beside the echo, by the name that `round-trips.js` gives it."""


def round_trips(browser: Browser, site: Path, rounds: int) -> Iterator[Row]:
    """Ask Python, an echo worker and Python without an engine in turns, with the inputs of the worked cases."""
    found = addresses(site)
    with serve(site, bench=WEB, pyodide=ensure_runtime_source()) as base:
        page = browser.new_page()
        page.goto(f"{base}{found.calculator}")
        times = page.evaluate(_script("round-trips"), {"rounds": rounds, "payloadUrl": found.payload})
        page.close()
    shares = {name: {"p50": median(each), "p95": quantiles(each, n=20)[-1]} for name, each in times.items()}
    for name, what in FLOOR.items():
        for share in ("p50", "p95"):
            yield Row(f"{what}, {share} of {rounds:,} / echo", shares[name][share], shares["echo"][share], "ms")


def time_to_ready(browser: Browser, site: Path, rounds: int) -> Row:
    """Start the site's Python and a bare Pyodide in turns, each in a browser context that has loaded nothing."""
    found = addresses(site)
    own, bare = [], []
    with serve(site, bench=WEB, pyodide=ensure_runtime_source()) as base:
        for _ in range(rounds):
            own.append(_start(browser, f"{base}{found.calculator}", "start-own", None))
            urls = {"wheel": found.wheel, "payload": found.payload}
            bare.append(_start(browser, f"{base}{found.reading}", "start-bare", urls))
    return Row("browser's Python ready / bare Pyodide", median(own) / 1000, median(bare) / 1000, "s")


def _start(browser: Browser, url: str, script: str, argument: dict[str, str] | None) -> float:
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    milliseconds = float(page.evaluate(_script(script), argument))
    context.close()
    return milliseconds


def _script(name: str) -> str:
    """A script as one expression: the comment above it is for readers."""
    lines = (WEB / f"{name}.js").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//"))
