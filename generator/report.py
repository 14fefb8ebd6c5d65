"""Findings as people and machines read them: text with the line and a caret, JSON, annotations for a CI.

Nothing here decides; the printed form of a finding is in the tests, code by code.
"""

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from generator.findings import CODES, Finding, Severity, Where

type ReadLine = Callable[[Where], str | None]
"""Gives the line of a place, without its end, or None when there is none."""

WIDEST = 100
"""Columns of a terminal that a line may take; a longer one is shortened around the place."""


def text(findings: Iterable[Finding], read_line: ReadLine | None = None) -> str:
    """Findings for a terminal: place, code and message, the line with a caret, a hint; at the end how many.

    Args:
        findings: the findings, in the order of printing.
        read_line: gives the line of a place; by default it is read from the file.
    """
    listed = list(findings)
    read = read_line or line_reader()
    blocks = [_block(item, read(item.where)) for item in listed]
    return "\n\n".join([*blocks, _total(listed)])


def checked(names: Sequence[str]) -> str:
    """The closing line of a check: how many guidelines, and which, so that one that was passed over is missed."""
    return f"checked {len(names)} guideline{'s' * (len(names) != 1)}" + (f": {', '.join(names)}" if names else "")


def as_json(findings: Iterable[Finding]) -> str:
    """Findings as one JSON object: `errors`, `warnings` and the list `findings`."""
    listed = list(findings)
    errors = sum(item.severity is Severity.ERROR for item in listed)
    data = {
        "errors": errors,
        "warnings": len(listed) - errors,
        "findings": [
            {
                "code": item.code,
                "name": CODES[item.code].slug,
                "severity": item.severity.value,
                "file": item.where.file,
                "line": item.where.line,
                "column": item.where.column,
                "message": item.message,
                "hint": item.hint,
            }
            for item in listed
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def github(findings: Iterable[Finding]) -> str:
    """Findings as workflow commands, which GitHub shows beside the line of the change."""
    return "\n".join(map(_annotation, findings))


def line_reader(root: Path = Path()) -> ReadLine:
    """A reader of lines from files, whose names are relative to `root`; each file is read once."""

    @cache
    def lines(file: str) -> list[str]:
        try:
            return (root / file).read_bytes().decode("utf-8-sig", errors="replace").splitlines()
        except OSError:
            return []

    def read(where: Where) -> str | None:
        found = lines(where.file)
        return found[where.line - 1] if 0 < where.line <= len(found) else None

    return read


def _block(item: Finding, line: str | None) -> str:
    head = f"{item.where}: {item.code} {item.severity.value}: {item.message}"
    rows = [_printable(head)]
    if line is not None:
        shown, before = _shortened(line, item.where.column)
        gutter = f"  {item.where.line} | "
        rows += [gutter + shown, " " * (len(gutter) - 2) + "| " + " " * before + "^"]
    if item.hint:
        rows.append(f"  hint: {_printable(item.hint)}")
    return "\n".join(rows)


def _total(findings: list[Finding]) -> str:
    errors = sum(item.severity is Severity.ERROR for item in findings)
    warnings = len(findings) - errors
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def _shortened(line: str, column: int) -> tuple[str, int]:
    """The line as shown, at most `WIDEST` wide, and the width of what stands before the place in it."""
    signs = _printable(line.replace("\t", " "))
    at = min(column - 1, len(signs))
    if _width(signs) <= WIDEST:
        return signs.rstrip(), _width(signs[:at])
    start = 0
    while _width(signs[start:at]) > WIDEST // 2:
        start += 1
    shown = ("…" if start else "") + signs[start:]
    end = len(shown)
    while _width(shown[:end]) > WIDEST - 1:
        end -= 1
    before = _width(signs[start:at]) + bool(start)
    return shown[:end] + ("…" if end < len(shown) else ""), before


def _width(signs: str) -> int:
    """How many columns of a terminal the signs take (Unicode Standard Annex 11: wide ones take two)."""
    return sum(_sign_width(sign) for sign in signs)


def _sign_width(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _printable(signs: str) -> str:
    """The text in one line, without the signs that would steer a terminal."""
    return "".join(
        sign if sign.isprintable() or unicodedata.category(sign) == "Zs" else _visible(sign) for sign in signs
    )


def _visible(sign: str) -> str:
    return "↵" if sign == "\n" else "\N{REPLACEMENT CHARACTER}"


def _annotation(item: Finding) -> str:
    properties = {
        "file": item.where.file,
        "line": item.where.line,
        "col": item.where.column,
        "title": item.code,
    }
    listed = ",".join(f"{key}={_escaped(str(value), of_property=True)}" for key, value in properties.items())
    message = item.message + (f"\n{item.hint}" if item.hint else "")
    return f"::{item.severity.value} {listed}::{_escaped(message)}"


def _escaped(value: str, *, of_property: bool = False) -> str:
    """The escapes of GitHub's toolkit (actions/toolkit, packages/core/src/command.ts)."""
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if of_property else value
