"""What a reader of YAML complains of, in an author's words and at the place of the mistake.

libyaml and PyYAML's own parser word the same complaint differently, and either in the words of a grammar. Here both
become one sentence, so that an author is told the same whichever reads the file.
"""

import re
from dataclasses import dataclass

_ONLY_COMMENTS = re.compile(r"(?:\s|#[^\n]*)*\Z")
_FLOW = {
    "while parsing a flow mapping": ("{", "}"),
    "while parsing a flow sequence": ("[", "]"),
}
_UNCLOSED = "expected the other quote of the one that opens here, found none"
TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says of a thousand open brackets in one line, of which it makes no event."""

_SAID = (
    ("mapping values are not allowed", "found a colon where no key can stand"),
    ("sequence entries are not allowed", "found '- ' where no item of a list can begin"),
    ("mapping keys are not allowed", "found '? ' where no key can begin"),
    ("while parsing a block", "this does not fit in with the lines above it"),
    ("<document start>", "this does not fit in with the lines above it"),
    ("cannot start any token", "found a sign with which no text without quotes can begin"),
    ("while scanning an a", "found '*' or '&' before a text without quotes"),
    ("while scanning a tag", "found '!' before a text without quotes"),
    ("block scalar", "found a text behind '|' or '>', which belongs on the lines below"),
    ("directive", "found a text without quotes that begins with '%'"),
    ("found unexpected ':'", "found a colon without a space behind it"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text: `index` counts from 0, as `line` and `column` do."""

    index: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a reader of YAML says.

    Attributes:
        context: what it was about when it gave up; may be empty.
        problem: what it found or missed.
        began: where that of `context` began.
        met: where it gave up.
    """

    context: str
    problem: str
    began: Mark
    met: Mark

    @property
    def misses_a_colon(self) -> bool:
        """Whether a key stands alone."""
        return "expected ':'" in self.problem


def in_words(said: Complaint, text: str) -> tuple[str, Mark, str]:
    """A complaint as the problem, its place, and how to mend it (empty where only the line can tell)."""
    if said.misses_a_colon:
        return "expected a colon and a space behind this key, found none", said.began, ""
    line = text.splitlines()[said.began.line] if said.began.index < len(text) else ""
    at_end = bool(_ONLY_COMMENTS.match(text, said.met.index))
    if said.context in _FLOW and said.met.line != said.began.line and line.count('"') % 2:
        at = line.rindex('"')
        quote = Mark(said.began.index + at - said.began.column, said.began.line, at)
        return _UNCLOSED, quote, f"Line {quote.line + 1} has an opening quote without its partner"
    if said.context in _FLOW and (at_end or said.met.line != said.began.line):
        opening, closing = _FLOW[said.context]
        until = "the end of the file" if at_end else f"line {said.met.line + 1}"
        problem = f"expected ',' or '{closing}' before {until}, since '{opening}' opens here, found neither"
        return problem, said.began, f"Close it with '{closing}' on line {said.began.line + 1}"
    if said.context in _FLOW:
        opening, closing = _FLOW[said.context]
        return f"expected ',' or '{closing}' after '{opening}', found another sign", said.met, ""
    if "escape" in said.problem:
        problem = "found a backslash in double quotes before a sign that it cannot stand before"
        return problem, _back_to("\\", text, said.met), "Double the backslash, or use single quotes"
    if "quoted scalar" in said.context:
        return _UNCLOSED, said.began, f"Line {said.began.line + 1} has an opening quote without its partner"
    met = _end(text) if at_end else said.met
    if "node content" in said.problem:
        where = "the end of the file" if at_end else "a sign that ends one"
        return f"expected a value, found {where}", met, ""
    spoken = f"{said.context} {said.problem}".strip()
    for known, words in _SAID:
        if known in spoken:
            return words, met, ""
    return spoken, met, ""


def _back_to(sign: str, text: str, mark: Mark) -> Mark:
    """The last such sign in the line of a place, up to it: the two readers stop one sign apart."""
    back = mark.index - text.rfind(sign, 0, mark.index + 1)
    return Mark(mark.index - back, mark.line, mark.column - back)


def _end(text: str) -> Mark:
    """The place behind the last sign of a text."""
    kept = text.rstrip()
    lines = (kept + "|").splitlines()
    return Mark(len(kept), len(lines) - 1, len(lines[-1]) - 1)
