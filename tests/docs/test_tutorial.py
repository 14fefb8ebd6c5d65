"""The tutorial does what it says: each file is written, each change made and each command run as it stands there."""

import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.cli import main

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"
BLOCK = re.compile(r"((?:[^\n]+\n)+)?\n?```(?:yaml)?\n(.*?)```\n", re.DOTALL)
FILE = re.compile(r"(Make|Add at the end of|In) `([^`]+)`(?:, change|:)\s*\Z")
VARIES = re.compile(r"(?<=Wrote )\d+(?= files)|\d+\.\d(?= MB)|(?<=with )\d+(?= pages)")
"""How many files a site begins with depends on how the program was installed; sizes on compressors; pages grow."""

OTHERS: dict[str, Callable[[str], None]] = {"cd": os.chdir, "mkdir": os.mkdir, "rm": shutil.rmtree}
"""The commands of the shell that the tutorial uses."""


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each block of code with the paragraph before it."""
    for found in BLOCK.finditer(text):
        yield " ".join((found[1] or "").split()), found[2]


def steps(text: str) -> Iterator[tuple[str, ...]]:
    """What a reader does: `write` or `append` a file, `change` a text of it to another, or `run` a command."""
    old: tuple[str, str] | None = None
    for before, code in blocks(text):
        told = FILE.search(before)
        if before == "to":
            assert old
            yield "change", *old, code
            old = None
        elif told and told[1] == "In":
            old = told[2], code
        elif told:
            yield "write" if told[1] == "Make" else "append", told[2], code
        elif code.startswith("$ "):
            for part in re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]:
                command, _, printed = part.partition("\n")
                yield "run", command, printed
    assert old is None


def edit(kind: str, file: Path, *code: str) -> None:
    """Do one step in a file."""
    text = "" if kind == "write" else file.read_text(encoding="utf-8")
    if kind == "change":
        assert text.count(code[0]) == 1, f"the tutorial changes what does not stand once in {file}:\n{code[0]}"
        text = text.replace(*code)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        gap = "\n" if kind == "append" and code[0].startswith("- ") else ""
        text += gap + code[0]
    file.write_text(text, encoding="utf-8")


def same(printed: str, told: str) -> bool:
    """Whether a command printed what the tutorial tells, where a line `…` stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…\n" else re.escape(line) for line in VARIES.sub("#", told).splitlines(True)
    )
    return re.fullmatch(pattern, VARIES.sub("#", printed)) is not None


@pytest.mark.slow
def test_the_tutorial_can_be_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From an empty folder, every command prints what the tutorial shows, to the finished site and its one file."""
    monkeypatch.chdir(tmp_path)
    ran = []
    for kind, what, *code in steps(TUTORIAL.read_text(encoding="utf-8")):
        if kind != "run":
            edit(kind, Path(what), *code)
            continue
        program, *arguments = shlex.split(what)
        ran.append(arguments[0])
        if program in OTHERS:
            OTHERS[program](arguments[-1])
            continue
        assert program == "vademecum"
        main(arguments)
        printed = capsys.readouterr()
        assert same(printed.out, code[0]), f"$ {what}\n{printed.out}{printed.err}\n--- told:\n{code[0]}"
    assert {"new", "check", "build", "calc", "export"} <= set(ran)
    assert (tmp_path / "my-site" / "site" / "my-guideline" / "calculators" / "dose" / "index.html").is_file()
