"""Elements of a page as plain Markdown: paragraphs, lists, tables and links, which any builder of sites can read.

What HTML has and Markdown has not is said in words or in the few inline elements that every reader of Markdown passes
on: `<a id>` for a place that links lead to, `<br>` and `<sup>`.
"""

import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from generator.exports.book import classes

HIDDEN = "vm-hidden"
"""Class of what only screen readers are told, which stands beside the same in sight."""

SPECIAL = re.compile(r"([\\`*_{}\[\]])")
AS_ENTITY = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;", "^": "&#94;"}
"""Signs that not every reader of Markdown takes with a backslash."""

LINE_START = re.compile(r"^([0-9]*)([#+-]|(?<=[0-9])[.)](?=\s|$))")
"""What would begin a heading or a list."""

SPACES = re.compile(r"\s+")

BOLD = {"vm-caveat__mark", "vm-kind"}
"""Classes of the words that say what a thing is."""

SET_APART = {(one, other) for one in ("span", "strong", "a") for other in ("span", "strong", "a")} - {("a", "a")}

BLOCKS = {"p", "div", "section", "article", "header", "footer", "ul", "ol", "dl", "table", "blockquote", "figure"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LINES = {"p", "div", "li", "section", "article", "header", "tr"}


def markdown(body: Element, heads: tuple[str, str]) -> str:
    """The children of an element as a file of Markdown.

    Args:
        body: a page; its links are as they are to be in the file.
        heads: what stands above the two columns of a table of rules: conditions and answer.
    """
    return "\n\n".join(block for block in _Writer(heads).blocks(body) if block.strip()) + "\n"


class _Writer:
    """Writes blocks; an id waits for the text that it stands before."""

    def __init__(self, heads: tuple[str, str]) -> None:
        self.heads = heads
        self.ids: list[str] = []

    def blocks(self, parent: Element) -> Iterator[str]:
        """The blocks inside an element; text between them is a paragraph of its own."""
        line = ""
        for before, child in _pieces(parent):
            line += before
            if child is None:
                continue
            if _is_block(child):
                yield from self._paragraph(line)
                line = ""
                yield from self._block(child)
            else:
                line += self._inline(child)
        yield from self._paragraph(line)

    def _paragraph(self, line: str) -> Iterator[str]:
        text = SPACES.sub(" ", line).strip()
        if text.removeprefix("<br>"):
            yield self._anchors() + LINE_START.sub(r"\1\\\2", text.removeprefix("<br>").strip())

    def _anchors(self) -> str:
        waiting, self.ids = self.ids, []
        return "".join(f'<a id="{escape(name)}"></a>' for name in waiting)

    def _block(self, item: Element) -> Iterator[str]:
        if HIDDEN in classes(item):
            return
        if item.tag in HEADINGS:
            yield self._heading(item)
            return
        if name := item.get("id"):
            self.ids.append(name)
        if "vm-caveat" in classes(item):
            inside = "\n\n".join(self.blocks(item))
            yield "\n".join(f"> {line}".rstrip() for line in inside.splitlines())
        elif item.tag in ("ul", "ol"):
            yield "\n".join(self._list(item))
        elif item.tag == "dl":
            yield "\n".join(self._terms(item))
        elif item.tag == "table":
            yield self._table(item)
        elif any("vm-rule" in classes(child) for child in item):
            yield from self._rules(item)
        elif item.tag in ("p", "header"):
            yield from self._paragraph(self._line(item))
        else:
            yield from self.blocks(item)

    def _heading(self, item: Element) -> str:
        own = [item.attrib["id"]] if "id" in item.attrib else []
        name, *more = [*own, *self.ids] or [""]
        self.ids = more
        text = SPACES.sub(" ", self._line(item)).strip()
        line = f"{'#' * HEADINGS[item.tag]} {text}" + (f" {{: #{name} }}" if name else "")
        return f"{self._anchors()}\n\n{line}" if more else line

    def _list(self, item: Element) -> Iterator[str]:
        mark = "-" if item.tag == "ul" else "1."
        for entry in item:
            if name := entry.get("id"):
                self.ids.append(name)
            blocks = [block for block in self.blocks(entry) if block.strip()]
            indent = "    "
            for number, line in enumerate("\n\n".join(blocks).splitlines()):
                yield f"{mark.ljust(4) if number == 0 else indent}{line}".rstrip()
            if len(blocks) > 1 and entry is not item[-1]:
                yield ""

    def _terms(self, item: Element) -> Iterator[str]:
        for part in item.iter():
            if part.tag not in ("div", "dt", "dd"):
                continue
            if name := part.get("id"):
                self.ids.append(name)
            text = SPACES.sub(" ", self._line(part)).strip()
            if part.tag == "dt":
                yield f"-   {self._anchors()}**{text}**<br>"
            elif part.tag == "dd":
                yield f"    {text}"

    def _table(self, item: Element) -> str:
        rows = list(item.iter("tr"))
        caption = item.find("caption")
        above = ""
        if caption is not None and HIDDEN not in classes(caption):
            above = "".join(self._paragraph(self._line(caption))) + "\n\n"
        waiting = self._anchors()
        lines = [self._row([self._cell(cell) for cell in row], row.get("id")) for row in rows]
        columns = len(rows[0])
        return (f"{waiting}\n\n" if waiting else "") + above + "\n".join([lines[0], "|" + "---|" * columns, *lines[1:]])

    def _rules(self, item: Element) -> Iterator[str]:
        """A group of rules: what stands above them, the table of rules, and what stands below."""
        waiting = self._anchors()
        if waiting:
            yield waiting
        table = [f"| {self.heads[0]} | {self.heads[1]} |", "|---|---|"]
        below: list[str] = []
        for child in item:
            if "vm-rule" in classes(child):
                table.append(self._row([self._cell(part) for part in child], child.get("id")))
            else:
                made = list(self._block(child))
                if len(table) == 2:
                    yield from made
                else:
                    below += made
        yield "\n".join(table)
        yield from below

    def _row(self, cells: list[str], name: str | None) -> str:
        anchor = f'<a id="{escape(name)}"></a>' if name else ""
        first, *others = cells
        return "| " + " | ".join([anchor + first, *others]) + " |"

    def _cell(self, cell: Element) -> str:
        text = SPACES.sub(" ", self._line(cell)).strip()
        return re.sub(r"(?: ?<br> ?)+", "<br>", text).removeprefix("<br>").removesuffix("<br>")

    def _line(self, item: Element) -> str:
        """The content of an element in one line; what was a block in it begins on a new one."""
        return "".join(before + (self._inline(child) if child is not None else "") for before, child in _pieces(item))

    def _inline(self, item: Element) -> str:
        if HIDDEN in classes(item):
            return ""
        inside = self._line(item)
        anchor = f'<a id="{escape(item.attrib["id"])}"></a>' if "id" in item.attrib else ""
        match item.tag:
            case "br":
                return "<br>"
            case "strong" | "b" if inside.strip():
                inside = f"**{inside.strip()}**"
            case "a" if item.get("href") and inside.strip():
                inside = f"[{inside.strip()}]({_address(item.attrib['href'])})"
            case "sup" | "sub":
                inside = f"<{item.tag}>{inside}</{item.tag}>"
            case "dt" if inside.strip():
                inside = f"<br>**{inside.strip()}** "
            case "dd" if inside.strip():
                inside = f"{inside.strip()}<br>"
            case _ if BOLD & set(classes(item)) and inside.strip():
                inside = f"**{inside.strip()}**"
            case tag if tag in LINES and inside.strip():
                inside = f"<br>{inside.strip()}<br>"
        return anchor + inside


def _pieces(parent: Element) -> Iterator[tuple[str, Element | None]]:
    """The text before each child and the child; two spans without a text between them are told apart."""
    text = _text(parent.text)
    last: Element | None = None
    for child in parent:
        yield text + (_apart(last, child) if not text.strip() else " " if child.tag == "small" else ""), child
        text, last = _text(child.tail), child
    yield text, None


def _apart(one: Element | None, other: Element) -> str:
    """What stands between two elements that a page sets apart by their looks; nothing inside a sentence."""
    if one is None or not "".join(one.itertext()).strip() or {"vm-word", "vm-refs"} & {*classes(one), *classes(other)}:
        return ""
    return " · " if (one.tag, other.tag) in SET_APART else ""


def _text(text: str | None) -> str:
    """Plain text that Markdown prints as it is."""
    escaped = SPECIAL.sub(r"\\\1", SPACES.sub(" ", text or ""))
    return "".join(AS_ENTITY.get(sign, sign) for sign in escaped)


def _address(href: str) -> str:
    return href.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _is_block(item: Element) -> bool:
    return item.tag in BLOCKS or item.tag in HEADINGS
