"""The pages of drugs, as built: all that the guideline says of a drug, and nothing of another."""

from urllib.parse import urldefrag

import pytest
from html_tree import Element
from site_builder import Built

from generator import addresses, citations, pages, payload, text
from generator.mentions import Names
from generator.models.drug import Drug
from generator.words import for_language


def said_of(built: Built, drug: Drug) -> list[str]:
    """The statements that carry, list, tag or name a drug, found the plain way: no name here is part of another's."""
    guideline = built.guideline
    rows = [row for path in drug.table_rows if (row := guideline.row_at(path))]
    names = [name for name in (drug.name, *drug.names, drug.english) if name]
    return [
        item.id
        for item in guideline.statements
        if item.id in {*drug.statements, *(row.statement for row in rows)}
        or drug.id in item.tags
        or any(name in text.statement_text(guideline, item) + (item.title or "") for name in names)
    ]


def statements(part: Element) -> list[str]:
    """The ids of the statements inside."""
    return [item.attributes["id"] for item in part.all("article") if "data-statement" in item.attributes]


def linked(part: Element) -> list[str]:
    """Where the links inside lead."""
    return [item.attributes["href"] for item in part.all("a")]


def test_every_statement_about_a_drug_is_on_its_page(built: Built) -> None:
    """A drug's page has each statement that names or carries it, whole, and others only if they name its class."""
    for drug in built.guideline.drugs:
        page = built.page(f"drugs/{drug.id}")
        shown = statements(page)
        assert len(shown) == len(set(shown))
        own = set(said_of(built, drug))
        assert own <= set(shown)
        for key in set(shown) - own:
            told = text.statement_text(built.guideline, built.guideline.statement_by_id[key])
            assert drug.drug_class
            assert drug.drug_class.removesuffix("类") in told
        for key in shown:
            item = built.guideline.statement_by_id[key]
            assert text.statement_text(built.guideline, item) in page.one(id=key).text()


def test_the_dose_row_is_that_of_the_drug(built: Built) -> None:
    """A dosed drug's page shows its own rows with all cells, notes and caveats, and no other drug's dose."""
    guideline = built.guideline
    rows = {f"{table.id}/{row.id}": (table, row) for table in guideline.tables for row in table.rows if row.drug}
    for drug in guideline.drugs:
        page = built.page(f"drugs/{drug.id}")
        for path, (table, row) in rows.items():
            found = page.all("tr", id=path.replace("/", "--"))
            assert bool(found) == (path in drug.table_rows)
            if not found:
                continue
            for column in table.columns:
                cell = row.cells[column.id]
                [box] = [item for item in found[0].walk() if item.attributes.get("data-label") == column.label]
                for point in [text.item_text(guideline, item) for item in cell.items or ()] or [
                    text.cell_text(guideline, column, cell)
                ]:
                    assert point in box.text()
                if cell.note:
                    note = page.one(id=f"{table.id}--note--{cell.note}").text()
                    assert any(text.item_text(guideline, item) in note for item in table.notes)
            shown = {item.all("a")[-1].text() for item in page.all("details", kind="vm-caveat")}
            assert {*table.caveats, *drug.caveats} <= shown


def test_a_caveat_of_a_cell_stands_right_below_the_dose(chinese: Built) -> None:
    """What makes a cell of the dose row no instruction is open before anything else; then behind its statement only."""
    page = chinese.page("drugs/denosumab")
    notes = [
        item
        for item in page.walk()
        if item.fits("details", {"kind": "vm-caveat"}) or item.fits("a", {"kind": "md-button"})
    ]
    first = notes[
        : next(index for index, item in enumerate(notes) if item.tag == "a" and "#drug=" in item.attributes["href"])
    ]
    assert "X1" in [item.all("a")[-1].text() for item in first]
    assert all("open" in item.attributes for item in first)
    below = [item.all("a")[-1].text() for item in notes if item.tag == "details"]
    assert below.count("X1") == 2


def test_a_drug_without_a_dose_says_so(built: Built) -> None:
    """The page of a drug that no table doses says that, with its note, and shows no dose; the others do not say it."""
    words = for_language(built.guideline.meta.language)
    without = words["not_in_table"].format(numbers="1")
    for drug in built.guideline.drugs:
        page = built.page(f"drugs/{drug.id}")
        lead = page.one("p", kind="vm-lead").text()
        assert lead.endswith(words[f"listing_{drug.listing}"])
        assert (without in page.text()) == (drug.listing != "dosed")
        assert (drug.note or "") in page.text()
        doses = [item.text() for item in page.all("strong", kind="vm-dose")]
        assert bool(doses) == (drug.listing == "dosed")
        assert bool(drug.search.all()) == bool(page.all("p", kind="vm-search-words"))
        for word in drug.search.all():
            assert word in page.one("p", kind="vm-search-words").text()


def test_the_rules_for_a_drug_are_those_of_the_calculators(built: Built) -> None:
    """A drug's page has exactly the rows whose conditions pick it out, with their values, and leads to the form."""
    data = {item["id"]: item for item in payload.build(built.guideline)["calculators"]}
    for drug in built.guideline.drugs:
        page = built.page(f"drugs/{drug.id}")
        wanted = {
            row["id"]: row["outcome"]
            for item in data.values()
            for row in item["rows"]
            if any(
                condition.get("value") == drug.id or drug.id in (condition.get("values") or ())
                for condition in row["when"]
            )
        }
        shown = {item.attributes["data-row"]: item for item in page.all("div") if "data-row" in item.attributes}
        assert set(shown) == set(wanted)
        for key, outcome in wanted.items():
            for number in filter(None, [outcome["value"], *outcome["alternatives"]]):
                assert f"{number['value']} {number['unit']}" in shown[key].one("strong", kind="vm-dose").text()
            assert set(outcome["caveats"]) == {item.text() for item in shown[key].all("a", kind="vm-mark")}
        if wanted:
            assert any(link.endswith(f"#drug={drug.id}") for link in linked(page))


def test_side_effects_name_no_other_drug(chinese: Built) -> None:
    """Of table 2 a drug's page shows its own rates and monitoring, and nothing that is about another drug alone."""
    page = chinese.page("drugs/denosumab").text()
    assert "发生率（地舒单抗）" in page
    assert "3.7%" in page
    rows = {
        name: chinese.page("drugs/denosumab").one("tr", id=f"adverse-events--{name}").text()
        for name in ("onj", "nephrotoxicity")
    }
    assert "2.0%" not in rows["onj"]
    assert "停用唑来膦酸" not in rows["nephrotoxicity"]
    assert "发病的风险显著增加" in rows["nephrotoxicity"]
    own = chinese.page("drugs/zoledronic-acid").one("tr", id="adverse-events--nephrotoxicity").text()
    assert "停用唑来膦酸" in own
    assert "减至 5 mg" not in own
    assert "减至5 mg" not in own
    assert chinese.page("drugs/pamidronate").all("table") == []
    assert chinese.page("drugs/narlumosbart").all("table") == []


def test_a_class_is_told_apart_from_the_drug(chinese: Built) -> None:
    """What is said of a class and not of the drug stands below a heading of its own."""
    page = chinese.page("drugs/ibandronate")
    assert "双膦酸盐类" in page.one(id="drug--class").text()
    assert {"bma-superiority-unsettled", "denosumab-survival-safety"} <= set(statements(page))
    assert "denosumab-first-sre-time" not in statements(page)
    assert chinese.page("drugs/pamidronate").all(id="drug--class") == []


def test_references_and_pathways_of_a_drug(built: Built) -> None:
    """What a drug's page cites is printed in full there; its pathways lead to the nodes that are about it."""
    guideline = built.guideline
    for drug in guideline.drugs:
        page = built.page(f"drugs/{drug.id}")
        cited = {number for key in statements(page) for number in guideline.statement_by_id[key].refs}
        for number in cited:
            assert citations.gbt7714(guideline.reference_by_number[number]) in page.text()
        own = set(said_of(built, drug))
        wanted = {
            f"{item.id}/#node-{node.id}"
            for item in guideline.pathways
            for node in item.nodes
            if own & {*node.statements, *(key for option in node.options for key in option.statements)}
        }
        assert wanted <= {link.partition("pathways/")[2] for link in linked(page)}


def test_the_way_to_a_drugs_page(built: Built) -> None:
    """A table's cell that names the drug of its row, and the glossary, lead to the drug's page; so does `drug: ID`."""
    guideline = built.guideline
    for drug in guideline.drugs:
        assert addresses.target(guideline, f"drug: {drug.id}") == f"drugs/{drug.id}/"
        assert f"../drugs/{drug.id}/" in linked(built.page("glossary").one(id=f"drug-{drug.id}"))
    for table in guideline.tables:
        for row in table.rows:
            texts = [cell.text for cell in row.cells.values()]
            drug = guideline.drug_by_id.get(row.drug or "")
            led = [
                link
                for link in linked(built.page(f"tables/{table.id}").one(id=f"{table.id}--{row.id}"))
                if "/drugs/" in link
            ]
            assert bool(led) == bool(drug and drug.name in texts)
    assert addresses.target(guideline, "drug: none") is None


def test_no_id_stands_twice_on_a_drugs_page(built: Built) -> None:
    """Statements, rows, notes and headings of a drug's page have ids of their own, and every inner link finds one."""
    for drug in built.guideline.drugs:
        page = built.page(f"drugs/{drug.id}")
        ids = [item.attributes["id"] for item in page.walk() if item.attributes.get("id")]
        assert len(ids) == len(set(ids))
        inner = [urldefrag(link).fragment for link in linked(page) if link.startswith("#")]
        assert [link for link in inner if link and link not in ids] == []


@pytest.mark.parametrize(
    ("said", "drugs", "classes"),
    [
        ("唑来膦酸与地舒单抗", {"zoledronic-acid", "denosumab"}, set()),
        ("伊班膦酸减至 2 mg", {"ibandronate"}, set()),
        ("伊班膦酸钠减至 2 mg", {"ibandronate"}, set()),
        ("双膦酸盐和RANKL抑制剂", set(), {"双膦酸盐类", "RANKL抑制剂类"}),
        ("RANKL/RANK是关键通路", set(), set()),
        ("密固达", set(), set()),
    ],
)
def test_who_is_named(chinese: Built, said: str, drugs: set[str], classes: set[str]) -> None:
    """A drug is named by the source's names alone, a class by the glossary's spellings, and no search word counts."""
    names = Names(chinese.guideline)
    assert names.drugs(said) == drugs
    assert names.classes(said) == classes


def test_names_are_whole_and_the_longest_counts(english: Built, chinese: Built) -> None:
    """Latin names are whole words, a drug's in any case; of overlapping names the longer one is found."""
    names = Names(chinese.guideline)
    found = [(mention.start, mention.end) for mention in names.find("PET/CT与CT")]
    assert found == [(0, 6), (7, 9)]
    assert [*names.find("ACTH")] == []
    drug = english.guideline.drugs[0].model_copy(update={"english": "Exemplumab"})
    renamed = english.guideline.model_copy(update={"drugs": (drug, *english.guideline.drugs[1:])})
    assert Names(renamed).drugs("exemplumab, not preexemplumab") == {"exemplamab"}
    assert Names(english.guideline.model_copy(update={"drugs": (), "glossary": ()})).drugs("Exemplamab") == set()


def test_a_guideline_without_drugs_has_no_drug_pages(english: Built) -> None:
    """Where no drug is listed no page is made."""
    bare = english.guideline.model_copy(update={"drugs": ()})
    assert any("/drugs/" in page.uri for page in pages.build(english.guideline))
    assert [page.uri for page in pages.build(bare) if "/drugs/" in page.uri] == []
