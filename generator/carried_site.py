"""The site made for `file://`: mkdocs started with settings of its own; the published site is not touched."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from generator.models.guideline import Guideline
from generator.plugin import GuidelinePlugin
from generator.runtime.carried import Carried

SERVER_SEARCH = ("search", "material/search")
"""Plugins whose search starts a worker by its address and fetches its index, which `file://` forbids both.

Without them the theme draws no search that would find nothing. A search whose script and index are classic scripts
needs nothing from here: what it publishes is published in this site too.
"""


class SiteError(Exception):
    """mkdocs or the plugin refused the site; the text says why."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a site is made of.

    Attributes:
        guidelines: the checked guidelines.
        themes: the theme's folders, the overrides first.
        carried: Python and the guidelines' data, packed; None without Python.
    """

    guidelines: tuple[Guideline, ...]
    themes: tuple[Path, ...]
    carried: Carried | None


def parts(config_file: Path, *, only: str = "", language: str = "", python: bool = True) -> Parts:
    """Load, check and pack, without building.

    Args:
        config_file: the site's mkdocs.yml.
        only: the id of the one guideline; all when empty.
        language: the editions in this language; each guideline in its own when empty.
        python: whether to pack Python.

    Raises:
        SiteError: a guideline has errors, or Python could not be made.
    """
    config, plugin = _load(config_file, only, language)
    plugin.config["runtime"] = python and plugin.config["runtime"]
    _run(lambda: plugin.on_config(config))
    return _parts(config, plugin, plugin.carry(config) if plugin.manifest else None)


def build_into(config_file: Path, folder: Path, *, only: str = "", language: str = "") -> Parts:
    """Build the site with `x.html` for addresses and Python carried in scripts; gives what it was made of.

    Args:
        config_file: the site's mkdocs.yml.
        folder: an empty folder.
        only: the id of the one guideline; all when empty.
        language: the editions in this language; each guideline in its own when empty.

    Raises:
        SiteError: the site could not be built.
    """
    config, plugin = _load(config_file, only, language, site_dir=str(folder), use_directory_urls=False)
    _run(lambda: build(config))
    return _parts(config, plugin, None)


def _parts(config: MkDocsConfig, plugin: GuidelinePlugin, carried: Carried | None) -> Parts:
    return Parts(plugin.editions.all, tuple(Path(folder) for folder in config.theme.dirs), carried)


def _load(config_file: Path, only: str, language: str, **settings: Any) -> tuple[MkDocsConfig, GuidelinePlugin]:
    found: list[MkDocsConfig] = []
    _run(lambda: found.append(load_config(str(config_file), **settings)))
    plugin = found[0].plugins.get("guideline")
    if not isinstance(plugin, GuidelinePlugin):
        raise SiteError(f"{config_file}: expected the plugin 'guideline', found a site without it")
    plugin.config["carried"], plugin.config["only"], plugin.config["language"] = True, only, language
    for name in SERVER_SEARCH:
        found[0].plugins.pop(name, None)
    return found[0], plugin


def _run(action: Callable[[], object]) -> None:
    try:
        action()
    except (MkDocsException, Abort) as error:
        raise SiteError(str(error)) from error
