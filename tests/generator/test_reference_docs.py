"""The pages of the documentation that are made from the code."""

import re
from pathlib import Path

import pytest

from generator import reference_docs, source
from generator.findings import CODES
from generator.load import LISTS, SINGLE
from generator.record_docs import descriptions, models_inside
from generator.reference_docs import main, pages

DOCS = Path(__file__).parent.parent.parent / "docs"
FILES = {**SINGLE, **LISTS}
MODELS = list(dict.fromkeys(inner for model in FILES.values() for inner in models_inside(model)))


def test_the_pages_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    """docs/findings and docs/yaml-reference.md are what `python -m generator.reference_docs` makes."""
    assert (main(["--docs", str(DOCS), "--check"]), capsys.readouterr().out) == (0, "")


def test_stale_pages_are_named_and_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` names what is stale, missing or left over, and writing mends all three."""
    main(["--docs", str(tmp_path)])
    (tmp_path / "findings" / "GL101.md").write_text("old", encoding="utf-8")
    (tmp_path / "findings" / "GL102.md").unlink()
    (tmp_path / "findings" / "GL999.md").write_text("left over", encoding="utf-8")
    assert main(["--docs", str(tmp_path), "--check"]) == 1
    assert re.findall(r"GL\d{3}", capsys.readouterr().out) == ["GL101", "GL102", "GL999"]
    assert main(["--docs", str(tmp_path)]) == 0
    assert main(["--docs", str(tmp_path), "--check"]) == 0


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_described(model: type) -> None:
    """The docstring of each model describes each of its keys under Attributes, and no other."""
    assert set(descriptions(model)) == set(model.model_fields)


def test_the_reference_names_every_file_and_key() -> None:
    """The YAML reference has a section for each model and a row for each key."""
    page = pages()["yaml-reference.md"]
    for model in MODELS:
        section = page.partition(f"\n## {model.__name__}\n")[2].partition("\n## ")[0]
        assert [row for row in model.model_fields if f"\n| `{row}` | " not in section] == []
    assert [name for name in (*SINGLE, *LISTS) if f"`{name}.yaml`" not in page] == []


def test_the_index_lists_every_code() -> None:
    """Each code stands once in the index, in its family."""
    assert re.findall(r"\[(GL\d{3})\]", pages()["findings/index.md"]) == sorted(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_examples_are_yaml(code: str) -> None:
    """Each example of a code's page can be read, so that it may be copied."""
    for example in re.findall(r"```yaml\n(.*?)```", pages()[f"findings/{code}.md"], re.DOTALL):
        assert source.parse(example, "example")[1] == []


def test_types_are_said_in_words() -> None:
    """The reference speaks of texts, numbers and lists, and not of Python's types."""
    page = pages()["yaml-reference.md"]
    assert "| `refs` | list: whole number | yes |" in page
    assert "| `range` | list of two: number | no |" in page
    assert "| `source` | one [Locator](#locator), or a list | yes |" in page
    assert "| `note` | `true` | no |" in page.replace("| true |", "| `true` |")
    assert "typing" not in page
    assert reference_docs.MADE in page
