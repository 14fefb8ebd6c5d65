"""`vademecum build`: check the guidelines and build the site."""

import argparse
import shutil
from pathlib import Path
from typing import Any

from generator.commands.mkdocs_site import mkdocs_config, mkdocs_run


def add_to(verbs: Any) -> None:
    """Declare the command."""
    build = verbs.add_parser("build", help="check the guidelines and build the site")
    build.add_argument("-f", "--config-file", type=Path, default=Path("mkdocs.yml"))
    build.add_argument("-d", "--site-dir", type=Path, help="folder to build into (default: mkdocs.yml's)")
    build.set_defaults(run=_build)


def _build(options: argparse.Namespace) -> int:
    """Build beside the old site and put the new one in its place only when it is whole."""
    from mkdocs.commands.build import build  # noqa: PLC0415 - other commands do without mkdocs

    config = mkdocs_config(options.config_file)
    if config is None:
        return 1
    target = Path(options.site_dir or config.site_dir).resolve()
    fresh = target.with_name(f".{target.name}-building")
    shutil.rmtree(fresh, ignore_errors=True)
    config.site_dir = str(fresh)
    if not mkdocs_run(lambda: build(config)):
        shutil.rmtree(fresh, ignore_errors=True)
        return 1
    old = target.with_name(f".{target.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    print(f"Built {target.name}/ with {sum(1 for _ in target.rglob('*.html'))} pages")
    return 0
