"""The content policy that every page carries: what a browser may load and run there, and nothing else.

GitHub Pages sends no headers of one's own, so the policy stands in a `<meta>` element, before anything that it governs.
An inline script is allowed by the hash of its text, and only if it is one of the theme's own scripts as the theme's
templates write it: whatever gets into a page by another way, through the text of a guideline say, gets no hash and
does not run.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self'",
    "connect-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""All but the hashes. `'wasm-unsafe-eval'` lets Python's WebAssembly start; it allows no `eval` of a script."""

CARRIED = DIRECTIVES | {
    "script-src": "'self' data: 'wasm-unsafe-eval'",
    "worker-src": "data:",
    "connect-src": "'none'",
    "manifest-src": "'none'",
}
"""For a site that is opened from a folder, where files are carried in scripts and the worker has a `data:` address.

Such a worker inherits the page's policy and imports Python's two scripts from `data:` addresses too.
"""

DATA_TYPES = {"application/json", "application/ld+json"}
"""Types of script elements that hold data: a browser never runs them, so they need no hash."""

TEMPLATE_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc\s*=)[^>]*>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
QUOTED_HOLE = re.compile(r"""(?<=["'])\{\{[^{}]*\}\}(?=["'])""")
FILLED_HOLE = r"""[^"'`\\<>\s]*"""
"""What a template's `"{{ … }}"` may become within a script: an address or a name, nothing that ends a string.

A script with an expression outside quotes could become anything, so it is not known as the theme's.
"""

HEAD = re.compile(r"<head\b[^>]*>(\s*<meta\s+charset\s*=[^>]*>)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GuardedPage:
    """A page with its policy.

    Attributes:
        html: the whole page.
        refused: the inline scripts that the policy keeps from running, since no template has them.
    """

    html: str
    refused: tuple[str, ...]


# A whole page is too long for a parser in Python on every build; scripts are found by their tags, comments passed over.
SCRIPT_OR_COMMENT = re.compile(
    r"""<!--.*?-->|(?P<tag><script(?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*')*>)(?P<body>.*?)</script(?=[\s/>])""",
    re.DOTALL | re.IGNORECASE,
)


class ThemeScripts:
    """The inline scripts that a theme's templates write, and no others."""

    def __init__(self, templates: Iterable[str]) -> None:
        """Take the inline scripts out of the texts of the templates."""
        found = {body for text in templates for body in TEMPLATE_SCRIPT.findall(text)}
        self._known = [re.compile(_with_holes(_newlines(body))) for body in sorted(found)]

    def __contains__(self, script: str) -> bool:
        """Whether a template gives this script, once its expressions are filled in."""
        return any(known.fullmatch(script) for known in self._known)


def templates(folders: Iterable[str]) -> Iterator[str]:
    """The text of every template of a theme, from the folders that it lies in; its ten thousand icons are none."""
    for folder in folders:
        for place, below, names in Path(folder).walk():
            below[:] = [name for name in below if name not in {".icons", "assets"}]
            yield from ((place / name).read_text("utf-8") for name in names if name.endswith(".html"))


def guard(
    html: str, theme: ThemeScripts, *, live_reload: bool = False, directives: Mapping[str, str] = DIRECTIVES
) -> GuardedPage:
    """Put the policy into a page, right after its declaration of the character set.

    Args:
        html: the rendered page, as it will be written.
        theme: the scripts that may run inline.
        live_reload: for the local server only, which adds a script of its own after the page has been made: every
            inline script may run. All else is as strict as in the published site.
        directives: all but the hashes.
    """
    scripts = inline_scripts(html)
    allowed = [script for script in scripts if script in theme]
    hashes = ["'unsafe-inline'"] if live_reload else [hash_source(script) for script in dict.fromkeys(allowed)]
    head = HEAD.search(html)
    if head is None:
        raise ValueError("a page without <head> cannot carry a policy")
    return GuardedPage(
        html=f"{html[: head.end()]}\n      {elements(directives, hashes)}{html[head.end() :]}",
        refused=tuple(script for script in scripts if script not in theme),
    )


def inline_scripts(html: str) -> list[str]:
    """The text of every script element that a browser would run from the page itself, in order, as it hashes them."""
    found = SCRIPT_OR_COMMENT.finditer(_newlines(html))
    return [match["body"] for match in found if match["tag"] and _runs_inline(match["tag"])]


def _runs_inline(tag: str) -> bool:
    """Whether a script's start tag says neither that it is data nor that it is another file."""
    parser = _TagReader()
    parser.feed(tag)
    kind = (parser.given.get("type") or "").strip().lower()
    return "src" not in parser.given and kind not in DATA_TYPES


def elements(directives: Mapping[str, str], hashes: Iterable[str] = ()) -> str:
    """The policy as elements for the head; `hashes` are added to the sources of scripts."""
    whole = dict(directives)
    whole["script-src"] = " ".join([whole["script-src"], *hashes])
    policy = "; ".join(f"{name} {value}" for name, value in whole.items())
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '      <meta name="referrer" content="no-referrer">'
    )


def hash_source(script: str) -> str:
    """What allows an inline script, or style sheet, of just this text."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _newlines(text: str) -> str:
    """Line ends as a browser reads them before it looks at anything else."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _with_holes(body: str) -> str:
    return FILLED_HOLE.join(re.escape(piece) for piece in QUOTED_HOLE.split(body))


class _TagReader(HTMLParser):
    """Reads the attributes of one start tag."""

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the attributes; of one that stands twice a browser takes the first."""
        self.given = dict(reversed(attrs))
