"""`vademecum new`: write a small complete site with a fictional guideline, to start from."""

import argparse
import sys
from pathlib import Path
from typing import Any

from generator import starter

LISTED = 20
"""So many of the names in the way are printed."""


def add_to(verbs: Any) -> None:
    """Declare the command."""
    new = verbs.add_parser("new", help="write a small complete site with a fictional guideline, to start from")
    new.add_argument("folder", type=Path, metavar="DIR", help="a new folder, or one in which none of the files exists")
    new.add_argument("--lang", choices=starter.LANGUAGES, default=starter.LANGUAGES[0], help="language of the site")
    new.set_defaults(run=_new)


def _new(options: argparse.Namespace) -> int:
    content = starter.files(options.lang)
    try:
        starter.write(options.folder, content)
    except starter.InTheWayError as error:
        print(_in_the_way(options.folder, error.names), file=sys.stderr)
        return 1
    except OSError as error:
        print(f"vademecum: {options.folder} cannot be written: {error.strerror or error}", file=sys.stderr)
        print("  hint: nothing was written; name a folder in which you may create files", file=sys.stderr)
        return 1
    print(f"Wrote {len(content)} files into {options.folder}/; the guideline in it is fictional")
    print("Next:")
    if options.folder.resolve() != Path.cwd():
        print(f"  cd {options.folder}")
    print("  vademecum check    finds mistakes, with file, line and column")
    print("  vademecum serve    shows the site on this computer")
    print("  vademecum build    writes it into site/")
    print("README.md tells the rest")
    return 0


def _in_the_way(folder: Path, names: tuple[str, ...]) -> str:
    if names == (".",):
        return f"vademecum: {folder}: expected a folder, found a file\n  hint: name another folder"
    more = [f"  … and {len(names) - LISTED} more"] if len(names) > LISTED else []
    return "\n".join(
        [
            f"vademecum: {folder}: expected none of the new site's files, found {len(names)} of them:",
            *(f"  {name}" for name in names[:LISTED]),
            *more,
            "  hint: nothing was written; name another folder, or move these away",
        ]
    )
