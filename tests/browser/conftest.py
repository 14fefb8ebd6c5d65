import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from engines import Engine, chosen, start
from exported import Exports, export_all
from playwright.sync_api import Browser, sync_playwright
from programs import EngineError
from served_build import BuildHandler, Served
from served_site import Handler, Site

from generator import bundles
from generator.runtime import build_runtime
from generator.runtime.manifest import sha256
from generator.words import for_failures

ROOT = Path(__file__).parents[2]
STUB = ROOT / "tests" / "runtime" / "stub_engine" / "calculators"
OVERRIDES = ROOT / "site_overrides"
GUIDELINE = {"guideline": {"id": "stand-in"}}


@pytest.fixture(scope="session")
def site_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A page, the scripts, the runtime of the stand-in engine, and one payload."""
    out = tmp_path_factory.mktemp("runtime")
    manifest = build_runtime(STUB, out)
    payload = json.dumps(GUIDELINE).encode()
    config = {
        "worker": "worker.js",
        "manifest": {"url": f"runtime/{manifest.file}", "sha256": manifest.sha256, "size": manifest.size},
        "bytes": manifest.transfer,
        "failures": for_failures("zh"),
        "payloads": [{"guideline": "stand-in", "url": "payload.json", "sha256": sha256(payload), "size": len(payload)}],
    }
    return {
        "config.json": json.dumps(config).encode(),
        "payload.json": payload,
        # Without the script that starts Python at once: each test says when.
        "calculator.js": bundles.join_parts(
            (*bundles.BUNDLES["python.js"][:-1], *bundles.BUNDLES["calculator.js"]), [OVERRIDES]
        ),
        "worker.js": bundles.join("worker.js", [OVERRIDES]),
        **{f"runtime/{path.name}": path.read_bytes() for path in out.iterdir()},
    }


@pytest.fixture
def site(site_files: dict[str, bytes]) -> Iterator[Site]:
    """The site on a port of its own, without faults."""
    made = Site(dict(site_files))
    made.configure()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, made))
    server.daemon_threads = True
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.released.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The system's Chromium; `ward.test` is this machine under a name that no browser takes for secure."""
    arguments = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP ward.test 127.0.0.1"]
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield made
        made.close()


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """The three exports that are opened from `file://`."""
    return export_all(tmp_path_factory.mktemp("exports"))


@pytest.fixture
def served(built_site: Path) -> Iterator[Served]:
    """The built site at a new address, without faults."""
    made = Served(built_site)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(BuildHandler, made))
    server.daemon_threads = True
    server.handle_error = lambda *_args: None  # type: ignore[method-assign]  # a browser that hangs up is no news
    made.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module", params=chosen())
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """One browser for all tests of an engine; fails where it was asked for and cannot be had."""

    def chromium() -> Browser:
        browser: Browser = request.getfixturevalue("browser")
        return browser

    with ExitStack() as stack:
        try:
            made = stack.enter_context(start(request.param, chromium))
        except EngineError as error:
            pytest.fail(str(error), pytrace=False)
        yield made
