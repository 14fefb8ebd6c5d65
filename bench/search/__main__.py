"""`python -m bench.search`: how well and how fast the search answers, by kind of query, Material's own beside it."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from bench import sites
from bench.browser import chromium, serve
from bench.search import material, own, queries
from bench.search.queries import Query
from bench.timing import ROOT, run
from generator.checks import check_folder

THROTTLE = 4
ROUNDS = 5
TIME = """
([queries, rounds]) => Array.from({length: rounds}, () => queries.map((query) => {
  const begun = performance.now();
  Vademecum.search(query);
  return performance.now() - begun;
})).slice(1)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--half", choices=["develop", "set-aside", "both"], default="develop", help="which queries")
    options = parser.parse_args(arguments)
    halves = [queries.DEVELOP] * (options.half != "set-aside") + [queries.SET_ASIDE] * (options.half != "develop")
    guideline, _ = check_folder(ROOT / "content" / "lung-cancer-bone-metastasis")
    if guideline is None:
        raise SystemExit("bench: the guideline could not be loaded")
    with tempfile.TemporaryDirectory(prefix="vademecum-bench-") as name, chromium() as browser:
        plain = sites.plain(Path(name))
        run(sites.plain_job(plain))
        for path in halves:
            asked = queries.load(path, guideline)
            texts = [query.text for query in asked]
            ours = [own.addresses_of(found) for found in own.ask(texts, guideline)]
            theirs = material.ask(browser, plain / "site", texts, guideline.meta.id)
            print(f"\n{path.stem}\n\n{table(asked, ours, theirs)}")
            times = timed(browser, own.scripts(guideline), texts)
            print(f"\nat {THROTTLE} x CPU throttle: median {median(times):.1f} ms, slowest query {max(times):.1f} ms")
    return 0


def table(asked: Sequence[Query], ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> str:
    """How many right answers stand at the first place and within three, by kind of query, as Markdown.

    Of Material's search only the right page is asked, of ours the very statement, row, drug…
    """
    lines = ["| kind | queries | first | within three | Material: first | within three |", "|---|---|---|---|---|---|"]
    kinds = list(dict.fromkeys(query.kind for query in asked))
    for kind in [*kinds, None]:
        chosen = [index for index, query in enumerate(asked) if kind in (None, query.kind)]
        cells = [kind or "**all**", str(len(chosen))]
        for places in (
            [queries.place_of(asked[index], ours[index]) for index in chosen],
            [queries.place_of(asked[index].of_pages(), theirs[index]) for index in chosen],
        ):
            cells += [str(sum(place == 1 for place in places)), str(sum(1 <= place <= 3 for place in places))]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def timed(browser: Browser, scripts: Sequence[str], asked: Sequence[str]) -> list[float]:
    """Milliseconds that each query takes in a browser as slow as a phone: the median of its rounds but the first."""
    with tempfile.TemporaryDirectory() as name:
        for number, script in enumerate(scripts):
            (Path(name) / f"{number}.js").write_text(script, encoding="utf-8")
        tags = "".join(f'<script src="{number}.js"></script>' for number in range(len(scripts)))
        (Path(name) / "index.html").write_text(f"<!doctype html><meta charset=utf-8>{tags}", encoding="utf-8")
        with serve(Path(name)) as base:
            page = browser.new_page()
            page.goto(base)
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
            times: list[list[float]] = page.evaluate(TIME, [list(asked), ROUNDS])
            page.close()
    return [median(rounds) for rounds in zip(*times, strict=True)]


if __name__ == "__main__":
    sys.exit(main())
