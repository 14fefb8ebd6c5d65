"""An export is in the guideline's own language, or in that of a translation when it is asked for."""

import shutil
from pathlib import Path

import pytest
from translating import checked, translate_all

from generator.exports import ExportError, Request, book
from generator.translation import editions

TINY = Path(__file__).parents[1] / "fixtures" / "example-fever"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with the tiny guideline and its translation."""
    folder = tmp_path_factory.mktemp("exports") / "content"
    shutil.copytree(TINY, folder / "example-fever")
    translate_all(folder / "example-fever")
    return folder


@pytest.mark.parametrize(("language", "name"), [("", "example-fever-2020"), ("zh-Hans", "example-fever-2020.zh-Hans")])
def test_the_language_is_in_the_name_of_a_translation(content: Path, language: str, name: str) -> None:
    """The original keeps the name that it has had; its address online is that of its pages."""
    request = Request(Path("mkdocs.yml"), content, Path("dist"), "https://example.org", language=language)
    [found] = request.guidelines()
    assert found.meta.language == (language or "en")
    made = request.edition(found)
    assert made.file_name == name
    assert made.home == f"https://example.org/{found.folder}/"


def test_a_language_that_is_not_there_is_refused(content: Path) -> None:
    """The message says which there are."""
    with pytest.raises(ExportError, match=r"'fr'\n  hint: known: en, zh-Hans"):
        Request(Path("mkdocs.yml"), content, Path("dist"), language="fr").guidelines()


def test_a_book_has_the_same_chapters_in_both_languages(content: Path) -> None:
    """Each chapter of the original is one of the translation, under the same name."""
    original, made = editions(checked(content / "example-fever"))
    assert [chapter.uri for chapter in book.chapters(made)] == [chapter.uri for chapter in book.chapters(original)]
