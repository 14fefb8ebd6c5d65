"""Damage to the YAML files of a guideline, made by chance: what authors, editors and copying do to text, and worse."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

type Damage = Callable[[Random, str, Sequence[str]], str | bytes]
"""Damages a text; the texts of all files are there to take from."""

VALUE = re.compile(r"(?<=: )[^\s,{}\[\]][^,{}\[\]\n]*|(?<=[\[,] )[^,{}\[\]\n]+|(?<=\[)[^,{}\[\]\n]+")
KEY = re.compile(r"[A-Za-z_-]+(?=:(?: |\n))")
NUMBER = re.compile(r"(?<![\w.])-?[0-9]+(?:\.[0-9]+)?(?![\w.])")
ID = re.compile(r"(?<=id: )[a-z0-9-]+")

OTHER_VALUES = (
    *("null", "true", "false", "NO", "on", "5", "-1", "0", "4.0", "4,0", "1e3", "010", "1_000", "1:30", ".5", "5."),
    *(
        "''",
        '""',
        "' '",
        "[]",
        "{}",
        "[[]]",
        "[{}]",
        "{a: 1}",
        "[null]",
        "{'': ''}",
        "2020-02-30",
        "2020-01-01",
        ".inf",
    ),
    *("4 mg", "mg", "µg", "４", "4～5", "{dose}", "'{'", "'}'", "'{}'", "'{a/b/c}'", "'{0}'", "'{a.b}'", "'{a!r:>9}'"),
    *(
        "a/b",
        "a/b/c/d",
        "/",
        "'statement: '",
        "'table: a/b/c'",
        "'x: y: z'",
        "..",
        "../../etc",
        "<b>",
        "'%s'",
        "'\\\\'",
    ),
    *("dosing", "treatment", "X1", "S1", "G99", "1A", "crcl", "dosing/inventumab/dose", "1.1", "'1'", "~", "!x", "*a"),
)
EXTREMES = (
    *("0", "-0", "0.0", "-1", "1", "2", "0.1", "99", "1000000000", "999999999999999999", "9999999999999999999999999"),
    *("-99999999999999999", "0.0000000000000000000001", "0.999999999999999999999999999999", "3.999999", "1" * 400),
    *(
        "9" * 30 + "." + "9" * 30,
        "29.99999999999999999999",
        "30.0000000000000000001",
        "1e999999999",
        "0x7fffffff",
        "08",
    ),
)
SIGNS = (
    *(
        "\0",
        "\x07",
        "\x1b",
        "\x7f",
        "\x85",
        "\xa0",
        "\u2028",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\ufffd",
        "\u0301",
        "\U0010ffff",
    ),
    *(
        "：",
        "，",
        "“",
        "”",
        "（",
        "‘",
        "’",
        "–",
        "—",
        "−",
        "～",
        "。",
        "\u3000",
        "１",
        "①",
        "²",
        "½",
        "µ",
        "😀",
        "👩‍⚕️",
        "İ",
        "ß",
    ),
    *(
        ":",
        ": ",
        " #",
        "#",
        "- ",
        "-",
        "?",
        "? ",
        "!",
        "&",
        "&a ",
        "*",
        "*a",
        "%",
        "@",
        "`",
        "|",
        "> ",
        "{",
        "}",
        "[",
        "]",
    ),
    *(
        ",",
        '"',
        "'",
        "\\",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "---\n",
        "...\n",
        "<<: ",
        "<script>",
        "${x}",
        "{{ x }}",
        "/",
        "..",
        "~",
    ),
)


def _span(chance: Random, text: str) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.choice([1, 1, 2, 5, 20, 200]))


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True) or [text]


def _replaced(chance: Random, text: str, what: re.Pattern[str], by: Callable[[str], str]) -> str:
    found = list(what.finditer(text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + by(one.group()) + text[one.end() :]


def lose_signs(chance: Random, text: str, _: Sequence[str]) -> str:
    """Some signs are deleted."""
    start, end = _span(chance, text)
    return text[:start] + text[end:]


def lose_lines(chance: Random, text: str, _: Sequence[str]) -> str:
    """Some lines are deleted."""
    lines = _lines(text)
    start = chance.randrange(len(lines))
    del lines[start : start + chance.choice([1, 1, 2, 5])]
    return "".join(lines)


def double_lines(chance: Random, text: str, _: Sequence[str]) -> str:
    """Some lines are copied to another place, or to the same."""
    lines = _lines(text)
    start = chance.randrange(len(lines))
    copied = lines[start : start + chance.choice([1, 1, 2, 8])]
    at = chance.choice([start, chance.randrange(len(lines) + 1)])
    return "".join(lines[:at] + copied + lines[at:])


def swap_lines(chance: Random, text: str, _: Sequence[str]) -> str:
    """Two lines change places."""
    lines = _lines(text)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def swap_values(chance: Random, text: str, _: Sequence[str]) -> str:
    """Two values change places."""
    found = list(VALUE.finditer(text))
    if len(found) < 2:
        return text
    one, other = sorted(chance.sample(found, 2), key=re.Match.start)
    between = text[one.end() : other.start()]
    return text[: one.start()] + other.group() + between + one.group() + text[other.end() :]


def retype(chance: Random, text: str, _: Sequence[str]) -> str:
    """A value becomes another of any type."""
    return _replaced(chance, text, VALUE, lambda _: chance.choice(OTHER_VALUES))


def take_value(chance: Random, text: str, texts: Sequence[str]) -> str:
    """A value becomes one that stands elsewhere in the guideline: an id, a text, a unit."""
    found = VALUE.findall(chance.choice(texts)) or [""]
    return _replaced(chance, text, VALUE, lambda _: chance.choice(found))


def extreme(chance: Random, text: str, _: Sequence[str]) -> str:
    """A number becomes a very small, large or long one."""
    return _replaced(chance, text, NUMBER, lambda _: chance.choice(EXTREMES))


def misspell(chance: Random, text: str, _: Sequence[str]) -> str:
    """A key or an id is misspelt."""

    def slip(word: str) -> str:
        at = chance.randrange(len(word))
        return word[:at] + chance.choice(["", word[at] * 2, "x", word[at].upper(), "_", " "]) + word[at + 1 :]

    return _replaced(chance, text, chance.choice([KEY, ID, VALUE]), slip)


def other_key(chance: Random, text: str, texts: Sequence[str]) -> str:
    """A key becomes one that stands elsewhere in the guideline."""
    found = KEY.findall(chance.choice(texts)) or ["id"]
    return _replaced(chance, text, KEY, lambda _: chance.choice(found))


def indent(chance: Random, text: str, _: Sequence[str]) -> str:
    """Some lines move to the right or left."""
    lines = _lines(text)
    start = chance.randrange(len(lines))
    by = chance.choice([-4, -2, -1, 1, 2, 4])
    for index in range(start, min(len(lines), start + chance.choice([1, 1, 3, 100]))):
        line = lines[index]
        lines[index] = " " * by + line if by > 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]
    return "".join(lines)


def foreign_sign(chance: Random, text: str, _: Sequence[str]) -> str:
    """A sign is put in, or takes the place of another."""
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(SIGNS) + text[at + chance.choice([0, 1]) :]


def encode(chance: Random, text: str, _: Sequence[str]) -> bytes:
    """The file is saved with another encoding, or with a byte order mark, or converted twice."""
    name = chance.choice(
        ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "big5", "cp1252", "utf-7"]
    )
    at = chance.randrange(len(text) + 1)
    text = text[:at] + chance.choice(["", "é", "汉字", "—"]) + text[at:]
    if chance.random() < 0.2:
        return text.encode("utf-8").decode("cp1252", errors="replace").encode("utf-8")
    return text.encode(name, errors="replace")


def byte(chance: Random, text: str, _: Sequence[str]) -> bytes:
    """A byte of the file is another."""
    raw = bytearray(text.encode())
    if raw:
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def tabs(chance: Random, text: str, _: Sequence[str]) -> str:
    """Some indentation is made with tabs."""
    lines = _lines(text)
    for index in chance.sample(range(len(lines)), chance.choice([1, len(lines)])):
        lines[index] = lines[index].replace("  ", "\t", chance.choice([1, -1]))
    return "".join(lines)


def nest(chance: Random, text: str, _: Sequence[str]) -> str:
    """A value is nested within others, up to far too deeply."""
    depth = chance.choice([1, 2, 5, 20, 29, 31, 200, 5000])
    opening, closing = chance.choice([("[", "]"), ("{a: ", "}"), ("[{a: ", "}]")])
    return _replaced(chance, text, VALUE, lambda value: opening * depth + value + closing * chance.choice([depth, 0]))


def cut(chance: Random, text: str, _: Sequence[str]) -> str:
    """The file ends early, or begins late."""
    at = chance.randrange(len(text) + 1)
    return chance.choice([text[:at], text[:at], text[at:], ""])


def splice(chance: Random, text: str, texts: Sequence[str]) -> str:
    """A part of another file is put in, or takes the place of the rest."""
    other = chance.choice(texts)
    start = chance.randrange(len(other) + 1)
    part = other[start : start + chance.choice([20, 200, 2000])]
    at = chance.randrange(len(text) + 1)
    return text[:at] + part + chance.choice([text[at:], "", "\n" + text[at:]])


def line_ends(chance: Random, text: str, _: Sequence[str]) -> str:
    """The file has other line ends, everywhere or in places."""
    end = chance.choice(["\r\n", "\r", "\n\n", "\r\r\n"])
    return "".join(line.replace("\n", end) if chance.random() < 0.9 else line for line in _lines(text))


def quote(chance: Random, text: str, _: Sequence[str]) -> str:
    """A value is put in quotes of some kind, closed or not; or loses its quotes."""
    opening, closing = chance.choice(["''", '""', "“”", "‘’", "«»", '"”', '" ', "' ", "「」", "``"])
    return _replaced(chance, text, VALUE, lambda value: opening + value.strip("'\"") + closing.strip())


def comment(chance: Random, text: str, _: Sequence[str]) -> str:
    """A part of a line becomes a comment."""
    return _replaced(chance, text, re.compile(r" "), lambda _: chance.choice([" #", " # ", "\n# "]))


def anchor(chance: Random, text: str, _: Sequence[str]) -> str:
    """A value is given a name, used again, or tagged."""
    mark = chance.choice(["&a ", "*a ", "!!str ", "!!python/object:os.system ", "! ", "!!binary ", "!!float ", "<<: "])
    return _replaced(chance, text, VALUE, lambda value: mark + value)


def renumber(chance: Random, text: str, _: Sequence[str]) -> str:
    """A number takes the place of another of the file: thresholds move, limits cross, references go astray."""
    found = NUMBER.findall(text) or ["0"]
    return _replaced(chance, text, NUMBER, lambda _: chance.choice(found))


def repeat(chance: Random, text: str, _: Sequence[str]) -> str:
    """The file, or a line of it, stands many times."""
    if chance.random() < 0.5:
        return text * chance.choice([2, 3, 20])
    lines = _lines(text)
    at = chance.randrange(len(lines))
    return "".join(lines[:at] + [lines[at]] * chance.choice([10, 300]) + lines[at:])


DAMAGES: tuple[Damage, ...] = (
    *(lose_signs, lose_lines, double_lines, swap_lines, swap_values, retype, retype, take_value, take_value, extreme),
    *(extreme, misspell, other_key, indent, foreign_sign, foreign_sign, encode, byte, tabs, nest, cut, splice),
    *(line_ends, quote, comment, anchor, renumber, repeat),
)


def damaged(chance: Random, texts: dict[str, str]) -> tuple[str, str, bytes]:
    """One file of a guideline, damaged once, seldom twice or thrice.

    Args:
        chance: decides.
        texts: the text of each file by its name.

    Returns:
        What was done, the name of the file, and its bytes.
    """
    name = chance.choice(sorted(texts))
    text: str | bytes = texts[name]
    done = []
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        if isinstance(text, bytes):
            break
        how = chance.choice(DAMAGES)
        done.append(how.__name__)
        text = how(chance, text, list(texts.values()))
    return " + ".join(done), name, text if isinstance(text, bytes) else text.encode("utf-8", errors="replace")


def texts_of(folder: Path) -> dict[str, str]:
    """The text of each YAML file of a guideline by its name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}
