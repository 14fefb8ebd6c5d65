"""The bytes of a file become text, or a finding that names the encoding or the character that does not belong there."""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from generator.findings import Finding, Where
from generator.unreadable import unreadable_file, yaml_syntax

MAX_BYTES = 1_000_000
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_GUESSES = {"gb18030": "GBK (GB 18030)", "cp1252": "Windows-1252 (Latin-1)"}
# YAML 1.2.2, production 1 (c-printable), without the line breaks that editors do not show as such (U+0085, U+2028,
# U+2029), marks that turn the direction of what is read (Unicode Technical Report 36), a byte order mark inside the
# text and the sign for a character that was lost.
_NOT_ALLOWED = re.compile(
    "[^\n\r\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffc\U00010000-\U0010ffff]"
)
_REMOVE = "Remove it"
_HINTS = {
    "\t": "Write spaces in place of the tab",
    "\0": "Save the file with the encoding UTF-8: it seems to be UTF-16",
    "\ufffd": "It stands for one that was lost when the file was converted: write what stood there",
}


def read_bytes(path: Path, file: str) -> tuple[bytes, list[Finding]]:
    """The bytes of a file, of which no more are read than a file may have.

    Args:
        path: the file.
        file: how it is named in findings.
    """
    start = Where(file, 1, 1)
    try:
        with path.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
        size = path.stat().st_size
    except OSError as error:
        problem = f"the file cannot be opened: {error.strerror}"
        return b"", [unreadable_file(start, problem, "Check its name and rights")]
    if len(raw) > MAX_BYTES:
        hint = "Split it: NAME.yaml may become a folder NAME/ with several files"
        return b"", [unreadable_file(start, f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read", hint)]
    return raw, []


def decode(raw: bytes, file: str) -> tuple[str, list[Finding]]:
    """The text of a file that should be UTF-8, with or without a byte order mark.

    Args:
        raw: the bytes.
        file: how the file is named in findings.
    """
    if raw.startswith(_UTF16):
        problem = "the file is UTF-16 text; expected UTF-8"
        return "", [unreadable_file(Where(file, 1, 1), problem, "Save it with the encoding UTF-8")]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        where = place_after(file, raw[: error.start].decode("utf-8-sig"))
        name = _GUESSES[_encoding(raw)]
        hint = f"It seems to be {name}: save it with the encoding UTF-8"
        return "", [unreadable_file(where, "the file is not UTF-8 text", hint)]


def decode_somehow(raw: bytes) -> str:
    """The text of a file that may be in another encoding, as far as it can be guessed."""
    if raw.startswith(_UTF16):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw[:2]:
        return raw.decode("utf-16-be" if raw[0] == 0 else "utf-16-le", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode(_encoding(raw), errors="replace")


def _encoding(raw: bytes) -> str:
    """The likeliest encoding of text that is not UTF-8: GBK where most of what it makes of the text is Chinese."""
    text = raw.decode("gb18030", errors="replace")
    foreign = [sign for sign in text if ord(sign) > 0x7F]
    chinese = sum("\u4e00" <= sign <= "\u9fff" or "\u3000" <= sign <= "\uffef" for sign in foreign)
    return "gb18030" if chinese > len(foreign) * 0.8 and "\N{REPLACEMENT CHARACTER}" not in text else "cp1252"


def strange_character(text: str, file: str) -> Iterator[Finding]:
    """The first character that has no place in a guideline's file; tabs too, on which readers of YAML disagree."""
    found = _NOT_ALLOWED.search(text)
    if found:
        sign = found.group()
        named = "a tab" if sign == "\t" else f"the character U+{ord(sign):04X}{_named(sign)}"
        where = place_after(file, text[: found.start()])
        yield yaml_syntax(where, f"not valid YAML: {named}, which is not allowed here", _HINTS.get(sign, _REMOVE))


def _named(sign: str) -> str:
    name = unicodedata.name(sign, "").lower()
    return f" ({name})" if name else ""


def place_after(file: str, before: str) -> Where:
    """The place after the text `before`."""
    lines = (before + "|").splitlines()
    return Where(file, len(lines), len(lines[-1]))
