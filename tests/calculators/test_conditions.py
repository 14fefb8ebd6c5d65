"""Inputs, conditions on them, and how a condition reports what it found."""

from fractions import Fraction

import pytest

from calculators.conditions import Condition, Op, evaluate
from calculators.errors import QuantityError
from calculators.quantities import Amount


def crcl(number: str, unit: str = "mL/min") -> dict[str, Amount]:
    """A clearance that was given."""
    return {"crcl": Amount(Fraction(number), unit)}


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [
        (Op.EQ, False, True, False),
        (Op.NE, True, False, True),
        (Op.LT, True, False, False),
        (Op.LE, True, True, False),
        (Op.GT, False, False, True),
        (Op.GE, False, True, True),
        (Op.IN, False, True, False),
    ],
)
@pytest.mark.parametrize("step", ["0.1", "1e-60", "1/7"])
def test_thresholds_are_exact(op: Op, below: bool, at: bool, above: bool, step: str) -> None:
    """Just below, at and just above a threshold, however near, each op does what its name says."""
    condition = Condition("crcl", op, ("30",), "mL/min")
    found = [evaluate(condition, crcl(str(30 + sign * Fraction(step)))).met for sign in (-1, 0, 1)]
    assert found == [below, at, above]


def test_numbers_are_compared_after_conversion() -> None:
    """An input in grams meets a condition in milligrams, exactly."""
    condition = Condition("sugar", Op.GT, ("5000",), "mg")
    assert not evaluate(condition, {"sugar": Amount(Fraction(5), "g")}).met
    tried = evaluate(condition, {"sugar": Amount(Fraction("5.000001"), "g")})
    assert tried.met
    assert tried.as_dict() == {
        "input": "sugar",
        "op": "gt",
        "value": "5000",
        "unit": "mg",
        "found": "5000.001",
        "met": True,
    }


def test_two_dimensions_are_never_compared() -> None:
    """A creatinine in µmol/L meets no condition in mg/dL: it is an error, not a quiet no."""
    with pytest.raises(QuantityError):
        evaluate(Condition("creatinine", Op.GT, ("1",), "mg/dL"), {"creatinine": Amount(Fraction(106), "µmol/L")})


def test_a_condition_without_a_unit_takes_that_of_the_input() -> None:
    """Where a unit is left out, the input's own is meant."""
    assert evaluate(Condition("cups", Op.EQ, ("3",)), {"cups": Amount(Fraction(3), "day")}).met


@pytest.mark.parametrize("op", Op)
def test_a_missing_input_meets_no_condition(op: Op) -> None:
    """A condition on an input that was not given is not met, not even `ne`."""
    tried = evaluate(Condition("crcl", op, ("30",), "mL/min"), {})
    assert (tried.met, tried.found) == (False, None)


@pytest.mark.parametrize(
    ("op", "values", "met"),
    [
        (Op.EQ, ("a",), True),
        (Op.EQ, ("b",), False),
        (Op.NE, ("a",), False),
        (Op.NE, ("b",), True),
        (Op.IN, ("a", "b"), True),
        (Op.IN, ("b", "c"), False),
    ],
)
def test_words_are_equal_or_not(op: Op, values: tuple[str, ...], met: bool) -> None:
    """A choice is compared as a whole word."""
    tried = evaluate(Condition("drug", op, values), {"drug": "a"})
    assert tried.met is met
    assert tried.as_dict()["value"] == (list(values) if op is Op.IN else values[0])


def test_what_was_found_is_shown_on_its_side_of_the_threshold() -> None:
    """A fraction just below 30 is not reported as 30."""
    tried = evaluate(Condition("crcl", Op.LT, ("30",), "mL/min"), crcl("29999999/1000001"))
    assert (tried.found, tried.met) == ("29.99997", True)
