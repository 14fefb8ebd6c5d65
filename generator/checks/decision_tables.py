"""Which inputs a decision table or a question leaves without an answer, or answers twice: found by trying all.

Input after input is cut where a condition could change its mind: at each number that a row compares with,
into the number itself and the open intervals between. Inside such a piece every condition says the same, so
one point stands for it, and neighbours on which all conditions agree are one piece. Trying every combination
of pieces is a proof. Only rows that can still hit are looked at: regions stay large and combinations few.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise
from typing import Protocol

from calculators.conditions import Condition, Given, Input, InputKind, evaluate
from calculators.digits import plain
from calculators.quantities import UNITS, Amount, convert

MOST_REGIONS = 100
"""More regions help no author; the search stops there."""


class Row(Protocol):
    """What hits when all its conditions hold: a row of a decision table, or an option of a question."""

    @property
    def id(self) -> str:
        """The id."""

    @property
    def when(self) -> tuple[Condition, ...]:
        """The conditions."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the input domain on which the same rows hit.

    Attributes:
        parts: one description an input, such as `crcl from 30 mL/min to below 60 mL/min`.
        sample: a point inside, as inputs to type: (id, text) pairs; an input that is not given is absent.
        rows: ids of the rows that hit: none, or several.
        nearest: id of a row that most of the conditions of which hold; empty when none of any row does.
    """

    parts: tuple[str, ...]
    sample: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]
    nearest: str = ""

    def __str__(self) -> str:
        where = ", ".join(self.parts) or "every input"
        return f"{where} (rows {', '.join(self.rows)})" if self.rows else where


@dataclass(frozen=True, slots=True)
class _Piece:
    """Values of one input on which the conditions agree: in words, and one of them as typed and as taken."""

    words: str
    typed: str | None
    given: Given | None


@dataclass(frozen=True, slots=True)
class _Span:
    """An interval with a point inside; its ends belong to it or not."""

    low: Fraction
    high: Fraction
    with_low: bool
    with_high: bool
    point: Fraction


def uncovered_and_overlapping(inputs: Sequence[Input], rows: Sequence[Row]) -> tuple[list[Region], list[Region]]:
    """The regions of the input domain that no row answers, and those that several rows answer.

    Args:
        inputs: the inputs of the calculator; those that no row mentions only appear in the samples.
        rows: the rows of its decision table, or the options of a question.

    Returns:
        Two lists of regions, `MOST_REGIONS` at most; both empty when everything is answered once.
    """
    uncovered: list[Region] = []
    overlapping: list[Region] = []
    for chosen, hits in islice(_search(inputs, rows, {}), MOST_REGIONS):
        words = tuple(piece.words for piece in chosen.values())
        region = Region(words, _sample(inputs, chosen), tuple(row.id for row in hits), _nearest(rows, chosen))
        (overlapping if hits else uncovered).append(region)
    return uncovered, overlapping


def _search(
    inputs: Sequence[Input], rows: Sequence[Row], chosen: Mapping[str, _Piece]
) -> Iterator[tuple[Mapping[str, _Piece], Sequence[Row]]]:
    """Every combination of pieces on which not exactly one row hits, with the rows that do."""
    undecided = [entry for entry in inputs if _on(entry.id, rows)]
    if not undecided:
        if len(rows) != 1:
            yield chosen, rows
        return
    entry, *left = undecided
    for piece in _pieces(entry, _on(entry.id, rows)):
        hits = [row for row in rows if all(_met(each, piece.given) for each in _on(entry.id, [row]))]
        yield from _search(left, hits, {**chosen, entry.id: piece})


def _sample(inputs: Sequence[Input], chosen: Mapping[str, _Piece]) -> tuple[tuple[str, str], ...]:
    """A point of a region; an input that was not chosen changes nothing, and is given only if it must be."""
    point = {entry.id: chosen.get(entry.id) or _pieces(entry, ())[0] for entry in inputs}
    wanted = [entry.id for entry in inputs if entry.required or entry.id in chosen]
    return tuple((name, typed) for name in wanted if (typed := point[name].typed) is not None)


def _nearest(rows: Sequence[Row], chosen: Mapping[str, _Piece]) -> str:
    """The first of the rows that most of the conditions on the chosen inputs hold for."""
    shares = {}
    for row in rows:
        asked = [_met(each, chosen[each.input].given) for each in row.when if each.input in chosen]
        shares[row.id] = Fraction(sum(asked), len(asked) or 1)
    best = max(shares, key=lambda name: shares[name], default="")
    return best if best and shares[best] else ""


def _on(name: str, rows: Sequence[Row]) -> list[Condition]:
    return [condition for row in rows for condition in row.when if condition.input == name]


def _met(condition: Condition, given: Given | None) -> bool:
    return evaluate(condition, {} if given is None else {condition.input: given}).met


def _pieces(entry: Input, conditions: Sequence[Condition]) -> list[_Piece]:
    """The pieces of an input; never empty."""
    found = list(_number_pieces(entry, conditions) if entry.units else _word_pieces(entry, conditions))
    return found if entry.required else [*found, _Piece(f"{entry.id} not given", None, None)]


def _word_pieces(entry: Input, conditions: Sequence[Condition]) -> Iterator[_Piece]:
    alike: dict[tuple[bool, ...], list[str]] = {}
    for word in [option.id for option in entry.options] or ["yes", "no"]:
        alike.setdefault(tuple(_met(condition, word) for condition in conditions), []).append(word)
    for words in alike.values():
        yield _Piece(f"{entry.id} = {' or '.join(words)}", words[0], words[0])


def _number_pieces(entry: Input, conditions: Sequence[Condition]) -> Iterator[_Piece]:
    unit = entry.units[0].unit
    alike: list[tuple[tuple[bool, ...], list[_Span]]] = []
    for span in _spans(entry, conditions):
        signature = tuple(_met(condition, Amount(span.point, unit)) for condition in conditions)
        if alike and alike[-1][0] == signature:
            alike[-1][1].append(span)
        else:
            alike.append((signature, [span]))
    for _, spans in alike:
        point = spans[0].point
        yield _Piece(_words(entry.id, spans[0], spans[-1], unit), f"{plain(point)} {unit}", Amount(point, unit))


def _spans(entry: Input, conditions: Sequence[Condition]) -> Iterator[_Span]:
    """The domain of a number in its first unit, cut at every number that a condition compares with."""
    unit = entry.units[0].unit
    # Where a row compares, all units of the input convert (the payload sees to it); elsewhere one is enough.
    limits = entry.units if conditions else entry.units[:1]
    low = min(convert(each.min, each.unit, unit) for each in limits)
    high = max(convert(each.max, each.unit, unit) for each in limits)
    cuts = {convert(number, each.unit or unit, unit) for each in conditions for number in each.numbers}
    points = sorted({low, high} | {cut for cut in cuts if low < cut < high})
    whole = entry.kind is InputKind.INTEGER
    for left, right in [*pairwise(points), (high, high)]:
        if not whole or left.denominator == 1:
            yield _Span(left, left, True, True, left)
        if whole:
            first, last = Fraction(math.floor(left) + 1), Fraction(math.ceil(right) - 1)
            if first <= last:
                yield _Span(first, last, True, True, Fraction((first + last) // 2))
        elif left < right:
            yield _Span(left, right, False, False, _inside(left, right))


def _inside(low: Fraction, high: Fraction) -> Fraction:
    """A number between two others with as few decimals as can be."""
    scale = 1
    while not low < (found := Fraction(round((low + high) / 2 * scale), scale)) < high:
        scale *= 10
    return found


def _words(name: str, first: _Span, last: _Span, unit: str) -> str:
    low, high = (f"{plain(end)} {UNITS[unit].label('en', plural=end != 1)}" for end in (first.low, last.high))
    if first.low == last.high:
        return f"{name} = {low}"
    start, end = "from" if first.with_low else "above", "to" if last.with_high else "to below"
    return f"{name} {start} {low} {end} {high}"
