"""Lighthouse on one page of each kind, ours and the plain one in turns: a phone, texts compressed.

`package.json` and its lock file pin it with all that it needs, by hash; npm puts them into the user's cache once.
"""

import json
import math
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import median

from bench.browser import KeepAlive, executable, serve
from bench.slow import Link
from bench.weight import kind, page_uris
from generator.runtime import RuntimeUnavailable, node
from generator.runtime.cache import cache_folder, new_folder

FOLDER = Path(__file__).parent
FILES = ("package.json", "package-lock.json")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST_PERFORMANCE, LEAST_AHEAD, LEAST_OTHERS = 95, 3, 100
NO_LINE = Link(rate=math.inf, delay=0)  # texts are compressed, and the line is simulated


@dataclass(frozen=True, slots=True)
class Scores:
    """One kind of page; each tuple holds points of 100 in the order of `CATEGORIES`.

    Attributes:
        kind: the kind, as `weight.kind` names it.
        own: medians of our page.
        plain: medians of the plain Material page with the same Markdown.
    """

    kind: str
    own: tuple[float, ...]
    plain: tuple[float, ...]

    @property
    def missed(self) -> list[str]:
        """The targets that are missed, in words; empty when all are met."""
        performance, *others = self.own
        found = [f"performance ≥ {LEAST_PERFORMANCE}"] if performance < LEAST_PERFORMANCE else []
        if performance - self.plain[0] < LEAST_AHEAD:
            found.append(f"{LEAST_AHEAD} ahead")
        names = zip(CATEGORIES[1:], others, strict=True)
        return found + [f"{name} {LEAST_OTHERS}" for name, score in names if score < LEAST_OTHERS]


def installed() -> Path:
    """The folder with Lighthouse in the user's cache, filled by npm when it is missing.

    Raises:
        RuntimeUnavailable: npm cannot fetch it.
    """
    texts = [(FOLDER / name).read_bytes() for name in FILES]
    target = cache_folder() / "npm" / f"lighthouse-{sha256(b''.join(texts)).hexdigest()[:12]}"
    if target.is_dir():
        return target
    with new_folder(target) as work:
        for name, text in zip(FILES, texts, strict=True):
            (work / name).write_bytes(text)
        command = [*node.npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = node.run(command, folder=work, seconds=900)
        if done.returncode:
            raise RuntimeUnavailable(f"npm could not fetch Lighthouse: {done.stderr.strip()}")
    return target


def scores(url: str, folder: Path) -> tuple[float, ...]:
    """The points of one run, in the order of `CATEGORIES`.

    Raises:
        RuntimeUnavailable: Lighthouse gave no result.
    """
    script = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    command = ["env", f"CHROME_PATH={executable()}", *node.node(), str(script), url, "--quiet", "--output=json", flags]
    done = node.run([*command, f"--only-categories={','.join(CATEGORIES)}"], folder=folder, seconds=300)
    if done.returncode:
        raise RuntimeUnavailable(f"Lighthouse failed on {url}: {done.stderr.strip()[-400:]}")
    return of_report(json.loads(done.stdout))


def of_report(report: dict[str, dict[str, dict[str, float]]]) -> tuple[float, ...]:
    """The points in a report of Lighthouse, which gives shares of one."""
    return tuple(round(100 * report["categories"][name]["score"]) for name in CATEGORIES)


def beside_plain(own: Path, plain: Path, rounds: int) -> Iterator[Scores]:
    """Medians for one page of each kind; the two sites take turns, and begin in turns.

    Args:
        own: the folder of the built site.
        plain: the folder of the plain one.
        rounds: runs of each page.
    """
    folder = installed()
    with serve(own, KeepAlive, link=NO_LINE) as ours, serve(plain, KeepAlive, link=NO_LINE) as theirs:
        for name, uri in one_a_kind(plain).items():
            found: dict[str, list[tuple[float, ...]]] = defaultdict(list)
            for turn in range(rounds):
                for base in (ours, theirs) if turn % 2 else (theirs, ours):
                    found[base].append(scores(f"{base}{uri}", folder))
            yield Scores(name, medians(found[ours]), medians(found[theirs]))


def one_a_kind(site: Path) -> dict[str, str]:
    """An address for each kind of page, the first in order."""
    return {kind(uri): uri for uri in sorted(page_uris(site), reverse=True)}


def medians(runs: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The median of each category."""
    return tuple(median(values) for values in zip(*runs, strict=True))


def markdown(rows: Sequence[Scores], machine: str) -> str:
    """The table for docs/performance.md: points of ours / points of the plain page, and what is missed."""
    lines = [("page", *CATEGORIES, "missed"), ("---", *["--:"] * len(CATEGORIES), "---")]
    for row in rows:
        pairs = (f"{ours:g} / {theirs:g}" for ours, theirs in zip(row.own, row.plain, strict=True))
        lines.append((row.kind, *pairs, ", ".join(row.missed)))
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return f"{machine} Load at the end: {load}.\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)
