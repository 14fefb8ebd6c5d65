"""Cockcroft and Gault, exactly."""

from fractions import Fraction
from typing import Any

import pytest

from calculators.errors import EngineError, QuantityError
from calculators.formulas import cockcroft_gault, compute, creatinine_in_mg_per_dl
from calculators.payload import Formula
from calculators.quantities import Amount

PATIENT: dict[str, Any] = {
    "age": Amount(Fraction(70), "age-year"),
    "sex": "male",
    "weight": Amount(Fraction(60), "kg"),
    "creatinine": Amount(Fraction(106), "µmol/L"),
}


def test_the_formula_is_that_of_1976() -> None:
    """(140 − age) × kg ÷ (72 × mg/dL): 140 − 68 = 72 years cancel out."""
    assert cockcroft_gault(Fraction(68), Fraction(60), Fraction(1), female=False) == 60
    assert cockcroft_gault(Fraction(68), Fraction(60), Fraction(1), female=True) == 51


@pytest.mark.parametrize(
    ("age", "weight", "creatinine"),
    [(0, 60, 1), (140, 60, 1), (-5, 60, 1), (70, 0, 1), (70, 60, 0), (70, 60, -1)],
)
def test_numbers_without_meaning_are_refused(age: int, weight: int, creatinine: int) -> None:
    """No clearance is computed from an age of 140 or more, or from nothing."""
    with pytest.raises(EngineError, match="from 1 to 139 years"):
        cockcroft_gault(Fraction(age), Fraction(weight), Fraction(creatinine), female=False)


@pytest.mark.parametrize(
    ("number", "unit", "mg_per_dl"),
    [("88.4", "µmol/L", "1"), ("0.0884", "mmol/L", "1"), ("1.2", "mg/dL", "1.2"), ("0.012", "g/L", "1.2")],
)
def test_creatinine_comes_in_both_kinds_of_unit(number: str, unit: str, mg_per_dl: str) -> None:
    """1 mg/dL of creatinine is 88.4 µmol/L."""
    assert creatinine_in_mg_per_dl(Amount(Fraction(number), unit)) == Fraction(mg_per_dl)


def test_the_arithmetic_is_shown() -> None:
    """Every step can be followed with a pocket calculator, and says whether it is rounded."""
    man = compute(Formula.COCKCROFT_GAULT, PATIENT, "zh-Hans")
    assert (man.number, man.unit) == (Fraction(7735, 159), "mL/min")
    assert man.steps == (
        "106 µmol/L ÷ 88.4 ≈ 1.1991 mg/dL",
        "(140 − 70) × 60 ÷ (72 × 1.1991) ≈ 48.6478 mL/min",
    )
    woman = PATIENT | {"sex": "female", "creatinine": Amount(Fraction(1), "mg/dL")}
    assert compute(Formula.COCKCROFT_GAULT, woman, "zh").steps == (
        "(140 − 70) × 60 ÷ (72 × 1) ≈ 58.3333 mL/min",
        "女性再乘以 0.85：58.3333 × 0.85 ≈ 49.5833 mL/min",
    )
    assert compute(Formula.COCKCROFT_GAULT, woman, "en").steps[-1].startswith("times 0.85 for a woman: ")


def test_units_are_converted_on_the_way() -> None:
    """Grams and g/L give what kg and mg/dL give."""
    odd = {"weight": Amount(Fraction(60_000), "g"), "creatinine": Amount(Fraction("0.01"), "g/L")}
    found = compute(Formula.COCKCROFT_GAULT, PATIENT | odd | {"age": Amount(Fraction(68), "year")}, "en")
    assert found.number == 60
    assert found.steps == ("0.01 g/L = 1 mg/dL", "(140 − 68) × 60 ÷ (72 × 1) = 60 mL/min")


@pytest.mark.parametrize("missing", ["age", "weight", "creatinine", "sex"])
def test_a_formula_without_its_inputs_is_an_error(missing: str) -> None:
    """Nothing is assumed for an input that the calculator does not have."""
    given = {name: value for name, value in PATIENT.items() if name != missing}
    with pytest.raises(EngineError, match=f"needs the input '{missing}'"):
        compute(Formula.COCKCROFT_GAULT, given, "en")


def test_an_input_in_another_kind_of_unit_is_an_error() -> None:
    """A weight in mL is not guessed at."""
    with pytest.raises(QuantityError):
        compute(Formula.COCKCROFT_GAULT, PATIENT | {"weight": Amount(Fraction(60), "mL")}, "en")
