"""The site's own scripts and style sheets, joined into one file for each use and named by what is in it.

A page then asks for few files, and never for parts of two builds: a host may keep files for ten minutes, and an old
half beside a new one would be worse than either.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

FOLDER = "assets/vademecum"

_PAGE_SCRIPTS = ("js/messages.js", "js/keep-snapshot.js", "js/client.js", "js/elements.js")

BUNDLES = {
    "site.css": ("css/site.css", "css/statement.css", "css/table.css"),
    "board.css": ("css/board.css",),
    "calculator.css": ("css/calculator.css",),
    "pathway.css": ("css/calculator.css", "css/pathway.css"),
    "teaching.css": ("css/calculator.css", "css/pathway.css", "css/teaching.css"),
    "calculator.js": (
        *_PAGE_SCRIPTS,
        "js/format.js",
        "js/calculator-form.js",
        "js/worked-cases.js",
        "js/about-python.js",
        "js/define.js",
    ),
    "pathway.js": (
        *_PAGE_SCRIPTS,
        "js/pathway-guide.js",
        "js/worked-cases.js",
        "js/about-python.js",
        "js/define.js",
    ),
    "lost.js": ("js/lost.js",),
    "teaching.js": (
        *_PAGE_SCRIPTS,
        "js/format.js",
        "js/pathway-guide.js",
        "js/teaching-case.js",
        "js/define.js",
    ),
    "worker.js": (
        "js/messages.js",
        "js/worker/failing.js",
        "js/worker/download.js",
        "js/worker/unzip.js",
        "js/worker/python.js",
        "js/worker/snapshot.js",
        "js/worker/worker.js",
    ),
}
"""The files of the overrides' `assets` folder that each bundle is made of, in the order in which they run or apply."""


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
    return b"\n".join(_find(f"assets/{part}", folders).read_bytes() for part in BUNDLES[name])


def address(name: str, content: bytes) -> str:
    """Where the site has a bundle, from its root: `assets/vademecum/site.0123456789ab.css`."""
    stem, _, kind = name.rpartition(".")
    return f"{FOLDER}/{stem}.{sha256(content).hexdigest()[:12]}.{kind}"


def _find(part: str, folders: Sequence[Path]) -> Path:
    found = next((folder / part for folder in folders if (folder / part).is_file()), None)
    if found is None:
        raise FileNotFoundError(f"{part} is in none of the theme's folders: {', '.join(map(str, folders))}")
    return found
