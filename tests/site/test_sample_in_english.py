"""The fictional guideline that `vademecum new` writes, translated as a whole: both editions are complete."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from html_tree import Element, read
from site_builder import mkdocs_build, new_project
from translating import checked

from calculators.bridge import handle
from generator import payload
from generator.models.guideline import Guideline
from generator.payload import proof
from generator.translation import editions

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "generator" / "starter" / "zh" / "content" / "sample-fever"
FIRST = ROOT / "content" / "lung-cancer-bone-metastasis"
OVERLAY = ROOT / "tests" / "fixtures" / "sample-fever-en"
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of both editions, in a theme that speaks Chinese."""
    config = new_project(tmp_path_factory.mktemp("sample") / "project")
    text = config.read_text(encoding="utf-8").replace("name: material,", "name: material, language: zh-Hans,")
    config.write_text(text.replace("  - search\n", ""), encoding="utf-8")
    folder = config.parent / "content" / SAMPLE.name
    shutil.copytree(SAMPLE, folder)
    shutil.copytree(OVERLAY, folder / "en")
    return mkdocs_build(config)


@pytest.fixture(scope="module")
def both(site: Path) -> tuple[Guideline, ...]:
    """The guideline in Chinese and in English."""
    return editions(checked(site.parent / "content" / SAMPLE.name))


def foreign(element: Element, language: str = "en") -> Iterator[str]:
    """What a page says in Chinese without saying that it is Chinese: texts and attributes."""
    own = element.attributes.get("lang", language)
    if not own.startswith("zh"):
        yield from (value for value in element.attributes.values() if CHINESE.search(value))
    for part in element.parts:
        if isinstance(part, Element):
            yield from foreign(part, own)
        elif not own.startswith("zh") and CHINESE.search(part):
            yield part


def test_no_text_is_left_in_the_original(both: tuple[Guideline, ...]) -> None:
    """Every text has a translation of what the original says now."""
    _, english = both
    assert (english.untranslated, english.outdated) == (0, 0)


def test_no_chinese_is_left_on_an_english_page(site: Path) -> None:
    """Neither in texts nor attributes, nor in what scripts are told, but for what says that it is Chinese."""
    pages = sorted((site / "en").rglob("*.html"))
    assert len(pages) > 15
    found = {path.relative_to(site).as_posix(): list(foreign(read(path))) for path in pages}
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_every_number_is_the_same_on_both_pages(site: Path) -> None:
    """Page by page, an English reader reads the numbers that a Chinese one reads."""
    for path in sorted((site / "en").rglob("*.html")):
        pair = [read(page) for page in (path, site / path.relative_to(site / "en"))]
        english, chinese = (Counter(NUMBER.findall(_content(page))) for page in pair)
        # '每 4 周 1 次' is 'once every 4 weeks'.
        english["1"] = chinese["1"] = 0
        assert +english == +chinese, path


def _content(page: Element) -> str:
    """What a page says; where a reference is cited is told by the beginnings of texts, which end elsewhere."""
    content = page.one("article", kind="md-content__inner")
    for item in content.all(kind="vm-reference"):
        for place in item.all("p", kind="vm-statement__foot"):
            place.parts.clear()
    return content.text()


@pytest.mark.parametrize("name", ["sample", "first"])
def test_the_engine_answers_every_case_in_both_languages(both: tuple[Guideline, ...], name: str) -> None:
    """Every worked case and walk of a guideline comes out right from the data of each language."""
    guidelines = both if name == "sample" else editions(checked(FIRST))
    for guideline in guidelines:
        text = payload.dump(guideline)
        [loaded, *results] = [json.loads(handle(item)) for item in proof.requests(guideline, text)]
        assert loaded["ok"]
        assert len(results) == len(guideline.calculators) + len(guideline.pathways)
        for result in results:
            assert result["ok"], result
            assert result["result"]["failures"] == []
            assert result["result"]["passed"] == result["result"]["total"] > 0
