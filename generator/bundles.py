"""The site's own scripts and style sheets, joined into one file for each use and named by what is in it.

A page then asks for few files, and never for parts of two builds: a host may keep files for ten minutes, and an old
half beside a new one would be worse than either.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

FOLDER = "assets/vademecum"

_PAGE_SCRIPTS = ("js/messages.js", "js/elements.js", "js/keep-snapshot.js", "js/client.js")
BUNDLES = {
    "site.css": ("css/site.css", "css/statement.css", "css/table.css", "css/search.css"),
    "control.css": ("css/control.css", "css/recent.css"),
    "keep.css": ("css/keep.css",),
    "offline.js": ("js/offline.js",),
    "recent.js": ("js/recent.js",),
    "keep.js": ("js/digest.js", "js/offline/editions.js", "js/offline/bar.js", "js/offline/keep.js"),
    "sw.js": ("js/digest.js", "js/offline/editions.js", "js/offline/worker.js"),
    "withdrawn/sw.js": ("js/digest.js", "js/offline/editions.js", "js/offline/withdraw.js"),
    "board.css": ("css/board.css",),
    "calculator.css": ("css/calculator.css", "css/rules.css"),
    "pathway.css": ("css/calculator.css", "css/rules.css", "css/pathway.css"),
    "teaching.css": ("css/calculator.css", "css/rules.css", "css/pathway.css", "css/teaching.css"),
    "drug.css": ("css/rules.css", "css/drug.css"),
    "changes.css": ("css/changes.css",),
    "python.js": (*_PAGE_SCRIPTS, "js/start.js"),
    "calculator.js": (
        "js/format.js",
        "js/calculator-form.js",
        "js/worked-cases.js",
        "js/about-python.js",
        "js/define.js",
    ),
    "pathway.js": (
        "js/pathway-guide.js",
        "js/worked-cases.js",
        "js/about-python.js",
        "js/define.js",
    ),
    "statement.js": ("js/statement.js",),
    "statement-use.js": ("js/statement/explain.js", "js/statement/copy.js"),
    "lost.js": ("js/lost.js",),
    "teaching.js": (
        "js/format.js",
        "js/pathway-guide.js",
        "js/teaching-case.js",
        "js/define.js",
    ),
    "search.js": (
        "js/vendor/minisearch.js",
        "js/search/text.js",
        "js/search/words.js",
        "js/search/query.js",
        "js/search/engine.js",
    ),
    "search-dialog.js": ("js/search/results.js",),
    "open-search.js": ("js/search/open.js",),
    "worker.js": (
        "js/messages.js",
        "js/worker/failing.js",
        "js/digest.js",
        "js/worker/download.js",
        "js/worker/unzip.js",
        "js/worker/python.js",
        "js/worker/snapshot.js",
        "js/worker/worker.js",
    ),
    "carried.js": ("js/base85.js", "js/sha256.js", "js/carried.js"),
    "single-file.css": ("css/single-file.css",),
    "single-file.js": ("js/single-file.js",),
}
"""The files of the overrides' `assets` folder that each bundle is made of, in the order in which they run or apply."""

# The worker of an export: the site's own, and before its last part, which begins, what lets it take carried files.
_TAKES_CARRIED = ("js/base85.js", "js/sha256.js", "js/worker/carried.js")
BUNDLES["carried-worker.js"] = (*BUNDLES["worker.js"][:-1], *_TAKES_CARRIED, BUNDLES["worker.js"][-1])

OF_EXPORTS = ("carried.js", "carried-worker.js", "single-file.css", "single-file.js")
"""Bundles that no page asks for over http."""


AT_ROOT = {"sw.js": "sw.js", "withdrawn/sw.js": "sw.js"}
"""Bundles with an address of their own: a service worker keeps its address, and serves what lies below it."""

OFFLINE = {"offline.js", "recent.js", "control.css", "keep.js", "keep.css", "sw.js"}
"""Bundles of a site that readers may keep; a site that has withdrawn that has only `withdrawn/sw.js`."""


def published(offline: bool | str, *, carried: bool = False) -> list[str]:
    """The bundles that a site has as files, by its option `offline`; with `carried` it is opened from `file://`."""
    left_out = {True: {"withdrawn/sw.js"}, False: {*OFFLINE, "withdrawn/sw.js"}, "withdraw": OFFLINE}[offline]
    left_out = left_out | ({"worker.js", *OF_EXPORTS} - {"carried.js"} if carried else {*OF_EXPORTS})
    return [name for name in BUNDLES if name not in left_out]


def sources(names: Sequence[str] = tuple(BUNDLES)) -> set[str]:
    """The site's addresses of the files that bundles are made of; they are not published by themselves."""
    return {f"assets/{part}" for name in names for part in BUNDLES[name]}


def join(name: str, folders: Sequence[Path]) -> bytes:
    """The content of a bundle.

    Args:
        name: a key of `BUNDLES`.
        folders: where its files may be; the first folder that has one wins, as with a theme's templates.

    Raises:
        FileNotFoundError: a file is in none of the folders.
    """
    return join_parts(BUNDLES[name], folders)


def join_all(kind: str, names: Sequence[str], folders: Sequence[Path]) -> bytes:
    """Several bundles of a kind as one, for a file that is every page at once: each part once, the last one last.

    Args:
        kind: `js` or `css`.
        names: keys of `BUNDLES` without their ending, such as `calculator`.
        folders: as for `join`.
    """
    parts = [part for name in names for part in BUNDLES[f"{name}.{kind}"]]
    last = parts[-1:]
    return join_parts([*(part for part in dict.fromkeys(parts) if part not in last), *last], folders)


def join_parts(parts: Sequence[str], folders: Sequence[Path]) -> bytes:
    """Some files, joined; arguments as for `join`."""
    return b"\n".join(_find(f"assets/{part}", folders).read_bytes() for part in parts)


def address(name: str, content: bytes) -> str:
    """Where the site has a bundle, from its root: `assets/vademecum/site.0123456789ab.css`."""
    if name in AT_ROOT:
        return AT_ROOT[name]
    stem, _, kind = name.rpartition(".")
    return f"{FOLDER}/{stem}.{sha256(content).hexdigest()[:12]}.{kind}"


def _find(part: str, folders: Sequence[Path]) -> Path:
    found = next((folder / part for folder in folders if (folder / part).is_file()), None)
    if found is None:
        raise FileNotFoundError(f"{part} is in none of the theme's folders: {', '.join(map(str, folders))}")
    return found
