"""Getting a package of npm, above all Pyodide: at one version, checked, and kept in the cache folder."""

import io
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.runtime import node
from generator.runtime.cache import cache_folder, new_folder, write_file
from generator.runtime.pin import PYODIDE, Pin, RuntimeUnavailable

# What of the package a site needs; the rest is consoles, types and source maps.
WANTED = (
    "package.json",
    "pyodide-lock.json",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide.mjs",
    "python_stdlib.zip",
)

Progress = Callable[[str], None]


def silent(_message: str) -> None:
    """Say nothing: the default of every `progress` here."""


def ensure_runtime_source(pin: Pin = PYODIDE, progress: Progress = silent) -> Path:
    """The folder with Pyodide's files, fetched if the cache does not have them; see `ensure_package`."""
    return ensure_package(pin, WANTED, progress)


def ensure_package(pin: Pin, wanted: Sequence[str], progress: Progress = silent) -> Path:
    """The folder with some files of an npm package, fetched if the cache does not have them.

    The archive is fetched with `npm pack`, so the user's own npm settings (a mirror, a proxy) hold; its hash
    is checked here, so it does not matter where it came from.

    Args:
        pin: which release.
        wanted: names of files at the top of the package.
        progress: called with one sentence a step.

    Returns:
        A folder in the cache with these files.

    Raises:
        RuntimeUnavailable: no npm, no network and nothing in the cache, or an archive with another hash.
    """
    target = cache_folder() / "npm" / pin.folder
    if all((target / name).is_file() for name in wanted):
        return target
    data = _archive(pin, progress)
    with new_folder(target) as work:
        _extract(data, work, pin, wanted)
    return target


def _archive(pin: Pin, progress: Progress) -> bytes:
    """The checked bytes of the package's archive, from the cache or from the registry."""
    kept = cache_folder() / "npm" / pin.archive
    if kept.is_file():
        data = kept.read_bytes()
        if pin.matches(data):
            return data
        progress(f"{kept.name} in the cache is damaged; it is fetched again")
    data = _pack(pin, kept, progress)
    if not pin.matches(data):
        raise RuntimeUnavailable(
            f"The archive of {pin.spec} does not have the pinned hash: it was damaged or exchanged on the "
            "way, and is not used.",
            f"Expected {pin.integrity}. Try again; if it stays so, check which registry npm is set to use.",
        )
    write_file(kept, data)
    return data


def _pack(pin: Pin, kept: Path, progress: Progress) -> bytes:
    """Run `npm pack` in an empty folder, away from any package.json or .npmrc of a project."""
    progress(f"fetching {pin.spec} with npm (once)")
    with tempfile.TemporaryDirectory(prefix="vademecum-npm-") as name:
        folder = Path(name)
        command = [*node.npm(), "pack", pin.spec, "--ignore-scripts", "--prefer-offline", "--loglevel=error"]
        done = node.run(command, folder=folder, seconds=900)
        packed = folder / pin.archive
        if done.returncode == 0 and packed.is_file():
            return packed.read_bytes()
    said = [line for line in done.stderr.splitlines() if line.strip() and "complete log" not in line.lower()]
    reason = said[0].removeprefix("npm error ").strip() if said else f"npm ended with exit code {done.returncode}"
    raise RuntimeUnavailable(
        f"{pin.purpose} is missing: {pin.spec} is not in the cache, and npm could not fetch it ({reason}).",
        "Connect to the network once and build again; or run `npm pack "
        f"{pin.spec}` on another computer and put {pin.archive} at {kept}.",
    )


def _extract(data: bytes, folder: Path, pin: Pin, wanted: Sequence[str]) -> None:
    """Write the wanted files of the archive into `folder`."""
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        for name in wanted:
            try:
                stream = archive.extractfile(f"package/{name}")
            except KeyError:
                stream = None
            if stream is None:
                raise RuntimeUnavailable(f"{pin.spec} holds no {name}: this release is laid out in another way.")
            (folder / name).write_bytes(stream.read())
