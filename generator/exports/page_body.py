"""A page of the site as a part of a file that holds them all: with anchors of the file's own, and small."""

import re
from collections.abc import Callable
from functools import partial
from html import escape
from html.parser import HTMLParser

import markdown

from generator.exports.anchors import Anchors
from generator.pages import Page

NAMES = {"id", "for"}
LISTS_OF_NAMES = {"aria-describedby", "aria-labelledby", "aria-controls"}
VOID = {"br", "hr", "img", "input", "wbr", "col", "link", "meta"}
LONG_TITLES = {"vm-ref", "vm-node__basis"}
"""Links whose `title` says in full what they lead to: a third of the weight, and all of it is one tap away."""

LEFT_OUT = {"vm-statement__link", "vm-citations", "vm-why", "vm-solution"}
"""Classes of what a file does without: a statement's link to itself, what repeats behind a statement the texts of
references and of other statements, to which links lead, and the solutions of teaching cases, which have a page."""

STATIC_LEFT_OUT = LEFT_OUT | {"vm-outline"}
"""And in a file for e-mail: the outline of a pathway, whose picture has the same nodes and leads to the same texts."""

WORD = "vm-word"
"""A name that leads to the glossary, once in each statement: in a file for e-mail it is plain text."""

FOLDED = "vm-caveat"
"""What is folded keeps its title and its link; single-file.js puts its text in when it is opened."""

LAYER = "vm-layer"
"""What is out of sight: a caveat in it counts as folded."""

NEEDS_PYTHON = ("calculator-form", "pathway-guide", "worked-cases", "script")
"""Elements that wait for Python; the last two have nothing to say without it."""

FOR_PYTHON = {"data-case", "data-edge", "data-node"}
"""Attributes by which scripts that have asked Python find what to mark."""

RAW = ("script", "pre", "textarea")
SPACES = re.compile(r"[ \t\r\n\f]+")
NAMING = re.compile(r' (?:href|for|aria-describedby|aria-labelledby|aria-controls)="([^"]*)"')
CLASS = re.compile(r"(?<![\w-])vm-[a-z][\w-]*")
OWN_ID = re.compile(r' id="([^"#]*#[^"]*)"')


def body(page: Page, key: str, anchors: Anchors, *, instead: str | None = None) -> str:
    """The content of a page as HTML.

    Args:
        page: a page, made with `anchors.link` as its links.
        key: its id in the file.
        anchors: the file's anchors.
        instead: HTML in place of what waits for Python; None keeps it.
    """
    html = markdown.markdown(page.markdown.partition("\n---\n")[2], extensions=["attr_list", "tables"])
    writer = _Writer(partial(anchors.name, key), partial(anchors.resolve, key), instead)
    writer.feed(html)
    writer.close()
    return "".join(writer.written).strip()


def without_idle_ids(html: str) -> str:
    """A file without the ids that have a page before them and that nothing names: a link, a label or a description."""
    named = {name for value in NAMING.findall(html) for name in value.removeprefix("#").split()}
    return OWN_ID.sub(lambda found: found[0] if found[1] in named else "", html)


def with_short_classes(part: str, known: dict[str, str]) -> str:
    """A part of a file for e-mail with the site's class names made short, the same in pages, styles and scripts.

    Args:
        part: HTML, a style sheet or a script.
        known: the short names so far; new ones are added.
    """
    return CLASS.sub(lambda found: known.setdefault(found[0], f"v{len(known):x}"), part)


class _Writer(HTMLParser):
    """Writes a page anew, element by element."""

    def __init__(self, name: Callable[[str], str], resolve: Callable[[str], str], instead: str | None) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._name = name
        self._resolve = resolve
        self._instead = instead
        self._passing = ""  # the element that is being passed over, and how deep we are in more of its name
        self._depth = 0
        self._raw = 0
        self._folded = self._muted = self._bare = False
        self._layers: list[bool] = []  # for each fold that is open here, whether it is a layer
        self._heading = -1  # where the last heading begins, as long as nothing has come after it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a start tag, or begin to pass an element over."""
        if self._passing:
            self._depth += tag == self._passing
            return
        given = dict(attrs)
        classes = set((given.get("class") or "").split())
        static = self._instead is not None
        if (static and tag in NEEDS_PYTHON) or classes & (STATIC_LEFT_OUT if static else LEFT_OUT):
            self._pass_over(tag)
            return
        if static and WORD in classes:
            self._bare = True
            return
        if tag in ("h1", "h2", "div", "p"):
            self._heading = len(self.written) if tag == "h2" else -1
        if tag == "details":
            if FOLDED in classes and any(self._layers):
                attrs = [pair for pair in attrs if pair[0] != "open"]
            self._folded = FOLDED in classes and "open" not in dict(attrs)
            self._layers.append(LAYER in classes)
        elif self._folded:
            self._muted = tag == "p"
        self._raw += tag in RAW
        dropped = (FOR_PYTHON if static else set()) | ({"title"} if LONG_TITLES & classes else set())
        self.written.append(f"<{tag}{''.join(self._attribute(*pair) for pair in attrs if pair[0] not in dropped)}>")

    def _pass_over(self, tag: str) -> None:
        self._passing, self._depth = tag, 1
        if tag in NEEDS_PYTHON[:2]:
            self.written.append(self._instead or "")
        elif tag == "div" and self._heading >= 0:
            del self.written[self._heading :]

    def _attribute(self, key: str, value: str | None) -> str:
        if value is None:
            return f" {key}"
        if key in NAMES:
            value = self._name(value)
        elif key in LISTS_OF_NAMES:
            value = " ".join(map(self._name, value.split()))
        elif key == "href" and value.startswith("#") and value != "#":
            value = f"#{self._resolve(value[1:])}"
        return f' {key}="{escape(value)}"'

    def handle_endtag(self, tag: str) -> None:
        """Write an end tag, or end passing over."""
        if self._passing:
            self._depth -= tag == self._passing
            if not self._depth:
                self._passing = ""
            return
        if self._bare and tag == "a":
            self._bare = False
            return
        self._raw -= tag in RAW
        if tag == "details":
            self._folded = False
            self._layers.pop()
        if tag in ("p", "details"):
            self._muted = False
        elif self._folded and tag == "a":
            self._muted = True
        if tag not in VOID:
            self.written.append(f"</{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write an element without content, such as `<br />`, as HTML has it."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        """Write text, its spaces drawn together outside of scripts."""
        if not self._passing and not self._muted:
            self.written.append(data if self._raw else SPACES.sub(" ", data))

    def handle_entityref(self, name: str) -> None:
        """Write `&lt;` as it stands."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write `&#39;` as it stands."""
        self.handle_data(f"&#{name};")
