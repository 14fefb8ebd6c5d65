"""What the pages are made of: addresses, locators, citations, texts with numbers, drawn pathways."""

from pathlib import Path

import pytest
from tiny_guideline import GUIDELINE, Break

from generator import addresses, citations, flow, pages, payload, text
from generator.load import load
from generator.models.guideline import Guideline, ToldBy
from generator.models.reference import Reference
from generator.models.statement import Locator
from generator.page_context import PageContext

CHINESE = GUIDELINE.parents[2] / "content" / "lung-cancer-bone-metastasis"


def loaded(folder: Path) -> Guideline:
    """The guideline of a folder."""
    guideline = load(folder).guideline
    assert guideline is not None
    return guideline


@pytest.fixture(scope="module")
def tiny() -> Guideline:
    """The tiny guideline, in English."""
    return loaded(GUIDELINE)


TARGETS = {
    "term: crcl": "glossary/#term-crcl",
    "statement: renal-rule": "sections/treatment/#renal-rule",
    "section: treatment": "sections/treatment/",
    "section: safety": "sections/treatment/#safety",
    "table: dosing": "tables/dosing/",
    "table-row: dosing/placebomab": "tables/dosing/#dosing--placebomab",
    "drug: exemplamab": "drugs/exemplamab/",
    "calculator: dose": "calculators/dose/",
    "pathway: treatment": "pathways/treatment/",
    "caveat: G1": "about/#G1",
    "page: glossary": "glossary/",
    "page: about": "about/",
    "page:references": "references/",
}


@pytest.mark.parametrize("to", TARGETS)
def test_a_target_has_an_address(tiny: Guideline, to: str) -> None:
    """Whatever a board entry or a link may name has its address below the guideline's folder."""
    assert addresses.target(tiny, to) == TARGETS[to]


@pytest.mark.parametrize(
    "to",
    [
        *("statement: none", "section: none", "table: none", "table-row: dosing/none", "table-row: dosing"),
        *("calculator: none", "pathway: none", "caveat: G99", "page: none", "drug: none", "term: none", "dose", ""),
    ],
)
def test_an_unknown_target_has_none(tiny: Guideline, to: str) -> None:
    """A name that leads to nothing has no address, whatever kind it is said to be."""
    assert addresses.target(tiny, to) is None
    assert PageContext(tiny, 0, True).target(to) == ""


RELATED = {
    "give-exemplamab": ("Exemplamab first", "sections/treatment/#give-exemplamab"),
    "dosing": ("Doses", "tables/dosing/"),
    "dose": ("Dose", "calculators/dose/"),
    "safety": ("Safety", "sections/treatment/#safety"),
}


@pytest.mark.parametrize("name", RELATED)
def test_a_related_id_has_title_and_address(tiny: Guideline, name: str) -> None:
    """A statement, table, calculator or section that a statement relates to is linked by its title."""
    assert addresses.related(tiny, name) == RELATED[name]
    assert addresses.related(tiny, "none") is None


def test_a_statement_without_a_title_is_named_by_its_beginning(tiny: Guideline) -> None:
    """Where a statement has no title, lists show the beginning of its text."""
    found = addresses.related(tiny, "trial-result")
    assert found is not None
    assert tiny.statement_by_id["trial-result"].text.startswith(found[0].rstrip("…"))
    statement = tiny.statement_by_id["trial-result"]
    assert text.statement_title(tiny, statement) == "In an invented trial, E…"
    short = statement.model_copy(update={"text": "Short."})
    assert text.statement_title(tiny, short) == "Short."
    assert text.statement_title(tiny, tiny.statement_by_id["renal-rule"]) == "Weak kidneys"


def test_sections_that_name_each_other_end_somewhere(broken: Break) -> None:
    """Two sections that are each other's parent, which the checks refuse, make no endless search."""
    broken("sections.yaml", "title: Treatment,", "title: Treatment, parent: safety,")
    guideline = loaded(GUIDELINE)
    ring = loaded(broken("sections.yaml", "summary: Who gets what.", "summary: Who gets what"))
    assert addresses.root_section(guideline, "safety") == "treatment"
    assert addresses.root_section(ring, "safety") in ("safety", "treatment")
    assert addresses.root_section(guideline, "none") == "none"


LOCATORS = [
    (
        {"section": "2.1", "paragraph": 2, "sentences": (3,)},
        "第 2.1 节第 2 段第 3 句",
        "section 2.1, paragraph 2, sentence 3",
    ),
    ({"section": "2.1", "sentences": (1, 3)}, "第 2.1 节第 1、3 句", "section 2.1, sentence 1, 3"),
    ({"section": "3"}, "第 3 节", "section 3"),
    ({"section": "2-end", "paragraph": 1}, "第 2 节末第 1 段", "section 2-end, paragraph 1"),
    ({"section": "introduction"}, "引言", "section introduction"),
    ({"section": "abstract", "sentences": (2,)}, "摘要第 2 句", "section abstract, sentence 2"),
    ({"figure": 1}, "图 1", "figure 1"),
    ({"table": 2}, "表 2", "table 2"),
    ({"table": 1, "note": True}, "表 1表注", "table 1, note"),
    ({"table": 2, "row": 0}, "表 2表头", "table 2, head"),
    ({"table": 2, "row": 3, "column": "监测"}, "表 2第 3 行“监测”列", "table 2, row 3, column 监测"),
]


@pytest.mark.parametrize(("where", "chinese", "english"), LOCATORS)
def test_a_locator_in_words(where: dict[str, object], chinese: str, english: str) -> None:
    """A place in the source is said in the guideline's language, down to the sentence or the cell."""
    locator = Locator.model_validate(where)
    assert addresses.locator_text(locator, "zh-Hans") == chinese
    assert addresses.locator_text(locator, "en").replace("sentences", "sentence") == english


def reference(**changes: object) -> Reference:
    """A reference with what every reference has."""
    least = {"number": 1, "lang": "en", "authors": ("Nobody A",), "title": "Title", "journal": "Journal", "year": 2020}
    return Reference.model_validate(least | changes)


CITATIONS = [
    ({}, "Nobody A. Title[J]. Journal, 2020."),
    ({"volume": "7"}, "Nobody A. Title[J]. Journal, 2020, 7."),
    ({"volume": "7", "issue": "2", "pages": "1-9"}, "Nobody A. Title[J]. Journal, 2020, 7(2): 1-9."),
    ({"issue": "2", "pages": "e5"}, "Nobody A. Title[J]. Journal, 2020, (2): e5."),
    ({"pages": "1-9"}, "Nobody A. Title[J]. Journal, 2020: 1-9."),
    ({"authors": ("Nobody A", "Noone B"), "et_al": True}, "Nobody A, Noone B, et al. Title[J]. Journal, 2020."),
    ({"lang": "zh", "authors": ("某人",), "et_al": True, "type": "M"}, "某人, 等. Title[M]. Journal, 2020."),
    ({"authors": ("Smith Jr.",)}, "Smith Jr. Title[J]. Journal, 2020."),
]


@pytest.mark.parametrize(("changes", "line"), CITATIONS)
def test_a_citation_is_one_line(changes: dict[str, object], line: str) -> None:
    """A reference is printed after GB/T 7714 with exactly what it has, and never with two full stops."""
    found = citations.gbt7714(reference(**changes))
    assert found == line
    assert ".." not in found


def test_what_a_site_was_made_from_is_cited() -> None:
    """The publication that told the guideline is cited in the same form; of more than three authors three are named."""
    least = {"title": "Reading", "authors": ("甲", "乙"), "journal": "期刊", "year": 2025}
    assert citations.told_by(ToldBy.model_validate(least), "zh-Hans") == "甲, 乙. Reading[J]. 期刊, 2025."
    more = least | {"authors": ("甲", "乙", "丙", "丁"), "issue": "07", "pages": "1-6"}
    assert (
        citations.told_by(ToldBy.model_validate(more), "zh-Hans") == "甲, 乙, 丙, 等. Reading[J]. 期刊, 2025(07): 1-6."
    )
    assert citations.told_by(ToldBy.model_validate(more), "en").startswith("甲, 乙, 丙, et al. Reading[J].")


def test_who_cites_a_reference(tiny: Guideline) -> None:
    """The statements that cite a reference are listed in the guideline's order."""
    assert citations.cited_by(tiny, 2) == ["trial-result", "give-exemplamab"]
    assert citations.cited_by(tiny, 3) == []


def test_numbers_are_filled_in(tiny: Guideline) -> None:
    """A name in braces becomes the number it stands for, in words; one that stands for nothing stays to be seen."""
    values = tiny.statement_by_id["renal-rule"].values
    assert text.render(tiny, "when {stop}: {dosing/exemplamab/dose}", values) == "when less than 10 mL/min: 4 mg"
    assert (
        text.render(tiny, "{renal-rule/reduced} {none} {dosing/none/dose}", {})
        == "at most 2 mg {none} {dosing/none/dose}"
    )
    assert list(text.placeholders("{a} and {b/c}")) == ["a", "b/c"]


def test_a_cell_as_one_text(tiny: Guideline) -> None:
    """A cell's text, its quantity in the column's pattern, or its items are printed as one text."""
    [table] = tiny.tables
    columns = {column.id: column for column in table.columns}
    cells = table.rows[0].cells
    assert text.cell_text(tiny, columns["route"], cells["route"]) == "into a vein"
    assert text.cell_text(tiny, columns["duration"], cells["duration"]) == "over 1 to 2 h"
    listed = text.cell_text(tiny, columns["risk-factors"], cells["risk-factors"])
    assert listed.startswith("another drug that harms the kidney")
    assert listed.endswith("an age of more than 65 years")


def test_a_pathway_is_drawn_once(tiny: Guideline) -> None:
    """Every node is drawn once, in depth, and a node that is reached again is only pointed to."""
    [pathway] = tiny.pathways
    drawn = flow.tree(pathway)
    nodes = [branch.node.id for branch in _branches(drawn)]
    assert sorted(nodes) == sorted(node.id for node in pathway.nodes)
    edges = tuple(option.model_copy(update={"to": "standard-dose"}) for option in pathway.nodes[2].options)
    looped = pathway.model_copy(
        update={
            "nodes": tuple(n.model_copy(update={"options": edges}) if n.id == "how-clear" else n for n in pathway.nodes)
        }
    )
    again = [branch for branch in _branches(flow.tree(looped)) if branch.again]
    assert [(branch.node.id, branch.branches) for branch in again] == [("standard-dose", ())] * 2


def _branches(branch: flow.Branch) -> list[flow.Branch]:
    return [branch, *(inner for below in branch.branches for inner in _branches(below))]


def test_a_pathway_to_nowhere_is_an_error(tiny: Guideline) -> None:
    """An option that leads to no node is not drawn as if it ended there."""
    [pathway] = tiny.pathways
    with pytest.raises(KeyError):
        flow.tree(pathway.model_copy(update={"nodes": pathway.nodes[:1]}))


def test_an_address_from_a_page() -> None:
    """Links go up as far as the page lies deep, with directories or with files, with or without an anchor."""
    guideline = loaded(GUIDELINE)
    deep, top = PageContext(guideline, 2, True), PageContext(guideline, 0, True)
    assert (deep.url("about/#G1"), deep.url(""), top.url("about/"), top.url("")) == (
        *("../../about/#G1", "../../", "about/", "./"),
    )
    files = PageContext(guideline, 1, False)
    assert (files.url("about/#G1"), files.url(""), files.url("#G1")) == (
        *("../about.html#G1", "../index.html", "../index.html#G1"),
    )


def test_the_home_page_counts(tiny: Guideline) -> None:
    """The home page says of each guideline how much is in it, and whose review it has."""
    page = pages.home([tiny, loaded(CHINESE)], "en")
    assert page.uri == "index.md"
    assert page.markdown.count('<article class="vm-guideline"') == 2
    assert page.markdown.count("not reviewed by a clinician") == 2
    reviewed = tiny.model_copy(
        update={"meta": tiny.meta.model_copy(update={"reviewed": tiny.meta.reviewed.model_copy(update={"by": "Dr A"})})}
    )
    assert "not reviewed" not in pages.home([reviewed], "en").markdown
    assert "Dr A" in pages.build(reviewed)[0].markdown


@pytest.mark.parametrize("path", ["dosing/none/dose", "dosing/exemplamab/none", "none/none", "renal-rule/none"])
def test_a_path_to_nowhere_makes_no_payload(broken: Break, path: str) -> None:
    """A calculator that names a cell that does not exist makes no payload, rather than a wrong one."""
    guideline = loaded(broken("calculators.yaml", "value: renal-rule/reduced", f"value: {path}"))
    with pytest.raises(payload.UnresolvedPathError, match=path):
        payload.build(guideline)


def test_usage_and_risks_to_nowhere_make_no_payload(broken: Break) -> None:
    """Neither does one whose usage or risk leads to nothing, nor a pathway whose link does."""
    guideline = loaded(broken("calculators.yaml", "usage: dosing/placebomab", "usage: dosing/none"))
    with pytest.raises(payload.UnresolvedPathError, match="dosing/none"):
        payload.build(guideline)
    broken("calculators.yaml", "usage: dosing/none", "usage: dosing/placebomab")
    guideline = loaded(broken("calculators.yaml", "risk-factors/nsaid\n", "risk-factors/none\n"))
    with pytest.raises(payload.UnresolvedPathError, match="risk-factors/none"):
        payload.build(guideline)
    broken("calculators.yaml", "risk-factors/none\n", "risk-factors/nsaid\n")
    guideline = loaded(broken("pathways.yaml", '"calculator: dose"', '"calculator: none"'))
    with pytest.raises(payload.UnresolvedPathError, match="calculator: none"):
        payload.build(guideline)


SOURCES = {
    "dosing/exemplamab/dose": "table 1, Exemplamab, Dose",
    "dosing/notes/weak-kidneys/dose": "table 1, note",
    "dosing-placebomab/low": "table 1, row 2",
    "renal-rule/stop": "section 1.1, paragraph 1, sentence 1, 2",
}


@pytest.mark.parametrize("path", SOURCES)
def test_where_a_number_stands(tiny: Guideline, path: str) -> None:
    """The source of a number is named: table, row and column, the note, or the place of the sentence."""
    assert payload.source_of(tiny, path).replace("sentences", "sentence") == SOURCES[path]


def test_conditions_in_words_for_every_kind_of_number(tiny: Guideline) -> None:
    """A condition names its input, compares in words, and takes its unit from the condition, the cell or the input."""
    context = PageContext(tiny, 0, True)
    [dose, _] = tiny.calculators
    age = dose.groups[0].given[1]
    assert context.conditions(dose, [age]) == "Age in completed years at least 18 years"
    assert (
        context.conditions(dose, [age.model_copy(update={"unit": None})]) == "Age in completed years at least 18 years"
    )
    assert context.conditions(dose, [age.model_copy(update={"input": "nsaid", "value": "yes", "unit": None})]) == (
        "Another drug that harms the kidney at least yes"
    )
    assert context.conditions(dose, []) == "always"
    assert context.unit_label("age-year") == "year"
    assert context.unit_label("none") == "none"
    assert context.unit_label(None) == ""
    assert context.citation(99) == ""
