"""The formulas that the site brings along. They are the site's and not the guideline's, and pages say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from calculators.conditions import Given
from calculators.digits import plain, significant
from calculators.errors import EngineError, say
from calculators.payload import Formula
from calculators.quantities import Amount, convert, convertible

# Creatinine, C₄H₇N₃O, has a molar mass of 113.12 g/mol: 1 mg/dL = 10⁴ ÷ 113.12 µmol/L = 88.40 µmol/L.
# Laboratories use the rounded 88.4, and so does this site.
UMOL_PER_L_IN_MG_PER_DL = Fraction("88.4")

# Cockcroft DW, Gault MH. Prediction of creatinine clearance from serum creatinine. Nephron 1976; 16: 31–41:
# (140 − age) × kg ÷ (72 × mg/dL) in mL/min, 15% less in women.
AGE_AT_ZERO = 140
DIVISOR = 72
FEMALE = Fraction("0.85")


@dataclass(frozen=True, slots=True)
class Computed:
    """What a formula gives: the exact number, its unit, and the arithmetic as lines to read."""

    number: Fraction
    unit: str
    steps: tuple[str, ...]


def creatinine_in_mg_per_dl(creatinine: Amount) -> Fraction:
    """Serum creatinine in mg/dL, from a mass or an amount concentration.

    Raises:
        QuantityError: the amount is in another kind of unit.
    """
    if convertible(creatinine.unit, "µmol/L"):
        return convert(creatinine.number, creatinine.unit, "µmol/L") / UMOL_PER_L_IN_MG_PER_DL
    return convert(creatinine.number, creatinine.unit, "mg/dL")


def cockcroft_gault(age: Fraction, weight: Fraction, creatinine: Fraction, *, female: bool) -> Fraction:
    """Creatinine clearance in mL/min (Cockcroft & Gault 1976), exactly.

    Args:
        age: completed years, below 140.
        weight: kg.
        creatinine: serum creatinine in mg/dL.
        female: multiplies by 0.85.

    Raises:
        EngineError: a number for which the formula means nothing.
    """
    if not 0 < age < AGE_AT_ZERO or weight <= 0 or creatinine <= 0:
        raise EngineError("cockcroft-gault needs an age from 1 to 139 years, a weight and a creatinine above 0")
    clearance = (AGE_AT_ZERO - age) * weight / (DIVISOR * creatinine)
    return clearance * FEMALE if female else clearance


def compute(formula: Formula, given: Mapping[str, Given], language: str) -> Computed:
    """Compute a formula from the inputs of a calculator.

    `cockcroft-gault` reads the inputs `age` (years), `sex` (`female` or `male`), `weight` (kg) and
    `creatinine` (mg/dL or µmol/L).

    Raises:
        EngineError: an input that the formula needs is not there or of another kind.
        QuantityError: an input is in a unit that does not convert.
    """
    return _FORMULAS[formula](given, language)


def _compute_cockcroft_gault(given: Mapping[str, Given], language: str) -> Computed:
    if given.get("sex") not in {"female", "male"}:
        raise EngineError("the formula needs the input 'sex', female or male")
    female = given["sex"] == "female"
    years, kilograms, serum = (_amount(given, name) for name in ("age", "weight", "creatinine"))
    age, weight = convert(years.number, years.unit, "year"), convert(kilograms.number, kilograms.unit, "kg")
    creatinine = creatinine_in_mg_per_dl(serum)
    number = cockcroft_gault(age, weight, creatinine, female=female)
    man = cockcroft_gault(age, weight, creatinine, female=False)
    steps = []
    if serum.unit != "mg/dL":
        division = " ÷ 88.4" if serum.unit == "µmol/L" else ""
        steps.append(f"{plain(serum.number)} {serum.unit}{division} {_equals(creatinine)} mg/dL")
    above, below = f"({AGE_AT_ZERO} − {plain(age)}) × {plain(weight)}", f"({DIVISOR} × {_short(creatinine)})"
    steps.append(f"{above} ÷ {below} {_equals(man)} mL/min")
    if female:
        steps.append(f"{say('if-female', language)}{_short(man)} × 0.85 {_equals(number)} mL/min")
    return Computed(number, "mL/min", tuple(steps))


_FORMULAS = {Formula.COCKCROFT_GAULT: _compute_cockcroft_gault}


def _amount(given: Mapping[str, Given], name: str) -> Amount:
    found = given.get(name)
    if not isinstance(found, Amount):
        raise EngineError(f"the formula needs the input {name!r}, a number with a unit")
    return found


def _short(number: Fraction) -> str:
    return significant(number, 6)


def _equals(number: Fraction) -> str:
    """`= 1.2` when six digits say it all, `≈ 1.1991` otherwise."""
    return f"{'=' if Fraction(_short(number)) == number else '≈'} {_short(number)}"
