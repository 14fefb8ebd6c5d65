"""From Pyodide and `calculators` to the files that a page downloads.

The story: fetch Pyodide → run the engine on its standard library (lean.py) to see what is needed → make the
trimmed library, the wheel and the packed files, named by content and listed in a manifest → run the engine on
exactly these files and compare every reply → copy them into the site. What has been made and proven once is
kept in the cache folder.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from generator.runtime import steps
from generator.runtime.assemble import answers, assemble, is_intact, kept_manifest, publish
from generator.runtime.cache import cache_folder, keep_newest, new_folder, write_file
from generator.runtime.engine import Engine, read_engine
from generator.runtime.fetch import Progress, ensure_runtime_source, silent
from generator.runtime.lean import write_lean
from generator.runtime.manifest import RuntimeManifest, sha256
from generator.runtime.pin import PYODIDE, RuntimeUnavailable

# Bytes of a first visit; 5 MB are some 8 s at 5 Mbit/s. A build that grows fails before readers notice.
DEFAULT_BUDGET = 5_200_000

# Some 6 MB each in the cache; every change of the engine makes one.
KEPT_BUILDS = 5

IN_CACHE = "the browser's Python is in the cache"

# The roads through the bridge that need no payload; a site adds its own payloads and cases.
SMOKE_REQUESTS = (
    '{"id": 1, "op": "about"}',
    '{"id": 2, "op": "load", "payload": "{}"}',
    '{"id": 3, "op": "load", "payload": "not JSON"}',
    '{"id": 4, "op": "calculate", "guideline": "none", "calculator": "none", "inputs": {}}',
    '{"id": 5, "op": "cases", "guideline": "none", "calculator": "none"}',
    '{"id": 6, "op": "no such operation"}',
    "not JSON",
)


def build_runtime(
    engine_dir: Path,
    out_dir: Path,
    budget: int | None = DEFAULT_BUDGET,
    progress: Progress = silent,
    requests: Sequence[str] = (),
) -> RuntimeManifest:
    """Write the browser's Python into `out_dir`.

    Args:
        engine_dir: the package folder `calculators`.
        out_dir: the folder that the site serves them from; older runtime files in it are removed.
        budget: the most bytes that a first visit may download; None for no limit.
        progress: called with one sentence a step.
        requests: JSON texts for the bridge, asked in order after `SMOKE_REQUESTS`: the site's loads and
            cases. The trimmed Python must reply to each as the whole one does. Other requests cost a new
            proof (some seconds), but no new build.

    Returns:
        What was written; `manifest.file` and `manifest.sha256` belong into the page's configuration.

    Raises:
        RuntimeUnavailable: node, npm or Pyodide is missing, a hash is wrong, the engine does not run in
            Pyodide, a reply differs, or the budget is exceeded. Message and hint are for the site's author.
        FileNotFoundError: `engine_dir` holds no bridge.
    """
    made = _proven_build(read_engine(engine_dir), (*SMOKE_REQUESTS, *requests), progress)
    manifest = kept_manifest(made)
    check_budget(manifest, budget)
    publish(made, manifest, out_dir)
    return manifest


def check_budget(manifest: RuntimeManifest, budget: int | None) -> None:
    """Refuse a runtime that is too big to download.

    Raises:
        RuntimeUnavailable: the budget is exceeded; the hint lists the bytes of each part.
    """
    if budget is not None and manifest.transfer > budget:
        parts = ", ".join(f"{file.role} {file.transfer:,}" for file in manifest.files)
        raise RuntimeUnavailable(
            f"The browser's Python is {manifest.transfer:,} bytes, more than the budget of {budget:,} bytes.",
            f"Bytes by part: {parts}. A new import in `calculators` may have drawn in more of the library.",
        )


def _proven_build(engine: Engine, requests: Sequence[str], progress: Progress) -> Path:
    """The cache's folder with the finished files, made and proven unless that has been done before."""
    store = cache_folder() / "runtime" / "builds"
    base = _digest([*_recipe(), *engine.fingerprint])
    proof = store.with_name("proofs") / f"{_digest([base, *requests])}.json"
    if made := _proven_before(proof, store):
        progress(IN_CACHE)
        return made
    source = ensure_runtime_source(progress=progress)
    with tempfile.TemporaryDirectory(prefix="vademecum-engine-") as name:
        folder, pyodide = Path(name) / "engine", Path(name) / "pyodide"
        folder.mkdir()
        pyodide.mkdir()
        engine.write(folder)
        write_lean(source, pyodide)
        progress("looking for what the engine needs of the standard library")
        explored = steps.explore(pyodide, folder, engine.imports(), requests)
        made = store / _digest([base, *explored.files])
        if not is_intact(made):
            shutil.rmtree(made, ignore_errors=True)
            progress(f"compiling {len(explored.files)} modules of the library and packing")
            with new_folder(made) as work:
                assemble(pyodide, folder, work, explored.files, engine.version)
            keep_newest(store, KEPT_BUILDS)
    progress("comparing the replies of the trimmed Python with those of the whole one")
    compare(requests, explored.replies, answers(made, kept_manifest(made), requests))
    write_file(proof, json.dumps({"build": made.name, "replies": len(requests)}).encode())
    return made


def _proven_before(proof: Path, store: Path) -> Path | None:
    """The build that `proof` names, if it is still whole."""
    try:
        made = store / str(json.loads(proof.read_text(encoding="utf-8"))["build"])
    except (OSError, ValueError, KeyError):
        return None
    return made if is_intact(made) else None


def compare(requests: Sequence[str], whole: Sequence[str], trimmed: Sequence[str]) -> None:
    """Refuse a trimmed Python that says anything else than the whole one.

    Raises:
        RuntimeUnavailable: two replies differ; the message names the first such request.
    """
    for request, expected, found in zip(requests, whole, trimmed, strict=True):
        if expected != found:
            raise RuntimeUnavailable(
                f"The trimmed Python answers differently from the whole one. To {request[:200]} "
                f"expected {expected[:300]} but received {found[:300]}.",
                "Most likely a module is imported by name at run time; import it at the top of its module.",
            )


def _recipe() -> list[str]:
    """What the bytes of a build depend on beside the engine: the pin, this code, and pyodide-lock."""
    texts = [PYODIDE.integrity, f"pyodide-lock {metadata.version('pyodide-lock')}"]
    for path in sorted([*steps.HERE.rglob("*.py"), steps.SCRIPT]):
        texts += [path.relative_to(steps.HERE).as_posix(), sha256(path.read_bytes())]
    return texts


def _digest(texts: Sequence[str]) -> str:
    """A short name for a list of texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]
