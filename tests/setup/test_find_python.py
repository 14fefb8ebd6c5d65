import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIND = ROOT / "tools" / "find-python.sh"


def program(path: Path, body: str) -> Path:
    """A program of a few lines of shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path):
    """A machine whose PATH holds an old python3 and the few programs that the script itself calls."""
    commands = tmp_path / "bin"
    commands.mkdir()
    for name in ("sh", "cat", "tail", "sed"):
        found = next(Path(part) / name for part in os.get_exec_path() if (Path(part) / name).exists())
        (commands / name).symlink_to(found)
    program(commands / "python3", 'echo "is Python 3.11" >&2; exit 1')
    return tmp_path


def find(machine, **environment):
    """What the script says on that machine."""
    return subprocess.run(
        [machine / "bin" / "sh", FIND],
        cwd=machine,
        env={"PATH": str(machine / "bin"), "HOME": str(machine), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def good(machine):
    """A Python that will do, on no PATH: a stand-in that hands everything to the one that runs this test."""
    return program(machine / "elsewhere" / "python", f'exec "{sys.executable}" "$@"')


def no_system_python(result):
    """Skips where the machine has a good Python in a fixed place that the script looks at."""
    if result.returncode == 0:
        pytest.skip(f"this machine has {result.stdout.strip()}, which no PATH can hide")


def test_an_old_python_is_refused_with_its_version_and_the_ways_to_get_one(machine):
    """With Python 3.11 alone the message names it and the ways to a newer one; no traceback."""
    result = find(machine)
    no_system_python(result)
    assert result.returncode == 1
    assert result.stdout == ""
    assert "needs Python 3.12 or newer" in result.stderr
    assert "python3 is Python 3.11" in result.stderr
    for way in ("apt install", "brew install", "pyenv install", "uv python install", "make PYTHON="):
        assert way in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "place",
    [
        ".pyenv/versions/3.13.0/bin/python",
        ".local/share/uv/python/cpython-3.12.9-linux-x86_64-gnu/bin/python3",
        "miniforge3/bin/python",
    ],
)
def test_a_python_that_is_not_on_path_is_found_where_its_installer_puts_it(machine, place):
    """Versions that pyenv, uv and conda keep in the home folder are found without any of them on PATH."""
    program(machine / place, f'exec "{sys.executable}" "$@"')
    result = find(machine)
    assert result.returncode == 0, result.stderr
    assert Path(result.stdout.strip()).is_file()


def test_what_is_printed_is_the_interpreter_itself_and_never_one_inside_a_venv(machine, good):
    """A venv or a shim leads to the Python behind it, so that .venv outlives both."""
    result = find(machine, PYTHON=str(good))
    assert result.stdout.strip() == sys._base_executable


def test_python_variable_decides_alone(machine, good):
    """PYTHON= naming one that is too old is refused, even where a better one could be found."""
    (machine / ".pyenv" / "versions" / "3.13.0" / "bin").mkdir(parents=True)
    (machine / ".pyenv" / "versions" / "3.13.0" / "bin" / "python").symlink_to(good)
    result = find(machine, PYTHON="python3")
    assert result.returncode == 1
    assert "PYTHON does not give one" in result.stderr
    assert "python3 is Python 3.11" in result.stderr


def test_python_variable_that_cannot_be_run_is_named(machine):
    """A PYTHON= that is no program is named in the message."""
    result = find(machine, PYTHON="/no/such/python")
    assert result.returncode == 1
    assert "PYTHON=/no/such/python cannot be run" in result.stderr
