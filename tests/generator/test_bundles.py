"""The site's own scripts and style sheets, joined."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from generator import bundles

OVERRIDES = Path(__file__).parents[2] / "site_overrides"


def test_every_script_and_style_sheet_is_in_a_bundle() -> None:
    """A file of the overrides that no bundle holds would never reach a reader."""
    there = {path.relative_to(OVERRIDES).as_posix() for path in OVERRIDES.glob("assets/**/*.*")}
    assert bundles.sources() == {path for path in there if path.endswith((".js", ".css"))}


@pytest.mark.parametrize("name", bundles.BUNDLES)
def test_a_bundle_holds_its_files_in_order(name: str) -> None:
    """A bundle is its files one after the other, each whole and once."""
    content = bundles.join(name, [OVERRIDES]).decode()
    at = [content.index((OVERRIDES / "assets" / part).read_text("utf-8")) for part in bundles.BUNDLES[name]]
    assert at == sorted(at)
    assert len(set(at)) == len(at)


def test_a_bundle_imports_nothing() -> None:
    """What is joined must not ask for its parts a second time, and a classic script must not export."""
    scripts = [bundles.join(name, [OVERRIDES]).decode() for name in bundles.BUNDLES if name.endswith(".js")]
    assert [found for script in scripts for found in re.findall(r"^\s*(?:import\b[^(]|export\b).*", script, re.M)] == []


def test_a_changed_file_changes_the_address() -> None:
    """The address of a bundle is made from its content, so that no cache can hold an old one under it."""
    assert bundles.address("site.css", b"a") != bundles.address("site.css", b"b")
    assert re.fullmatch(r"assets/vademecum/site\.[0-9a-f]{12}\.css", bundles.address("site.css", b"a"))


def test_the_first_folder_wins(tmp_path: Path) -> None:
    """An author's own file takes the place of the site's, as with templates; a missing file names them."""
    own = tmp_path / "assets/css/board.css"
    own.parent.mkdir(parents=True)
    own.write_text("own")
    assert bundles.join("board.css", [tmp_path, OVERRIDES]) == b"own"
    with pytest.raises(FileNotFoundError, match=re.escape(f"none of the theme's folders: {tmp_path}")):
        bundles.join("site.css", [tmp_path])


def test_a_file_of_others_is_the_one_that_was_looked_at() -> None:
    """Each script of another project has the hash that the page about dependencies gives, and its licence."""
    dependencies = (OVERRIDES.parent / "docs" / "dependencies.md").read_text("utf-8")
    scripts = list((OVERRIDES / "assets/js/vendor").glob("*.js"))
    assert scripts
    for path in scripts:
        assert f"`{sha256(path.read_bytes()).hexdigest()}`" in dependencies
        assert path.with_suffix(".LICENSE.txt").is_file()
