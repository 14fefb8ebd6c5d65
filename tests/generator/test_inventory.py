"""The inventory of a built site: every file by its hash, the same for the same site, and when a device keeps what."""

import gzip
import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from generator import inventory
from generator.checks import check_folder
from generator.models.guideline import Metadata

ROOT = Path(__file__).parents[2]
STORE = ROOT / "site_overrides" / "assets" / "js" / "offline" / "editions.js"
RUNTIME = "assets/vademecum/runtime"


@pytest.fixture(scope="module")
def meta() -> Metadata:
    """What the tiny guideline, which is in English, says of itself."""
    guideline, findings = check_folder(ROOT / "tests" / "fixtures" / "example-fever", "example-fever")
    assert findings == []
    assert guideline
    return guideline.meta


def write(folder: Path, **files: bytes) -> Path:
    """Put files into a folder, `__` standing for a slash."""
    for name, data in files.items():
        place = folder / name.replace("__", "/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return folder


def test_every_file_is_listed_as_it_is_written(tmp_path: Path, meta: Metadata) -> None:
    """Each file stands in the list in order with its size and hash, and nothing else does; what both say agrees."""
    files = {
        "index.html": b"home",
        "a/b.css": b"p {}",
        "a/ü.html": "ü".encode(),
        ".hidden": b"",
        "edition.json": b"old",
    }
    site = write(tmp_path, **files)
    made = inventory.take(site, [meta])
    made.write(site)
    listed = json.loads((site / "inventory.json").read_text("utf-8"))
    assert [item["path"] for item in listed["files"]] == ["a/b.css", "a/ü.html", "index.html"]
    for item in listed["files"]:
        assert (item["size"], item["sha256"]) == (len(files[item["path"]]), sha256(files[item["path"]]).hexdigest())
    head = json.loads((site / "edition.json").read_text("utf-8"))
    assert head["inventory"] == sha256((site / "inventory.json").read_bytes()).hexdigest()
    assert head["inventory"].startswith(head["edition"])
    assert head["size"] == sum(item["size"] for item in listed["files"])
    assert listed["guidelines"] == [
        {
            "id": meta.id,
            "title": meta.short_title,
            "edition": meta.edition,
            "version": meta.version,
            "updated": meta.updated.isoformat(),
            "review_due": meta.review_due.isoformat(),
        }
    ]


def test_the_same_site_has_the_same_edition_and_another_byte_another(tmp_path: Path, meta: Metadata) -> None:
    """Taken twice the inventory is the same to the byte, its own files of before not counting; one byte changes it."""
    site = write(tmp_path, **{"index.html": b"home", "x/index.html": b"page"})
    first = inventory.take(site, [meta])
    first.write(site)
    second = inventory.take(site, [meta])
    assert (second.text, second.head) == (first.text, first.head)
    write(site, **{"x/index.html": b"pagf"})
    assert inventory.take(site, [meta]).edition != first.edition


@pytest.mark.parametrize(
    ("path", "need"),
    [
        ("index.html", "reading"),
        ("404.html", "reading"),
        ("example-fever/tables/x/index.html", "reading"),
        ("assets/vademecum/search.0123456789ab.js", "reading"),
        ("assets/vademecum/calculator.0123456789ab.js", "reading"),
        ("assets/vademecum/worker.0123456789ab.js", "reading"),
        ("example-fever/payload.json", "kept"),
        (f"{RUNTIME}/python.wasm.gz", "kept"),
        (f"{RUNTIME}/pyodide-lock.json", "never"),
        ("assets/javascripts/bundle.js.map", "never"),
        ("sitemap.xml", "never"),
        ("sitemap.xml.gz", "never"),
        ("sw.js", "never"),
        ("example-fever/guideline.pdf", "never"),
        ("example-fever/card.png", "never"),
        ("schema/v1/statements.json", "never"),
        ("assets/js/vendor/LICENSE.txt", "never"),
    ],
)
def test_a_device_keeps_what_it_needs_when_it_needs_it(tmp_path: Path, meta: Metadata, path: str, need: str) -> None:
    """Reading pages come with a visit, Python and its data with a tap, and what no page asks for never."""
    site = write(tmp_path, **{path.replace("/", "__"): b"x"})
    parts = {f"{RUNTIME}/python.wasm.gz": inventory.RuntimePart(1)}
    [found] = inventory.take(site, [meta], parts).files
    assert (found.path, found.need) == (path, need)
    assert found.guideline == ("example-fever" if path.startswith("example-fever/") else "")


@pytest.mark.parametrize(
    ("path", "guideline"),
    [
        ("assets/vademecum/search-example-fever.0123456789ab.js", "example-fever"),
        ("assets/vademecum/search-dialog.0123456789ab.js", ""),
        ("assets/vademecum/search.0123456789ab.js", ""),
    ],
)
def test_an_index_of_the_search_goes_with_its_guideline(
    tmp_path: Path, meta: Metadata, path: str, guideline: str
) -> None:
    """Who reads one guideline does not fetch what only the search of another needs."""
    site = write(tmp_path, **{path.replace("/", "__"): b"x"})
    assert [item.guideline for item in inventory.take(site, [meta]).files] == [guideline]


@pytest.mark.parametrize(("more", "need"), [(-1, "reading"), (0, "reading"), (1, "kept")])
def test_a_large_file_waits_for_a_tap(tmp_path: Path, meta: Metadata, more: int, need: str) -> None:
    """A picture of a million bytes is read along, one byte more waits until all is kept."""
    site = write(tmp_path, **{"big.png": bytes(inventory.LARGEST_READING + more)})
    assert [item.need for item in inventory.take(site, [meta]).files] == [need]


def test_what_travels_is_estimated(tmp_path: Path, meta: Metadata) -> None:
    """Text counts compressed, what is compressed already as it is, and of Python what its manifest says."""
    site = write(tmp_path, **{"a.html": b"x" * 10_000, "b.png": b"x" * 10_000, "c.wasm.gz": gzip.compress(b"raw")})
    parts = {"c.wasm.gz": inventory.RuntimePart(77, sha256(b"raw").hexdigest())}
    html, png, wasm = inventory.take(site, [meta], parts).files
    assert html.transfer < 100
    assert png.transfer == 10_000
    assert (wasm.transfer, wasm.also) == (77, sha256(b"raw").hexdigest())


def test_the_scripts_read_this_schema() -> None:
    """The number of the schema is the same in the generator and in the script that reads the lists."""
    found = re.search(r"const SCHEMA = (\d+);", STORE.read_text("utf-8"))
    assert found
    assert int(found[1]) == inventory.SCHEMA
