"""Making the shipped files: the trimmed and precompiled library, the wheel of the engine, the packed rest."""

import importlib.util
import json
import platform
import py_compile
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from . import archive

# Found by name at run time, so no import shows them.
CODECS = ("encodings/ascii.py", "encodings/latin_1.py", "encodings/utf_8.py")


def bytecode(source: bytes, name: str, optimize: int) -> bytes:
    """The `.pyc` of one module, of the kind that is never compared with its source.

    Args:
        source: the module's text.
        name: the file name that tracebacks show.
        optimize: 0 keeps assertions and docstrings, 2 drops both.
    """
    with tempfile.TemporaryDirectory() as folder:
        text, code = Path(folder) / "module.py", Path(folder) / "module.pyc"
        text.write_bytes(source)
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(text), str(code), name, doraise=True, optimize=optimize, invalidation_mode=mode)
        return code.read_bytes()


def library(source: Path, files: Sequence[str]) -> bytes:
    """The library's zip with only `files`, each as bytecode at the place of its source.

    It is stored, not deflated: the whole zip is gzipped afterwards, which packs better than file by file, and
    Python then reads its modules without inflating each.
    """
    with zipfile.ZipFile(source) as archive_in:
        names = sorted({*files, *CODECS})
        # docstrings and assertions of the library are of no use to a reader: a third of the bytes
        entries = {f"{name}c": bytecode(archive_in.read(name), f"lib/{name}", optimize=2) for name in names}
    return archive.write_zip(entries, packed=False)


def wheel(engine: Path, version: str) -> bytes:
    """The wheel of `calculators`: its source for any Python, with the bytecode for this one beside it.

    One file serves a notebook, which may run another Python and then compiles the source, and the page, which
    unpacks it as it is and compiles nothing.
    """
    files: dict[str, bytes] = {}
    for path in sorted(engine.rglob("*.py")):
        name = path.relative_to(engine.parent)
        source = path.read_bytes()
        files[name.as_posix()] = source
        compiled = Path(importlib.util.cache_from_source(str(name), optimization=""))
        files[compiled.as_posix()] = bytecode(source, name.as_posix(), optimize=0)
    return archive.write_wheel(files, version, python=">=3.12")


def make(pyodide: str, engine: str, out: str, files: Sequence[str], version: str) -> str:
    """Write every file that needs this Python or this zlib into the folder `out`.

    Args:
        pyodide: the folder with Pyodide's files.
        engine: the folder that holds the package `calculators`.
        out: where to write `python_stdlib.zip`, `engine.whl`, and `NAME.gz` of the library and the rest.
        files: the library's files to keep, paths inside its zip.
        version: the engine's version.

    Returns:
        JSON: `{"python": version of this Python}`.
    """
    target = Path(out)
    source = Path(pyodide)
    (target / "python_stdlib.zip").write_bytes(library(source / "python_stdlib.zip", files))
    (target / "engine.whl").write_bytes(wheel(Path(engine) / "calculators", version))
    (target / "python_stdlib.zip.gz").write_bytes(archive.write_gzip((target / "python_stdlib.zip").read_bytes()))
    for name in ("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs"):
        (target / f"{name}.gz").write_bytes(archive.write_gzip((source / name).read_bytes()))
    return json.dumps({"python": platform.python_version()})
