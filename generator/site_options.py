"""The plugin's options in mkdocs.yml, and the folders that a site's configuration names."""

from pathlib import Path

from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig


class GuidelineConfig(base.Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    content = option.Type(str, default="content")
    """Folder with one folder a guideline, relative to mkdocs.yml."""

    runtime = option.Type(bool, default=True)
    """Ship Python for the browser; without it calculators show their tables only."""

    runtime_budget = option.Type(int, default=5_200_000)
    """Bytes that the browser's Python may weigh as downloaded; more fails the build."""

    carried = option.Type(bool, default=False)
    """Carry Python in scripts beside the pages, for a site opened from `file://`: `vademecum export folder` says so."""

    only = option.Type(str, default="")
    """The id of the one guideline to build; all when empty."""

    language = option.Type(str, default="")
    """Build only the editions in this language; every guideline in all of its languages when empty."""

    names = option.Type(dict, default={})
    """`site_name` and `site_description` in other languages than the site's own, by language."""

    offline = option.Choice((True, False, "withdraw"), default=True)
    """Let readers keep the site on their devices; `withdraw` takes away what an earlier edition of it left there."""


def overrides_folder() -> Path:
    """The theme's overrides: inside the installed package, or beside it in the repository."""
    packaged = Path(__file__).parent / "site_overrides"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "site_overrides"


def content_folder(config: MkDocsConfig) -> Path:
    """The folder of the guidelines that a site's configuration names."""
    plugin = config.plugins.get("guideline")
    folder = plugin.config["content"] if plugin else GuidelineConfig.content.default
    return Path(config.config_file_path).parent / str(folder)
