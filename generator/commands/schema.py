"""`vademecum schema`: write the schemas with which an editor completes and checks the YAML files."""

import argparse
import sys
from pathlib import Path
from typing import Any

from generator import schema


def add_to(verbs: Any) -> None:
    """Declare the command."""
    command = verbs.add_parser("schema", help="write a JSON Schema for each YAML file, for editors")
    command.add_argument("--content", type=Path, default=Path("content"), help="folder of the guidelines")
    command.add_argument("--out", type=Path, metavar="DIR", help=f"folder to write (default: content/{schema.FOLDER})")
    command.add_argument("--mark", action="store_true", help="have each YAML file name its schema in its first line")
    command.set_defaults(run=_schema)


def _schema(options: argparse.Namespace) -> int:
    out: Path = options.out or options.content / schema.FOLDER
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in schema.files():
            (out / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"Wrote {len(schema.schemas())} schemas to {out}")
        for path in schema.mark(options.content, out) if options.mark else ():
            print(f"{path}: names its schema now")
    except OSError as error:
        print(f"vademecum: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return 0
