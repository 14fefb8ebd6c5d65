"""The built site over http, with faults on demand, for every engine."""

import json
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

from pages_of_site import PAGE_KINDS

DOSE_PAGE = PAGE_KINDS["dose-calculator"]
CONFIG = '<script type="application/json" id="vademecum-python">{'


@dataclass
class Served:
    """The built site on a port of its own, and what is to go wrong with it.

    Attributes:
        faults: part of a path -> `corrupt` (one bit), `cut` (half of it, then the connection ends), `missing`,
            `broken` (a script without its end, as if that were the whole of it), or
            `blind` (a script that first takes WebAssembly away, as browsers do that forbid it).
        before: part of a script's path -> what is put before it, to take something away from the browser.
        limits: what the page's configuration of Python has besides.
        asked: every path that has been asked for.
    """

    folder: Path
    port: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def dose_page(self) -> str:
        """The address of the dose calculator, under a name that browsers take for secure."""
        return f"http://localhost:{self.port}/{DOSE_PAGE}"


class BuildHandler(SimpleHTTPRequestHandler):
    """Answers from a `Served`, faults included."""

    # Firefox and WebKit take half a body for the whole of it when the server speaks HTTP/1.0.
    protocol_version = "HTTP/1.1"

    def __init__(self, served: Served, *args: Any) -> None:
        self.served = served
        super().__init__(*args, directory=str(served.folder))

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file, or what its fault makes of it."""
        self.served.asked.append(self.path)
        fault = next((kind for part, kind in self.served.faults.items() if part in self.path), "")
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if fault == "missing" or not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        if fault == "corrupt":
            data = data[:-1] + bytes([data[-1] ^ 1])
        elif fault == "broken":
            data = data[:-40]
        elif fault == "blind":
            data = b"delete globalThis.WebAssembly;\n" + data
        data = "".join(code for part, code in self.served.before.items() if part in self.path).encode() + data
        if self.served.limits:
            more = json.dumps(self.served.limits)[1:-1]
            data = data.replace(CONFIG.encode(), f"{CONFIG}{more}, ".encode())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if fault == "cut" else data)
        self.close_connection = self.close_connection or fault == "cut"
