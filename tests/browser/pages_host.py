"""A folder served as GitHub Pages serves it, below a project's path, with faults on demand."""

import gzip
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from served_site import send_with_fault

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "application/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".mjs": "application/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""The types that Pages gives; everything else is `application/octet-stream`."""

COMPRESSED = {".css", ".html", ".js", ".json", ".map", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest", ".xml"}
"""What Pages compresses on the way when the browser takes gzip; `.wasm` is among it, `.gz`, `.zip`, `.whl` are not."""


class _Server(ThreadingTCPServer):
    """The server of `http.server` without its look at the name service, which takes a second on some machines."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *args: Any) -> None:
        self.open: list[socket.socket] = []
        super().__init__(*args)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection: browsers open some before they have anything to ask."""
        self.open.append(request)
        super().process_request(request, client_address)

    def hang_up(self) -> None:
        """End every connection, those without a question yet as well."""
        for connection in self.open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who hangs up first is no fault of the server."""


@dataclass
class PagesHost:
    """A published site: `http://localhost:<port>/some-repo/`, as GitHub Pages would answer it.

    It sends no header of one's own (no policy, no `Service-Worker-Allowed`), `Cache-Control: max-age=600`, an `ETag`
    and the time of publication as `Last-Modified` (and 304 to who has that already), text compressed with a weak
    `ETag`, 301 from a folder without its slash, `x.html` for `x`, and for what is not there the folder's `404.html`
    with status 404. What lies outside `base` is another site: a bare 404. Every connection ends with its answer,
    so that `stop` is the end of the network at once. It does not answer ranges, and speaks no TLS: `localhost` is
    secure to a browser all the same.

        with PagesHost(built_site) as host:
            page.goto(host.url)
            host.faults["payload.json"] = "corrupt"   # also: cut, missing, hang, late
            host.publish(second_edition)              # swaps the folder, with a later date and other ETags
            host.stop()                               # connections are refused …
            host.start()                              # … until here; the port stays the same

    Attributes:
        folder: what is served; read anew at each request.
        base: path of the project below the host, with a slash at both ends; `/` for a custom domain.
        max_age: seconds for which a browser need not ask again.
        faults: part of a path below `base` -> `corrupt` (the last byte is another), `cut` (half of it, then the
            connection ends), `missing` (404), `hang` (half of it, then nothing until `released` is set), `late`
            (nothing until `released` is set, then all of it).
        asked: every path that was asked for, as it came, query included.
        released: set when a hanging answer may end; `stop` does that.
        published: seconds since 1970 of the latest publication; no two have the same.
    """

    folder: Path
    base: str = "/some-repo/"
    max_age: int = 600
    faults: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    published: int = field(default_factory=lambda: int(time.time()))
    _server: _Server | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The address of the home page, under a name that browsers take for secure."""
        return f"http://localhost:{self.port}{self.base}"

    def start(self) -> None:
        """Take connections; the port of an earlier start is kept."""
        self.released.clear()
        self._server = _Server(("127.0.0.1", self.port), partial(_Handler, self))
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Refuse connections from now on; a host that has stopped may be stopped again."""
        self.released.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server.hang_up()
            self._server = None

    def publish(self, folder: Path) -> None:
        """Serve another folder from now on, as the next edition of the site."""
        self.folder = folder
        self.published = max(int(time.time()), self.published + 1)

    def find(self, path: str) -> Path | None:
        """The file that answers a path below `base`: itself, a folder's index, or the page without its ending."""
        place = (self.folder / path).resolve()
        if not place.is_relative_to(self.folder.resolve()):
            return None
        if path == "" or path.endswith("/"):
            candidates = [place / "index.html"]
        else:
            candidates = [place, place.with_name(f"{place.name}.html")]
        return next((file for file in candidates if file.is_file()), None)


class _Handler(BaseHTTPRequestHandler):
    """Answers from a `PagesHost`."""

    server_version = "GitHub.com"
    sys_version = ""

    def __init__(self, host: PagesHost, *args: object) -> None:
        self.host = host
        super().__init__(*args)  # type: ignore[arg-type]

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        """As GET, without the body."""
        self.do_GET()

    def do_GET(self) -> None:
        """Send a file, a redirection, or the page for what is not there."""
        self.host.asked.append(self.path)
        address = unquote(urlsplit(self.path).path)
        if not address.startswith(self.host.base):
            if f"{address}/" == self.host.base:
                self._redirect(self.host.base)
            else:
                self._plain_404()
            return
        path = address.removeprefix(self.host.base)
        fault = next((kind for part, kind in self.host.faults.items() if part in path), "")
        if fault == "late":
            self.host.released.wait()
        file = None if fault == "missing" else self.host.find(path)
        if file is not None:
            self._send(200, file, fault)
        elif fault != "missing" and self.host.find(f"{path}/"):
            self._redirect(f"{address}/")
        elif lost := self.host.find("404.html"):
            self._send(404, lost, fault)
        else:
            self._plain_404()

    def _redirect(self, address: str) -> None:
        self.send_response(301)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _plain_404(self) -> None:
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: int, file: Path, fault: str) -> None:
        data = file.read_bytes()
        tag = f'"{self.host.published:x}-{len(data):x}"'
        compress = file.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", "")
        known = status == 200 and not fault and self._is_known(tag)
        self.send_response(304 if known else status)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Cache-Control", f"max-age={self.host.max_age}")
        self.send_header("ETag", f"W/{tag}" if compress else tag)
        self.send_header("Last-Modified", formatdate(self.host.published, usegmt=True))
        self.send_header("Vary", "Accept-Encoding")
        if known:
            self.end_headers()
            return
        if fault == "corrupt":
            data = data[:-1] + bytes([data[-1] ^ 1])
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
        if compress:
            data = gzip.compress(data, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            send_with_fault(self, data, fault, self.host.released)

    def _is_known(self, tag: str) -> bool:
        """Whether the browser says that it has this very file; a tag goes before a date."""
        if tags := self.headers.get("If-None-Match"):
            return tag in [one.strip().removeprefix("W/") for one in tags.split(",")]
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
        except ValueError:
            return False
        return since.timestamp() >= self.host.published
