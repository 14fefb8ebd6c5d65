"""axe-core, the checker of accessibility: pinned, fetched once from npm, run inside a page.

Usage: .venv/bin/python tests/browser/axe.py prefetch (a step of the set-up)
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from generator.runtime import RuntimeUnavailable
from generator.runtime.fetch import Progress, ensure_package, silent
from generator.runtime.pin import Pin

AXE = Pin(
    name="axe-core",
    version="4.14.1",
    integrity="sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    purpose="What checks the accessibility of pages",
)
FILE = "axe.min.js"

# Every rule that axe turns on by itself, its advice on good practice among them, and WCAG 2.2's size of targets.
RUN = "() => axe.run(document, {rules: {'target-size': {enabled: true}}, resultTypes: ['violations', 'incomplete']})"


def source(progress: Progress = silent) -> str:
    """The script, from the user's cache or from npm.

    Raises:
        RuntimeUnavailable: it is in neither.
    """
    return (ensure_package(AXE, (FILE,), progress) / FILE).read_text(encoding="utf-8")


@contextmanager
def context(browser: Browser, scheme: str, **options: Any) -> Iterator[BrowserContext]:
    """A browser's profile whose pages hold axe, which no content policy keeps out.

    Args:
        browser: the browser.
        scheme: `light` or `dark`.
        options: as for `Browser.new_context`.
    """
    made = browser.new_context(**{"viewport": {"width": 390, "height": 844}, "color_scheme": scheme, **options})
    made.add_init_script(source())
    yield made
    made.close()


def findings(page: Page, result: str = "violations") -> list[str]:
    """What axe finds on the page as it stands: one line for each element, empty when there is nothing.

    Args:
        page: a page of `context`.
        result: `violations`, or `incomplete` for what axe could not decide.
    """
    found = page.evaluate(RUN)[result]
    return [
        f"{rule['id']}: {json.dumps(node['target'], ensure_ascii=False)} {node['html'][:120]} "
        f"({' '.join(node['failureSummary'].split())[:300]})"
        for rule in found
        for node in rule["nodes"]
    ]


if __name__ == "__main__":
    try:
        source(print)
    except RuntimeUnavailable as error:
        sys.exit(str(error))
