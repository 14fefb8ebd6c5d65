"""What can go wrong, as exceptions, and every sentence that the engine says to a reader, in two languages.

VademecumError
├── PayloadError       the payload is not what the contract says (a fault of the generator)
├── QuantityError      a unit or a quantity that the engine does not know (a fault of the author)
├── RecordError        a record whose parts do not go together (a fault of the author)
├── EngineError        a table or a question that does not give exactly one answer, or a formula without its inputs
├── UnknownCalculator  the payload has no calculator of this name
├── UnknownPathway     the payload has no pathway of this name
└── InputProblem       an input as typed that cannot be taken; it becomes the outcome `refused`
"""

import json
import re
from collections.abc import Callable, Container, Iterable
from decimal import Decimal
from typing import Any, NoReturn


class VademecumError(Exception):
    """The root: whatever the engine raises on purpose."""


class PayloadError(VademecumError):
    """A payload that is not as the contract says.

    Attributes:
        path: the place in the JSON text, such as `$.calculators[0].rows[2].when[0].unit`.
    """

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


class QuantityError(VademecumError):
    """An unknown unit, a conversion between two dimensions, or a quantity with the wrong numbers."""


class RecordError(VademecumError):
    """A record whose parts do not go together, such as a dose for the kind `stop`."""


class EngineError(VademecumError):
    """The engine cannot answer and does not guess."""


class UnknownCalculator(VademecumError):  # noqa: N818 (it names what happened, like KeyboardInterrupt)
    """The payload has no calculator with this id."""


class UnknownPathway(VademecumError):  # noqa: N818
    """The payload has no pathway with this id."""


class InputProblem(VademecumError):  # noqa: N818
    """An input as typed that cannot be taken. It is put into words late, when label and language are known.

    Attributes:
        code: a key of `MESSAGES`, the hint of the message.
        parts: what the hint's placeholders stand for.
    """

    def __init__(self, code: str, **parts: str) -> None:
        super().__init__(code)
        self.code = code
        self.parts = parts


# Code -> (Chinese, English). A message to the reader is a first sentence (field, expected, found) and a hint.
MESSAGES: dict[str, tuple[str, str]] = {
    # First sentences
    "found": (
        "{label}：应为{expected}，输入的是“{found}”。",
        "{label}: expected {expected}, found “{found}”. ",  # a hint follows
    ),
    "missing": ("{label}：尚未填写，应为{expected}。", "{label}: missing, expected {expected}."),
    "unknown-input": (
        "没有名为“{found}”的输入项，可能是：{names}。",
        "There is no input “{found}”; perhaps {names}.",
    ),
    "too-many-inputs": (
        "输入项过多（{found} 个），最多 {limit} 个。",
        "Too many inputs ({found}); at most {limit} are taken.",
    ),
    "unknown-calculator": (
        "没有名为“{found}”的计算器。可用的有：{names}。",
        "There is no calculator “{found}”. There are: {names}.",
    ),
    "no-row": (
        "{calculator}：决策表没有涵盖这组输入，因此不作答。这是本站的错误，请查看原表。",
        "{calculator}: the decision table does not cover these inputs, so there is no answer. "
        "This is a fault of the site; see the printed table.",
    ),
    "several-rows": (
        "{calculator}：决策表中有多行（{rows}）同时符合，因此不作答。这是本站的错误，请查看原表。",
        "{calculator}: several rows of the decision table hold ({rows}), so there is no answer. "
        "This is a fault of the site; see the printed table.",
    ),
    "unknown-pathway": (
        "没有名为“{found}”的路径。可用的有：{names}。",
        "There is no pathway “{found}”. There are: {names}.",
    ),
    "unknown-node": (
        "没有名为“{found}”的问题，可能是：{names}。",
        "There is no question “{found}”; perhaps {names}.",
    ),
    "no-option": (
        "{pathway}：问题“{node}”的选项没有涵盖 {found}，因此不作答。这是本站的错误，请查看原文。",
        "{pathway}: no option of the question “{node}” covers {found}, so there is no answer. "
        "This is a fault of the site; see the source.",
    ),
    "several-options": (
        "{pathway}：问题“{node}”有多个选项（{options}）同时符合 {found}，因此不作答。这是本站的错误，请查看原文。",
        "{pathway}: several options of the question “{node}” hold for {found} ({options}), so there is no answer. "
        "This is a fault of the site; see the source.",
    ),
    "met-twice": (
        "{pathway}：又回到了问题“{node}”，因此不作答。这是本站的错误，请查看原文。",
        "{pathway}: the way comes back to the question “{node}”, so there is no answer. "
        "This is a fault of the site; see the source.",
    ),
    # What was expected
    "expected-choice": ("以下之一：{options}", "one of {options}"),
    "expected-whole": (" {limits}的整数", "a whole number, {limits}"),
    "expected-quantity": (" {limits}", "{limits}"),
    "expected-yes-no": ("“是”或“否”", "yes or no"),
    # Hints
    "too-long": ("输入过长（最多 {limit} 个字符）。", "The text is too long (at most {limit} characters)."),
    "twice": ("同一项给了两次，请只留一个。", "It was given twice; give it once."),
    "not-a-number": (
        "请只写一个普通的数，如 0.5 或 45；不用千分位、指数、正号或范围。",
        "Write one plain number, such as 0.5 or 45: no thousands separator, exponent, plus sign or range.",
    ),
    "not-whole": (
        "请填整数，不带小数点；年龄按已满的周岁计。",
        "Write a whole number without a decimal point; an age in completed years.",
    ),
    "unit-missing": ("请在数后写明单位。", "Write the unit after the number."),
    "unit-unknown": ("不认识单位“{unit}”。", "The unit “{unit}” is not known."),
    "unit-wrong": ("单位不能是 {unit}。", "The unit cannot be {unit}."),
    "unit-is-egfr": (
        "{unit} 是估算肾小球滤过率的单位；估算肾小球滤过率不是肌酐清除率，不能代入。",
        "{unit} is the unit of an estimated GFR, which is not a creatinine clearance and cannot replace it.",
    ),
    "unit-is-creatinine": (
        "{unit} 是血肌酐的单位；这里要的是清除率，不是血肌酐。请先算出肌酐清除率。",
        "{unit} is a unit of serum creatinine; a clearance is asked for here. "
        "Calculate the creatinine clearance first.",
    ),
    "out-of-limits": (
        "超出本站接受的范围，请核对数值和单位。",
        "Outside the limits of this site; check the number and the unit.",
    ),
    "units-swapped": (
        "超出范围；{unit} 与 {other} 是否选反了？",
        "Outside the limits; were {unit} and {other} swapped?",
    ),
    "unknown-option": ("没有这个选项。", "There is no such option."),
    "nearest-option": (
        "没有这个选项，最接近的是：{options}。",
        "There is no such option; the nearest: {options}.",
    ),
    "not-yes-no": ("请填“是”或“否”。", "Answer yes or no."),
    # Words
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "or": ("或", "or"),
    "if-female": ("女性再乘以 0.85：", "times 0.85 for a woman: "),
}


def is_chinese(language: str) -> bool:
    """Whether a language tag is Chinese; every other language is answered in English."""
    return language.lower().startswith("zh")


def say(code: str, language: str, **parts: str) -> str:
    """The message `code` in the language, its placeholders filled."""
    return MESSAGES[code][0 if is_chinese(language) else 1].format(**parts)


def quoted(text: str, limit: int = 40) -> str:
    """What a reader typed, fit to be repeated in a message: cut short, and nothing unprintable in it."""
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:limit])
    return shown + "…" if len(text) > limit else shown


DEEPEST = 64
"""Brackets within brackets: more than any payload has, and few enough for the small stack of a browser."""

_OPENING = re.compile(r"[\[{]")
# A string that does not end takes the rest of the text, so that no text is scanned twice.
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


def read_json(text: str, pairs: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    """Parse JSON; `pairs` makes an object of its pairs.

    The depth is counted first: in a browser, deep nesting raises no RecursionError but ends Pyodide for good.

    Raises:
        ValueError: it is no JSON, or nested deeper than `DEEPEST`.
        TypeError: it is no text.
    """
    if len(_OPENING.findall(text)) > DEEPEST:  # no request has so many, and then none can be nested deeper
        depth = 0
        for bracket in _BRACKET.findall(_STRING.sub("", text)):
            depth += 1 if bracket in "[{" else -1
            if depth > DEEPEST:
                raise ValueError(f"nested deeper than {DEEPEST} brackets")
    return json.loads(text, object_pairs_hook=pairs)


_DECIMAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
_TYPES = {str: "a text", bool: "true or false", int: "a whole number", list: "a list", dict: "an object"}


class At:
    """A value of a JSON text, and its path.

    Every method checks what is there, and raises PayloadError with the path when it is something else. A payload has
    thousands of values, so the path is put together only when it is asked for.

    Attributes:
        value: the value.
    """

    __slots__ = ("_above", "_step", "value")

    def __init__(self, value: Any, step: str | int, above: "At | None" = None) -> None:
        self.value = value
        self._step = step
        self._above = above

    @property
    def path(self) -> str:
        """Where the value is, such as `$.rows[0].id`."""
        if self._above is None:
            return f"{self._step}"
        step = f".{self._step}" if isinstance(self._step, str) else f"[{self._step}]"
        return self._above.path + step

    def fail(self, expected: str) -> NoReturn:
        """Raise PayloadError: what was expected, and what is there."""
        found = _TYPES[type(self.value)] if isinstance(self.value, dict | list) else quoted(repr(self.value))
        raise PayloadError(self.path, f"expected {expected}; found {found}")

    def a[T](self, kind: type[T]) -> T:
        """The value, which must be of exactly this JSON type."""
        return self.value if type(self.value) is kind else self.fail(_TYPES[kind])

    def __getitem__(self, key: str) -> "At":
        found = self.a(dict)
        return At(found[key], key, self) if key in found else self.fail(f"the key {key!r}")

    def items(self) -> "list[At]":
        """The items of a list."""
        return [At(value, index, self) for index, value in enumerate(self.a(list))]

    def number(self) -> Decimal:
        """A number, written as a plain decimal string."""
        fits = _DECIMAL.fullmatch(self.a(str))
        return Decimal(self.value) if fits else self.fail("a plain decimal number such as '3.5'")

    def one_of(self, known: Container[str], names: str | Iterable[str] = "the ids that are declared") -> str:
        """A text that must be among the known ones, which are said in one text or by their names."""
        text = self.a(str)
        if text in known:
            return text
        return self.fail(f"one of {names if isinstance(names, str) else ', '.join(names)}")
