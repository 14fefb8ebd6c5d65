"""How a new site names the version of this program that builds it: the very one that made the site."""

import hashlib
import json
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

WHEELS = "wheels"


def requirement(installed: Distribution, file: str) -> dict[str, bytes]:
    """A requirements file for pip, and the wheel beside it where this program was installed from a wheel's file.

    pip writes down where it had a package from unless an index gave it (PEP 610). A package of the same name in an
    index could be another one, so that a wheel from elsewhere goes along.

    Args:
        installed: this program as it is installed.
        file: path of the requirements file below the site's folder.

    Returns:
        One or two files by their paths.
    """
    origin: dict[str, Any] = json.loads(installed.read_text("direct_url.json") or "{}")
    url = str(origin.get("url", ""))
    if wheel := _wheel(url, origin.get("archive_info") or {}):
        name, data = wheel
        return {file: f"./{WHEELS}/{name}\n".encode(), f"{WHEELS}/{name}": data}
    if "vcs_info" in origin:
        vcs = origin["vcs_info"]
        return {file: f"{installed.name} @ {vcs['vcs']}+{url}@{vcs['commit_id']}\n".encode()}
    if "archive_info" in origin and url.startswith("https:"):
        return {file: f"{installed.name} @ {url}\n".encode()}
    exactly = f"{installed.name}=={installed.version}\n"
    if origin:
        where = "a folder" if "dir_info" in origin else "a file that is gone"
        exactly = f"# It was installed from {where}: name a wheel here where no index has this version.\n{exactly}"
    return {file: exactly.encode()}


def _wheel(url: str, archive: dict[str, Any]) -> tuple[str, bytes] | None:
    """Name and bytes of the wheel that pip installed, if it still lies where it did, unchanged."""
    parts = urlsplit(url)
    path = Path(url2pathname(parts.path))
    if parts.scheme != "file" or path.suffix != ".whl" or not path.is_file():
        return None
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != archive.get("hashes", {}).get("sha256"):
        return None
    return path.name, data
