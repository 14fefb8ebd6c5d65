"""A new site asks pip for the very program that made it."""

import hashlib
import json
from pathlib import Path

import pytest

from generator.starter.requirement import requirement

WHEEL = "vademecum-0.1.0-py3-none-any.whl"
NOTE = "# It was installed from {}: name a wheel here where no index has this version.\nvademecum==0.1.0\n"


class Installed:
    """Stands for what `importlib.metadata` knows of an installed package."""

    name = "vademecum"
    version = "0.1.0"

    def __init__(self, origin: object) -> None:
        self.origin = origin

    def read_text(self, filename: str) -> str | None:
        """The file that pip writes, when there is one."""
        assert filename == "direct_url.json"
        return json.dumps(self.origin) if self.origin else None


@pytest.mark.parametrize(
    ("origin", "text"),
    [
        (None, "vademecum==0.1.0\n"),
        ({"url": "file:///src", "dir_info": {"editable": True}}, NOTE.format("a folder")),
        ({"url": "file:///gone/x.whl", "archive_info": {}}, NOTE.format("a file that is gone")),
        (
            {"url": "https://example.org/x", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "vademecum @ git+https://example.org/x@abc\n",
        ),
        ({"url": "https://example.org/x.whl", "archive_info": {}}, "vademecum @ https://example.org/x.whl\n"),
    ],
    ids=["index", "folder", "gone", "git", "address"],
)
def test_the_origin_is_asked_again(origin: object, text: str) -> None:
    """The requirement names where the program came from: an index, a commit, an address; a folder cannot travel."""
    assert requirement(Installed(origin), "requirements.txt") == {"requirements.txt": text.encode()}  # type: ignore[arg-type]


@pytest.mark.parametrize("changed", [False, True])
def test_a_wheel_from_a_file_goes_along(tmp_path: Path, changed: bool) -> None:
    """The wheel that was installed is put beside the requirements; one that was exchanged since is not."""
    wheel = tmp_path / "a folder" / WHEEL
    wheel.parent.mkdir()
    wheel.write_bytes(b"wheel")
    archive = {"hashes": {"sha256": hashlib.sha256(b"wheel").hexdigest()}}
    if changed:
        wheel.write_bytes(b"another")
    found = requirement(Installed({"url": wheel.as_uri(), "archive_info": archive}), "requirements.txt")  # type: ignore[arg-type]
    expected = {"requirements.txt": f"./wheels/{WHEEL}\n".encode(), f"wheels/{WHEEL}": b"wheel"}
    assert found == ({"requirements.txt": NOTE.format("a file that is gone").encode()} if changed else expected)
