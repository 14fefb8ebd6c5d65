"""The folder and the single file, opened from `file://`: they answer as Python here does, and ask nothing of anyone.

`ENGINES` chooses the browsers, as in `test_engines.py`; each export is built once.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from engines import Engine
from exported import ROOT, Exports
from pages_of_site import GUIDELINE
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from calculators.bridge import handle
from generator.exports.single_file import LARGEST, LARGEST_WITHOUT_PYTHON

pytestmark = pytest.mark.browser

STATE = "Vademecum.pythonClient().state"
DOSE = "document.querySelector('calculator-form[data-calculator=bma-dose]')"

# Every kind of answer, and the limits of 30 and 60 mL/min and of 65 years just below, at and above.
DOSES = [
    ("zoledronic-acid", "70", "60.1", "fixed"),
    ("zoledronic-acid", "70", "60", "fixed"),
    ("zoledronic-acid", "70", "59.9", "at_most"),
    ("zoledronic-acid", "70", "30", "at_most"),
    ("zoledronic-acid", "70", "29.9", "stop"),
    ("incadronate", "64", "30", "fixed"),
    ("incadronate", "65", "30", "undetermined"),
    ("incadronate", "66", "30", "fixed"),
    ("denosumab", "70", "59.9", "no_rule"),
    ("ibandronate", "70", "0.5", "refused"),
]

ASK = """
const form = document.querySelector('calculator-form[data-calculator=bma-dose]');
for (const name of ['drug', 'age', 'crcl']) {
  const field = form.querySelector(`[name="${name}"]`);
  field.value = given[name];
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
form.querySelector('button[type=submit]').click();
"""
ANSWERED = f"{DOSE}.querySelector('[data-answer]:not([hidden]):not(.vm-answer--pending)')"
READ = """
const form = document.querySelector('calculator-form[data-calculator=bma-dose]');
const answer = form.querySelector('[data-answer]');
return {
  kind: answer.className.match(/vm-answer--([a-z_]+)/)[1],
  display: answer.querySelector('.vm-answer__value')?.textContent ?? '',
  rows: [...document.querySelectorAll('[data-row][data-hit]')].map((row) => row.dataset.row),
};
"""
REQUEST = "return Vademecum.pythonClient().request(given.op, given.fields);"
WALK = """
const guide = document.querySelector(`pathway-guide[data-pathway="${given.pathway}"]`);
const asked = guide.querySelector('h3.vm-guide__question').textContent;
[...guide.querySelectorAll('.vm-guide__option')].find((one) => one.textContent === given.label).click();
for (let tries = 0; tries < 600; tries += 1) {
  if (guide.querySelector('h3.vm-guide__question').textContent !== asked) break;
  await new Promise((resolve) => setTimeout(resolve, 50));
}
return guide.querySelector('h3.vm-guide__question').textContent;
"""

NOTE = """
window.refused = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.refused.push(`${event.effectiveDirective}: ${event.blockedURI}`);
});
"""


@pytest.fixture(scope="module")
def payload() -> dict[str, Any]:
    """The guideline's data, which the engine of this process has loaded too."""
    from generator import payload  # noqa: PLC0415
    from generator.load import load  # noqa: PLC0415

    guideline = load(ROOT / "content" / GUIDELINE).guideline
    assert guideline is not None
    text = payload.dump(guideline)
    assert json.loads(handle(json.dumps({"id": 0, "op": "load", "payload": text})))["ok"]
    found: dict[str, Any] = json.loads(text)
    return found


@dataclass
class Watch:
    """What the pages of a browser context asked for, said in the console, and were refused."""

    context: BrowserContext
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(NOTE)
        self.context.on("request", self._note)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.said.append(str(error.error)))

    def _note(self, request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            self.asked.append(request.url)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def assert_quiet(self, page: Page) -> None:
        """Nothing was asked of a host, nothing was refused, and nothing failed."""
        assert (self.asked, page.evaluate("() => window.refused"), self.said) == ([], [], [])


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    """A phone in a profile of its own, watched."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield Watch(context)
    context.close()


def asked_here(op: str, **fields: Any) -> dict[str, Any]:
    """The reply of the engine in this process."""
    found: dict[str, Any] = json.loads(handle(json.dumps({"id": 1, "op": op, "guideline": GUIDELINE, **fields})))
    return found["result"]  # type: ignore[no-any-return]


def ready(engine: Engine) -> None:
    """Wait until Python has started, or has not."""
    engine.wait(f"['ready', 'failed'].includes({STATE}.name)")
    assert engine.run(f"return {STATE}.name") == "ready"


@pytest.mark.parametrize("form", ["folder", "file"])
def test_doses_and_a_walk_are_those_of_cpython(
    engine: Engine, exports: Exports, payload: dict[str, Any], form: str
) -> None:
    """From file:// ten doses are answered on the page, and a pathway is walked, as the engine of this process does."""
    engine.open(exports.at(form, "calculators/bma-dose/"))
    ready(engine)
    for drug, age, crcl, kind in DOSES:
        inputs = {"drug": drug, "age": age, "crcl": crcl}
        engine.run(ASK, inputs)
        engine.wait(ANSWERED)
        expected = asked_here("calculate", calculator="bma-dose", inputs=inputs)
        rows = [reason["row"] for reason in expected["reasons"] if reason["hit"]]
        assert expected["kind"] == kind
        display = expected["display"] or ""
        assert engine.run(READ) == {"kind": kind, "display": display, "rows": rows}, inputs
        fields = {"guideline": GUIDELINE, "calculator": "bma-dose", "inputs": inputs}
        reply = engine.run(REQUEST, {"op": "calculate", "fields": fields})
        assert reply["result"] == expected
    inputs = {"age": "70", "sex": "male", "weight": "60", "creatinine": "106 µmol/L"}
    fields = {"guideline": GUIDELINE, "calculator": "creatinine-clearance", "inputs": inputs}
    computed = engine.run(REQUEST, {"op": "calculate", "fields": fields})["result"]
    assert computed == asked_here("calculate", calculator="creatinine-clearance", inputs=inputs)
    assert computed["kind"] == "computed"

    engine.open(exports.at(form, "pathways/treatment-order/"))
    engine.wait("document.querySelector('pathway-guide[data-pathway=\"treatment-order\"] h3.vm-guide__question')")
    answers: list[tuple[str, str]] = []
    case = longest_case(payload, "treatment-order")
    for node, answer in case:
        step = asked_here("walk", pathway="treatment-order", answers=answers)
        assert step["node"] == node
        label = next(option["label"] for option in step["options"] if option["id"] == answer)
        answers.append((node, answer))
        shown = engine.run(WALK, {"pathway": "treatment-order", "label": label})
        assert shown == asked_here("walk", pathway="treatment-order", answers=answers)["text"]
    marked = engine.run("return document.querySelectorAll('.vm-flow [data-edge][data-on-trail]').length")
    assert marked == len(case) > 1


def longest_case(payload: dict[str, Any], pathway: str) -> list[tuple[str, str]]:
    """The answers of the worked case with the most steps."""
    found = next(item for item in payload["pathways"] if item["id"] == pathway)
    cases = sorted(found["cases"], key=lambda case: len(case["answers"]))
    return [(node, str(answer)) for node, answer in cases[-1]["answers"].items()]


def test_the_folder_is_read_from_its_front_page(watch: Watch, exports: Exports) -> None:
    """From the front page every page of the folder is reached by its links; pictures load, and nothing is asked."""
    page = watch.context.new_page()
    page.goto((exports.folder / "index.html").as_uri())
    assert "未经临床医师审核" in page.inner_text("main")
    page.click(f"a[href='site/{GUIDELINE}/index.html']")
    there = set((exports.folder / "site").rglob("*.html"))
    seen: set[str] = set()
    waiting = [page.url]
    while waiting:
        url = waiting.pop()
        seen.add(url)
        page.goto(url)
        page.wait_for_selector("html.js")
        links = page.eval_on_selector_all("a[href]", "all => all.map((one) => one.href.replace(/[#?].*/, ''))")
        pictures = page.eval_on_selector_all(
            "img", "all => all.filter((one) => !one.naturalWidth).map((one) => one.src)"
        )
        assert pictures == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        fresh = {link for link in links if link.startswith("file:")} - seen - set(waiting)
        waiting += fresh
        watch.assert_quiet(page)
    assert {Path(url.removeprefix("file://")) for url in seen} == there
    assert page.locator("script[type=module]").count() == 0


def test_the_folder_is_searched(watch: Watch, exports: Exports) -> None:
    """From file:// the folder's search finds a drug by its brand name, says so, and leads to its page."""
    page = watch.context.new_page()
    page.goto(exports.at("folder", ""))
    page.click("header [data-search-open]")
    page.fill(".vm-search__field", "安加维")
    page.wait_for_selector(".vm-search__item")
    assert "安加维 → 地舒单抗" in page.locator(".vm-search__item").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/drugs/denosumab.html")
    assert page.locator("h1").inner_text() == "地舒单抗"
    watch.assert_quiet(page)


@pytest.mark.parametrize("form", ["folder", "file"])
def test_a_teaching_case_is_judged(watch: Watch, exports: Exports, form: str) -> None:
    """From file:// a learner's answer is judged right or wrong, and nothing is asked of a host."""
    page = watch.context.new_page()
    page.goto(exports.at(form, "teaching/"))
    page.wait_for_function(f"() => {STATE}.name === 'ready'", timeout=60_000)
    quiz = page.locator("teaching-case form").first
    verdicts = set()
    for choice in quiz.locator("input[type=radio]").all()[:2]:
        choice.check()
        quiz.locator("button").click()
        page.wait_for_selector(".vm-verdict:not([hidden])")
        page.wait_for_function("() => /答对了|答错了/.test(document.querySelector('.vm-verdict').textContent)")
        verdicts.add((page.locator(".vm-verdict").first.text_content() or "")[:3])
    assert verdicts == {"答对了", "答错了"}
    watch.assert_quiet(page)


def test_every_link_of_the_single_file_leads_somewhere(exports: Exports) -> None:
    """In both single files every id stands once, every link has its target, and every statement its own id."""
    for path in (exports.file, exports.static):
        html = re.sub(r"(<script[^>]*>)[^<]*(?:<(?!/script)[^<]*)*", r"\1", path.read_text("utf-8"))
        ids = re.findall(r'<[a-z][^>]* id="([^"]*)"', html)
        assert len(ids) == len(set(ids))
        links = re.findall(r'<a [^>]*href="#([^"]*)"', html)
        assert len(links) > 1000
        assert {link for link in links if link} <= set(ids)
        hrefs = re.findall(r'(?:href|src)="([^"#][^"]*)"', html)
        assert {href.partition(":")[0] for href in hrefs} <= {"https"}
        assert not re.findall(r'<(?:img|script|link)[^>]* (?:src|href)="(?!data:)', html)


def test_the_single_file_turns_its_pages(watch: Watch, exports: Exports) -> None:
    """Menu, deep links, back, folded caveats, search and colours work, one page at a time; Python waits its turn."""
    page = watch.context.new_page()
    page.goto(exports.file.as_uri())
    assert shown(page) == ["index/"]
    assert page.evaluate(f"() => {STATE}.name") == "idle"
    page.click("[data-menu]")
    page.click(".vm-menu a[href='#tables/bma-dosing/']")
    assert shown(page) == ["tables/bma-dosing/"]
    assert page.is_hidden(".vm-menu")
    folded = page.wait_for_selector("[data-page].vm-page--shown details.vm-caveat:not([open]) summary")
    assert folded is not None
    folded.click()
    page.wait_for_function("(folded) => folded.nextElementSibling.firstChild.nodeType === Node.TEXT_NODE", arg=folded)
    text, mark = page.evaluate(
        "(folded) => [...folded.nextElementSibling.childNodes].map((part) => part.textContent.trim())", folded
    )
    assert page.locator(f"[id='{mark}'] > p").first.text_content() == text
    page.go_back()
    assert shown(page) == ["index/"]
    page.goto(f"{exports.file.as_uri()}#zoledronic-acid-renal-reduction")
    page.fill("[data-find]", "唑来膦酸 3.5")
    page.click(".vm-find__result >> nth=0")
    target = page.evaluate("() => document.getElementById(decodeURIComponent(location.hash.slice(1))).textContent")
    assert "3.5 mg" in target
    page.fill("[data-find]", "没有这样的词")
    page.wait_for_selector("text=没有找到")
    page.keyboard.press("Escape")
    assert page.is_hidden("[data-found]")
    before = page.get_attribute("body", "data-md-color-scheme")
    page.click("[data-scheme]")
    assert page.get_attribute("body", "data-md-color-scheme") != before
    page.goto(exports.at("file", "calculators/creatinine-clearance/"))
    assert shown(page) == ["calculators/creatinine-clearance/"]
    form = page.locator("calculator-form[data-calculator=creatinine-clearance]")
    for name, value in {"age": "70", "weight": "60", "creatinine": "106"}.items():
        form.locator(f"input[name={name}]").fill(value)
    form.locator("select[name=sex]").select_option("male")
    form.locator("select[name=creatinine]").select_option("µmol/L")
    form.locator("button[type=submit]").click()
    value = form.locator(".vm-answer__value")
    value.wait_for()
    bar = page.locator(".vm-bar").bounding_box()
    top = value.bounding_box()
    assert bar is not None
    assert top is not None
    assert bar["height"] <= top["y"] < 844, "the answer is covered by the bar"
    form.locator("a.md-button").click()
    assert shown(page) == ["calculators/bma-dose/"]
    assert page.input_value("calculator-form[data-calculator=bma-dose] [name=crcl]").startswith("773")
    watch.assert_quiet(page)


def shown(page: Page) -> list[str]:
    """The pages of a single file that can be seen."""
    found: list[str] = page.eval_on_selector_all(
        "[data-page]", "all => all.filter((one) => one.checkVisibility()).map((one) => one.id)"
    )
    return found


@pytest.mark.parametrize("form", ["file", "static"])
@pytest.mark.parametrize("width", [360, 390])
def test_every_page_of_a_single_file_fits_a_phone(watch: Watch, exports: Exports, form: str, width: int) -> None:
    """No page of the single file is wider than a phone, and turning them breaks no rule of the policy."""
    page = watch.context.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(getattr(exports, form).as_uri())
    for name in page.eval_on_selector_all("[data-page]", "all => all.map((one) => one.id)"):
        page.evaluate("(name) => { location.hash = name; }", name)
        page.wait_for_function("(name) => document.getElementById(name).checkVisibility()", arg=name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    watch.assert_quiet(page)


def test_without_scripts_a_single_file_is_read_from_top_to_bottom(browser: Browser, exports: Exports) -> None:
    """In a mail program that runs no script the pages stand one below the other, and links lead to the tables."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{exports.static.as_uri()}#tables/bma-dosing/")
    assert page.is_visible("[id='bma-dosing--zoledronic-acid']")
    assert page.is_visible("[id='about-file/']")
    assert "120 mg" in page.inner_text("[id='tables/bma-dosing/']")
    assert "停用" in page.inner_text("[id='calculators/bma-dose/']")
    assert page.locator("calculator-form, pathway-guide, worked-cases").count() == 0
    assert page.locator("text=本文件不带计算程序").count() == 10
    context.close()


def test_the_exports_keep_their_limits_and_say_what_they_are(exports: Exports) -> None:
    """Sizes stay below their limits; each export names edition, date, hash, review and where more is."""
    assert exports.file.stat().st_size <= LARGEST == 7_500_000
    assert exports.static.stat().st_size <= LARGEST_WITHOUT_PYTHON == 600_000
    assert "<calculator-form" not in exports.static.read_text("utf-8")
    for path in (exports.file, exports.static, exports.folder / "index.html"):
        html = path.read_text("utf-8")
        for text in ("版本 2024", "内容校验", "2026-", "未经临床医师审核", "查新版", "复核期限"):
            assert text in html, (path.name, text)
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', exports.file.read_text("utf-8"))
    assert "unsafe-inline" not in policy[0]
    assert "'unsafe-eval'" not in policy[0]
    assert "connect-src" not in policy[0]  # so `default-src 'none'` holds


def damaged(exports: Exports, form: str, folder: Path, name: str) -> str:
    """A copy of an export in which one carried file has one wrong character; gives the dose page's address."""
    if form == "folder":
        shutil.copytree(exports.folder, folder / "copy")
        copy = Exports(folder / "copy", exports.file, exports.static)
        (script,) = (folder / "copy").rglob(f"carried/{name}.*.js")
        text = script.read_text("utf-8")
        script.write_text(flipped(text, len(text) // 2), "utf-8")
        return copy.at("folder", "calculators/bma-dose/")
    text = exports.file.read_text("utf-8")
    (script,) = (exports.folder / "site").rglob(f"carried/{name}.*.js")
    sha256 = re.findall(r'carry\("([0-9a-f]{64})"', script.read_text("utf-8"))[0]
    begin = text.index(f'data-carried="{sha256}">')
    path = folder / "copy.html"
    path.write_text(flipped(text, (begin + text.index("</script>", begin)) // 2 + 40), "utf-8")
    return f"{path.as_uri()}#calculators/bma-dose/"


def flipped(text: str, at: int) -> str:
    """The text with another character at a place."""
    return text[:at] + ("a" if text[at] != "a" else "b") + text[at + 1 :]


@pytest.mark.parametrize(
    ("form", "name"), [("file", "wasm"), ("file", "worker"), ("folder", "library"), ("folder", "engine")]
)
def test_a_damaged_file_is_refused_and_the_tables_stay(
    browser: Browser, exports: Exports, tmp_path: Path, form: str, name: str
) -> None:
    """One wrong character in a carried file: the page says so, gives no value, and the table of rules stays."""
    page = browser.new_page()
    page.goto(damaged(exports, form, tmp_path, name))
    page.wait_for_function(f"() => {STATE}.name === 'failed'", timeout=60_000)
    assert page.evaluate(f"() => {STATE}.code") == "damaged"
    message = page.inner_text(f"{'[id="calculators/bma-dose/"] ' if form == 'file' else ''}[data-python] span")
    assert message == "计算器的文件已损坏（与校验值不符），已拒绝使用。请重新获取一份；下面的静态表仍然可用。"
    assert page.is_visible("[data-row='zoledronic-acid-below-30']")
    assert page.locator("[data-answer] .vm-answer__value").count() == 0
    page.close()


def test_a_folder_that_lacks_a_file_says_so(browser: Browser, exports: Exports, tmp_path: Path) -> None:
    """Where a carried script is not there, as when only some files were unpacked, the page says what to do."""
    shutil.copytree(exports.folder, tmp_path / "copy")
    (script,) = (tmp_path / "copy").rglob("carried/wasm.*.js")
    script.unlink()
    page = browser.new_page()
    page.goto(Exports(tmp_path / "copy", exports.file, exports.static).at("folder", "calculators/bma-dose/"))
    page.wait_for_function(f"() => {STATE}.name === 'failed'")
    assert page.evaluate(f"() => {STATE}.code") == "missing"
    assert page.inner_text("[data-python] span").startswith("缺少计算器的文件：请把压缩包完整解压后再打开")
    page.close()


def test_without_crypto_subtle_the_scripts_own_hash_checks(browser: Browser, exports: Exports, tmp_path: Path) -> None:
    """Where a worker has no crypto.subtle, an intact file starts and a damaged one is refused all the same."""
    context = browser.new_context()
    for url, state in (
        (exports.at("file", "calculators/bma-dose/"), "ready"),
        (damaged(exports, "file", tmp_path, "engine"), "failed"),
    ):
        page = context.new_page()
        page.goto(url.partition("#")[0])
        page.evaluate(
            """() => {
              const plain = Vademecum.unpackCarried;
              const without = "Object.defineProperty(crypto, 'subtle', {value: undefined});";
              Vademecum.unpackCarried = async (carried) => {
                const { script, files } = await plain(carried);
                return { script: script.replace(',', `,${encodeURIComponent(without)}`), files };
              };
              location.hash = 'calculators/bma-dose/';
            }"""
        )
        page.wait_for_function(f"() => ['ready', 'failed'].includes({STATE}.name)", timeout=60_000)
        assert page.evaluate(f"() => {STATE}.name") == state
    context.close()


@pytest.mark.parametrize("size", [0, 1, 55, 56, 63, 64, 65, 1000])
def test_the_scripts_own_hash_is_sha256(browser: Browser, exports: Exports, size: int) -> None:
    """The hash in plain script is that of the browser's own crypto, also where a block of 64 bytes is just full."""
    page = browser.new_page()
    page.goto(exports.file.as_uri())
    found, right = page.evaluate(
        """async (size) => {
          const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7 + 3) & 255);
          const right = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
          const hex = Array.from(right, (byte) => byte.toString(16).padStart(2, '0')).join('');
          return [Vademecum.sha256(bytes), hex];
        }""",
        size,
    )
    assert found == right
    page.close()
