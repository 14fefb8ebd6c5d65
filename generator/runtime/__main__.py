"""`python -m generator.runtime prefetch`: fetch Pyodide into the user's cache, as a step of the set-up."""

import sys

from generator.runtime.fetch import ensure_runtime_source
from generator.runtime.pin import RuntimeUnavailable


def main(arguments: list[str]) -> int:
    """Fetch unless it is there; 0, or 1 with a message, or 2 for another command line."""
    if arguments != ["prefetch"]:
        print("usage: python -m generator.runtime prefetch", file=sys.stderr)
        return 2
    try:
        ensure_runtime_source(progress=print)
    except RuntimeUnavailable as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
