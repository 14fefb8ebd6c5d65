"""`vademecum walk`: walk a pathway, in the terminal."""

import argparse
import sys
from pathlib import Path
from typing import Any

from generator import ask
from generator.commands.answers import REFUSED, as_json


def add_to(verbs: Any) -> None:
    """Declare the command."""
    walk = verbs.add_parser("walk", help="walk a pathway: vademecum walk GUIDELINE/PATHWAY node=answer …")
    walk.add_argument("pathway", metavar="GUIDELINE/PATHWAY")
    walk.add_argument("typed", nargs="*", metavar="NODE=ANSWER")
    walk.add_argument("--json", action="store_true", help="print the whole step as one JSON object")
    walk.add_argument("--content", type=Path, default=Path("content"), help="folder of the guidelines")
    walk.set_defaults(run=_walk)


def _walk(options: argparse.Namespace) -> int:
    try:
        step = ask.walk(options.content, options.pathway, options.typed)
    except ask.AskError as error:
        print(error, file=sys.stderr)
        return 1
    print(as_json(step.as_dict()) if options.json else ask.step_in_words(step))
    return REFUSED if step.state == "refused" else 0
