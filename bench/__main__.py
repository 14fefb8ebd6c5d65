"""The command of `make bench`: measure everything, print the table, and put it into docs/performance.md."""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError

from playwright.sync_api import Browser

from bench import builds, first_answer, lighthouse, python_in_browser, report, serving, sites, slow, timing, weight
from bench.browser import chromium
from bench.timing import ROOT
from generator.runtime import RuntimeUnavailable

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
        starts: first visits with Python and with bare Pyodide.
        slow_starts: the same on a slow phone, which takes two minutes each.
        lighthouse: runs of Lighthouse on each kind of page and its plain one.
        served: how many times the guideline is there while it is served.
        saves: how often a dose is changed then.
    """

    builds: int
    copies: tuple[int, ...]
    growth: int
    every_page: bool
    trips: int
    starts: int
    slow_starts: int
    lighthouse: int
    served: tuple[int, ...]
    saves: int


FULL = Extent(
    builds=7,
    copies=(1, 10, 50),
    growth=3,
    every_page=True,
    trips=1000,
    starts=15,
    slow_starts=3,
    lighthouse=5,
    served=(1, 10),
    saves=10,
)
QUICK = Extent(
    builds=1,
    copies=(1, 5),
    growth=1,
    every_page=False,
    trips=100,
    starts=1,
    slow_starts=0,
    lighthouse=0,
    served=(1,),
    saves=1,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; the exit code is 0 also when a target is missed: the table says so."""
    options = _options(arguments)
    try:
        if options.only_lighthouse:
            return only_lighthouse(options)
        with chromium() as browser, tempfile.TemporaryDirectory(prefix="vademecum-bench-") as name:
            rows = []
            extent = QUICK if options.quick else FULL
            story = only_starts if options.only_starts else only_serving if options.only_serving else measure
            for row in story(browser, Path(name), extent):
                rows.append(row)
                print(report.text([row]).splitlines()[-1], file=sys.stderr, flush=True)
            machine = report.machine(f"Chromium {browser.version}")
            if extent.lighthouse and not options.only_starts:
                points = with_lighthouse(Path(name), extent.lighthouse, machine, options.output)
                print(points, file=sys.stderr)
    except CalledProcessError as error:
        print(f"bench: {' '.join(error.cmd[1:])} failed\n{error.stderr}", file=sys.stderr)
        return 1
    except (FileNotFoundError, RuntimeUnavailable) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    print(f"{machine}\n\n{report.text(rows)}")
    if options.output:
        report.write(options.output, report.markdown(rows, machine))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few runs, to see whether it works; writes no page")
    parser.add_argument("--only-starts", action="store_true", help="only how Python starts; writes no page")
    parser.add_argument("--only-lighthouse", action="store_true", help="only Lighthouse, five runs a page")
    parser.add_argument(
        "--only-serving", action="store_true", help="only how soon a saved dose is seen; writes no page"
    )
    parser.add_argument("--output", type=Path, help="page to put the table into (default: docs/performance.md)")
    options = parser.parse_args(arguments)
    if options.output is None and not (options.quick or options.only_starts or options.only_serving):
        options.output = PAGE
    return options


def measure(browser: Browser, folder: Path, extent: Extent) -> Iterator[report.Row]:
    """Every figure, one after the other."""
    for name in ("own", "plain", "many", "served"):
        (folder / name).mkdir()
    own, plain = sites.own_site(folder / "own"), sites.plain(folder / "plain")
    yield from builds.beside_plain(own, plain, extent.builds)
    yield from weight.beside_plain(browser, own / "site", plain / "site", every=extent.every_page)
    yield from python_in_browser.round_trips(browser, own / "site", extent.trips)
    yield from python_starts(browser, own / "site", folder, extent)
    yield from builds.as_guidelines_are_added(folder / "many", extent.copies, extent.growth)
    yield from serving.rows(browser, folder / "served", extent.served, extent.saves)


def python_starts(browser: Browser, site: Path, folder: Path, extent: Extent) -> Iterator[report.Row]:
    """From nothing to the first answer, beside bare Pyodide."""
    yield first_answer.weight(site, folder)
    yield from first_answer.beside_bare(browser, site, folder, extent.starts)
    if extent.slow_starts and slow.PROCESSES.is_dir():
        yield from first_answer.beside_bare(browser, site, folder, extent.slow_starts, slow=True)


def only_starts(browser: Browser, folder: Path, extent: Extent) -> Iterator[report.Row]:
    """Build the site, then see how Python starts in it."""
    own = sites.own_site(folder)
    timing.run(sites.build_job(own))
    yield from python_starts(browser, own / "site", folder, extent)


def with_lighthouse(folder: Path, rounds: int, machine: str, output: Path | None) -> str:
    """Run Lighthouse on the sites that are built in `folder`; the table, which the page gets too."""
    rows = []
    for row in lighthouse.beside_plain(folder / "own" / "site", folder / "plain" / "site", rounds):
        rows.append(row)
        print(f"Lighthouse, {row.kind}: {row.own} / {row.plain}", file=sys.stderr, flush=True)
    table = lighthouse.markdown(rows, machine)
    if output:
        report.write(output, table, "lighthouse")
    return table


def only_lighthouse(options: argparse.Namespace) -> int:
    """Build both sites, then run Lighthouse."""
    with chromium() as browser:
        machine = report.machine(f"Chromium {browser.version}")
    with tempfile.TemporaryDirectory(prefix="vademecum-bench-") as name:
        folder = Path(name)
        for part in ("own", "plain"):
            (folder / part).mkdir()
        timing.run(sites.build_job(sites.own_site(folder / "own")))
        timing.run(sites.plain_job(sites.plain(folder / "plain")))
        print(with_lighthouse(folder, FULL.lighthouse, machine, options.output))
    return 0


def only_serving(browser: Browser, folder: Path, extent: Extent) -> Iterator[report.Row]:
    """Serve, save and look."""
    yield from serving.rows(browser, folder, extent.served, extent.saves)


if __name__ == "__main__":
    sys.exit(main())
