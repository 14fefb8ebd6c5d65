"""The engine's source as it was at one moment: a build must not mix two states of files being edited."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.runtime.manifest import sha256

PACKAGE = "calculators"


@dataclass(frozen=True, slots=True)
class Engine:
    """The source of the package `calculators`.

    Attributes:
        sources: path inside the package, with forward slashes -> the file's bytes; only `.py` files, since
            bytecode that lies about in the folder is another Python's.
    """

    sources: Mapping[str, bytes]

    @property
    def version(self) -> str:
        """Its `__version__`, read without importing it; `0` when it has none."""
        for entry in ast.parse(self.sources.get("__init__.py", b"")).body:
            match entry:
                case ast.Assign(targets=[ast.Name(id="__version__")], value=ast.Constant(value=str(version))):
                    return version
        return "0"

    @property
    def fingerprint(self) -> list[str]:
        """Names and hashes of its files."""
        return [text for name, data in self.sources.items() for text in (name, sha256(data))]

    def imports(self) -> list[str]:
        """Every absolute import in the source, also those inside functions, and its own modules last.

        A module that is imported only when a function runs would be trimmed away if no request reached it.
        """
        outside: set[str] = set()
        for name, data in self.sources.items():
            for entry in ast.walk(ast.parse(data, filename=name)):
                if isinstance(entry, ast.Import):
                    outside.update(alias.name for alias in entry.names)
                elif isinstance(entry, ast.ImportFrom) and entry.level == 0 and entry.module:
                    outside.add(entry.module)
        own = {".".join((PACKAGE, *Path(name).with_suffix("").parts)) for name in self.sources}
        return [
            *sorted(name for name in outside if name.partition(".")[0] != PACKAGE),
            *sorted(name.removesuffix(".__init__") for name in own),
        ]

    def write(self, folder: Path) -> None:
        """Write the package into `folder`, as `folder/calculators/`."""
        for name, data in self.sources.items():
            target = folder / PACKAGE / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def read_engine(folder: Path) -> Engine:
    """Read the package folder `calculators`.

    Raises:
        FileNotFoundError: it holds no `bridge.py`.
    """
    sources = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.py"))}
    if "bridge.py" not in sources:
        raise FileNotFoundError(f"{folder / 'bridge.py'}: the engine's package folder is expected")
    return Engine(sources)
