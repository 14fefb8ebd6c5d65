"""What is shown at this moment: the last good edition, what the last try found, and the pages that wait for more."""

import json
import secrets
import threading
from dataclasses import dataclass, field, replace
from typing import Protocol

from generator.serve.edition import Found


class Pages(Protocol):
    """Anything that has the files of a site by their addresses."""

    def find(self, address: str) -> Found | None:
        """What lies at an address below the site's root; None when there is nothing."""

    def addresses(self) -> list[str]:
        """Every address of the site."""


@dataclass(frozen=True, slots=True)
class Try:
    """What came of the last try to make an edition.

    Attributes:
        number: how many tries there were.
        edition: the number of the try whose pages are shown; 0 before the first good one.
        findings: as `report.as_json` has them.
        problem: what is wrong beside findings, in words; empty when nothing is.
        failed: the pages shown are older than the files, since something is wrong.
    """

    number: int = 0
    edition: int = 0
    findings: list[dict[str, object]] = field(default_factory=list)
    problem: str = ""
    failed: bool = False


class Shown:
    """Is written by the session and read by the server's threads."""

    def __init__(self) -> None:
        self.run = secrets.token_hex(4)  # another for each start of the command: a page from before it is out of date
        self._changed = threading.Condition()
        self._last = Try()
        self._pages: Pages | None = None
        self._closed = False

    def publish(self, pages: Pages | None, outcome: Try) -> None:
        """Show what came of a try; without pages the last good edition stays up."""
        with self._changed:
            number = self._last.number + 1
            edition = number if pages else self._last.edition
            self._last = replace(outcome, number=number, edition=edition, failed=pages is None)
            self._pages = pages or self._pages
            self._changed.notify_all()

    def close(self) -> None:
        """Nothing more will come: let everyone who waits go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def now(self) -> tuple[Pages | None, Try]:
        """The pages that are shown, and the last try."""
        with self._changed:
            return self._pages, self._last

    def after(self, number: int, patience: float) -> Try | None:
        """The last try as soon as there is one after `number`; None when there is none for so many seconds.

        Raises:
            ConnectionAbortedError: nothing more will come.
        """
        with self._changed:
            come = self._changed.wait_for(lambda: self._closed or self._last.number > number, patience)
            if self._closed:
                raise ConnectionAbortedError
            return self._last if come else None

    def name(self, edition: int) -> str:
        """How a page knows its edition, also when the command was started anew."""
        return f"{self.run}-{edition}"

    def as_json(self, last: Try) -> str:
        """What the script in a page is told."""
        data = {
            "edition": self.name(last.edition),
            "shown": last.edition > 0,
            "failed": last.failed,
            "problem": last.problem,
            "findings": last.findings,
        }
        return json.dumps(data, ensure_ascii=False)
