"""How a clinician writes a number, a condition or a place, and the mapping that it stands for.

`30 mL/min`, `3–4 weeks`, `crcl < 30 mL/min`, `section 2.1, paragraph 2`: a text is read from its beginning to its end,
or refused at the character that does not fit. Nothing is guessed: what can be read in two ways is refused with both.
"""

from generator.notation.conditions import conditions
from generator.notation.numbers import limits, quantity
from generator.notation.places import places
from generator.notation.scan import Misread, Written

__all__ = ["Misread", "Written", "conditions", "limits", "places", "quantity"]
