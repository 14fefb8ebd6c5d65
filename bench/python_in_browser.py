"""What the browser's Python costs once it runs: the round trip of one calculation."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser

from bench.browser import serve
from bench.report import Row
from bench.weight import WITH_PYTHON, page_uris
from generator.runtime import ensure_runtime_source

WEB = Path(__file__).parent / "web"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts of a built site are, from its root.

    Attributes:
        calculator: a page with a calculator.
        payload: the data of the calculator's guideline.
    """

    calculator: str
    payload: str


def addresses(site: Path) -> Addresses:
    """Find the parts of a built site."""
    with_python = [uri for uri in sorted(page_uris(site)) if WITH_PYTHON in (site / uri / "index.html").read_bytes()]
    first = next(uri for uri in with_python if (site / uri.partition("/")[0] / "payload.json").is_file())
    return Addresses(first, f"/{first.partition('/')[0]}/payload.json")


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


def _script(name: str) -> str:
    """A script as one expression: the comment above it is for readers."""
    lines = (WEB / f"{name}.js").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//"))
