"""What a calculator answers: one record that is printed, sent to the page and compared by worked cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from calculators.conditions import Tried
from calculators.payload import Alternative, Kind, Listed, Payload, Timing
from calculators.quantities import format_quantity
from calculators.records import Kept, Record, written


@dataclass(frozen=True, slots=True)
class RiskFound(Record):
    """A risk factor that this patient has."""

    id: str
    event: str
    text: str
    statements: tuple[str, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class CaveatFound(Kept):
    """A caveat that belongs to the answer."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Reason(Record):
    """A row that was tried, all its conditions, and whether it was the one."""

    row: str
    hit: bool
    when: tuple[Tried, ...]

    def as_json(self) -> str:
        """The keys row, hit, when; written out, since an answer has more of these than of all other records."""
        when = ", ".join([tried.text for tried in self.when])
        return f'{{"row": {written(self.row)}, "hit": {written(self.hit)}, "when": [{when}]}}'


@dataclass(frozen=True, slots=True)
class Echo(Record):
    """An input as it was understood; `text` is what a reader should see again beside the answer."""

    id: str
    label: str
    value: str
    unit: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Problem(Record):
    """An input that was not taken, and why; `field` is None when it is about no input in particular."""

    field: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Outcome(Record):
    """An answer. The order of the attributes is the order of the keys in JSON.

    Attributes:
        kind: what kind of answer it is.
        value: fixed, at_most: the number; computed: 12 significant digits; else None.
        unit: the unit of `value`.
        exact: computed: `numerator/denominator` in lowest terms, which an input with `exact` takes back.
        listed: no_rule: what a table lists, or None.
        alternatives: undetermined: every reading.
        risks: risk factors that hold; they never change kind or value.
        route: as printed; None for stop and refused, as are duration and interval.
        duration: how long one dose takes.
        interval: how often.
        statements: ids: the calculator's, the row's, the risks', each once.
        refs: reference numbers of the row.
        caveats: the calculator's, the row's, the rules', the risks', each once.
        reasons: every row in order.
        steps: computed: the arithmetic, one line a step.
        inputs: the inputs as understood.
        display: value and unit in words (undetermined: all alternatives); None without a value.
        field: refused: the id of the first bad input.
        message: refused: what is wrong with it.
        problems: refused: everything that is wrong.
    """

    kind: Kind
    value: str | None = None
    unit: str | None = None
    exact: str | None = None
    listed: Listed | None = None
    alternatives: tuple[Alternative, ...] = ()
    risks: tuple[RiskFound, ...] = ()
    route: str | None = None
    duration: Timing | None = None
    interval: Timing | None = None
    statements: tuple[str, ...] = ()
    refs: tuple[int, ...] = ()
    caveats: tuple[CaveatFound, ...] = ()
    reasons: tuple[Reason, ...] = ()
    steps: tuple[str, ...] = ()
    inputs: tuple[Echo, ...] = ()
    display: str | None = None
    field: str | None = None
    message: str | None = None
    problems: tuple[Problem, ...] = ()

    def headline(self) -> str:
        """The answer in one line for a terminal: `at_most 3.5 mg`, `stop`, `undetermined 5 or 10 mg`."""
        match self.kind:
            case Kind.FIXED | Kind.AT_MOST:
                return f"{self.kind} {_amount(self.value or '', self.unit or '')}"
            case Kind.COMPUTED:
                return f"{self.kind} {self.display}"
            case Kind.UNDETERMINED:
                *others, last = self.alternatives
                shown = [each.value if each.unit == last.unit else _amount(each.value, each.unit) for each in others]
                return f"{self.kind} {' or '.join([*shown, _amount(last.value, last.unit)])}"
            case Kind.REFUSED:
                return f"{self.kind} {self.field + ': ' if self.field else ''}{self.message}"
            case _:
                return str(self.kind)


def refused(problems: tuple[Problem, ...]) -> Outcome:
    """The outcome of inputs that cannot be taken; the first problem gives field and message."""
    return Outcome(Kind.REFUSED, field=problems[0].field, message=problems[0].message, problems=problems)


def _amount(value: str, unit: str) -> str:
    return format_quantity("exactly", [Decimal(value)], unit, "en")


def once(*groups: Iterable[str]) -> tuple[str, ...]:
    """Names in the order of the groups, each once."""
    return tuple(dict.fromkeys(name for group in groups for name in group))


def caveats_found(payload: Payload, *groups: Iterable[str]) -> tuple[CaveatFound, ...]:
    """The caveats of these ids with their texts, each once."""
    return tuple(_caveat(name, payload.texts.caveats[name]) for name in once(*groups))


@cache
def _caveat(name: str, text: str) -> CaveatFound:
    """One object for a caveat of a payload, which so is written as JSON only once."""
    return CaveatFound(name, text)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A worked case that was run: what it expected, what the engine answered, key by key, and the row that did."""

    id: str
    title: str
    passed: bool
    expected: dict[str, Any]
    found: dict[str, Any]
    row: str | None = None
