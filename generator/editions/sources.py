"""Where an edition comes from: a folder, a git revision with or without a path, or the record of an edition."""

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.editions import record
from generator.editions.record import EditionError
from generator.findings import has_errors
from generator.load import folder_name, guideline_folders, load
from generator.models.guideline import Guideline
from generator.report import text

REQUIRED = "guideline.yaml"
LONGEST_GIT = 60
"""Seconds that git may take."""

type Editions = dict[str, Guideline]
"""Guidelines by their ids."""


def editions(named: str, content: Path) -> Editions:
    """The guidelines that a name on the command line means.

    Args:
        named: a guideline's folder, a folder of guidelines, the record of an edition, `REV` or `REV:PATH`.
        content: the folder of the guidelines, for `REV` alone.

    Raises:
        EditionError: there is no such thing, or a guideline in it cannot be read.
    """
    path = Path(named)
    if path.is_dir():
        return _of_folder(path, named)
    if path.is_file():
        found = record.read(path, named)
        return {found.meta.id: found}
    with _checked_out(named, content) as folder:
        return _of_folder(folder, named)


def _of_folder(folder: Path, shown: str) -> Editions:
    """One guideline where the folder is one; else all that stand in it, or in its `content`."""
    found = (
        [folder] if (folder / REQUIRED).is_file() else _with_guideline(folder) or _with_guideline(folder / "content")
    )
    if not found:
        hint = "Name a guideline's folder, or the folder in which the guidelines are"
        raise EditionError(shown, f"expected a guideline: a folder with {REQUIRED}; found none", hint)
    one = len(found) == 1 and found[0] == folder
    editions: Editions = {}
    for each in found:
        guideline = _loaded(each, shown if one else f"{shown.rstrip('/')}/{folder_name(each)}")
        editions[guideline.meta.id] = guideline
    return editions


def _with_guideline(folder: Path) -> list[Path]:
    return [path for path in guideline_folders(folder) if (path / REQUIRED).is_file()]


def _loaded(folder: Path, shown: str) -> Guideline:
    """A guideline that was read as a whole: a record left out because of a mistake must not be told as removed."""
    loaded = load(folder, shown)
    findings = [item for item in loaded.findings if item.code != "GL011"]  # a copy may have any name
    if loaded.guideline is None or has_errors(findings):
        raise EditionError(shown, f"expected a guideline that can be read, found\n\n{text(findings)}")
    return loaded.guideline


@contextmanager
def _checked_out(named: str, content: Path) -> Iterator[Path]:
    """The folder of a git revision, in a folder of its own for the time of the comparison."""
    revision, colon, path = named.partition(":")
    if not revision or revision.startswith("-"):
        raise EditionError(named, "expected a folder, a record of an edition, or a git revision; found none of them")
    if _git("rev-parse", "--is-inside-work-tree") is None:
        hint = "Run the command in the repository, or name two folders"
        raise EditionError(
            named, "expected a folder or a git revision, found no such folder and no git repository", hint
        )
    if _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
        hint = "'git log --oneline' and 'git tag' list them; a shallow clone has few: git fetch --unshallow --tags"
        raise EditionError(named, f"expected a folder or a git revision, found no revision '{revision}'", hint)
    within = path if colon else f"./{content.as_posix()}" if not content.is_absolute() else content.as_posix()
    archive = _git("archive", "--format=tar", f"{revision}:{within}")
    if archive is None:
        where = f"the folder '{within or '.'}'"
        hint = f"'git ls-tree {revision}' lists what it holds; name a folder as {revision}:FOLDER"
        raise EditionError(named, f"expected {where} in the revision '{revision}', found none", hint)
    with TemporaryDirectory(prefix="vademecum-") as temporary:
        name = Path(within).name if Path(within).name not in ("", ".", "..") else "content"
        folder = Path(temporary) / name
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(
                folder, [item for item in tar if item.isfile() and item.name.endswith((".yaml", ".yml"))], filter="data"
            )
        folder.mkdir(exist_ok=True)
        yield folder


def _git(*arguments: str) -> bytes | None:
    """What git prints, or None when it refuses."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False, timeout=LONGEST_GIT)
    except OSError:
        raise EditionError("git", "expected the program git for a revision, found none", "Name two folders") from None
    except subprocess.TimeoutExpired:
        raise EditionError("git", f"expected an answer within {LONGEST_GIT} s, found none") from None
    return done.stdout if done.returncode == 0 else None
