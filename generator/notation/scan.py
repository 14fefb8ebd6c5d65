"""Reads a short text from left to right; whatever does not fit is refused at its character."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from calculators.errors import InputProblem
from calculators.quantities import UNITS, read_number
from generator.findings import Where
from generator.source import LocatedMap

DASHES = "‐‑–—−~〜-"
"""What stands between the two ends of a range: the hyphen of a keyboard, the dashes and the wave dashes of print."""

LONGEST = 200
"""Characters that a notation may have."""

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_THOUSANDS = re.compile(r"[,'][0-9]{3}(?![0-9])| [0-9]{3}(?![0-9])")
_WORD = re.compile(r"[A-Za-z]+|[^\s\w]|\w")
_FOUND = re.compile(r"[0-9A-Za-zµ²/%·.-]+|\S")


class Misread(Exception):  # noqa: N818 - the text is not wrong in itself, it is not what is read here
    """A text that is no notation.

    Attributes:
        offset: the character, from 0, that does not fit; the length of the text where more was expected.
        message: what was expected and what was found.
        hint: how to mend it.
    """

    def __init__(self, offset: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Written:
    """A text and its place in a file.

    Attributes:
        text: the text.
        where: the place of the value.
        first: the place of its first character, or None where characters cannot be told (a text of several lines).
    """

    text: str
    where: Where
    first: Where | None = None

    def at(self, offset: int) -> Where:
        """The place of a character."""
        if self.first is None:
            return self.where
        return Where(self.first.file, self.first.line, self.first.column + offset)

    def mapping(self, parts: dict[str, tuple[object, int]]) -> LocatedMap:
        """A mapping whose values stand at characters of the text."""
        made = LocatedMap(self.where)
        for key, (value, offset) in parts.items():
            made[key] = value
            made.key_where[key] = made.value_where[key] = self.at(offset)
        return made


def _plain(sign: str) -> str:
    """A full-width sign as a keyboard without Chinese has it; one sign stays one sign."""
    if sign == "\N{IDEOGRAPHIC SPACE}" or sign.isspace():
        return " "
    code = ord(sign)
    return chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else sign


class Scanner:
    """A text and how far it has been read."""

    def __init__(self, text: str) -> None:
        self.text = "".join(map(_plain, text))
        self.at = 0
        if len(text) > LONGEST:
            raise Misread(LONGEST, f"expected at most {LONGEST} characters", "Write it as a mapping, or in parts")

    def skip(self) -> int:
        """Pass over white space; gives the offset of what follows."""
        while self.text[self.at : self.at + 1] == " ":
            self.at += 1
        return self.at

    @property
    def ended(self) -> bool:
        """Whether nothing but white space is left."""
        return self.skip() == len(self.text)

    def found(self) -> str:
        """What stands here, in words."""
        if self.ended:
            return "the end"
        match = _FOUND.match(self.text, self.at)
        return f"'{match.group() if match else self.text[self.at]}'"

    def refuse(self, expected: str, hint: str = "") -> Misread:
        """The error that something else was expected here."""
        return Misread(self.skip(), f"expected {expected}, found {self.found()}", hint)

    def take(self, pattern: re.Pattern[str]) -> str | None:
        """What matches here, if anything does."""
        match = pattern.match(self.text, self.skip())
        if match is None:
            return None
        self.at = match.end()
        return match.group()

    def one_of(self, spellings: dict[str, str]) -> str | None:
        """The meaning of the spelling that stands here, the longest first; None when none does."""
        rest = self.text[self.skip() :]
        for spelling in sorted(spellings, key=len, reverse=True):
            after = rest[len(spelling) :][:1]
            if rest.casefold().startswith(spelling) and not (spelling[-1].isascii() and _joins(spelling[-1], after)):
                self.at += len(spelling)
                return spellings[spelling]
        return None

    def dash(self) -> bool:
        """Whether a dash of a range stands here."""
        if self.text[self.skip() : self.at + 1] in tuple(DASHES):
            self.at += 1
            return True
        return False

    def sees_number(self) -> bool:
        """Whether a number begins here."""
        return self.text[self.skip() : self.at + 1].isdecimal() or self.text[self.at : self.at + 1] == "."

    def number(self) -> Decimal:
        """An exact number, with the digits that were written."""
        start = self.skip()
        if self.text[start : start + 1] == ".":
            raise self.refuse("a digit before the point", "Write a zero before the point, such as 0.5")
        digits = self.take(_NUMBER)
        if digits is None:
            raise self.refuse("a number")
        if _THOUSANDS.match(self.text, self.at):
            offset = self.at
            raise Misread(offset, f"expected a number without marks between its digits, found '{self.text[offset]}'",
                          "A comma can mean two things: write 1000 or 1.5")  # fmt: skip
        after = self.text[self.at : self.at + 2]
        if after[:1] == ".":
            found = f"'{after[1]}'" if after[1:] else "the end"
            raise Misread(self.at, f"expected a digit after the point, found {found}", "Write 5, or 5.5")
        if after[:1] == "," and after[1:].isdecimal():
            raise Misread(self.at, "expected a decimal point, found ','", "Write 1.5, with a point")
        return Decimal(digits)

    def unit(self) -> str | None:
        """The unit that stands here by its canonical name, or None."""
        start = self.skip()
        for end in range(min(len(self.text), start + 40), start, -1):
            candidate = self.text[start:end]
            name = _unit_spelled(candidate) if candidate == candidate.strip() else None
            if name and not _joins(candidate[-1], self.text[end : end + 1]):
                self.at = end
                return name
        return None

    def refuse_unit(self) -> Misread:
        """The error that a known unit was expected here; never a guess by likeness: mcgs is like mg."""
        return self.refuse("a known unit", "Known: " + ", ".join(UNITS))


def _joins(sign: str, after: str) -> bool:
    """Whether a sign and the next one are of one word."""

    def inside(one: str) -> bool:
        return one.isascii() and (one.isalnum() or one == "/")

    return bool(after) and ((inside(sign) and inside(after)) or (after in "/²³"))


@cache
def _unit_spelled(spelling: str) -> str | None:
    try:
        return read_number(f"1 {spelling}")[1]
    except InputProblem:
        return None
