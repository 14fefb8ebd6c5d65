"""A translation says the same in other words and with the same numbers; what it does not say is marked."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tiny_guideline import GUIDELINE, apply, copied
from translating import checked, pseudo, translate, translate_all

from generator import payload, text
from generator.checks import check_folder
from generator.cli import main
from generator.models.guideline import Guideline
from generator.said import Said, plain
from generator.translation import editions, fingerprint, texts
from generator.translation.texts import FIELDS

GIVE = "Adults with example fever should be given Exemplamab."


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """The folder of the tiny guideline with a whole translation."""
    folder = copied(tmp_path / "guideline")
    translate_all(folder)
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    apply([{"file": file, "replace": old, "with": new}], folder)


def edition(folder: Path) -> Guideline:
    """The translated guideline of a folder."""
    guideline, _ = check_folder(folder)
    assert guideline is not None
    return editions(guideline)[1]


def said(guideline: Guideline) -> Iterator[Said]:
    """The texts of a guideline that a translation should say and does not."""
    for record in guideline.inside():
        for name in FIELDS.get(type(record), ()):
            value = getattr(record, name)
            yield from (item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, Said))


def without_words(data: Any) -> Any:
    """Data with every text reduced to its numbers: what must be the same in all languages."""
    if isinstance(data, dict):
        return {key: without_words(value) for key, value in data.items() if key != "language"}
    if isinstance(data, list):
        return [without_words(item) for item in data]
    return re.findall(r"[0-9]+(?:\.[0-9]+)?", data) if isinstance(data, str) else data


def test_a_whole_translation_has_no_finding_and_leaves_nothing_in_the_original(whole: Path) -> None:
    """Every text is said in the language of the translation, and `check` has nothing to say."""
    original, made = editions(checked(whole))
    assert list(said(made)) == []
    assert made.meta.language == "zh-Hans"
    assert made.statement_by_id["give-exemplamab"].text == pseudo(GIVE)
    assert original.statement_by_id["give-exemplamab"].text == GIVE


def test_numbers_rules_and_ids_are_those_of_the_original(whole: Path) -> None:
    """What the engine reckons with differs in words alone, and every text has the same numbers as its original."""
    original, made = editions(checked(whole))
    there, here = (json.loads(payload.dump(item)) for item in (original, made))
    for case in (case for item in there["calculators"] for case in item["cases"]):
        case["expect"].pop("display", None)
    for row in (row for item in (there, here) for calculator in item["calculators"] for row in calculator["rows"]):
        # A unit is a word, and 'range' is printed with other words: what it stands for is compared as min and max.
        for usage in ("route", "duration", "interval"):
            if isinstance(row["outcome"][usage], dict):
                row["outcome"][usage].pop("text")
    there["calculators"] = [_unlabelled(item) for item in there["calculators"]]
    here["calculators"] = [_unlabelled(item) for item in here["calculators"]]
    assert without_words(here) == without_words(there)
    for statement in original.statements:
        pair = (text.statement_text(item, item.statement_by_id[statement.id]) for item in (original, made))
        first, second = (re.findall(r"[0-9]+(?:\.[0-9]+)?", one) for one in pair)
        assert first == second


def _unlabelled(calculator: dict[str, Any]) -> dict[str, Any]:
    """A calculator without the other names of its options: the names of the original are added there."""
    inputs = [
        {**item, "options": [{"id": option["id"]} for option in item["options"]]} for item in calculator["inputs"]
    ]
    return {**calculator, "inputs": inputs}


def test_a_text_without_a_translation_stays_as_the_original_has_it(tmp_path: Path) -> None:
    """It carries the language of the original, in which its numbers are written, also as plain text."""
    folder = copied(tmp_path / "guideline")
    translate(folder, "zh-Hans")
    original, made = editions(checked(folder))
    assert len({id(item) for item in said(made)}) >= len(texts(original)) * 0.9
    dose = text.statement_text(made, made.statement_by_id["dosing-exemplamab"])
    assert isinstance(dose, Said)
    assert dose == "Exemplamab is given in a dose of 4 mg, once in 3 or 4 weeks."
    assert plain(dose).startswith("[en] Exemplamab is given")
    assert dose.__html__() == f'<span class="vm-original" lang="en">{dose}</span>'
    column = made.table_by_id["dosing"].columns[2]
    cell = made.table_by_id["dosing"].rows[0].cells["duration"]
    assert text.cell_text(made, column, cell) == "over 1 to 2 h"


def test_a_translation_of_an_earlier_text_is_never_said_in_its_place(whole: Path) -> None:
    """When the original changes, `check` warns, and the page has the original with the old translation behind it."""
    change(whole, "statements.yaml", GIVE, GIVE.replace("should", "must not"))
    _, findings = check_folder(whole, "guideline")
    assert [(item.code, item.severity, item.where.file) for item in findings] == [
        ("GL941", "warning", "guideline/zh-Hans/statements.yaml")
    ]
    assert "'ample fever should be given Ex' became 'ample fever must not be given Ex'" in findings[0].message
    stale = edition(whole).statement_by_id["give-exemplamab"].text
    assert isinstance(stale, Said)
    assert stale == "Adults with example fever must not be given Exemplamab."
    assert stale.older == pseudo(GIVE)
    assert f'<del class="vm-stale">{pseudo(GIVE)}</del>' in stale.__html__()


def test_the_command_keeps_what_a_translator_wrote(whole: Path) -> None:
    """A second run changes no byte; where an original changed, its comment alone is added."""
    files = {path: path.read_bytes() for path in (whole / "zh-Hans").rglob("*.yaml")}
    translate(whole, "zh-Hans")
    assert {path: path.read_bytes() for path in files} == files
    statements = whole / "zh-Hans" / "statements.yaml"
    own = "# mine\ngive-exemplamab/text:\n  # a remark\n  of: gpdnpcdp\n  text: >-\n    译文\n    两行\n"
    before = re.sub(r"give-exemplamab/text:\n(  .*\n)+", own, statements.read_text(encoding="utf-8"))
    statements.write_text(before, encoding="utf-8")
    translate(whole, "zh-Hans")
    assert statements.read_text(encoding="utf-8") == before
    change(whole, "statements.yaml", GIVE, "Nobody should.")
    for _ in range(2):
        translate(whole, "zh-Hans")
        now = before.replace("  of: gpdnpcdp\n", "  # now: Nobody should.\n  of: gpdnpcdp\n")
        assert statements.read_text(encoding="utf-8") == now


def test_a_mended_translation_gets_its_hash_from_the_command(whole: Path) -> None:
    """Without `of`, the command writes the hash of what the original says now, and the page says the translation."""
    change(whole, "statements.yaml", GIVE, "Nobody should.")
    translate(whole, "zh-Hans")
    change(whole, "zh-Hans/statements.yaml", f"  of: {fingerprint(GIVE)}\n", "")
    assert "found none" in check_folder(whole)[1][0].message
    translate(whole, "zh-Hans")
    entry = f'  # original: Nobody should.\n  of: {fingerprint("Nobody should.")}\n  text: "{pseudo(GIVE)}"\n'
    assert f"give-exemplamab/text:\n{entry}" in (whole / "zh-Hans" / "statements.yaml").read_text(encoding="utf-8")
    assert list(said(edition(whole))) == []


def test_a_translation_without_original_is_kept_at_the_end(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A record with another id is to be translated anew; what was written for the old one is not thrown away."""
    for path in whole.glob("*.yaml"):
        text_ = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\bdosing-exemplamab\b", "exemplamab-dosing", text_), encoding="utf-8")
    assert [item.code for item in check_folder(whole)[1]] == ["GL942", "GL942"]
    before = (whole / "zh-Hans" / "statements.yaml").read_text(encoding="utf-8").split("\n\n")
    translate(whole, "zh-Hans")
    after = (whole / "zh-Hans" / "statements.yaml").read_text(encoding="utf-8").split("\n\n")
    assert [entry.strip() for entry in after[-2:]] == [
        entry.strip() for entry in before if "dosing-exemplamab/t" in entry
    ]
    assert "statements/dosing-exemplamab/text: no text" in capsys.readouterr().out


def test_a_translation_moves_with_its_original(whole: Path) -> None:
    """When statements.yaml becomes a folder of files, its translations follow, and the old file goes."""
    (whole / "statements").mkdir()
    (whole / "statements.yaml").rename(whole / "statements" / "all.yaml")
    translate(whole, "zh-Hans")
    assert not (whole / "zh-Hans" / "statements.yaml").exists()
    assert (whole / "zh-Hans" / "statements" / "all.yaml").exists()
    assert list(said(editions(checked(whole))[1])) == []


def test_entries_of_one_line_are_understood(whole: Path) -> None:
    """An author may write an entry as one line; where the command must add to it, it writes it out."""
    change(
        whole,
        "zh-Hans/statements.yaml",
        f'give-exemplamab/text:\n  # original: {GIVE}\n  of: {fingerprint(GIVE)}\n  text: "{pseudo(GIVE)}"\n',
        "give-exemplamab/text: {text: 译}\n",
    )
    translate(whole, "zh-Hans")
    entry = f'give-exemplamab/text:\n  # original: {GIVE}\n  of: {fingerprint(GIVE)}\n  text: "译"\n'
    assert entry in (whole / "zh-Hans" / "statements.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([str(GUIDELINE), "English"], 2, "expected a language tag, found 'English'"),
        ([str(GUIDELINE), "en"], 2, "expected another language than the guideline's own, 'en'"),
        (["nowhere", "en"], 1, "mend the errors first"),
    ],
)
def test_a_wrong_wish_is_refused(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says what it needs and writes nothing."""
    assert main(["translate", *arguments]) == code
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("translation.yaml", "translation: robot\n", "GL007"),
        ("translation.yaml", "translation: [\n", "GL001"),
        ("statements.yaml", "- give\n", "GL005"),
        ("statements.yaml", "give-exemplamab/text: yes\n", "GL005"),
        ("statements.yaml", "give-exemplamab/text: {txt: a}\n", "GL004"),
        ("statements.yaml", "a: [\n", "GL001"),
        ("numbers.yaml", "a: {text: b}\n", "GL009"),
        ("coverage.yaml", "a: {text: b}\n", "GL009"),
    ],
)
def test_a_bad_file_of_a_translation_is_a_finding(whole: Path, file: str, content: str, code: str) -> None:
    """Whatever stands in the folder, the author is told where and what; never a traceback."""
    (whole / "zh-Hans" / file).write_text(content, encoding="utf-8")
    _, findings = check_folder(whole, "guideline")
    assert [item.code for item in findings] == [code]
    assert findings[0].where.file == f"guideline/zh-Hans/{file}"


@pytest.mark.parametrize(
    ("original", "translation", "codes"),
    [
        ("three weeks", "3 周", []),
        ("every 3 weeks", "每三周", []),
        ("once in 1,200 days", "1200 天 1 次", []),
        ("1200 days", "1 200 天", ["GL943", "GL943", "GL944"]),
        ("3.5 of them", "3.50 的", ["GL943", "GL944"]),
        ("3.5 of them", "３．５ 的", []),
        ("no number", "4 的", ["GL943"]),
        ("4 of them", "无数", ["GL944"]),
    ],
)
def test_numbers_are_compared_in_digits_and_words(
    tmp_path: Path, original: str, translation: str, codes: list[str]
) -> None:
    """A translation has every number of its original and no other; either may write a small one as a word."""
    folder = copied(tmp_path / "guideline")
    change(folder, "statements.yaml", GIVE, original)
    (folder / "zh-Hans").mkdir()
    (folder / "zh-Hans" / "translation.yaml").write_text("translation: machine\n", encoding="utf-8")
    entry = f"give-exemplamab/text: {{of: {fingerprint(original)}, text: {translation}}}\n"
    (folder / "zh-Hans" / "statements.yaml").write_text(entry, encoding="utf-8")
    assert [item.code for item in check_folder(folder)[1]] == codes
