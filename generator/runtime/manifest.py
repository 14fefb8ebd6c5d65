"""What a page needs to know to fetch the runtime and to trust it: one small JSON file."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

# Changes when the worker must read the manifest in another way; messages.js has the same number.
SCHEMA = 1

Role = Literal["loader", "glue", "wasm", "library", "engine"]


def sha256(data: bytes) -> str:
    """The SHA-256 of `data`, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def content_name(stem: str, data: bytes, suffix: str) -> str:
    """A file name that changes with the contents: `stem.<12 hex>suffix`."""
    return f"{stem}.{sha256(data)[:12]}{suffix}"


@dataclass(frozen=True, slots=True)
class RuntimeFile:
    """One file that the worker downloads.

    Attributes:
        role: what it is for.
        file: its name, in the folder of the manifest.
        size: bytes on disk.
        sha256: of the file as it lies there, hexadecimal.
        packed: whether it is gzip to be unpacked by the worker.
        raw_size: bytes after unpacking; `size` where it is not packed.
        raw_sha256: of the unpacked bytes; some servers unpack `.gz` files on the way, which is as good.
        transfer: bytes that the network carries; a script is compressed by about every host: its gzip size.
    """

    role: Role
    file: str
    size: int
    sha256: str
    packed: bool
    raw_size: int
    raw_sha256: str
    transfer: int


def runtime_file(
    role: Role, file: str, data: bytes, *, raw: bytes | None = None, transfer: int | None = None
) -> RuntimeFile:
    """Describe a file by its bytes.

    Args:
        role: what it is for.
        file: its name.
        data: the bytes on disk.
        raw: the unpacked bytes, when the file is gzip.
        transfer: bytes on the network, when they differ from those on disk.
    """
    plain = data if raw is None else raw
    return RuntimeFile(
        role=role,
        file=file,
        size=len(data),
        sha256=sha256(data),
        packed=raw is not None,
        raw_size=len(plain),
        raw_sha256=sha256(plain),
        transfer=len(data) if transfer is None else transfer,
    )


@dataclass(frozen=True, slots=True)
class RuntimeManifest:
    """The runtime of one site.

    Attributes:
        pyodide: Pyodide's version.
        python: the version of its Python.
        engine: the version of `calculators`.
        files: what the worker downloads, one file a role.
        lock: the contents of `pyodide-lock.json`, which a notebook reads and the worker hands to Pyodide.
    """

    pyodide: str
    python: str
    engine: str
    files: tuple[RuntimeFile, ...]
    lock: dict[str, Any]

    @property
    def transfer(self) -> int:
        """Bytes that a first visit downloads."""
        return sum(file.transfer for file in self.files)

    def to_json(self) -> str:
        """The text of the manifest file."""
        data = {"schema": SCHEMA, **asdict(self), "transfer": self.transfer}
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "RuntimeManifest":
        """Read a manifest back.

        Raises:
            ValueError: it is of another schema.
        """
        data = json.loads(text)
        if data.pop("schema") != SCHEMA:
            raise ValueError("a manifest of another schema")
        del data["transfer"]
        files = tuple(RuntimeFile(**file) for file in data.pop("files"))
        return cls(files=files, **data)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the manifest file, for the page's configuration."""
        return sha256(self.to_json().encode())

    @property
    def size(self) -> int:
        """Bytes of the manifest file."""
        return len(self.to_json().encode())

    @property
    def file(self) -> str:
        """The name of the manifest file: by content, so that no page reads a manifest of another build."""
        return content_name("manifest", self.to_json().encode(), ".json")
