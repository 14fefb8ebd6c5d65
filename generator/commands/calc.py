"""`vademecum calc`: calculate once, in the terminal."""

import argparse
import sys
from pathlib import Path
from typing import Any

from generator import ask
from generator.commands.answers import REFUSED, as_json


def add_to(verbs: Any) -> None:
    """Declare the command."""
    calc = verbs.add_parser("calc", help="calculate: vademecum calc GUIDELINE/CALCULATOR input=value …")
    calc.add_argument("calculator", metavar="GUIDELINE/CALCULATOR")
    calc.add_argument("typed", nargs="*", metavar="INPUT=VALUE")
    calc.add_argument("--json", action="store_true", help="print the whole outcome as one JSON object")
    calc.add_argument("--content", type=Path, default=Path("content"), help="folder of the guidelines")
    calc.set_defaults(run=_calc)


def _calc(options: argparse.Namespace) -> int:
    try:
        outcome, language = ask.calculate(options.content, options.calculator, options.typed)
    except ask.AskError as error:
        print(error, file=sys.stderr)
        return 1
    print(as_json(outcome.as_dict()) if options.json else ask.outcome_in_words(outcome, language))
    return REFUSED if outcome.kind == "refused" else 0
