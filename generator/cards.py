"""The picture that a messenger shows beside a link to a guideline: `card.png` in the guideline's folder.

An author draws it with `tools/draw_card.py`, on a machine that has a font for the language; a build needs no font and
no network. The words in the picture cannot be read back, so they also stand in a text chunk of the file: a picture
that says another edition than guideline.yaml, or still says 'not reviewed', is not used.
"""

import json
import struct
import zlib
from dataclasses import dataclass

from generator.models.guideline import Metadata
from generator.words import for_language

FILE = "card.png"
SIZE = (1200, 630)
"""Width and height in pixels, as the large messengers ask for."""

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"vademecum-card"


@dataclass(frozen=True, slots=True)
class Card:
    """A picture that may be used.

    Attributes:
        uri: its address below the site.
        text: what it says, for those who cannot see it.
    """

    uri: str
    text: str
    width: int = SIZE[0]
    height: int = SIZE[1]


def lines(meta: Metadata) -> tuple[str, str, str]:
    """What a card says: the title, the edition, and whether a clinician has reviewed the site."""
    words = for_language(meta.language)
    reviewed = f"{words['reviewed']}{words['colon']}{meta.reviewed.by}" if meta.reviewed.by else words["reviewed_none"]
    return meta.title, f"{words['edition']}{words['colon']}{meta.edition}", reviewed


def stamp(picture: bytes, meta: Metadata) -> bytes:
    """The PNG with what it says written into it, in place of an earlier stamp."""
    text = json.dumps(lines(meta), ensure_ascii=False).encode()
    body = b"iTXt" + KEYWORD + b"\0\0\0\0\0" + text
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    header, *others = [whole for kind, whole, data in _chunks(picture) if not _is_stamp(kind, data)]
    return SIGNATURE + b"".join([header, chunk, *others])


def fault(picture: bytes, meta: Metadata) -> str:
    """Why a picture cannot stand for a guideline, as the end of a sentence; empty when it can."""
    try:
        found = _chunks(picture)
        size = struct.unpack(">II", found[0][2][:8])
    except (ValueError, IndexError, struct.error):
        return "is no PNG"
    if size != SIZE:
        return f"has {size[0]}×{size[1]} pixels, not {SIZE[0]}×{SIZE[1]}"
    texts = [data.rpartition(b"\0")[2].decode(errors="replace") for kind, _, data in found if _is_stamp(kind, data)]
    if texts != [json.dumps(lines(meta), ensure_ascii=False)]:
        return "does not say what guideline.yaml says now"
    return ""


def _is_stamp(kind: bytes, data: bytes) -> bool:
    return kind == b"iTXt" and data.startswith(KEYWORD + b"\0")


def _chunks(picture: bytes) -> list[tuple[bytes, bytes, bytes]]:
    """The chunks of a PNG: name, the whole of it, and its data."""
    if not picture.startswith(SIGNATURE):
        raise ValueError("not a PNG")
    found = []
    at = len(SIGNATURE)
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        found.append((picture[at + 4 : at + 8], picture[at : at + 12 + length], picture[at + 8 : at + 8 + length]))
        at += 12 + length
    return found
