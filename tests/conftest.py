"""What several test folders share: the built site of this repository, and where Chromium is."""

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.cli import main

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this repository's site, built by the command as an author would."""
    folder = tmp_path_factory.mktemp("built") / "site"
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        assert main(["build", "--site-dir", str(folder)]) == 0
    finally:
        os.chdir(before)
    return folder


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder without a line on the terminal for each request."""

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site_url(built_site: Path) -> Iterator[str]:
    """The address of the built site on a port of its own, with a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(built_site)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The Chromium that the browser tests drive; a machine without one fails here, it does not skip."""
    named = os.environ.get("VADEMECUM_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        pytest.fail("no Chromium: 'make test' finds or installs one, or name it in VADEMECUM_CHROMIUM", pytrace=False)
    return found
