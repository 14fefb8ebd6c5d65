"""`vademecum serve` in a browser: a saved dose is seen in the table and in Python's answer, a finding on the page.

The server runs as it does for an author, behind the content policy of a published site.
"""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.serve.server import LocalServer
from generator.serve.session import Session
from generator.serve.shown import Shown

pytestmark = pytest.mark.browser

FIXTURE = Path(__file__).parents[1] / "fixtures" / "example-fever"
PATIENCE = 60_000
CONFIG = """\
site_name: Test
docs_dir: content
theme: {name: material, font: false}
plugins: [guideline]
"""
ROW = '[data-row="exemplamab-standard"]'


class Project:
    """A project with the tiny guideline, served."""

    def __init__(self, folder: Path, server: LocalServer, session: Session) -> None:
        self.fever = folder / "content" / "example-fever"
        self.url = f"http://127.0.0.1:{server.server_address[1]}/"
        self.save: Callable[[], None] = session.make
        self._shown = server.shown

    def edition(self) -> str:
        """The edition that is shown, as its pages name it."""
        return self._shown.name(self._shown.now()[1].edition)

    def replace(self, old: str, new: str, *names: str) -> None:
        """Replace a text in files, and save them together."""
        for name in names:
            path = self.fever / name
            text = path.read_text("utf-8")
            assert old in text
            path.write_text(text.replace(old, new), "utf-8")

    def dose(self, old: int, new: int) -> None:
        """Change Exemplamab's dose in all its places."""
        self.replace(f"exactly: {old}, unit: mg", f"exactly: {new}, unit: mg", "tables.yaml")
        self.replace(f"value: {old}, unit: mg", f"value: {new}, unit: mg", "calculators.yaml")
        self.replace(f"listed: {old},", f"listed: {new},", "calculators.yaml")
        self.replace(f"figures: [{old} mg]", f"figures: [{new} mg]", "coverage.yaml")
        self.replace(f"value: {old} mg", f"value: {new} mg", "teaching.yaml")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """The project behind its server, before the first edition."""
    shutil.copytree(FIXTURE, tmp_path / "content" / "example-fever")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (tmp_path / "whole").mkdir()
    shown = Shown()
    before = Path.cwd()
    os.chdir(tmp_path)
    with LocalServer("127.0.0.1", 0, shown) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield Project(tmp_path, server, Session(Path("mkdocs.yml"), shown, tmp_path / "whole"))
        shown.close()
        server.shutdown()
    os.chdir(before)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails on anything that the policy stops and on any error of a script."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    made = context.new_page()
    wrong: list[str] = []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
    made.set_default_timeout(PATIENCE)
    yield made
    context.close()
    assert wrong == []


def mark(page: Page) -> None:
    """Leave something on the page that does not outlive loading it again."""
    page.evaluate("() => { window.stayed = true; }")


def stayed(page: Page) -> bool:
    """Whether the page is still the one that was marked."""
    return bool(page.evaluate("() => window.stayed === true"))


def ask_for_a_dose(page: Page) -> None:
    """Fill the form in and let Python answer."""
    page.locator("calculator-form [name=drug]").select_option("exemplamab")
    page.locator("calculator-form [name=age]").fill("50")
    page.locator("calculator-form [name=crcl]:not([data-unit])").fill("80")
    page.locator("calculator-form [type=submit]").click()


def test_a_changed_dose_is_seen_in_the_table_and_in_the_answer(project: Project, page: Page) -> None:
    """Saved in all its places, a dose changes in the static table and in Python's answer; what was typed stays."""
    project.save()
    page.goto(f"{project.url}example-fever/calculators/dose/")
    answer = page.locator("calculator-form [data-answer]")
    ask_for_a_dose(page)
    expect(answer).to_contain_text("4 mg", timeout=PATIENCE)
    mark(page)
    for old, new in ((4, 7), (7, 9), (9, 4)):
        project.dose(old, new)
        project.save()
        expect(page.locator(ROW)).to_contain_text(f"{new} mg", timeout=PATIENCE)
        expect(answer).to_contain_text(f"{new} mg", timeout=PATIENCE)
        expect(answer).not_to_contain_text(f"{old} mg")
        expect(page.locator("calculator-form [name=age]")).to_have_value("50")
    assert stayed(page)
    page.get_by_role("button", name=re.compile("worked cases", re.I)).first.click()
    expect(page.locator("worked-cases [data-status]").first).to_contain_text("passed", timeout=PATIENCE)


def test_an_answer_is_not_asked_for_that_no_one_asked_for(project: Project, page: Page) -> None:
    """Where the form was filled in and not sent, it stays so, with its values."""
    project.save()
    page.goto(f"{project.url}example-fever/calculators/dose/")
    page.locator("calculator-form [name=age]").fill("50")
    expect(page.locator("calculator-form [data-python]")).to_contain_text("ready", timeout=PATIENCE)
    mark(page)
    project.dose(4, 7)
    project.save()
    expect(page.locator(ROW)).to_contain_text("7 mg", timeout=PATIENCE)
    expect(page.locator("calculator-form [name=age]")).to_have_value("50")
    expect(page.locator("calculator-form [data-answer]")).to_be_hidden()
    assert stayed(page)


def test_a_page_to_read_is_loaded_again_only_when_it_changed(project: Project, page: Page) -> None:
    """A page follows a change of its own text; what only the search has to know leaves it where it is."""
    project.save()
    page.goto(f"{project.url}example-fever/tables/dosing/")
    mark(page)
    project.dose(4, 7)
    project.save()
    expect(page.locator("article.md-content__inner")).to_contain_text("7 mg", timeout=PATIENCE)
    assert not stayed(page)
    mark(page)
    before = page.locator("#vademecum-search").text_content()
    project.replace("say: [shivering]", "say: [trembling]", "search.yaml")
    project.save()
    expect(page.locator("script[data-edition]")).to_have_attribute("data-edition", project.edition(), timeout=PATIENCE)
    assert page.locator("#vademecum-search").text_content() != before
    assert stayed(page)


def test_a_finding_stands_on_the_page_until_it_is_mended(project: Project, page: Page) -> None:
    """A mistake is listed with file, line, column, message and hint over the last good page; mended, it goes."""
    project.save()
    page.goto(f"{project.url}example-fever/tables/dosing/")
    project.replace("exactly: 4, unit: mg}", "exactly: 4, unit: mgg}", "tables.yaml")
    project.save()
    overlay = page.locator("vademecum-live")
    expect(overlay).to_contain_text("The page shows the last good edition", timeout=PATIENCE)
    place = overlay.locator("li.error code").first
    expect(place).to_have_text(re.compile(r"content/example-fever/tables\.yaml:21:\d+"))
    expect(overlay.locator("li.error").first).to_contain_text("mgg")
    expect(overlay.locator("li.error .hint").first).not_to_be_empty()
    assert overlay.locator("section").evaluate("(box) => getComputedStyle(box).position") == "fixed"
    expect(page.locator("article.md-content__inner")).to_contain_text("4 mg")
    project.replace("unit: mgg}", "unit: mg}", "tables.yaml")
    project.save()
    expect(overlay).to_have_count(0, timeout=PATIENCE)


def test_a_site_that_cannot_be_built_yet_comes_by_itself(project: Project, page: Page) -> None:
    """With errors from the start the page lists them, and becomes the site when they are mended."""
    project.replace("# FICTIONAL\n", "- id: [\n", "statements.yaml")
    page.goto(f"{project.url}example-fever/")
    expect(page.locator("h1")).to_have_text("No site to show yet")
    project.save()
    expect(page.locator("vademecum-live")).to_contain_text("statements.yaml", timeout=PATIENCE)
    project.replace("- id: [\n", "# FICTIONAL\n", "statements.yaml")
    project.save()
    expect(page.locator("article.md-content__inner")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("vademecum-live")).to_have_count(0)
