"""A site served from memory, with faults on demand."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
}

# As strict as a site can be; the worker's script gets it too, over which a page's <meta> has no say.
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self'; base-uri 'none'; form-action 'none'"
)

PAGE = """<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>test</title>
<script type="application/json" id="vademecum-python">{config}</script>
<script defer src="calculator.js"></script>
</html>"""


@dataclass
class Site:
    """A site in memory, and what is to go wrong with it.

    Attributes:
        files: path -> bytes.
        faults: part of a path -> `corrupt`, `cut` (half of it, then the connection ends), `missing`, `hang`
            (half of it, then nothing), or `unpack` (sent as a transfer encoding, which the browser unpacks).
        asked: every path that has been asked for.
        released: set when a hanging answer may end.
    """

    files: dict[str, bytes]
    port: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """The address of the page, under a name that browsers take for secure."""
        return f"http://localhost:{self.port}/"

    def configure(self, **more: object) -> None:
        """Write the page again, with more in its configuration."""
        config = json.loads(self.files["config.json"]) | more
        self.files["index.html"] = PAGE.format(config=json.dumps(config)).encode()


def send_with_fault(handler: BaseHTTPRequestHandler, data: bytes, fault: str, released: threading.Event) -> None:
    """Send a body: whole, or with the fault `cut` or `hang` half of it, and then the end or nothing."""
    if fault not in {"cut", "hang"}:
        handler.wfile.write(data)
        return
    handler.wfile.write(data[: len(data) // 2])
    handler.wfile.flush()
    if fault == "hang":
        released.wait(60)
    handler.close_connection = True


class Handler(BaseHTTPRequestHandler):
    """Answers from a `Site`, faults included."""

    def __init__(self, site: Site, *args: object) -> None:
        self.site = site
        super().__init__(*args)  # type: ignore[arg-type]

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file, or what its fault makes of it."""
        path = self.path.lstrip("/") or "index.html"
        self.site.asked.append(path)
        fault = next((kind for part, kind in self.site.faults.items() if part in path), "")
        data = self.site.files.get(path)
        if data is None or fault == "missing":
            self.send_error(404)
            return
        if fault == "corrupt":
            data = data[:-1] + bytes([data[-1] ^ 1])
        self.send_response(200)
        self.send_header("Content-Type", TYPES.get(Path(path).suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "max-age=600")
        if fault == "unpack":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        send_with_fault(self, data, fault, self.site.released)
