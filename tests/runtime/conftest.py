import shutil
from pathlib import Path

import pytest

from generator.runtime import RuntimeManifest, build_runtime, ensure_runtime_source
from generator.runtime.cache import cache_folder

STUB = Path(__file__).parent / "stub_engine" / "calculators"


@pytest.fixture(scope="session")
def npm_cache() -> Path:
    """The part of the user's cache with Pyodide itself: fetched once, and shared by all tests."""
    ensure_runtime_source()
    return cache_folder() / "npm"


@pytest.fixture
def fresh_cache(tmp_path: Path, npm_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own for one test, with Pyodide in it and no build."""
    cache = tmp_path / "cache"
    shutil.copytree(npm_cache, cache / "npm")
    monkeypatch.setenv("VADEMECUM_CACHE", str(cache))
    return cache


@pytest.fixture(scope="session")
def stub_runtime(tmp_path_factory: pytest.TempPathFactory, npm_cache: Path) -> tuple[Path, RuntimeManifest]:
    """The runtime of the stand-in engine: the folder as a site serves it, and its manifest."""
    out = tmp_path_factory.mktemp("site") / "runtime"
    return out, build_runtime(STUB, out)
