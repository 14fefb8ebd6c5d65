"""The server on this machine: files by their address in the edition, and a stream that tells pages of changes.

An address is looked up in the list of the site's files and never on the disk, so that nothing beside the site can be
asked for.
"""

import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import AF_INET, AF_INET6
from urllib.parse import quote, unquote

from markupsafe import escape

from generator.serve.edition import Found
from generator.serve.shown import Pages, Shown

OWN = "/_serve/"
"""Where the server's own files are; mkdocs makes no page whose address begins so."""

ASSETS = Path(__file__).parent / "assets"
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
PATIENCE = 15
"""Seconds after which the stream says that it is still there; a page that has gone is noticed then."""

NAMED_BY_CONTENT = re.compile(r"(.+)\.[0-9a-f]{12}(\.\w+)")

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="stylesheet" href="{own}page.css">
</head>
<body>
<h1>{title}</h1>
<p>{text}</p>
</body>
</html>
"""


class LocalServer(ThreadingHTTPServer):
    """Serves what is shown; each request has a thread, which ends with the command."""

    daemon_threads = True

    def __init__(self, host: str, port: int, shown: Shown) -> None:
        """Listen.

        Raises:
            OSError: the address is in use or is not one of this machine.
        """
        self.address_family = AF_INET6 if ":" in host else AF_INET
        self.shown = shown
        super().__init__((host, port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of an answer is nothing to tell."""


def script_for(edition: str) -> str:
    """What stands in each page that is served, and in no page that is built."""
    return f'<script src="{OWN}live.js" data-edition="{edition}"></script>\n'


class _Handler(BaseHTTPRequestHandler):
    server: LocalServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a request."""
        path = unquote(re.split("[?#]", self.path)[0])
        if path == f"{OWN}changes":
            self._stream()
        elif path.startswith(OWN):
            self._own(path.removeprefix(OWN))
        else:
            self._site(path)

    def do_HEAD(self) -> None:
        """The same without the content."""
        self.do_GET()

    def log_message(self, format: str, *arguments: object) -> None:
        """Requests are not told: the terminal is for findings."""

    def _own(self, name: str) -> None:
        known = {path.name: path for path in ASSETS.iterdir()}
        if name in known:
            self._send(HTTPStatus.OK, Found(known[name].read_bytes(), KINDS[known[name].suffix]))
        else:
            self._say(HTTPStatus.NOT_FOUND, "Not found", "There is no such file.")

    def _site(self, path: str) -> None:
        pages, last = self.server.shown.now()
        if pages is None:
            text = "This page becomes the site as soon as it is built without errors."
            self._say(HTTPStatus.SERVICE_UNAVAILABLE, "No site to show yet", text, last.edition)
            return
        address = path.removeprefix("/")
        try:
            found = pages.find(f"{address}index.html" if not address or address.endswith("/") else address)
            if found is None and pages.find(f"{address}/index.html"):
                self._redirect(f"{path}/")
                return
            found = found or _newest(pages, address)
            lost = None if found else pages.find("404.html")
        except Exception as error:  # whatever an author's template does, the server goes on
            text = f"{type(error).__name__}: {error}"
            print(f"{path}: the page cannot be made: {text}", flush=True)
            self._say(HTTPStatus.INTERNAL_SERVER_ERROR, "The page cannot be made", text, last.edition)
            return
        if found:
            self._send(HTTPStatus.OK, found, last.edition)
        elif lost:
            self._send(HTTPStatus.NOT_FOUND, lost, last.edition)
        else:
            self._say(HTTPStatus.NOT_FOUND, "Not found", "There is no such page.", last.edition)

    def _say(self, status: HTTPStatus, title: str, text: str, edition: int = 0) -> None:
        """A page of the server's own."""
        html = PAGE.format(title=escape(title), text=escape(text), own=OWN)
        self._send(status, Found(html.encode(), "text/html"), edition)

    def _redirect(self, path: str) -> None:
        # One slash alone in front: two would lead to another host.
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", "/" + quote(path.lstrip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, found: Found, edition: int = 0) -> None:
        content, kind = found.content, found.kind
        if kind == "text/html":
            script = script_for(self.server.shown.name(edition)).encode()
            before, end, after = content.rpartition(b"</body>")
            content = before + script + end + after
            kind = "text/html; charset=utf-8"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _stream(self) -> None:
        """Server-sent events: the last try at once, then each one after it, until the page goes."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        shown, number = self.server.shown, -1
        try:
            while self.command != "HEAD":
                last = shown.after(number, PATIENCE)
                if last is None:
                    self.wfile.write(b": still here\n\n")
                else:
                    number = last.number
                    self.wfile.write(f"data: {shown.as_json(last)}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return


def _newest(pages: Pages, address: str) -> Found | None:
    """A file named by its content that a page of an older edition asks for: the one that now stands for it."""
    asked = NAMED_BY_CONTENT.fullmatch(address)
    if not asked:
        return None
    for other in pages.addresses():
        named = NAMED_BY_CONTENT.fullmatch(other)
        if named and named.groups() == asked.groups():
            return pages.find(other)
    return None
