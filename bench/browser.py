"""Chromium, and a server for the folders that it is shown."""

import gzip
import os
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.slow import Link

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKED = {".gz", ".whl", ".zip", ".png", ".woff2"}
PART = 4096  # bytes that a narrow link carries at a time

ARGUMENTS = ("--no-sandbox", "--disable-gpu")


@cache
def _packed(data: bytes) -> bytes:
    return gzip.compress(data, 9)


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder, and others below names of their own.

    The two headers isolate a page, which gives it a clock of 5 µs instead of 100 µs.
    """

    def __init__(self, folders: Mapping[str, Path], link: Link | None, *args: object) -> None:
        self.folders = folders
        self.link = link
        super().__init__(*args, directory=str(folders[""]))  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """The file of an address; its first part may name another folder."""
        first, _, rest = path.lstrip("/").partition("/")
        if first in self.folders:
            self.directory, path = str(self.folders[first]), f"/{rest}"
        else:
            self.directory = str(self.folders[""])
        return super().translate_path(path)

    def do_GET(self) -> None:
        """Send a file; over a narrow link compressed, as hosts do with what is not packed already."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if self.link is None or not path.is_file():
            super().do_GET()
            return
        time.sleep(self.link.delay)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        data = path.read_bytes()
        if path.suffix not in PACKED:
            self.send_header("Content-Encoding", "gzip")
            data = _packed(data)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        for at in range(0, len(data), PART):
            part = data[at : at + PART]
            self.link.send(len(part))
            self.wfile.write(part)

    def end_headers(self) -> None:
        """Isolate the page, let the browser keep what it has got for as long as GitHub Pages does, then end."""
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class KeepAlive(Handler):
    """The same with connections that stay open, as hosts have them; Lighthouse reckons with each new one."""

    protocol_version = "HTTP/1.1"


@contextmanager
def serve(
    folder: Path, handler: type[Handler] = Handler, /, *, link: Link | None = None, **others: Path
) -> Iterator[str]:
    """Serve a folder and others below their names; gives the address, with a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, {"": folder, **others}, link))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def executable() -> str:
    """The Chromium that VADEMECUM_CHROMIUM names, or the system's.

    Raises:
        FileNotFoundError: there is none.
    """
    path = os.environ.get("VADEMECUM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise FileNotFoundError("no Chromium: `make bench` finds or installs one, or name it in VADEMECUM_CHROMIUM")
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """That Chromium at work."""
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
