"""The pages of a guideline, as built: nothing that the guideline says is lost on the way, and nothing is added."""

import json
import re
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from html_tree import Element, parse
from site_builder import GUIDELINE, Built, add_guideline, change, mkdocs_build, new_project

from generator import addresses, citations, explanations, pages, payload, text
from generator.load import load
from generator.models.guideline import Guideline
from generator.page_context import PageContext
from generator.words import for_language

IDEOGRAPH = re.compile(r"[一-鿿]")


def anchors(part: Element) -> list[str]:
    """The anchors that the links inside lead to."""
    return [urldefrag(item.attributes["href"]).fragment for item in part.all("a")]


def marks(part: Element) -> list[str]:
    """The caveats whose marks stand inside."""
    return [item.text() for item in part.all("a", kind="vm-mark")]


def tight(shown: str) -> str:
    """A text without any white space: where it breaks on a page says nothing."""
    return "".join(shown.split())


def tiny() -> Guideline:
    """The tiny guideline."""
    guideline = load(GUIDELINE).guideline
    assert guideline is not None
    return guideline


def test_pages_and_their_order() -> None:
    """In the order of the navigation: board, list, drugs, sections, pathways, tables, calculators, the rest."""
    found = pages.build(tiny())
    assert [(page.uri.removeprefix("example-fever/"), page.group, page.title) for page in found] == [
        ("index.md", "", "Example fever"),
        ("recommendations.md", "", "Recommendations"),
        *((f"drugs/{item.id}.md", "Drugs", item.name) for item in tiny().drugs),
        ("sections/introduction.md", "Text", "Introduction"),
        ("sections/treatment.md", "Text", "Treatment"),
        *((f"pathways/{item.id}.md", "Pathways", item.title) for item in tiny().pathways),
        ("tables/dosing.md", "Tables", "Table 1 Doses"),
        ("calculators/dose.md", "Calculators", "Dose"),
        ("calculators/clearance.md", "Calculators", "Creatinine clearance"),
        ("teaching.md", "Teaching", "Teaching cases"),
        ("teaching/answers.md", "Teaching", "Teaching cases: answers"),
        ("references.md", "", "References"),
        ("glossary.md", "", "Abbreviations and terms"),
        ("about.md", "", "About"),
    ]
    assert [page.markdown for page in pages.build(tiny())] == [page.markdown for page in found]


def test_every_statement_stands_on_its_section_page(built: Built) -> None:
    """Each statement is on the page of its section under its id, marked as a statement, with all its parts."""
    guideline = built.guideline
    words = for_language(guideline.meta.language)
    for item in guideline.statements:
        page = built.page(f"sections/{addresses.root_section(guideline, item.section)}")
        element = page.one(id=item.id)
        assert "data-statement" in element.attributes
        assert element.one("header").one("span", kind="vm-kind").text() == words[f"kind_{item.kind.value}"]
        refs = "".join(f"[{number}]" for number in item.refs)
        shown = element.one("p", kind="vm-statement__text")
        assert shown.text() == " ".join(filter(None, [text.statement_text(guideline, item), refs]))
        assert [urldefrag(link.attributes["href"]).fragment for link in shown.all("a", kind="vm-ref")] == [
            f"ref-{number}" for number in item.refs
        ]
        if item.title:
            assert element.one("strong", kind="vm-statement__title").text() == text.statement_title(guideline, item)


def test_every_statement_says_where_it_is_from(built: Built) -> None:
    """Behind each statement: its place in the source, its references in full, or that the source cites nothing."""
    guideline = built.guideline
    words = for_language(guideline.meta.language)
    for item in guideline.statements:
        article = built.at(addresses.statement(guideline, item.id))
        foot = article.one("details", kind="vm-origin")
        place = words["semicolon"].join(
            addresses.locator_text(locator, guideline.meta.language) for locator in item.source
        )
        assert foot.all("p")[0].text().startswith(f"{words['source']} {place}")
        assert (words["refs_none"] in foot.text()) == (not item.refs)
        assert [line.text() for line in foot.all("li")] == [
            f"[{number}] {citations.gbt7714(guideline.reference_by_number[number])}" for number in item.refs
        ]
        assert article.one("a", kind="vm-statement__link").attributes["href"].endswith(f"#{item.id}")


def test_a_grade_is_the_sources_or_is_said_to_be_missing(built: Built) -> None:
    """A graded statement shows its grade and names the source; a recommendation without one says so."""
    guideline = built.guideline
    words = for_language(guideline.meta.language)
    for item in guideline.statements:
        grades = built.at(addresses.statement(guideline, item.id)).all("span", kind="vm-grade")
        shown = [(grade.text(), grade.attributes.get("title")) for grade in grades]
        if item.grade:
            assert shown == [(words["grade_given"].format(grade=item.grade), guideline.meta.cite_as)]
        elif item.kind == "recommendation":
            assert shown == [(words["grade_absent"], None)]
        else:
            assert shown == []


def test_every_caveat_of_a_statement_stands_beside_it(built: Built) -> None:
    """A caveat that changes how a statement is read is in sight, others are one tap away; each is whole."""
    guideline = built.guideline
    for item in guideline.statements:
        element = built.at(addresses.statement(guideline, item.id))
        notes = element.all("details", kind="vm-caveat")
        behind = [note for layer in element.all("details", kind="vm-layer") for note in layer.all(kind="vm-caveat")]
        assert sorted(anchors(note)[0] for note in notes) == sorted(item.caveats)
        for note in notes:
            key = anchors(note)[0]
            caveat = guideline.caveat_by_id[key]
            assert caveat.title in note.one("summary").text()
            assert note.one("p").text() == f"{caveat.text} {key}"
            assert anchors(note) == [key]
            assert "open" in note.attributes
            assert (note not in behind) == (caveat.prominent and caveat.origin.value != "citation")


def test_why_stands_behind_a_statement(built: Built) -> None:
    """Behind a statement stand the evidence and the doubts that are related to it, whole, then what else is."""
    guideline = built.guideline
    reasons = 0
    for item in guideline.statements:
        element = built.at(addresses.statement(guideline, item.id))
        wanted = {
            other.id: text.statement_text(guideline, other)
            for other in guideline.statements
            if other.kind in ("evidence", "uncertainty")
            and item.kind not in ("evidence", "uncertainty")
            and (other.id in item.related or item.id in other.related)
        }
        lists = element.all("ul", kind="vm-why")
        shown = {anchors(line)[0]: line.all("a")[0].text() for part in lists for line in part.all("li")}
        assert shown == wanted
        reasons += len(wanted)
        led = anchors(element)
        assert [key for key in item.related if key in guideline.statement_by_id and key not in led] == []
    assert reasons


def test_names_in_a_statement_lead_to_what_they_mean(built: Built) -> None:
    """A drug or term that has an explanation is a link where a statement first names it."""
    guideline = built.guideline
    for item in guideline.statements:
        shown = built.at(addresses.statement(guideline, item.id)).one("p", kind="vm-statement__text")
        words = [(word.text(), word.attributes["href"]) for word in shown.all("a", kind="vm-word")]
        assert len(words) == len({link for _, link in words})
        for word, link in words:
            path, anchor = urldefrag(link.removeprefix("../../"))
            title = (
                built.page(path.rstrip("/")).one(id=anchor).text() if anchor else built.page(path.rstrip("/")).text()
            )
            assert word.casefold() in title.casefold()


def test_in_a_text_the_first_and_longest_name_counts(chinese: Built, english: Built) -> None:
    """Of a name that comes twice the first is a link, a name inside a longer one is none; text stays text."""
    context = PageContext(chinese.guideline, 2, True)
    item = chinese.guideline.statements[0]
    said = item.model_copy(update={"text": "PET/CT与BS，BS与<b>唑来膦酸</b>", "values": {}})
    assert str(context.marked(said)) == (
        '<a class="vm-word" href="../../glossary/#term-pet-ct">PET/CT</a>与'
        '<a class="vm-word" href="../../glossary/#term-bs">BS</a>，BS与&lt;b&gt;'
        '<a class="vm-word" href="../../drugs/zoledronic-acid/">唑来膦酸</a>&lt;/b&gt;'
    )
    own = PageContext(chinese.guideline, 2, True, layers=context.layers, address="drugs/zoledronic-acid/")
    assert "drugs" not in str(own.marked(said))
    tiny_item = english.guideline.statement_by_id["give-exemplamab"]
    files = PageContext(english.guideline, 2, False)
    assert '<a class="vm-word" href="../../drugs/exemplamab.html">Exemplamab</a>.' in str(files.marked(tiny_item))


@pytest.mark.parametrize("directory_urls", [True, False])
def test_what_opens_in_place_is_there_for_every_link(built: Built, directory_urls: bool) -> None:
    """The script of explanations has a text for each link to a reference, a drug or a term, and holds no dose."""
    guideline = built.guideline
    script = explanations.script(guideline, directory_urls=directory_urls)
    told = json.loads(script.partition("explanations = ")[2].rstrip(";\n"))
    linked = {
        item.attributes["href"].replace("../", "")
        for page in pages.build(guideline, directory_urls=directory_urls)
        for item in parse(page.markdown).all("a")
        if {"vm-ref", "vm-word"} & set(item.attributes.get("class", "").split())
    }
    assert linked
    assert linked <= set(told["texts"])
    for item in guideline.references:
        assert any(citations.gbt7714(item) in text_[1] for text_ in told["texts"].values())
    assert guideline.meta.cite_as in told["footer"]
    assert guideline.meta.notice in told["footer"]
    assert not re.search(r"\d mg", "".join(text_[1] for key, text_ in told["texts"].items() if key.startswith("drugs")))
    assert {text_[2] for text_ in told["texts"].values() if len(text_) > 2} == (
        {"zh"} & {item.lang for item in guideline.references} if guideline.meta.language == "en" else {"en"}
    )


def test_the_list_of_recommendations(built: Built) -> None:
    """Every recommendation, and nothing else, is on the list, with refs, grade, marks and the way to its place."""
    guideline = built.guideline
    listed = [item for item in built.page("recommendations").all("article") if "data-statement" in item.attributes]
    wanted = [item for item in guideline.statements if item.kind == "recommendation"]
    assert sorted(item.attributes["id"] for item in listed) == sorted(item.id for item in wanted)
    for article in listed:
        item = guideline.statement_by_id[article.attributes["id"]]
        assert text.statement_text(guideline, item) in article.text()
        assert [mark.text() for mark in article.all("span", kind="vm-mark")] == list(item.caveats)
        assert len(article.all("span", kind="vm-grade")) == 1
        assert anchors(article.one("details", kind="vm-origin")) == [item.id]


def test_every_caveat_is_on_the_about_page(built: Built) -> None:
    """Each caveat is listed whole, says where it is from or that it is the site's, and leads to where it is shown."""
    guideline = built.guideline
    words = for_language(guideline.meta.language)
    about = built.page("about")
    listed = [item.attributes["id"] for item in about.all("article") if "data-caveat" in item.attributes]
    assert listed == [item.id for item in guideline.caveats]
    for caveat in guideline.caveats:
        element = about.one(id=caveat.id)
        assert element.one("h3").text() == f"{words[f'origin_{caveat.origin.value}']} {caveat.id} {caveat.title}"
        assert element.all("p")[0].text() == caveat.text
        foot = element.all("p")[1]
        assert (words["not_in_source"] in foot.text()) == (not caveat.source)
        assert anchors(foot) == [item.id for item in guideline.statements if caveat.id in item.caveats]


def test_the_about_page_says_who_and_what_for(built: Built) -> None:
    """Edition, version, review, grades, intended use, what it is not for, and rights are all said."""
    meta = built.guideline.meta
    shown = built.page("about").text()
    lines = [meta.notice, meta.edition, meta.version, str(meta.review_due), meta.reviewed.note, meta.grading.scheme]
    lines += [*meta.intended_use, *meta.not_for, *meta.rights, *(grade.meaning for grade in meta.grading.grades)]
    lines += [item.citation for item in meta.related_documents]
    assert [line for line in lines if line not in shown] == []
    assert for_language(meta.language)["reviewed_none"] in shown


def test_every_reference_is_listed(built: Built) -> None:
    """Each reference is printed in full and leads to every statement that cites it, or says that none does, and why."""
    guideline = built.guideline
    words = for_language(guideline.meta.language)
    page = built.page("references")
    numbers = [item.attributes["data-reference"] for item in page.all("div") if "data-reference" in item.attributes]
    assert numbers == [str(item.number) for item in guideline.references]
    for item in guideline.references:
        element = page.one(id=f"ref-{item.number}")
        assert element.all("p")[0].text().startswith(citations.gbt7714(item))
        citing = [statement.id for statement in guideline.statements if item.number in statement.refs]
        foot = element.all("p")[1]
        assert anchors(foot) == citing
        assert (foot.text() == words["uncited"]) == (not citing)
        noted = [note.all("a")[0].text() for note in element.all("details")]
        assert noted == [key for key in (item.uncited, *item.caveats) if key]


def test_every_cell_of_a_table_is_shown(built: Built) -> None:
    """A table's page has each cell under its column, with the marks of its caveats and of its note, and each note."""
    guideline = built.guideline
    for table in guideline.tables:
        page = built.page(f"tables/{table.id}")
        grid = page.all("table")[0]
        assert [
            tight(head.text())[: len(tight(column.label))]
            for head, column in zip(grid.one("thead").all("th"), table.columns, strict=True)
        ] == [tight(column.label) for column in table.columns]
        notes = {note.id: note for note in table.notes}
        for row in table.rows:
            boxes = page.one(id=f"{table.id}--{row.id}").all(kind="vm-cell")
            assert len(boxes) == len(table.columns)
            for column, box in zip(table.columns, boxes, strict=True):
                cell = row.cells[column.id]
                points = [tight(text.item_text(guideline, item)) for item in cell.items or ()]
                for point in points or [tight(text.cell_text(guideline, column, cell))]:
                    assert point in tight(box.text())
                wanted = [key for item in cell.items or () for key in item.caveats]
                wanted += [*cell.caveats, *filter(None, [cell.not_an_instruction])]
                assert list(dict.fromkeys(marks(box))) == list(dict.fromkeys(wanted))
                assert [item.text() for item in box.all("sup")] == ([notes[cell.note].mark] if cell.note else [])
        for note in table.notes:
            line = page.one(id=f"{table.id}--note--{note.id}")
            assert line.text().startswith(f"{note.mark} {text.item_text(guideline, note)}")
            assert f"{table.id}--note--{note.id}" in anchors(grid)


def test_a_tables_page_carries_its_statements_and_caveats(built: Built) -> None:
    """Below a table stand the statements of its rows and notes, and every caveat that its cells point to."""
    guideline = built.guideline
    for table in guideline.tables:
        page = built.page(f"tables/{table.id}")
        for key in [row.statement for row in table.rows] + [note.statement for note in table.notes]:
            assert "data-statement" in page.one(id=key).attributes
        pointed = set(marks(page.all("table")[0])) | set(table.caveats)
        assert pointed <= {note.all("a")[-1].text() for note in page.all("details", kind="vm-caveat")}


def test_a_dose_table_is_on_the_board_too(built: Built) -> None:
    """The overview has every table with doses, and every tap of the board leads to an element of the site."""
    guideline = built.guideline
    page = built.page("")
    for table in guideline.tables:
        has_dose = any(column.role == "dose" for column in table.columns)
        assert bool(page.all("tr", id=f"{table.id}--{table.rows[0].id}")) == has_dose
    taps = page.all("a", kind="vm-tap")
    entries = [entry for group in guideline.meta.board for entry in group.entries]
    assert len(taps) == len(entries)
    for tap, entry in zip(taps, entries, strict=True):
        assert tap.all("span")[0].text() == entry.label
        path, anchor = urldefrag(tap.attributes["href"])
        target = built.page(path.rstrip("/"))
        assert not anchor or target.one(id=anchor)


def test_the_decision_table_is_complete(built: Built) -> None:
    """A calculator's page shows every row: its conditions, kind, value, readings, usage, basis and caveats."""
    guideline = built.guideline
    words = for_language(guideline.meta.language)
    data = {item["id"]: item for item in payload.build(guideline)["calculators"]}
    for calculator in guideline.calculators:
        page = built.page(f"calculators/{calculator.id}")
        shown = [item for item in page.all("div") if "data-row" in item.attributes]
        assert [item.attributes["data-row"] for item in shown] == [row["id"] for row in data[calculator.id]["rows"]]
        for element, row in zip(shown, data[calculator.id]["rows"], strict=True):
            outcome = row["outcome"]
            assert element.one("span", kind="vm-kind").text() == words[f"outcome_{outcome['kind']}"]
            readings = [item.text() for item in element.all("p", kind="vm-reading")]
            assert [
                item["reading"] in reading for item, reading in zip(outcome["alternatives"], readings, strict=False)
            ] == [True for _ in outcome["alternatives"]]
            assert (words["no_rule_note"] in readings) == (outcome["kind"] == "no_rule")
            usage = [outcome[key] for key in ("route", "duration", "interval") if outcome[key]]
            assert [item.text() for item in element.all("dd")] == [
                item if isinstance(item, str) else item["text"] for item in usage
            ]
            foot = element.one("p", kind="vm-statement__foot")
            assert anchors(foot) == [*outcome["statements"], *outcome["caveats"]]
            doses = [item.text() for item in element.all("strong", kind="vm-dose")]
            assert len(doses) == bool(outcome["value"] or outcome["alternatives"])
            for number in [outcome["value"], *outcome["alternatives"]]:
                assert number is None or f"{number['value']} {number['unit']}" in doses[0]
            if outcome["listed"]:
                assert f"{outcome['listed']['value']} {outcome['listed']['unit']}" in element.text()


def test_the_decision_table_in_words(english: Built, chinese: Built) -> None:
    """Conditions, bounds and units are words: a ceiling reads as one, a threshold has its unit, 'always' is said."""
    rows = {
        "exemplamab-stop": ["Creatinine clearance below 10 mL/min", "Stop"],
        "exemplamab-reduced": [
            "Creatinine clearance at least 10 mL/min, and Creatinine clearance below 30 mL/min",
            "A ceiling, not a dose to give at most 2 mg",
            "as table 1 lists for the standard dose: into a vein",
        ],
        "exemplamab-standard": ["The dose that the source gives 4 mg", "over 1 to 2 h", "3 or 4 weeks"],
        "exemplamab-child": ["Age in completed years below 18 years", "Listed in the table 4 mg"],
        "placebomab": ["Drug is Placebomab", "5 mg or 10 mg", "5 mg: as the table says", "10 mg: as the sentence says"],
        "other": ["Drug is one of Another drug", "The source has no rule"],
    }
    page = english.page("calculators/dose")
    for row, wanted in rows.items():
        shown = page.one(id=f"row-{row}").text()
        assert [words for words in wanted if words not in shown] == []
    assert english.page("calculators/clearance").one(id="row-computed").all("p")[0].text() == "always"
    assert "at least 15 min" not in page.text()
    row = chinese.page("calculators/bma-dose").one(id="row-zoledronic-acid-30-to-60").text()
    assert "肌酐清除率不低于 30 mL/min，且肌酐清除率小于 60 mL/min" in row
    assert "上限，不是应给的剂量 不超过 3.5 mg" in row


def test_the_form_asks_for_every_input(built: Built) -> None:
    """The form has a labelled field for each input, names its limits, marks what is required, and holds no dose."""
    for calculator in built.guideline.calculators:
        page = built.page(f"calculators/{calculator.id}")
        form = page.one("calculator-form").one("form")
        for field in calculator.inputs:
            box = form.one("div", data_field=field.id)
            assert field.label in box.one("label").text()
            control = box.one(id=f"{calculator.id}-{field.id}")
            assert control.attributes["name"] == field.id
            assert ("required" in control.attributes) == field.required
            for limits in field.units:
                assert f"{limits.max}" in box.text()
            assert [item.attributes["value"] for item in control.all("option")][1:] == (
                ["yes", "no"] if field.kind == "yes_no" else [option.id for option in field.options]
            )
        config = json.loads("".join(map(str, form_config(page).parts)))
        assert "rows" not in config
        assert config["notice"] == built.guideline.meta.notice
        assert form.all("p", kind="vm-field__error")


def form_config(page: Element) -> Element:
    """The script element with what the form's script needs."""
    return next(item for item in page.all("script") if "data-config" in item.attributes)


def test_a_formula_and_the_cases_are_printed(built: Built) -> None:
    """A calculator prints its formula with its origin, what it does not consider, and every worked case."""
    for calculator in built.guideline.calculators:
        page = built.page(f"calculators/{calculator.id}")
        lines = list(calculator.not_considered)
        if calculator.formula:
            lines += [*calculator.formula.lines, calculator.formula.origin]
        assert [line for line in lines if line not in page.text()] == []
        shown = [item.attributes["data-case"] for item in page.all("li") if "data-case" in item.attributes]
        assert shown == [case.id for case in calculator.cases]


def test_drugs_and_terms_are_in_the_glossary(built: Built) -> None:
    """Each drug and each term has its entry; words for searching are marked as not the source's."""
    page = built.page("glossary")
    words = for_language(built.guideline.meta.language)
    for drug in built.guideline.drugs:
        entry = page.one(id=f"drug-{drug.id}")
        assert drug.name in entry.one("dt").text()
        assert bool(entry.all("small", kind="vm-search-words")) == bool(drug.search.all())
        assert len(entry.all("a")) == 1 + len(drug.table_rows) + len(drug.caveats)
    for term in built.guideline.glossary:
        entry = page.one(id=f"term-{term.id}")
        assert entry.one("dt").text() == " ".join(filter(None, [term.abbreviation, term.term]))
        assert words["source"] in entry.text()
    assert words["search_words_note"] in page.text()


def test_an_english_guideline_speaks_english(english: Built) -> None:
    """No word on any page of an English guideline is Chinese, nor in its payload."""
    for path in english.folder.rglob("index.html"):
        page = english.page(path.parent.relative_to(english.folder).as_posix())
        assert not IDEOGRAPH.search(page.one("article", kind="md-content__inner").text()), path
        assert not IDEOGRAPH.search(page.one("title").text())
    assert not IDEOGRAPH.search((english.folder / "payload.json").read_text(encoding="utf-8"))


def test_a_chinese_guideline_speaks_chinese(chinese: Built) -> None:
    """No word of the English catalogue stands on a page of the Chinese guideline where it has a Chinese one."""
    words = {
        word
        for word in for_language("en").values()
        if "{" not in word and len(word) > 3 and word not in for_language("zh-Hans").values()
    }
    for path in chinese.folder.rglob("index.html"):
        page = chinese.page(path.parent.relative_to(chinese.folder).as_posix())
        for part in page.all(kind="vm-kind") + page.all(kind="vm-statement__foot") + page.all("h2") + page.all("label"):
            assert part.text() not in words, path


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_links_without_directories_end_in_html(language: str) -> None:
    """For a site builder with file addresses, every link of every page ends in `.html` before its anchor."""
    guideline = (
        tiny() if language == "en" else load(GUIDELINE.parents[2] / "content" / "lung-cancer-bone-metastasis").guideline
    )
    assert guideline is not None
    found = [*pages.build(guideline, directory_urls=False), pages.home([guideline], language, directory_urls=False)]
    for page in found:
        for item in parse(page.markdown).all("a"):
            link = item.attributes["href"]
            assert link.startswith(("https://doi.org/", "#")) or urldefrag(link).url.endswith(".html"), (page.uri, link)


def test_one_cell_feeds_the_page_and_the_payload(tmp_path: Path) -> None:
    """A number changed in one cell changes everywhere: in the table, the statement, the rules, the payload."""
    config = new_project(tmp_path / "project")
    folder = add_guideline(config)
    calculators = folder / "calculators.yaml"
    change(
        folder / "tables.yaml",
        "dose: {quantity: {exactly: 4, unit: mg}, note",
        "dose: {quantity: {exactly: 7.5, unit: mg}, note",
    )
    change(calculators, "expect: {kind: fixed, value: 4, unit: mg}", "expect: {kind: fixed, value: 7.5, unit: mg}")
    change(calculators, "expect: {kind: no_rule, listed: 4, caveats: [G1]}", "expect: {kind: no_rule, listed: 7.5}")
    change(folder / "coverage.yaml", "by: dosing/exemplamab/dose, figures: [4 mg]", "by: dosing/exemplamab/dose")
    change(folder / "statements.yaml", "stop: {less_than: 10, unit: mL/min}", "stop: {less_than: 12, unit: mL/min}")
    change(folder / "coverage.yaml", "figures: [less than 10 mL/min]", "figures: [less than 12 mL/min]")
    # What is offered as a wrong answer is the author's own number, and stands in no cell.
    change(folder / "teaching.yaml", "{kind: fixed, value: 4 mg}", "{kind: fixed, value: 7.5 mg}")
    site = Built(tiny(), mkdocs_build(config) / "example-fever")
    [dose, _] = json.loads((site.folder / "payload.json").read_text(encoding="utf-8"))["calculators"]
    rows = {row["id"]: row for row in dose["rows"]}
    assert rows["exemplamab-standard"]["outcome"]["value"]["value"] == "7.5"
    assert rows["exemplamab-child"]["outcome"]["listed"]["value"] == "7.5"
    assert [item["value"] for item in rows["exemplamab-stop"]["when"] if item["input"] == "crcl"] == ["12"]
    assert "7.5 mg" in site.at("sections/treatment#dosing-exemplamab").text()
    assert "7.5 mg" in site.at("tables/dosing#dosing--exemplamab").text()
    assert "7.5 mg" in site.at("#dosing--exemplamab").text()
    page = site.page("calculators/dose")
    assert "The dose that the source gives 7.5 mg" in page.one(id="row-exemplamab-standard").text()
    assert "Listed in the table 7.5 mg" in page.one(id="row-exemplamab-child").text()
    assert "below 12 mL/min" in page.one(id="row-exemplamab-stop").text()
    assert "less than 12 mL/min" in site.at("sections/treatment#renal-rule").text()
    numbers = re.compile(r"(?<![\d.])4 mg|(?<!\d)10 mL")
    assert [
        path
        for path in site.folder.rglob("index.html")
        if numbers.search(site.page(str(path.parent.relative_to(site.folder))).text())
    ] == []
