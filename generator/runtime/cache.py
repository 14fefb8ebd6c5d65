"""The folder where downloads and finished runtimes wait for the next build."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs


def cache_folder() -> Path:
    """The user's cache folder for this program; it need not exist yet.

    `VADEMECUM_CACHE` names it outright (CI caches that folder); then comes `XDG_CACHE_HOME`, on every
    platform (platformdirs heeds it on some only); then the platform's own place, which platformdirs knows.
    """
    if named := os.environ.get("VADEMECUM_CACHE"):
        return Path(named).expanduser().absolute()
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base).expanduser().absolute() / "vademecum"
    return platformdirs.user_cache_path("vademecum", appauthor=False)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Fill a folder next to `target`, and let it become `target` only when the block ends well.

    A build that is stopped half-way leaves nothing that looks finished. When another build was faster, its
    folder stays: both hold the same bytes, since the name says what is inside.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield work
        # mkdtemp makes a folder for one user alone; a shared cache should be readable
        work.chmod(0o755)
        with suppress(OSError):
            work.rename(target)
        if not target.is_dir():
            raise OSError(f"{target} could not be written")
    finally:
        shutil.rmtree(work, ignore_errors=True)


def keep_newest(folder: Path, count: int) -> None:
    """Remove all subfolders of `folder` but the `count` youngest; hidden ones are work in progress."""
    finished = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    for path in sorted(finished, key=lambda path: path.stat().st_mtime)[:-count]:
        shutil.rmtree(path, ignore_errors=True)


def write_file(target: Path, data: bytes) -> None:
    """Write a file so that no reader ever sees half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    work = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        work.chmod(0o644)
        work.replace(target)
    finally:
        work.unlink(missing_ok=True)
