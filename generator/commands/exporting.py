"""What the commands share that write a guideline in another form."""

import argparse
from typing import Any

from generator import exports
from generator.commands.mkdocs_site import mkdocs_config


def request_for(options: argparse.Namespace, **more: Any) -> exports.Request | None:
    """What is asked for, or None when the site's configuration cannot be read, which has been said then.

    Args:
        options: a command line with `config_file`, `out` and `guideline`.
        more: further fields of the request.
    """
    from generator.plugin import content_folder  # noqa: PLC0415 - other commands do without mkdocs

    config = mkdocs_config(options.config_file)
    if config is None:
        return None
    return exports.Request(
        config_file=options.config_file,
        content=content_folder(config),
        out=options.out,
        site_url=config.site_url or "",
        directory_urls=config.use_directory_urls,
        only=options.guideline,
        **more,
    )
