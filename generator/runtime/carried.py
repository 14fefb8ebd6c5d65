"""Files that travel in a page, or in scripts beside it, since nothing can be fetched from `file://`.

Each is base85 of gzip, and known by the SHA-256 of its unpacked bytes; `Carried` in `messages.js` says how a page takes
them. The hashes that a page vouches for are the same as on the site, and the worker checks them in the same place.
"""

import gzip
from base64 import b85encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.runtime.manifest import RuntimeManifest, sha256

INERT = str.maketrans("&<>", ".,:")
"""RFC 1924's alphabet without what could mean something in a page; base85.js has the same."""


@dataclass(frozen=True)
class CarriedFile:
    """One file.

    Attributes:
        name: what it is called in a file name, such as `wasm`.
        data: its bytes.
        packed: the same as gzip, where that is there already; empty where it is not.
    """

    name: str
    data: bytes
    packed: bytes = b""

    @cached_property
    def sha256(self) -> str:
        """Of its bytes, hexadecimal: what a page asks for it by."""
        return sha256(self.data)

    @cached_property
    def text(self) -> str:
        """Base85 of gzip; the same bytes give the same text."""
        packed = self.packed or gzip.compress(self.data, compresslevel=9, mtime=0)
        return b85encode(packed).decode().translate(INERT)

    @property
    def file(self) -> str:
        """The name of the script that hands it over."""
        return f"{self.name}.{self.sha256[:12]}.js"

    @property
    def script(self) -> bytes:
        """The text of that script."""
        return f'Vademecum.carry("{self.sha256}","{self.text}");\n'.encode()


@dataclass(frozen=True, slots=True)
class Carried:
    """All that travels with a site or a file.

    Attributes:
        manifest: the runtime's.
        worker: the script of the worker that takes carried files.
        runtime: the manifest as a file, and the files that it lists.
        payloads: the guidelines' data, by their ids.
    """

    manifest: RuntimeManifest
    worker: CarriedFile
    runtime: tuple[CarriedFile, ...]
    payloads: Mapping[str, CarriedFile]

    @property
    def files(self) -> tuple[CarriedFile, ...]:
        """Every file, the worker first."""
        return (self.worker, *self.runtime, *self.payloads.values())

    def config(
        self, guidelines: Sequence[str], failures: Mapping[str, str], address: Callable[[CarriedFile], str]
    ) -> dict[str, Any]:
        """What a page tells its scripts: `Config` in messages.js.

        Args:
            guidelines: the ids of those whose data the page needs.
            failures: why Python can be unavailable, in words.
            address: where the page finds the script of a file; empty for one that stands in the page.
        """
        payloads = {name: self.payloads[name] for name in guidelines}
        needed = (self.worker, *self.runtime, *payloads.values())
        return {
            "worker": "",
            "manifest": {
                "url": self.manifest.file,
                "size": self.manifest.size,
                "sha256": self.manifest.sha256,
            },
            "bytes": self.manifest.transfer,
            "failures": dict(failures),
            "payloads": [
                {"guideline": name, "url": f"{name}.json", "size": len(file.data), "sha256": file.sha256}
                for name, file in payloads.items()
            ],
            "carried": {"worker": self.worker.sha256, "files": {file.sha256: address(file) for file in needed}},
        }


def carry(folder: Path, manifest: RuntimeManifest, worker: bytes, payloads: Mapping[str, str]) -> Carried:
    """Pack what a page needs.

    Args:
        folder: where the files of the manifest are.
        manifest: the list of them.
        worker: the script of the worker.
        payloads: the guidelines' data as JSON, by their ids.
    """
    files = [CarriedFile("manifest", manifest.to_json().encode())]
    for file in manifest.files:
        data = (folder / file.file).read_bytes()
        files.append(
            CarriedFile(file.role, gzip.decompress(data), data) if file.packed else CarriedFile(file.role, data)
        )
    own = {name: CarriedFile(f"payload-{name}", text.encode()) for name, text in payloads.items()}
    return Carried(manifest, CarriedFile("worker", worker), tuple(files), own)
