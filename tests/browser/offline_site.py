"""What the tests of offline use share: keeping a site, and looking at what a device then has."""

import json
import shutil
from pathlib import Path
from typing import Any

from pages_of_site import GUIDELINE
from playwright.sync_api import BrowserContext, Page

from generator.cli import main

ROOT = Path(__file__).parents[2]
DOSE = f"{GUIDELINE}/calculators/bma-dose/"
CONTROL = "[data-keep]"
KEEP = f"{CONTROL} button:text-is('保存到本机离线使用')"
COMPLETE = f"{CONTROL}:has-text('已完整保存到本机')"
BAR = ".vm-bar"
STATIC_ROW = "#row-zoledronic-acid-below-30"

# The pointer is set once the reading pages are whole.
READING_KEPT = "caches.keys().then((all) => all.some((name) => name.endsWith(' state')))"

# What each address answers, as a page of the site that asks would get it: hash by path, or what went wrong.
HASHES = """async ({ root, paths }) => Object.fromEntries(await Promise.all(paths.map(async (path) => {
  try {
    const response = await fetch(root + path.replace(/(^|\\/)index\\.html$/, '$1'));
    const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
    return [path, Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')];
  } catch (error) {
    return [path, String(error)];
  }
})))"""

# Changes a byte near the end of what is kept under an address, as a failing memory would.
CORRUPT = """async (pattern) => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!new RegExp(pattern).test(request.url)) continue;
      const response = await cache.match(request);
      const bytes = new Uint8Array(await response.arrayBuffer());
      bytes[bytes.length - 3] ^= 1;
      await cache.put(request, new Response(bytes, { headers: response.headers }));
      return true;
    }
  }
  return false;
}"""


def inventory(site: Path) -> dict[str, Any]:
    """The list of a built site."""
    data: dict[str, Any] = json.loads((site / "inventory.json").read_text("utf-8"))
    return data


def edition(site: Path) -> str:
    """The id of a built site's edition."""
    return str(json.loads((site / "edition.json").read_text("utf-8"))["edition"])


def kept_hashes(site: Path) -> dict[str, str]:
    """What a device that keeps the site in its own language must answer: hash by path.

    An edition in another language (`x.en`) is kept from its own pages.
    """
    kept = [item for item in inventory(site)["files"] if item["need"] != "never" and "." not in item["guideline"]]
    return {item["path"]: item["sha256"] for item in kept}


def pages(site: Path) -> list[str]:
    """The addresses of a site's pages, as a reader has them."""
    paths = [path for path in kept_hashes(site) if path.endswith("/index.html") or path == "index.html"]
    return [path.removesuffix("index.html") for path in paths]


def answers(page: Page, root: str, paths: list[str]) -> dict[str, str]:
    """The hash of what a page gets for each path."""
    found: dict[str, str] = page.evaluate(HASHES, {"root": root, "paths": paths})
    return found


def wait_until(page: Page, condition: str) -> None:
    """Wait until an expression, which may be a promise, is true in the page."""
    page.evaluate(
        f"async () => {{ while (!(await ({condition}))) await new Promise((resolve) => setTimeout(resolve, 50)); }}"
    )


def keep(page: Page, root: str) -> None:
    """Tap 'keep for offline' on the home page and wait until all is kept."""
    page.goto(root)
    page.click(KEEP)
    page.wait_for_selector(COMPLETE, timeout=60_000)


def cache_names(page: Page) -> list[str]:
    """The names of all caches."""
    names: list[str] = page.evaluate("caches.keys()")
    return names


def editions_kept(page: Page) -> list[str]:
    """The ids of the editions of which anything is on the device."""
    return sorted(name.rpartition(" ")[2] for name in cache_names(page) if " edition " in name)


def registrations(page: Page) -> int:
    """How many service workers there are."""
    return int(page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)"))


def control_says(page: Page) -> str:
    """What stands in the control."""
    return page.inner_text(CONTROL)


def phone(browser: Any, **options: Any) -> BrowserContext:
    """A profile of its own the size of a phone."""
    context: BrowserContext = browser.new_context(viewport={"width": 390, "height": 844}, **options)
    context.set_default_timeout(30_000)
    return context


def build_second_edition(folder: Path) -> Path:
    """Build the site anew from a copy of the content with another text, script and style; gives the site's folder."""
    for name in ("content", "site_overrides", ".cache"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    described = folder / "content" / GUIDELINE / "guideline.yaml"
    text = described.read_text("utf-8")
    assert text.count("version: 1.0.0") == 1 or text.count('version: "1.0.0"') == 1
    described.write_text(text.replace("1.0.0", "1.0.1", 1), encoding="utf-8")
    for part, comment in (("js/elements.js", "// second edition\n"), ("css/site.css", "/* second edition */\n")):
        place = folder / "site_overrides" / "assets" / part
        place.write_text(place.read_text("utf-8") + comment, encoding="utf-8")
    site = folder / "site"
    assert main(["build", "--config-file", str(folder / "mkdocs.yml"), "--site-dir", str(site)]) == 0
    return site
