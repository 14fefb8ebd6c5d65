"""What an author probably meant who wrote a number, or true or false, in a way that is none here."""

import re
import unicodedata

TWO_NUMBERS = re.compile(
    r"([0-9]+(?:\.[0-9]+)?) *(?:[-\u2010-\u2015\u2212~\uff5e\u301c至到]|to) *([0-9]+(?:\.[0-9]+)?)\Z"
)
"""A range as people write it: 2-4, 2–4, 2～4, 2 to 4."""
_NAKED_POINT = re.compile(r"\.[0-9]+\Z")
_LEADING_ZEROS = re.compile(r"0+([1-9][0-9]*(?:\.[0-9]+)?)\Z")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[_' \u202f\xa0][0-9]{3})+\Z")
_COMMA = re.compile(r"([0-9]+),([0-9]+)\Z")
_WITH_UNIT = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(?![eExX][-+]?[0-9])[A-Za-zµ%\u4e00-\u9fff]")  # 1e3 is not 1
_TRUE = frozenset({"yes", "y", "on", "true", "是"})
_FALSE = frozenset({"no", "n", "off", "false", "否"})


def truth_hint(found: str) -> str:
    """How to write true or false; a country's code and a word for no are never taken for it."""
    word = found.casefold()
    if word in _TRUE or word in _FALSE:
        return f"Write {'true' if word in _TRUE else 'false'}, in small letters and without quotes"
    return "Write true or false, without quotes"


def number_hint(found: str) -> str:
    """How to write a number that is text as it stands."""
    wide = [sign for sign in found if unicodedata.east_asian_width(sign) == "F"]
    if wide:  # a raised digit is left alone: 4² is not 42
        plain = found.translate({ord(sign): unicodedata.normalize("NFKC", sign) for sign in wide})
        return f"Some signs are full-width: write {plain}"
    if _NAKED_POINT.match(found):
        return f"Write 0{found}, with a zero before the point"
    if zeros := _LEADING_ZEROS.match(found):
        return f"Write {zeros[1]}, without a zero in front"
    if _GROUPED.match(found):
        return f"Write {re.sub(r'[^0-9]', '', found)}, with nothing between the thousands"
    if comma := _COMMA.match(found):
        thousands = f"; for thousands, {comma[1]}{comma[2]}" if len(comma[2]) == 3 else ""
        return f"Write {comma[1]}.{comma[2]}, with a point{thousands}"
    if number := _WITH_UNIT.match(found):
        return f"Write {number[1]} alone; a unit has a key of its own, 'unit:'"
    return "Write it without quotes and without a unit"
