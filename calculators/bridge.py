"""The one door of the browser: JSON text in, JSON text out.

A worker calls `handle` and nothing else. Every reply has one of two shapes, with the request's id in both:
`{"id", "ok": true, "result"}` or `{"id", "ok": false, "error": {"code", "message"}}`.
"""

import json
import sys
from typing import Any

from calculators import __version__
from calculators.decide import calculate, run_cases
from calculators.errors import PayloadError, UnknownCalculator, UnknownPathway, read_json
from calculators.outcomes import CaseResult
from calculators.pathway import run_walks, walk
from calculators.payload import SCHEMA, Payload, parse

_loaded: dict[str, Payload] = {}


class _RequestError(Exception):
    """A request that cannot be served, with the code of the reply."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def handle(request: str) -> str:
    """Answer one request; never raises.

    Requests are JSON objects with an `id` (text or whole number, given back) and an `op`:

    - `load` with `payload`, the JSON text of a guideline: `guideline`, `calculators` and `pathways` (ids), `schema`;
    - `calculate` with `guideline`, `calculator`, `inputs` (texts by input id, or pairs): an outcome;
    - `cases` with `guideline`, `calculator`: `passed`, `total`, `failures` (each `id title expected found`);
    - `walk` with `guideline`, `pathway`, `answers` (texts by node id, or pairs): a step;
    - `walks` with `guideline`, `pathway`: as `cases`;
    - `about`: `python`, `engine`.

    Error codes: `bad-request`, `not-loaded`, `unknown-calculator`, `unknown-pathway`, `bad-payload`, `engine`.
    """
    request_id: object = None
    try:
        found = _object(request)
        if type(found.get("id")) in {str, int}:
            request_id = found["id"]
        answer = f'true, "result": {_serve(found)}'
    except Exception as error:  # whatever happened, the worker must get a reply
        message = str(error) or type(error).__name__
        answer = f'false, "error": {json.dumps({"code": _code(error), "message": message})}'
    return f'{{"id": {json.dumps(request_id)}, "ok": {answer}}}'


def _code(error: Exception) -> str:
    match error:
        case _RequestError():
            return error.code
        case PayloadError():
            return "bad-payload"
        case UnknownCalculator():
            return "unknown-calculator"
        case UnknownPathway():
            return "unknown-pathway"
        case _:
            return "engine"


def _serve(request: dict[str, Any]) -> str:
    """The result, as JSON text."""
    match request.get("op"):
        case "load":
            payload = parse(_text(request, "payload"))
            _loaded[payload.guideline.id] = payload
            names = {
                "guideline": payload.guideline.id,
                "calculators": [calculator.id for calculator in payload.calculators],
                "pathways": [pathway.id for pathway in payload.pathways],
                "schema": SCHEMA,
            }
            return json.dumps(names)
        case "calculate":
            payload = _guideline(request)
            return calculate(payload, _text(request, "calculator"), _pairs_at(request, "inputs", "input")).as_json()
        case "cases":
            return _summary(run_cases(_guideline(request), _text(request, "calculator")))
        case "walk":
            payload = _guideline(request)
            return walk(payload, _text(request, "pathway"), _pairs_at(request, "answers", "node")).as_json()
        case "walks":
            return _summary(run_walks(_guideline(request), _text(request, "pathway")))
        case "about":
            return json.dumps({"python": sys.version.split()[0], "engine": __version__})
        case _:
            raise _RequestError("bad-request", "expected an op: load, calculate, cases, walk, walks or about")


def _summary(results: list[CaseResult]) -> str:
    failures = [
        {"id": case.id, "title": case.title, "expected": case.expected, "found": case.found}
        for case in results
        if not case.passed
    ]
    return json.dumps({"passed": len(results) - len(failures), "total": len(results), "failures": failures})


def _object(request: str) -> dict[str, Any]:
    try:
        found = read_json(request, _pairs)
    except (ValueError, TypeError) as error:
        raise _RequestError("bad-request", "expected JSON") from error
    if not isinstance(found, dict):
        raise _RequestError("bad-request", "expected one JSON object with no key twice")
    return found


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any] | list[tuple[str, Any]]:
    """An object; with a key twice it stays a list of pairs, so that an input given twice can be refused."""
    found = dict(pairs)
    return found if len(found) == len(pairs) else pairs


def _text(request: dict[str, Any], key: str) -> str:
    found = request.get(key)
    if not isinstance(found, str):
        raise _RequestError("bad-request", f"expected a text in {key!r}")
    return found


def _pairs_at(request: dict[str, Any], key: str, by: str) -> list[tuple[str, str]]:
    found = request.get(key)
    if isinstance(found, dict) and all(type(text) is str for text in found.values()):
        return list(found.items())
    if not isinstance(found, list) or not all(_is_pair(pair) for pair in found):
        raise _RequestError("bad-request", f"expected texts in {key!r}, by {by} id")
    return [(name, text) for name, text in found]


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(part, str) for part in pair)


def _guideline(request: dict[str, Any]) -> Payload:
    name = _text(request, "guideline")
    if name not in _loaded:
        raise _RequestError("not-loaded", f"no such guideline is loaded; loaded: {', '.join(_loaded) or 'none'}")
    return _loaded[name]
