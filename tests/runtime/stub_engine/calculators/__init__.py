"""A stand-in for the engine: small, and with the habits that make trimming hard."""

__version__ = "9.8.7"
