"""`vademecum serve` without a browser: what is shown after each save, what stays up, and what can be asked for."""

import http.client
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from site_builder import GUIDELINE, add_guideline, change, files_of, new_project

from generator.load import load
from generator.serve import memory
from generator.serve.edition import Edition, Found, WholeBuild
from generator.serve.server import LocalServer, script_for
from generator.serve.session import Session
from generator.serve.shown import Shown

LEFT_OUT = {"sitemap.xml.gz"}
"""What a whole build writes for search engines alone."""


class Served:
    """A project that is served, without a server."""

    def __init__(self, config: Path) -> None:
        self.config = config
        self.content = config.parent / "content"
        self.shown = Shown()
        folder = config.parent.with_name("whole")
        folder.mkdir()
        self.session = Session(config, self.shown, folder)

    def save(self) -> dict[str, object]:
        """What a page is told after a save."""
        self.session.make()
        told: dict[str, object] = json.loads(self.shown.as_json(self.shown.now()[1]))
        return told

    def files(self) -> dict[str, bytes]:
        """Every file that is served, by its address."""
        pages = self.shown.now()[0]
        assert pages is not None
        return {address: found.content for address in pages.addresses() if (found := pages.find(address))}

    def page(self, address: str) -> str:
        """The text of a page."""
        return self.files()[address].decode()


@pytest.fixture
def served(project: Path) -> Served:
    """The project with the tiny guideline, before its first edition."""
    return Served(project)


def clean_build(config: Path) -> dict[str, bytes]:
    """The files of a site that is built from nothing, with offline use withdrawn as `serve` has it."""
    site = config.parent / "clean"
    shutil.rmtree(site, ignore_errors=True)
    loaded = load_config(str(config), site_dir=str(site))
    loaded.plugins["guideline"].config["offline"] = "withdraw"
    build(loaded)
    return {name: content for name, content in files_of(site).items() if name not in LEFT_OUT}


def dose(folder: Path, old: int, new: int) -> None:
    """Change Exemplamab's dose, and all that holds it: the checks refuse one that a worked case disagrees with."""
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text("utf-8")
        for before in (f"exactly: {old}, unit: mg", f"value: {old}, unit: mg", f"listed: {old},", f"{old} mg"):
            text = text.replace(before, before.replace(str(old), str(new)))
        path.write_text(text, "utf-8")


def _rename(path: Path) -> None:
    path.rename(path.with_name("moved.md"))


def edits(content: Path) -> Iterator[tuple[str, bool, Callable[[], object]]]:
    """A morning's work: what is done, whether the site is good afterwards, and the doing."""
    fever, second = content / "example-fever", content / "second-fever"
    note, statements = content / "note.md", fever / "statements.yaml"
    yield "a dose is changed in all its places", True, lambda: dose(fever, 4, 7)
    yield "a title", True, lambda: change(fever / "guideline.yaml", "short_title: ", "short_title: New ")
    yield "nothing", True, (fever / "tables.yaml").touch
    yield "a mistake", False, lambda: change(statements, "# FICTIONAL\n", "# FICTIONAL\n- id: [\n")
    yield "its mend", True, lambda: change(statements, "# FICTIONAL\n- id: [\n", "# FICTIONAL\n")
    yield "a new guideline", True, lambda: shutil.copytree(fever, second)  # under the wrong id until the next step
    yield "a page by hand", True, lambda: note.write_text("# A note\n\n[Fever](example-fever/index.md)\n", "utf-8")
    yield "its heading", True, lambda: note.write_text("# Another note\n\n[Fever](example-fever/index.md)\n", "utf-8")
    yield "its name", True, lambda: _rename(note)
    yield "the second dose", True, lambda: dose(second, 7, 9)
    yield "a file less", True, (second / "teaching.yaml").unlink
    yield "a guideline less", True, lambda: shutil.rmtree(second)
    yield "the settings", True, lambda: change(content.parent / "mkdocs.yml", "site_name: Test", "site_name: Tested")
    yield "the dose as it was", True, lambda: dose(fever, 7, 4)


def test_after_every_edit_the_pages_are_those_of_a_clean_build(served: Served) -> None:
    """Whatever was saved before, each file that is served is the same to the byte as that of a whole build."""
    assert served.save()["failed"] is False
    assert served.files() == clean_build(served.config)
    for what, good, edit in edits(served.content):
        before = served.files()
        edit()
        if what == "a new guideline":
            change(served.content / "second-fever" / "guideline.yaml", "id: example-fever\n", "id: second-fever\n")
        assert served.save()["failed"] is not good, what
        assert served.files() == (clean_build(served.config) if good else before), what


def test_with_an_error_the_last_good_edition_stays_up(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding is told to the page with its place and on the terminal; the dose shown is that of before."""
    good = served.save()
    tables = served.content / "example-fever" / "tables.yaml"
    change(tables, "dose: {quantity: {exactly: 4, unit: mg}", "dose: {quantity: {exactly: 4, unit: mgg}")
    told = served.save()
    assert (told["edition"], told["failed"], told["shown"]) == (good["edition"], True, True)
    [first, *_] = told["findings"]  # type: ignore[misc]
    line = (
        tables.read_text("utf-8")
        .splitlines()
        .index(next(x for x in tables.read_text("utf-8").splitlines() if "mgg" in x))
    )
    assert (first["file"].rpartition("/")[2], first["line"], first["severity"]) == ("tables.yaml", line + 1, "error")
    assert "mgg" in first["message"]
    assert first["hint"]
    assert "4 mg" in served.page("example-fever/tables/dosing/index.html")
    err = capsys.readouterr().err
    assert "tables.yaml:" in err
    assert "not shown: the last good site stays up" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("site_name: [", "parsing"),
        ("docs_dir: content\n", "site_name"),
        ("site_name: x\ndocs_dir: content\nplugins: [search]\n", "expected the plugin 'guideline'"),
        ("site_name: x\ndocs_dir: content\ntheme: {name: material}\nplugins: [{guideline: {content: none}}]\n", "none"),
    ],
)
def test_broken_settings_are_told_in_words(served: Served, broken: str, words: str) -> None:
    """A mkdocs.yml that cannot be used is told to the page, and mending it is enough."""
    whole = served.config.read_text("utf-8")
    served.config.write_text(broken, "utf-8")
    told = served.save()
    assert (told["failed"], told["shown"]) == (True, False)
    assert words in str(told["problem"])
    served.config.write_text(whole, "utf-8")
    assert served.save()["failed"] is False


def test_only_what_changed_is_read_and_checked_again(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two guidelines one is checked again, and of it one file is read; where nothing changed, nothing is."""
    add_guideline(served.config, "second-fever")
    served.save()
    checked, read = [], []
    check, source = memory.check_folder, memory.source.read
    monkeypatch.setattr(memory, "check_folder", lambda *all: checked.append(all[0].name) or check(*all))
    monkeypatch.setattr(memory.source, "read", lambda path, file: read.append(path.name) or source(path, file))
    served.save()
    assert (checked, read) == ([], [])
    change(served.content / "second-fever" / "guideline.yaml", "short_title: ", "short_title: New ")
    served.save()
    assert (checked, read) == (["second-fever"], ["guideline.yaml"])


def test_a_file_that_is_saved_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read in the midst of a save is not remembered under the content of before or after it."""
    folder = tmp_path / "example-fever"
    shutil.copytree(GUIDELINE, folder)
    known, path = memory.Memory(), folder / "guideline.yaml"
    first, later = path.read_text("utf-8"), path.read_text("utf-8").replace("short_title: ", "short_title: New ")
    read = memory.source.read

    def saved_meanwhile(file: Path, shown: str) -> object:
        if file == path:
            path.write_text(later, "utf-8")
        return read(file, shown)

    with monkeypatch.context() as patch:
        patch.setattr(memory.source, "read", saved_meanwhile)
        known.check(folder, "shown")
    path.write_text(first, "utf-8")
    guideline, _ = known.check(folder, "shown")
    assert guideline == load(folder, "shown").guideline


def test_what_is_no_longer_there_is_forgotten() -> None:
    """What an edition has not asked for is made anew when it is asked for again."""
    known, of = memory.Memory(), object()
    assert known.remember("kind", of, lambda _: 1) == known.remember("kind", of, lambda _: 2) == 1
    known.forget_the_unused()
    known.forget_the_unused()
    assert known.remember("kind", of, lambda _: 3) == 3


def test_a_site_with_hooks_of_its_own_is_built_as_a_whole(served: Served) -> None:
    """What a hook does to the pages is in the pages that are served, before and after an edit."""
    (served.config.parent / "hook.py").write_text(
        "def on_post_build(config):\n    from pathlib import Path\n"
        "    Path(config.site_dir, 'made.txt').write_text('by the hook')\n",
        "utf-8",
    )
    served.config.write_text(served.config.read_text("utf-8") + "hooks: [hook.py]\n", "utf-8")
    for number in range(3):
        change(served.content / "example-fever" / "guideline.yaml", "short_title: ", f"short_title: N{number} ")
        assert served.save()["failed"] is False
        assert isinstance(served.shown.now()[0], WholeBuild)
        assert served.files()["made.txt"] == b"by the hook"
        assert {name: served.files()[name] for name in clean_build(served.config)} == clean_build(served.config)


@pytest.fixture
def listening(served: Served) -> Iterator[tuple[Served, LocalServer]]:
    """The project behind a server, before its first edition."""
    with LocalServer("127.0.0.1", 0, served.shown) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield served, server
        served.shown.close()
        server.shutdown()


def ask(server: LocalServer, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; the path goes out as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    connection.request(method, path)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_pages_are_served_as_built_but_for_one_script(listening: tuple[Served, LocalServer]) -> None:
    """A page is the built one with the reload script before the end of its body; other files are untouched."""
    served, server = listening
    edition = str(served.save()["edition"])
    for address in ("", "example-fever/", "example-fever/calculators/dose/", "404.html"):
        status, headers, body = ask(server, f"/{address}")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        file = address if address.endswith(".html") else f"{address}index.html"
        assert body.replace(script_for(edition).encode(), b"") == served.files()[file]
        assert body.count(script_for(edition).encode()) == 1
    status, headers, body = ask(server, "/example-fever/payload.json")
    assert (status, headers["Content-Type"], body) == (
        200,
        "application/json",
        served.files()["example-fever/payload.json"],
    )
    assert headers["Cache-Control"] == "no-store"
    status, headers, body = ask(server, "/example-fever/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 1000


def test_an_address_without_its_slash_leads_to_the_page(listening: tuple[Served, LocalServer]) -> None:
    """A folder's address without a slash is sent to the one with it, and never to another host."""
    served, server = listening
    served.save()
    for path in ("/example-fever", "//example-fever", "/example-fever?x=1"):
        status, headers, _ = ask(server, path)
        assert (status, headers["Location"]) == (302, "/example-fever/")


@pytest.mark.parametrize(
    "path",
    [
        "/../mkdocs.yml",
        "/example-fever/../../mkdocs.yml",
        "/%2e%2e/mkdocs.yml",
        "/..%2fmkdocs.yml",
        "/example-fever/%2e%2e%2f%2e%2e%2fmkdocs.yml",
        "/..\\mkdocs.yml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/_serve/../server.py",
        "/_serve/..%2fserver.py",
        "/_serve/%2e%2e/session.py",
        "/content/example-fever/tables.yaml",
        "/example-fever/tables.yaml",
        "/%00",
        "/nowhere/",
    ],
)
def test_nothing_beside_the_site_can_be_asked_for(listening: tuple[Served, LocalServer], path: str) -> None:
    """Whatever is put into an address, only the site's own files are answered with; all else is not found."""
    served, server = listening
    served.save()
    status, _, body = ask(server, path)
    assert status == 404
    assert b"site_name" not in body
    assert b"root:" not in body
    assert b"import " not in body


def test_before_the_first_good_edition_there_is_a_page_that_waits(listening: tuple[Served, LocalServer]) -> None:
    """While the site is built, and while it cannot be, each address gives a page with the reload script."""
    served, server = listening
    status, _, body = ask(server, "/example-fever/")
    assert status == 503
    assert b"No site to show yet" in body
    assert b"/_serve/live.js" in body
    change(served.content / "example-fever" / "statements.yaml", "# FICTIONAL\n", "- id: [\n")
    served.save()
    status, _, body = ask(server, "/example-fever/")
    assert status == 503
    assert b"No site to show yet" in body
    assert b"/_serve/live.js" in body
    for name, kind in (("live.js", "text/javascript"), ("live.css", "text/css"), ("page.css", "text/css")):
        status, headers, body = ask(server, f"/_serve/{name}")
        assert (status, headers["Content-Type"].partition(";")[0]) == (200, kind)
        assert body


def test_a_page_is_told_of_each_edition_and_of_the_end(listening: tuple[Served, LocalServer]) -> None:
    """The stream gives what there is at once, then what came of each save, and ends with the command."""
    served, server = listening
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    connection.request("GET", "/_serve/changes")
    stream = connection.getresponse()
    assert stream.headers["Content-Type"].startswith("text/event-stream")

    def heard() -> dict[str, object]:
        line = stream.readline()
        while not line.startswith(b"data: "):
            assert line
            line = stream.readline()
        told: dict[str, object] = json.loads(line.removeprefix(b"data: "))
        return told

    assert heard()["shown"] is False
    saved = served.save()
    assert heard() == saved
    assert saved["shown"] is True
    served.shown.close()
    assert stream.read() == b"\n"


def test_a_file_of_an_older_edition_gives_the_new_one(listening: tuple[Served, LocalServer]) -> None:
    """A page that was not loaded again asks for the search by the name of before, and gets the one of now."""
    served, server = listening
    served.save()

    def index() -> str:
        return next(name for name in served.files() if "/search-example-fever." in name)

    old = index()
    dose(served.content / "example-fever", 4, 7)
    served.save()
    assert index() != old
    assert ask(server, f"/{old}")[2] == served.files()[index()]
    assert ask(server, "/assets/vademecum/search-other.0123456789ab.js")[0] == 404


def test_a_template_that_fails_is_told_and_the_server_goes_on(
    listening: tuple[Served, LocalServer], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page that cannot be made says why, in a page that reloads; the next is answered."""
    served, server = listening
    served.save()

    def broken(self: Edition, address: str) -> Found | None:
        raise ValueError("no <such> name")

    with monkeypatch.context() as patch:
        patch.setattr(Edition, "find", broken)
        status, _, body = ask(server, "/example-fever/")
    assert status == 500
    assert b"ValueError: no &lt;such&gt; name" in body
    assert b"/_serve/live.js" in body
    assert "no <such> name" in capsys.readouterr().out
    assert ask(server, "/example-fever/")[0] == 200


def test_a_project_of_nothing_waits_for_a_guideline(tmp_path: Path) -> None:
    """Where there is no guideline yet, that is said, and the first one is shown."""
    served = Served(new_project(tmp_path / "project"))
    assert "expected a folder with guideline.yaml" in str(served.save()["problem"])
    add_guideline(served.config)
    assert served.save()["failed"] is False
