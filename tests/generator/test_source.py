"""YAML text becomes data with places."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from generator import source
from generator.findings import Where
from generator.source import LocatedList, LocatedMap, locate

LAUGHS = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefghijklmnopqrstuvwxyz"))
BROKEN = {
    "tab": ("- id: a\n\tkind: b\n", "GL001", 2, 1, "tab"),
    "unclosed quote": ('- id: "a\n  kind: b\n', "GL001", 1, 7, "quote"),
    "colon in a text": ("- text: one: two\n", "GL001", 1, 12, "quotes"),
    "full-width colon": ("- id：a\n  kind: b\n", "GL001", 1, 5, "full-width"),
    "unclosed bracket": ("- refs: [1, 2\n", "GL001", 1, 9, "Close it with ']' on line 1"),
    "unclosed brace": ("- {id: a\n- {id: b}\n", "GL001", 1, 3, "Close it with '}' on line 1"),
    "no colon": ("- id: a\n  kind b\n  text: c\n", "GL001", 2, 3, "'key: value'"),
    "no colon in the first line": ("- id a\n  kind: b\n", "GL001", 1, 5, "no colon after 'id'"),
    "no space after a colon": ("- id: a\n  kind:b\n  text: c\n", "GL001", 2, 7, "write 'kind: '"),
    "a value that ends at once": ("- refs: [", "GL001", 1, 10, "line"),
    "a quote inside quotes": ('- text: "a" b\n', "GL001", 1, 13, "in ' signs"),
    "a backslash": ('- text: "a \\m b"\n', "GL001", 1, 12, "Double the backslash"),
    "a text behind a bar": ("- text: | a b\n", "GL001", 1, 11, "begins with '|'"),
    "a dash in a line": ("- id: a - b: c\n- x\n", "GL001", 1, 12, "put the text in quotes"),
    "an item in a value": ("- id: - a\n", "GL001", 1, 7, "line"),
    "a question mark": ("- id: ? a\n", "GL001", 1, 7, "line"),
    "control character": ("- id: a\x07\n", "GL001", 1, 8, "Remove"),
    "nothing but a null byte": ("\0", "GL001", 1, 1, "UTF-16"),
    "a lost character": ("- id: a\n- id: \ufffd\n", "GL001", 2, 7, "was lost"),
    "a mark inside": ("- id: a\ufeff\n", "GL001", 1, 8, "Remove"),
    "a break that no editor shows": ("- id: a\u2028\n", "GL001", 1, 8, "Remove"),
    "a mark that turns the text": ("- id: a\u202eb\n", "GL001", 1, 8, "Remove"),
    "a tab in a text": ("- id: a\tb\n", "GL001", 1, 8, "spaces"),
    "a key twice": ("- id: a\n  id: b\n", "GL002", 2, 3, "begins with '- id:'"),
    "an id and other keys twice": ("- id: a\n  kind: c\n  id: b\n  kind: d\n", "GL002", 3, 3, "keep one"),
    "another key twice": ("- id: a\n  kind: c\n  kind: d\n", "GL002", 3, 3, "Keep one"),
    "a text in braces": ("- text: {dose} once\n", "GL001", 1, 16, "begins with '{': such a text needs quotes"),
    "a text in brackets": ("- [18F] FDG\n- a\n", "GL001", 1, 9, "begins with '['"),
    "a text with a star": ("- id: a\n  text: * star\n", "GL001", 2, 10, "begins with '*'"),
    "a text with a percent": ("- text: %5 of\n", "GL001", 1, 9, "begins with '%'"),
    "a text with an at": ("- text: @home\n", "GL001", 1, 9, "begins with '@'"),
    "a text with a greater": ("- text: > 5 mg\n", "GL001", 1, 11, "begins with '>'"),
    "one column more": ("- id: a\n   kind: b\n", "GL001", 2, 8, "Line 2 begins in column 4, line 1 in column 3"),
    "one column less": ("- id: a\n  k: b\n l: c\n", "GL001", 3, 2, "Line 3 begins in column 2, line 2 in column 3"),
    "an item aside": ("a:\n  - id: x\n   - id: y\n", "GL001", 3, 4, "Line 3 begins in column 4, line 2 in column 3"),
    "a list as a key": ("- [a, b]: c\n", "GL001", 1, 3, "quotes"),
    "alias": ("- &a x\n- *a\n", "GL003", 1, 3, "in quotes"),
    "tag": ("- !!python/object:os.system x\n", "GL003", 1, 3, "Remove"),
    "two documents": ("- a\n---\n- b\n", "GL003", 2, 1, "one document"),
    "too deep": ("[" * 40 + "]" * 40, "GL003", 1, 31, "brackets"),
    "a thousand brackets": ("[" * 2000, "GL003", 1, 31, "brackets"),
    "too deep by dashes": ("- " * 40, "GL003", 1, 61, "brackets"),
    "an alias alone": ("- *a\n", "GL003", 1, 3, "in quotes"),
    "a merge": ("- <<: *a\n", "GL003", 1, 7, "in quotes"),
    "a billion laughs": (LAUGHS, "GL003", 1, 4, "in quotes"),
    "a tag of its own": ("- !unit 4\n", "GL003", 1, 3, "Remove"),
    "no more than a sign": ("- ! 4\n", "GL003", 1, 3, "Remove"),
    "a comment that swallows": ("- text: First choice #1 in all\n", "GL012", 1, 22, "quotes"),
    "a comment behind Chinese": ("- text: 首选 # 一\n", "GL012", 1, 12, "quotes"),
}


def test_the_fast_reader_is_used_where_there_is_one() -> None:
    """PyYAML of the lock files is built with libyaml, which then reads; its own reader is there everywhere."""
    assert list(source.READERS) == ["PyYAML", "libyaml"]


@pytest.mark.parametrize("reader", source.READERS)
@pytest.mark.parametrize("name", BROKEN)
def test_broken_yaml_has_a_message_with_its_place(name: str, reader: str) -> None:
    """Each way to break a file gives one finding with its place and a hint, whichever reads, and no traceback."""
    text, code, line, column, hint = BROKEN[name]
    _, findings = source.parse(text, "a.yaml", reader)
    assert [(item.code, item.where) for item in findings] == [(code, Where("a.yaml", line, column))]
    assert hint in findings[0].hint
    assert findings[0].message


# As written -> as read; what YAML 1.1 would have made of it is in the test's sentence.
SCALARS: dict[str, object] = {
    "no": "no", "yes": "yes", "on": "on", "off": "off", "NO": "NO", "y": "y", "True": "True",
    "true": True, "false": False, "null": None, "~": None, "Null": "Null",
    "5": 5, "-5": -5, "+5": 5, "0": 0, "007": "007", "010": "010", "0x10": "0x10", "0o10": "0o10", "1_000": "1_000",
    "5.10": Decimal("5.10"), "0.30": Decimal("0.30"), "1e3": "1e3", "1.5e3": "1.5e3", ".5": ".5", "5.": "5.",
    ".inf": ".inf", ".nan": ".nan", "1:30": "1:30", "2020-01-01": "2020-01-01", "'5'": "5", '"no"': "no", "=": "=",
    "9999999999999999999": 9999999999999999999, "99999999999999999999": "99999999999999999999",
    "0." + "1" * 31: "0." + "1" * 31, "４": "４", "4 mg": "4 mg", "2020-01-01T10:00:00Z": "2020-01-01T10:00:00Z",
}  # fmt: skip


@pytest.mark.parametrize("reader", source.READERS)
@pytest.mark.parametrize("written", SCALARS)
def test_scalars_follow_yaml_1_2(written: str, reader: str) -> None:
    """Country codes stay words, 010 is no octal, 1:30 no ninety, 1_000 no thousand; a decimal keeps its digits."""
    data, findings = source.parse(f"[{written}]", "a.yaml", reader)
    assert findings == []
    assert (data, str(data[0]), type(data[0])) == (
        [SCALARS[written]],
        str(SCALARS[written]),
        type(SCALARS[written]),
    )


@pytest.mark.parametrize("reader", source.READERS)
def test_line_ends_change_nothing(reader: str) -> None:
    """A file with the line ends of Windows, or of an old Mac, reads the same, and its places are the same."""
    text = "- id: a\n  text: one\n    two\n- id: b\n  id: c\n"
    wanted = source.parse(text, "a.yaml", reader)
    assert wanted[1][0].where == Where("a.yaml", 5, 3)
    assert source.parse(text.replace("\n", "\r\n"), "a.yaml", reader) == wanted
    assert source.parse(text.replace("\n", "\r"), "a.yaml", reader) == wanted


@pytest.mark.parametrize("reader", source.READERS)
def test_a_comment_that_takes_nothing_away_is_one(reader: str) -> None:
    """A comment on a line of its own, after quotes, a number, a word or a list, is no mistake; nor is '#' in a word."""
    text = "# a\n- 'a b' # c\n- 4 # mg\n- word # c\n- [a b] # c\n- C#4 at b#1\n- a b\n# c\n"
    assert source.parse(text, "a.yaml", reader) == (["a b", 4, "word", ["a b"], "C#4 at b#1", "a b"], [])


@pytest.mark.parametrize("reader", source.READERS)
@pytest.mark.parametrize("text", ["- a: 1\n" + "  a: 1\n" * 500, "- text: a b # c\n" * 500])
def test_a_flood_of_findings_is_cut_off(text: str, reader: str) -> None:
    """A file that is wrong from top to bottom gives a hundred findings and not all of them."""
    assert source.MOST_FINDINGS <= len(source.parse(text, "a.yaml", reader)[1]) <= source.MOST_FINDINGS + 1


def test_every_value_knows_its_place() -> None:
    """Keys, values and items are found by their path; a path is followed as far as it leads."""
    data, _ = source.parse("- id: a\n  refs: [1, 22]\n", "a.yaml")
    assert isinstance(data, LocatedList)
    assert isinstance(data[0], LocatedMap)
    assert locate(data, (0, "refs", 1)) == Where("a.yaml", 2, 13)
    assert locate(data, (0, "refs"), key=True) == Where("a.yaml", 2, 3)
    assert locate(data, (0, "refs", 7, "more")) == Where("a.yaml", 2, 9)
    assert locate("text", (0,)) is None


def test_an_empty_file_is_no_data() -> None:
    """A file without content gives None and no finding; what to make of it is the loader's affair."""
    assert source.parse("# nothing\n", "a.yaml") == (None, [])


GBK = "# 儿童发热\n- text: 退热药每六小时一次。\n".encode("gbk")
# What is in the file -> line, column, and words of the message and of the hint
UNREADABLE = {
    "large": (b"x" * 1_000_001, 1, 1, "1,000,001 bytes", "folder NAME/"),
    "GBK": (GBK, 1, 3, "not UTF-8", "GBK"),
    "Latin-1": ("# 汉\n- x: é\n".encode() + "- y: fièvre\n".encode("latin-1"), 3, 8, "not UTF-8", "Windows-1252"),
    "half a sign": ("- x: 汉".encode()[:-1], 1, 6, "not UTF-8", "save it"),
    "UTF-16": ("- x: 汉\n".encode("utf-16"), 1, 1, "UTF-16", "UTF-8"),
    "UTF-16 BE": (b"\xfe\xff" + "- x: 汉\n".encode("utf-16-be"), 1, 1, "UTF-16", "UTF-8"),
    "UTF-16 without a mark": ("- id: a\n".encode("utf-16-le"), 1, 2, "U+0000", "UTF-16"),
    "a null byte": (b"- id: a\n- id: \0\n", 2, 7, "U+0000", "UTF-8"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_a_finding(tmp_path: Path, name: str) -> None:
    """A file that is too large or in another encoding has one finding, at the place where it shows."""
    raw, line, column, message, hint = UNREADABLE[name]
    (tmp_path / "a.yaml").write_bytes(raw)
    data, [found] = source.read(tmp_path / "a.yaml", "a.yaml")
    assert (data, found.where) == (None, Where("a.yaml", line, column))
    assert message in found.message
    assert hint in found.hint


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    """A file that cannot be opened has a message with the reason that the system gives."""
    _, [missing] = source.read(tmp_path / "none.yaml", "none.yaml")
    assert (missing.code, missing.where) == ("GL003", Where("none.yaml", 1, 1))
    assert "No such file" in missing.message


def test_a_byte_order_mark_does_not_count(tmp_path: Path) -> None:
    """A file that begins with a byte order mark reads as if it had none."""
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfid: a\n")
    data, findings = source.read(tmp_path / "a.yaml")
    assert (data, findings) == ({"id": "a"}, [])


def test_ids_of_an_unreadable_file_are_guessed(tmp_path: Path) -> None:
    """What a broken file seems to define is known, so that what leads there is not reported again."""
    (tmp_path / "a.yaml").write_text('- id: one\n- {id: "two", x: [}\n- number: 3\n', encoding="utf-8")
    assert source.ids_in(tmp_path / "a.yaml") == {"one", "two", "3"}
    assert source.ids_in(tmp_path / "b.yaml") == set()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "latin-1"])
def test_ids_of_a_file_in_another_encoding_are_guessed(tmp_path: Path, encoding: str) -> None:
    """A file saved with the wrong encoding is one mistake, not one for everything that leads into it."""
    text = {"latin-1": "fièvre", "gbk": "发热"}.get(encoding, "fever")
    (tmp_path / "a.yaml").write_bytes(f"- id: one\n  text: {text}\n- id: two\n".encode(encoding))
    assert source.ids_in(tmp_path / "a.yaml") == {"one", "two"}
