"""`vademecum export`: write each guideline as a file to print or to carry."""

import argparse
import sys
from pathlib import Path
from typing import Any

from generator import exports
from generator.commands.exporting import request_for


def add_to(verbs: Any) -> None:
    """Declare the command."""
    export = verbs.add_parser("export", help="write each guideline as a file to print or to carry")
    export.add_argument("format", choices=tuple(exports.FORMATS), metavar="FORMAT", help=" or ".join(exports.FORMATS))
    export.add_argument("-f", "--config-file", type=Path, default=Path("mkdocs.yml"))
    export.add_argument("-o", "--out", type=Path, default=Path("dist"), metavar="DIR", help="folder (default: dist)")
    export.add_argument("--guideline", metavar="ID", help="this guideline only (default: all)")
    export.add_argument("--language", metavar="TAG", default="", help="the editions in this language, such as en")
    export.add_argument("--no-python", action="store_true", help="single-file: static tables only, for e-mail")
    export.set_defaults(run=_export)


def _export(options: argparse.Namespace) -> int:
    request = request_for(options, python=not options.no_python, language=options.language)
    if request is None:
        return 1
    try:
        written = exports.export(options.format, request)
    except exports.ExportError as error:
        print(f"vademecum: {error}", file=sys.stderr)
        return 1
    for path in written:
        print(f"Wrote {path} ({path.stat().st_size / 1e6:.1f} MB)")
    return 0
