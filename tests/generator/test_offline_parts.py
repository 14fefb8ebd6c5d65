"""The manifest of the installed site, its icons, and the words that its scripts get."""

import json
import struct
from pathlib import Path

import pytest

from generator import bundles, offline
from generator.words import OFFLINE

OVERRIDES = Path(__file__).parents[2] / "site_overrides"


def test_the_manifest_holds_below_any_path() -> None:
    """No address of the manifest begins with a slash or a scheme, and it names the site, its language and colours."""
    made = json.loads(offline.manifest("Vademecum 临床指南", "", "zh-Hans"))
    assert (made["start_url"], made["scope"], made["display"], made["lang"]) == ("./", "./", "standalone", "zh-Hans")
    assert (made["name"], made["short_name"]) == ("Vademecum 临床指南", "Vademecum")
    assert "description" not in made
    assert all(not icon["src"].startswith(("/", "http")) for icon in made["icons"])


@pytest.mark.parametrize(
    ("name", "short"),
    [("临床指南", "临床指南"), ("x" * 12, "x" * 12), ("x" * 13, "x" * 13), ("x" * 9 + " yyy", "x" * 9)],
)
def test_a_short_name_is_whole_words(name: str, short: str) -> None:
    """Up to twelve signs the name is its own short form; a longer one is cut after its first word."""
    assert offline.short_name(name) == short


@pytest.mark.parametrize(("file", "sizes", "kind"), [icon[:3] for icon in offline.ICONS])
def test_an_icon_is_what_the_manifest_says(file: str, sizes: str, kind: str) -> None:
    """Every icon is there, small, and of the size and type that the manifest gives."""
    data = (OVERRIDES / offline.ICON_FOLDER / file).read_bytes()
    assert len(data) < 10_000
    if kind == "image/png":
        width, height = struct.unpack(">II", data[16:24])
        assert f"{width}x{height}" == sizes
    else:
        assert data.startswith(b"<svg")


def test_the_control_gets_the_words_of_every_language_of_the_site() -> None:
    """The script's words come once for each language, as a script that defines them."""
    text = offline.words_script(["zh-Hans", "en", "zh-Hans"]).decode()
    start, _, rest = text.partition(" = ")
    assert start == "(globalThis.Vademecum ??= {}).offlineWords"
    assert json.loads(rest.removesuffix(";\n")) == OFFLINE


def test_a_site_publishes_the_scripts_of_its_option() -> None:
    """Kept, withdrawn and neither: `sw.js` of one kind, of the other, and none; other bundles are always there."""
    kept, withdrawn, none = (set(bundles.published(mode)) for mode in (True, "withdraw", False))
    assert kept - none == bundles.OFFLINE
    assert withdrawn - none == {"withdrawn/sw.js"}
    assert {bundles.address(name, b"") for name in ("sw.js", "withdrawn/sw.js")} == {"sw.js"}
