import gzip
import io
import zipfile
from pathlib import Path

from generator.runtime import RuntimeManifest, ensure_runtime_source
from generator.runtime.lean import LIBRARY, stand_ins, write_lean

NEEDLESS = {"asyncio/events.pyc", "concurrent/futures/_base.pyc", "shutil.pyc", "socket.pyc", "ssl.pyc", "tempfile.pyc"}


def test_every_stand_in_takes_the_place_of_a_file_of_pyodide(npm_cache: Path, tmp_path: Path) -> None:
    """A stand-in has the name of a file that this Pyodide has, and all else of its library is as it was."""
    source = ensure_runtime_source()
    write_lean(source, tmp_path)
    with zipfile.ZipFile(source / LIBRARY) as whole, zipfile.ZipFile(tmp_path / LIBRARY) as lean:
        assert lean.namelist() == whole.namelist()
        changed = {name for name in whole.namelist() if whole.read(name) != lean.read(name)}
    assert changed == set(stand_ins()) != set()


def test_a_page_downloads_no_event_loop_and_no_loader_of_packages(stub_runtime: tuple[Path, RuntimeManifest]) -> None:
    """The library that is shipped has the stand-ins and nothing of what only the modules in their places import."""
    folder, manifest = stub_runtime
    library = next(file for file in manifest.files if file.role == "library")
    data = gzip.decompress((folder / library.file).read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
    assert {f"{name}c" for name in stand_ins()} <= names
    assert not names & NEEDLESS
