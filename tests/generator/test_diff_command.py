"""`vademecum diff`: folders, git revisions and records; its exit codes; and that no mistake ends in a traceback."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from test_diff import LISTED, PLANTED, loaded, planted
from test_edition_fields import guidelines
from tiny_guideline import GUIDELINE, apply, copied

from generator.cli import main
from generator.editions import record
from generator.editions.compare import differences

type Run = Callable[..., tuple[int, str, str]]
NAME = "guideline"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command; gives exit code, output and messages."""

    def command(*arguments: object) -> tuple[int, str, str]:
        code = main(["diff", *map(str, arguments)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


def git(*arguments: str) -> None:
    """Run git in the working folder, without the settings of this machine."""
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True, env=os.environ | settings)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, the working folder: its tag `first` has the fictional guideline, its files have it changed."""
    monkeypatch.chdir(tmp_path)
    folder = copied(tmp_path / "content" / NAME)
    (tmp_path / "notes.txt").write_text("no guideline\n", encoding="utf-8")
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "first")
    git("tag", "first")
    apply([{"file": file, "replace": old, "with": new} for file, old, new in PLANTED], folder)
    return tmp_path


def test_two_revisions_with_twelve_changes(repository: Path, run: Run) -> None:
    """Between two revisions exactly the twelve planted changes are listed, as JSON and as text; the exit code is 1."""
    git("commit", "--quiet", "--all", "--message", "second")
    code, out, err = run("first", "HEAD", "--json")
    [found] = json.loads(out)["guidelines"]
    assert (code, err, found["count"], found["same"]) == (1, "", 12, False)
    assert [(item["act"], item["mark"] or "", item["path"]) for item in found["changes"]] == LISTED
    code, out, err = run("first", "HEAD")
    assert (code, err, out.count("\n! ") + out.count("\n* ")) == (1, "", 12)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("first", "content"),
        ("first:", "content"),
        ("first:content", f"content/{NAME}"),
        (f"first:content/{NAME}", "."),
        ("first", None),
    ],
)
def test_the_ways_to_name_an_edition(old: str, new: str | None, repository: Path, run: Run) -> None:
    """A revision alone means the folder of the guidelines; `REV:PATH` any folder of it; NEW is the working folder's."""
    code, out, _ = run(*([old] if new is None else [old, new]))
    assert code == 1
    assert "changes: 12" in out


def test_the_same_edition_twice(repository: Path, run: Run) -> None:
    """Identical editions say so with exit code 0, as text and as JSON."""
    code, out, _ = run("first", "first:content")
    assert (code, out.splitlines()[-1]) == (0, "no change: the two editions say the same")
    code, out, _ = run("first", "first", "--json")
    assert code == 0
    assert json.loads(out)["guidelines"][0]["same"] is True


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "expected an edition to compare with, found none"),
        (["second"], "expected a folder or a git revision, found no revision 'second'"),
        (["--", "-x"], "found none of them"),
        (["first:docs"], "expected the folder 'docs' in the revision 'first', found none"),
        (["first:notes.txt"], "expected the folder 'notes.txt' in the revision 'first', found none"),
        (["first", "--content", "doses"], "expected the folder './doses' in the revision 'first', found none"),
        ([":content"], "expected a folder, a record of an edition, or a git revision; found none of them"),
        (["content", "empty"], "expected a guideline: a folder with guideline.yaml; found none"),
        (["content", "notes.txt"], "expected the record of an edition, found what is not JSON"),
        (["first", "broken"], "expected a guideline that can be read, found"),
        (["first", "--guideline", "other"], "expected the guideline 'other', found guideline"),
        (["first", "two", "--guideline", "guideline"], "expected the guideline 'guideline', found a-fever, b-fever"),
        (["first", "two"], "expected the guideline 'guideline', found a-fever, b-fever"),
        (["first", "content", "--record"], "expected one edition, found a second one: 'content'"),
    ],
)
def test_what_is_no_edition_is_said(arguments: list[str], said: str, repository: Path, run: Run) -> None:
    """Whatever cannot be compared is named in one message with exit code 2, and nothing else is printed."""
    (repository / "empty").mkdir()
    planted(repository / "broken", [("statements.yaml", "kind: evidence", "kind: rumour")])
    for name in ("a-fever", "b-fever"):
        copied(repository / "two" / name)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.startswith("vademecum: ")


def test_without_a_repository(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no repository, and where there is no git, a revision is refused with what to do instead."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    code, _, err = run("first", str(GUIDELINE))
    assert (code, "found no such folder and no git repository" in err) == (2, True)
    monkeypatch.setenv("PATH", "")
    code, _, err = run("first", str(GUIDELINE))
    assert (code, "expected the program git for a revision, found none" in err) == (2, True)


def test_a_guideline_that_came_and_one_that_went(tmp_path: Path, run: Run) -> None:
    """Of several guidelines each is compared with itself; one that only one side has is told, and is a difference."""
    for side, names in (("old", ("a-fever", "b-fever")), ("new", ("b-fever", "c-fever"))):
        for name in names:
            copied(tmp_path / side / name)
    code, out, _ = run(tmp_path / "old", tmp_path / "new")
    assert code == 1
    assert out.splitlines()[1:] == [
        "no change: the two editions say the same",
        "",
        "[removed] Example fever (fictional) 0.1.0 (2020-02-01)",
        "",
        "[added] Example fever (fictional) 0.1.0 (2020-02-01)",
    ]
    assert run(tmp_path / "old", tmp_path / "new", "--guideline", "b-fever")[0] == 0
    _, out, _ = run(tmp_path / "old", tmp_path / "new", "--json")
    assert [(item["guideline"], item["act"]) for item in json.loads(out)["only_in_one"]] == [
        ("a-fever", "removed"),
        ("c-fever", "added"),
    ]


def test_an_edition_is_recorded_once(repository: Path, run: Run) -> None:
    """`--record` keeps an edition of the past or the present beside its guideline; another content is refused."""
    folder = repository / "content" / NAME
    assert run("first", "--record") == (0, f"Wrote content/{NAME}/editions/0.1.0.json\n", "")
    assert run("--record") == (0, f"Wrote content/{NAME}/editions/0.2.0.json\n", "")
    assert run(folder, "--record") == (0, f"Already there: {folder.as_posix()}/editions/0.2.0.json\n", "")
    assert run(f"content/{NAME}/editions/0.1.0.json", f"content/{NAME}/editions/0.2.0.json")[1].count("\n! ") == 7
    assert run(f"content/{NAME}/editions/0.2.0.json")[0] == 0
    apply([{"file": "guideline.yaml", "replace": "Fictional grades", "with": "Invented grades"}], folder)
    code, _, err = run("--record")
    assert (code, "found another that was recorded before" in err) == (2, True)
    code, _, err = run("first", "--record", "--content", "elsewhere")
    assert (code, "the folder './elsewhere' in the revision 'first', found none" in err) == (2, True)


@pytest.mark.parametrize("number", [0, 1], ids=["fictional and translated", "first"])
def test_a_record_holds_the_whole_edition(number: int, tmp_path: Path) -> None:
    """An edition read from its record does not differ from the one that was written, to the last digit."""
    guideline = guidelines()[number]
    path = tmp_path / "edition.json"
    path.write_text(record.dump(guideline), encoding="utf-8")
    again = record.read(path)
    assert differences(guideline, again) == []
    assert record.dump(again) == record.dump(guideline)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("not JSON", "found what is not JSON"),
        ("[" * 100_000, "found what is not JSON"),
        ("[]", "found none"),
        ('{"schema": 2}', "with 'schema': 1, found 2"),
        ('{"schema": 1}', "found at meta: Field required"),
        (b"\xff\xfe", "found what is not JSON"),
    ],
)
def test_a_broken_record_is_said(content: str | bytes, said: str, tmp_path: Path, run: Run) -> None:
    """A record that cannot be read is named with what was found, and how to make it anew."""
    path = tmp_path / "1.0.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, _, err = run(path, GUIDELINE)
    assert code == 2
    assert said in err
    assert "vademecum diff --record REVISION" in err


def test_the_earlier_editions_are_read_in_their_order(tmp_path: Path) -> None:
    """Recorded editions come by their day, and those of one day by their numbers: 0.9 before 0.10."""
    folder = copied(tmp_path / NAME)
    for version, day in (("0.10", "2020-02-01"), ("0.9", "2020-02-01"), ("1.0 beta/2", "2019-01-01")):
        copy = planted(tmp_path / version.replace("/", "-") / NAME, [("guideline.yaml", "0.1.0", f'"{version}"')])
        apply([{"file": "guideline.yaml", "replace": "updated: 2020-02-01", "with": f"updated: {day}"}], copy)
        record.write(loaded(copy), folder)
    assert [path.name for path in record.records(folder)] == ["0.10.json", "0.9.json", "1.0-beta-2.json"]
    assert [item.meta.version for item in record.earlier(folder)] == ["1.0 beta/2", "0.9", "0.10"]
