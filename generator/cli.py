"""The command `vademecum`: parses options, calls, and returns the exit code; generator/commands/ has the commands."""

import argparse
import sys
from collections.abc import Sequence

from generator import __version__
from generator.commands import COMMANDS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 for an error, 2 for a refused input or a wrong command line."""
    options = _options(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Chinese text on a console with another encoding
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return int(options.run(options))
    except BrokenPipeError:
        return 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line as read. What is typed may stand before and behind an option, which argparse alone refuses."""
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    if rest and (not hasattr(options, "typed") or any(item.startswith("-") for item in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest:
        options.typed += rest
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vademecum", description=__doc__.partition(":")[0])
    parser.add_argument("--version", action="version", version=f"vademecum {__version__}")
    verbs = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(verbs)
    return parser


if __name__ == "__main__":
    sys.exit(main())
