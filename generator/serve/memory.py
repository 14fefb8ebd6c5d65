"""What is still known from the last edition: a guideline is loaded, checked and written anew only when it changed."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator import source
from generator.checks import check_folder
from generator.editions import record
from generator.findings import Finding
from generator.load import yaml_files
from generator.models.guideline import Guideline

type Digest = bytes
type Checked = tuple[Guideline | None, list[Finding]]


class Memory:
    """Remembers by content, never by time: a file that was saved as it was changes nothing.

    `check` and `remember` are what the plugin of the site takes in place of doing everything anew.
    """

    def __init__(self) -> None:
        self._folders: dict[str, tuple[dict[Path, Digest], Checked]] = {}
        self._read: dict[str, dict[Path, tuple[Digest, Any]]] = {}
        self._made: dict[tuple[str, int], tuple[object, Any]] = {}
        self._used: set[tuple[str, int]] = set()

    def check(self, folder: Path, shown_as: str) -> Checked:
        """Load and check a guideline's folder: as `check_folder`, and as it was when no YAML file has changed."""
        before = _contents(folder)
        known = self._folders.get(shown_as)
        if known and known[0] == before:
            return known[1]
        old = self._read.pop(shown_as, {})
        new = self._read[shown_as] = {}

        def read(path: Path, file: str) -> tuple[Any, list[Finding]]:
            digest = _digest(path)
            found = old[path] if path in old and old[path][0] == digest else (digest, source.read(path, file))
            if _digest(path) == digest:  # otherwise it was saved while it was read
                new[path] = found
            data, findings = found[1]
            return data, list(findings)

        checked = check_folder(folder, shown_as, read)
        if _contents(folder) == before:
            self._folders[shown_as] = (before, checked)
        else:
            self._folders.pop(shown_as, None)
        return checked

    def remember[A, T](self, kind: str, of: A, make: Callable[[A], T]) -> T:
        """What was made of something, by its identity: `check` gives the same guideline while it is the same."""
        key = (kind, id(of))
        if key not in self._made:
            self._made[key] = (of, make(of))
        self._used.add(key)
        made: T = self._made[key][1]
        return made

    def forget_the_unused(self) -> None:
        """Drop what the edition that was just made has not asked for."""
        self._made = {key: value for key, value in self._made.items() if key in self._used}
        self._used = set()


def _contents(folder: Path) -> dict[Path, Digest]:
    """The files that a guideline's pages are made of: its YAML, and the records of its earlier editions."""
    return {path: _digest(path) for path in (*yaml_files(folder), *sorted((folder / record.FOLDER).glob("*.json")))}


def _digest(path: Path) -> Digest:
    """Of a file's bytes; empty when it cannot be read."""
    try:
        return sha256(path.read_bytes()).digest()
    except OSError:
        return b""
