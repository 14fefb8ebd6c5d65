"""The imprint of an export: which edition it is, what it holds, who has reviewed it, where a newer one would be.

Every export says the same of itself, through the macro of `templates/print/_imprint.html.j2`.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from generator import citations, pages, payload
from generator.models.guideline import Guideline, Metadata
from generator.words import for_language

SHOWN_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Edition:
    """What an export says of itself.

    Attributes:
        meta: the guideline's metadata.
        content_hash: sha256 of all that the guideline's pages and payload hold, in hexadecimal digits.
        online: the address of the guideline's folder, with a slash at its end; empty when the site has none.
        directory_urls: whether the addresses of the site end in `/` and not in `.html`.
        translated: whether it is a translation; its file is named with its language.
    """

    meta: Metadata
    content_hash: str
    online: str
    directory_urls: bool = True
    translated: bool = False

    @property
    def short_hash(self) -> str:
        """The digits of the hash that are printed."""
        return self.content_hash[:SHOWN_DIGITS]

    @property
    def file_name(self) -> str:
        """What the files of this edition are called, without the ending."""
        safe = "".join(char if char.isalnum() or char in "-._" else "-" for char in self.meta.edition)
        return f"{self.meta.id}-{safe}" + (f".{self.meta.language}" if self.translated else "")

    @property
    def made(self) -> datetime:
        """The date of the content, which every export bears in place of its own: the same content, the same bytes."""
        day = self.meta.updated
        return datetime(day.year, day.month, day.day, tzinfo=UTC)

    @property
    def home(self) -> str:
        """The address of the guideline's first page online; empty when there is no site."""
        return self.page("index.md")

    @property
    def running(self) -> str:
        """The line for the foot of every page."""
        words = for_language(self.meta.language)
        parts = [
            f"{words['edition']} {self.meta.edition}",
            f"{words['version']} {self.meta.version}{words['brackets'].format(text=self.meta.updated)}",
            f"{words['content_hash']} {self.short_hash}",
        ]
        parts += [] if self.meta.reviewed.by else [words["reviewed_none"]]
        return words["semicolon"].join(parts)

    def page(self, uri: str) -> str:
        """The address of a page online, from its file such as `sections/diagnosis.md`; empty when there is no site."""
        if not self.online:
            return ""
        path = uri.removesuffix(".md")
        if path == "index":
            return self.online if self.directory_urls else f"{self.online}index.html"
        return f"{self.online}{path}{'/' if self.directory_urls else '.html'}"

    def lines(self) -> tuple[tuple[str, Sequence[str]], ...]:
        """The imprint: each line a label and one or more sentences."""
        meta, words = self.meta, for_language(self.meta.language)
        review = meta.reviewed
        by = f"{review.by}{words['comma']}{review.on}" if review.by else words["reviewed_none"]
        told_by = [citations.told_by(meta.told_by, meta.language)] if meta.told_by else []
        if meta.told_by and meta.told_by.doi:
            told_by[0] += f" DOI {meta.told_by.doi}"
        lines = [
            (words["guidelines"], [meta.guideline.title]),
            (words["bodies"], [words["listing"].join(meta.guideline.bodies)]),
            (words["told_by"], told_by),
            (words["edition"], [meta.edition]),
            (words["version"], [f"{meta.version}{words['brackets'].format(text=meta.updated)}"]),
            (words["content_hash"], [f"{self.short_hash}{words['brackets'].format(text=words['content_hash_note'])}"]),
            (words["reviewed"], [f"{by}{words['full_stop']}{review.note}"]),
            (words["review_due"], [f"{meta.review_due}"]),
            (words["superseded_by"], [meta.superseded_by] if meta.superseded_by else []),
            (words["newer_edition"], [self.home or words["newer_edition_unknown"]]),
            (words["rights"], meta.rights),
        ]
        return tuple((label, tuple(texts)) for label, texts in lines if texts)


def of(guideline: Guideline, site_url: str = "", *, directory_urls: bool = True) -> Edition:
    """The edition of a guideline.

    Args:
        guideline: a guideline without errors.
        site_url: where the site stands, such as `https://host/path/`; empty when nobody has said.
        directory_urls: how the site's addresses end.
    """
    digest = hashlib.sha256()
    for page in pages.build(guideline):
        for text in (page.uri, page.title, page.markdown):
            digest.update(text.encode() + b"\0")
    digest.update(payload.dump(guideline).encode())
    online = f"{site_url.rstrip('/')}/{guideline.folder}/" if site_url else ""
    return Edition(guideline.meta, digest.hexdigest(), online, directory_urls, guideline.original is not None)
