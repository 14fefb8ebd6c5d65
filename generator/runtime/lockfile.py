"""The site's `pyodide-lock.json`, written by pyodide-lock, the library behind `pyodide lockfile add-wheels`.

With it a notebook loads the engine from the published site:
`loadPyodide({lockFileURL: ".../pyodide-lock.json"})`, then `loadPackage("vademecum-calculators")`.
"""

import json
from pathlib import Path
from typing import Any


def lock_of(pyodide: Path, wheel: Path) -> dict[str, Any]:
    """The lock of a site that ships one wheel and none of Pyodide's own packages.

    Args:
        pyodide: the folder with Pyodide's own `pyodide-lock.json`, whose `info` (Python, ABI, …) is kept.
        wheel: the wheel under its final name; the lock names it relative to its folder.

    Returns:
        The lock as plain data, with the wheel's SHA-256.

    Raises:
        RuntimeError: the wheel does not fit that Python.
    """
    from pyodide_lock import PyodideLockSpec  # noqa: PLC0415 - only a new runtime needs it
    from pyodide_lock.utils import add_wheels_to_spec  # noqa: PLC0415

    shipped = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    empty = PyodideLockSpec.from_dict({"info": shipped["info"], "packages": {}})
    lock = add_wheels_to_spec(empty, [wheel], base_path=wheel.parent)
    lock.check_wheel_filenames()
    data: dict[str, Any] = lock.to_dict()
    return data


def lock_text(lock: dict[str, Any]) -> str:
    """The text of `pyodide-lock.json`."""
    return json.dumps(lock, indent=1, sort_keys=True) + "\n"
