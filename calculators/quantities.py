"""Numbers with units: a closed list of clinical units, exact arithmetic, and the one way to print them.

Printing follows the ISMP's List of Error-Prone Abbreviations: no trailing zero (5 mg), a leading zero
(0.5 mg), a space before the unit, bounds in words and never as a sign, and 'microgram' written out. The digits
themselves are those of `digits.py`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from calculators.digits import plain
from calculators.errors import InputProblem, QuantityError, is_chinese, quoted, say

LONGEST_INPUT = 64
"""Characters of one typed value; nobody types more, and more digits would only cost time."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit.

    Attributes:
        name: the canonical spelling, used in YAML, payload and output.
        dimension: units of one dimension convert into each other.
        factor: how many base units of the dimension one of it is; exact.
        aliases: other spellings that are taken when typed, separated by spaces.
        labels: (Chinese, English, English plural), where they are not the name.
    """

    name: str
    dimension: str
    factor: Fraction
    aliases: str = ""
    labels: tuple[str, str, str] | None = None

    def label(self, language: str, *, plural: bool = False) -> str:
        """The unit as it is printed after a number."""
        if self.labels is None:
            return self.name
        return self.labels[0] if is_chinese(language) else self.labels[2 if plural else 1]


# µmol/L and mg/dL are two dimensions on purpose: one becomes the other only with a substance's molar mass
# (formulas.py). Months and years are counted on the calendar and have no exact length in days.
_UNITS = (
    Unit("microgram", "mass", Fraction(1, 1000), "µg ug mcg 微克"),
    Unit("mg", "mass", Fraction(1), "毫克"),
    Unit("g", "mass", Fraction(1000), "克"),
    Unit("kg", "mass", Fraction(1_000_000), "公斤 千克"),
    Unit("mL", "volume", Fraction(1), "毫升"),
    Unit("L", "volume", Fraction(1000), "升"),
    Unit("mL/min", "clearance", Fraction(1), "毫升/分 毫升/分钟 mL/分 mL/分钟"),
    Unit(
        "mL/min/1.73 m²",
        "clearance per body surface",
        Fraction(1),
        "mL/min/1.73m2 mL/min/1.73 mL/(min·1.73m²) mL/(min·1.73m2) 毫升/分钟/1.73平方米 mL/min/m² mL/min/m2",
    ),
    Unit("µmol/L", "amount concentration", Fraction(1), "umol/L mcmol/L 微摩尔/升 微摩/升"),
    Unit("mmol/L", "amount concentration", Fraction(1000), "毫摩尔/升 毫摩/升"),
    Unit("mg/dL", "mass concentration", Fraction(1), "毫克/分升"),
    Unit("g/L", "mass concentration", Fraction(100), "克/升"),
    Unit("mg/kg", "dose per weight", Fraction(1), "毫克/公斤 毫克/千克"),
    Unit("mg/m²", "dose per body surface", Fraction(1), "mg/m2 毫克/平方米"),
    Unit("IU", "activity", Fraction(1), "国际单位"),
    Unit("s", "time", Fraction(1), "sec 秒"),
    Unit("min", "time", Fraction(60), "分 分钟"),
    Unit("h", "time", Fraction(3600), "hr hour hours 小时"),
    Unit("day", "time", Fraction(86_400), "d days 天 日", ("日", "day", "days")),
    Unit("week", "time", Fraction(604_800), "wk weeks 周 星期", ("周", "week", "weeks")),
    Unit("month", "calendar", Fraction(1), "months 月 个月", ("个月", "month", "months")),
    Unit("year", "calendar", Fraction(12), "y yr years 年", ("年", "year", "years")),
    Unit("age-year", "calendar", Fraction(12), "岁 周岁", ("岁", "year", "years")),
    Unit("%", "proportion", Fraction(1)),
    Unit("Gy", "absorbed dose", Fraction(1), "戈瑞"),
    Unit("mSv", "effective dose", Fraction(1), "毫希 毫希沃特"),
    Unit("mm", "length", Fraction(1), "毫米"),
    Unit("cm", "length", Fraction(10), "厘米 公分"),
    Unit("m²", "area", Fraction(1), "m2 平方米"),
)
UNITS: dict[str, Unit] = {unit.name: unit for unit in _UNITS}

BOUNDS = {
    "exactly": ("{0}", "{0}"),
    "at_most": ("不超过 {0}", "at most {0}"),
    "less_than": ("小于 {0}", "less than {0}"),
    "at_least": ("至少 {0}", "at least {0}"),
    "more_than": ("大于 {0}", "more than {0}"),
    "range": ("{0}～{1}", "{0} to {1}"),
    "either": ("{0} 或 {1}", "{0} or {1}"),
}
"""How a bound is printed, in Chinese and in English; `range` and `either` take two numbers."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact number in a unit, as the engine reckons with it."""

    number: Fraction
    unit: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a source prints it.

    Attributes:
        bound: a key of `BOUNDS`.
        values: one number, or two for `range` (smaller first) and `either`, with the digits of the source.
        unit: a key of `UNITS`.

    Raises:
        QuantityError: unknown bound or unit, or not as many numbers as the bound takes.
    """

    bound: str
    values: tuple[Decimal, ...]
    unit: str

    def __post_init__(self) -> None:
        if self.bound not in BOUNDS:
            raise QuantityError(f"expected one of the bounds {', '.join(BOUNDS)}; found {self.bound!r}")
        wanted = 2 if self.bound in {"range", "either"} else 1
        if len(self.values) != wanted:
            raise QuantityError(f"the bound {self.bound!r} takes {wanted} number(s); found {len(self.values)}")
        if self.bound == "range" and self.values[0] >= self.values[1]:
            raise QuantityError("a range goes from the smaller to the larger number")
        unit_named(self.unit)

    def text(self, language: str) -> str:
        """The quantity in words; see `format_quantity`."""
        return format_quantity(self.bound, self.values, self.unit, language)


def unit_named(name: str) -> Unit:
    """The unit with this canonical name.

    Raises:
        QuantityError: there is none in the closed list.
    """
    if name not in UNITS:
        raise QuantityError(f"expected one of the units {', '.join(UNITS)}; found {name!r}")
    return UNITS[name]


def convertible(unit: str, other: str) -> bool:
    """Whether an amount in one unit can be said exactly in the other."""
    return unit_named(unit).dimension == unit_named(other).dimension


def same_size(unit: str, other: str) -> bool:
    """Whether two units are the same under two names (`year` and `age-year`)."""
    return convertible(unit, other) and UNITS[unit].factor == UNITS[other].factor


def convert(number: Fraction, unit: str, other: str) -> Fraction:
    """The number of `other` units that `number` of `unit` make, exactly.

    Raises:
        QuantityError: the two units are of different dimensions, or unknown.
    """
    if unit == other and unit in UNITS:
        return number
    if not convertible(unit, other):
        raise QuantityError(f"cannot convert {unit} ({UNITS[unit].dimension}) to {other} ({UNITS[other].dimension})")
    return number * UNITS[unit].factor / UNITS[other].factor


def normalised(text: str) -> str:
    """Typed text with full-width signs made plain (NFKC) and without white space at its ends.

    NFKC would turn 4² into 42, so superscripts, circled digits and the like are first marked with a caret.

    Raises:
        InputProblem: `too-long`.
    """
    if len(text) > LONGEST_INPUT:
        raise InputProblem("too-long", limit=str(LONGEST_INPUT))
    if text.isascii():  # nothing of all this in it
        return text.strip()
    marked = "".join(f"^{sign}" if sign.isnumeric() and not sign.isdecimal() else sign for sign in text)
    return unicodedata.normalize("NFKC", marked).replace("\N{MINUS SIGN}", "-").strip()


def _spelling(text: str) -> str:
    """A unit as typed, without what does not count: case, white space, the kind of micro sign."""
    return "".join(normalised(text).casefold().split())


_SPELLINGS = {_spelling(spelling): unit.name for unit in _UNITS for spelling in (unit.name, *unit.aliases.split())}
_TYPED = re.compile(r"(?P<number>-?[0-9]+(?:\.[0-9]+)?)(?:/(?P<below>[0-9]+))?\s*(?P<unit>[^\W\d_].*|%)?", re.DOTALL)
_EXPONENT = re.compile(r"e[-+]?[0-9]", re.IGNORECASE)


def read_number(text: str, *, fraction: bool = False) -> tuple[Fraction, str | None, bool]:
    """Read a number as typed, with or without a unit: `45`, `45 mL/min`, `１０６umol/L`, `70 岁`.

    Args:
        text: what was typed.
        fraction: whether `450/7` is taken too.

    Returns:
        The exact number, the canonical name of the unit or None, and whether it was written with a decimal
        point or a fraction bar.

    Raises:
        InputProblem: `too-long`, `not-a-number`, `unit-unknown`.
    """
    typed = _TYPED.fullmatch(normalised(text))
    if typed is None:
        raise InputProblem("not-a-number")
    number, below, unit = typed["number"], typed["below"], typed["unit"]
    if (below and (not fraction or "." in number or not int(below))) or (unit and _EXPONENT.match(unit)):
        raise InputProblem("not-a-number")
    if unit and _spelling(unit) not in _SPELLINGS:
        raise InputProblem("unit-unknown", unit=quoted(unit))
    exact = Fraction(number) / int(below) if below else Fraction(number)
    return exact, _SPELLINGS[_spelling(unit)] if unit else None, bool(below) or "." in number


def format_quantity(bound: str, values: Sequence[Decimal | Fraction], unit: str, language: str) -> str:
    """The quantity in words: 不超过 3.5 mg, 大于 15 min, 2～4 h, 3 或 4 周, 1.0%.

    Percentages keep the decimals that they were given with; every other number loses its trailing zeros.

    Args:
        bound: a key of `BOUNDS`.
        values: one number, or two for `range` and `either`.
        unit: a key of `UNITS`.
        language: a language tag; every language but Chinese gets English words.

    Raises:
        QuantityError: unknown unit.
    """
    known = unit_named(unit)
    if unit == "%":  # each number has its own sign, without a space: 1.0%～5.0%
        numbers = [f"{format(value, 'f') if isinstance(value, Decimal) else plain(value)}%" for value in values]
        label = ""
    else:
        numbers = [plain(value) for value in values]
        label = " " + known.label(language, plural=numbers != ["1"])
    return BOUNDS[bound][0 if is_chinese(language) else 1].format(*numbers) + label


def alternatives_text(quantities: Iterable[Quantity], language: str) -> str:
    """Several quantities of which the source does not say which: `5 mg 或 10 mg`."""
    return f" {say('or', language)} ".join(quantity.text(language) for quantity in quantities)
