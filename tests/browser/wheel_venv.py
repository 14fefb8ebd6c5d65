"""The wheel of this project, and a Python that has it and what it asks for, and nothing of this repository."""

import os
import subprocess
import sys
import sysconfig
import venv
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def build_wheel(folder: Path) -> Path:
    """The wheel, as `make wheel` builds it."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    (wheel,) = folder.glob("vademecum-*.whl")
    return wheel


class Installed:
    """A fresh virtual environment with the wheel in it, used as an author would, from a folder of the author's.

    What the wheel requires is linked from this Python's own packages: whatever it uses without asking for is missing.

    Attributes:
        venv: the folder of the environment.
        work: an empty folder outside the repository, in which commands run.
    """

    def __init__(self, wheel: Path, folder: Path) -> None:
        self.venv, self.work = folder / "venv", folder / "work"
        self.work.mkdir()
        venv.create(self.venv)
        (packages,) = self.venv.glob("**/site-packages")
        pip = [sys.executable, "-m", "pip", "--python", str(self.venv / "bin" / "python"), "install", "--quiet"]
        subprocess.run([*pip, "--no-index", "--no-deps", str(wheel)], check=True, capture_output=True, text=True)
        (own,) = metadata.distributions(name="vademecum", path=[str(packages)])
        for name in _required(own):
            _link(name, packages)

    def run(self, *command: str, folder: str = ".") -> subprocess.CompletedProcess[str]:
        """Run a command of the environment in a folder below `work`."""
        hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
        environment = {key: value for key, value in os.environ.items() if key not in hidden}
        environment["PATH"] = os.pathsep.join((str(self.venv / "bin"), os.environ["PATH"]))
        program = str(self.venv / "bin" / command[0])
        return subprocess.run(
            [program, *command[1:]],
            cwd=self.work / folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


def _required(distribution: metadata.Distribution) -> set[str]:
    """The names of all packages that it requires, directly or through others, without extras that nobody asks for."""
    found: set[str] = set()
    waiting: list[tuple[metadata.Distribution, str]] = [(distribution, "")]
    while waiting:
        asking, extra = waiting.pop()
        for line in asking.requires or ():
            needed = Requirement(line)
            name = canonicalize_name(needed.name)
            if needed.marker and not needed.marker.evaluate({"extra": extra}):
                continue
            for wanted in ("", *needed.extras):
                if f"{name}[{wanted}]" not in found:
                    found.add(f"{name}[{wanted}]")
                    waiting.append((metadata.distribution(name), wanted))
    return {name.partition("[")[0] for name in found}


def _link(name: str, packages: Path) -> None:
    """Let a package of this Python be found in another place too."""
    own = Path(sysconfig.get_path("purelib"))
    tops = {
        file.parts[0] for file in metadata.distribution(name).files or () if file.parts[0] not in ("..", "__pycache__")
    }
    for top in tops:
        if not (packages / top).exists():
            (packages / top).symlink_to(own / top)
