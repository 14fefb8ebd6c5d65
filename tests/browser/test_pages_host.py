"""The server that stands in for GitHub Pages answers as Pages does, and its faults are those that a test asks for."""

import gzip
import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages_host import PagesHost

FILES = {
    "index.html": b"<p>home</p>",
    "404.html": b"<p>lost</p>",
    "guide/index.html": b"<p>guide</p>",
    "guide/plain.html": b"<p>plain</p>",
    "assets/site.css": b"p { color: red }",
    "assets/python.wasm": b"\0asm" * 20,
    "assets/python.wasm.gz": gzip.compress(b"\0asm" * 20),
    "assets/engine.whl": b"PK",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small site."""
    for name, data in FILES.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "secret.txt").write_text("outside")
    return tmp_path / "site"


@pytest.fixture
def host(folder: Path) -> Iterator[PagesHost]:
    """The small site, published."""
    with PagesHost(folder) as made:
        yield made


def ask(host: PagesHost, path: str, method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Status, headers and body of one answer, nothing unpacked and no redirection followed."""
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=10)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/some-repo/", 200, b"<p>home</p>"),
        ("/some-repo/?utm=1", 200, b"<p>home</p>"),
        ("/some-repo/index.html", 200, b"<p>home</p>"),
        ("/some-repo/guide/", 200, b"<p>guide</p>"),
        ("/some-repo/guide/plain", 200, b"<p>plain</p>"),
        ("/some-repo/guide/absent", 404, b"<p>lost</p>"),
        ("/some-repo/a/b/c/d/", 404, b"<p>lost</p>"),
        ("/some-repo/%2e%2e/secret.txt", 404, b"<p>lost</p>"),
        ("/another-repo/", 404, b""),
        ("/", 404, b""),
    ],
)
def test_an_address_gets_what_pages_gives(host: PagesHost, path: str, status: int, body: bytes) -> None:
    """Files, folders, pages without their ending, what is not there, and what is another site's."""
    assert ask(host, path)[::2] == (status, body)


@pytest.mark.parametrize(("path", "to"), [("/some-repo", "/some-repo/"), ("/some-repo/guide", "/some-repo/guide/")])
def test_a_folder_without_its_slash_is_redirected(host: PagesHost, path: str, to: str) -> None:
    """A folder's address without the slash at its end leads to the one with it."""
    status, headers, _ = ask(host, path)
    assert (status, headers["Location"]) == (301, to)


@pytest.mark.parametrize(
    ("name", "compressed"),
    [
        ("index.html", True),
        ("assets/site.css", True),
        ("assets/python.wasm", True),
        ("assets/python.wasm.gz", False),
        ("assets/engine.whl", False),
    ],
)
def test_text_is_compressed_and_archives_are_not(host: PagesHost, name: str, compressed: bool) -> None:
    """Pages compresses by type, for who takes it; what is packed already goes out as it is, with no encoding."""
    _, headers, body = ask(host, f"/some-repo/{name}", Accept_Encoding="gzip")
    assert (headers["Content-Encoding"] == "gzip") is compressed
    assert (gzip.decompress(body) if compressed else body) == FILES[name]
    assert ask(host, f"/some-repo/{name}")[2] == FILES[name]


def test_only_the_headers_of_pages_are_sent(host: PagesHost) -> None:
    """Ten minutes in the cache, a tag and a date; no policy, nothing that a site would have to be granted."""
    _, headers, body = ask(host, "/some-repo/")
    assert headers["Cache-Control"] == "max-age=600"
    assert set(headers) == {
        "Server", "Date", "Access-Control-Allow-Origin", "Cache-Control", "ETag", "Last-Modified", "Vary",
        "Content-Type", "Content-Length",
    }  # fmt: skip
    assert ask(host, "/some-repo/", "HEAD")[2] == b""
    assert int(headers["Content-Length"]) == len(body)


def test_who_has_the_file_is_told_so_until_the_next_edition(host: PagesHost, folder: Path) -> None:
    """A tag or a date of this edition gets 304; after a new publication, even of the same bytes, the file again."""
    _, headers, _ = ask(host, "/some-repo/", Accept_Encoding="gzip")
    tag, date = headers["ETag"], headers["Last-Modified"]
    assert tag.startswith("W/")
    assert ask(host, "/some-repo/", If_None_Match=tag)[0] == 304
    assert ask(host, "/some-repo/", If_Modified_Since=date)[0] == 304
    assert ask(host, "/some-repo/", If_Modified_Since="yesterday")[0] == 200
    host.publish(folder)
    assert ask(host, "/some-repo/", If_None_Match=tag)[0] == 200
    assert ask(host, "/some-repo/", If_Modified_Since=date)[0] == 200


def test_the_next_edition_is_another_folder(host: PagesHost, tmp_path: Path) -> None:
    """After a publication the same addresses answer from the new folder only."""
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / "index.html").write_text("<p>second</p>")
    host.publish(tmp_path / "second")
    assert ask(host, "/some-repo/")[2] == b"<p>second</p>"
    assert ask(host, "/some-repo/guide/")[::2] == (404, b"")


def test_faults_are_those_asked_for(host: PagesHost) -> None:
    """One file is damaged, cut off or gone, and the others are whole."""
    path, whole = "/some-repo/assets/engine.whl", FILES["assets/engine.whl"]
    host.faults["engine"] = "corrupt"
    assert ask(host, path)[2] == whole[:-1] + bytes([whole[-1] ^ 1])
    host.faults["engine"] = "missing"
    assert ask(host, path)[::2] == (404, FILES["404.html"])
    host.faults["engine"] = "cut"
    with pytest.raises(http.client.IncompleteRead):
        ask(host, path)
    assert ask(host, "/some-repo/assets/site.css")[2] == FILES["assets/site.css"]
    host.faults.clear()
    assert ask(host, path)[2] == whole


def test_a_stopped_host_refuses_and_comes_back(host: PagesHost) -> None:
    """Without the host a connection is refused; started again, it answers at the same address."""
    before = host.url
    host.stop()
    host.stop()
    with pytest.raises(ConnectionRefusedError):
        ask(host, "/some-repo/")
    host.start()
    assert host.url == before
    assert ask(host, "/some-repo/")[0] == 200


def test_a_custom_domain_is_the_root(folder: Path) -> None:
    """With `/` as its base the site begins at the root of the host."""
    with PagesHost(folder, base="/") as host:
        assert ask(host, "/guide/")[::2] == (200, b"<p>guide</p>")
        assert ask(host, "/guide")[1]["Location"] == "/guide/"
