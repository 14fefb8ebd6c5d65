"""The proof that a decision table answers every input exactly once, tried on tables made by chance."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from calculators.conditions import Condition, Given, Input, InputKind, Op, Option, UnitLimits, evaluate
from calculators.payload import Kind, Row, Rule
from calculators.quantities import Amount, convert, read_number
from generator.checks.decision_tables import MOST_REGIONS, uncovered_and_overlapping

STOP = Rule(Kind.STOP, None, (), None, None, None, None, None, (), (), ())


def number(name: str, kind: InputKind, *units: tuple[str, str, str], required: bool = True) -> Input:
    """An input with numbers, each unit with its limits."""
    limits = tuple(UnitLimits(unit, Fraction(low), Fraction(high)) for unit, low, high in units)
    return Input(name, name, kind, required, limits, (), False)


DRUG = Input(
    "drug",
    "drug",
    InputKind.CHOICE,
    True,
    (),
    tuple(Option(name, name, ()) for name in ("a", "b", "c")),
    False,
)
CRCL = number("crcl", InputKind.QUANTITY, ("mL/min", "1", "250"))
AGE = number("age", InputKind.INTEGER, ("age-year", "1", "120"))
SUGAR = number("sugar", InputKind.QUANTITY, ("g", "0", "10"), ("mg", "0", "20000"), required=False)
ICE = Input("ice", "ice", InputKind.YES_NO, False, (), (), False)
INPUTS = (DRUG, CRCL, AGE, SUGAR, ICE)


def row(name: str, *conditions: Condition) -> Row:
    """A row; what it answers does not matter here."""
    return Row(name, conditions, STOP)


def crcl(op: str, value: str) -> Condition:
    """A condition on the clearance."""
    return Condition("crcl", Op(op), (value,), "mL/min")


def age(op: str, value: str) -> Condition:
    """A condition on the age."""
    return Condition("age", Op(op), (value,), "age-year")


def drug(*names: str) -> Condition:
    """The drug is one of these."""
    return Condition("drug", Op.IN, names)


def ice(op: str, value: str) -> Condition:
    """A condition on the optional yes or no."""
    return Condition("ice", Op(op), (value,))


def texts(inputs: Sequence[Input], rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """Gaps and overlaps in words."""
    gaps, overlaps = uncovered_and_overlapping(inputs, rows)
    return [str(region) for region in gaps], [str(region) for region in overlaps]


@pytest.mark.parametrize(
    ("conditions", "gaps"),
    [
        ([[]], []),
        ([], ["every input"]),
        ([[crcl("lt", "30")], [crcl("ge", "30")]], []),
        ([[crcl("lt", "30")], [crcl("gt", "30")]], ["crcl = 30 mL/min"]),
        ([[crcl("lt", "30")], [crcl("ge", "60")]], ["crcl from 30 mL/min to below 60 mL/min"]),
        ([[crcl("le", "30")], [crcl("gt", "60")]], ["crcl above 30 mL/min to 60 mL/min"]),
        ([[crcl("le", "30")], [crcl("ge", "60")]], ["crcl above 30 mL/min to below 60 mL/min"]),
        (
            [[crcl("eq", "30")]],
            ["crcl from 1 mL/min to below 30 mL/min", "crcl above 30 mL/min to 250 mL/min"],
        ),
        ([[crcl("ne", "1")]], ["crcl = 1 mL/min"]),
        ([[crcl("lt", "250")]], ["crcl = 250 mL/min"]),
        ([[crcl("lt", "500")]], []),
        ([[crcl("gt", "0.5")]], []),
        ([[age("lt", "65")], [age("gt", "65")]], ["age = 65 years"]),
        ([[age("lt", "65")], [age("gt", "64")]], []),
        ([[age("lt", "64.5")], [age("gt", "64.5")]], []),
        ([[age("le", "17")], [age("ge", "65")]], ["age from 18 years to 64 years"]),
        ([[age("lt", "120")]], ["age = 120 years"]),
        ([[drug("a")]], ["drug = b or c"]),
        ([[drug("a"), crcl("lt", "30")], [drug("b", "c")]], ["drug = a, crcl from 30 mL/min to 250 mL/min"]),
        ([[ice("eq", "yes")], [ice("eq", "no")]], ["ice not given"]),
        ([[ice("ne", "yes")], [ice("eq", "yes")]], ["ice not given"]),
    ],
)
def test_a_gap_is_told_in_words(conditions: list[list[Condition]], gaps: list[str]) -> None:
    """What no row answers is one region an edge of which is exact, and whole numbers have no between."""
    rows = [row(str(index), *when) for index, when in enumerate(conditions)]
    assert texts(INPUTS, rows) == (gaps, [])


@pytest.mark.parametrize(
    ("conditions", "overlaps"),
    [
        ([[], []], ["every input (rows 0, 1)"]),
        ([[crcl("le", "30")], [crcl("ge", "30")]], ["crcl = 30 mL/min (rows 0, 1)"]),
        (
            [[crcl("lt", "60")], [crcl("ge", "30"), crcl("lt", "60")], [crcl("ge", "60")]],
            ["crcl from 30 mL/min to below 60 mL/min (rows 0, 1)"],
        ),
        ([[age("le", "65")], [age("gt", "64")]], ["age = 65 years (rows 0, 1)"]),
        ([[drug("a", "b")], [drug("b", "c")]], ["drug = b (rows 0, 1)"]),
        ([[], [ice("eq", "yes")]], ["ice = yes (rows 0, 1)"]),
    ],
)
def test_an_overlap_is_told_in_words(conditions: list[list[Condition]], overlaps: list[str]) -> None:
    """What several rows answer is told with the rows."""
    rows = [row(str(index), *when) for index, when in enumerate(conditions)]
    assert texts(INPUTS, rows) == ([], overlaps)


def test_several_units_are_one_domain() -> None:
    """Limits and thresholds in another unit are converted; the wider limits count."""
    over = [Condition("sugar", Op.GT, ("10000",), "mg")]
    upto = [Condition("sugar", Op.LE, ("10",), "g")]
    assert texts([SUGAR], [row("0", *over), row("1", *upto)]) == (["sugar not given"], [])
    assert texts([SUGAR], [row("1", *upto)])[0] == ["sugar above 10 g to 20 g", "sugar not given"]


def test_a_sample_can_be_typed() -> None:
    """A region comes with a point inside, for all required inputs, with units, in few digits."""
    rows = [row("0", crcl("lt", "29.95")), row("1", crcl("gt", "29.96")), row("2", crcl("eq", "29.95"))]
    (gap,), _ = uncovered_and_overlapping(INPUTS, rows)
    assert str(gap) == "crcl above 29.95 mL/min to 29.96 mL/min"
    assert dict(gap.sample) == {"drug": "a", "crcl": "29.955 mL/min", "age": "1 age-year"}


def test_a_flood_of_regions_is_cut_off() -> None:
    """A hopeless table gives a hundred regions and not all of them."""
    rows = [row(str(value), crcl("eq", str(value)), age("eq", "50")) for value in range(2, 120, 2)]
    gaps, overlaps = uncovered_and_overlapping(INPUTS, rows)
    assert (len(gaps), overlaps) == (MOST_REGIONS, [])


# Tables made by chance


def some_condition(chance: Random) -> Condition:
    """Any condition on any input."""
    entry = chance.choice(INPUTS)
    if not entry.units:
        names = [option.id for option in entry.options] or ["yes", "no"]
        op = chance.choice([Op.EQ, Op.NE, Op.IN])
        count = chance.randint(1, len(names)) if op is Op.IN else 1
        return Condition(entry.id, op, tuple(chance.sample(names, count)))
    unit = chance.choice(entry.units)
    top = min(int(unit.max), 40)
    values = tuple(str(chance.choice([0, 1, top // 4, top // 2, top])) for _ in range(2))
    op = chance.choice(list(Op))
    return Condition(entry.id, op, values if op is Op.IN else values[:1], unit.unit)


def some_rows(chance: Random) -> list[Row]:
    """A few rows of a few conditions: hardly ever a sound table."""
    return [
        row(f"r{index}", *(some_condition(chance) for _ in range(chance.randint(0, 3))))
        for index in range(chance.randint(1, 5))
    ]


def sound_rows(chance: Random, inputs: Sequence[Input], depth: int = 3) -> list[tuple[Condition, ...]]:
    """A table that answers everything once, made by splitting the domain again and again."""
    required = [entry for entry in inputs if entry.required]
    if not depth or chance.random() < 0.2:
        return [()]
    entry = chance.choice(required)
    if entry.units:
        value, unit = str(chance.randint(2, 100)), entry.units[0].unit
        lower, upper = chance.choice([(Op.LT, Op.GE), (Op.LE, Op.GT), (Op.EQ, Op.NE)])
        sides = [Condition(entry.id, op, (value,), unit) for op in (lower, upper)]
    else:
        name = chance.choice([option.id for option in entry.options])
        sides = [Condition(entry.id, op, (name,)) for op in (Op.EQ, Op.NE)]
    return [(side, *rest) for side in sides for rest in sound_rows(chance, inputs, depth - 1)]


def points(rows: Sequence[Row]) -> Iterator[dict[str, Given]]:
    """Points at, just beside and between all thresholds, in every combination."""
    columns: list[list[Given | None]] = []
    for entry in INPUTS:
        found: list[Given | None] = [] if entry.required else [None]
        conditions = [each for one in rows for each in one.when if each.input == entry.id]
        if not conditions:
            columns.append([None])
            continue
        if entry.units:
            unit = entry.units[0].unit
            low = min(convert(each.min, each.unit, unit) for each in entry.units)
            high = max(convert(each.max, each.unit, unit) for each in entry.units)
            step = Fraction(1) if entry.kind is InputKind.INTEGER else Fraction(1, 1000)
            near = {low, high}
            for condition in conditions:
                for value in condition.numbers:
                    at = convert(value, condition.unit or unit, unit)
                    near |= {at - step, at, at + step}
            found += [Amount(value, unit) for value in sorted(near) if low <= value <= high]
        else:
            found += [option.id for option in entry.options] or ["yes", "no"]
        columns.append(found)
    for combination in product(*columns):
        pairs = zip(INPUTS, combination, strict=True)
        yield {entry.id: value for entry, value in pairs if value is not None}


def hits(rows: Sequence[Row], given: dict[str, Given]) -> tuple[str, ...]:
    """The rows that hit a point."""
    return tuple(each.id for each in rows if all(evaluate(condition, given).met for condition in each.when))


def taken(sample: tuple[tuple[str, str], ...]) -> dict[str, Given]:
    """A sample as the engine takes it."""
    units = {entry.id: entry.units for entry in INPUTS}
    return {name: Amount(read_number(text)[0], units[name][0].unit) if units[name] else text for name, text in sample}


@pytest.mark.parametrize("seed", range(40))
def test_an_accepted_table_answers_every_point_once(seed: int) -> None:
    """Tables made by splitting are accepted, and every point near a threshold then hits exactly one row."""
    chance = Random(seed)
    rows = [row(f"r{index}", *when) for index, when in enumerate(sound_rows(chance, INPUTS))]
    assert uncovered_and_overlapping(INPUTS, rows) == ([], [])
    assert all(len(hits(rows, given)) == 1 for given in points(rows))


@pytest.mark.parametrize("seed", range(40))
def test_a_sound_table_with_a_row_less_or_more_is_not_accepted(seed: int) -> None:
    """A row taken away leaves a gap, and a row doubled overlaps."""
    chance = Random(seed)
    rows = [row(f"r{index}", *when) for index, when in enumerate(sound_rows(chance, (CRCL, DRUG), 4))]
    # A condition may contradict one above it, so that a row of the table is empty: take one that hits.
    index = next(index for index, each in enumerate(rows) for given in points(rows) if hits([each], given))
    gaps, overlaps = uncovered_and_overlapping(INPUTS, rows[:index] + rows[index + 1 :])
    assert gaps
    assert not overlaps
    gaps, overlaps = uncovered_and_overlapping(INPUTS, [*rows, row("again", *rows[index].when)])
    assert not gaps
    assert all(region.rows == (rows[index].id, "again") for region in overlaps)


@pytest.mark.parametrize("seed", range(100))
def test_any_table_is_judged_as_trying_it_out_does(seed: int) -> None:
    """Gaps and overlaps are found exactly when some point shows them, and samples show their rows."""
    rows = some_rows(Random(seed))
    gaps, overlaps = uncovered_and_overlapping(INPUTS, rows)
    counts = {min(len(hits(rows, given)), 2) for given in points(rows)}
    assert bool(gaps) == (0 in counts)
    assert bool(overlaps) == (2 in counts)
    for region in gaps + overlaps:
        assert hits(rows, taken(region.sample)) == region.rows
