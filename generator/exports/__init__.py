"""The forms that a guideline takes beside the site: `vademecum export FORMAT` makes them.

A format is a function from a request to the files that it has written; `FORMATS` names them all. The libraries of a
format are imported when it is asked for, so that the other commands do without them.
"""

import difflib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator import languages, report
from generator.checks import check_folder
from generator.exports.failure import ExportError
from generator.findings import has_errors
from generator.load import guideline_folders
from generator.models.guideline import Guideline

if TYPE_CHECKING:
    from generator.exports.edition import Edition
    from generator.exports.markdown_files import Written

__all__ = ["FORMATS", "ExportError", "Request", "export", "write_pages"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be made, and of what.

    Attributes:
        config_file: the site's mkdocs.yml.
        content: the folder of the guidelines.
        out: the folder for the files; made when it is not there.
        site_url: where the site stands; empty when mkdocs.yml does not say.
        directory_urls: whether the addresses of the site end in `/` and not in `.html`.
        only: the id of the one guideline to export; all when absent.
        python: whether a single file carries Python for its calculators.
        language: the editions in this language; each guideline in its own when empty.
    """

    config_file: Path
    content: Path
    out: Path
    site_url: str = ""
    directory_urls: bool = True
    only: str | None = None
    python: bool = True
    language: str = ""

    def guidelines(self) -> tuple[Guideline, ...]:
        """The guidelines that were asked for, checked.

        Raises:
            ExportError: there is none, the one that was asked for is not there, or the checks found an error.
        """
        folders = {folder.name: folder for folder in guideline_folders(self.content)}
        if not folders:
            raise ExportError(f"no guideline found: expected {self.content}/NAME/guideline.yaml")
        if self.only is not None and self.only not in folders:
            near = difflib.get_close_matches(self.only, folders, 1)
            hint = f"did you mean '{near[0]}'?" if near else "known: " + ", ".join(folders)
            raise ExportError(f"expected the id of a guideline, found '{self.only}'\n  hint: {hint}")
        asked = [self.only] if self.only is not None else list(folders)
        checked = [check_folder(folders[name], os.path.relpath(folders[name])) for name in asked]
        findings = [found for _, own in checked for found in own]
        if has_errors(findings):
            raise ExportError(f"the guidelines have errors; nothing was exported\n{report.text(findings)}")
        loaded = [guideline for guideline, _ in checked if guideline is not None]
        found = languages.of(loaded, self.language, originals=not self.language).all
        if not found:
            known = sorted({item.meta.language for item in languages.of(loaded).all})
            hint = f"known: {', '.join(known)}"
            raise ExportError(f"expected the language of an edition, found '{self.language}'\n  hint: {hint}")
        return found

    def edition(self, guideline: Guideline) -> "Edition":
        """What an export of a guideline says of itself."""
        from generator.exports import edition  # noqa: PLC0415

        return edition.of(guideline, self.site_url, directory_urls=self.directory_urls)


def _pdf(request: Request) -> list[Path]:
    """A PDF of each guideline."""
    from generator.exports import pdf  # noqa: PLC0415

    return _each(request, pdf.render, "pdf")


def _epub(request: Request) -> list[Path]:
    """An EPUB of each guideline."""
    from generator.exports import epub  # noqa: PLC0415

    return _each(request, epub.render, "epub")


def _folder(request: Request) -> list[Path]:
    """A zip of the whole site, to be unpacked and opened from `file://`."""
    from generator.exports import folder  # noqa: PLC0415

    request.guidelines()  # what is wrong with them is said here as for every other format
    return [folder.write(request.config_file, request.out, request.edition, request.only or "", request.language)]


def _single_file(request: Request) -> list[Path]:
    """One HTML file of each guideline."""
    from generator.carried_site import SiteError, parts  # noqa: PLC0415
    from generator.exports import single_file  # noqa: PLC0415

    request.guidelines()
    try:
        found = parts(request.config_file, only=request.only or "", language=request.language, python=request.python)
    except SiteError as error:
        raise ExportError(str(error)) from error
    ending = "html" if request.python else "static.html"
    return _each(
        request, lambda guideline, edition: single_file.render(guideline, edition, found.themes, found.carried), ending
    )


FORMATS: dict[str, Callable[[Request], list[Path]]] = {
    "folder": _folder,
    "single-file": _single_file,
    "pdf": _pdf,
    "epub": _epub,
}
"""Every format by the name that the command takes."""


def export(form: str, request: Request) -> list[Path]:
    """Make one form of the guidelines that were asked for.

    Args:
        form: a name of `FORMATS`.
        request: what is to be made.

    Returns:
        The files that were written.

    Raises:
        ExportError: a guideline, a package or a library of the system is not as it should be, or a file could not
            be written; the message says what to do.
    """
    try:
        return FORMATS[form](request)
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    except OSError as error:
        raise ExportError(f"{error.filename or request.out}: {error.strerror or error}") from error


def write_pages(request: Request) -> "Written":
    """The pages of the guidelines that were asked for as Markdown files, with a mkdocs.yml that builds them.

    Raises:
        ExportError: as `export`; or a file is in the way.
    """
    try:
        from generator.exports.markdown_files import write  # noqa: PLC0415

        return write([(guideline, request.edition(guideline)) for guideline in request.guidelines()], request.out)
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    except OSError as error:
        raise ExportError(f"{error.filename or request.out}: {error.strerror or error}") from error


def _missing(error: ModuleNotFoundError) -> ExportError:
    return ExportError(
        f"this export needs the Python package '{error.name}', which is not installed\n"
        "  hint: 'make export' installs what it needs; by hand: pip install 'vademecum[print]'"
    )


def _each(request: Request, render: Callable[..., bytes], ending: str) -> list[Path]:
    """One file a guideline; each is written whole, or not at all."""
    written = []
    for guideline in request.guidelines():
        own = request.edition(guideline)
        made = render(guideline, own)
        request.out.mkdir(parents=True, exist_ok=True)
        target = request.out / f"{own.file_name}.{ending}"
        draft = target.with_name(f".{target.name}-writing")
        draft.write_bytes(made)
        draft.replace(target)
        written.append(target)
    return written
