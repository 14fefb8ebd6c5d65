"""YAML text becomes data with places."""

from decimal import Decimal
from pathlib import Path

import pytest

from generator import source
from generator.findings import Where
from generator.source import LocatedList, LocatedMap, locate

BROKEN = {
    "tab": ("- id: a\n\tkind: b\n", "GL001", 2, 1, "tab"),
    "unclosed quote": ('- id: "a\n  kind: b\n', "GL001", 1, 7, "quote"),
    "colon in a text": ("- text: one: two\n", "GL001", 1, 12, "quotes"),
    "full-width colon": ("- id：a\n  kind: b\n", "GL001", 2, 7, "full-width"),
    "unclosed bracket": ("- refs: [1, 2\n", "GL001", 1, 9, "line"),
    "control character": ("- id: a\x07\n", "GL001", 1, 8, "Remove"),
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
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_yaml_has_a_message_with_its_place(name: str) -> None:
    """Each way to break a file gives one finding with file, line, column and hint, and no traceback."""
    text, code, line, column, hint = BROKEN[name]
    _, findings = source.parse(text, "a.yaml")
    assert [(item.code, item.where) for item in findings] == [(code, Where("a.yaml", line, column))]
    assert hint in findings[0].hint
    assert findings[0].message


def test_scalars_follow_yaml_1_2() -> None:
    """Only true, false and null are more than words and numbers, and a decimal keeps its digits."""
    text = "[no, yes, on, true, null, ~, 5, -5, 5.10, 1e3, 0x10, 007, '5', 2020-01-01, 1:30, .5]"
    data, findings = source.parse(text, "a.yaml")
    assert findings == []
    assert data == [
        "no", "yes", "on", True, None, None, 5, -5, Decimal("5.10"), "1e3", "0x10", "007", "5",
        "2020-01-01", "1:30", ".5",
    ]  # fmt: skip
    assert str(data[8]) == "5.10"


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


def test_what_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    """A missing file, one that is too large, and one that is not UTF-8 each have their message and place."""
    (tmp_path / "large.yaml").write_bytes(b"x" * 1_000_001)
    (tmp_path / "latin.yaml").write_bytes("# 汉\n- x: é\n".encode() + b"- y: \xe9\n")
    _, [missing] = source.read(tmp_path / "none.yaml", "none.yaml")
    _, [large] = source.read(tmp_path / "large.yaml", "large.yaml")
    _, [latin] = source.read(tmp_path / "latin.yaml", "latin.yaml")
    assert (missing.code, large.code, latin.code) == ("GL003", "GL003", "GL003")
    assert latin.where == Where("latin.yaml", 3, 6)
    assert "1,000,001 bytes" in large.message


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
