"""Which files of the standard library does the engine need? Run it, and look what has been imported.

This module imports nothing that Pyodide has not imported by itself (json is the bridge's own language):
whatever it imported would count as needed.
"""

import importlib
import json
import sys
from collections.abc import Callable, Sequence


def start(engine: str) -> Callable[[str], str]:
    """Import the engine from the folder `engine` and give its one entry, `calculators.bridge.handle`."""
    sys.dont_write_bytecode = True
    sys.path.insert(0, engine)
    handle: Callable[[str], str] = importlib.import_module("calculators.bridge").handle
    return handle


def explore(engine: str, imports: Sequence[str], requests: Sequence[str], library: str) -> str:
    """Import the whole engine, let it answer, and list the library's files that this took.

    Args:
        engine: the folder that holds the package `calculators`.
        imports: every module that the engine's source names, also inside functions.
        requests: JSON texts for the bridge.
        library: the path of the standard library's zip.

    Returns:
        JSON: `{"files": [paths inside the zip], "replies": [JSON texts]}`.

    Raises:
        ImportError: the engine names a module that Pyodide's standard library does not have.
    """
    handle = start(engine)
    for name in imports:
        importlib.import_module(name)
    replies = [handle(request) for request in requests]
    prefix = f"{library}/"
    origins = {str(getattr(module.__spec__, "origin", "")) for module in list(sys.modules.values())}
    files = sorted(path.removeprefix(prefix) for path in origins if path.startswith(prefix))
    return json.dumps({"files": files, "replies": replies})


def answer(engine: str, requests: Sequence[str]) -> str:
    """Let the engine answer; JSON: `{"replies": [JSON texts]}`."""
    handle = start(engine)
    return json.dumps({"replies": [handle(request) for request in requests]})
