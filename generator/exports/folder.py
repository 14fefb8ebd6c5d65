"""The site as a zip: unpacked anywhere, opened from `file://` by double click, with Python in scripts beside the pages.

The archive has one folder; in it lie a page that says what this is and leads into the site, and the site.
"""

import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from markupsafe import Markup

from generator import pages
from generator.carried_site import Parts, SiteError, build_into
from generator.exports import inline
from generator.exports.edition import Edition
from generator.exports.failure import ExportError
from generator.models.guideline import Guideline
from generator.words import for_language

SITE = "site"
"""The folder of the site, beside the page that leads into it."""

USELESS = (
    "sitemap.xml*",
    "404.html",
    "search/search_index.json",
    "assets/javascripts/lunr/**/*",
    "assets/javascripts/workers/*",
    "**/*.map",
)
"""What only a server or a search engine would ask for, and Material's search, which does not run from a folder."""


def write(
    config_file: Path, out: Path, describe: Callable[[Guideline], Edition], only: str = "", language: str = ""
) -> Path:
    """Build the site and write its archive.

    Args:
        config_file: the site's mkdocs.yml.
        out: the folder for the archive.
        describe: gives the edition of a guideline.
        only: the id of the one guideline; all when empty.
        language: the editions in this language; each guideline in its own when empty.

    Raises:
        ExportError: the site could not be built.
    """
    with tempfile.TemporaryDirectory(prefix="vademecum-folder-") as name:
        root = Path(name)
        try:
            made = build_into(config_file, root / SITE, only=only, language=language)
        except SiteError as error:
            raise ExportError(f"the site could not be built: {error}") from error
        editions = [describe(guideline) for guideline in made.guidelines]
        for pattern in USELESS:
            for path in [path for path in (root / SITE).glob(pattern) if path.is_file()]:
                path.unlink()
        (root / "index.html").write_bytes(_front(made, editions))
        stem = editions[0].file_name if len(editions) == 1 else "guidelines"
        target = out / f"{stem}-folder.zip"
        pack(root, target, stem, max(edition.made for edition in editions))
    return target


def _front(made: Parts, editions: Sequence[Edition]) -> bytes:
    """The page beside the site's folder: what this is, which editions, and the way in."""
    language = made.guidelines[0].meta.language
    style = inline.style(["single-file", "site", "board"], made.themes)
    html = pages.fill(
        "exports/folder.html.j2",
        policy=Markup(inline.guard([inline.DARK], style)),
        guidelines=list(zip(made.guidelines, editions, strict=True)),
        style=Markup(style),
        script=Markup(inline.DARK),
        site=SITE,
        w=for_language(language),
        language=language,
    )
    return html.encode()


def pack(folder: Path, target: Path, name: str, made: datetime) -> None:
    """Write a folder as a zip in which it is called `name`: the same files and date give the same bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}-writing")
    date = (made.year, made.month, made.day, 0, 0, 0)
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        for inside, path in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{name}/{inside}", date)
            entry.create_system = 3  # Unix, on every system
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as source, archive.open(entry, "w") as copy:
                shutil.copyfileobj(source, copy)
    draft.replace(target)
