"""How findings are printed."""

import json
from pathlib import Path

import pytest

from generator import checks, report
from generator.findings import Finding, Severity, Where, finding

assert checks  # which declares the codes that are printed here
AT = Where("content/x/references.yaml", 41, 5)


def caret_line(line: str, column: int) -> tuple[str, str]:
    """The line and the caret line as printed."""
    item = finding("GL102", Where("a.yaml", 1, column), "message")
    _, shown, caret, *_ = report.text([item], lambda _: line).splitlines()
    return shown, caret


def test_the_printed_form_is_that_of_the_design() -> None:
    """A finding is place, code, severity and message, the line, a caret, a hint; at the end is the count."""
    item = finding("GL102", AT, "reference 44 is cited by no statement", "Cite it")
    assert report.text([item], lambda _: "- x: 44") == (
        "content/x/references.yaml:41:5: GL102 error: reference 44 is cited by no statement\n"
        "  41 | - x: 44\n"
        "     |     ^\n"
        "  hint: Cite it\n"
        "\n"
        "1 error, 0 warnings"
    )


def test_errors_and_warnings_are_counted() -> None:
    """The closing line counts errors and warnings, in the plural where it is one."""
    two = [finding("GL102", AT, "m"), finding("GL102", AT, "m"), finding("GL211", AT, "m")]
    assert report.text([], lambda _: None) == "0 errors, 0 warnings"
    assert report.text(two, lambda _: None).splitlines()[-1] == "2 errors, 1 warning"


def test_the_caret_stands_under_wide_signs() -> None:
    """A Han character takes two columns of a terminal, so the caret is moved by two for each."""
    shown, caret = caret_line("标题: 唑 x", 7)
    assert shown == "  1 | 标题: 唑 x"
    assert caret == "    | " + " " * 9 + "^"


def test_combining_signs_take_no_room_and_tabs_one() -> None:
    """The caret counts a combining accent as nothing and a tab as one column."""
    assert caret_line("e\u0301\tx", 4)[1] == "    | " + " " * 2 + "^"


def test_a_long_line_is_shortened_around_the_place() -> None:
    """Of a line wider than the terminal the part around the place is shown, marked at both ends."""
    shown, caret = caret_line("a" * 200 + "X" + "b" * 200, 201)
    line = shown.removeprefix("  1 | ")
    assert line.startswith("…a")
    assert line.endswith("b…")
    assert len(line) == report.WIDEST
    assert line[caret.index("^") - len("  1 | ")] == "X"


def test_a_long_line_of_wide_signs_is_shortened_too() -> None:
    """Width and not the number of characters decides, and the caret still stands under the place."""
    shown, caret = caret_line("汉" * 100 + "X" + "字" * 100, 101)
    line = shown.removeprefix("  1 | ")
    before = line[: line.index("X")]
    assert len(caret) - 1 - len("  1 | ") == 1 + 2 * (len(before) - 1)


def test_a_place_behind_the_end_is_shown_at_the_end() -> None:
    """A column behind the end of the line puts the caret there, not further."""
    assert caret_line("abc", 99)[1] == "    |    ^"


def test_nothing_steers_the_terminal() -> None:
    """Control characters of a file or a message never reach the terminal."""
    item = finding("GL102", Where("a.yaml", 1, 1), "found 'a\nb\x1b[2J'")
    printed = report.text([item], lambda _: "x\x1b[31m\x07")
    assert "\x1b" not in printed
    assert "\x07" not in printed
    assert "'a↵b" in printed


def test_lines_are_read_from_the_file(tmp_path: Path) -> None:
    """Without a reader of its own, the report reads each line from the file, and lives with a missing one."""
    (tmp_path / "a.yaml").write_text("one\ntwo\n", encoding="utf-8")
    read = report.line_reader(tmp_path)
    assert read(Where("a.yaml", 2, 1)) == "two"
    assert read(Where("a.yaml", 3, 1)) is None
    assert read(Where("b.yaml", 1, 1)) is None


def test_json_holds_everything() -> None:
    """The JSON form counts, and names code, severity, file, line, column, message and hint."""
    found = json.loads(report.as_json([finding("GL211", AT, "unused", "remove")]))
    assert found == {
        "errors": 0,
        "warnings": 1,
        "findings": [
            {
                "code": "GL211",
                "name": "unused-value",
                "severity": "warning",
                "file": "content/x/references.yaml",
                "line": 41,
                "column": 5,
                "message": "unused",
                "hint": "remove",
            }
        ],
    }


def test_annotations_are_escaped() -> None:
    """What would end a workflow command or its property is escaped as GitHub asks."""
    item = Finding("GL102", Severity.ERROR, Where("a,b:c.yaml", 1, 2), "50% of\nit", "hint: this")
    assert report.github([item]) == ("::error file=a%2Cb%3Ac.yaml,line=1,col=2,title=GL102::50%25 of%0Ait%0Ahint: this")


@pytest.mark.parametrize("printer", [report.text, report.as_json, report.github])
def test_no_finding_is_no_error(printer: object) -> None:
    """Every form can print an empty list."""
    assert callable(printer)
    printer([])
