"""The three steps that run in Pyodide under node, seen from the host: explore, make, answer.

What crosses the line is a JSON file each way; `build.mjs` is the other side.
"""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.runtime import node
from generator.runtime.pin import RuntimeUnavailable

HERE = Path(__file__).parent
SCRIPT = HERE / "build.mjs"
INSIDE = HERE / "inside"

# The slowest step takes some 10 s on a plain machine; a step that hangs (see build.mjs) is ended by this.
SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Explored:
    """What the engine needs and says.

    Attributes:
        files: files of the standard library, as paths inside its zip.
        replies: the reply to each request, JSON texts.
    """

    files: tuple[str, ...]
    replies: tuple[str, ...]


def explore(pyodide: Path, engine: Path, imports: Sequence[str], requests: Sequence[str]) -> Explored:
    """Run the engine on the whole standard library and see what it imports.

    Args:
        pyodide: the folder with Pyodide's files.
        engine: the folder that holds the package `calculators`.
        imports: modules to import beside the bridge.
        requests: JSON texts for the bridge.

    Raises:
        RuntimeUnavailable: the engine does not start there, for example since it imports what Pyodide lacks.
    """
    job = {"imports": [*imports], "requests": [*requests]}
    found = _run("explore", pyodide, engine, job, "The engine does not start in Pyodide")
    return Explored(tuple(found["files"]), tuple(found["replies"]))


def make(pyodide: Path, engine: Path, out: Path, files: Sequence[str], version: str) -> str:
    """Write the trimmed library, the wheel and the packed files into `out`; gives Pyodide's Python version.

    Raises:
        RuntimeUnavailable: node or Pyodide failed.
    """
    job = {"out": str(out), "files": [*files], "version": version}
    made = _run("make", pyodide, engine, job, "The library could not be trimmed and compiled")
    return str(made["python"])


def answer(pyodide: Path, engine: Path, requests: Sequence[str]) -> tuple[str, ...]:
    """The replies of the engine on whatever library lies in `pyodide`.

    Raises:
        RuntimeUnavailable: it does not start; with a trimmed library that means that a module is missing.
    """
    found = _run("answer", pyodide, engine, {"requests": [*requests]}, "The trimmed Python does not start")
    return tuple(found["replies"])


def _run(step: str, pyodide: Path, engine: Path, job: dict[str, Any], failure: str) -> dict[str, Any]:
    """Do one step in a node process of its own and give its result."""
    with tempfile.TemporaryDirectory(prefix=f"vademecum-{step}-") as name:
        folder = Path(name)
        result, order = folder / "result.json", folder / "job.json"
        places = {
            "pyodide": str(pyodide),
            "engine": str(engine),
            "inside": str(INSIDE),
            "result": str(result),
        }
        order.write_text(json.dumps({"step": step, **places, **job}), encoding="utf-8")
        done = node.run([*node.node(), str(SCRIPT), str(order)], folder=folder, seconds=SECONDS)
        if not result.is_file():
            said = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
            raise RuntimeUnavailable(f"{failure}: {said[0]}.", f"The step was `{step}`, run with node.")
        found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    if error := found.get("error"):
        hint = "`calculators` can only use modules of the standard library that Pyodide ships."
        raise RuntimeUnavailable(f"{failure}: {error.rstrip('.')}.", hint if "No module" in error else "")
    return found
