"""One page of each kind of the built site, and what a visit asks of the network."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request

GUIDELINE = "lung-cancer-bone-metastasis"

PAGE_KINDS = {
    "home": "",
    "overview": f"{GUIDELINE}/",
    "recommendations": f"{GUIDELINE}/recommendations/",
    "section": f"{GUIDELINE}/sections/bone-modifying-agents/",
    "table": f"{GUIDELINE}/tables/adverse-events/",
    "drug": f"{GUIDELINE}/drugs/zoledronic-acid/",
    "drug-not-covered": f"{GUIDELINE}/drugs/pamidronate/",
    "pathway": f"{GUIDELINE}/pathways/diagnosis/",
    "dose-calculator": f"{GUIDELINE}/calculators/bma-dose/",
    "clearance-calculator": f"{GUIDELINE}/calculators/creatinine-clearance/",
    "teaching": f"{GUIDELINE}/teaching/",
    "teaching-answers": f"{GUIDELINE}/teaching/answers/",
    "references": f"{GUIDELINE}/references/",
    "glossary": f"{GUIDELINE}/glossary/",
    "about": f"{GUIDELINE}/about/",
    "not-found": "404.html",
}


@dataclass
class Visit:
    """Every request of a browser context, whatever made it: pages, scripts, workers.

    Attributes:
        own: the host that a request may go to; empty for a site opened from a folder.
    """

    context: BrowserContext
    own: str = ""
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)

    def foreign(self) -> list[str]:
        """The requests that left the site."""
        parts = [(url, urlsplit(url)) for url in self.asked]
        return [url for url, part in parts if part.scheme not in {"data", "blob", "file"} and part.netloc != self.own]


def without_policy(html: str) -> str:
    """A page without its content policy, for tests that must see what the policy would stop."""
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    assert bare != html
    return bare


def fill_dose(page: Page, drug: str, age: str, crcl: str) -> None:
    """Type the three required inputs of the dose calculator and ask."""
    page.select_option("[name=drug]", drug)
    page.fill("[name=age]", age)
    page.fill("[name=crcl]", crcl)
    page.click("calculator-form button[type=submit]")


def answer(page: Page) -> str:
    """Wait for an answer that is more than a promise, and give its text."""
    page.wait_for_selector("[data-answer]:not([hidden]):not(.vm-answer--pending)", timeout=60_000)
    return page.inner_text("[data-answer]")


def kind(page: Page) -> str:
    """The kind of the answer that is shown."""
    answer(page)
    classes = page.get_attribute("[data-answer]", "class") or ""
    return classes.rpartition("vm-answer--")[2].split()[0]
