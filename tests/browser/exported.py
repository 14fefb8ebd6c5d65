"""The exports that are opened from `file://`, made once, and the addresses of their pages."""

import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pages_of_site import GUIDELINE

from generator.cli import main

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Exports:
    """What was exported.

    Attributes:
        folder: the unpacked archive: `index.html` and `site`.
        file: the single file.
        static: the single file without Python.
    """

    folder: Path
    file: Path
    static: Path

    def at(self, form: str, address: str) -> str:
        """The address of a page of the site, such as `calculators/x/`, in one of the forms."""
        if form == "folder":
            return (self.folder / "site" / GUIDELINE / f"{address.rstrip('/') or 'index'}.html").as_uri()
        return f"{getattr(self, form).as_uri()}#{address}"


def export_all(out: Path) -> Exports:
    """Make the three exports of this repository's guideline by the command, as an author would."""
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        for form in (["folder"], ["single-file"], ["single-file", "--no-python"]):
            assert main(["export", *form, "-o", str(out)]) == 0
    finally:
        os.chdir(before)
    (archive,) = out.glob("*-folder.zip")
    (static,) = out.glob("*.static.html")
    (file,) = set(out.glob("*.html")) - {static}
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(out / "unpacked")
    (folder,) = (out / "unpacked").iterdir()
    return Exports(folder, file, static)
