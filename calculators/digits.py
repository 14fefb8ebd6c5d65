"""The digits of an exact number: no trailing zero, a leading zero, no exponent, on its side of every threshold."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction


def ends(number: Fraction) -> bool:
    """Whether the decimal digits of the number come to an end."""
    rest = number.denominator
    if rest == 1:
        return True
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def plain(number: Decimal | Fraction) -> str:
    """The exact number as text: digits without trailing zeros, or `450/7` where the digits never end."""
    if isinstance(number, Decimal):
        return _trimmed(format(number, "f"))  # never an exponent, and no rounding to the context's precision
    if number.denominator == 1:
        return str(number.numerator)
    if not ends(number):
        return f"{number.numerator}/{number.denominator}"
    return _fixed_point(number, number.denominator.bit_length())  # 2ⁿ and 5ⁿ need n decimals at most


def _trimmed(digits: str) -> str:
    """Digits without trailing zeros, and no minus sign before a zero."""
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def _fixed_point(number: Fraction, decimals: int) -> str:
    """The number with `decimals` decimals, halves away from zero, without trailing zeros."""
    # Whole numbers all the way: a Fraction would look for common divisors at every step.
    above, below = 2 * abs(number.numerator) * 10**decimals, 2 * number.denominator
    digits = str((above + number.denominator) // below).rjust(decimals + 1, "0")
    sign = "-" if number < 0 else ""
    return _trimmed(f"{sign}{digits[: len(digits) - decimals]}.{digits[len(digits) - decimals :]}")


def significant(number: Fraction, digits: int = 12) -> str:
    """The number with so many significant digits, in plain notation and without trailing zeros."""
    decimals = digits - 1
    size = abs(number)
    while size >= 10:
        size /= 10
        decimals -= 1
    while 0 < size < 1:
        size *= 10
        decimals += 1
    if decimals >= 0:
        return _fixed_point(number, decimals)
    return _fixed_point(number / 10**-decimals, 0) + "0" * -decimals


def rounded(number: Fraction, thresholds: Iterable[Fraction], decimals: int = 1) -> str:
    """The number for display: `decimals` decimals, or as many more as keep it on its side of every threshold.

    29.97 beside the threshold 30 is shown as 29.97 and not as 30; a threshold itself is shown as itself.
    """
    limits = tuple(thresholds)
    while True:
        text = _fixed_point(number, decimals)
        shown = Fraction(text)
        if all((shown > limit, shown < limit) == (number > limit, number < limit) for limit in limits):
            return text
        decimals += 1


def readable(number: Fraction, thresholds: Iterable[Fraction] = ()) -> str:
    """A number that was given: all its digits, or four decimals (see `rounded`) where they never end."""
    return plain(number) if ends(number) else rounded(number, thresholds, decimals=4)
