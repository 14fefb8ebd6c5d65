"""A slow phone and its line: a browser that gets a part of the processor, and a server behind a narrow link.

Chromium's own throttling slows the page but not its workers, where Python runs, so the processes of pages are stopped
for most of the time instead: scripts, workers and the compiler of WebAssembly all slow down alike. Linux only.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

PROCESSES = Path("/proc")
SLICE = 0.01  # seconds that a page runs before it is stopped again


@dataclass
class Link:
    """A line between server and browser, shared by all connections.

    Attributes:
        rate: bytes a second.
        delay: seconds before each answer.
    """

    rate: float
    delay: float
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def send(self, size: int) -> None:
        """Take as long as that many bytes take."""
        with self._turn:
            time.sleep(size / self.rate)


PHONE_LINE = Link(rate=1_600_000 / 8, delay=0.15)


def renderers(browser: Browser) -> list[int]:
    """The processes of pages that a browser has now."""
    return _renderers_below(_main_process(browser))


def _main_process(browser: Browser) -> int:
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return next(int(item["id"]) for item in processes if item["type"] == "browser")


def _renderers_below(main: int) -> list[int]:
    parents: dict[int, int] = {}
    found = []
    for entry in PROCESSES.iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if b"--type=renderer" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))

    def below(process: int) -> bool:
        while process in parents and process != main:
            process = parents[process]
        return process == main

    return [process for process in found if below(process)]


def memory(browser: Browser) -> float:
    """The resident memory of the largest page process, in MB."""
    pages = [int((PROCESSES / str(pid) / "statm").read_text().split()[1]) for pid in renderers(browser)]
    return max(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def worker_time(browser: Browser) -> float:
    """The processor time of the busiest worker so far, in ms; other work on the machine hardly shows in it."""
    return max(spent for pid in renderers(browser) for spent in _worker_times(PROCESSES / str(pid) / "task"))


def _worker_times(threads: Path) -> Iterator[float]:
    for thread in threads.iterdir():
        with suppress(OSError):  # it has just ended
            if (thread / "comm").read_text().startswith("DedicatedWorker"):
                yield int((thread / "schedstat").read_text().split()[0]) / 1e6


@contextmanager
def slow_processor(browser: Browser, times: int) -> Iterator[None]:
    """While in the block, let the browser's pages run one of so many slices of time."""
    main = _main_process(browser)
    ended = threading.Event()

    def tell(processes: list[int], what: signal.Signals) -> None:
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, what)

    def throttle() -> None:
        while not ended.is_set():
            processes = _renderers_below(main)
            tell(processes, signal.SIGSTOP)
            time.sleep(SLICE * (times - 1))
            tell(processes, signal.SIGCONT)
            time.sleep(SLICE)

    thread = threading.Thread(target=throttle, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
