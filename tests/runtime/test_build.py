import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from generator.runtime import RuntimeManifest, RuntimeUnavailable, answers, build_runtime, node
from generator.runtime.assemble import is_intact
from generator.runtime.build import compare
from generator.runtime.engine import read_engine

STUB = Path(__file__).parent / "stub_engine" / "calculators"


def contents(folder: Path) -> dict[str, str]:
    """File name -> SHA-256."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_two_builds_give_the_same_bytes(
    stub_runtime: tuple[Path, RuntimeManifest], fresh_cache: Path, tmp_path: Path
) -> None:
    """Built twice from nothing, in two caches and two processes of node, every file is the same."""
    first, _ = stub_runtime
    build_runtime(STUB, tmp_path / "second")
    assert contents(first) == contents(tmp_path / "second")


def test_a_second_build_does_no_work(
    stub_runtime: tuple[Path, RuntimeManifest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has been built and proven is only copied: node is not started again."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a program was run")

    monkeypatch.setattr(node, "run", refuse)
    said: list[str] = []
    _, manifest = stub_runtime
    assert build_runtime(STUB, tmp_path / "again", progress=said.append) == manifest
    assert said == ["the browser's Python is in the cache"]


def test_every_file_is_named_by_its_contents_and_listed(stub_runtime: tuple[Path, RuntimeManifest]) -> None:
    """Names, sizes and hashes of the manifest are those of the files, and no other file is there."""
    folder, manifest = stub_runtime
    found = contents(folder)
    assert set(found) == {file.file for file in manifest.files} | {manifest.file, "pyodide-lock.json"}
    for file in manifest.files:
        assert file.sha256 == found[file.file]
        assert file.sha256[:12] in file.file
        assert file.size == (folder / file.file).stat().st_size
    assert manifest.sha256 == found[manifest.file]
    assert RuntimeManifest.from_json((folder / manifest.file).read_text(encoding="utf-8")) == manifest


def test_the_lock_names_the_wheel_with_its_hash(stub_runtime: tuple[Path, RuntimeManifest]) -> None:
    """A notebook can load the engine: the lock has the wheel's name, hash and import, and Pyodide's ABI."""
    folder, manifest = stub_runtime
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    assert lock == manifest.lock
    entry = lock["packages"]["vademecum-calculators"]
    engine = next(file for file in manifest.files if file.role == "engine")
    assert (entry["file_name"], entry["sha256"]) == (engine.file, engine.sha256)
    assert (entry["imports"], entry["version"]) == (["calculators"], "9.8.7")
    assert lock["info"]["python"] == manifest.python


def test_the_wheel_is_one_that_pip_installs(stub_runtime: tuple[Path, RuntimeManifest], tmp_path: Path) -> None:
    """The wheel is a real one: pip installs it by its RECORD, and the host's Python runs the engine."""
    folder, manifest = stub_runtime
    engine = next(file for file in manifest.files if file.role == "engine")
    target = tmp_path / "installed"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--target",
        str(target),
    ]
    subprocess.run([*pip, str(folder / engine.file)], check=True)
    code = 'import calculators.bridge as b; print(b.handle(\'{"id": 1, "op": "about"}\'))'
    done = subprocess.run([sys.executable, "-c", code], cwd=target, capture_output=True, text=True, check=True, env={})
    assert json.loads(done.stdout)["result"]["engine"] == "9.8.7"


def test_the_library_holds_bytecode_only(stub_runtime: tuple[Path, RuntimeManifest], tmp_path: Path) -> None:
    """The trimmed library is compiled, and holds what the engine names but not the rest."""
    folder, manifest = stub_runtime
    library = next(file for file in manifest.files if file.role == "library")
    plain = tmp_path / "library.zip"
    plain.write_bytes(gzip.decompress((folder / library.file).read_bytes()))
    names = zipfile.ZipFile(plain).namelist()
    assert names == sorted(names)
    assert {"decimal.pyc", "difflib.pyc", "encodings/utf_8.pyc", "json/__init__.pyc"} <= set(names)
    assert not [name for name in names if name.endswith(".py") or name.startswith(("tkinter", "unittest"))]


def test_a_function_s_own_import_is_kept(stub_runtime: tuple[Path, RuntimeManifest]) -> None:
    """A module imported only inside a function is there although no request of the build reached it."""
    folder, manifest = stub_runtime
    (reply,) = answers(folder, manifest, ['{"id": 1, "op": "nearest", "text": "zoledronic"}'])
    assert json.loads(reply)["result"] == ["zoledronic-acid"]


def test_an_import_that_pyodide_lacks_fails_the_build(fresh_cache: Path, tmp_path: Path) -> None:
    """An engine that imports what Pyodide does not ship is refused, with the module's name."""
    engine = tmp_path / "calculators"
    shutil.copytree(STUB, engine)
    (engine / "windows.py").write_text("def show():\n    import tkinter\n", encoding="utf-8")
    with pytest.raises(RuntimeUnavailable) as refused:
        build_runtime(engine, tmp_path / "out")
    assert refused.value.message.startswith("The engine does not start in Pyodide: ")
    assert "No module named 'tkinter'" in refused.value.message
    assert "that Pyodide ships" in refused.value.hint
    assert not (tmp_path / "out").exists()


def test_a_runtime_over_the_budget_fails_the_build(stub_runtime: tuple[Path, RuntimeManifest], tmp_path: Path) -> None:
    """More bytes than the budget are an error that lists the bytes of each part, and nothing is published."""
    _, manifest = stub_runtime
    with pytest.raises(RuntimeUnavailable) as refused:
        build_runtime(STUB, tmp_path / "out", budget=1_000_000)
    assert refused.value.message == (
        f"The browser's Python is {manifest.transfer:,} bytes, more than the budget of 1,000,000 bytes."
    )
    assert "wasm 3," in refused.value.hint
    assert not (tmp_path / "out").exists()


def test_files_of_an_earlier_build_are_removed(stub_runtime: tuple[Path, RuntimeManifest], tmp_path: Path) -> None:
    """A site that is built again holds one runtime; files that are not the runtime's stay."""
    for name in ("manifest.0123456789ab.json", "python_stdlib.0123456789ab.zip.gz", "mine.txt"):
        (tmp_path / name).write_text("old")
    folder, _ = stub_runtime
    build_runtime(STUB, tmp_path)
    assert contents(tmp_path).keys() == {*contents(folder), "mine.txt"}


def test_a_reply_that_differs_fails_the_build() -> None:
    """The trimmed Python must say what the whole one says; the message names the request and both replies."""
    with pytest.raises(RuntimeUnavailable) as refused:
        compare(["first", "second"], ["same", "yes"], ["same", "No module named 'x'"])
    assert refused.value.message == (
        "The trimmed Python answers differently from the whole one. To second expected yes "
        "but received No module named 'x'."
    )


def test_a_build_that_was_changed_in_the_cache_is_not_used(
    stub_runtime: tuple[Path, RuntimeManifest], tmp_path: Path
) -> None:
    """Each file in the cache is checked against its hash before it is published."""
    folder, manifest = stub_runtime
    shutil.copytree(folder, tmp_path / "made")
    (tmp_path / "made" / manifest.file).rename(tmp_path / "made" / "manifest.json")
    assert is_intact(tmp_path / "made")
    with (tmp_path / "made" / manifest.files[-1].file).open("r+b") as stream:
        stream.write(b"X")
    assert not is_intact(tmp_path / "made")


def test_the_engine_s_imports_are_read_from_its_source() -> None:
    """Imports anywhere in the source count, own modules come last, and nothing is imported to find out."""
    engine = read_engine(STUB)
    assert engine.version == "9.8.7"
    assert engine.imports() == [
        "decimal",
        "difflib",
        "fractions",
        "json",
        "sys",
        "calculators",
        "calculators.bridge",
    ]


def test_a_folder_without_a_bridge_is_no_engine(tmp_path: Path) -> None:
    """A wrong folder is named outright."""
    with pytest.raises(FileNotFoundError, match=r"bridge\.py: the engine's package folder is expected"):
        build_runtime(tmp_path, tmp_path / "out")
