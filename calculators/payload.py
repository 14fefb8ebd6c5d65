"""The payload: what the generator hands to the engine, one JSON text a guideline, read into frozen records.

The records below are the contract: an object has every attribute of its record, of the annotated type; only a
condition and an expectation leave keys out. Unknown keys are left alone, so that a page may keep things of
its own there. Numbers are decimal strings, never JSON numbers: no binary float comes near a threshold.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from calculators.conditions import Condition, Input, UnitName, read_unit, thresholds
from calculators.errors import At, PayloadError, RecordError, read_json
from calculators.nodes import Pathway
from calculators.quantities import Quantity
from calculators.reader import BoundName, CaveatId, Number, Reader, StatementId
from calculators.records import Kept

SCHEMA = 1
"""The version of the contract; the generator writes it and the engine takes no other."""

type Expectation = Mapping[str, Any]
"""The keys of an outcome that a worked case compares."""


class Kind(StrEnum):
    """What kind of answer an outcome is."""

    FIXED = "fixed"
    AT_MOST = "at_most"
    STOP = "stop"
    NO_RULE = "no_rule"
    UNDETERMINED = "undetermined"
    COMPUTED = "computed"
    REFUSED = "refused"


class Formula(StrEnum):
    """The formulas of `formulas.py`."""

    COCKCROFT_GAULT = "cockcroft-gault"


@dataclass(frozen=True)
class Alternative(Kept):
    """One reading of a source that can be read in several ways."""

    value: Number
    unit: UnitName
    reading: str
    source: str


@dataclass(frozen=True)
class Listed(Kept):
    """What a table lists where the source has no rule for this patient: not a dose for this case."""

    value: Number
    unit: UnitName
    source: str


@dataclass(frozen=True)
class Timing(Kept):
    """A duration or an interval: the text as printed, and its numbers (None where the bound has none)."""

    text: str
    min: Number | None
    max: Number | None
    unit: UnitName
    bound: BoundName

    def __post_init__(self) -> None:
        if self.min is self.max is None:
            raise RecordError("expected a number in min, in max, or in both")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a row answers; `value` goes with fixed and at_most, `listed` with no_rule, and so on."""

    kind: Kind
    value: Quantity | None
    alternatives: tuple[Alternative, ...]
    listed: Listed | None
    formula: Formula | None
    route: str | None
    duration: Timing | None
    interval: Timing | None
    caveats: tuple[CaveatId, ...]
    statements: tuple[StatementId, ...]
    refs: tuple[int, ...]

    def __post_init__(self) -> None:
        bound = {Kind.FIXED: "exactly", Kind.AT_MOST: "at_most"}.get(self.kind)
        if self.kind is Kind.REFUSED:
            raise RecordError("expected a kind that a row can have; found refused")
        if (self.value.bound if self.value else None) != bound:
            raise RecordError(f"expected value to be {bound or 'null'} for the kind {self.kind}")
        if len(self.alternatives) == 1 or bool(self.alternatives) != (self.kind is Kind.UNDETERMINED):
            raise RecordError("expected two or more alternatives for undetermined, and none for other kinds")
        if self.listed and self.kind is not Kind.NO_RULE:
            raise RecordError(f"expected listed to be null for the kind {self.kind}")
        if bool(self.formula) != (self.kind is Kind.COMPUTED):
            raise RecordError("expected a formula for computed, and for no other kind")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a decision table: it hits when all its conditions hold."""

    id: str
    when: tuple[Condition, ...]
    outcome: Rule


@dataclass(frozen=True, slots=True)
class CaveatRule:
    """More caveats when the conditions hold."""

    id: str
    when: tuple[Condition, ...]
    caveats: tuple[CaveatId, ...]


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk factor that the answer points out when the conditions hold."""

    id: str
    event: str
    text: str
    when: tuple[Condition, ...]
    statements: tuple[StatementId, ...]
    caveats: tuple[CaveatId, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case: inputs as typed, and the keys of the outcome that must agree."""

    id: str
    title: str
    inputs: Mapping[str, str]
    expect: Expectation


@dataclass(frozen=True, slots=True)
class Calculator:
    """A calculator; its caveats and statements stand beside every answer."""

    id: str
    title: str
    caveats: tuple[CaveatId, ...]
    statements: tuple[StatementId, ...]
    inputs: tuple[Input, ...]
    rows: tuple[Row, ...]
    caveat_rules: tuple[CaveatRule, ...]
    risks: tuple[Risk, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class GuidelineInfo:
    """What an answer says of its guideline."""

    id: str
    title: str
    edition: str
    version: str
    cite_as: str
    notice: str


@dataclass(frozen=True, slots=True)
class Texts:
    """What answers point to, by id: the text of a caveat; `text` and `page` (with anchor) of a statement."""

    caveats: Mapping[str, str]
    statements: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Payload:
    """A guideline as the engine sees it."""

    schema: int
    language: str
    guideline: GuidelineInfo
    texts: Texts
    calculators: tuple[Calculator, ...]
    pathways: tuple[Pathway, ...]

    @cached_property
    def thresholds(self) -> Callable[[str], frozenset[Fraction]]:
        """By unit: every number that a row of any decision table compares with, in that unit where it converts."""
        rows = [row for calculator in self.calculators for row in calculator.rows]
        return cache(lambda unit: frozenset(thresholds((each for row in rows for each in row.when), unit)))


def parse(text: str) -> Payload:
    """Read a payload.

    Raises:
        PayloadError: it is not JSON, of another schema, or anything in it is not as the contract says.
    """
    try:
        root = At(read_json(text, _no_key_twice), "$")
    except ValueError as error:
        raise PayloadError("$", f"expected JSON; {error}") from error
    if root["schema"].a(int) != SCHEMA:
        root["schema"].fail(f"{SCHEMA}")
    texts: Texts = Reader(_READ).read(Texts, root["texts"])
    return Reader(_READ, texts.caveats, texts.statements).read(Payload, root)  # type: ignore[no-any-return]


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice in one object")
    return found


def _dose(at: At) -> Quantity:
    bound = at["bound"].one_of({"exactly", "at_most"}, "exactly, at_most")
    return Quantity(bound, (at["value"].number(),), read_unit(at["unit"]))


EXPECTED = ("kind", "value", "unit", "alternatives", "listed", "field", "caveats", "risks", "display")
"""The keys that a worked case may compare."""


_KINDS = tuple(str(kind) for kind in Kind)


def _expectation(at: At) -> Expectation:
    at["kind"].one_of(_KINDS, _KINDS)
    for key in at.a(dict):
        if key not in EXPECTED:
            at.fail("only the keys " + ", ".join(EXPECTED))
        for text in at[key].items() if key in {"alternatives", "caveats", "risks"} else [at[key]]:
            if text.value is not None:
                text.a(str)
    return at.a(dict)


_READ = {Quantity: _dose, Expectation: _expectation}
