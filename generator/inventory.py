"""What a built site consists of: every file by its hash, the edition as a whole, and what a device needs of it.

A reader's device keeps an edition whole or not at all, so it must be able to tell what belongs to one and whether each
byte of it is right. Two files say so: the long one lists the files, the short one names the long one by its hash, so
that asking whether there is a new edition costs a few hundred bytes.
"""

import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from generator.models.guideline import Metadata
from generator.runtime import RuntimeManifest

# Changes when the scripts must read the two files in another way; store.js has the same number.
SCHEMA = 1

INVENTORY = "inventory.json"
EDITION = "edition.json"

Need = Literal["reading", "kept", "never"]
"""When a device keeps a file: with the reading pages, when all is kept for offline use, or never."""

NEVER = re.compile(
    r".*\.(map|pdf|epub|txt)|.*/card\.png|(.*/)?sitemap\.xml(\.gz)?|schema/v[0-9]+/[a-z]+\.json"
    r"|CNAME|sw\.js|inventory\.json|edition\.json"
)
"""What no page asks for, and what only makes sense fresh from the network."""

SEARCH_INDEX = re.compile(r"assets/vademecum/search-(?P<id>.+)\.\w+\.js")
"""What a search of one guideline loads."""

COMPRESSED_ANYWAY = {".gz", ".zip", ".whl", ".png", ".jpg", ".jpeg", ".webp", ".woff2"}
LARGEST_READING = 1_000_000
"""Bytes as transferred; a larger file waits until the reader asks for all, whatever it is."""


@dataclass(frozen=True, slots=True)
class RuntimePart:
    """What is known of a file of the browser's Python beside its bytes.

    Attributes:
        transfer: bytes that the network carries.
        also: SHA-256 of the unpacked bytes, since some servers unpack `.gz` files on the way; None if not packed.
    """

    transfer: int
    also: str | None = None


def runtime_parts(manifest: RuntimeManifest, folder: str) -> dict[str, RuntimePart]:
    """The files of the browser's Python that a page loads, by their path; `folder` is theirs."""
    parts = {f"{folder}/{manifest.file}": RuntimePart(len(zlib.compress(manifest.to_json().encode(), 6)))}
    for file in manifest.files:
        parts[f"{folder}/{file.file}"] = RuntimePart(file.transfer, file.raw_sha256 if file.packed else None)
    return parts


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file of the site.

    Attributes:
        path: from the site's root, such as `x/sections/y/index.html`.
        size: bytes on disk.
        sha256: of these bytes, hexadecimal.
        transfer: bytes that the network carries, as far as one can tell: hosts compress text.
        guideline: id of the edition that it belongs to (`x`, in another language `x.en`); empty for what all share.
        need: when a device keeps it.
        also: the SHA-256 of what some servers make of it, see `RuntimePart`.
    """

    path: str
    size: int
    sha256: str
    transfer: int
    guideline: str
    need: Need
    also: str | None = None


@dataclass(frozen=True, slots=True)
class GuidelineEdition:
    """What a reader must know about a guideline that is on the device; dates are ISO 8601."""

    id: str
    title: str
    edition: str
    version: str
    updated: str
    review_due: str


@dataclass(frozen=True)
class Inventory:
    """A built site."""

    guidelines: tuple[GuidelineEdition, ...]
    files: tuple[SiteFile, ...]

    @cached_property
    def text(self) -> str:
        """The long file, one line a file of the site; the same bytes for the same site."""
        head = {"schema": SCHEMA, "guidelines": [asdict(item) for item in self.guidelines]}
        rows = [{key: value for key, value in asdict(item).items() if value is not None} for item in self.files]
        lines = ",\n".join(_json(row) for row in rows)
        return f'{_json(head)[:-1]},"files":[\n{lines}\n]}}\n'

    @property
    def sha256(self) -> str:
        """The hash of the long file."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def edition(self) -> str:
        """The edition's id: it changes with any byte of any file."""
        return self.sha256[:16]

    @property
    def head(self) -> str:
        """The short file: the edition, the hash of the long file, and what keeping all of it costs."""
        kept = [item for item in self.files if item.need != "never"]
        return (
            _json(
                {
                    "schema": SCHEMA,
                    "edition": self.edition,
                    "inventory": self.sha256,
                    "transfer": sum(item.transfer for item in kept),
                    "size": sum(item.size for item in kept),
                }
            )
            + "\n"
        )

    def write(self, folder: Path) -> None:
        """Put both files into the site."""
        (folder / INVENTORY).write_text(self.text, encoding="utf-8", newline="\n")
        (folder / EDITION).write_text(self.head, encoding="utf-8", newline="\n")


def take(
    folder: Path,
    guidelines: Sequence[Metadata],
    runtime: Mapping[str, RuntimePart] | None = None,
    folders: Mapping[str, str] | None = None,
) -> Inventory:
    """Read every file of a built site.

    Args:
        folder: the site's folder, when all else is written; an inventory of an earlier build there does not count.
        guidelines: of the site.
        runtime: the files that the browser's Python is made of, by their path.
        folders: the folder of each edition's pages and its id; each id is its own folder when absent.
    """
    editions = tuple(
        GuidelineEdition(
            id=meta.id,
            title=meta.short_title,
            edition=meta.edition,
            version=meta.version,
            updated=meta.updated.isoformat(),
            review_due=meta.review_due.isoformat(),
        )
        for meta in guidelines
    )
    ids = folders if folders is not None else {item.id: item.id for item in editions}
    files = []
    for place in sorted(folder.rglob("*"), key=lambda item: item.relative_to(folder).as_posix()):
        path = place.relative_to(folder).as_posix()
        if place.is_file() and path not in {INVENTORY, EDITION} and not path.startswith("."):
            files.append(_describe(path, place.read_bytes(), ids, runtime or {}))
    return Inventory(editions, tuple(files))


def _describe(path: str, data: bytes, ids: Mapping[str, str], runtime: Mapping[str, RuntimePart]) -> SiteFile:
    of_search = SEARCH_INDEX.fullmatch(path)
    first, _, rest = path.partition("/")
    found = of_search["id"] if of_search else ids.get(first) or ids.get(f"{first}/{rest.partition('/')[0]}", "")
    known = runtime.get(path)
    need = _need(path, runtime)
    transfer = known.transfer if known else _transfer(path, data, need)
    return SiteFile(
        path=path,
        size=len(data),
        sha256=sha256(data).hexdigest(),
        transfer=transfer,
        guideline=found if found in ids.values() else "",
        need="kept" if need == "reading" and transfer > LARGEST_READING else need,
        also=known.also if known else None,
    )


def _need(path: str, runtime: Mapping[str, RuntimePart]) -> Need:
    if NEVER.fullmatch(path):
        return "never"
    if path in runtime or path.endswith("/payload.json"):
        return "kept"
    return "never" if path.startswith("assets/vademecum/runtime/") else "reading"


def _transfer(path: str, data: bytes, need: Need) -> int:
    """Bytes on the network: text travels compressed. What no device fetches is not worth compressing here."""
    if need == "never" or Path(path).suffix in COMPRESSED_ANYWAY:
        return len(data)
    return len(zlib.compress(data, 6))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
