"""Zip, gzip and wheel files whose bytes depend on their contents alone.

The wheel is put together here rather than by a build backend: a backend would have to be installed, would
want a `pyproject.toml` of its own for `calculators`, and would pack with the host's zlib. A pure wheel is a
zip with three small files added, and one test gives it to pip.
"""

import base64
import csv
import gzip
import hashlib
import io
import zipfile
from collections.abc import Mapping

# The oldest date that a zip can hold.
DATE = (1980, 1, 1, 0, 0, 0)
WHEEL_PROJECT = "vademecum-calculators"


def write_zip(entries: Mapping[str, bytes], *, packed: bool) -> bytes:
    """A zip of `entries` (name -> contents) in the order given, with one date, one mode and no extra fields.

    Args:
        entries: file names with forward slashes, and their contents.
        packed: deflate the contents; otherwise they are stored.
    """
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name, DATE)
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            info.compress_type = method
            archive.writestr(info, data, compresslevel=9)
    return out.getvalue()


def write_gzip(data: bytes) -> bytes:
    """`data` gzipped at the highest level, without a date or a file name in the header."""
    return gzip.compress(data, 9, mtime=0)


def write_wheel(files: Mapping[str, bytes], version: str, python: str) -> bytes:
    """A pure wheel of the project `vademecum-calculators`.

    Args:
        files: what it installs, path -> contents.
        version: the project's version (PEP 440).
        python: the `Requires-Python` of its metadata, such as `>=3.12`.

    Returns:
        The wheel; its file name is the caller's matter.
    """
    info = f"{WHEEL_PROJECT.replace('-', '_')}-{version}.dist-info"
    metadata = (
        f"Metadata-Version: 2.1\nName: {WHEEL_PROJECT}\nVersion: {version}\n"
        "Summary: The engine of Vademecum: decision tables and formulas of clinical guidelines\n"
        f"License: MIT\nRequires-Python: {python}\n"
    )
    wheel = "Wheel-Version: 1.0\nGenerator: vademecum\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    entries = dict(sorted(files.items()))
    entries[f"{info}/METADATA"] = metadata.encode()
    entries[f"{info}/WHEEL"] = wheel.encode()
    record = f"{info}/RECORD"
    entries[record] = _record(entries, record)
    return write_zip(entries, packed=True)


def _record(entries: Mapping[str, bytes], own_name: str) -> bytes:
    """The RECORD file of a wheel: name, hash and size of each file, its own line without the last two."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for name, data in entries.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode("ascii")
        writer.writerow((name, f"sha256={digest}", len(data)))
    writer.writerow((own_name, "", ""))
    return text.getvalue().encode()
