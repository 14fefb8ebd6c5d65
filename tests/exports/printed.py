"""What the tests of the exports ask of a PDF and an EPUB, read with libraries that did not write them."""

import ctypes
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
from pypdfium2 import raw

from generator.exports.edition import Edition
from generator.load import load
from generator.models.guideline import Guideline

SITE = "https://guidelines.example/site/"
XHTML = "{http://www.w3.org/1999/xhtml}"


def loaded(folder: Path) -> Guideline:
    """A guideline without errors."""
    guideline = load(folder).guideline
    assert guideline is not None
    return guideline


def squeezed(text: str) -> str:
    """A text without its spaces and line breaks, which differ from one medium to another.

    PDFium gives a hyphen at the end of a line as a character of its own.
    """
    return re.sub(r"\s", "", re.sub("[\x02\ufffe]", "-", text))


@dataclass(frozen=True)
class Export:
    """An export of a guideline.

    Attributes:
        guideline: the guideline.
        edition: its edition.
        data: the bytes of the file.
    """

    guideline: Guideline
    edition: Edition
    data: bytes


class PrintedPdf(Export):
    """A PDF as PDFium, the reader of Chromium, reads it."""

    @cached_property
    def document(self) -> pypdfium2.PdfDocument:
        """The opened file."""
        return pypdfium2.PdfDocument(self.data)

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The text of every page."""
        return tuple(page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in self.document)

    @cached_property
    def named(self) -> dict[str, int]:
        """Every name that a link may end in, and the number of its page, from 1."""
        found = {}
        for index in range(raw.FPDF_CountNamedDests(self.document)):
            size = ctypes.c_long()
            raw.FPDF_GetNamedDest(self.document, index, None, size)
            buffer = ctypes.create_string_buffer(size.value)
            place = raw.FPDF_GetNamedDest(self.document, index, buffer, size)
            name = buffer.raw.decode("utf-16-le").rstrip("\0")
            found[name] = raw.FPDFDest_GetDestPageIndex(self.document, place) + 1
        return found

    @cached_property
    def language(self) -> str:
        """The language that a screen reader is told."""
        buffer = (ctypes.c_ushort * 50)()
        raw.FPDFCatalog_GetLanguage(self.document, buffer, 100)
        return bytes(buffer).decode("utf-16-le").rstrip("\0")

    @cached_property
    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Level, title and page, from 1, of every bookmark."""
        return [(item.level, item.get_title(), item.get_dest().get_index() + 1) for item in self.document.get_toc()]


class PackedEpub(Export):
    """An EPUB as an archive of XHTML."""

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file by its name, in the archive's order."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def tree(self, name: str) -> ElementTree.Element:
        """A file of the book as a tree."""
        return ElementTree.fromstring(self.files[f"EPUB/{name}"])

    def trees(self) -> Iterator[tuple[str, ElementTree.Element]]:
        """Every page of the book."""
        names = (name.removeprefix("EPUB/") for name in self.files if name.endswith(".xhtml"))
        return ((name, self.tree(name)) for name in names)
