"""Units, exact numbers, and how a number is printed."""

import re
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

from calculators.digits import ends, plain, readable, rounded, significant
from calculators.errors import InputProblem, QuantityError
from calculators.quantities import (
    BOUNDS,
    UNITS,
    Quantity,
    alternatives_text,
    convert,
    convertible,
    format_quantity,
    read_number,
    same_size,
    unit_named,
)


@pytest.mark.parametrize(
    ("bound", "values", "unit", "chinese", "english"),
    [
        ("exactly", ("5.0",), "mg", "5 mg", "5 mg"),
        ("exactly", ("0.50",), "mg", "0.5 mg", "0.5 mg"),
        ("exactly", ("100",), "mg", "100 mg", "100 mg"),
        ("at_most", ("3.5",), "mg", "不超过 3.5 mg", "at most 3.5 mg"),
        ("more_than", ("15",), "min", "大于 15 min", "more than 15 min"),
        ("less_than", ("30",), "mL/min", "小于 30 mL/min", "less than 30 mL/min"),
        ("at_least", ("3",), "year", "至少 3 年", "at least 3 years"),
        ("range", ("2", "4"), "h", "2～4 h", "2 to 4 h"),
        ("either", ("3", "4"), "week", "3 或 4 周", "3 or 4 weeks"),
        ("exactly", ("1",), "week", "1 周", "1 week"),
        ("exactly", ("6",), "month", "6 个月", "6 months"),
        ("exactly", ("65",), "age-year", "65 岁", "65 years"),
        ("exactly", ("1.0",), "%", "1.0%", "1.0%"),
        ("range", ("1.0", "5.0"), "%", "1.0%～5.0%", "1.0% to 5.0%"),
        ("exactly", ("-0.0",), "mg", "0 mg", "0 mg"),
        ("exactly", ("106",), "µmol/L", "106 µmol/L", "106 µmol/L"),
        ("exactly", ("50",), "microgram", "50 microgram", "50 microgram"),
    ],
)
def test_a_quantity_is_printed_in_words(
    bound: str, values: tuple[str, ...], unit: str, chinese: str, english: str
) -> None:
    """Bounds are words, numbers have no trailing zero and a leading one, percentages keep their decimals."""
    numbers = tuple(Decimal(value) for value in values)
    assert format_quantity(bound, numbers, unit, "zh-Hans") == chinese
    assert format_quantity(bound, numbers, unit, "en") == english
    assert Quantity(bound, numbers, unit).text("zh") == chinese


@pytest.mark.parametrize(("bound", "unit", "language"), list(product(BOUNDS, UNITS, ("zh", "en"))))
def test_no_quantity_is_printed_with_a_sign(bound: str, unit: str, language: str) -> None:
    """No bound, unit or language prints <, >, ≤, ≥ or µg."""
    text = format_quantity(bound, (Decimal("0.5"), Decimal("7.5")), unit, language)
    assert not set("<>≤≥") & set(text)
    assert "µg" not in text


def test_a_fraction_is_printed_as_a_percentage_too() -> None:
    """An exact fraction may stand where a decimal stands."""
    assert format_quantity("exactly", (Fraction(1, 2),), "%", "en") == "0.5%"


def test_alternatives_are_joined_in_words() -> None:
    """Several readings are shown side by side, each with its unit."""
    pair = [Quantity("exactly", (Decimal(value),), "mg") for value in ("5", "10")]
    assert alternatives_text(pair, "zh") == "5 mg 或 10 mg"
    assert alternatives_text(pair, "en") == "5 mg or 10 mg"


@pytest.mark.parametrize(
    ("bound", "values", "unit", "message"),
    [
        ("about", ("1",), "mg", "expected one of the bounds exactly, .*; found 'about'"),
        ("exactly", ("1", "2"), "mg", r"'exactly' takes 1 number\(s\); found 2"),
        ("range", ("1",), "mg", r"'range' takes 2 number\(s\); found 1"),
        ("range", ("2", "2"), "mg", "from the smaller to the larger"),
        ("exactly", ("1",), "µg", "expected one of the units .*; found 'µg'"),
    ],
)
def test_a_wrong_quantity_says_what_is_wrong(bound: str, values: tuple[str, ...], unit: str, message: str) -> None:
    """A quantity with an unknown bound or unit, or the wrong count of numbers, cannot be made."""
    with pytest.raises(QuantityError, match=message):
        Quantity(bound, tuple(Decimal(value) for value in values), unit)


@pytest.mark.parametrize(
    ("number", "unit", "other", "result"),
    [
        ("1.5", "g", "mg", "1500"),
        ("1", "kg", "g", "1000"),
        ("500", "microgram", "mg", "0.5"),
        ("2", "h", "min", "120"),
        ("3", "week", "day", "21"),
        ("2", "year", "month", "24"),
        ("70", "age-year", "year", "70"),
        ("0.106", "mmol/L", "µmol/L", "106"),
        ("12", "g/L", "mg/dL", "1200"),
    ],
)
def test_units_of_one_dimension_convert_exactly(number: str, unit: str, other: str, result: str) -> None:
    """A conversion is exact, there and back."""
    assert convert(Fraction(number), unit, other) == Fraction(result)
    assert convert(Fraction(result), other, unit) == Fraction(number)


@pytest.mark.parametrize(
    ("unit", "other"),
    [("µmol/L", "mg/dL"), ("mL/min", "mL/min/1.73 m²"), ("month", "week"), ("mg", "mg/kg"), ("Gy", "mSv")],
)
def test_units_of_two_dimensions_do_not_convert(unit: str, other: str) -> None:
    """Concentrations need a substance, an eGFR is no clearance, a month has no fixed length in days."""
    assert not convertible(unit, other)
    assert not same_size(unit, other)
    with pytest.raises(QuantityError, match=f"cannot convert {re.escape(unit)}"):
        convert(Fraction(1), unit, other)


def test_two_names_may_mean_one_size() -> None:
    """An age in years is a time in years, and g is not kg."""
    assert same_size("year", "age-year")
    assert not same_size("g", "kg")
    assert unit_named("age-year").label("zh") == "岁"


@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [
        ("45", "45", None),
        (" 45.50 ", "45.5", None),
        ("007", "7", None),
        ("-3", "-3", None),
        ("−3", "-3", None),
        ("１０６", "106", None),
        ("　45　mL / min　", "45", "mL/min"),
        ("45mL/min", "45", "mL/min"),
        ("45 ML/MIN", "45", "mL/min"),
        ("45 ㎖/min", "45", "mL/min"),
        ("45 毫升／分钟", "45", "mL/min"),
        ("106 µmol/L", "106", "µmol/L"),
        ("106 μmol/L", "106", "µmol/L"),
        ("106umol/L", "106", "µmol/L"),
        ("45 mL/min/1.73 m²", "45", "mL/min/1.73 m²"),
        ("45 mL/min/1.73m2", "45", "mL/min/1.73 m²"),
        ("45 mL/min/1.73 m^2", "45", "mL/min/1.73 m²"),
        ("70 岁", "70", "age-year"),
        ("70 周岁", "70", "age-year"),
        ("70 years", "70", "year"),
        ("60kg", "60", "kg"),
        ("60 ㎏", "60", "kg"),
        ("60 公斤", "60", "kg"),
        ("5 ％", "5", "%"),
        ("50 µg", "50", "microgram"),
        ("50 mcg", "50", "microgram"),
    ],
)
def test_a_number_is_read_as_typed(typed: str, number: str, unit: str | None) -> None:
    """Full-width signs, spaces, case and the spellings of a unit do not matter."""
    exact, found, broken = read_number(typed)
    assert (exact, found) == (Fraction(number), unit)
    assert broken is typed.strip().startswith("45.")


@pytest.mark.parametrize("unit", UNITS)
def test_a_printed_unit_can_be_typed(unit: str) -> None:
    """What the site prints after a number, it also reads."""
    for text in {unit, UNITS[unit].label("zh"), UNITS[unit].label("en", plural=True)}:
        found = read_number(f"2 {text}")[1]
        assert found is not None
        assert same_size(found, unit)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(
            (typed, "not-a-number")
            for typed in (
                "",
                " ",
                "mL/min",
                "1,000",
                "1，000",
                "1e3",
                "1E-3 mg",
                "1 e3",
                "+5",
                ".5",
                "5.",
                "1.2.3",
                "4 5",
                "4-5",
                "4～5",
                "<30",
                "约45",
                "4²",
                "①",
                "½",
                "四十五",
                "٤٥",
                "inf",
                "nan",
                "45 <b>",
                "45/7",
                "45\x00",
                "1_000",
                "--5",
                "- 5",
                "45;",
                "45°",
                "\ud800",
                "4\u200b5",
            )
        ),
        *((typed, "unit-unknown") for typed in ("45 foo", "45 mL/min x", "45 lb", "45 stone", "45 m²g", "45 mg 3 mg")),
        ("9" * 65, "too-long"),
        ("45 " + "m" * 62, "too-long"),
    ],
)
def test_what_is_not_one_plain_number_is_a_problem(typed: str, code: str) -> None:
    """Exponents, separators, signs, ranges, superscripts and junk are never guessed at."""
    with pytest.raises(InputProblem) as caught:
        read_number(typed)
    assert caught.value.code == code


@pytest.mark.parametrize(("typed", "number"), [("450/7", "450/7"), ("60/1 mL/min", "60"), ("-1/2", "-1/2")])
def test_a_fraction_is_read_where_it_is_allowed(typed: str, number: str) -> None:
    """A formula hands its exact result over as a fraction."""
    assert read_number(typed, fraction=True)[0] == Fraction(number)


@pytest.mark.parametrize("typed", ["1/0", "1.5/2", "1/2.5", "1//2", "1/-2", "1/", "/2", "1/2/3"])
def test_a_broken_fraction_is_a_problem(typed: str) -> None:
    """Only two whole numbers with a bar between, the lower not zero."""
    with pytest.raises(InputProblem, match="not-a-number"):
        read_number(typed, fraction=True)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("5.00"), "5"),
        (Decimal("100"), "100"),
        (Decimal("-0.0"), "0"),
        (Decimal("0.000001"), "0.000001"),
        (
            Decimal("1234567890123456789012345678901234567890.10"),
            "1234567890123456789012345678901234567890.1",
        ),
        (Fraction(1, 8), "0.125"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(7), "7"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-450, 7), "-450/7"),
    ],
)
def test_a_number_is_written_plainly_and_exactly(number: Decimal | Fraction, text: str) -> None:
    """No exponent, no rounding, no trailing zero; a fraction where the digits never end."""
    assert plain(number) == text
    if isinstance(number, Fraction):
        assert ends(number) is ("/" not in text)


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        ("64.0969", 12, "64.0969"),
        ("7735/159", 12, "48.6477987421"),
        ("2/3", 12, "0.666666666667"),
        ("1/300", 3, "0.00333"),
        ("99.996", 4, "100"),
        ("123456", 3, "123000"),
        ("-123456", 3, "-123000"),
        ("0", 12, "0"),
        ("10", 1, "10"),
    ],
)
def test_significant_digits_are_counted(number: str, digits: int, text: str) -> None:
    """So many digits, rounded half away from zero, in plain notation."""
    assert significant(Fraction(number), digits) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("64.0969", "64.1"),
        ("64.05", "64.1"),
        ("29.97", "29.97"),
        ("29.94", "29.9"),
        ("29.996", "29.996"),
        ("29.9999999", "29.9999999"),
        ("30", "30"),
        ("30.04", "30.04"),
        ("30.05", "30.1"),
        ("59.95", "59.95"),
        ("60.0001", "60.0001"),
        ("2999999/100000", "29.99999"),
        ("89999/3000", "29.9997"),
    ],
)
def test_rounding_never_crosses_a_threshold(number: str, text: str) -> None:
    """One decimal, and more where one would land on a threshold or beyond it."""
    assert rounded(Fraction(number), (Fraction(30), Fraction(60))) == text


def test_a_threshold_with_many_decimals_is_shown_as_itself() -> None:
    """A number that is a threshold keeps all its decimals."""
    assert rounded(Fraction("0.125"), iter([Fraction("0.125")])) == "0.125"
    assert rounded(Fraction("0.125"), ()) == "0.1"


def test_a_given_number_is_shown_with_all_its_digits() -> None:
    """What was typed is repeated in full; digits without end stop after four decimals or more."""
    assert readable(Fraction("29.9999999")) == "29.9999999"
    assert readable(Fraction(450, 7)) == "64.2857"
    assert readable(Fraction(2_999_999, 100_001), (Fraction(30),)) == "29.9997"
    assert readable(Fraction(29_999_999, 1_000_001), (Fraction(30),)) == "29.99997"
