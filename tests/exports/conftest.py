"""Fixtures of the tests of the exports: both guidelines, printed once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from printed import SITE, PackedEpub, PrintedPdf, loaded

from generator.exports import edition, epub, pdf
from generator.exports.book import Chapter, chapters
from generator.models.guideline import Guideline

TESTS = Path(__file__).parents[1]
FOLDERS = {
    "english": TESTS / "fixtures" / "example-fever",
    "chinese": TESTS.parent / "content" / "lung-cancer-bone-metastasis",
}
CONFIG = """\
site_name: Test
site_url: {site}
docs_dir: content
theme: {{name: material, font: false}}
plugins:
  - guideline
"""


@pytest.fixture(scope="session", params=FOLDERS)
def guideline(request: pytest.FixtureRequest) -> Guideline:
    """Each of the two guidelines in turn: the fictional one in English, the first one in Chinese."""
    return loaded(FOLDERS[request.param])


@pytest.fixture(scope="session")
def tiny() -> Guideline:
    """The fictional guideline."""
    return loaded(FOLDERS["english"])


@pytest.fixture(scope="session")
def printed(guideline: Guideline) -> PrintedPdf:
    """The PDF of each guideline, for a site with an address."""
    own = edition.of(guideline, SITE)
    return PrintedPdf(guideline, own, pdf.render(guideline, own))


@pytest.fixture(scope="session")
def packed(guideline: Guideline) -> PackedEpub:
    """The EPUB of each guideline, for a site with an address."""
    own = edition.of(guideline, SITE)
    return PackedEpub(guideline, own, epub.render(guideline, own))


@pytest.fixture(scope="session")
def book(guideline: Guideline) -> tuple[Chapter, ...]:
    """The chapters of each guideline, with the site's links; only to be read."""
    return chapters(guideline)


type Project = Callable[..., Path]
"""Makes a site with a copy of the fictional guideline, one text replaced by another; gives its mkdocs.yml."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """See `Project`."""

    def make(file: str = "", old: str = "", new: str = "", site: str = SITE) -> Path:
        folder = tmp_path / "project"
        shutil.copytree(FOLDERS["english"], folder / "content" / "example-fever")
        if file:
            path = folder / "content" / "example-fever" / file
            text = path.read_text("utf-8")
            assert text.count(old) == 1, f"{old!r} must stand once in {file}"
            path.write_text(text.replace(old, new), "utf-8")
        (folder / "mkdocs.yml").write_text(CONFIG.format(site=site), "utf-8")
        return folder / "mkdocs.yml"

    return make
