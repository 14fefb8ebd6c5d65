"""Whatever stands in a guideline's texts is read as text on every page: never as an element, attribute or script.

The sites are built for real, with a guideline for each hostile string in which the string stands in every sink, and
one guideline with a harmless word in the same places to compare with. The checks, which would warn of such texts, are
out of the way: escaping must not lean on them.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from html_tree import Element, read
from site_builder import add_guideline, change, mkdocs_build, new_project

from generator import plugin
from generator.load import load

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end-of-attribute": '"><img src=x onerror=alert(1)>',
    "end-of-script": "</script><script>alert(1)</script>",
    "handler": """x' onclick='alert(1)' " onmouseover="alert(1)""",
    "link": "[x](javascript:alert(1)) ![y](javascript:alert(2)) <javascript:alert(3)>",
    "emphasis": "**bold** _it_ `code` ~~gone~~ # * + - 1. | a | b | \\",
    "template": "{{7*7}} {% raw %} {# x #} ${7*7}",
    "entities": "&lt;b&gt; &amp; &#60;i&#62; &nbsp",
    "comment": "<!-- --> <![CDATA[ ]]> <?php ?> <!-- open",
    "attribute-list": "{: onclick=alert(1) #mine .mine } { onclick=alert(1) }",
    "end-of-title": "</title></style></textarea><svg onload=alert(1)>",
}
PLAIN = "Harmless words"


@dataclass(frozen=True)
class Sink:
    """A place in the YAML where a text stands, and one where it is shown.

    Attributes:
        file: file of the guideline.
        old: what is replaced there: all that follows the `@`; empty when another sink puts the text there.
        page: the page that shows it.
        shown: finds the text on the page.
    """

    file: str
    old: str
    page: str
    shown: Callable[[Element], str]


def attribute(tag: str, name: str, **attributes: str) -> Callable[[Element], str]:
    """An attribute of the first such element."""
    return lambda page: page.all(tag, **attributes)[0].attributes[name]


def text(tag: str, **attributes: str) -> Callable[[Element], str]:
    """The text of the first such element."""
    return lambda page: page.all(tag, **attributes)[0].text()


def inside(anchor: str, tag: str, **attributes: str) -> Callable[[Element], str]:
    """The text of the first such element inside the element of an id."""
    return lambda page: page.one(id=anchor).all(tag, **attributes)[0].text()


def config(*path: str | int) -> Callable[[Element], str]:
    """A value of the JSON that a page hands to its scripts."""

    def find(page: Element) -> str:
        [script] = [item for item in page.all("script") if "data-config" in item.attributes]
        value = json.loads("".join(map(str, script.parts)))
        for step in path:
            value = value[step]
        return str(value)

    return find


def current_navigation(page: Element) -> str:
    """The entry of the open page in the navigation at the side."""
    return (
        page.one("div", data_md_component="sidebar", data_md_type="navigation")
        .all("a", kind="md-nav__link--active")[0]
        .text()
    )


def table_of_contents(page: Element) -> str:
    """The first heading in the table of contents."""
    return page.all("div", data_md_component="sidebar", data_md_type="toc")[0].all("a", kind="md-nav__link")[0].text()


def meta_description(page: Element) -> str:
    """What a search engine is told of the page."""
    return page.one("meta", name="description").attributes["content"]


SINKS = {
    "statement text": Sink(
        "statements.yaml",
        "text: @Adults with example fever should be given Exemplamab.",
        "sections/treatment",
        lambda page: page.one(id="give-exemplamab").one("p", kind="vm-statement__text").text().removesuffix(" [2]"),
    ),
    "statement title": Sink(
        "statements.yaml", "title: @Exemplamab first", "sections/treatment", inside("give-exemplamab", "strong")
    ),
    "statement title in the list": Sink("statements.yaml", "title: @Weak kidneys", "about", inside("G1", "a")),
    "grade": Sink(
        "statements.yaml",
        "grade: @1A",
        "recommendations",
        inside("give-exemplamab", "span", kind="vm-grade"),
    ),
    "page heading": Sink("sections.yaml", "title: @Treatment", "sections/treatment", text("h1")),
    "section heading": Sink(
        "sections.yaml", "title: @Safety", "sections/treatment", lambda page: page.one(id="safety").text()
    ),
    "table of contents": Sink("", "", "sections/treatment", table_of_contents),
    "heading of the list": Sink("", "", "recommendations", lambda page: page.one(id="in--treatment").text()),
    "page title": Sink("sections.yaml", "title: @Introduction", "sections/introduction", text("title")),
    "caveat title beside a statement": Sink(
        "caveats.yaml",
        "title: @Two doses",
        "sections/treatment",
        inside("dosing-placebomab", "summary"),
    ),
    "section summary": Sink(
        "sections.yaml", "summary: @Who gets what.", "sections/treatment", text("p", kind="vm-lead")
    ),
    "citation behind a statement": Sink(
        "references.yaml",
        "title: @A trial that never was",
        "sections/introduction",
        lambda page: page.one(id="trial-result").all("li")[0].text().removeprefix("[1] "),
    ),
    "citation": Sink(
        "references.yaml",
        "title: @What nothing cites",
        "references",
        inside("ref-3", "p"),
    ),
    "column in data-label=": Sink(
        "tables.yaml", "label: @Route", "tables/dosing", lambda page: page.all("td")[1].attributes["data-label"]
    ),
    "column heading": Sink(
        "tables.yaml", "label: @Risk factors", "tables/dosing", lambda page: page.all("th")[4].text()
    ),
    "table title in aria-label=": Sink(
        "tables.yaml", "title: @Doses", "tables/dosing", attribute("div", "aria-label", kind="vm-table")
    ),
    "cell": Sink("tables.yaml", "route: {text: @into a vein}", "tables/dosing", lambda page: page.all("td")[1].text()),
    "item of a cell": Sink(
        "tables.yaml",
        "{id: nsaid, text: @another drug that harms the kidney}",
        "tables/dosing",
        inside("dosing--exemplamab", "li"),
    ),
    "note": Sink(
        "tables.yaml",
        "text: @less when the kidneys are weak",
        "tables/dosing",
        text("p", kind="vm-note"),
    ),
    "caveat title": Sink("caveats.yaml", "title: @No dose for children", "about", inside("G1", "h3")),
    "caveat text": Sink("caveats.yaml", "text: @The source gives no dose below 18 years.", "about", inside("G1", "p")),
    "calculator title in JSON": Sink("calculators.yaml", "title: @Dose\n", "calculators/dose", config("title")),
    "input label in JSON": Sink(
        "calculators.yaml",
        "label: @Drug\n",
        "calculators/dose",
        config("inputs", 0, "label"),
    ),
    "input label": Sink(
        "calculators.yaml", "label: @Sex\n", "calculators/clearance", text("label", **{"for": "clearance-sex"})
    ),
    "option label": Sink(
        "calculators.yaml", "label: @Another drug}", "calculators/dose", text("option", value="other")
    ),
    "calculator summary": Sink(
        "calculators.yaml",
        "summary: @Which invented dose the fictional source gives.",
        "calculators/dose",
        text("p", kind="vm-lead"),
    ),
    "group in aria-label=": Sink(
        "calculators.yaml",
        "label: @Exemplamab\n",
        "calculators/dose",
        attribute("section", "aria-label", kind="vm-rules"),
    ),
    "case title": Sink(
        "calculators.yaml",
        "title: @Standard dose",
        "calculators/dose",
        text("li", data_case="standard"),
    ),
    "typed value of a case": Sink(
        "calculators.yaml",
        "inputs: {drug: @exemplumab,",
        "calculators/dose",
        text("li", data_case="unknown-drug"),
    ),
    "reading": Sink(
        "calculators.yaml",
        "reading: @as the table says",
        "calculators/dose",
        lambda page: page.one(id="row-placebomab").all("p", kind="vm-reading")[0].text(),
    ),
    "formula": Sink(
        "calculators.yaml", "origin: @Cockcroft and Gault 1976", "calculators/clearance", text("p", kind="vm-note")
    ),
    "drug": Sink("drugs.yaml", "name: @Nilumab", "glossary", inside("drug-nilumab", "dt")),
    "drug's own page": Sink("", "", "drugs/nilumab", text("h1")),
    "search word": Sink("drugs.yaml", "brand: [@Examplex]", "glossary", inside("drug-exemplamab", "small")),
    "term": Sink("glossary.yaml", "term: @creatinine clearance", "glossary", inside("term-crcl", "dt")),
    "locator": Sink(
        "statements.yaml",
        'source: {section: @"1",',
        "recommendations",
        inside("give-exemplamab", "p", kind="vm-place"),
    ),
    "guideline in <meta>": Sink(
        "guideline.yaml",
        "\ntitle: @Example fever (fictional)",
        "glossary",
        meta_description,
    ),
    "short title in the navigation": Sink("guideline.yaml", "short_title: @Example fever", "", current_navigation),
    "guideline summary": Sink(
        "guideline.yaml",
        "summary: @A fictional guideline that tests the generator; nothing in it is medicine.",
        "",
        text("p", kind="vm-hero__summary"),
    ),
    "notice": Sink(
        "guideline.yaml",
        "notice: @Fictional. Not for any use with patients.",
        "calculators/dose",
        text("p", kind="vm-notice"),
    ),
    "source named beside a grade": Sink(
        "guideline.yaml",
        "cite_as: @Fictional guideline on example fever (2020)",
        "sections/treatment",
        attribute("span", "title", kind="vm-grade"),
    ),
    "edition": Sink("guideline.yaml", '\nedition: @"2020"', "", text("p", kind="vm-hero__kicker")),
    "board": Sink("guideline.yaml", "label: @Dose of Exemplamab", "", text("span", kind="vm-tap__label")),
    "rights": Sink(
        "guideline.yaml", "[@Written for this test; free to use.]", "about", lambda page: page.all("li")[-1].text()
    ),
    "pathway node": Sink(
        "pathways.yaml",
        "text: @Which invented drug is to be given?",
        "pathways/treatment",
        inside("node-which-drug", "a"),
    ),
    "pathway option": Sink(
        "pathways.yaml",
        "label: @Younger than 18 years",
        "pathways/treatment",
        lambda page: page.one("li", data_edge="how-old=child").one("span", kind="vm-flow__label").text(),
    ),
    "pathway node in JSON": Sink(
        "pathways.yaml", "text: @Give the reduced dose.", "pathways/treatment", config("nodes", "reduced-dose")
    ),
    "patient of a pathway's case": Sink(
        "pathways.yaml",
        "patient: @9 years",
        "pathways/treatment",
        text("li", data_case="a-child"),
    ),
}


def poison(folder: Path, string: str) -> None:
    """Put the string into every sink of a guideline."""
    for sink in filter(lambda sink: sink.old, SINKS.values()):
        key, _, value = sink.old.partition("@")
        end = value[len(value.rstrip("}],\n")) :]
        change(folder / sink.file, key + value, f"{key}{json.dumps(string, ensure_ascii=False)}{end}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One site with a guideline for each string, each with the string in every sink."""
    config_file = new_project(tmp_path_factory.mktemp("injection"))
    for name, string in {"plain": PLAIN, **HOSTILE}.items():
        poison(add_guideline(config_file, name), string)
    with pytest.MonkeyPatch.context() as patch:
        unchecked = staticmethod(lambda folder, shown: (load(folder, shown).guideline, []))
        patch.setattr(plugin.GuidelinePlugin, "check", unchecked)
        return mkdocs_build(config_file)


@cache
def page_of(site: Path, guideline: str, page: str) -> Element:
    """A page of a guideline of the site."""
    return read(site / guideline / page / "index.html")


@pytest.mark.parametrize("string", HOSTILE)
@pytest.mark.parametrize("name", SINKS)
def test_a_string_is_shown_as_the_text_that_it_is(site: Path, name: str, string: str) -> None:
    """In each sink the string is shown sign by sign, in the place where a harmless word stands."""
    sink = SINKS[name]
    harmless = sink.shown(page_of(site, "plain", sink.page))
    assert PLAIN in harmless
    found = sink.shown(page_of(site, string, sink.page))
    assert " ".join(found.split()) == harmless.replace(PLAIN, HOSTILE[string])


@pytest.mark.parametrize("string", HOSTILE)
def test_no_page_gets_an_element_or_attribute(site: Path, string: str) -> None:
    """Each page of a guideline full of the string has exactly the elements and attributes of the harmless one."""
    pages = sorted(path.parent.relative_to(site / "plain").as_posix() for path in (site / "plain").rglob("*.html"))
    assert len(pages) > 10
    assert {sink.page or "." for sink in SINKS.values()} <= set(pages)
    for page in pages:
        assert page_of(site, string, page).skeleton() == page_of(site, "plain", page).skeleton(), page


def test_the_home_page_has_one_article_a_guideline(site: Path) -> None:
    """The page that lists the guidelines prints their titles as text, in articles that are all alike."""
    articles = read(site / "index.html").all("article", kind="vm-guideline")
    assert [item.one("h2").text() for item in articles] == sorted_by_id({"plain": PLAIN, **HOSTILE})
    assert len({tuple(item.skeleton()) for item in articles}) == 1


def sorted_by_id(strings: dict[str, str]) -> list[str]:
    """The strings in the order of the guidelines' folders."""
    return [strings[name] for name in sorted(strings)]


@pytest.mark.parametrize("string", HOSTILE)
def test_links_lead_nowhere_new(site: Path, string: str) -> None:
    """No address of a page runs a script or leaves the site, whatever stands in a text."""
    for path in (site / string).rglob("*.html"):
        for item in read(path).walk():
            for name in ("href", "src"):
                address = item.attributes.get(name, "").strip().lower()
                assert not address.startswith(("javascript:", "data:", "x")), f"{path}: {address}"


@pytest.mark.parametrize("string", HOSTILE)
def test_the_search_index_holds_text(site: Path, string: str) -> None:
    """The index holds the string as it is, for the dialog to set as text, and no sign that would end a script."""
    [path] = (site / "assets" / "vademecum").glob(f"search-{string}.*.js")
    script = path.read_text(encoding="utf-8")
    assert "<" not in script
    index = json.loads(script.removeprefix("Vademecum.searchIndex(").removesuffix(");\n"))
    assert index["guideline"] == string
    held = [part for record in index["records"] for part in record]
    assert held.count(HOSTILE[string]) > 1
