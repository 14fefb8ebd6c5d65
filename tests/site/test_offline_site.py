"""What a built site has for offline use, by its option `offline`, and what live reload has in its place."""

import json
from pathlib import Path

import pytest
from html_tree import read
from mkdocs.commands.build import build
from mkdocs.config import load_config
from site_builder import change, files_of, mkdocs_build

from generator import inventory, offline
from generator.plugin import overrides_folder

OWN = {"sw.js", "manifest.webmanifest", "offline.html", "edition.json", "inventory.json"}
SERVED = "http://127.0.0.1:8000/"


def of_offline(site: Path) -> set[str]:
    """The files of a site that are there for offline use alone."""
    names = set(files_of(site))
    scripts = {name for name in names if name.startswith(("assets/vademecum/offline.", "assets/vademecum/keep."))}
    return (names & OWN) | scripts


def choose(project: Path, option: str) -> Path:
    """Set the option `offline` and build."""
    change(project, "runtime: false", f"runtime: false, offline: {option}")
    return mkdocs_build(project)


def test_a_site_can_be_kept(project: Path) -> None:
    """By default every page has the manifest and the script, three kinds have the control, and all files are listed."""
    site = mkdocs_build(project)
    assert of_offline(site) >= OWN
    with_control = []
    for path in sorted(site.rglob("index.html")):
        page = read(path)
        assert len(page.all("link", rel="manifest")) == 1
        [config] = page.all("script", id="vademecum-offline")
        told = json.loads(config.text())
        assert (path.parent / told["root"] / "sw.js").is_file()
        assert (path.parent / told["keep"]).is_file()
        assert (path.parent / told["style"]).is_file()
        with_control += [path.parent.relative_to(site).as_posix()] * len(page.all("section", kind="vm-keep"))
    assert sorted(with_control) == [".", "example-fever", "example-fever/about"]
    listed = {item["path"] for item in json.loads((site / "inventory.json").read_text("utf-8"))["files"]}
    assert listed == set(files_of(site)) - {"inventory.json", "edition.json"}


def test_the_edition_is_the_same_for_the_same_content(project: Path) -> None:
    """A second build of the same content gives the same inventory; a changed text another edition."""
    first = files_of(mkdocs_build(project))
    second = files_of(mkdocs_build(project))
    assert first["inventory.json"] == second["inventory.json"]
    assert first["edition.json"] == second["edition.json"]
    described = project.parent / "content" / "example-fever" / "guideline.yaml"
    text = described.read_text("utf-8")
    described.write_text(text.replace("summary: ", "summary: Anew. ", 1), encoding="utf-8")
    assert files_of(mkdocs_build(project))["edition.json"] != first["edition.json"]


def test_what_is_listed_is_what_is_written_last(project: Path) -> None:
    """The list agrees with a second look at the finished folder: nothing is written after it."""
    site = mkdocs_build(project)
    found = {item["path"]: item["sha256"] for item in json.loads((site / "inventory.json").read_text("utf-8"))["files"]}
    again = inventory.take(site, [])
    assert {item.path: item.sha256 for item in again.files} == found


@pytest.mark.parametrize("option", ["false", "true, carried: true"])
def test_without_it_nothing_of_it_is_there(project: Path, option: str) -> None:
    """With `offline: false`, and in a site to be carried: no worker, manifest, script, icon, or word on a page."""
    site = choose(project, option)
    assert of_offline(site) == set()
    assert [name for name in files_of(site) if name.startswith(offline.ICON_FOLDER)] == []
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        assert 'rel="manifest"' not in html
        assert "vm-keep" not in html
        assert "vademecum-offline" not in html


@pytest.mark.parametrize("served", [True, False], ids=["live reload", "withdrawn"])
def test_a_worker_left_from_before_is_taken_away(project: Path, served: bool) -> None:
    """Under live reload, and where an author withdraws it, only a worker that removes everything is there."""
    if served:
        config = load_config(str(project))
        config.site_url = SERVED
        build(config)
        site = Path(config.site_dir)
    else:
        site = choose(project, "withdraw")
    assert of_offline(site) == {"sw.js"}
    withdraw = (overrides_folder() / "assets/js/offline/withdraw.js").read_text("utf-8")
    assert (site / "sw.js").read_text("utf-8").endswith(withdraw)


def test_a_manifest_of_the_authors_own_stays(project: Path) -> None:
    """A manifest among the documents is published as it is."""
    (project.parent / "content" / offline.MANIFEST).write_text('{"name": "own"}', encoding="utf-8")
    assert (mkdocs_build(project) / offline.MANIFEST).read_text("utf-8") == '{"name": "own"}'
