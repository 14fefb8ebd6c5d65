"""`vademecum diff`: what changed between two editions."""

import argparse
import sys
from pathlib import Path
from typing import Any

from generator.commands.answers import as_json
from generator.editions import record
from generator.editions.pairs import pairs
from generator.editions.record import EditionError
from generator.editions.report import as_data, as_text, only_on_one_side
from generator.editions.sources import REQUIRED, editions
from generator.editions.tell import tell

SAME, DIFFERENT, TROUBLE = 0, 1, 2
"""The exit codes of diff(1)."""


def add_to(verbs: Any) -> None:
    """Declare the command."""
    diff = verbs.add_parser("diff", help="what changed between two editions: vademecum diff OLD [NEW]")
    edition = (
        "a guideline's folder, a folder of guidelines, a git revision REV or REV:FOLDER, or a record of an edition"
    )
    diff.add_argument("old", metavar="OLD", nargs="?", help=edition)
    diff.add_argument("new", metavar="NEW", nargs="?", help="the same (default: the folder of the guidelines)")
    diff.add_argument("--json", action="store_true", help="print the changes as one JSON object")
    diff.add_argument("--guideline", metavar="ID", help="this guideline only (default: all)")
    diff.add_argument("--content", type=Path, default=Path("content"), help="folder of the guidelines")
    diff.add_argument(
        "--record",
        action="store_true",
        help="keep the edition OLD (default: the present one) for the page 'What changed'",
    )
    diff.set_defaults(run=_diff)


def _diff(options: argparse.Namespace) -> int:
    try:
        return _record(options) if options.record else _compare(options)
    except EditionError as error:
        print(f"vademecum: {error}", file=sys.stderr)
        return TROUBLE


def _compare(options: argparse.Namespace) -> int:
    if options.old is None:
        raise EditionError("diff", "expected an edition to compare with, found none", "vademecum diff OLD [NEW]")
    names = (options.old, options.new if options.new is not None else str(options.content))
    old, new = (editions(name, options.content) for name in names)
    found = pairs(old, new, names, options.guideline)
    told = [tell(before, after) for before, after in found.both]
    one_sided = [*(("removed", meta) for meta in found.removed), *(("added", meta) for meta in found.added)]
    if options.json:
        single = [{"guideline": meta.id, "act": act, "title": meta.title} for act, meta in one_sided]
        print(as_json({"guidelines": [as_data(item) for item in told], "only_in_one": single}))
    else:
        print("\n\n".join([*map(as_text, told), *(only_on_one_side(act, meta) for act, meta in one_sided)]))
    return DIFFERENT if one_sided or any(item.changes for item in told) else SAME


def _record(options: argparse.Namespace) -> int:
    """Keep an edition in its guideline's folder, from which a build makes the page 'What changed'."""
    if options.new is not None:
        raise EditionError("diff --record", f"expected one edition, found a second one: '{options.new}'")
    named = options.old if options.old is not None else str(options.content)
    for name, guideline in editions(named, options.content).items():
        if options.guideline not in (None, name):
            continue
        own = Path(named)
        folder = own if (own / REQUIRED).is_file() else options.content / name
        if not (folder / REQUIRED).is_file():
            raise EditionError(str(folder), "expected the guideline's folder, found none", "Name it with --content")
        path, is_new = record.write(guideline, folder)
        print(f"{'Wrote' if is_new else 'Already there:'} {path.as_posix()}")
    return SAME
