"""A guideline in two languages: the same pages, each in its own words, the same numbers, and links between them."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from html_tree import Element, read
from site_builder import add_guideline, change, mkdocs_build, new_project
from translating import translate, translate_all

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
MARKUP_IN_ATTRIBUTE = re.compile(r'="[^"<>]*(?:&lt;|<)(?:span|del)[^"]*"')
GIVE = "Adults with example fever should be given Exemplamab."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of three guidelines: one translated as a whole, one in part and with an old text, one not at all."""
    config = new_project(tmp_path_factory.mktemp("languages") / "project")
    text = config.read_text(encoding="utf-8")
    names = "{zh-Hans: {site_name: 测试}}"
    config.write_text(text.replace("runtime: false", f"runtime: false, names: {names}"), encoding="utf-8")
    translate_all(add_guideline(config, "one-fever"))
    partly = add_guideline(config, "two-fever")
    translate_all(partly)
    change(partly / "statements.yaml", GIVE, GIVE.replace("should", "must"))
    (partly / "zh-Hans" / "tables.yaml").unlink()
    translate(partly, "zh-Hans")
    add_guideline(config, "wild-fever")
    return mkdocs_build(config)


def pages(site: Path, folder: str) -> dict[str, Element]:
    """The pages of a guideline by their addresses below its folder."""
    root = site / folder
    return {path.relative_to(root).as_posix(): read(path) for path in sorted(root.rglob("*.html"))}


def numbers(page: Element) -> Counter[str]:
    """The numbers that a reader reads on a page; where a reference is cited is told by the beginnings of texts."""
    content = page.one("article", kind="md-content__inner")
    places = [found for item in content.all(kind="vm-reference") for found in item.all("p", kind="vm-statement__foot")]
    cut = Counter(number for item in places for number in NUMBER.findall(item.text()))
    return Counter(NUMBER.findall(content.text())) - cut


def test_every_page_is_there_in_both_languages_with_the_same_numbers(site: Path) -> None:
    """Addresses differ by the language's folder alone, and no number of any page differs."""
    first, second = pages(site, "one-fever"), pages(site, "zh-Hans/one-fever")
    assert list(second) == list(first)
    assert len(first) > 15
    assert {name: numbers(page) for name, page in second.items()} == {
        name: numbers(page) for name, page in first.items()
    }


def test_a_page_leads_to_itself_in_the_other_language(site: Path) -> None:
    """The header has a plain link with the other language's name, and the head names both pages."""
    for here, there, name in (("", "zh-Hans/", "中文"), ("zh-Hans/", "", "English")):
        for path in ("index.html", "one-fever/index.html", "one-fever/drugs/exemplamab/index.html"):
            page = read(site / here / path)
            assert page.one("html").attributes["lang"] == (here.rstrip("/") or "en")
            link = page.one("a", kind="vm-language")
            assert link.text() == name
            assert link.attributes["lang"] == link.attributes["hreflang"] == (there.rstrip("/") or "en")
            target = (site / here / path).parent / str(link.attributes["href"]) / "index.html"
            assert target.resolve() == (site / there / path).resolve()
            heads = {item.attributes["hreflang"] for item in page.all("link", rel="alternate ")}
            assert heads == {"en", "zh-Hans"}


def test_a_guideline_in_one_language_has_no_switch(site: Path) -> None:
    """Where a page is in one language alone, nothing offers another."""
    page = read(site / "wild-fever" / "index.html")
    assert page.all("a", kind="vm-language") == []
    assert page.all("link", rel="alternate ") == []
    assert not (site / "zh-Hans" / "wild-fever").exists()


def test_the_home_page_of_a_language_lists_every_guideline(site: Path) -> None:
    """Those in the language lead to their pages in it; another one keeps its own language and address."""
    home = read(site / "zh-Hans" / "index.html")
    cards = home.all("article", kind="vm-guideline")
    links = [card.one("h2").one("a").attributes["href"] for card in cards]
    assert links == ["one-fever/", "two-fever/", "../wild-fever/"]
    assert [card.attributes.get("lang") for card in cards] == [None, None, "en"]
    assert "测试" in home.one("title").text()
    own = read(site / "index.html").all("article", kind="vm-guideline")
    assert [card.one("h2").one("a").attributes["href"] for card in own] == ["one-fever/", "two-fever/", "wild-fever/"]


def test_what_is_not_translated_is_marked(site: Path) -> None:
    """The original stands in its place, with its language and a class that the style sheet marks."""
    table = read(site / "zh-Hans" / "two-fever" / "tables" / "dosing" / "index.html")
    route = table.all("td", data_label="[en] Route")[0].one("span", kind="vm-original")
    assert route.text() == "into a vein"
    assert route.attributes["lang"] == "en"
    assert 'content: "[" attr(lang) "] "' in next((site / "assets" / "vademecum").glob("site.*.css")).read_text("utf-8")
    notice = table.one("p", kind="vm-translation").text()
    assert "处没有译文，以原文显示，标有 [en]" in notice
    assert "译文未经临床医师与原文核对" in notice
    whole = read(site / "zh-Hans" / "one-fever" / "index.html").one("p", kind="vm-translation")
    assert "没有译文" not in whole.text()


def test_an_old_translation_is_struck_out_behind_the_original(site: Path) -> None:
    """Where the original has changed since, the page has it first, and the old translation as deleted text."""
    page = read(site / "zh-Hans" / "two-fever" / "sections" / "treatment" / "index.html")
    text = page.one("article", id="give-exemplamab").one("p", kind="vm-statement__text")
    assert text.one("span", kind="vm-original").text().startswith(GIVE.replace("should", "must"))
    assert re.search("[一-龥]", text.one("del", kind="vm-stale").text())
    assert "1 处原文（[en]）在翻译之后有改动" in page.one("p", kind="vm-translation").text()


def test_no_mark_stands_inside_an_attribute(site: Path) -> None:
    """An attribute says a foreign text as plain characters, its language before it."""
    for path in (site / "zh-Hans").rglob("*.html"):
        assert MARKUP_IN_ATTRIBUTE.findall(path.read_text(encoding="utf-8")) == [], path


def test_search_is_per_language(site: Path) -> None:
    """A page searches the guidelines in its language, and one that is not in it in its own."""
    for path, expected in (
        ("one-fever/index.html", ["one-fever", "two-fever", "wild-fever"]),
        ("zh-Hans/one-fever/index.html", ["one-fever.zh-Hans", "two-fever.zh-Hans", "wild-fever"]),
    ):
        config = json.loads(read(site / path).one("script", id="vademecum-search").text())
        assert [name for name, _ in config["indexes"]] == expected
        assert config["guideline"] == expected[0]
        assert all(((site / path).parent / url).is_file() for _, url in config["indexes"])
    script = next((site / "assets" / "vademecum").glob("search-one-fever.zh-Hans.*.js")).read_text(encoding="utf-8")
    assert "zh-Hans/one-fever/sections/treatment/#give-exemplamab" in script


def test_each_language_is_kept_by_itself(site: Path) -> None:
    """The list for devices names an edition for each language; a board's control keeps its own alone."""
    listed = json.loads((site / "inventory.json").read_text(encoding="utf-8"))
    assert [item["id"] for item in listed["guidelines"]] == [
        *("one-fever", "one-fever.zh-Hans", "two-fever", "two-fever.zh-Hans", "wild-fever"),
    ]
    owners = {item["path"]: item["guideline"] for item in listed["files"]}
    assert owners["one-fever/about/index.html"] == "one-fever"
    assert (
        owners["zh-Hans/one-fever/about/index.html"] == owners["zh-Hans/one-fever/payload.json"] == "one-fever.zh-Hans"
    )
    assert owners["zh-Hans/index.html"] == ""
    assert {owner for path, owner in owners.items() if "search-one-fever.zh-Hans." in path} == {"one-fever.zh-Hans"}
    board = read(site / "zh-Hans" / "one-fever" / "index.html")
    assert board.one("section", kind="vm-keep").attributes["data-keep"] == "one-fever.zh-Hans"


def test_the_theme_speaks_the_language_of_the_page(site: Path) -> None:
    """What the theme itself says, such as the way to the next page, is in the language of the page too."""
    page = read(site / "zh-Hans" / "one-fever" / "sections" / "treatment" / "index.html")
    assert page.one("a", kind="md-skip").text().strip() == "跳转至"
    assert page.one("nav", kind="md-footer__inner").attributes["aria-label"] == "页脚"


def test_a_site_can_be_made_in_one_language(tmp_path: Path) -> None:
    """Asked for one language, the site has its pages alone, and the theme speaks it."""
    config = new_project(tmp_path / "project")
    text = config.read_text(encoding="utf-8").replace("runtime: false", "runtime: false, language: zh-Hans")
    config.write_text(text, encoding="utf-8")
    translate_all(add_guideline(config, "one-fever"))
    add_guideline(config, "wild-fever")
    made = mkdocs_build(config)
    assert sorted(path.name for path in made.iterdir() if path.is_dir()) == ["assets", "schema", "zh-Hans"]
    assert sorted(path.name for path in (made / "zh-Hans").iterdir()) == ["one-fever"]
    home = read(made / "index.html")
    assert home.one("article", kind="vm-guideline").one("h2").one("a").attributes["href"] == "zh-Hans/one-fever/"
    assert home.one("html").attributes["lang"] == "zh-Hans"
