"""How templates write a value: as Markdown, as JSON in a script element, as a block of HTML."""

import json
import re

from markupsafe import Markup

from generator.said import plainly, spoken

MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!])")
IN_HEADING = Markup('<span lang="{0}">\\[{0}\\] {1}</span>')
"""Another language in a heading: its mark is text, since a table of contents keeps nothing else."""


def markdown(value: object) -> Markup:
    """Plain text as Markdown that prints the same text."""
    return spoken(value if isinstance(value, str) else str(value), _as_markdown, IN_HEADING)


def _as_markdown(text: str) -> Markup:
    before, after = (" " if part[:1].isspace() else "" for part in (text, text[::-1]))
    escaped = MARKDOWN_SPECIAL.sub(r"\\\1", " ".join(text.split()))
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Markup((before if escaped else "") + escaped + after)


def script_json(value: object) -> str:
    """JSON for a script element: nothing in it can close the element or open a comment."""
    encoded = json.dumps(plainly(value), ensure_ascii=False, separators=(",", ":"))
    return (
        encoded.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def block(html: str) -> Markup:
    """A block of HTML that the templates have made, without blank lines: they would end it for a Markdown reader."""
    return Markup("\n".join(line for line in html.splitlines() if line.strip()))
