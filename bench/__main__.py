"""The command of `make bench`: measure everything, print the table, and put it into docs/performance.md."""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError

from playwright.sync_api import Browser

from bench import builds, python_in_browser, report, sites, weight
from bench.browser import chromium
from bench.timing import ROOT

PAGE = ROOT / "docs" / "performance.md"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured.

    Attributes:
        builds: rounds of building the site and the plain one.
        copies: how many times the guideline is there, ascending.
        growth: rounds of checking and building these.
        every_page: weigh every page, or one a kind.
        trips: calculations.
        starts: starts of Python.
    """

    builds: int
    copies: tuple[int, ...]
    growth: int
    every_page: bool
    trips: int
    starts: int


FULL = Extent(builds=7, copies=(1, 10, 50), growth=3, every_page=True, trips=1000, starts=5)
QUICK = Extent(builds=1, copies=(1, 5), growth=1, every_page=False, trips=100, starts=1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; the exit code is 0 also when a target is missed: the table says so."""
    options = _options(arguments)
    try:
        with chromium() as browser, tempfile.TemporaryDirectory(prefix="vademecum-bench-") as name:
            rows = []
            for row in measure(browser, Path(name), QUICK if options.quick else FULL):
                rows.append(row)
                print(report.text([row]).splitlines()[-1], file=sys.stderr, flush=True)
            machine = report.machine(f"Chromium {browser.version}")
    except CalledProcessError as error:
        print(f"bench: {' '.join(error.cmd[1:])} failed\n{error.stderr}", file=sys.stderr)
        return 1
    except FileNotFoundError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    print(f"{machine}\n\n{report.text(rows)}")
    if options.output:
        report.write(options.output, report.markdown(rows, machine))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few runs, to see whether it works; writes no page")
    parser.add_argument("--output", type=Path, help="page to put the table into (default: docs/performance.md)")
    options = parser.parse_args(arguments)
    if options.output is None and not options.quick:
        options.output = PAGE
    return options


def measure(browser: Browser, folder: Path, extent: Extent) -> Iterator[report.Row]:
    """Every figure, one after the other."""
    for name in ("own", "plain", "many"):
        (folder / name).mkdir()
    own, plain = sites.own_site(folder / "own"), sites.plain(folder / "plain")
    yield from builds.beside_plain(own, plain, extent.builds)
    yield from weight.beside_plain(browser, own / "site", plain / "site", every=extent.every_page)
    yield from python_in_browser.round_trips(browser, own / "site", extent.trips)
    yield python_in_browser.time_to_ready(browser, own / "site", extent.starts)
    yield from builds.as_guidelines_are_added(folder / "many", extent.copies, extent.growth)


if __name__ == "__main__":
    sys.exit(main())
