"""The folder and the single file as files: nothing is lost, every link leads somewhere, nothing is asked."""

import html
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator import text
from generator.carried_site import SiteError, build_into, parts
from generator.cli import main
from generator.exports import ExportError, edition, inline, single_file
from generator.models.guideline import Guideline
from generator.plugin import overrides_folder
from generator.runtime.carried import INERT, CarriedFile

type Project = Callable[..., Path]


class Reader(HTMLParser):
    """The texts, ids and links of a page, scripts and styles aside."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.outside: set[str] = set()
        self.texts: list[str] = []
        self._aside = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the ids, and where links and sources lead."""
        self._aside += tag in ("script", "style")
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        for address in filter(None, (given.get("href"), given.get("src"))):
            (self.links if address.startswith("#") else self.outside).add(address)

    def handle_endtag(self, tag: str) -> None:
        """Come back out of a script or style."""
        self._aside -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if not self._aside:
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All that can be read, without spaces."""
        return re.sub(r"\s", "", "".join(self.texts))


@pytest.fixture(scope="session")
def static(guideline: Guideline) -> Reader:
    """The single file without Python, of each guideline."""
    themes = [overrides_folder()]
    return Reader(single_file.render(guideline, edition.of(guideline), themes, None).decode())


def test_a_single_file_holds_everything_that_is_said(guideline: Guideline, static: Reader) -> None:
    """Every statement, caveat, item of a table, reference and term of the guideline can be read in the file."""
    said = [text.statement_text(guideline, item) for item in guideline.statements]
    said += [item.text for item in guideline.caveats]
    said += [cell.text for table in guideline.tables for row in table.rows for cell in row.cells.values() if cell.text]
    said += [node.text for pathway in guideline.pathways for node in pathway.nodes]
    said += [term.term for term in guideline.glossary] + [drug.name for drug in guideline.drugs]
    lost = [one for one in said if re.sub(r"\s", "", one) not in static.text]
    assert len(said) > 20
    assert lost == []


def test_every_link_of_a_single_file_leads_into_it(guideline: Guideline, static: Reader) -> None:
    """No id stands twice, every link has its target, each statement answers to its own id, and nothing is loaded."""
    assert len(static.ids) == len(set(static.ids))
    assert {link.removeprefix("#") for link in static.links} - {""} <= set(static.ids)
    assert {item.id for item in guideline.statements} <= set(static.ids)
    assert {item.id for item in guideline.caveats} <= set(static.ids)
    assert {address.partition(":")[0] for address in static.outside} <= {"https"}


def test_what_waits_for_python_is_replaced_by_a_sentence(guideline: Guideline, static: Reader) -> None:
    """Without Python each calculator and pathway says that the file is static, and has its table or picture below."""
    words = {"zh": "本文件不带计算程序", "en": "This file carries no calculating program"}
    sentence = re.sub(r"\s", "", words[guideline.meta.language.partition("-")[0]])
    assert static.text.count(sentence) == len(guideline.calculators) + len(guideline.pathways)


def test_a_single_file_that_is_too_large_is_not_written(tiny: Guideline, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file at its limit is written; one byte more is an error that names both sizes."""
    own = edition.of(tiny)
    size = len(single_file.render(tiny, own, [overrides_folder()], None))
    monkeypatch.setattr(single_file, "LARGEST_WITHOUT_PYTHON", size)
    assert len(single_file.render(tiny, own, [overrides_folder()], None)) == size
    monkeypatch.setattr(single_file, "LARGEST_WITHOUT_PYTHON", size - 1)
    with pytest.raises(ExportError, match=f"has {size:,} bytes, more than {size - 1:,}"):
        single_file.render(tiny, own, [overrides_folder()], None)


@pytest.mark.parametrize("text", ["a</script>", "b</STYLE >", "<!-- c"])
def test_a_script_that_would_end_itself_is_refused(tmp_path: Path, text: str) -> None:
    """A script or style sheet that holds the end of its own element is not put into a page."""
    (tmp_path / "assets" / "js").mkdir(parents=True)
    (tmp_path / "assets" / "js" / "single-file.js").write_text(text, "utf-8")
    with pytest.raises(ExportError, match="would end it inside a page"):
        inline.script(["single-file"], [tmp_path])


@pytest.mark.parametrize("size", range(9))
def test_what_is_carried_is_inert(size: int) -> None:
    """A carried file has no character that means something in a page or in a script, and is known by its hash."""
    file = CarriedFile("x", bytes(range(256)) * size)
    assert not set(file.text) & set("&<>\"'\\\n")
    assert str.maketrans("&<>", ".,:") == INERT
    assert file.script.decode() == f'Vademecum.carry("{file.sha256}","{file.text}");\n'


def test_a_folder_is_one_archive_with_a_front_page(project: Project, tmp_path: Path) -> None:
    """All lies in one folder of the archive, under the date of the content, and the front page says what it is."""
    assert main(["export", "folder", "-f", str(project()), "-o", str(tmp_path / "out")]) == 0
    (archive,) = (tmp_path / "out").iterdir()
    assert archive.name == "example-fever-2020-folder.zip"
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        front = html.unescape(packed.read("example-fever-2020/index.html").decode())
        pages = {name: packed.read(name).decode() for name in names if name.endswith(".html")}
        assert {entry.date_time[3:] for entry in packed.infolist()} == {(0, 0, 0)}
    assert names == sorted(names)
    assert {name.partition("/")[0] for name in names} == {"example-fever-2020"}
    assert {name.split("/")[1] for name in names} == {"index.html", "site"}
    assert not [
        name for name in names if name.endswith((".map", "payload.json", "404.html", ".wasm.gz", "sitemap.xml"))
    ]
    for said in ("Content hash", "Rights", "Review", "https://"):
        assert said in front, said
    assert 'href="site/example-fever/index.html"' in front
    for name, page in pages.items():
        policy = page.partition('http-equiv="Content-Security-Policy"')[2].partition(">")[0]
        assert "default-src 'none'" in policy, name
        assert "unsafe-inline" not in policy, name
        assert 'type="module"' not in page, name
        assert not re.search(r'(?:href|src)="[^":]*/"', page), f"{name} links to a folder, which file:// lists"
    carried = {name.split("/")[-1].partition(".")[0] for name in names if "/carried/" in name}
    assert carried == {"worker", "manifest", "loader", "glue", "wasm", "library", "engine", "payload-example-fever"}


def test_a_site_without_the_plugin_is_refused(project: Project, tmp_path: Path) -> None:
    """Where mkdocs.yml does not ask for the guidelines the export says so."""
    config = project()
    config.write_text("site_name: T\ndocs_dir: content\nplugins: []\n", "utf-8")
    with pytest.raises(SiteError, match="expected the plugin 'guideline'"):
        parts(config)


def test_a_site_that_mkdocs_refuses_is_told(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What mkdocs or the plugin refuses is a message, and no archive is written."""
    config = project("statements.yaml", "refs: [1, 2]", "refs: [1, 22]")
    with pytest.raises(SiteError, match="The guidelines have errors"):
        parts(config)
    with pytest.raises(SiteError, match="Aborted"):  # after mkdocs has said why
        build_into(config, tmp_path / "site")
    assert main(["export", "single-file", "-f", str(config), "-o", str(tmp_path / "out")]) == 1
    assert "nothing was exported" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
