"""A guideline's pages as the chapters of a book: what needs a screen is left out, links lead to chapters.

The pages are the very pages of the site, made by `pages.build`; a page that is added there is a chapter here. They are
read as HTML, since statements, tables and outlines are HTML inside the Markdown.
"""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import markdown
import tinyhtml5

from generator import pages
from generator.exports.edition import Edition
from generator.models.guideline import Guideline

NOT_PRINTED = ("index.md", "drugs/")
"""Pages that only lead to other pages, or gather what stands on others."""

ON_SCREEN = ("calculator-form", "pathway-guide", "worked-cases", "script", "noscript", "button", "input")
"""Elements that do nothing on paper."""

ON_SCREEN_CLASSES = (
    "vm-on-screen",
    "vm-flow",
    "vm-statement__link",
    "vm-search-words",
    "vm-solution",
    "vm-verdict",
    "vm-case__print",
)
"""What the templates mark as made for the screen; the picture of a pathway is told in full by its outline, and the
solutions of teaching cases stand in a chapter of their own."""

PLAIN = {"teaching-case": "div", "form": "div", "fieldset": "div", "legend": "p", "label": "p"}
"""A worksheet's elements of forms, and what they are on paper."""

MARKDOWN = ("attr_list", "tables", "fenced_code")

type Link = Callable[[str, str], str | None]
"""From a page's file and an anchor on it, which may be empty, to the link in the book; None when it is not in it."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the guideline in the book.

    Attributes:
        uri: the page's file below the guideline's folder, such as `sections/diagnosis.md`.
        title: its title, plain text.
        group: the group of chapters that it belongs to, or an empty text.
        body: an element whose children are the chapter, the heading `h1` first; links are as on the site.
        description: what the page says of itself to others, plain text.
    """

    uri: str
    title: str
    group: str
    body: Element
    description: str = ""

    @property
    def key(self) -> str:
        """A name for files and anchors, such as `sections-diagnosis`."""
        return self.uri.removesuffix(".md").replace("/", "-")

    @property
    def anchors(self) -> frozenset[str]:
        """The ids that stand in it."""
        return frozenset(item.attrib["id"] for item in self.body.iter() if "id" in item.attrib)


def chapters(guideline: Guideline, without: tuple[str, ...] = NOT_PRINTED) -> tuple[Chapter, ...]:
    """The chapters of a guideline, in the order of the site's navigation.

    Args:
        guideline: a guideline without errors.
        without: how the files of the pages begin that are left out.
    """
    prefix = f"{guideline.folder}/"
    found = ((page, page.uri.removeprefix(prefix)) for page in pages.build(guideline))
    return tuple(
        Chapter(uri, page.title, page.group, _body(page), page.description)
        for page, uri in found
        if not (without and uri.startswith(without))
    )


def _body(page: pages.Page) -> Element:
    """A page as elements, without what needs a screen."""
    text = page.markdown.partition("\n---\n")[2]
    html = markdown.markdown(text, extensions=list(MARKDOWN))
    body: Element = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    body.tag = "section"
    _drop(body, _is_on_screen)
    for layer in [item for item in body.iter("details") if "vm-layer" in classes(item)]:
        _lay_open(layer)
    for folded in list(body.iter("details")):
        _unfold(folded)
    _drop_empty_headings(body)
    for item in body.iter():
        item.tag = PLAIN.get(item.tag, item.tag)
        for name in ("tabindex", "role", "novalidate", "autocomplete"):  # a table is no region to scroll on paper
            item.attrib.pop(name, None)
    return body


def _is_on_screen(item: Element) -> bool:
    return item.tag in ON_SCREEN or any(name in ON_SCREEN_CLASSES for name in classes(item))


def classes(item: Element) -> list[str]:
    """The classes of an element."""
    return item.get("class", "").split()


def _drop(parent: Element, unwanted: Callable[[Element], bool]) -> None:
    """Take the unwanted elements out, keeping the text behind them."""
    for index, child in reversed(list(enumerate(parent))):
        if unwanted(child):
            before = parent[index - 1] if index else None
            if before is not None:
                before.tail = (before.tail or "") + (child.tail or "")
            else:
                parent.text = (parent.text or "") + (child.tail or "")
            parent.remove(child)
        else:
            _drop(child, unwanted)


def _lay_open(layer: Element) -> None:
    """Of what stands behind a statement the place stays, and the caveats as if folded, since they are not in sight."""
    title = layer.find("summary")
    _drop(layer, lambda item: item is title)
    layer.tag = "div"
    for folded in layer.findall("details"):
        if "vm-caveat" in classes(folded):
            folded.attrib.pop("open", None)


def _unfold(folded: Element) -> None:
    """What is open on the page stays whole; of what is folded the title stays, which leads to the whole text."""
    title = folded.find("summary")
    more = next((item for item in folded.iter("a") if "vm-caveat__more" in classes(item)), None)
    _drop(folded, lambda item: item is more)
    folded.tag = "div"
    if title is None:
        return
    title.tag, title.attrib["class"] = "p", "vm-caveat__title"
    if more is not None and folded.attrib.pop("open", None) is None:
        link = Element("a", {"href": more.attrib["href"], "class": "vm-see"})
        link.text, link[:] = title.text, list(title)
        title.text, title[:] = None, [link]
        folded[:] = [title]
        folded.attrib["class"] += " vm-caveat--folded"


def _drop_empty_headings(body: Element) -> None:
    """A heading with nothing below it, since that needed a screen, goes too."""
    blocks = list(body)
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        empty = after is None or (after.tag <= block.tag and after.tag in ("h1", "h2"))
        if block.tag == "h2" and empty:
            body.remove(block)


def resolve(chapter: Chapter, link: Link, edition: Edition) -> None:
    """Point every link of a chapter to its place in the book, or online, or make it plain text; in place."""
    for item in list(chapter.body.iter("a")):
        href = item.attrib.get("href", "")
        if "://" in href:
            continue
        uri, anchor = target(chapter.uri, href)
        found = link(uri, anchor) or (edition.page(uri) + (f"#{anchor}" if anchor else "") if edition.online else None)
        if found:
            item.attrib["href"] = found
        else:
            item.attrib.pop("href", None)
            item.tag = "span"


def target(uri: str, href: str) -> tuple[str, str]:
    """The page's file and the anchor that a link of a page leads to, as the site's addresses are made."""
    path, _, anchor = href.partition("#")
    if not path:
        return uri, anchor
    folder = uri.removesuffix(".md").removesuffix("index")
    address = posixpath.normpath(posixpath.join(folder, path))
    return (f"{address}.md" if address != "." else "index.md"), anchor


def headings(chapter: Chapter) -> Iterator[Element]:
    """The headings of the second level that have an anchor."""
    return (item for item in chapter.body.iter("h2") if "id" in item.attrib)
