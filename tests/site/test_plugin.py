"""The generator inside mkdocs: the same site by either command, nothing written on an error, one navigation each."""

import json
import logging
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from click.testing import CliRunner
from html_tree import Element, read
from mkdocs.__main__ import cli as mkdocs
from mkdocs.exceptions import Abort
from site_builder import Built, add_guideline, change, files_of, mkdocs_build, new_project

from generator import cards, plugin, schema, site_options
from generator.cli import main
from generator.load import load
from generator.runtime import IN_CACHE, RuntimeManifest, RuntimeUnavailable
from generator.runtime.manifest import runtime_file

ROOT = Path(__file__).parents[2]


def vademecum_command(config: Path) -> int:
    """What `vademecum build` gives as its exit code."""
    return main(["build", "-f", str(config)])


def mkdocs_command(config: Path) -> int:
    """What `mkdocs build` gives as its exit code; what it prints is printed."""
    done = CliRunner().invoke(mkdocs, ["build", "-f", str(config)])
    print(done.output)
    return done.exit_code


BUILDS: dict[str, Callable[[Path], int]] = {"vademecum": vademecum_command, "mkdocs": mkdocs_command}


@pytest.fixture
def said(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], str]:
    """All that has been logged or printed since it was asked last."""
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(logging.getLogger("mkdocs.commands.build"), "filters", [])  # it says nothing twice

    def take() -> str:
        printed = capsys.readouterr()
        text = caplog.text + printed.out + printed.err
        caplog.clear()
        return text

    return take


def test_both_commands_give_the_same_files(project: Path, tmp_path: Path) -> None:
    """`vademecum build` and `mkdocs build` write the same files with the same bytes."""
    assert vademecum_command(project) == 0
    by_vademecum = files_of(project.parent / "site")
    assert mkdocs_command(project) == 0
    by_mkdocs = files_of(project.parent / "site")
    assert by_vademecum.keys() == by_mkdocs.keys()
    assert [name for name in by_mkdocs if by_mkdocs[name] != by_vademecum[name]] == []
    assert {path.name for path in project.parent.iterdir()} == {"content", "mkdocs.yml", "site"}


def test_the_schemas_are_published(project: Path) -> None:
    """A site has the schema of each YAML file at an address that stays; no device is asked to keep them."""
    assert vademecum_command(project) == 0
    built = files_of(project.parent / "site")
    for name, text in schema.files():
        assert built[f"schema/v1/{name}"].decode() == text
    kept = json.loads(built["inventory.json"])["files"]
    assert {item["need"] for item in kept if item["path"].startswith("schema/")} == {"never"}


def test_a_new_build_takes_the_place_of_the_old(project: Path) -> None:
    """Nothing of an earlier site is left behind, nor are the folders that the build worked in."""
    assert vademecum_command(project) == 0
    built = files_of(project.parent / "site")
    (project.parent / "site" / "old-page.html").write_text("old", encoding="utf-8")
    (project.parent / ".site-building").mkdir()
    (project.parent / ".site-old").mkdir()
    assert vademecum_command(project) == 0
    assert files_of(project.parent / "site").keys() == built.keys()
    assert {path.name for path in project.parent.iterdir()} == {"content", "mkdocs.yml", "site"}


def test_the_command_as_it_is_typed(project: Path) -> None:
    """Run as a process of its own, the command builds and says what it built."""
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", "build", "--site-dir", "out/public"],
        cwd=project.parent,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(project.parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    pages = len([*(project.parent / "out" / "public").rglob("*.html")])
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, f"Built public/ with {pages} pages")


@pytest.mark.parametrize("build", BUILDS)
def test_an_error_leaves_the_old_site(project: Path, build: str, said: Callable[[], str]) -> None:
    """A guideline with an error gives exit code 1 and the finding with its place; the old site keeps every byte."""
    assert BUILDS[build](project) == 0
    before = files_of(project.parent / "site")
    statements = project.parent / "content" / "example-fever" / "statements.yaml"
    change(statements, "refs: [1, 2]", "refs: [1, 22]")
    said()
    assert BUILDS[build](project) == 1
    assert files_of(project.parent / "site") == before
    assert {path.name for path in project.parent.iterdir()} == {"content", "mkdocs.yml", "site"}
    text = said()
    assert "statements.yaml:7:13: GL101 error: " in text
    assert "The guidelines have errors; the site was left as it was." in text
    assert "Traceback" not in text


def test_an_error_is_printed_without_a_traceback(project: Path) -> None:
    """The command's whole output on an error is the finding and one sentence."""
    change(project.parent / "content" / "example-fever" / "statements.yaml", "refs: [1, 2]", "refs: [1, 22]")
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", "build", "-f", str(project)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "GL101 error" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stdout == ""


@pytest.mark.parametrize("build", BUILDS)
def test_no_content_has_a_clear_message(tmp_path: Path, build: str, said: Callable[[], str]) -> None:
    """A content folder without a guideline stops the build and names what was expected there."""
    config = new_project(tmp_path / "project")
    assert BUILDS[build](config) == 1
    text = said()
    assert f"No guideline in '{config.parent / 'content'}': expected a folder with guideline.yaml in it." in text
    assert "Traceback" not in text
    assert not (config.parent / "site").exists()


def test_a_warning_does_not_stop_the_build(project: Path, said: Callable[[], str]) -> None:
    """A guideline with warnings only is built, and the warnings are reported."""
    change(
        project.parent / "content" / "example-fever" / "statements.yaml",
        "text: Adults with example fever",
        "text: Adults with **example** fever",
    )
    mkdocs_build(project)
    assert "GL706 warning" in said()
    assert (project.parent / "site" / "index.html").is_file()


@pytest.mark.parametrize("build", BUILDS)
def test_without_a_runtime_the_site_stays(
    project: Path, build: str, said: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the browser's Python cannot be had, the build says why and how to go on, and the old site stays."""
    assert BUILDS[build](project) == 0
    before = files_of(project.parent / "site")
    change(project, "runtime: false", "runtime: true")

    def unavailable(*_: object) -> RuntimeManifest:
        raise RuntimeUnavailable("npm is not to be found", "install it")

    monkeypatch.setattr(plugin, "build_runtime", unavailable)
    said()
    assert BUILDS[build](project) == 1
    text = said()
    assert "npm is not to be found" in text
    assert "install it" in text
    assert "Traceback" not in text
    assert files_of(project.parent / "site") == before


def test_a_first_build_says_what_it_waits_for(
    project: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build says which steps of making the browser's Python it waits for, and nothing where there are none."""
    change(project, "runtime: false", "runtime: true")
    caplog.set_level(logging.WARNING, "mkdocs")  # what a terminal shows
    caplog.handler.setLevel(logging.INFO)
    for sentence, heard in (("fetching it with npm (once)", ["fetching it with npm (once)"]), (IN_CACHE, [])):

        def build(
            engine: Path, folder: Path, budget: int, tell: Callable[[str], None], asked: list[str]
        ) -> RuntimeManifest:
            tell(sentence)  # noqa: B023 - used in this round only
            return fake_runtime([])(engine, folder, budget, tell, asked)

        monkeypatch.setattr(plugin, "build_runtime", build)
        shutil.rmtree(project.parent / ".cache", ignore_errors=True)
        assert vademecum_command(project) == 0
        assert [record.getMessage() for record in caplog.records] == heard
        caplog.clear()


def interactive(site: Path) -> dict[str, dict[str, object] | None]:
    """For each page with a form, a guide or teaching cases, what it tells its scripts about Python."""
    found: dict[str, dict[str, object] | None] = {}
    for path in site.rglob("index.html"):
        page = read(path)
        if any(page.all(name) for name in ("calculator-form", "pathway-guide", "teaching-case")):
            scripts = page.all("script", id="vademecum-python")
            found[f"{path.parent.relative_to(site).as_posix()}/"] = (
                json.loads("".join(map(str, scripts[0].parts))) if scripts else None
            )
    return found


def test_a_site_without_python_still_has_its_tables(project: Path) -> None:
    """With `runtime: false` no page speaks of Python, nothing of it is shipped, and the rules are all there."""
    site = mkdocs_build(project)
    found = interactive(site)
    assert {"example-fever/calculators/dose/", "example-fever/calculators/clearance/"} <= found.keys()
    assert set(found.values()) == {None}
    assert not (site / "assets" / "vademecum" / "runtime").exists()
    assert len(read(site / "example-fever/calculators/dose/index.html").all("div", kind="vm-rule")) == 6


def fake_runtime(requests: list[str]) -> Callable[..., RuntimeManifest]:
    """Stands in for the real runtime: one small file and its manifest."""

    def build(engine: Path, folder: Path, budget: int, progress: object, asked: list[str]) -> RuntimeManifest:
        requests.extend(asked)
        folder.mkdir(parents=True)
        file = runtime_file("loader", "pyodide.abc.js", b"// Pyodide")
        manifest = RuntimeManifest("1.0", "3.14", "0.1", (file,), {})
        (folder / file.file).write_bytes(b"// Pyodide")
        (folder / manifest.file).write_text(manifest.to_json(), encoding="utf-8")
        return manifest

    return build


def test_a_page_vouches_for_python_and_payload(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The addresses that a page gives its scripts lead to files of the site whose hashes are the ones it names."""
    requests: list[str] = []
    monkeypatch.setattr(plugin, "build_runtime", fake_runtime(requests))
    config = new_project(tmp_path / "project", runtime=True)
    add_guideline(config)
    site = mkdocs_build(config)
    found = interactive(site)
    assert len(found) >= 2
    for page, python in found.items():
        assert python is not None
        files = [python["manifest"], *python["payloads"]]  # type: ignore[misc]
        for file in files:
            data = (site / urljoin(f"/{page}", file["url"]).lstrip("/")).read_bytes()
            assert sha256(data).hexdigest() == file["sha256"]
        assert (site / urljoin(f"/{page}", str(python["worker"])).lstrip("/")).is_file()
        assert python["bytes"] == len(b"// Pyodide")
    assert json.loads(requests[0])["op"] == "load"
    asked = [json.loads(text) for text in requests[1:]]
    assert [(item["op"], item.get("calculator") or item.get("pathway")) for item in asked] == [
        ("cases", "dose"),
        ("cases", "clearance"),
        ("walks", "treatment"),
    ]
    texts = [path for path in site.rglob("index.html") if "vademecum-python" in path.read_text("utf-8")]
    assert len(texts) == len(found)


def test_a_pathway_alone_needs_python_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A guideline with pathways but without calculators ships Python, and its guide is told where it is."""
    monkeypatch.setattr(plugin, "build_runtime", fake_runtime([]))
    config = new_project(tmp_path / "project", runtime=True)
    folder = add_guideline(config)
    (folder / "calculators.yaml").unlink()
    (folder / "teaching.yaml").unlink()
    change(folder / "guideline.yaml", "calculator: dose", "page: glossary")
    link = '{label: Reckon the dose, to: "calculator: dose", carry: {drug: which-drug, crcl: how-clear}}'
    change(folder / "pathways.yaml", f"        - {link}\n", "")
    found = interactive(mkdocs_build(config))
    assert list(found) == ["example-fever/pathways/treatment/"]
    assert None not in found.values()


def test_a_guideline_without_calculators_needs_no_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is nothing to reckon, the browser's Python is not even asked for."""
    monkeypatch.setattr(plugin, "build_runtime", lambda *_: pytest.fail("asked for"))
    config = new_project(tmp_path / "project", runtime=True)
    folder = add_guideline(config)
    (folder / "calculators.yaml").unlink()
    (folder / "pathways.yaml").unlink()
    (folder / "teaching.yaml").unlink()
    change(folder / "guideline.yaml", "calculator: dose", "page: glossary")
    site = mkdocs_build(config)
    assert interactive(site) == {}


def test_the_yaml_is_not_published(two_guidelines: Path) -> None:
    """No source of a guideline is in the site, and nothing but pages, payload and explanations is in its folder."""
    names = files_of(two_guidelines).keys()
    assert [name for name in names if name.endswith((".yaml", ".yml", ".md"))] == []
    own = {Path(name).name for name in names if name.startswith("one-fever/")}
    told = {name for name in own if re.fullmatch(r"explanations\.[0-9a-f]{12}\.js", name)}
    assert len(told) == 1
    assert own == {"index.html", "payload.json", *told}


def test_the_board_loads_no_script_for_statements(two_guidelines: Path) -> None:
    """A page with statements listens for taps on them; the board, which has none, does not pay for that."""
    for address, listens in (("one-fever/recommendations", True), ("one-fever", False)):
        scripts = read(two_guidelines / address / "index.html").all("script")
        assert any("data-explanations" in item.attributes for item in scripts) == listens


def test_a_payload_is_what_the_generator_makes(two_guidelines: Path) -> None:
    """Each guideline's payload is published under its own name and says whose it is."""
    for name in ("one-fever", "two-fever"):
        payload = json.loads((two_guidelines / name / "payload.json").read_text(encoding="utf-8"))
        assert payload["guideline"]["id"] == name
        assert [item["id"] for item in payload["calculators"]] == ["dose", "clearance"]


def addresses(part: Element, page: str) -> list[str]:
    """The pages that the links inside lead to, from a page's own address."""
    links = [item.attributes["href"] for item in part.all("a") if "href" in item.attributes]
    return [urldefrag(urljoin(f"/{page}", link)).url.lstrip("/") for link in links]


def own_pages(site: Path, guideline: str) -> list[str]:
    """The addresses of a guideline's pages."""
    return [f"{path.parent.relative_to(site).as_posix()}/" for path in (site / guideline).rglob("index.html")]


@pytest.mark.parametrize("name", ["one-fever", "two-fever"])
def test_a_page_shows_its_own_guideline_only(two_guidelines: Path, name: str) -> None:
    """The navigation at the side holds every page of the guideline, the home page, and no other guideline's page."""
    pages = own_pages(two_guidelines, name)
    assert len(pages) > 10
    for page in pages:
        tree = read(two_guidelines / page / "index.html")
        side = tree.one("div", data_md_component="sidebar", data_md_type="navigation")
        found = set(addresses(side, page))
        assert found - {""} == set(pages)


@pytest.mark.parametrize("name", ["one-fever", "two-fever"])
def test_previous_and_next_stay_inside(two_guidelines: Path, name: str) -> None:
    """From the first page on, 'next' leads through every page of the guideline; 'previous' leads all the way back."""
    forward = walked(two_guidelines, f"{name}/", "next")
    assert sorted(forward) == sorted(own_pages(two_guidelines, name))
    assert forward == walked(two_guidelines, forward[-1], "prev")[::-1]


def walked(site: Path, page: str, direction: str) -> list[str]:
    """The pages that are passed from a page on in a direction."""
    found = [page]
    while len(found) < 100:
        links = read(site / found[-1] / "index.html").all("a", kind=f"md-footer__link--{direction}")
        if not links:
            break
        found.append(urljoin(f"/{found[-1]}", links[0].attributes["href"]).lstrip("/"))
    return found


def test_the_home_page_lists_the_guidelines(two_guidelines: Path) -> None:
    """The home page leads to each guideline and its calculators, and has neither previous nor next page."""
    home = read(two_guidelines / "index.html")
    found = addresses(home, "")
    for name in ("one-fever", "two-fever"):
        assert {f"{name}/", f"{name}/calculators/dose/", f"{name}/calculators/clearance/"} <= set(found)
    assert walked(two_guidelines, "", "next") == walked(two_guidelines, "", "prev") == [""]


def test_a_hand_written_page_stays(two_guidelines: Path) -> None:
    """A Markdown page in the content folder is published as its author wrote it, outside every navigation."""
    page = read(two_guidelines / "colophon" / "index.html")
    assert page.one("em").text() == "emphasis"
    assert page.one("h1").text() == "Colophon"
    assert walked(two_guidelines, "colophon/", "next") == ["colophon/"]


def test_a_hand_written_page_takes_the_place_of_a_generated_one(project: Path) -> None:
    """Where an author writes a page under the name of a generated one, the author's is published, title and all."""
    text = "---\ntitle: By & by\n---\n# By hand\n\nThis page is <b>mine</b>.\n"
    (project.parent / "content" / "example-fever" / "about.md").write_text(text, encoding="utf-8")
    page = read(mkdocs_build(project) / "example-fever" / "about" / "index.html")
    assert page.one("h1").text() == "By hand"
    assert page.one("b").text() == "mine"
    assert page.all("article", kind="vm-caveat-full") == []


def test_an_authors_navigation_is_kept(project: Path) -> None:
    """With a `nav` in mkdocs.yml the order and the words are the author's, and the pages are the same."""
    pages = "[{Fever: example-fever/index.md}, {Rules: example-fever/calculators/dose.md}]"
    nav = f"nav: [{{Start: index.md}}, {{Mine: {pages}}}, {{Elsewhere: [{{Society: 'https://example.org/'}}]}}]\n"
    project.write_text(project.read_text(encoding="utf-8") + nav, encoding="utf-8")
    site = mkdocs_build(project)
    page = read(site / "example-fever" / "calculators" / "dose" / "index.html")
    side = page.one("div", data_md_component="sidebar", data_md_type="navigation")
    assert {"Fever", "Rules"} <= {link.text() for link in side.all("a")}
    assert (site / "example-fever" / "references" / "index.html").is_file()


def test_addresses_without_directories(tmp_path: Path) -> None:
    """With `use_directory_urls: false` every link of every page leads to a file of the site."""
    config = new_project(tmp_path / "project", directory_urls=False)
    add_guideline(config)
    site = mkdocs_build(config)
    assert (site / "example-fever" / "calculators" / "dose.html").is_file()
    assert dead_links(site) == []


def test_every_link_leads_somewhere(two_guidelines: Path, chinese: Built) -> None:
    """Every link of every page leads to a page of the site, and its anchor to an element there."""
    assert dead_links(two_guidelines) == []
    assert dead_links(chinese.folder.parent) == []


def dead_links(site: Path) -> list[str]:
    """The links that lead to no file, or to no element of it."""
    trees = {path.relative_to(site).as_posix(): read(path) for path in site.rglob("*.html")}
    ids = {
        name: {item.attributes["id"] for item in tree.walk() if "id" in item.attributes} for name, tree in trees.items()
    }
    for name, tree in trees.items():  # a calculator takes what a link fills in, such as `#drug=exemplamab`
        for field in tree.all("select"):
            ids[name] |= {f"{field.attributes['name']}={item.attributes['value']}" for item in field.all("option")}
    dead = []
    for name, tree in trees.items():
        if name == "404.html":
            continue
        for item in tree.walk():
            link = item.attributes.get("href", "")
            if not link or "://" in link:
                continue
            address, anchor = urldefrag(urljoin(f"/{name}", link))
            target = address.lstrip("/")
            target += "index.html" if target.endswith("/") or not target else ""
            named = not anchor or target not in ids or anchor in ids[target] or anchor.startswith("__")
            if not (site / target).is_file() or not named:
                dead.append(f"{name}: {link}")
    return dead


def test_no_id_stands_twice_on_a_page(two_guidelines: Path, chinese: Built) -> None:
    """An anchor names one element of its page, or a deep link would lead to the wrong one."""
    for path in (*two_guidelines.rglob("*.html"), *chinese.folder.rglob("*.html")):
        ids = [item.attributes["id"] for item in read(path).walk() if "id" in item.attributes]
        assert sorted(set(ids)) == sorted(ids), path


def test_a_broken_configuration_is_one_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What mkdocs.yml has wrong is a message of the command, not a traceback."""
    change(project, "runtime: false", "runtime: maybe")
    assert vademecum_command(project) == 1
    assert not (project.parent / "site").exists()
    assert "Traceback" not in capsys.readouterr().err


def test_headings_have_their_anchors_whatever_the_configuration(project: Path) -> None:
    """A site whose mkdocs.yml does not ask for attribute lists gets them all the same: deep links need them."""
    change(project, "markdown_extensions: [attr_list, toc]", "markdown_extensions: [toc]")
    page = read(mkdocs_build(project) / "example-fever" / "sections" / "treatment" / "index.html")
    assert page.one("h2", id="safety").text() == "Safety"


def test_a_guideline_that_cannot_be_read_stops_the_build(project: Path, said: Callable[[], str]) -> None:
    """A guideline.yaml that is no YAML is a finding with its place, not a guideline that is silently left out."""
    (project.parent / "content" / "example-fever" / "guideline.yaml").write_text("id: [\n", encoding="utf-8")
    assert vademecum_command(project) == 1
    assert re.search(r"example-fever/guideline\.yaml:[0-9]+:[0-9]+: GL001 error", said())


def test_mkdocs_itself_sees_an_abort(project: Path) -> None:
    """Another tool that builds through mkdocs gets its exception and no half-made site."""
    change(project.parent / "content" / "example-fever" / "statements.yaml", "refs: [1, 2]", "refs: [1, 22]")
    with pytest.raises(Abort):
        mkdocs_build(project)
    assert not (project.parent / "site").exists()


def test_the_installed_package_brings_its_overrides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Installed from a wheel, the theme's overrides are found inside the package; in the repository beside it."""
    assert plugin.overrides_folder() == ROOT / "site_overrides"
    (tmp_path / "generator" / "site_overrides").mkdir(parents=True)
    monkeypatch.setattr(site_options, "__file__", str(tmp_path / "generator" / "site_options.py"))
    assert plugin.overrides_folder() == tmp_path / "generator" / "site_overrides"


def stamped_card(project: Path) -> Path:
    """A picture beside the tiny guideline that says what its guideline.yaml says."""
    folder = project.parent / "content" / "example-fever"
    guideline = load(folder).guideline
    assert guideline is not None
    drawn = ROOT / "content" / "lung-cancer-bone-metastasis" / cards.FILE
    (folder / cards.FILE).write_bytes(cards.stamp(drawn.read_bytes(), guideline.meta))
    return folder / cards.FILE


def social(page: Path) -> dict[str, str]:
    """What a messenger is told of a page."""
    found = (item.attributes for item in read(page).all("meta"))
    return {item["property"]: item["content"] for item in found if "property" in item}


def with_address(project: Path) -> None:
    """Give the site an address with no slash at its end."""
    change(project, "site_name: Test\n", "site_name: A & B\nsite_url: https://example.org/x\n")


def test_a_true_card_is_published(project: Path) -> None:
    """The picture is on the guideline's pages, and on the home page while there is one guideline; words are escaped."""
    with_address(project)
    stamped_card(project)
    site = mkdocs_build(project)
    for page in ("index.html", "example-fever/index.html", "example-fever/about/index.html"):
        told = social(site / page)
        assert told["og:image"] == "https://example.org/x/example-fever/card.png"
        assert told["og:site_name"] == "A & B"
    assert (site / "example-fever" / "card.png").is_file()


def test_a_card_that_is_no_longer_true_is_left_out(project: Path, said: Callable[[], str]) -> None:
    """A picture of another edition is not published, no page names it, and the log says what to do."""
    with_address(project)
    stamped_card(project)
    change(project.parent / "content" / "example-fever" / "guideline.yaml", "\ntitle: Example", "\ntitle: New example")
    site = mkdocs_build(project)
    assert "example-fever/card.png does not say what guideline.yaml says now, so it is left out." in said()
    assert not (site / "example-fever" / "card.png").exists()
    assert "og:image" not in social(site / "example-fever" / "index.html")
    assert read(site / "index.html").one("meta", name="twitter:card").attributes["content"] == "summary"


def test_a_page_outside_the_navigation_has_the_contents_date(project: Path) -> None:
    """The sitemap gives no page the day of the build: two builds on two days are the same."""
    with_address(project)
    (project.parent / "content" / "colophon.md").write_text("# Colophon\n", "utf-8")
    sitemap = (mkdocs_build(project) / "sitemap.xml").read_text("utf-8")
    assert "https://example.org/x/colophon/" in sitemap
    assert len(set(re.findall("<lastmod>(.*?)</lastmod>", sitemap))) == 1
