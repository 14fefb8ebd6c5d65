"""The engine's test tables as bridge requests, so that CPython and Pyodide answer the very same text.

A file of `cases/` is named after its calculator, a file of `walks/` after its pathway. A column without `=`
is an input or an answer as typed (empty: not given); a column with `=` is what the outcome or the step must
hold: empty is not compared, `-` stands for null or nothing, `|` parts a list. `=caveats` and `=risks` are all
their ids in order, `=alternatives` their values, `=trail` is `node=option (number)`, `=links` is the page and
what it takes along.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAYLOAD = (HERE / "fixtures" / "payload.json").read_text(encoding="utf-8")
GUIDELINE = "fixture"


ASKED = {"cases": ("calculate", "calculator", "inputs"), "walks": ("walk", "pathway", "answers")}
"""What a row of a folder's tables asks: the op, and the keys of the name and of the columns without `=`."""


def _rows() -> Iterator[tuple[str, str, dict[str, str]]]:
    for folder in ASKED:
        for path in sorted((HERE / folder).glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    yield folder, path.stem, row


def _request(number: int, folder: str, name: str, row: dict[str, str]) -> str:
    op, named, typed = ASKED[folder]
    given = {key: text for key, text in row.items() if text and key != "case" and key[0] != "="}
    return json.dumps({"id": number, "op": op, "guideline": GUIDELINE, named: name, typed: given})


def payload_request() -> str:
    """The request that loads the fixture; it comes before those of `load_requests`."""
    return json.dumps({"id": "load", "op": "load", "payload": PAYLOAD})


def load_requests() -> list[str]:
    """One `calculate` or `walk` request for every row of every table, in order; its id is the row's number."""
    return [_request(number, folder, name, row) for number, (folder, name, row) in enumerate(_rows())]


def expected() -> list[dict[str, str]]:
    """What every row expects, in the order of `load_requests`: its `case` and its `=` columns."""
    return [
        {"case": f"{name}: {row['case']}"} | {key[1:]: text for key, text in row.items() if key[0] == "=" and text}
        for _, name, row in _rows()
    ]


def differences(wanted: dict[str, str], reply: str) -> list[str]:
    """Where the reply of the bridge to a row's request is not what the row expects."""
    parsed = json.loads(reply)
    if not parsed["ok"]:
        return [f"{wanted['case']}: {parsed['error']}"]
    found = {key: _cell(key, parsed["result"]) for key in wanted if key != "case"}
    return [
        f"{wanted['case']}: expected {key} {wanted[key]!r}, found {text!r}"
        for key, text in found.items()
        if text != wanted[key]
    ]


def all_differences(replies: Sequence[str]) -> list[str]:
    """`differences` of all rows; there must be one reply for each."""
    pairs = zip(expected(), replies, strict=True)
    return [line for wanted, reply in pairs for line in differences(wanted, reply)]


def _cell(key: str, found: dict[str, Any]) -> str:
    value = found[key]
    match key:
        case "caveats" | "risks":
            value = "|".join(item["id"] for item in value)
        case "alternatives":
            value = "|".join(item["value"] for item in value)
        case "listed" | "duration":
            value = value and value["value" if key == "listed" else "text"]
        case "statements" | "refs" | "dropped" | "valid":
            value = "|".join(map(str, value))
        case "trail":
            value = "|".join(_turn(turn) for turn in value)
        case "links":
            value = "|".join(" ".join([link["page"], *map("=".join, link["inputs"].items())]) for link in value)
    return value or "-"


def _turn(turn: dict[str, Any]) -> str:
    return f"{turn['node']}={turn['answer']}" + (f" ({turn['value']})" if turn["value"] else "")
