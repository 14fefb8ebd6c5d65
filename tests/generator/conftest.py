"""Fixtures of every test of the generator."""

from tiny_guideline import broken

__all__ = ["broken"]
