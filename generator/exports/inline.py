"""Scripts and style sheets inside a page that has no file beside it, and the policy that lets just them run."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator import bundles, policy
from generator.exports.failure import ExportError

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'none'",
    "style-src": "'none'",
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""All but the hashes: nothing from anywhere."""

DARK = (
    'if(matchMedia("(prefers-color-scheme: dark)").matches)document.body.setAttribute("data-md-color-scheme","slate")'
)
"""For a page without another script: the colours that the reader's system asks for."""


def style(names: Sequence[str], themes: Sequence[Path]) -> str:
    """Some bundles of style sheets, without comments and line ends.

    Args:
        names: of the bundles, without their ending.
        themes: the theme's folders.
    """
    text = _safe(bundles.join_all("css", names, themes))
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


def script(names: Sequence[str], themes: Sequence[Path]) -> str:
    """Some bundles of scripts; arguments as for `style`."""
    return _safe(bundles.join_all("js", names, themes))


def guard(scripts: Sequence[str], styles: str, more: Mapping[str, str] | None = None) -> str:
    """The policy as elements for the head: these scripts and this style sheet by their hashes, and what `more` allows.

    Args:
        scripts: the text of each inline script that may run.
        styles: the text of the inline style sheet.
        more: further sources by directive.
    """
    directives = DIRECTIVES | {"style-src": policy.hash_source(styles)} | dict(more or {})
    if scripts:
        hashes = " ".join(map(policy.hash_source, scripts))
        directives["script-src"] = f"{hashes} {(more or {}).get('script-src', '')}".rstrip()
    return policy.elements(directives)


def _safe(content: bytes) -> str:
    """Text that may stand in a page, with the line ends that a browser hashes."""
    text = content.decode().replace("\r\n", "\n")
    if found := re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise ExportError(f"a script or style sheet holds '{found[0]}', which would end it inside a page")
    return text
