"""The engine of Vademecum: decision tables and formulas, the same code in CPython and in the browser."""

__version__ = "0.1.0"
