"""Sites of the tiny, fictional guideline, built for real by mkdocs in a folder of a test."""

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from html_tree import Element, read
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.models.guideline import Guideline

GUIDELINE = Path(__file__).parent.parent / "fixtures" / "example-fever"

CONFIG = """\
site_name: Test
docs_dir: content
theme: {{name: material, font: false, features: [navigation.footer]}}
use_directory_urls: {directory_urls}
plugins:
  - search
  - guideline: {{runtime: {runtime}}}
markdown_extensions: [attr_list, toc]
"""


def new_project(folder: Path, *, runtime: bool = False, directory_urls: bool = True) -> Path:
    """A folder with mkdocs.yml and an empty content folder; gives the path of mkdocs.yml."""
    (folder / "content").mkdir(parents=True)
    config = folder / "mkdocs.yml"
    settings = {"runtime": runtime, "directory_urls": directory_urls}
    config.write_text(CONFIG.format(**{key: str(value).lower() for key, value in settings.items()}), encoding="utf-8")
    return config


def add_guideline(config: Path, guideline_id: str = "example-fever") -> Path:
    """A copy of the tiny guideline in a project, under an id; gives its folder."""
    folder = config.parent / "content" / guideline_id
    shutil.copytree(GUIDELINE, folder)
    change(folder / "guideline.yaml", "id: example-fever\n", f"id: {guideline_id}\n")
    return folder


def change(file: Path, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} must stand once in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def mkdocs_build(config: Path) -> Path:
    """What `mkdocs build` does; gives the site's folder."""
    build(load_config(str(config)))
    return config.parent / "site"


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@dataclass(frozen=True, eq=False)
class Built:
    """A guideline and its site.

    Attributes:
        guideline: the guideline as loaded.
        folder: the folder of the site that holds its pages.
    """

    guideline: Guideline
    folder: Path

    def page(self, address: str) -> Element:
        """The page at an address below the guideline's own."""
        return _page(self.folder / address / "index.html")

    def at(self, address: str) -> Element:
        """The element that an address with an anchor leads to."""
        page, _, anchor = address.partition("#")
        return self.page(page).one(id=anchor)


@cache
def _page(path: Path) -> Element:
    return read(path)
