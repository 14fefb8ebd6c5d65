"""What `vademecum new` writes: a guideline without a finding that shows every feature, and never over a file."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import pages, schema, starter
from generator.checks import check_folder
from generator.cli import main
from generator.findings import Finding
from generator.load import guideline_folders
from generator.models.guideline import Guideline
from generator.models.statement import Kind, Origin

type Run = Callable[..., tuple[int, str, str]]

HAN = re.compile(r"[\u3400-\u9fff]")
FICTIONAL = {"zh": "虚构", "en": "fictional"}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in an empty folder; gives exit code, output and messages."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


@pytest.fixture(scope="module", params=starter.LANGUAGES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The language and the folder of a new site, in each language."""
    folder = tmp_path_factory.mktemp("made") / "demo"
    starter.write(folder, starter.files(request.param))
    return request.param, folder


@pytest.fixture(scope="module")
def checked(made: tuple[str, Path]) -> tuple[Guideline, list[Finding]]:
    """The one guideline of the new site, and what the checks find."""
    [folder] = guideline_folders(made[1] / "content")
    guideline, findings = check_folder(folder, folder.name)
    assert guideline
    return guideline, list(findings)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_guideline_has_no_finding(checked: tuple[Guideline, list[Finding]]) -> None:
    """The checks say nothing about the guideline that an author starts from, not even a warning."""
    assert checked[1] == []


def test_a_new_guideline_uses_every_feature(checked: tuple[Guideline, list[Finding]]) -> None:
    """Each kind of file, statement, caveat, drug, input, answer and node of a pathway stands in it at least once."""
    guideline, _ = checked
    of_translations = {"overlays", "translation", "original", "untranslated", "outdated"}
    for name in type(guideline).model_fields.keys() - of_translations:
        assert getattr(guideline, name), f"it has no {name}"
    assert {item.kind for item in guideline.statements} == set(Kind)
    assert {item.origin for item in guideline.caveats} == set(Origin)
    assert {item.grade for item in guideline.statements} > {"A"}
    assert {item.listing for item in guideline.drugs} == {"dosed", "listed_elsewhere", "not_covered"}
    assert {item.kind for table in guideline.tables for item in table.columns} == {"text", "quantity", "items"}
    calculators = guideline.calculators
    assert {item.kind for each in calculators for item in each.inputs} == {"choice", "integer", "quantity", "yes_no"}
    answers = {"fixed", "at_most", "stop", "no_rule", "undetermined", "computed"}
    assert {row.outcome.kind for each in calculators for group in each.groups for row in group.rows} == answers
    assert {case.expect.kind for each in calculators for case in each.cases} == answers | {"refused"}
    assert {node.kind for each in guideline.pathways for node in each.nodes} == {"question", "advice", "not_stated"}
    assert any(node.ask for each in guideline.pathways for node in each.nodes)
    steps = [step for case in guideline.teaching for step in case.steps]
    assert any(step.dose for step in steps)
    assert any(step.path for step in steps)
    assert any(reference.uncited for reference in guideline.references)


def test_every_page_says_that_it_is_fictional(made: tuple[str, Path], checked: tuple[Guideline, list[Finding]]) -> None:
    """The guideline's own metadata mark each of its pages at the top, and its title marks the list of guidelines."""
    guideline, word = checked[0], FICTIONAL[made[0]]
    assert guideline.meta.banner
    assert word in guideline.meta.banner.lower()
    assert word in guideline.meta.title
    plain = guideline.model_copy(update={"meta": guideline.meta.model_copy(update={"banner": None})})
    head = f'<p class="vm-notice vm-banner">{guideline.meta.banner}</p>\n\n'
    for page, without in zip(pages.build(guideline), pages.build(plain), strict=True):
        front, body = page.markdown.split("\n---\n\n", 1)
        assert body.startswith(head), page.uri
        assert f"{front}\n---\n\n{body.removeprefix(head)}" == without.markdown, page.uri
    assert word in pages.home([guideline], guideline.meta.language).markdown


def test_both_languages_are_the_same_guideline(tmp_path: Path) -> None:
    """The two editions differ in texts alone: each number, id, threshold and reference is the same in both."""
    found = {}
    for language in starter.LANGUAGES:
        starter.write(tmp_path / language, starter.files(language))
        guideline, _ = check_folder(tmp_path / language / "content" / "sample-fever", language)
        assert guideline
        found[language] = guideline.model_dump(mode="json")
    assert [*different(found["zh"], found["en"])] == []


def different(zh: object, en: object, place: str = "") -> Iterator[str]:
    """Where two editions differ in more than the words of a text."""
    if isinstance(zh, dict) and isinstance(en, dict):
        for key in zh.keys() | en.keys():
            if key not in ("language", "lang", "english"):
                yield from different(zh.get(key), en.get(key), f"{place}/{key}")
    elif isinstance(zh, list) and isinstance(en, list) and len(zh) == len(en):
        for index, (one, other) in enumerate(zip(zh, en, strict=True)):
            yield from different(one, other, f"{place}/{index}")
    elif zh != en and not (isinstance(zh, str) and isinstance(en, str) and (HAN.search(zh) or "{}" in en)):
        yield f"{place}: {zh} and {en}"


def test_every_file_names_its_schema(made: tuple[str, Path]) -> None:
    """An editor checks from the start: the first line of each YAML file leads to its schema in the site."""
    files = [*(made[1] / "content" / "sample-fever").rglob("*.yaml")]
    assert files
    for file in files:
        first = file.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith(schema.MODELINE), file.name
        found = file.parent / first.removeprefix(schema.MODELINE)
        assert found.stem == file.stem
        assert found.is_file()


def test_the_settings_are_short(made: tuple[str, Path]) -> None:
    """What an author sees in mkdocs.yml fits on a third of a screen."""
    lines = (made[1] / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if not line.startswith("#")]) <= 13


def test_the_command_says_what_comes_next(run: Run, tmp_path: Path) -> None:
    """`new` writes the site into a folder that need not exist, and says what to type next."""
    code, out, err = run("new", "some/where/demo")
    assert (code, err) == (0, "")
    assert "fictional" in out
    assert "  cd some/where/demo\n  vademecum check " in out
    assert contents(tmp_path / "some/where/demo") == starter.files("zh")
    assert sorted(path.name for path in (tmp_path / "some/where").iterdir()) == ["demo"]


def test_a_new_site_goes_beside_what_is_there(run: Run, tmp_path: Path) -> None:
    """A folder with other files in it, such as a fresh clone, keeps them."""
    (tmp_path / "LICENSE").write_text("mine")
    (tmp_path / "content").mkdir()
    code, out, _ = run("new", ".")
    assert code == 0
    assert "  cd " not in out
    assert contents(tmp_path) == starter.files("zh") | {"LICENSE": b"mine"}


def test_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    """What is in the way is listed by name, a file in place of a folder too; no file is written or changed."""
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / ".github").write_text("mine")
    (tmp_path / "mkdocs.yml").symlink_to("nowhere")
    (tmp_path / "content" / "sample-fever" / "tables.yaml").mkdir(parents=True)
    before = contents(tmp_path)
    code, out, err = run("new", ".")
    assert (code, out) == (1, "")
    assert err == (
        "vademecum: .: expected none of the new site's files, found 4 of them:\n"
        "  .github\n"
        "  README.md\n"
        "  content/sample-fever/tables.yaml\n"
        "  mkdocs.yml\n"
        "  hint: nothing was written; name another folder, or move these away\n"
    )
    assert contents(tmp_path) == before


def test_a_second_time_is_refused(run: Run, tmp_path: Path) -> None:
    """The site that an author has changed is not made anew; a long list is cut."""
    run("new", "demo")
    (tmp_path / "demo" / "mkdocs.yml").write_text("mine")
    before = contents(tmp_path)
    code, _, err = run("new", "demo")
    assert code == 1
    assert f"found {len(starter.files('zh'))} of them" in err
    assert contents(tmp_path) == before


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    """A file where the folder should be, or above it, is named and left alone."""
    (tmp_path / "demo").write_text("mine")
    assert run("new", "demo")[1:] == (
        "",
        "vademecum: demo: expected a folder, found a file\n  hint: name another folder\n",
    )
    code, _, err = run("new", "demo/site")
    assert code == 1
    assert "demo/site cannot be written" in err
    assert contents(tmp_path) == {"demo": b"mine"}


def test_half_a_site_is_taken_back(tmp_path: Path) -> None:
    """When a file cannot be written, those written before it go again, and their folders."""
    (tmp_path / "kept").mkdir()
    with pytest.raises(OSError, match="too long"):
        starter.write(tmp_path / "kept", {"a/b/one": b"1", "c": b"2", "x" * 300: b"3"})
    assert [*tmp_path.rglob("*")] == [tmp_path / "kept"]
