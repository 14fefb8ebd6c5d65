"""How long a saved dose takes to be seen: `vademecum serve` beside `mkdocs serve`, on the page of a calculator."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Error, Page

from bench import sites
from bench.report import Row
from bench.timing import environment
from generator.load import guideline_folders

TARGET_OF_ONE, TARGET_OF_MANY = 1.0, 2.0
"""Seconds that a changed dose may take to be seen, with one guideline and with ten."""

PATIENCE = 180
EXPECTED = (r"listed: {dose},", r"value: {dose}, unit: mg\b")
PLACES = {
    "tables.yaml": (r"exactly: {dose}, unit: mg\b",),
    "calculators.yaml": EXPECTED,
    "coverage.yaml": (r"{dose} mg",),
}
"""Where the first guideline has a drug's dose: its cell, and what the checks compare with it."""

DRUG, DOSE = "denosumab", 120
IN_TABLE = "() => [...document.querySelectorAll('[data-row]')].some((row) => row.textContent.includes('{dose} mg'))"
IN_ANSWER = (
    "() => document.querySelector('calculator-form [data-answer]:not([hidden])')?.textContent.includes('{dose} mg')"
)


def rows(browser: Browser, folder: Path, counts: tuple[int, ...], rounds: int) -> Iterator[Row]:
    """From saving to seeing, for each number of guidelines; the two servers take turns by rounds.

    Args:
        browser: the browser that looks.
        folder: an empty folder for the sites.
        counts: how often the guideline is there.
        rounds: how often a dose is changed under each server.
    """
    for count in counts:
        with _looked_at(browser, folder / f"own-{count}", count, "generator.cli") as (own, see):
            _ask(own)
            see((IN_ANSWER,), DOSE)
            with _looked_at(browser, folder / f"plain-{count}", count, "mkdocs") as (_, see_plain):
                times: dict[str, list[float]] = {"own": [], "plain": []}
                for dose in range(DOSE + 1, DOSE + 1 + rounds):
                    times["own"].append(_seen(folder / f"own-{count}", dose, (IN_TABLE, IN_ANSWER), see))
                    times["plain"].append(_seen(folder / f"plain-{count}", dose, (IN_TABLE,), see_plain))
        found, reference = median(times["own"]), median(times["plain"])
        guidelines = f"{count} guideline{'s' * (count > 1)}"
        what = f"from saving a dose to table and answer, {guidelines}"
        yield Row(f"{what} / mkdocs serve, table alone, {rounds} rounds", found, reference, "s")
        asked = TARGET_OF_ONE if count == 1 else TARGET_OF_MANY
        yield Row(f"{what} / what is asked", found, asked, "s", 1.0)


type See = Callable[[tuple[str, ...], int], None]


@contextmanager
def _looked_at(browser: Browser, folder: Path, count: int, module: str) -> Iterator[tuple[Page, See]]:
    """A calculator's page of a site that is served from a folder, and what waits until conditions hold on it."""
    folder.mkdir()
    site = sites.many(folder, count)
    port = _free_port()
    command = [sys.executable, "-m", module, "serve", "-a", f"127.0.0.1:{port}"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    context = browser.new_context()
    page = context.new_page()

    def see(conditions: tuple[str, ...], dose: int) -> None:
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end:
            try:
                if all(page.evaluate(condition.replace("{dose}", str(dose))) for condition in conditions):
                    return
            except Error:  # the page is being loaded again
                continue
            time.sleep(0.005)
        raise TimeoutError(f"{module} serve: a dose of {dose} mg was not seen within {PATIENCE} s")

    with subprocess.Popen(command, cwd=site, env=environment(), **quiet) as server:  # type: ignore[call-overload]
        try:
            _open(page, f"http://127.0.0.1:{port}/{guideline_folders(site / 'content')[0].name}/calculators/bma-dose/")
            yield page, see
        finally:
            server.terminate()
            context.close()


def _seen(folder: Path, dose: int, conditions: tuple[str, ...], see: See) -> float:
    """Seconds from saving a dose in all its places until it is seen."""
    guideline = guideline_folders(folder / "content")[0]
    begun = time.perf_counter()
    for path in (*(guideline / name for name in PLACES), *sorted((guideline / "teaching").glob("*.yaml"))):
        text = path.read_text(encoding="utf-8")
        for place in PLACES.get(path.name, EXPECTED):
            said = re.compile(place.replace("{dose}", str(dose - 1)))
            text = said.sub(lambda match: match[0].replace(str(dose - 1), str(dose)), text)
        path.write_text(text, encoding="utf-8")
    see(conditions, dose)
    return time.perf_counter() - begun


def _open(page: Page, url: str) -> None:
    """Open a page once its server is there and has built it."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        try:
            page.goto(url)
            page.wait_for_selector("calculator-form", timeout=PATIENCE * 1000)
        except Error:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{url} was not there within {PATIENCE} s")


def _ask(page: Page) -> None:
    """Fill the form in and ask for the dose."""
    page.locator("calculator-form [name=drug]").select_option(DRUG)
    page.locator("calculator-form [name=age]").fill("50")
    page.locator("calculator-form [name=crcl]:not([data-unit])").fill("80")
    page.locator("calculator-form [type=submit]").click()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
