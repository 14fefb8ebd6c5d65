"""A text that is said in another language than the page around it: it carries its mark wherever it is printed.

In HTML it brings its own `lang` and the class by which the style sheet marks it; where there are only characters, as in
the data of the calculators, `plain` writes the language before it.
"""

import re
from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

ORIGINAL = Markup('<span class="vm-original" lang="{}">{}</span>')
STALE = Markup(' <del class="vm-stale">{}</del>')


class Said(str):
    """A text in the language of the original, for want of a translation that still says the same.

    Attributes:
        lang: the language of the text, such as `zh-Hans`.
        older: what a translation said of an earlier text of the original; empty where there is none.
    """

    lang: str
    older: str

    def __new__(cls, text: str, lang: str, older: str = "") -> "Said":
        """Mark a text."""
        made = super().__new__(cls, text)
        made.lang, made.older = lang, older
        return made

    def __html__(self) -> str:
        """The text with its language, and behind it the older translation, marked as one."""
        return ORIGINAL.format(self.lang, str(self)) + self.stale

    @property
    def stale(self) -> Markup:
        """The older translation, marked as one; nothing where there is none."""
        return STALE.format(self.older) if self.older else Markup("")


def like(text: str, made: str) -> str:
    """What was made of a text, said in the same language."""
    return Said(made, text.lang, text.older) if isinstance(text, Said) else made


def language_of(text: str, otherwise: str) -> str:
    """The language of a text: its own where it has a mark, else that of the page."""
    return text.lang if isinstance(text, Said) else otherwise


BEFORE = re.compile(r"\[([a-z]{2}(?:-[A-Za-z]+)*)\] ")


def spoken(text: str, write: Callable[[str], Markup] = escape, mark: Markup = ORIGINAL) -> Markup:
    """A text as HTML; what `plain` has written in it, up to the next or to the end, is marked again.

    Args:
        text: the text.
        write: how its parts are written.
        mark: what is written of a language and a text in it.
    """
    first, *rest = BEFORE.split(plain(text))
    parts = [mark.format(lang, write(said)) for lang, said in zip(rest[::2], rest[1::2], strict=True)]
    return Markup("").join([write(first), *parts])


def plainly(data: Any) -> Any:
    """Data as JSON holds it, every text as `plain` writes it."""
    match data:
        case str():
            return plain(data)
        case dict():
            return {key: plainly(value) for key, value in data.items()}
        case list() | tuple():
            return [plainly(item) for item in data]
    return data


def plain(text: str) -> str:
    """A text as bare characters, its language before it where that is another than the page's."""
    return f"[{text.lang}] {text}" if isinstance(text, Said) else text
