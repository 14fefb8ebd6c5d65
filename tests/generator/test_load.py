"""A folder becomes a guideline, and every mistake in a record becomes a finding in an author's words."""

from pathlib import Path

import pytest
from tiny_guideline import GUIDELINE, Break, copied

from generator.checks import check_folder
from generator.load import guideline_folders, load

GIVE = '  source: {section: "1", paragraph: 1, sentences: [1]}\n'
# What is replaced in statements.yaml, by what -> code, what message and hint must say
MISTAKES = {
    "unknown key": ("  grade: 1A\n", "  grad: 1A\n", "GL004", "found 'grad'", "Did you mean 'grade'?"),
    "number as text": (
        "title: Exemplamab first",
        "title: 5",
        "GL005",
        "expected text, found the number 5",
        "quotes",
    ),
    "list of one": ("refs: [2]", "refs: 2", "GL005", "expected a list", "[2]"),
    "text as number": ("refs: [2]", "refs: [two]", "GL005", "whole number, found 'two'", "without quotes"),
    "fraction as number": ("refs: [2]", "refs: [2.5]", "GL005", "whole number, found the number 2.5", ""),
    "naked point": ("low: {exactly: 5,", "low: {exactly: .5,", "GL005", "a number, found '.5'", "Write 0.5"),
    "one number of two": (
        "{exactly: 5, unit: mg}",
        "{range: [5], unit: mg}",
        "GL005",
        "two numbers, found a list of 1",
        "[2, 4]",
    ),
    "three numbers": (
        "{exactly: 5, unit: mg}",
        "{range: [1, 2, 3], unit: mg}",
        "GL005",
        "two numbers",
        "[2, 4]",
    ),
    "empty text": ("title: Exemplamab first", 'title: ""', "GL005", "a text that is not empty", ""),
    "mapping": (GIVE, "  source: 3\n", "GL005", "expected a list", ""),
    "a place": (
        GIVE,
        "  source: here\n",
        "GL021",
        "expected 'section', 'table' or 'figure'",
        "section 2.1, paragraph 2",
    ),
    "missing key": ("  refs: [2]\n", "", "GL006", "expected the key 'refs' in this statement", "Add 'refs:'"),
    "missing unit": (
        "{exactly: 5, unit: mg}",
        "{exactly: 5}",
        "GL006",
        "'unit' in this quantity",
        "Add 'unit:'",
    ),
    "wrong word": (
        "kind: recommendation",
        "kind: recomendation",
        "GL007",
        "found 'recomendation'",
        "'recommendation'?",
    ),
    "two bounds": (
        "{exactly: 5, unit",
        "{exactly: 5, at_most: 5, unit",
        "GL007",
        "found exactly, at_most",
        "",
    ),
    "no bound": ("{exactly: 5, unit: mg}", "{unit: mg}", "GL007", "found none", ""),
    "range downwards": (
        "{exactly: 5, unit: mg}",
        "{range: [4, 2], unit: mg}",
        "GL007",
        "from the smaller",
        "",
    ),
    "two places": (
        'source: {section: "1",',
        'source: {table: 1, section: "1",',
        "GL007",
        "found section, table",
        "",
    ),
    "id": ("- id: give-exemplamab", "- id: Give Exemplamab", "GL008", "kebab-case", "'give-exemplamab'"),
    "caveat's id": ("caveats: [X1]", "caveats: [x-1]", "GL008", "one capital letter", ""),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_said_in_an_authors_words(name: str, broken: Break) -> None:
    """Each mistake in a record gives one finding with its code, what was expected and found, and a hint."""
    old, new, code, message, hint = MISTAKES[name]
    folder = broken("statements.yaml", old, new)
    loaded = load(folder, "x")
    assert [item.code for item in loaded.findings] == [code]
    assert message in loaded.findings[0].message
    assert hint in loaded.findings[0].hint
    assert loaded.findings[0].where.file == "x/statements.yaml"
    assert loaded.findings[0].where.line > 1
    assert not loaded.whole
    assert loaded.broken_ids & {"give-exemplamab", "dosing-placebomab"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("updated: 2020-02-01", "updated: yesterday", "a date as YYYY-MM-DD, found 'yesterday'"),
        ("updated: 2020-02-01", "updated: 2020", "a date as YYYY-MM-DD, found the number 2020"),
        ("updated: 2020-02-01", "updated: 2020-02-30", "a date as YYYY-MM-DD, found '2020-02-30'"),
        ("bodies: [Society of Examples]", "bodies: [{a: b}]", "text, found a mapping"),
        ("edition: \"2020\"\nversion", "edition: true\nversion", "text, found true"),
    ],
)  # fmt: skip
def test_a_broken_guideline_yaml_leaves_no_guideline(broken: Break, old: str, new: str, message: str) -> None:
    """Without its metadata there is no guideline, and the finding says why."""
    loaded = load(broken("guideline.yaml", old, new))
    assert loaded.guideline is None
    assert [item.message for item in loaded.findings] == [f"expected {message}"]


def test_several_types_are_one_finding(broken: Break) -> None:
    """Where a value may be a number or a text, a wrong one is reported once and both are named."""
    loaded = load(broken("calculators.yaml", "value: 18, unit: age-year}\n      rows", "value: [18]}\n      rows"))
    assert [item.message for item in loaded.findings] == ["expected a number or text, found a list of 1"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("op: in, values: [other]", "op: eq, values: [other]", "'op: in' together with 'values'"),
        ("op: in, values: [other]", "op: in", "found none"),
        ("required: false", "required: perhaps", "expected true or false, found 'perhaps'"),
    ],
)
def test_conditions_have_one_value(broken: Break, old: str, new: str, message: str) -> None:
    """A condition has exactly one of value, values and cell, and a flag is true or false."""
    loaded = load(broken("calculators.yaml", old, new))
    assert len(loaded.findings) == 1
    assert message in loaded.findings[0].message


def test_an_account_of_a_cell_is_of_a_cell_or_a_note(broken: Break) -> None:
    """A cell's account has row and column, or note, and nothing else."""
    loaded = load(broken("coverage.yaml", "{note: 1, by", "{note: 1, row: 1, by"))
    assert [item.message for item in loaded.findings] == ["expected row and column, or note, found row, note"]


@pytest.mark.parametrize("content", ["just words\n", "", "id: a\n"])
def test_a_file_of_records_is_a_list(broken: Break, content: str) -> None:
    """A file that holds something else than a list of records is one finding at its beginning."""
    folder = broken("drugs.yaml", "# FICTIONAL", "# FICTIONAL")
    (folder / "drugs.yaml").write_text(content, encoding="utf-8")
    assert [(item.code, item.where.line) for item in load(folder).findings] == [("GL005", 1)]


@pytest.mark.parametrize("content", ["- 5\n", "- [a]\n"])
def test_a_record_is_a_mapping(broken: Break, content: str) -> None:
    """A record that is a number or a list is a finding."""
    folder = broken("drugs.yaml", "# FICTIONAL", "# FICTIONAL")
    (folder / "drugs.yaml").write_text(content, encoding="utf-8")
    assert [item.code for item in load(folder).findings] == ["GL005"]


def test_a_file_may_be_a_folder(tmp_path: Path) -> None:
    """NAME.yaml may be a folder NAME with several files, read in the order of their names."""
    folder = copied(tmp_path / "g")
    (folder / "statements").mkdir()
    (folder / "statements.yaml").rename(folder / "statements" / "all.yaml")
    loaded = load(folder, "g")
    assert loaded.findings == []
    assert loaded.guideline is not None
    assert loaded.guideline.statements[0].where().file == "g/statements/all.yaml"


@pytest.mark.parametrize("name", ["statement.yaml", "notes/a.yaml", "statements/deep/a.yaml", "drugs.yml"])
def test_a_file_that_nothing_reads_is_found(tmp_path: Path, name: str) -> None:
    """No YAML file of the folder is passed over without a word, at any depth."""
    folder = copied(tmp_path / "g")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("", encoding="utf-8")
    assert [(item.code, item.where.file) for item in load(folder, "g").findings] == [("GL009", f"g/{name}")]


def test_missing_files_are_found(tmp_path: Path) -> None:
    """A folder that does not exist, and one without the files that every guideline has, are findings."""
    [none] = load(tmp_path / "none").findings
    assert (none.code, none.message) == ("GL010", "expected a guideline's folder, found no such folder")
    assert [item.code for item in load(tmp_path).findings] == ["GL010"] * 4


def test_a_guideline_yaml_that_is_no_yaml_is_one_finding(broken: Break) -> None:
    """A file of one record that cannot be read gives its own finding and no guideline."""
    loaded = load(broken("guideline.yaml", "rights: [", "rights: [["))
    assert [item.code for item in loaded.findings] == ["GL001"]
    assert loaded.guideline is None


def test_records_know_their_place() -> None:
    """A record of the guideline gives the place of itself, of a value and of a key."""
    guideline = load(GUIDELINE, "g").guideline
    assert guideline is not None
    statement = guideline.statement_by_id["renal-rule"]
    assert str(statement.where()) == "g/statements.yaml:41:3"
    assert str(statement.where("caveats", 0)) == "g/statements.yaml:49:13"
    assert str(statement.where_key("values", "stop")) == "g/statements.yaml:53:5"
    assert str(statement.values["stop"].where("unit")) == "g/statements.yaml:53:33"


def test_folders_with_a_guideline_are_listed(tmp_path: Path) -> None:
    """A folder with any YAML file at any depth is meant to be a guideline; others are passed over."""
    for name in ("b/guideline.yaml", "a/statements/all.yml", "images/a.png", ".hidden/guideline.yaml", "c.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "empty").mkdir()
    assert guideline_folders(tmp_path) == [tmp_path / "a", tmp_path / "b"]


def test_the_id_is_the_name_of_the_folder(broken: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copied folder that kept its id is found; a folder named by `.` is known by its own name."""
    folder = broken("guideline.yaml", "id: guideline", "id: example-fever")
    loaded = load(folder, "x")
    assert [(item.code, str(item.where)) for item in loaded.findings] == [("GL011", "x/guideline.yaml:2:5")]
    assert loaded.whole
    broken("guideline.yaml", "id: example-fever", "id: guideline")
    monkeypatch.chdir(folder)
    assert load(Path()).findings == []


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [("statements.yaml", "statement.yaml", "statements"), ("guideline.yaml", "guideline.yml", "guideline"),
     ("caveats.yaml", "caveat.yaml", "caveats")],
)  # fmt: skip
def test_a_file_under_a_wrong_name_is_one_finding(broken: Break, old: str, new: str, meant: str) -> None:
    """The file that is missing and what leads into it are not reported beside the cause."""
    folder = broken("guideline.yaml", "version: 0.1.0", "version: 0.1.0")
    (folder / old).rename(folder / new)
    _, findings = check_folder(folder, "g")
    assert [(item.code, item.where.file) for item in findings] == [("GL009", f"g/{new}")]
    assert findings[0].hint == f"Did you mean '{meant}.yaml'?"


def test_an_empty_file_says_how_to_say_none(broken: Break) -> None:
    """A source may print no references; the file then holds an empty list."""
    folder = broken("guideline.yaml", "version: 0.1.0", "version: 0.1.0")
    (folder / "references.yaml").write_text("# none\n", encoding="utf-8")
    assert [item.hint for item in load(folder).findings] == ["Write [] when the source prints none"]
    (folder / "references.yaml").write_text("[]\n", encoding="utf-8")
    assert load(folder).findings == []


# What is replaced in a file, by what -> the hint
HINTS = {
    "a dose": ("tables.yaml", "{quantity: {exactly: 4, unit: mg}, note: weak-kidneys}", "4 mg",
               "Write {quantity: 4 mg}"),
    "a bare number": ("tables.yaml", "{quantity: {exactly: 4, unit: mg}, note: weak-kidneys}", "2.50",
                      "For example {quantity: 2.5 mg}"),
    "a number without its unit": ("statements.yaml", "low: {exactly: 5, unit: mg}", "low: 5", "For example 5 mg"),
    "a value": ("statements.yaml", "low: {exactly: 5, unit: mg}", "low: five",
                "For example 30 mL/min, 3–4 weeks, at most 3.5 mg, ≥ 65 age-year"),
    "a text": ("tables.yaml", "{text: by mouth}", "by mouth", "Write {text: by mouth}"),
    "a text with signs": ("tables.yaml", "{text: by mouth}", '"by mouth: daily"', 'Write {text: "…"}'),
    "a date": ("guideline.yaml", "2020-02-01", "1 Feb 2020", "Write YYYY-MM-DD, for example 2026-01-15"),
    "a caveat's id": ("caveats.yaml", "id: X1", "id: x-1", "For example 'X1'"),
    "a caveat's word": ("caveats.yaml", "id: X1", "id: two doses", "For example 'G1'"),
    "an id with a digit first": ("statements.yaml", "id: trial-result", "id: 1st", "For example 'renal-dose'"),
    "a sign": ("calculators.yaml", "op: ge, value: 30", 'op: ">=", value: 30', "lt: less than, le: at most, gt: "
               "more than, ge: at least, eq: equal, ne: not equal, in: one of the 'values'"),
    "a text in braces": ("statements.yaml", "text: Adults with example fever should be given Exemplamab.",
                         "text: {dose}", "Put a text that begins with { in quotes"),
    "a text in brackets": ("statements.yaml", "title: Weak kidneys", "title: [a]",
                           "Put a text that begins with [ in quotes"),
}  # fmt: skip


@pytest.mark.parametrize("name", HINTS)
def test_a_hint_shows_what_to_write(broken: Break, name: str) -> None:
    """Where it can be told what the author meant, the hint is what to write."""
    file, old, new, hint = HINTS[name]
    assert [item.hint for item in load(broken(file, old, new)).findings] == [hint]
