"""What counts as a change of the files: every way in which an editor saves, and nothing else."""

import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.observers.polling import PollingObserver

from generator.serve import watch

LONG = 60
"""Seconds after which a change that was not seen never will be."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two guidelines."""
    for name in ("one", "two"):
        (tmp_path / "content" / name).mkdir(parents=True)
        (tmp_path / "content" / name / "tables.yaml").write_text("dose: 4\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    return tmp_path


@pytest.fixture(params=["system", "polling"])
def watching(folder: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[watch.Watch]:
    """A watch on the folder, with what the system offers, and where it offers nothing any more."""
    if request.param == "polling":

        def none_left() -> None:
            raise OSError(28, "inotify watch limit reached")

        monkeypatch.setattr(watch, "Observer", none_left)
    made = watch.Watch()
    made.look_at([folder / "content", folder / "mkdocs.yml"])
    assert request.param == "system" or isinstance(made._observer, PollingObserver)
    yield made
    made.stop()


def in_place(file: Path) -> None:
    """As nano, and VS Code: the file is emptied and written."""
    file.write_text("dose: 5\n", "utf-8")


def in_pieces(file: Path) -> None:
    """As a slow disk: the file is there by halves."""
    with file.open("w", encoding="utf-8") as opened:
        for piece in ("do", "se: ", "5\n"):
            opened.write(piece)
            opened.flush()


def by_renaming(file: Path) -> None:
    """As vim and many others: the new text takes the old one's place."""
    fresh = file.with_name("tables.yaml.tmp")
    fresh.write_text("dose: 5\n", "utf-8")
    fresh.replace(file)


def by_moving_away(file: Path) -> None:
    """As vim with a backup: the old one goes aside, a probe is written, the new one is made."""
    (file.parent / "4913").touch()
    (file.parent / "4913").unlink()
    file.rename(file.with_name("tables.yaml~"))
    file.write_text("dose: 5\n", "utf-8")
    file.with_name("tables.yaml~").unlink()


def deleted(file: Path) -> None:
    """A file goes."""
    file.unlink()


def new_file(file: Path) -> None:
    """A file comes."""
    file.with_name("drugs.yaml").write_text("[]\n", "utf-8")


def new_folder(file: Path) -> None:
    """A folder comes with what is in it."""
    shutil.copytree(file.parent, file.parent.with_name("three"))


def folder_gone(file: Path) -> None:
    """A folder goes."""
    shutil.rmtree(file.parent)


def picture(file: Path) -> None:
    """A file that is no YAML comes."""
    file.with_name("card.png").write_bytes(b"PNG")


def settings(file: Path) -> None:
    """A single file that is watched changes."""
    (file.parents[2] / "mkdocs.yml").write_text("site_name: y\n", "utf-8")


CHANGES = (
    *(in_place, in_pieces, by_renaming, by_moving_away),
    *(deleted, new_file, new_folder, folder_gone, picture, settings),
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_way_of_saving_is_seen(watching: watch.Watch, folder: Path, change: Callable[[Path], None]) -> None:
    """However a file changes, it is seen, and then all is quiet until the next change."""
    change(folder / "content" / "one" / "tables.yaml")
    while not watching.wait(LONG):  # a burst may end in a look that finds the files as they were
        assert watching._seen != {}
    other = folder / "content" / "two" / "tables.yaml"
    other.write_text("dose: 6\n", "utf-8")
    while not watching.wait(LONG):
        assert watching._seen != {}
    assert watching._seen == watch._state([(folder / "content").resolve(), (folder / "mkdocs.yml").resolve()])


def touched(file: Path) -> None:
    """Saved as it was."""
    os.utime(file, (1, 1))


def read(file: Path) -> None:
    """Only read."""
    file.read_bytes()


def swap_file(file: Path) -> None:
    """An editor's own notes beside the file."""
    file.with_name(".tables.yaml.swp").write_bytes(b"vim")
    file.with_name("#tables.yaml#").write_bytes(b"emacs")
    file.with_name("tables.yaml~").write_bytes(b"backup")


@pytest.mark.parametrize("harmless", [touched, read, swap_file], ids=lambda harmless: harmless.__name__)
def test_what_changes_nothing_is_no_change(folder: Path, harmless: Callable[[Path], None]) -> None:
    """A file that is touched, read, or accompanied by an editor's own files gives no new edition."""
    made = watch.Watch()
    made.look_at([folder / "content"])
    harmless(folder / "content" / "one" / "tables.yaml")
    made._stirred.set()  # whatever the system has told of it
    assert made.wait(LONG) is False
    made.stop()


def test_nothing_happens_while_nothing_changes(folder: Path) -> None:
    """Without any event the wait ends after its time."""
    made = watch.Watch()
    made.look_at([folder / "content"])
    assert made.wait(0.01) is False
    made.stop()


def test_other_places_may_be_watched_later(folder: Path) -> None:
    """Where the settings name another folder, that one is watched; a place that is not there is waited for."""
    made = watch.Watch()
    made.look_at([folder / "content" / "one", folder / "none"])
    first = made._observer
    made.look_at([folder / "content" / "one", folder / "none"])
    assert made._observer is first
    made.look_at([folder / "content" / "two"])
    (folder / "content" / "two" / "tables.yaml").write_text("dose: 6\n", "utf-8")
    while not made.wait(LONG):
        assert made._observer is not first
    made.stop()


@pytest.mark.slow
def test_the_command_serves_until_it_is_interrupted(project: Path) -> None:
    """The command says where it is and shows what is saved; Ctrl-C ends it with exit code 0 and no traceback."""
    command = [sys.executable, "-m", "generator.cli", "serve", "--address", "127.0.0.1:0"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        command, cwd=project.parent, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as running:
        assert running.stderr
        lines = iter(running.stderr.readline, "")
        address = next(lines).removeprefix("Serving on ").partition(" ")[0]
        assert "shown after" in next(lines)
        file = project.parent / "content" / "example-fever" / "guideline.yaml"
        file.write_text(file.read_text("utf-8").replace("short_title: ", "short_title: Newest "), "utf-8")
        assert "shown after" in next(lines)
        with urllib.request.urlopen(f"{address}example-fever/") as answer:
            assert b"Newest " in answer.read()
        running.send_signal(signal.SIGINT)
        assert list(lines) == ["Stopped\n"]
        assert running.wait() == 0
