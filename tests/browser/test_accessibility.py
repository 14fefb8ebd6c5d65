"""WCAG 2.2 AA on every kind of page, in light and in dark: axe, the keyboard alone, small screens, reduced motion."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import axe
import pytest
from pages_of_site import GUIDELINE, PAGE_KINDS, answer, fill_dose
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

DOSE = PAGE_KINDS["dose-calculator"]
DIAGNOSIS = PAGE_KINDS["pathway"]
PATHWAY_END = "#diagnosis=suspected:no"


def dose(drug: str, crcl: str) -> Callable[[Page], None]:
    """Asks the dose calculator."""

    def ask(page: Page) -> None:
        fill_dose(page, drug, "70", crcl)
        answer(page)

    return ask


def walk_to_the_end(page: Page) -> None:
    """Takes the first option until the pathway ends."""
    end = page.locator(".vm-guide--advice, .vm-guide--not_stated")
    page.wait_for_selector("h3.vm-guide__question", timeout=60_000)
    while not end.count():
        asked = page.inner_text("h3.vm-guide__question")
        page.locator("button.vm-guide__option").first.click()
        page.wait_for_function(
            "(text) => document.querySelector('h3.vm-guide__question')?.textContent !== text", arg=asked
        )


def open_everything(page: Page) -> None:
    """Opens whatever is folded."""
    page.eval_on_selector_all("details", "all => all.forEach((one) => { one.open = true; })")


def search(page: Page) -> None:
    """Opens the search and asks."""
    page.click("header [data-search-open]")
    page.fill(".vm-search__field", "唑来膦酸")
    page.wait_for_selector(".vm-search__item")


def search_in_vain(page: Page) -> None:
    """Opens the search and asks for what the guideline does not cover."""
    page.click("header [data-search-open]")
    page.fill(".vm-search__field", "儿童剂量")
    page.wait_for_timeout(600)


def explain(page: Page) -> None:
    """Opens a reference in place."""
    page.locator(".vm-statement .vm-ref").first.click()
    page.wait_for_selector(".vm-explain")


def open_menu(page: Page) -> None:
    """Opens the drawer with the navigation."""
    page.evaluate("document.querySelector('#__drawer').click()")
    page.wait_for_timeout(400)


def answer_a_case(page: Page) -> None:
    """Answers the first question of the teaching cases."""
    ready = "() => document.querySelector('[data-teaching-python]').textContent.includes('就绪')"
    page.wait_for_function(ready, timeout=60_000)
    form = page.locator(".vm-quiz").first
    form.locator("input").first.check()
    form.locator("button").click()
    page.locator(".vm-verdict__mark").first.wait_for()


def lost_page(page: Page) -> None:
    """Shows both reasons for which the service worker shows this page."""
    page.evaluate("document.body.dataset.reason = 'absent'")


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    **{name: (address, open_everything) for name, address in PAGE_KINDS.items()},
    "not-kept": ("offline.html", lost_page),
    "search": (PAGE_KINDS["overview"], search),
    "search-not-covered": (PAGE_KINDS["overview"], search_in_vain),
    "reference-in-place": (PAGE_KINDS["section"], explain),
    "menu": (PAGE_KINDS["section"], open_menu),
    "answer-fixed": (DOSE, dose("zoledronic-acid", "80")),
    "answer-at-most": (DOSE, dose("zoledronic-acid", "45")),
    "answer-stop": (DOSE, dose("zoledronic-acid", "20")),
    "answer-no-rule": (DOSE, dose("pamidronate", "20")),
    "answer-refused": (DOSE, dose("zoledronic-acid", "abc")),
    "pathway-at-its-end": (DIAGNOSIS, walk_to_the_end),
    "teaching-answered": (PAGE_KINDS["teaching"], answer_a_case),
}


@pytest.fixture(scope="module", params=["light", "dark"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A phone in light and in dark, with axe in its pages."""
    with axe.context(browser, request.param) as made:
        yield made


@pytest.fixture(scope="module", params=["light", "dark"])
def desk(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A wide screen in light and in dark, with axe in its pages."""
    with axe.context(browser, request.param, viewport={"width": 1280, "height": 800}) as made:
        yield made


def found_on(context: BrowserContext, site_url: str, state: str) -> list[str]:
    """What axe finds on a page in a state."""
    address, bring = STATES[state]
    page = context.new_page()
    page.goto(site_url + address)
    bring(page)
    found = axe.findings(page)
    page.close()
    return found


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_on_a_phone(phone: BrowserContext, site_url: str, state: str) -> None:
    """No page kind and no state of it breaks a rule of axe on a phone, in light and in dark."""
    assert found_on(phone, site_url, state) == []


@pytest.mark.parametrize("state", [*PAGE_KINDS, "not-kept", "search", "reference-in-place", "answer-at-most"])
def test_axe_finds_nothing_on_a_wide_screen(desk: BrowserContext, site_url: str, state: str) -> None:
    """Beside the menu and the contents no page kind breaks a rule of axe either."""
    assert found_on(desk, site_url, state) == []


def test_axe_would_find_a_fault(phone: BrowserContext, site_url: str) -> None:
    """The tests above can fail: pale text, a nameless button and a target that is too small are found."""
    page = phone.new_page()
    page.goto(site_url + PAGE_KINDS["about"])
    page.evaluate(
        """() => {
          const text = document.createElement('p');
          text.textContent = 'pale';
          text.style.color = '#777';
          const buttons = [1, 2].map(() => document.createElement('button'));
          buttons.forEach((button) => Object.assign(button.style, {width: '9px', height: '9px', padding: 0}));
          document.querySelector('.md-content__inner').append(text, ...buttons);
        }"""
    )
    rules = {line.partition(":")[0] for line in axe.findings(page)}
    page.close()
    assert {"color-contrast", "button-name", "target-size"} <= rules


@pytest.mark.parametrize(
    ("width", "height"), [(320, 640), (360, 640), (640, 400)], ids=["reflow", "small phone", "200% of a desktop"]
)
def test_a_page_needs_no_scrolling_sideways(browser: Browser, site_url: str, width: int, height: int) -> None:
    """At 320 CSS pixels, on a small phone and at 200% zoom each page and state is as wide as the screen."""
    with axe.context(browser, "light", viewport={"width": width, "height": height}) as phone:
        wide = []
        for state, (address, bring) in STATES.items():
            page = phone.new_page()
            page.goto(site_url + address)
            bring(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(state)
            page.close()
        assert wide == []


FOCUSED = """() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  // What a box that is not drawn itself shows: its label, or, as with Material's choice of colours, what follows it.
  const labels = [...(at.labels ?? []), at.nextElementSibling]
    .filter((one) => one?.localName === 'label' && one.offsetWidth);
  const seen = (one) => one && one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2;
  const inView = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const within = (value, size) => Math.min(Math.max(value, 1), size - 1);
  const [x, y] = [within(box.left + box.width / 2, innerWidth), within(box.top + box.height / 2, innerHeight)];
  const covered = inView && !document.elementsFromPoint(x, y)
    .some((one) => at.contains(one) || one.contains(at) && one !== document.body && one !== document.documentElement);
  return {
    name: (at.getAttribute('aria-label') || at.textContent || labels.map((one) => one.textContent).join(' ')).trim(),
    tag: at.localName, href: at.href || '', field: at.name || '',
    visible: seen(style) && inView && !covered || labels.some((label) => seen(getComputedStyle(label))),
  };
}"""


class Keyboard:
    """A reader who has a keyboard only: goes on with Tab, and must see at each step where they are."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, condition: Callable[[dict[str, str]], bool], steps: int = 80) -> dict[str, str]:
        """Press Tab until the focus is where the condition holds; each stop on the way has a focus that shows."""
        for _ in range(steps):
            self.page.keyboard.press("Tab")
            at = self.page.evaluate(FOCUSED)
            if at["tag"] == "body":
                continue
            assert at["visible"], at
            assert at["name"] or at["field"], at
            if condition(at):
                return dict(at)
        pytest.fail(f"not reached in {steps} steps")


@pytest.fixture(params=[1280, 390])
def keyboard(request: pytest.FixtureRequest, browser: Browser, site_url: str) -> Iterator[Keyboard]:
    """The home page for a reader without a mouse, on a wide screen and on a narrow one."""
    context = browser.new_context(viewport={"width": request.param, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(site_url)
    yield Keyboard(page)
    context.close()


def test_a_calculator_is_found_and_used_with_the_keyboard(keyboard: Keyboard) -> None:
    """From the home page Tab, Enter and the keys of the fields give a dose, and the focus is seen all the way."""
    page = keyboard.page
    keyboard.go_to(lambda at: at["href"].endswith("calculators/bma-dose/"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/calculators/bma-dose/")
    keyboard.go_to(lambda at: at["field"] == "drug")
    while page.input_value("[name=drug]") != "zoledronic-acid":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("70")
    keyboard.go_to(lambda at: at["field"] == "crcl")
    page.keyboard.type("45")
    page.keyboard.press("Enter")
    assert "不超过 3.5 mg" in answer(page)


def test_a_pathway_is_found_and_walked_with_the_keyboard(keyboard: Keyboard) -> None:
    """From the home page Tab and Enter lead over the board to a pathway and through it to its end."""
    page = keyboard.page
    keyboard.go_to(lambda at: at["href"].endswith(f"/{GUIDELINE}/"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{GUIDELINE}/")
    keyboard.go_to(lambda at: at["href"].endswith("pathways/diagnosis/"))
    page.keyboard.press("Enter")
    page.wait_for_selector("h3.vm-guide__question", timeout=60_000)
    end = page.locator(".vm-guide--advice, .vm-guide--not_stated")
    while not end.count():
        asked = page.inner_text("h3.vm-guide__question")
        keyboard.go_to(lambda at: at["tag"] == "button" and bool(page.locator("button.vm-guide__option:focus").count()))
        page.keyboard.press("Enter")
        page.wait_for_function(
            "(text) => document.querySelector('h3.vm-guide__question')?.textContent !== text", arg=asked
        )
    assert end.inner_text()


def test_the_menu_opens_with_a_key_and_is_closed_to_keys_before(browser: Browser, site_url: str) -> None:
    """On a narrow screen the menu has a name and opens with a key; until then Tab passes over what is in it."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    keyboard = Keyboard(page)
    page.goto(site_url + PAGE_KINDS["section"])
    menu = page.get_by_role("button", name="导航栏", exact=True)
    first_in_it = ".md-sidebar--primary a.md-nav__link"
    assert not page.locator(first_in_it).first.is_visible()
    keyboard.go_to(lambda _at: menu.evaluate("one => one === document.activeElement"), steps=4)
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('#__drawer').checked")
    keyboard.go_to(lambda _at: bool(page.locator(".md-sidebar--primary :focus").count()), steps=12)
    assert page.locator(first_in_it).first.is_visible()
    context.close()


def test_the_skip_link_is_first_and_leads_to_the_text(browser: Browser, site_url: str) -> None:
    """The first Tab on a page offers to skip to the text."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(site_url + PAGE_KINDS["section"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    context.close()


def test_nothing_moves_for_a_reader_who_asks_for_less_motion(browser: Browser, site_url: str) -> None:
    """With reduced motion no element has a transition or an animation that takes time, and no scrolling is smooth."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    moving = []
    for state in ("home", "overview", "section", "dose-calculator", "pathway", "search", "reference-in-place"):
        address, bring = STATES[state]
        page.goto(site_url + address)
        bring(page)
        moving += page.evaluate(
            """() => [...document.querySelectorAll('*')].flatMap((one) => [null, '::before', '::after'].map((part) => {
              const style = getComputedStyle(one, part);
              const takes = (text) => text.split(',').some((value) => parseFloat(value) > 0);
              const moves = takes(style.transitionDuration) && style.transitionProperty !== 'none'
                || takes(style.animationDuration) && style.animationName !== 'none'
                || style.scrollBehavior === 'smooth';
              return moves ? `${one.localName}.${one.className}${part ?? ''}` : '';
            })).filter(Boolean)"""
        )
    context.close()
    assert moving == []


@pytest.mark.parametrize(
    "state", ["overview", "dose-calculator", "pathway", "section", "table", "teaching", "references"]
)
def test_every_target_has_a_name_and_the_page_its_landmarks(browser: Browser, site_url: str, state: str) -> None:
    """Each button, link and field has a name; there is one main part, one title, and no gap in the levels."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    address, bring = STATES[state]
    page.goto(site_url + address)
    bring(page)
    for role in ("button", "link", "textbox", "combobox", "radio"):
        nameless = page.get_by_role(role, name="", exact=True)
        assert nameless.count() == 0, nameless.first.evaluate("one => one.outerHTML")
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    levels = page.eval_on_selector_all("main :is(h1,h2,h3,h4,h5,h6)", "all => all.map(one => Number(one.localName[1]))")
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert page.get_attribute("html", "lang") == "zh-Hans"
    context.close()
