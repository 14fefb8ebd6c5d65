"""A guideline in English is English all through: its pages set no sign of another script."""

import re
from pathlib import Path

from site_builder import Built, add_guideline, change, mkdocs_build, new_project

FOREIGN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")


def test_an_english_guideline_has_no_chinese_sign(two_guidelines: Path) -> None:
    """No page, whatever is inside its attributes and scripts, and no payload has Chinese punctuation or characters."""
    files = [path for path in two_guidelines.rglob("*") if path.suffix == ".html" or path.name == "payload.json"]
    assert len(files) > 20
    found = {path.relative_to(two_guidelines): FOREIGN.findall(path.read_text(encoding="utf-8")) for path in files}
    assert {str(path): signs for path, signs in found.items() if signs} == {}


def test_an_english_guideline_sets_its_own_marks(english: Built) -> None:
    """Colon, comma, list and brackets are the English ones, with the spaces that go with them."""
    assert "Fictional guideline" in english.page("about").text()
    dose = english.page("calculators/dose").text()
    assert "Creatinine clearance (mL/min)" in dose
    assert "Listed in the table 4 mg (table 1, Exemplamab, Dose)" in dose
    assert "5 mg: as the table says (table 1, row 2)" in dose
    assert "Given: Drug is Exemplamab, and" in dose
    assert english.page("tables/dosing").all("th")[1].text() == "Dose (mg)"
    assert "Search words: Examplex" in english.page("glossary").text()
    assert (
        english.page("about")
        .one("meta", name="description")
        .attributes["content"]
        .startswith("Example fever (fictional): About. ")
    )


def test_a_row_has_its_label(english: Built, chinese: Built) -> None:
    """Where no cell says it, the label of a row is its head in a column of its own; elsewhere it is not said twice."""
    grid = english.page("tables/dosing").all("table")[0]
    heads = [row.all("th", scope="row") for row in grid.one("tbody").all("tr")]
    assert [[head.text() for head in found] for found in heads] == [["Exemplamab"], ["Placebomab"]]
    assert len(grid.one("thead").all("td")) == 1
    for table in chinese.guideline.tables:
        said = all(row.label in [cell.text for cell in row.cells.values()] for row in table.rows)
        grid = chinese.page(f"tables/{table.id}").all("table")[0]
        assert len(grid.one("thead").all("td")) == (0 if said else 1)
        assert [len(row.all("th", scope="row")) for row in grid.one("tbody").all("tr")] == [1] * len(table.rows)


def test_no_glossary_without_drugs_and_terms(tmp_path: Path) -> None:
    """A page with nothing on it is not made, and nothing leads there."""
    config = new_project(tmp_path / "project")
    folder = add_guideline(config)
    for name in ("drugs.yaml", "glossary.yaml", "coverage.yaml"):
        (folder / name).unlink()
    for drug in ("exemplamab", "placebomab"):
        change(folder / "tables.yaml", f"      drug: {drug}\n", "")
        change(folder / "calculators.yaml", f"- {{id: {drug}}}", f"- {{id: {drug}, label: {drug.title()}}}")
    site = mkdocs_build(config)
    assert not (site / "example-fever" / "glossary").exists()
    assert [path for path in site.rglob("*.html") if "glossary/" in path.read_text(encoding="utf-8")] == []
