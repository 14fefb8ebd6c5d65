"""Two texts beside each other: what stayed, what went and what came, word by word and Chinese sign by sign."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

type Piece = tuple[Literal["same", "gone", "new"], str]

# A figure with its sign and decimals is never cut: 3.5 becomes 3.0 as a whole.
_TOKEN = re.compile(r"[<>≤≥＜＞±]?\d+(?:[.,]\d+)*%?|[A-Za-zÀ-ɏµμ]+(?:['-][A-Za-zÀ-ɏ]+)*|\s+|.", re.DOTALL)
ALIKE = 0.4
"""Share of a text that must have stayed for the two to be printed as one; else they are printed one after the other."""
SHORTEST = 12
"""Signs up to which a text is printed whole, before and after."""
ISLAND = 2
"""Tokens that stayed between two changes and are too few to stand alone."""


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts as one; empty when they are short or have little in common."""
    if max(len(old), len(new)) <= SHORTEST:
        return ()
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    stayed = sum(len("".join(before[block.a : block.a + block.size])) for block in matcher.get_matching_blocks())
    if stayed < ALIKE * max(len(old), len(new)):
        return ()
    return tuple(_joined(_cut(matcher, before, after)))


def pieces_of_lists(old: Sequence[str], new: Sequence[str], mark: str) -> tuple[Piece, ...]:
    """Two lists as one: each item as a whole stayed, went or came. `mark` stands between two items."""
    parts: list[Piece] = []
    for code, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        parts += [("same" if code == "equal" else "gone", item) for item in old[i:j]]
        parts += [("new", item) for item in new[k:m] if code != "equal"]
    marked: list[Piece] = []
    for part in parts:
        marked += [("same", mark), part] if marked else [part]
    return tuple(marked)


def _cut(matcher: "SequenceMatcher[str]", old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Old and new text of each part, and whether it stayed; what stayed on a small island counts as changed."""
    codes = matcher.get_opcodes()
    for index, (code, i, j, k, m) in enumerate(codes):
        island = code == "equal" and j - i < ISLAND and 0 < index < len(codes) - 1
        yield "".join(old[i:j]), "".join(new[k:m]), code == "equal" and not island


def _joined(parts: Iterator[tuple[str, str, bool]]) -> Iterator[Piece]:
    gone = come = ""
    for old, new, stayed in parts:
        if not stayed:
            gone, come = gone + old, come + new
            continue
        yield from _changed(gone, come)
        gone = come = ""
        yield ("same", new)
    yield from _changed(gone, come)


def _changed(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield ("gone", gone)
    if come:
        yield ("new", come)
