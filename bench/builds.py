"""How long checks and builds take, beside a plain build and as guidelines are added; how large a page stays."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bench import sites
from bench.report import Row
from bench.timing import Job, Time, run, take_turns

BUILD_TARGET = 1.5
GROWTH_TARGET = 1.2
PAGE_TARGET = 1.05


def beside_plain(own: Path, plain: Path, rounds: int) -> Iterator[Row]:
    """Build the two sites; afterwards both are there to be weighed."""
    jobs = {"own": sites.build_job(own), "plain": sites.plain_job(plain)}
    for job in jobs.values():  # fills the caches: bytecode, the dictionary of the search, the browser's Python
        run(job)
    times = take_turns(jobs, rounds)
    found, reference = times["own"], times["plain"]
    what = "build of the site / plain mkdocs build of its pages"
    yield Row(f"{what}, processor time", found.processor, reference.processor, "s", BUILD_TARGET)
    yield Row(f"{what}, wall time", found.wall, reference.wall, "s", BUILD_TARGET)


def as_guidelines_are_added(folder: Path, counts: tuple[int, ...], rounds: int) -> Iterator[Row]:
    """Check and build the guideline several times over.

    Args:
        folder: an empty folder for the sites.
        counts: how often the guideline is there; the last two are compared in time, the first and last in bytes.
        rounds: how often each is measured.
    """
    made = {count: _site(folder / str(count), count) for count in counts}
    jobs: dict[tuple[str, int], Job] = {}
    for count, site in made.items():
        run(sites.build_job(site))
        jobs["check", count] = sites.check_job(site)
        jobs["build", count] = sites.build_job(site)
    times = take_turns(jobs, rounds)
    for verb in ("check", "build"):
        for fewer, more in pairwise(counts):
            target = GROWTH_TARGET if more == counts[-1] else None
            yield _growth(verb, times, fewer, more, target)
    few, many = (_section_page(made[count]) for count in (counts[0], counts[-1]))
    what = f"{many.parent.parent.name}/ page of one guideline, HTML, {counts[-1]} guidelines / {counts[0]}"
    yield Row(what, many.stat().st_size, few.stat().st_size, "B", PAGE_TARGET)


def _site(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True)
    return sites.many(folder, count)


def _growth(verb: str, times: dict[tuple[str, int], Time], fewer: int, more: int, target: float | None) -> Row:
    small, large = (times[verb, count].processor / count for count in (fewer, more))
    return Row(f"{verb}, processor time a guideline, {more} guidelines / {fewer}", large, small, "s", target)


def _section_page(site: Path) -> Path:
    """The largest page of a section of the first guideline."""
    found = (site / "site" / "copy-001" / "sections").glob("*/index.html")
    return max(found, key=lambda path: (path.stat().st_size, path))
