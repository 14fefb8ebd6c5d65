"""Statements and tables in Chromium: what opens in place, what is copied, and how far away an answer is."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from pages_of_site import GUIDELINE, PAGE_KINDS, Visit
from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.browser

SECTION = PAGE_KINDS["section"]
STATEMENT = "denosumab-first-sre-time"
CITATION = "[23] Henry D, Vadhan-Raj S, Hirsh V"
NOTE = ".vm-explain"
REFUSED = """
  window.refused = [];
  document.addEventListener('securitypolicyviolation', (event) => window.refused.push(event.violatedDirective));
"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.add_init_script(REFUSED)
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A screen with a mouse, whose clipboard may be used."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_init_script(REFUSED)
    yield context
    context.close()


def section(context: BrowserContext, root: str, anchor: str = "") -> Page:
    """A page with statements."""
    page = context.new_page()
    page.goto(f"{root}{SECTION}{anchor}")
    return page


def scripts_of(visit: Visit) -> list[str]:
    """The scripts of this site's own that a page has asked for after its first paint."""
    return [url for url in visit.asked if "explanations." in url or "statement-use." in url]


def test_a_tap_explains_a_reference_in_place(phone: BrowserContext, site_url: str) -> None:
    """A tap shows the whole citation over the text of the same page, loads it only then, and within the screen."""
    visit = Visit(phone)
    page = section(phone, site_url)
    assert scripts_of(visit) == []
    page.tap(f"#{STATEMENT} .vm-ref")
    page.wait_for_selector(NOTE)
    assert page.inner_text(NOTE).startswith(CITATION)
    assert page.url == site_url + SECTION
    assert len(scripts_of(visit)) == 2
    box = page.locator(NOTE).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 844
    page.touchscreen.tap(195, 700 if box["y"] < 400 else 100)
    page.wait_for_selector(NOTE, state="hidden")
    page.tap(f"#{STATEMENT} .vm-ref")
    page.tap(f"{NOTE} a")
    page.wait_for_url("**/references/#ref-23")
    assert page.evaluate("window.refused") == []


@pytest.mark.parametrize(
    ("word", "told"),
    [("SREs", ["骨转移相关事件", "skeletal related events"]), ("地舒单抗", ["RANKL抑制剂类", "来源给出剂量"])],
)
def test_names_explain_themselves_the_same_way(
    phone: BrowserContext, site_url: str, word: str, told: list[str]
) -> None:
    """An abbreviation and a drug's name in a statement show what they stand for, and no dose."""
    page = section(phone, site_url)
    page.tap(f"#{STATEMENT} .vm-word:text-is('{word}')")
    page.wait_for_selector(NOTE)
    shown = page.inner_text(NOTE)
    assert [part for part in (word, *told) if part not in shown] == []
    assert " mg" not in shown


def test_a_pointer_that_stays_explains_a_reference(desk: BrowserContext, site_url: str) -> None:
    """A mouse that stays on a reference shows it, may go to what is shown, and closes it by leaving."""
    page = section(desk, site_url)
    page.hover(f"#{STATEMENT} .vm-ref")
    page.wait_for_selector(NOTE)
    page.hover(f"{NOTE} a")
    page.wait_for_timeout(600)
    assert page.is_visible(NOTE)
    page.mouse.move(5, 700)
    page.wait_for_selector(NOTE, state="hidden")
    assert page.url == site_url + SECTION


def test_a_key_explains_a_reference(desk: BrowserContext, site_url: str) -> None:
    """Enter on a reference shows it and takes the focus there; Escape closes it and gives the focus back."""
    page = section(desk, site_url)
    page.focus(f"#{STATEMENT} .vm-ref")
    page.keyboard.press("Enter")
    page.wait_for_selector(NOTE)
    page.wait_for_function("() => document.activeElement.matches('.vm-explain')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.parentElement.className") == "vm-explain"
    page.keyboard.press("Escape")
    page.wait_for_selector(NOTE, state="hidden")
    assert page.evaluate("document.activeElement.matches('.vm-ref')")


def test_an_older_browser_shows_it_in_the_text(phone: BrowserContext, site_url: str) -> None:
    """Where the browser has no popovers, the citation opens in the text behind its reference."""
    phone.add_init_script("delete HTMLElement.prototype.showPopover; delete HTMLElement.prototype.popover;")
    page = section(phone, site_url)
    page.tap(f"#{STATEMENT} .vm-ref")
    page.wait_for_selector(NOTE)
    assert page.inner_text(f"#{STATEMENT} {NOTE}").startswith(CITATION)
    assert page.url == site_url + SECTION


def test_without_its_texts_a_reference_is_a_link(phone: BrowserContext, site_url: str) -> None:
    """When the texts do not load, and without scripts, a reference leads to the list of references."""

    def refuse(route: Route) -> None:
        route.abort()

    page = phone.new_page()
    page.route("**/explanations.*.js", refuse)
    page.goto(site_url + SECTION)
    page.tap(f"#{STATEMENT} .vm-ref")
    page.wait_for_url("**/references/#ref-23")


def test_from_a_folder_a_reference_opens_in_place(phone: BrowserContext, built_site: Path) -> None:
    """Opened from a folder, a reference is shown in place too, and nothing is refused."""
    page = phone.new_page()
    page.goto((built_site / SECTION / "index.html").as_uri())
    page.tap(f"#{STATEMENT} .vm-ref")
    page.wait_for_selector(NOTE)
    assert page.inner_text(NOTE).startswith(CITATION)
    assert page.evaluate("window.refused") == []


def test_the_layers_of_a_statement(browser: Browser, site_url: str) -> None:
    """Without any script: one tap shows caveats and what is related, one more the citation and the place."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, java_script_enabled=False)
    page = section(context, site_url)
    deep = page.locator(f"#{STATEMENT} .vm-origin p")
    first = page.locator(f"#{STATEMENT} .vm-caveat p")
    assert not first.is_visible()
    page.locator(f"#{STATEMENT} > .vm-layer > summary").tap()
    assert first.is_visible()
    assert not deep.is_visible()
    page.locator(f"#{STATEMENT} .vm-origin > summary").tap()
    assert "第 3.1.1 节第 1 段第 2 句" in deep.inner_text()
    assert page.locator(f"#{STATEMENT} .vm-citations").inner_text().startswith(CITATION)
    assert page.locator("#zoledronic-acid-crcl-below-60 > .vm-caveat p").first.is_visible()
    assert page.locator(".vm-copies button, .vm-copy").count() == 0
    context.close()


def test_a_deep_link_opens_its_statement(phone: BrowserContext, site_url: str) -> None:
    """A link to a statement unfolds it and no other, on arrival and when the fragment changes."""
    page = section(phone, site_url, f"#{STATEMENT}")
    unfolded = "all => all.map(layer => layer.parentElement.id)"
    assert page.eval_on_selector_all(".vm-layer[open]", unfolded) == [STATEMENT]
    page.evaluate("location.hash = 'onj-incidence-denosumab'")
    page.wait_for_selector("#onj-incidence-denosumab > .vm-layer[open]")
    assert page.eval_on_selector_all("[data-statement] > .vm-layer[open]", unfolded) == [
        STATEMENT,
        "onj-incidence-denosumab",
    ]


def test_a_statement_is_copied_with_its_citation(desk: BrowserContext, site_url: str) -> None:
    """The copy holds text, caveats, place, citation, edition, notice and address; the link alone is copied too."""
    page = section(desk, site_url)
    address = f"{site_url}{SECTION}#{STATEMENT}"
    page.click(f"#{STATEMENT} > .vm-layer > summary")
    page.click(f"#{STATEMENT} .vm-copy:text-is('复制链接')")
    page.wait_for_selector(f"#{STATEMENT} .vm-copy:text-is('已复制')")
    assert page.evaluate("navigator.clipboard.readText()") == address
    page.click(f"#{STATEMENT} .vm-copy:text-is('复制全文与出处')")
    page.wait_for_function("() => document.querySelectorAll('.vm-copies .vm-copy')[1].textContent === '已复制'")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0] == "证据 地舒单抗与首次SREs"
    assert lines[1] == "就延长首次SREs的发生时间而言，有研究显示地舒单抗更占优势。 [23]"
    assert lines[2].startswith("引文存疑 R23 文献23")
    assert lines[3] == "来源 第 3.1.1 节第 1 段第 2 句"
    assert lines[4].startswith(CITATION)
    assert lines[5] == ""
    assert "解读》（2025）" in lines[6]
    assert "转录版本" in lines[7]
    assert "不用于急救" in lines[8]
    assert lines[9:] == [address]
    assert page.evaluate("window.refused") == []


def test_without_a_clipboard_the_copy_is_shown_selected(phone: BrowserContext, site_url: str) -> None:
    """Where a page may not use the clipboard, the text stands selected below the buttons, once however often asked."""
    phone.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined});")
    page = section(phone, site_url, f"#{STATEMENT}")
    for _ in range(2):
        page.tap(f"#{STATEMENT} .vm-copy >> nth=1")
        page.wait_for_selector(f"#{STATEMENT} textarea")
    [shown] = page.eval_on_selector_all("textarea", "all => all.map(area => area.value)")
    assert "就延长首次SREs" in shown
    selected = "area => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert page.eval_on_selector("textarea", selected) == shown


def test_a_table_is_copied_with_units_and_notes(desk: BrowserContext, site_url: str) -> None:
    """A table is copied as lines with tabs: title, heads with units, cells with the marks of caveats, notes, source."""
    page = desk.new_page()
    page.goto(f"{site_url}{GUIDELINE}/tables/bma-dosing/")
    page.click(".vm-table + .vm-copy")
    page.wait_for_selector(".vm-copy:text-is('已复制')")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0].startswith("表 1 常用骨改良药物的用法用量")
    assert lines[1].split("\t") == ["序号", "药物名称", "给药方式", "用药剂量（mg）", "用药时间", "用药频率（周）"]
    assert lines[4].split("\t")[1:4] == ["唑来膦酸", "静脉注射", "4 mg"]
    assert lines[5].split("\t")[3] == "120 mg"
    assert "X1" in lines[5].split("\t")[4]
    assert lines[2].split("\t")[3] == "10 mg* X2"
    assert lines[6] == "* 65 岁以上者，因卡膦酸二钠的推荐剂量是5 mg"
    assert lines[7] == ""
    assert lines[-1] == f"{site_url}{GUIDELINE}/tables/bma-dosing/"
    assert "2024版" in lines[8]


NEAR = {
    "renal limit of zoledronic acid": ("肌酐清除率小于 60 mL/min", "不超过 3.5 mg"),
    "ONJ rate in year 2 for denosumab": ("第 2 年：3.7%",),
    "what if the bone scan is negative": ("骨显像（BS）阴性之后怎么办", "来源没有"),
}
TAPS = {
    "renal limit of zoledronic acid": ["肺癌骨转移", "唑来膦酸：减量上限"],
    "ONJ rate in year 2 for denosumab": ["肺癌骨转移", "ONJ"],
    "what if the bone scan is negative": ["肺癌骨转移", "BS阴性之后"],
}


@pytest.mark.parametrize("asked", NEAR)
def test_an_answer_is_at_most_three_taps_away(phone: BrowserContext, site_url: str, asked: str) -> None:
    """From the home page, by links alone, what is asked at the bedside is on the screen after at most three taps."""
    page = phone.new_page()
    page.goto(site_url)
    taps = TAPS[asked]
    assert len(taps) <= 3
    for words in taps:
        link = page.locator("article a", has_text=words).first
        before = page.url
        link.tap()
        page.wait_for_function("(before) => location.href !== before", arg=before)
    page.wait_for_load_state()
    anchor = urldefrag(page.url).fragment
    shown = page.locator(f"[id='{anchor}']")
    assert [part for part in NEAR[asked] if part not in " ".join(shown.inner_text().split())] == []
    box = shown.bounding_box()
    assert box
    assert 0 <= box["y"] < 844
