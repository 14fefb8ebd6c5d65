"""Starting the programs that browsers need, each with its files in a folder, and ending all of them for certain."""

import os
import select
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 60
"""Seconds that anything may take: machines differ, and only what hangs is to fail here."""

POLL = 0.1
# Ends a group of processes by force once its own input ends, which it does too when the tests themselves are killed.
GUARD = ["sh", "-c", 'read -r _; kill -s KILL -- "-$0" 2>/dev/null']

PACKAGES = {"firefox": "firefox-esr", "webkit": "webkit2gtk-driver and xvfb"}


class EngineError(Exception):
    """A browser that is not there, does not start or does not answer, or a script that threw."""


def find(engine: str, *names: str) -> str:
    """The path of the first program of these that there is; an engine that was asked for must be there."""
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise EngineError(
            f"ENGINES asks for {engine}, but {' or '.join(names)} is not on PATH: on Debian, install {PACKAGES[engine]}"
        )
    return found


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Running:
    """A program that has been started, and what it said."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], log: Path) -> None:
        self._name = name
        self._process = process
        self._log = log

    def wait(self, condition: Callable[[], object]) -> None:
        """Wait for a sign of life."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if self._process.poll() is not None or time.monotonic() > end:
                said = self._log.read_text("utf-8", "replace")[-2000:]
                raise EngineError(f"{self._name} does not start:\n{said}")
            time.sleep(POLL)


@contextmanager
def running(name: str, command: list[str], folder: Path, keep: int | None = None, **more: str) -> Iterator[Running]:
    """A program in a session of its own, ended with the block together with all that it started.

    Args:
        name: what it is called in messages and in the name of its log.
        command: what to start.
        folder: where its log, caches and settings go.
        keep: a file descriptor that it gets.
        more: what its environment has beside the present one.
    """
    log = folder / f"{name}.log"
    own = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("DATA", "CACHE", "CONFIG", "STATE")}
    # No message bus: GTK would start one that outlives the test.
    environment = {**os.environ, **own, "DBUS_SESSION_BUS_ADDRESS": "disabled:", "NO_AT_BRIDGE": "1", **more}
    with log.open("wb") as said:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env=environment,
            start_new_session=True,
            pass_fds=() if keep is None else (keep,),
        )
    guard = subprocess.Popen([*GUARD, str(process.pid)], stdin=subprocess.PIPE, start_new_session=True)
    try:
        yield Running(name, process, log)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        guard.communicate()
        process.wait(PATIENCE)


@contextmanager
def hidden_display(folder: Path) -> Iterator[str]:
    """The name of a screen that nobody sees; Xvfb takes a free number and tells it."""
    xvfb = find("webkit", "Xvfb")
    told, tell = os.pipe()
    try:
        command = [xvfb, "-displayfd", str(tell), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
        with running("xvfb", command, folder, keep=tell) as screen:
            screen.wait(lambda: select.select([told], [], [], 0)[0])
            yield f":{os.read(told, 16).decode().strip()}"
    finally:
        os.close(told)
        os.close(tell)
