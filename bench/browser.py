"""Chromium, and a server for the folders that it is shown."""

import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu")


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder, and others below names of their own.

    The two headers isolate a page, which gives it a clock of 5 µs instead of 100 µs.
    """

    def __init__(self, folders: Mapping[str, Path], *args: object) -> None:
        self.folders = folders
        super().__init__(*args, directory=str(folders[""]))  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """The file of an address; its first part may name another folder."""
        first, _, rest = path.lstrip("/").partition("/")
        if first in self.folders:
            self.directory, path = str(self.folders[first]), f"/{rest}"
        else:
            self.directory = str(self.folders[""])
        return super().translate_path(path)

    def end_headers(self) -> None:
        """Isolate the page, then end."""
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path, **others: Path) -> Iterator[str]:
    """Serve a folder and others below their names; gives the address, with a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, {"": folder, **others}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium that VADEMECUM_CHROMIUM names, or the system's.

    Raises:
        FileNotFoundError: there is none.
    """
    path = os.environ.get("VADEMECUM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise FileNotFoundError("no Chromium: `make bench` finds or installs one, or name it in VADEMECUM_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
