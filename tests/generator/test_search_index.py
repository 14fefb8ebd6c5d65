"""The search's file: a record for everything that can be an answer, words with their sounds, and nothing hidden."""

import json
from pathlib import Path
from typing import Any

import pytest
from tiny_guideline import GUIDELINE, Break

from generator import addresses, search
from generator.checks import check_folder
from generator.models.guideline import Guideline
from generator.models.statement import Origin
from generator.search import characters
from generator.search.records import records

REAL = Path(__file__).parents[2] / "content" / "lung-cancer-bone-metastasis"


def loaded(folder: Path) -> Guideline:
    """A guideline without findings."""
    guideline, findings = check_folder(folder)
    assert guideline is not None
    assert findings == []
    return guideline


@pytest.fixture(scope="module", params=[GUIDELINE, REAL], ids=["english", "chinese"])
def guideline(request: pytest.FixtureRequest) -> Guideline:
    """Each of the two guidelines."""
    return loaded(request.param)


def test_everything_that_can_be_an_answer_is_a_record(guideline: Guideline) -> None:
    """Every statement, row, drug, term, calculator, pathway and section is one record with an address of its own."""
    kinds = {
        "statement": guideline.statements,
        "drug": guideline.drugs,
        "term": guideline.glossary,
        "calculator": guideline.calculators,
        "pathway": guideline.pathways,
        "section": guideline.sections,
    }
    wanted = {f"{kind}: {item.id}" for kind, items in kinds.items() for item in items}
    wanted |= {f"table-row: {table.id}/{row.id}" for table in guideline.tables for row in table.rows}
    wanted |= {f"caveat: {item.id}" for item in guideline.caveats if item.origin is not Origin.CITATION}
    found = records(guideline)
    assert {item.key for item in found} == wanted
    assert len(found) == len(wanted) == len({item.address for item in found})
    assert [item for item in found if addresses.target(guideline, item.key) != item.address] == []
    assert [item.key for item in found if not (item.title and item.label and item.place)] == []


def test_no_number_is_left_as_its_name(guideline: Guideline) -> None:
    """Texts stand in the index with their numbers filled in."""
    assert [item.key for item in records(guideline) if "{" in item.title + item.text + item.context] == []


def test_what_is_no_instruction_is_not_shown_as_one() -> None:
    """A cell that the source contradicts, denosumab's duration of infusion, is in no answer."""
    guideline = loaded(REAL)
    told = {item.key: item.text for item in records(guideline)}
    assert "15 min" in told["table-row: bma-dosing/zoledronic-acid"]
    for key in ("table-row: bma-dosing/denosumab", "drug: denosumab"):
        assert "120 mg" in told[key]
        assert "15 min" not in told[key]


def read(script: bytes) -> dict[str, Any]:
    """The data of an index."""
    text = script.decode().removeprefix("Vademecum.searchIndex(").removesuffix(");\n")
    data: dict[str, Any] = json.loads(text)
    return data


@pytest.mark.parametrize(
    ("directory_urls", "address"), [(True, "glossary/#term-crcl"), (False, "glossary.html#term-crcl")]
)
def test_addresses_are_those_of_the_site(directory_urls: bool, address: str) -> None:
    """The index has addresses below the site's root, as the site builder makes them."""
    [(name, script)] = search.files([loaded(GUIDELINE)], directory_urls=directory_urls).items()
    [term] = [record for record in read(script)["records"] if record[1] == "term"]
    assert term[2] == f"{name}/{address}"


def test_the_index_is_the_same_each_time(guideline: Guideline) -> None:
    """Two builds give the same bytes."""
    first, second = (search.files([guideline], directory_urls=True) for _ in range(2))
    assert first == second


def test_a_script_element_could_hold_the_index(broken: Break) -> None:
    """No text of a guideline ends a script element that the index stands in, and it is read back as it was."""
    hostile = "</script><script>alert(1)</script><!--"
    folder = broken("search.yaml", "note: Only invented fever is told.", f'note: "{hostile}"')
    guideline, _ = check_folder(folder)
    assert guideline is not None
    [script] = search.files([guideline], directory_urls=True).values()
    assert b"<" not in script
    assert read(script)["not_covered"][0][2] == hostile


def test_search_is_optional(broken: Break) -> None:
    """A guideline without search.yaml has an index all the same."""
    folder = broken("search.yaml", "# FICTIONAL", "# FICTIONAL")
    (folder / "search.yaml").unlink()
    [script] = search.files([loaded(folder)], directory_urls=True).values()
    assert read(script)["not_covered"] == []


def test_traditional_characters_of_the_texts_are_mapped() -> None:
    """For each character of the texts that has a traditional form, and for no other, there is a pair."""
    pairs = characters.traditional(["低钙血症", "单抗"])
    assert {"鈣": "钙", "單": "单"}.items() <= dict(zip(pairs[::2], pairs[1::2], strict=True)).items()
    assert set(pairs[1::2]) <= set("低钙血症单抗")
    assert characters.traditional(["abc"]) == ""


def split(group: str) -> tuple[str, str]:
    """A syllable and its characters."""
    signs = group.lstrip("abcdefghijklmnopqrstuvwxyz")
    return group.removesuffix(signs), signs


def test_sounds_are_those_of_words_and_not_of_characters() -> None:
    """A character that is read in two ways has the reading of its word."""
    syllables, others = characters.sounds(["重度", "重复", "体重", "PET", ""])
    read = {sign: syllable for group in syllables for syllable, signs in [split(group)] for sign in signs}
    assert read["体"] == "ti"
    assert {read["重"], *(sound.split()[0] for sound in others.values())} == {"zhong", "chong"}
    assert set(read) == set("重度复体")
