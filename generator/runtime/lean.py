"""Pyodide with a library that starts sooner: what it imports at its start and the engine never needs is stood in for.

Of the modules that Pyodide imports before the first line of the engine, more than half serve an event loop and the
loading of packages: asyncio with sockets, TLS and threads, archives, temporary files. The files of `instead/` take the
place of the three modules that ask for them.
"""

import shutil
import zipfile
from pathlib import Path

from generator.runtime.inside.archive import write_zip

LIBRARY = "python_stdlib.zip"
STAND_INS = Path(__file__).parent / "instead"


def stand_ins() -> dict[str, bytes]:
    """The files of `instead/`, by their paths in the library's zip."""
    return {path.relative_to(STAND_INS).as_posix(): path.read_bytes() for path in sorted(STAND_INS.rglob("*.py"))}


def write_lean(source: Path, folder: Path) -> Path:
    """Copy Pyodide into `folder`, with the stand-ins in its library; gives `folder`.

    Args:
        source: the folder with Pyodide's files.
        folder: an empty folder.
    """
    for path in source.iterdir():
        if path.is_file() and path.name != LIBRARY:
            shutil.copyfile(path, folder / path.name)
    with zipfile.ZipFile(source / LIBRARY) as whole:
        entries = {name: whole.read(name) for name in whole.namelist()} | stand_ins()
    (folder / LIBRARY).write_bytes(write_zip(entries, packed=False))
    return folder
