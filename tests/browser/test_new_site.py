"""From an empty folder with only the wheel installed to a site that reckons and walks, offline too."""

import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from served_build import BuildHandler, Served
from wheel_venv import Installed, build_wheel

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GUIDELINE = "sample-fever"
FORMS = ("site", "folder", "single-file")
# drug, age, clearance → kind, and the number as the page prints it: below, at and above each threshold
ANSWERS = [
    ("samplumab", "50", "19.9", "stop", ""),
    ("samplumab", "50", "20", "at_most", "不超过 5 mg"),
    ("samplumab", "50", "39.9", "at_most", "不超过 5 mg"),
    ("samplumab", "50", "40", "fixed", "8 mg"),
    ("samplumab", "17", "90", "no_rule", ""),
    ("fictinib", "50", "90", "undetermined", "3 mg 或 6 mg"),
    ("nowherol", "50", "90", "no_rule", ""),
    ("samplumab", "50", "5000", "refused", ""),
]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel, built and installed."""
    folder = tmp_path_factory.mktemp("wheel")
    return Installed(build_wheel(folder), folder)


@pytest.fixture(scope="module")
def demo(installed: Installed) -> Path:
    """A new site, made, checked, built and exported with the installed command."""
    for folder, *command in (
        (".", "new", "demo"),
        ("demo", "check"),
        ("demo", "build"),
        ("demo", "export", "folder"),
        ("demo", "export", "single-file"),
    ):
        done = installed.run("vademecum", *command, folder=folder)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return installed.work / "demo"


@pytest.fixture(scope="module")
def addresses(demo: Path) -> Iterator[dict[str, Callable[[str], str]]]:
    """How the address of a page is made in each form: of the site over http, of the exports from `file://`."""
    served = Served(demo / "site")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(BuildHandler, served))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (archive,) = (demo / "dist").glob("*-folder.zip")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(demo / "dist" / "unpacked")
    (folder,) = (demo / "dist" / "unpacked").iterdir()
    (file,) = (demo / "dist").glob("*.html")
    yield {
        "site": lambda page: f"http://localhost:{server.server_address[1]}/{GUIDELINE}/{page}/",
        "folder": lambda page: (folder / "site" / GUIDELINE / f"{page}.html").as_uri(),
        "single-file": lambda page: f"{file.as_uri()}#{page}/",
    }
    server.shutdown()
    server.server_close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone in a profile of its own."""
    made = browser.new_context(viewport={"width": 390, "height": 844})
    yield made
    made.close()


def answer(page: Page, drug: str, age: str, crcl: str) -> Locator:
    """Type into the dose calculator, ask it, and give its answer."""
    form = page.locator("calculator-form[data-calculator=dose]")
    form.locator("[name=drug]").select_option(drug)
    form.locator("[name=age]").fill(age)
    form.locator("[name=crcl]").fill(crcl)
    form.locator("button[type=submit]").click()
    found = form.locator("[data-answer]:not([hidden]):not(.vm-answer--pending)")
    found.wait_for(timeout=120_000)
    return found


def test_the_wheel_is_the_same_twice(tmp_path: Path) -> None:
    """Built twice, the wheel has the same bytes."""
    one, two = (build_wheel(tmp_path / name).read_bytes() for name in ("one", "two"))
    assert one == two


def test_the_program_is_the_wheel_s_own(installed: Installed) -> None:
    """What runs is in the new environment, and neither the repository nor this Python's packages are on its path."""
    done = installed.run(
        "python", "-c", "import calculators, generator, sys; print(generator.__file__, calculators.__file__, *sys.path)"
    )
    generator, calculators, *path = done.stdout.split()
    assert Path(generator).is_relative_to(installed.venv)
    assert Path(calculators).is_relative_to(installed.venv)
    assert not [place for place in path if place.startswith((str(Path(__file__).parents[2]), sys.prefix))]


def test_the_new_site_asks_for_this_very_wheel(demo: Path, installed: Installed) -> None:
    """The wheel goes along with the site, so that its workflow installs the same program."""
    line = (demo / "requirements.txt").read_text(encoding="utf-8").strip()
    (wheel,) = installed.venv.parent.glob("vademecum-*.whl")
    assert (demo / line).read_bytes() == wheel.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_the_calculator_answers(context: BrowserContext, addresses: dict[str, Callable[[str], str]], form: str) -> None:
    """Over http, and offline from a folder and a single file, each kind of answer is given by Python in the page."""
    context.set_offline(form != "site")
    page = context.new_page()
    page.goto(addresses[form]("calculators/dose"))
    for drug, age, crcl, kind, display in ANSWERS:
        found = answer(page, drug, age, crcl)
        assert f"vm-answer--{kind}" in (found.get_attribute("class") or "").split()
        if display:
            expect(found.locator(".vm-answer__value")).to_have_text(display)


@pytest.mark.parametrize("form", FORMS)
def test_the_pathway_walks(context: BrowserContext, addresses: dict[str, Callable[[str], str]], form: str) -> None:
    """Two options and a number lead to the ceiling, and the banner says on the page that nothing of it is real."""
    context.set_offline(form != "site")
    page = context.new_page()
    page.goto(addresses[form]("pathways/treatment"))
    guide = page.locator("pathway-guide[data-pathway=treatment]")
    question = guide.locator("h3.vm-guide__question")
    expect(question).to_have_text("患者满18岁了吗？", timeout=120_000)
    guide.get_by_role("button", name="已满18岁").click()
    expect(question).to_have_text("用哪一种药？")
    guide.get_by_role("button", name="示例单抗").click()
    expect(question).to_have_text("肌酐清除率是多少？")
    guide.locator(".vm-guide__number input").fill("39.9")
    guide.locator(".vm-guide__number button").click()
    expect(question).to_contain_text("减量")
    expect(page.locator(".vm-banner:visible")).to_contain_text("虚构")
