"""One HTML file that is a whole guideline: every page of it, and Python for the calculators, opened from `file://`.

The pages are those of the site. Without scripts they stand one below the other; with scripts one is shown at a time.
What is carried stands at the very end and is inert, so that a page is drawn before a byte of it is looked at.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator import pages
from generator.exports import inline
from generator.exports.anchors import Anchors, link, page_id
from generator.exports.edition import Edition
from generator.exports.failure import ExportError
from generator.exports.page_body import body, with_short_classes, without_idle_ids
from generator.filters import script_json
from generator.models.guideline import Guideline
from generator.runtime.carried import Carried
from generator.words import for_failures, for_language

LARGEST = 7_500_000
LARGEST_WITHOUT_PYTHON = 600_000
"""Bytes; what mail still carries, and a phone still opens."""

GATHERED = ("drugs/",)
"""How the pages begin that gather what stands elsewhere in the file: on the site they save taps, here bytes count."""

NOT_STATIC = (*GATHERED, "teaching")
"""The same for a file without Python, and its teaching cases would wait for a verdict: the PDF prints them."""

PAGED = 'document.documentElement.classList.add("vm-paged")'
"""Before anything is drawn: where scripts run, one page is shown at a time."""

PYTHON = {"script-src": "data: 'wasm-unsafe-eval'", "worker-src": "data:"}
"""The worker has a `data:` address, inherits the policy, and imports Python's two scripts from such addresses."""


def render(guideline: Guideline, edition: Edition, themes: Sequence[Path], carried: Carried | None) -> bytes:
    """The file.

    Args:
        guideline: a guideline without errors.
        edition: what the file says of itself.
        themes: the theme's folders, in which the scripts and style sheets are.
        carried: Python and the guideline's data; None for a file with static tables only.

    Raises:
        ExportError: the file is larger than it may be.
    """
    words = for_language(guideline.meta.language)
    shown, kinds = _pages(guideline, None if carried else f'<p class="vm-notice">{words["export_static"]}</p>')
    style = inline.style(["single-file", "site", "board", *kinds], themes)
    scripts = [PAGED, inline.script(["single-file"], themes)]
    names: dict[str, str] = {}
    if carried:
        # Not before the script that turns the pages: what an old browser cannot read must not keep it from running.
        scripts.append(inline.script(["python", "carried", *kinds], themes))
    else:
        style, *scripts = (with_short_classes(part, names) for part in (style, *scripts))
    html = pages.fill(
        "exports/single-file.html.j2",
        policy=Markup(inline.guard(scripts, style, PYTHON if carried else None)),
        meta=guideline.meta,
        edition=edition,
        w=words,
        pages=shown,
        menu=_menu(shown),
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        config=Markup(_config(guideline, carried)) if carried else "",
        blocks=carried.files if carried else (),
    )
    html = without_idle_ids(html)
    made = (html if carried else with_short_classes(html, names)).encode()
    limit = LARGEST if carried else LARGEST_WITHOUT_PYTHON
    if len(made) > limit:
        raise ExportError(f"the single file of {guideline.meta.id} has {len(made):,} bytes, more than {limit:,}")
    return made


def _pages(guideline: Guideline, instead: str | None) -> tuple[list[dict[str, Any]], list[str]]:
    """Every page for the template, and the kinds of scripts and styles that they need."""
    anchors = Anchors(guideline)
    shown, kinds = [], []
    for page in pages.build(guideline, link=link):
        key = page_id(page.uri.removeprefix(f"{guideline.folder}/"))
        if key.startswith(GATHERED if instead is None else NOT_STATIC):
            continue
        html = Markup(body(page, key, anchors, instead=instead))
        shown.append({"id": key, "title": page.title, "group": page.group, "html": html})
        kinds += [page.interactive] if page.interactive else []
    return shown, list(dict.fromkeys(kinds))


def _config(guideline: Guideline, carried: Carried) -> str:
    failures = for_failures(guideline.meta.language, carried=True)
    return script_json(carried.config([guideline.meta.id], failures, lambda _file: ""))


def _menu(shown: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The pages by their groups, in the order of the site's navigation."""
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    for page in shown:
        if not groups or groups[-1][0] != page["group"]:
            groups.append((page["group"], []))
        groups[-1][1].append(page)
    return groups
