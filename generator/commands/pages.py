"""`vademecum pages`: write the pages as plain Markdown files, for another builder of sites."""

import argparse
import sys
from pathlib import Path
from typing import Any

from generator import exports
from generator.commands.exporting import request_for


def add_to(verbs: Any) -> None:
    """Declare the command."""
    command = verbs.add_parser("pages", help="write the pages as Markdown files that need no plugin")
    command.add_argument("-f", "--config-file", type=Path, default=Path("mkdocs.yml"))
    command.add_argument("-o", "--out", type=Path, default=Path("pages"), metavar="DIR", help="folder (default: pages)")
    command.add_argument("--guideline", metavar="ID", help="this guideline only (default: all)")
    command.set_defaults(run=_pages)


def _pages(options: argparse.Namespace) -> int:
    request = request_for(options)
    if request is None:
        return 1
    try:
        written = exports.write_pages(request)
    except exports.ExportError as error:
        print(f"vademecum: {error}", file=sys.stderr)
        return 1
    gone = f", removed {len(written.removed)} of an earlier time" if written.removed else ""
    print(f"Wrote {len(written.files)} files to {options.out}{gone}")
    print(f"  build them: mkdocs build --strict -f {options.out / 'mkdocs.yml'}")
    return 0
