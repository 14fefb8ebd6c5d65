"""`vademecum serve`: show the site on this machine while its guideline is written."""

import argparse
import logging
from pathlib import Path
from typing import Any

from generator.commands.mkdocs_site import mkdocs_config, mkdocs_run


def add_to(verbs: Any) -> None:
    """Declare the command."""
    serve = verbs.add_parser("serve", help="build, serve on this machine, and rebuild when a file changes")
    serve.add_argument("-f", "--config-file", type=Path, default=Path("mkdocs.yml"))
    serve.add_argument("-a", "--address", default="127.0.0.1:8000", metavar="HOST:PORT")
    serve.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    from mkdocs.commands.serve import serve  # noqa: PLC0415

    if mkdocs_config(options.config_file) is None:
        return 1
    logging.getLogger("mkdocs").setLevel(logging.INFO)  # says the address, and what is built anew
    return 0 if mkdocs_run(lambda: serve(str(options.config_file), dev_addr=options.address)) else 1
