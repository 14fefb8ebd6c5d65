"""HTML as a tree, read by the standard library's parser: enough to ask what stands where on a page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


@dataclass(eq=False)
class Element:
    """An element with what is inside it, in order.

    Attributes:
        tag: its name.
        attributes: its attributes, character references resolved.
        parts: its texts and elements.
    """

    tag: str
    attributes: dict[str, str]
    parts: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """This element and every element inside it, in the order of the page."""
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()

    def text(self) -> str:
        """What a reader sees of it, white space run together."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            elif part.tag not in {"script", "style", "template"}:
                yield from part._texts()

    def all(self, tag: str = "", **attributes: str) -> list["Element"]:
        """The elements inside of this name, and with these attributes; `kind` is one of the classes."""
        return [item for item in self.walk() if item is not self and item.fits(tag, attributes)]

    def one(self, tag: str = "", **attributes: str) -> "Element":
        """The only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tag} {attributes}"
        return found[0]

    def fits(self, tag: str, attributes: dict[str, str]) -> bool:
        """Whether it has this name (any, when empty) and these attributes."""
        wanted = dict(attributes)
        kind = wanted.pop("kind", None)
        return (
            tag in {"", self.tag}
            and (kind is None or kind in self.attributes.get("class", "").split())
            and all(self.attributes.get(name.replace("_", "-")) == value for name, value in wanted.items())
        )

    def skeleton(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every element with the names of its attributes: what a text must not change."""
        return [(item.tag, tuple(sorted(item.attributes))) for item in self.walk()]


class _Builder(HTMLParser):
    """Builds the tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that ends at once, as in SVG."""
        self.open[-1].parts.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of this name, and what was left open in it."""
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        """Add a text."""
        self.open[-1].parts.append(data)


def parse(html: str) -> Element:
    """The tree of a page; the root has no name."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]


def read(path: Path) -> Element:
    """The tree of a file."""
    return parse(path.read_text(encoding="utf-8"))
