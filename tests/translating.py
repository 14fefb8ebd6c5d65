"""Translations for tests: every text gets another script, its numbers and its braces stay."""

import re
from pathlib import Path

from generator.checks import check_folder
from generator.cli import main
from generator.models.guideline import Guideline

ENTRY = re.compile(r"(  # original: (?P<original>.*)\n  of: \w+\n  text:)\n")
KEPT = re.compile(r"\{[^{}]*\}|[0-9]+(?:[.,][0-9]+)*|[A-Za-z]+|[^A-Za-z0-9{]+")


def translate(folder: Path, language: str) -> None:
    """Write the files of a translation."""
    assert main(["translate", str(folder), language]) == 0


def translate_all(folder: Path, language: str = "zh-Hans") -> None:
    """Write a whole translation into another script, in which each word of Latin letters is one sign."""
    translate(folder, language)
    for path in (folder / language).rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(ENTRY.sub(lambda match: f'{match[1]} "{pseudo(match["original"])}"\n', text), encoding="utf-8")


def pseudo(text: str) -> str:
    """A text of Latin letters in signs of another script, the same signs for the same word."""
    parts = (match[0] for match in KEPT.finditer(text))
    return "".join(_sign(part) if part[0].isalpha() else part.replace('"', "'") for part in parts)


def _sign(word: str) -> str:
    value = int.from_bytes(word.lower().encode()[-6:])
    return chr(0x4E00 + value % 20_000) + chr(0x4E00 + value // 20_000 % 20_000)


def checked(folder: Path) -> Guideline:
    """A guideline without any finding."""
    guideline, findings = check_folder(folder)
    assert findings == []
    assert guideline is not None
    return guideline
