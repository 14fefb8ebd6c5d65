"""What the how-to pages tell an author to write is accepted, in a guideline that has no other findings."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tiny_guideline import copied

from generator import source
from generator.checks import check_folder

PARTS = (Path(__file__).parents[2] / "docs" / "how-to" / "parts.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n# (\w+)\.yaml\n(.*?)```", PARTS, re.DOTALL)


def merged(before: Any, example: Any) -> Any:
    """An example laid over what was there: keys by name, records by id, number, label or what readers say."""
    if isinstance(before, dict) and isinstance(example, dict):
        return {**before, **{key: merged(before.get(key), value) for key, value in example.items()}}
    if isinstance(before, list) and isinstance(example, list) and all(isinstance(item, dict) for item in example):
        found = {_name(item): item for item in before}
        return list({**found, **{_name(item): merged(found.get(_name(item)), item) for item in example}}.values())
    return example


def _name(record: dict[str, Any]) -> str:
    return str(next((record[key] for key in ("id", "number", "label", "name") if key in record), record))


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=[f"{n}-{name}" for n, (name, _) in enumerate(EXAMPLES)])
def test_an_example_works_in_a_guideline(number: int, tmp_path: Path) -> None:
    """The fictional guideline with the example in it has no finding."""
    name, text = EXAMPLES[number]
    path = copied(tmp_path / "example-fever") / f"{name}.yaml"
    before, example = source.read(path)[0], source.parse(text, "example")
    assert example[1] == []
    changed = json.dumps(merged(before, example[0]), ensure_ascii=False, default=float)
    path.write_text(changed, encoding="utf-8")
    assert check_folder(path.parent)[1] == []


def test_every_part_has_its_example() -> None:
    """No file that this page tells of is without an example."""
    assert {name for name, _ in EXAMPLES} == {
        *("statements", "tables", "calculators", "pathways", "references", "drugs", "glossary", "search"),
    }
