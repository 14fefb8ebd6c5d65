"""A folder of finished runtime files: written, checked, published, and started as a page would have it."""

import gzip
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from generator.runtime import steps
from generator.runtime.inside.archive import WHEEL_PROJECT
from generator.runtime.lockfile import lock_of, lock_text
from generator.runtime.manifest import (
    Role,
    RuntimeFile,
    RuntimeManifest,
    content_name,
    runtime_file,
    sha256,
)
from generator.runtime.pin import PYODIDE

LOCK_FILE = "pyodide-lock.json"
# The manifest's name in the cache; in a site it is named by content.
KEPT_MANIFEST = "manifest.json"

# Where Pyodide looks for what the page downloads.
PLACES: dict[Role, str] = {
    "loader": "pyodide.mjs",
    "glue": "pyodide.asm.mjs",
    "wasm": "pyodide.asm.wasm",
    "library": "python_stdlib.zip",
}


def assemble(source: Path, engine: Path, folder: Path, files: Sequence[str], version: str) -> None:
    """Fill `folder` with the shipped files under their final names, the lock and the manifest.

    Args:
        source: the folder with Pyodide's files.
        engine: the folder that holds the package `calculators`.
        folder: where to write.
        files: the standard library's files to keep, paths inside its zip.
        version: the engine's version.

    Raises:
        RuntimeUnavailable: node or Pyodide failed.
    """
    with tempfile.TemporaryDirectory(prefix="vademecum-made-") as name:
        out = Path(name)
        python = steps.make(source, engine, out, files, version)
        described = (
            _plain_script(folder, "loader", source / "pyodide.mjs", out),
            _plain_script(folder, "glue", source / "pyodide.asm.mjs", out),
            _packed(folder, "wasm", source / "pyodide.asm.wasm", out),
            _packed(folder, "library", out / "python_stdlib.zip", out),
            _wheel(folder, out / "engine.whl", version),
        )
    lock = lock_of(source, folder / described[-1].file)
    manifest = RuntimeManifest(PYODIDE.version, python, version, described, lock)
    (folder / LOCK_FILE).write_text(lock_text(lock), encoding="utf-8")
    (folder / KEPT_MANIFEST).write_text(manifest.to_json(), encoding="utf-8")


def _plain_script(folder: Path, role: Role, path: Path, out: Path) -> RuntimeFile:
    """A script that the worker imports by URL: unpacked, and `.js`, since not every server knows `.mjs`."""
    data = path.read_bytes()
    file = content_name(path.stem, data, ".js")
    (folder / file).write_bytes(data)
    return runtime_file(role, file, data, transfer=(out / f"{path.name}.gz").stat().st_size)


def _packed(folder: Path, role: Role, path: Path, out: Path) -> RuntimeFile:
    """A file that is shipped as gzip, whatever the server would do with it."""
    data = (out / f"{path.name}.gz").read_bytes()
    file = content_name(path.stem, data, f"{path.suffix}.gz")
    (folder / file).write_bytes(data)
    return runtime_file(role, file, data, raw=path.read_bytes())


def _wheel(folder: Path, path: Path, version: str) -> RuntimeFile:
    """The wheel; the hash stands in its name where PEP 427 has the build tag, which starts with a digit."""
    data = path.read_bytes()
    file = f"{WHEEL_PROJECT.replace('-', '_')}-{version}-0_{sha256(data)[:12]}-py3-none-any.whl"
    (folder / file).write_bytes(data)
    return runtime_file("engine", file, data)


def is_intact(folder: Path) -> bool:
    """Whether a finished build in the cache is whole and unchanged."""
    try:
        manifest = kept_manifest(folder)
        return (folder / LOCK_FILE).is_file() and all(
            sha256((folder / file.file).read_bytes()) == file.sha256 for file in manifest.files
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def kept_manifest(folder: Path) -> RuntimeManifest:
    """The manifest of a finished build in the cache."""
    return RuntimeManifest.from_json((folder / KEPT_MANIFEST).read_text(encoding="utf-8"))


def publish(folder: Path, manifest: RuntimeManifest, out_dir: Path) -> None:
    """Copy a finished build into a site and remove the files of an earlier one there."""
    out_dir.mkdir(parents=True, exist_ok=True)
    names = {file.file for file in manifest.files} | {LOCK_FILE, manifest.file}
    for pattern in (
        "pyodide.*.js",
        "*.wasm.gz",
        "*.zip.gz",
        "vademecum_calculators-*.whl",
        "manifest.*.json",
    ):
        for path in out_dir.glob(pattern):
            if path.name not in names:
                path.unlink()
    for name in sorted(names - {manifest.file}):
        shutil.copyfile(folder / name, out_dir / name)
    (out_dir / manifest.file).write_bytes(manifest.to_json().encode())


def answers(folder: Path, manifest: RuntimeManifest, requests: Sequence[str]) -> tuple[str, ...]:
    """The replies to `requests` of the very files that a page downloads, started under node.

    Args:
        folder: where the files of the manifest are.
        manifest: the list of them.
        requests: JSON texts for the bridge, asked in order.

    Raises:
        RuntimeUnavailable: the runtime does not start.
    """
    files = {file.role: file for file in manifest.files}
    with tempfile.TemporaryDirectory(prefix="vademecum-runtime-") as name:
        pyodide, engine = Path(name) / "pyodide", Path(name) / "engine"
        pyodide.mkdir()
        for role, place in PLACES.items():
            data = (folder / files[role].file).read_bytes()
            (pyodide / place).write_bytes(gzip.decompress(data) if files[role].packed else data)
        (pyodide / LOCK_FILE).write_text(lock_text(manifest.lock), encoding="utf-8")
        with zipfile.ZipFile(folder / files["engine"].file) as wheel:
            wheel.extractall(engine)
        return steps.answer(pyodide, engine, requests)
