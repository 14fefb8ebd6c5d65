"""Three browser engines behind one small interface: open a page, load it again, run a script in it.

Firefox and WebKitGTK are driven without any package: Firefox itself speaks Marionette, the protocol that geckodriver
translates, and WebKitGTK has a W3C driver. Both take the same commands under other names. Every browser has a profile
of its own in a folder that goes when it ends.
"""

import json
import os
import socket
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser
from programs import PATIENCE, POLL, EngineError, find, free_port, hidden_display, running

KNOWN = ("chromium", "firefox", "webkit")

# What a script gives crosses as JSON text, so that no driver has its own idea of how a value is translated; and a
# script without end is ended in the page, so that no driver has to.
EXPRESSION = """
Promise.race([
  (async () => {{
    const given = JSON.parse({given});
    const value = await (async () => {{ {script} }})();
    return {{ text: JSON.stringify(value ?? null) }};
  }})(),
  new Promise((resolve) => setTimeout(() => resolve({{ error: "no end after {seconds} s" }}), {seconds} * 1000)),
]).catch((error) => ({{ error: String(error) }}))
"""

FIREFOX_SETTINGS = {
    "marionette.port": 0,  # any free one; Firefox writes it into the profile
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


def chosen() -> tuple[str, ...]:
    """The engines that `ENGINES` asks for, in the order of `KNOWN`; Chromium when it asks for nothing."""
    asked = {name.strip().lower() for name in os.environ.get("ENGINES", "").split(",")} - {""}
    if unknown := asked - {*KNOWN, "all"}:
        known = ", ".join(KNOWN)
        raise EngineError(f"ENGINES knows {known}, a comma list of them, or all; not {', '.join(sorted(unknown))}")
    return KNOWN if "all" in asked else tuple(name for name in KNOWN if name in (asked or {"chromium"}))


class Engine(ABC):
    """A browser with one page."""

    name: str

    @abstractmethod
    def open(self, url: str) -> None:
        """Go to an address and wait until the page is loaded."""

    @abstractmethod
    def reload(self) -> None:
        """Load the page again and wait until it is loaded."""

    @abstractmethod
    def evaluate(self, expression: str) -> dict[str, str]:
        """What the promise that an expression gives is resolved to."""

    def run(self, script: str, given: object = None) -> Any:
        """Run the body of an async function, which sees `given`; what it returns comes back as JSON would."""
        text = json.dumps(json.dumps(given))
        found = self.evaluate(EXPRESSION.format(given=text, script=script, seconds=PATIENCE))
        if "error" in found:
            raise EngineError(f"{self.name}: {found['error']} in {script}")
        return json.loads(found["text"])

    def wait(self, condition: str) -> None:
        """Wait until an expression is true in the page."""
        end = time.monotonic() + PATIENCE
        while not self.run(f"return Boolean({condition})"):
            if time.monotonic() > end:
                text = self.run("return document.body.innerText.slice(0, 2000)")
                raise EngineError(f"{self.name}: after {PATIENCE} s still not {condition}; the page says:\n{text}")
            time.sleep(POLL)


def start(name: str, browser: Callable[[], Browser]) -> AbstractContextManager[Engine]:
    """A running engine, ended with the block.

    Args:
        name: one of `KNOWN`.
        browser: gives Playwright's Chromium; Playwright allows one of itself in a process.
    """
    if name == "chromium":
        return _chromium(browser())
    return {"firefox": _firefox, "webkit": _webkit}[name]()


# --- Chromium -----------------------------------------------------------------------------------------------------


class _Chromium(Engine):
    name = "chromium"

    def __init__(self, browser: Browser) -> None:
        self._page = browser.new_context().new_page()
        self._page.set_default_timeout(PATIENCE * 1000)

    def open(self, url: str) -> None:
        self._page.goto(url)

    def reload(self) -> None:
        self._page.reload()

    def evaluate(self, expression: str) -> dict[str, str]:
        found: dict[str, str] = self._page.evaluate(expression)
        return found

    def close(self) -> None:
        self._page.context.close()


@contextmanager
def _chromium(browser: Browser) -> Iterator[Engine]:
    with closing(_Chromium(browser)) as engine:
        yield engine


# --- Firefox and WebKitGTK: the same commands over two wires ------------------------------------------------------


class _Driven(Engine):
    """A browser that takes WebDriver's commands."""

    def __init__(self, name: str, command: Callable[[str, dict[str, Any]], Any]) -> None:
        self.name = name
        self._command = command
        milliseconds = PATIENCE * 1000
        self._command("timeouts", {"script": 2 * milliseconds, "pageLoad": milliseconds})

    def open(self, url: str) -> None:
        self._command("url", {"url": url})

    def reload(self) -> None:
        self._command("refresh", {})

    def evaluate(self, expression: str) -> dict[str, str]:
        script = f"const done = arguments[arguments.length - 1]; ({expression}).then(done);"
        found: dict[str, str] = self._command("execute/async", {"script": script, "args": []})
        return found


MARIONETTE = {
    "session": "WebDriver:NewSession",
    "timeouts": "WebDriver:SetTimeouts",
    "url": "WebDriver:Navigate",
    "refresh": "WebDriver:Refresh",
    "execute/async": "WebDriver:ExecuteAsyncScript",
    "quit": "Marionette:Quit",
}


class _Marionette:
    """Firefox's own wire: JSON with its length before it, over TCP."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), 3 * PATIENCE)
        self._file = self._socket.makefile("rb")
        self._last = 0
        self._receive()  # Firefox introduces itself

    def command(self, name: str, body: dict[str, Any]) -> Any:
        """Give a command and wait for what it gives back."""
        self._last += 1
        text = json.dumps([0, self._last, MARIONETTE[name], body]).encode()
        self._socket.sendall(b"%d:%b" % (len(text), text))
        _type, answered, error, result = self._receive()
        if error or answered != self._last:
            raise EngineError(f"firefox: {name}: {(error or {}).get('message', 'answers another question')}")
        return result.get("value", result)

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self._socket.close()

    def _receive(self) -> Any:
        digits = b""
        while (byte := self._file.read(1)) != b":":
            if not byte.isdigit():
                raise EngineError("firefox has ended")
            digits += byte
        return json.loads(self._file.read(int(digits)))


@contextmanager
def _firefox() -> Iterator[Engine]:
    program = find("firefox", "firefox-esr", "firefox")
    with ExitStack() as stack:
        folder = stack.enter_context(_folder())
        profile = folder / "profile"
        profile.mkdir()
        settings = (f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in FIREFOX_SETTINGS.items())
        (profile / "user.js").write_text("\n".join(settings), encoding="utf-8")
        command = [program, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
        started = stack.enter_context(running("firefox", command, folder))
        active = profile / "MarionetteActivePort"
        started.wait(lambda: active.is_file() and active.read_text().strip().isdigit())
        wire = stack.enter_context(closing(_Marionette(int(active.read_text()))))
        wire.command("session", {})
        stack.callback(_politely, lambda: wire.command("quit", {"flags": ["eForceQuit"]}))
        yield _Driven("firefox", wire.command)


class _WebDriver:
    """The wire of the W3C: JSON over HTTP."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._session = ""

    def is_up(self) -> bool:
        """Whether the driver answers yet."""
        try:
            return bool(self._ask("GET", "/status"))
        except (OSError, HTTPException):
            return False

    def begin(self) -> None:
        """Start the browser."""
        found = self._ask("POST", "/session", {"capabilities": {}})
        self._session = f"/session/{found['sessionId']}"

    def end(self) -> None:
        """End the browser."""
        self._ask("DELETE", self._session)

    def command(self, name: str, body: dict[str, Any]) -> Any:
        """Give a command and wait for what it gives back."""
        return self._ask("POST", f"{self._session}/{name}", body)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=3 * PATIENCE)) as connection:
            connection.request(method, path, None if body is None else json.dumps(body))
            response = connection.getresponse()
            value = json.loads(response.read())["value"]
        if response.status != 200:
            raise EngineError(f"webkit: {method} {path}: {value}")
        return value


@contextmanager
def _webkit() -> Iterator[Engine]:
    driver = find("webkit", "WebKitWebDriver")
    with ExitStack() as stack:
        folder = stack.enter_context(_folder())
        display = stack.enter_context(hidden_display(folder))
        port = free_port()
        started = stack.enter_context(running("webkit", [driver, f"--port={port}"], folder, DISPLAY=display))
        wire = _WebDriver(port)
        started.wait(wire.is_up)
        wire.begin()
        stack.callback(_politely, wire.end)
        yield _Driven("webkit", wire.command)


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="vademecum-engine-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _politely(act: Callable[[], object]) -> None:
    """Ask a browser to end; one that does not listen is ended by force right after."""
    with suppress(EngineError, OSError, HTTPException, ValueError):
        act()
