"""Vademecum's generator: a guideline in YAML becomes the pages of a bedside website."""

__version__ = "0.1.0"
