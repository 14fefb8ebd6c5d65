"""The files of a small complete site with a fictional guideline, and how they come into a folder.

`common/` goes into every such site, the folder of a language into those of that language. A name that begins with
`dot.` begins with a dot in the site: under its own name a file here would be taken for this project's.
"""

from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from generator import schema
from generator.starter.requirement import requirement

HERE = Path(__file__).parent
COMMON = "common"
LANGUAGES = ("zh", "en")
REQUIREMENTS = "requirements.txt"


class InTheWayError(Exception):
    """Something stands where the site's files belong; nothing was written.

    Attributes:
        names: what is in the way, as paths below the folder; the folder itself is `.`.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def files(language: str) -> dict[str, bytes]:
    """Every file of the site by its path below the site's folder, with forward slashes.

    Args:
        language: one of `LANGUAGES`.
    """
    found = {
        _name(path.relative_to(HERE / part)): path.read_bytes()
        for part in (COMMON, language)
        for path in sorted((HERE / part).rglob("*"))
        if path.is_file()
    }
    schemas = {f"content/{schema.FOLDER}/{name}": text.encode() for name, text in schema.files()}
    return found | schemas | requirement(metadata.distribution("vademecum"), REQUIREMENTS)


def write(folder: Path, content: Mapping[str, bytes]) -> None:
    """Write a site's files into a folder, which need not be there yet: all of them, or none.

    Raises:
        InTheWayError: one of the names is taken, or the folder is a file.
        OSError: the folder cannot be written to.
    """
    if taken := in_the_way(folder, content):
        raise InTheWayError(taken)
    made: list[Path] = []
    try:
        for name, data in content.items():
            target = folder / name
            for parent in [place for place in _upwards(target.parent) if not place.exists()]:
                parent.mkdir()
                made.append(parent)
            with target.open("xb") as stream:  # what has come there meanwhile is not overwritten either
                made.append(target)
                stream.write(data)
    except BaseException:
        for path in reversed(made):
            path.rmdir() if path.is_dir() else path.unlink()
        raise


def in_the_way(folder: Path, names: Mapping[str, bytes]) -> tuple[str, ...]:
    """What stands where a file, or a folder that it needs, belongs."""
    if not folder.is_dir():
        return (".",) if _stands(folder) else ()
    taken = set()
    for name in names:
        places = [*_upwards(Path(name))]
        first = next((place for place in places if _stands(folder / place) and not (folder / place).is_dir()), None)
        if first or _stands(folder / name):
            taken.add((first or Path(name)).as_posix())
    return tuple(sorted(taken))


def _upwards(path: Path) -> Iterator[Path]:
    """A path and the folders above it, the outermost first."""
    return reversed([path, *path.parents])


def _stands(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _name(path: Path) -> str:
    return "/".join(part.removeprefix("dot") if part.startswith("dot.") else part for part in path.parts)
