"""What changed between two editions, as text for a terminal and as plain data for JSON."""

from collections.abc import Iterator
from typing import Any

from generator.editions.pieces import Piece
from generator.editions.tell import Change, Telling
from generator.models.guideline import Metadata
from generator.words import for_changes, for_language

_MARKS = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
"""How a changed text is printed without colours, as `git diff --word-diff` does."""


def as_text(told: Telling) -> str:
    """The changes for a terminal, in the language of the guideline; one line when there is none."""
    words = for_changes(told.new.language)
    head = f"{told.new.title}{for_language(told.new.language)['colon']}{from_to(told)}"
    if not told.changes:
        return f"{head}\n{words['none']}"
    blocks = [f"{head}\n{total(told)}"]
    for heading, changes in told.groups():
        blocks.append("\n".join([words[heading], *(line for item in changes for line in _lines(item, words))]))
    return "\n\n".join(blocks)


def only_on_one_side(act: str, meta: Metadata) -> str:
    """A whole guideline that was added or removed."""
    words = for_changes(meta.language)
    return f"[{words[f'act_{act}']}] {meta.title} {stamp(meta, words)}"


def from_to(told: Telling) -> str:
    """The two editions, such as `1.0（2025-01-01） → 1.1（2025-06-01）`."""
    words = for_changes(told.new.language)
    return words["from_to"].format(old=stamp(told.old, words), new=stamp(told.new, words))


def stamp(meta: Metadata, words: dict[str, str]) -> str:
    """An edition by its version and day."""
    return words["stamp"].format(version=meta.version, updated=meta.updated.isoformat())


def total(told: Telling) -> str:
    """How many changes there are, and how many of doses and thresholds."""
    words, comma = for_changes(told.new.language), for_language(told.new.language)["comma"]
    said = words["count"].format(count=len(told.changes))
    return said + (comma + words["count_first"].format(count=len(told.first)) if told.first else "")


def badge(change: Change, words: dict[str, str]) -> str:
    """What was done, and to what: `更改 · 剂量`."""
    parts = [words[f"act_{change.act}"], words[f"mark_{change.mark}"] if change.mark else ""]
    return " · ".join(part for part in parts if part)


def where(change: Change) -> str:
    """The place and what changed there, in one line."""
    return " › ".join(part for part in (*change.place, change.label) if part)


def _lines(change: Change, words: dict[str, str]) -> Iterator[str]:
    yield f"{'!' if change.mark else '*'} [{badge(change, words)}] {where(change)}"
    if change.pieces:
        yield f"    {_word_diff(change.pieces)}"
    else:
        if change.was:
            yield f"    {words['was']}: {_one_line(change.was)}"
        if change.now:
            yield f"    {words['now']}: {_one_line(change.now)}"
    if change.around:
        yield f"    {words['text']}: {_word_diff(change.around)}"
    for label, said in change.lines:
        yield f"    {label}: {_one_line(said)}"
    if change.used_by:
        yield f"    {words['used_by']}: {'; '.join(change.used_by)}"


def _word_diff(pieces: tuple[Piece, ...]) -> str:
    return _one_line("".join(_MARKS[kind].format(text) for kind, text in pieces))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def as_data(told: Telling) -> dict[str, Any]:
    """The changes as plain data: `guideline`, `old`, `new`, `same`, `count`, `first`, and `changes`."""
    return {
        "guideline": told.new.id,
        "old": _edition(told.old),
        "new": _edition(told.new),
        "same": not told.changes,
        "count": len(told.changes),
        "first": len(told.first),
        "changes": [_change(item) for item in told.changes],
    }


def _edition(meta: Metadata) -> dict[str, str]:
    return {
        "id": meta.id,
        "title": meta.title,
        "edition": meta.edition,
        "version": meta.version,
        "updated": meta.updated.isoformat(),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "act": change.act,
        "mark": change.mark or None,
        "area": change.area,
        "path": change.path,
        "place": list(change.place),
        "label": change.label,
        "was": change.was or None,
        "now": change.now or None,
        "pieces": [list(piece) for piece in change.pieces],
        "around": [list(piece) for piece in change.around],
        "lines": [{"label": label, "text": said} for label, said in change.lines],
        "used_by": list(change.used_by),
        "address": change.address,
    }
