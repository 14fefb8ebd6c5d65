"""Draws the picture that a messenger shows beside a link to a guideline, into its folder as card.png.

Usage: .venv/bin/python tools/draw_card.py content/GUIDELINE

The tests' Chromium draws it (`make test` finds or installs one; VADEMECUM_CHROMIUM names another), with the fonts of
this machine: look at the picture before it is committed. Draw it anew when the title, the edition or the review in
guideline.yaml has changed; until then the build leaves the old one out and says so.
"""

import os
import sys
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator import cards
from generator.load import load
from generator.models.guideline import Metadata

ROOT = Path(__file__).resolve().parent.parent
PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><style>
  * {{ margin: 0; box-sizing: border-box; }}
  body {{ width: 1200px; height: 630px; padding: 72px 80px; display: flex; flex-direction: column; color: #fff;
    background: #0a5f6b; border-left: 24px solid #084c56;
    font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui; }}
  .site {{ font-size: 34px; letter-spacing: 0.06em; color: #bfe3e8; }}
  h1 {{ margin: auto 0; font-size: 72px; line-height: 1.3; text-wrap: balance; }}
  .edition {{ font-size: 40px; }}
  .review {{ margin-top: 20px; padding: 8px 24px; align-self: flex-start; font-size: 36px; color: #8a5200;
    background: #fff6e5; border-radius: 12px; }}
</style><body><p class="site">Vademecum</p><h1>{title}</h1>
<p class="edition">{edition}</p><p class="review">{review}</p>
"""


def draw(meta: Metadata, chromium: str) -> bytes:
    """The picture as a PNG, with its words in it."""
    title, edition, review = (escape(line) for line in cards.lines(meta))
    html = PAGE.format(language=escape(meta.language), title=title, edition=edition, review=review)
    width, height = cards.SIZE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_content(html)
        picture = page.screenshot(type="png")
        browser.close()
    return cards.stamp(picture, meta)


def main(arguments: list[str]) -> int:
    """Draws one card; 1 when the guideline cannot be read, 2 for another command line."""
    if len(arguments) != 1:
        print("usage: tools/draw_card.py content/GUIDELINE", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    guideline = load(folder).guideline
    if guideline is None:
        print(f"{folder}: the guideline has errors; `vademecum check` names them", file=sys.stderr)
        return 1
    found = ROOT / ".venv" / ".setup" / "chromium"
    chromium = os.environ.get("VADEMECUM_CHROMIUM") or (found.read_text("utf-8") if found.is_file() else "chromium")
    target = folder / cards.FILE
    target.write_bytes(draw(guideline.meta, chromium))
    print(f"{target}: {target.stat().st_size} bytes; look at it before you commit it")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
