"""The engine says the same in the browser's Python, byte for byte, as in the Python that built the site."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator.runtime import RuntimeManifest, answers, build_runtime

ROOT = Path(__file__).parents[2]

IN_CPYTHON = """
import json, sys
from calculators.bridge import handle
json.dump([handle(request) for request in json.load(sys.stdin)], sys.stdout)
"""


def in_cpython(engine: Path, requests: Sequence[str]) -> list[str]:
    """The replies of the engine in a fresh process of this Python."""
    done = subprocess.run(
        [sys.executable, "-c", IN_CPYTHON],
        input=json.dumps(list(requests)),
        # with -c the working folder comes first on the path
        cwd=engine.parent,
        env={**os.environ, "PYTHONPATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    replies: list[str] = json.loads(done.stdout)
    return replies


def same_but_for_the_version(request: str, reply: str) -> str:
    """A reply to compare: the two Pythons differ in their own version, which only `about` tells."""
    if '"about"' not in request:
        return reply
    told: dict[str, Any] = json.loads(reply)
    told.get("result", {}).pop("python", None)
    return json.dumps(told)


def assert_the_same(engine: Path, folder: Path, manifest: RuntimeManifest, requests: Sequence[str]) -> list[str]:
    """Ask both Pythons the same, compare reply by reply, and give CPython's replies."""
    expected = in_cpython(engine, requests)
    found = answers(folder, manifest, requests)
    for request, here, there in zip(requests, expected, found, strict=True):
        assert same_but_for_the_version(request, there) == same_but_for_the_version(request, here), request
    return expected


def test_the_stand_in_says_the_same_in_both(stub_runtime: tuple[Path, RuntimeManifest]) -> None:
    """The shipped files start and answer as CPython does, with fractions, Chinese text and errors."""
    folder, manifest = stub_runtime
    assert_the_same(
        ROOT / "tests" / "runtime" / "stub_engine" / "calculators",
        folder,
        manifest,
        [
            '{"id": 1, "op": "about"}',
            '{"id": 2, "op": "load", "payload": "{\\"guideline\\": {\\"id\\": \\"指南\\"}}"}',
            '{"id": 3, "op": "calculate", "value": "3.5"}',
            '{"id": 4, "op": "calculate", "value": "三"}',
            '{"id": 5, "op": "nearest", "text": "denosumap"}',
            "",
        ],
    )


def table_requests() -> list[str]:
    """The payload of the engine's tables, every row of them, and the worked cases, as JSON texts."""
    spec = importlib.util.spec_from_file_location("engine_tables", ROOT / "tests" / "calculators" / "tables.py")
    assert spec
    assert spec.loader
    tables = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tables)
    payload = json.loads(tables.PAYLOAD)
    asked = {"op": "cases", "guideline": payload["guideline"]["id"]}
    cases = [json.dumps({**asked, "calculator": entry["id"]}) for entry in payload["calculators"]]
    return [tables.payload_request(), *tables.load_requests(), *cases]


def test_every_row_of_the_engine_s_tables_says_the_same_in_both(tmp_path: Path) -> None:
    """The real engine, built into a site, gives CPython's reply to every row of its tables, byte for byte."""
    engine = ROOT / "calculators"
    manifest = build_runtime(engine, tmp_path)
    requests = table_requests()
    assert len(requests) > 10
    replies = assert_the_same(engine, tmp_path, manifest, requests)
    assert all(json.loads(reply)["ok"] for reply in replies)
