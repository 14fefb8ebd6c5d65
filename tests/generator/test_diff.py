"""Two editions compared: what is listed, in which order, in which words; and what is listed not."""

import json
from pathlib import Path
from typing import Any

import pytest
from tiny_guideline import apply, copied

from generator.editions.pieces import pieces
from generator.editions.report import as_data, as_text
from generator.editions.tell import Telling, tell
from generator.load import load
from generator.models.guideline import Guideline

NEW_DRUG = """
- id: newmab
  name: Newmab
  listing: listed_elsewhere
"""

PLANTED = [
    ("tables.yaml", "dose: {quantity: {exactly: 4, unit: mg}", "dose: {quantity: {exactly: 3.5, unit: mg}"),
    ("calculators.yaml", "op: ge, value: 30, unit: mL/min", "op: ge, value: 35, unit: mL/min"),
    ("calculators.yaml", "{unit: kg, min: 20, max: 300}", "{unit: kg, min: 25, max: 300}"),
    ("calculators.yaml", "(140 − age)", "(145 − age)"),
    ("statements.yaml", "62.5% of 80", "65.2% of 80"),
    ("statements.yaml", "grade: 1A", "grade: 1B"),
    ("statements.yaml", "  section: safety\n  title: Weak kidneys", "  section: treatment\n  title: Weak kidneys"),
    ("statements.yaml", "with example fever should be given", "with example fever may be given"),
    ("pathways.yaml", "label: Younger than 18 years, to: children", "label: Younger than 18 years, to: two-doses"),
    ("drugs.yaml", "- id: placebomab", f"{NEW_DRUG.strip()}\n- id: placebomab"),
    ("caveats.yaml", "- id: X1\n  origin: contradiction", "- id: X9\n  origin: contradiction"),
    ("guideline.yaml", "version: 0.1.0", "version: 0.2.0"),
]
"""Twelve changes of twelve kinds, as an author would make them."""

LISTED = [
    ("changed", "dose", "tables/dosing/rows/exemplamab/cells/dose/quantity"),
    ("changed", "threshold", "calculators/dose/groups/Exemplamab/rows/exemplamab-standard/when"),
    ("changed", "limit", "calculators/clearance/inputs/weight/units"),
    ("changed", "formula", "calculators/clearance/formula/lines"),
    ("changed", "number", "statements/trial-result/text"),
    ("changed", "grade", "statements/give-exemplamab/grade"),
    ("changed", "", "statements/give-exemplamab/text"),
    ("moved", "", "statements/renal-rule/section"),
    ("changed", "branch", "pathways/treatment/nodes/how-old/options/child/to"),
    ("added", "", "drugs/newmab"),
    ("changed", "", "caveats/X9/id"),
    ("changed", "", "meta/version"),
]
"""What is listed of them, in this order."""


def loaded(folder: Path) -> Guideline:
    """A guideline as read."""
    found = load(folder).guideline
    assert found
    return found


def planted(folder: Path, changes: list[tuple[str, str, str]]) -> Path:
    """A copy of the fictional guideline with some changes; gives its folder."""
    copied(folder)
    apply([{"file": file, "replace": old, "with": new} for file, old, new in changes], folder)
    return folder


def told(tmp_path: Path, *changes: tuple[str, str, str]) -> Telling:
    """What is told of some changes of the fictional guideline."""
    old = loaded(copied(tmp_path / "old" / "guideline"))
    return tell(old, loaded(planted(tmp_path / "new" / "guideline", list(changes))))


def test_twelve_planted_changes_are_listed_and_no_other(tmp_path: Path) -> None:
    """Of twelve planted changes exactly these twelve are listed, doses and thresholds before all else."""
    found = told(tmp_path, *PLANTED)
    assert [(item.act, item.mark, item.path) for item in found.changes] == LISTED
    assert [item.mark for item in found.first] == ["dose", "threshold", "limit", "formula", "number"]
    data = as_data(found)
    assert (data["count"], data["first"], data["same"]) == (12, 5, False)


def test_the_changes_are_told_in_words_with_units(tmp_path: Path) -> None:
    """The text names the place in words, prints numbers as the site does, and lists doses and thresholds first."""
    text = as_text(told(tmp_path, *PLANTED))
    assert (
        "0.1.0 (2020-02-01) → 0.2.0 (2020-02-01)\nchanges: 12, of doses, thresholds or numbers, listed first: 5" in text
    )
    assert (
        "! [changed · dose] Table 1 Doses › Exemplamab › Dose › quantity\n    was: 4 mg\n    now: 3.5 mg\n"
        "    also used by: Dose › other kidneys; Dose › Exemplamab below 18 years; Dose of Exemplamab\n"
    ) in text
    assert "was: Creatinine clearance at least 30 mL/min\n    now: Creatinine clearance at least 35 mL/min" in text
    assert "was: 20 to 300 kg\n    now: 25 to 300 kg" in text
    assert "helped [-62.5%-]{+65.2%+} of 80 people" in text
    assert (
        "was: The source does not speak of children.\n    now: The source gives two doses and does not choose." in text
    )
    assert "[moved] Weak kidneys › section\n    was: Safety\n    now: Treatment" in text
    assert text.index("Doses, thresholds and numbers") < text.index("\nStatements\n") < text.index("\nPathways\n")


def test_a_change_of_writing_alone_is_none(tmp_path: Path) -> None:
    """Comments, quotes, line breaks, the order of keys, `4.0` for `4`, and a file split in two are no change."""
    found = told(
        tmp_path,
        ("tables.yaml", "exactly: 4,", "exactly: 4.0,"),
        ("tables.yaml", "{text: by mouth}", '{text: "by mouth"} # a remark'),
        (
            "caveats.yaml",
            "  title: Fictional\n  text: Nothing here is medicine.",
            "  text: >\n    Nothing here\n    is medicine.\n  title: Fictional",
        ),
        ("statements.yaml", "text: Adults with example", "text: >-\n    Adults with\n    example"),
        ("drugs.yaml", "- id: placebomab", "# another remark\n- id: placebomab"),
    )
    assert found.changes == ()
    assert as_text(found).splitlines()[-1] == "no change: the two editions say the same"
    new = tmp_path / "new" / "guideline"
    (new / "caveats").mkdir()
    (new / "caveats.yaml").rename(new / "caveats" / "all.yaml")
    assert tell(loaded(tmp_path / "old" / "guideline"), loaded(new)).changes == ()


@pytest.mark.parametrize(
    ("change", "listed"),
    [
        (
            ("statements.yaml", "stop: {less_than: 10, unit: mL/min}", "stop: {less_than: 9, unit: mL/min}"),
            [("changed", "threshold", "statements/renal-rule/values/stop")],
        ),
        (
            ("statements.yaml", "reduced: {at_most: 2, unit: mg}", "reduced: {exactly: 2, unit: mg}"),
            [("changed", "dose", "statements/renal-rule/values/reduced")],
        ),
        (
            ("tables.yaml", "interval: {quantity: {either: [3, 4]", "interval: {quantity: {range: [3, 4]"),
            [("changed", "dose", "tables/dosing/rows/exemplamab/cells/interval/quantity")],
        ),
        (
            ("tables.yaml", "route: {text: by mouth}", "route: {text: into a muscle}"),
            [("changed", "dose", "tables/dosing/rows/placebomab/cells/route/text")],
        ),
        (
            ("tables.yaml", "duration: {quantity: {range: [1, 2], unit: h}}", "duration: {text: slowly}"),
            [("changed", "dose", "tables/dosing/rows/exemplamab/cells/duration/content")],
        ),
        (
            ("tables.yaml", "{more_than: 65, unit: age-year}", "{more_than: 70, unit: age-year}"),
            [("changed", "threshold", "tables/dosing/rows/exemplamab/cells/risk-factors/items/age/values/from")],
        ),
        (
            ("tables.yaml", "less when the kidneys are weak", "less when the kidneys are very weak"),
            [("changed", "", "tables/dosing/notes/weak-kidneys/text")],
        ),
        (
            ("calculators.yaml", "kind: at_most\n            value", "kind: fixed\n            value"),
            [("changed", "dose", "calculators/dose/groups/Exemplamab/rows/exemplamab-reduced/outcome/kind")],
        ),
        (
            ("calculators.yaml", "    - label: Others\n", "    - label: All others\n"),
            [("changed", "", "calculators/dose/groups/All others/label")],
        ),
        (
            (
                "calculators.yaml",
                "inputs: {drug: exemplamab, age: 50, crcl: 30}",
                "inputs: {drug: exemplamab, age: 51, crcl: 30}",
            ),
            [("changed", "", "calculators/dose/cases/standard/inputs")],
        ),
        (
            ("calculators.yaml", "expect: {kind: no_rule, listed: null}", "expect: {kind: no_rule}"),
            [("changed", "", "calculators/dose/cases/another-drug/expect/listed")],
        ),
        (
            (
                "pathways.yaml",
                "- {id: stop-exemplamab, kind: advice, text: Stop Exemplamab., statements: [renal-rule]}",
                "",
            ),
            [("removed", "branch", "pathways/treatment/nodes/stop-exemplamab")],
        ),
        (
            ("statements.yaml", "- id: give-exemplamab\n", "- id: give-it\n"),
            [("changed", "", "statements/give-it/id")],
        ),
    ],
    ids=lambda part: part[0][2] if isinstance(part, list) else "",
)
def test_one_change_is_one_entry(
    change: tuple[str, str, str], listed: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    """A change of one thing is one entry with its own mark, and no entry for what only uses it."""
    found = told(tmp_path, change)
    assert [(item.act, item.mark, item.path) for item in found.changes] == listed
    assert as_text(found)
    assert json.dumps(as_data(found))


def test_what_has_moved_is_told_once(tmp_path: Path) -> None:
    """A record that goes before another has moved; the others stand where they were."""
    old = loaded(copied(tmp_path / "guideline"))
    table = old.tables[0]
    swapped = table.model_copy(update={"rows": table.rows[::-1]})
    [found] = tell(old, changed(old, tables=(swapped,))).changes
    assert (found.act, found.path, found.now) == ("moved", "tables/dosing/rows/placebomab", "moved to the beginning")


def test_a_row_of_rules_that_changed_its_group_has_moved(tmp_path: Path) -> None:
    """A rule that now stands under other shared conditions is told as a moved dose, and what else changed in it."""
    old = loaded(copied(tmp_path / "guideline"))
    calculator = old.calculators[0]
    first, second = calculator.groups
    row = first.rows[0].model_copy(update={"label": "kidneys that hardly work"})
    groups = (
        first.model_copy(update={"rows": first.rows[1:]}),
        second.model_copy(update={"rows": (*second.rows, row)}),
    )
    new = changed(old, calculators=(calculator.model_copy(update={"groups": groups}), *old.calculators[1:]))
    moved, label = tell(old, new).changes
    assert (moved.act, moved.mark, moved.was, moved.now) == ("moved", "dose", "Exemplamab", "moved to “Others”")
    assert (label.was, label.now) == ("very weak kidneys", "kidneys that hardly work")


def changed(guideline: Guideline, **parts: Any) -> Guideline:
    """A guideline with other parts."""
    fields = {name: getattr(guideline, name) for name in Guideline.model_fields}
    return Guideline.model_construct(**fields | parts)


def test_what_was_added_or_removed_is_told_in_full(tmp_path: Path) -> None:
    """What was removed can no longer be read on the site: the change holds all that it said."""
    old = loaded(copied(tmp_path / "guideline"))
    table = old.tables[0]
    new = changed(old, tables=(table.model_copy(update={"rows": table.rows[:1]}),))
    [found] = tell(old, new).changes
    assert (found.act, found.mark) == ("removed", "dose")
    assert ("Dose › quantity", "5 mg") in found.lines
    assert ("Duration › quantity", "over at least 15 min") in found.lines
    [back] = tell(new, old).changes
    assert (back.act, back.lines) == ("added", found.lines)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("5 mg", "10 mg", ""),
        (
            "每 4 周一次，静脉滴注不少于 15 min",
            "每 3 周一次，静脉滴注不少于 15 min",
            "每 [4|3] 周一次，静脉滴注不少于 15 min",
        ),
        ("剂量为3.5 mg，缓慢滴注", "剂量为3.0 mg，缓慢滴注", "剂量为[3.5|3.0] mg，缓慢滴注"),
        ("give it once in three weeks", "give it once in four weeks", "give it once in [three|four] weeks"),
        ("完全不同的一句话，没有相同处", "Something else altogether.", ""),
    ],
)
def test_texts_are_compared_by_words_and_signs(old: str, new: str, expected: str) -> None:
    """A figure or a word is never cut; Chinese is compared sign by sign; short or unlike texts are not mixed."""
    found = "".join({"same": "{}", "gone": "[{}", "new": "|{}]"}[kind].format(text) for kind, text in pieces(old, new))
    assert found == expected
