"""The guideline as the engine reads it: one JSON text with resolved numbers, small enough for a phone.

The shape is that of `calculators.payload`; numbers are decimal strings.
"""

import json
from typing import Any

from calculators.payload import SCHEMA
from generator import addresses
from generator.models.guideline import Guideline
from generator.payload.calculator import build_calculator, expectation, option_label
from generator.payload.pathway import build_pathway
from generator.payload.values import Json, UnresolvedPathError, as_text, source_of
from generator.said import plainly
from generator.text import statement_text

__all__ = ["UnresolvedPathError", "as_text", "build", "dump", "expectation", "option_label", "source_of"]


def dump(guideline: Guideline) -> str:
    """The payload as compact JSON text, the same bytes for the same guideline."""
    return json.dumps(plainly(build(guideline)), ensure_ascii=False, separators=(",", ":"))


def build(guideline: Guideline) -> Json:
    """The payload as plain data.

    Raises:
        UnresolvedPathError: a calculator or a pathway names a cell, table row, item or page that does not exist.
    """
    calculators = [build_calculator(guideline, item) for item in guideline.calculators]
    pathways = [build_pathway(guideline, item) for item in guideline.pathways]
    meta = guideline.meta
    return {
        "schema": SCHEMA,
        "language": meta.language,
        "guideline": {
            "id": meta.id,
            "title": meta.title,
            "edition": meta.edition,
            "version": meta.version,
            "cite_as": meta.cite_as,
            "notice": meta.notice,
        },
        "texts": _texts(guideline, calculators + pathways),
        "calculators": calculators,
        "pathways": pathways,
    }


def _texts(guideline: Guideline, parts: list[Json]) -> Json:
    """The texts of every caveat and statement that the calculators and pathways name."""
    caveats = sorted(_collect(parts, "caveats"))
    statements = sorted(_collect(parts, "statements"))
    return {
        "caveats": {key: guideline.caveat_by_id[key].text for key in caveats if key in guideline.caveat_by_id},
        "statements": {
            key: {
                "text": statement_text(guideline, guideline.statement_by_id[key]),
                "page": addresses.statement(guideline, key),
            }
            for key in statements
            if key in guideline.statement_by_id
        },
    }


def _collect(data: Any, key: str) -> set[str]:
    """Every id listed under `key`, at any depth; what worked cases expect is not shown and does not count."""
    found, left = set[str](), [data]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            found.update(item for item in part.get(key, ()) if isinstance(item, str))
            part = [value for name, value in part.items() if name != "cases"]
        left += [value for value in part if isinstance(value, dict | list)]
    return found
