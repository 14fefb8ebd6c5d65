"""Translations: a guideline in another language, made of its own records and the texts of an overlay.

An overlay is a folder beside the guideline's files (`en/`). It holds texts alone: numbers, references, rules and ids
are those of the original's own records, so that no edition can give another dose.
"""

from generator.translation.apply import editions, translated
from generator.translation.note import note
from generator.translation.skeleton import write
from generator.translation.texts import fingerprint, texts

__all__ = ["editions", "fingerprint", "note", "texts", "translated", "write"]
