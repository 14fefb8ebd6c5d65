"""Says when the files of a site have changed, however an editor saves them."""

import threading
import time
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

QUIET = 0.04
"""Seconds without a further event after which a save is whole: editors write, rename and delete in a burst."""

LONGEST = 0.5
"""Seconds after which files that never come to rest are looked at all the same."""

CHANGING = {"created", "modified", "moved", "deleted", "closed"}
"""Events that can mean a change; reading a file gives others."""


class Watch:
    """Watches folders and files for changes."""

    def __init__(self) -> None:
        self._stirred = threading.Event()
        self._observer: BaseObserver | None = None
        self._places: tuple[Path, ...] = ()
        self._seen: dict[Path, str] = {}

    def look_at(self, places: Iterable[Path]) -> None:
        """Watch these from now on: folders with all that is in them, and single files.

        Raises:
            OSError: the system watches nothing at all.
        """
        wanted = tuple(dict.fromkeys(place.resolve() for place in places))
        if wanted == self._places:
            return
        self.stop()
        self._places = wanted
        try:
            self._observer = self._started(Observer())
        except OSError:  # the system's watches are used up, or the place is not of a kind that it watches
            self._observer = self._started(PollingObserver(timeout=0.5))
        self._seen = _state(wanted)

    def wait(self, patience: float) -> bool:
        """Whether something has changed, once all is quiet again; false when nothing does for so many seconds."""
        if not self._stirred.wait(patience):
            return False
        begun = time.monotonic()
        while time.monotonic() - begun < LONGEST:
            self._stirred.clear()
            if not self._stirred.wait(QUIET):
                break
        self._stirred.clear()
        before, self._seen = self._seen, _state(self._places)
        return before != self._seen

    def stop(self) -> None:
        """Watch nothing any more."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    def _started(self, observer: BaseObserver) -> BaseObserver:
        handler = _Handler(self._stirred)
        folders = {place if place.is_dir() else place.parent: place.is_dir() for place in self._places}
        for folder, below in folders.items():
            if folder.is_dir():
                observer.schedule(handler, str(folder), recursive=below)
        observer.start()
        return observer


class _Handler(FileSystemEventHandler):
    def __init__(self, stirred: threading.Event) -> None:
        self._stirred = stirred

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Only wakes whoever waits: what has changed is seen by looking."""
        if event.event_type in CHANGING:
            self._stirred.set()


def _state(places: Iterable[Path]) -> dict[Path, str]:
    """What is there: of YAML the content, of other files time and size; hidden files and editors' copies are not."""
    found = {}
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            inside = path.relative_to(place).parts
            if any(part.startswith((".", "#")) or part.endswith("~") for part in inside):
                continue
            try:
                if path.suffix in (".yaml", ".yml"):
                    found[path] = sha256(path.read_bytes()).hexdigest()
                elif path.is_file():
                    about = path.stat()
                    found[path] = f"{about.st_mtime_ns} {about.st_size}"
            except OSError:
                found[path] = "unreadable"
    return found
