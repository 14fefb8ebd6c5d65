"""The sites that are measured: this repository's, its guideline many times, and a plain one of the same pages."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import yaml_load

from bench.timing import ROOT, Job
from generator import languages, pages
from generator.load import guideline_folders, load
from generator.models.guideline import Guideline

CONTENT = ROOT / "content"
GUIDELINE_ID = re.compile(r"(?m)^id:.*$")


def build_job(folder: Path) -> Job:
    """The build of a site as `make site` does it."""
    return Job(("-m", "generator.cli", "build"), folder)


def plain_job(folder: Path) -> Job:
    """The build of a plain site."""
    return Job(("-m", "mkdocs", "build", "--quiet"), folder)


def check_job(folder: Path) -> Job:
    """The checks of a site's guidelines."""
    return Job(("-m", "generator.cli", "check"), folder)


def own_site(folder: Path) -> Path:
    """This repository's site in a folder of its own: nobody edits its content while it is measured."""
    shutil.copytree(CONTENT, folder / "content")
    return _configure(folder, _own_settings())


def many(folder: Path, count: int) -> Path:
    """A site with the first guideline `count` times, under ids of one length."""
    first = guideline_folders(CONTENT)[0]
    for number in range(1, count + 1):
        copy = folder / "content" / f"copy-{number:03}"
        # In its own language alone: what is measured is how a site grows with its guidelines.
        shutil.copytree(first, copy, ignore=shutil.ignore_patterns("translation.yaml", "en"))
        path = copy / "guideline.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(GUIDELINE_ID.sub(f"id: {copy.name}", text, count=1), encoding="utf-8")
    return _configure(folder, _own_settings())


def plain(folder: Path) -> Path:
    """The very same Markdown pages as `own_site` has, for Material as it is: no plugin and no template of ours."""
    published = languages.of([found for path in guideline_folders(CONTENT) if (found := load(path).guideline)])
    homes = [
        pages.home(published.listed(language), language, uri=published.home(language))
        for language in published.languages
    ]
    for page in [*homes, *_pages(list(published.all))]:
        path = folder / "content" / page.uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.markdown, encoding="utf-8")
    settings = _settings()
    settings["theme"].pop("custom_dir", None)
    # `zh-Hans` is a template of ours; Material calls it `zh`.
    settings["theme"]["language"] = str(settings["theme"]["language"]).partition("-")[0]
    settings["plugins"] = [{"search": {"lang": "zh"}}]
    settings["theme"]["features"].append("search.highlight")
    return _configure(folder, settings)


def _pages(guidelines: list[Guideline]) -> list[pages.Page]:
    return [page for guideline in guidelines for page in pages.build(guideline)]


def _own_settings() -> dict[str, Any]:
    settings = _settings()
    settings["theme"]["custom_dir"] = str(ROOT / "site_overrides")
    return settings


def _settings() -> dict[str, Any]:
    """The settings of mkdocs.yml, with the same names of folders in every site."""
    with (ROOT / "mkdocs.yml").open("rb") as file:
        settings: dict[str, Any] = yaml_load(file)
    return {**settings, "docs_dir": "content", "site_dir": "site"}


def _configure(folder: Path, settings: dict[str, Any]) -> Path:
    (folder / "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")  # JSON is YAML
    return folder
