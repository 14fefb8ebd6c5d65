"""Writes the files of a translation: every text to translate, with its original beside it, and what is there already.

What a translator has written is never changed. The original stands as a comment, and its hash in `of`; where the
original has changed since, the new one is added as a comment and the translation waits for its translator.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.models.guideline import Guideline
from generator.models.overlay import Entry, Overlay
from generator.translation.texts import fingerprint, texts

HEAD = """\
# A translation: 'original' is what the guideline says, 'text' the same in another language. Numbers in braces stay.
# No translation yet: leave 'text:' empty. Changed: mend 'text', delete 'of', and run 'vademecum translate' again.
"""
ABOUT = """\
# Who made this translation: machine or human. Add 'reviewed: {by, on, note}' when a clinician has compared it.
translation: human
"""
MADE = re.compile(r"  # (?:original|now): ")
KEY = re.compile(r"(?P<place>[^\s#:][^:]*):\s*\Z")


@dataclass(slots=True)
class Written:
    """What was written.

    Attributes:
        files: the files that were made or changed.
        all: how many texts there are to translate.
        missing: how many have no translation.
        stale: how many have the translation of an earlier text.
        idle: places of translations whose original is not there any more.
    """

    files: list[Path] = field(default_factory=list)
    all: int = 0
    missing: int = 0
    stale: int = 0
    idle: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Block:
    """An entry as it stands in a file: the comments above it, and its own lines from the key on."""

    above: list[str]
    lines: list[str]
    file: str


def write(guideline: Guideline, overlay: Overlay | None, shown: str, folder: Path) -> Written:
    """Write or update every file of a translation.

    Args:
        guideline: the original, without errors.
        overlay: the translation as it is, without errors; None when there is none yet.
        shown: how the folder of the original is named in its places (`Located.where`).
        folder: the folder of the translation.
    """
    written = Written()
    blocks = dict(_blocks(overlay, folder)) if overlay else {}
    files: dict[str, list[str]] = {}
    for place, (text, where) in texts(guideline).items():
        kind, _, name = place.partition("/")
        file = Path(where.file).relative_to(shown).as_posix() if where.file else f"{kind}.yaml"
        block = blocks.pop(place, None)
        entry = overlay.entries.get(place) if overlay else None
        files.setdefault(file, []).append(_entry(name, text, entry, block, written))
    for place, block in blocks.items():
        written.idle.append(place)
        files.setdefault(block.file, []).append(_joined([*block.above, *block.lines]))
    if _put(folder / "translation.yaml", ABOUT, anew=False):
        written.files.append(folder / "translation.yaml")
    for name, entries in files.items():
        if _put(folder / name, HEAD + "\n" + "\n".join(entries)):
            written.files.append(folder / name)
    for path in sorted(set(folder.rglob("*.yaml")) - {folder / name for name in (*files, "translation.yaml")}):
        path.unlink()  # every entry of it has moved with its original
    return written


def _put(path: Path, text: str, *, anew: bool = True) -> bool:
    if path.is_file() and (not anew or path.read_text(encoding="utf-8") == text):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def _entry(name: str, text: str, entry: Entry | None, block: _Block | None, written: Written) -> str:
    """The lines of one entry; counts it."""
    written.all += 1
    above = block.above if block else []
    said = entry.text if entry else None
    if entry is None or said is None or block is None:
        written.missing += 1
        return _joined([*above, *_fresh(name, text, "")])
    if entry.of == fingerprint(text):
        return _joined([*above, *block.lines])
    own = block.lines if KEY.match(block.lines[0]) else _fresh(name, text, f" {_quoted(said)}", of=entry.of)
    if entry.of is None:
        kept = [line for line in own[1:] if not MADE.match(line) and not line.startswith("  of:")]
        return _joined([*above, own[0], *_of(text), *kept])
    written.stale += 1
    kept = [line for line in own[1:] if not line.startswith("  # now: ")]
    at = next((index for index, line in enumerate(kept) if line.startswith("  of:")), 0)
    return _joined([*above, own[0], *kept[:at], f"  # now: {_flat(text)}", *kept[at:]])


def _fresh(name: str, text: str, said: str, of: str | None = "") -> list[str]:
    """A new entry; `of` is the hash that it had, an empty text for that of the text, None for none."""
    head = _of(text) if of == "" else [f"  of: {of}"] if of else []
    return [f"{name}:", *head, f"  text:{said}"]


def _of(text: str) -> list[str]:
    return [f"  # original: {_flat(text)}", f"  of: {fingerprint(text)}"]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _blocks(overlay: Overlay, folder: Path) -> Iterator[tuple[str, _Block]]:
    """Every entry of every file with the lines that a translator may have written around it."""
    by_file: dict[str, list[tuple[int, str]]] = {}
    for place, where in overlay.places.items():
        by_file.setdefault(where.file.removeprefix(overlay.where.file.rpartition("/")[0] + "/"), []).append(
            (where.line - 1, place)
        )
    for name, found in by_file.items():
        lines = (folder / name).read_text(encoding="utf-8-sig").splitlines()
        starts = [*(line for line, _ in sorted(found)), len(lines)]
        above = _above(lines, 0, starts[0])
        for number, (line, place) in enumerate(sorted(found)):
            after = _first_above(lines, line + 1, starts[number + 1])
            own = [item for item in above if item.strip() and item not in HEAD.splitlines()]
            yield place, _Block(own, lines[line:after], name)
            above = lines[after : starts[number + 1]]


def _above(lines: list[str], first: int, key: int) -> list[str]:
    return lines[_first_above(lines, first, key) : key]


def _first_above(lines: list[str], first: int, key: int) -> int:
    """Where the comments and blank lines begin that stand right above a key."""
    while key > first and (not lines[key - 1].strip() or lines[key - 1].startswith("#")):
        key -= 1
    return key
