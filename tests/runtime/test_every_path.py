"""Every path of every pathway of the first guideline, walked to its end in CPython and in the browser's Python."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from test_engine_in_pyodide import ROOT, assert_the_same

from generator.load import load
from generator.payload import dump
from generator.runtime import build_runtime

GUIDELINE = "lung-cancer-bone-metastasis"
CONTENT = ROOT / "content" / GUIDELINE
STEP = Fraction(1, 10)


@pytest.fixture(scope="module")
def payload() -> str:
    """The payload of the first guideline."""
    guideline = load(CONTENT).guideline
    assert guideline
    return dump(guideline)


def numbers(node: dict[str, Any]) -> list[str]:
    """What to type for a question that asks for a number: its limits, and just below, at and above each threshold."""
    limits = node["input"]["units"][0]
    low, high = Fraction(limits["min"]), Fraction(limits["max"])
    step = Fraction(1) if node["input"]["kind"] == "integer" else STEP
    marks = {Fraction(test["value"]) for option in node["options"] for test in option["when"]}
    typed = {low, high, *(mark + shift for mark in marks for shift in (-step, 0, step))}
    return [f"{float(number):g}" for number in sorted(typed) if low <= number <= high]


def paths(pathway: dict[str, Any]) -> list[tuple[list[tuple[str, str]], str | None]]:
    """Every way through a pathway: the answers, and the end they lead to where choices alone decide it."""
    nodes = {node["id"]: node for node in pathway["nodes"]}
    found: list[tuple[list[tuple[str, str]], str | None]] = []

    def follow(node: dict[str, Any], answers: list[tuple[str, str]], sure: bool) -> None:
        if node["kind"] != "question":
            found.append((answers, node["id"] if sure else None))
            return
        for option in node["options"]:
            for typed in numbers(node) if node["input"] else [option["id"]]:
                follow(nodes[option["to"]], [*answers, (node["id"], typed)], sure and not node["input"])

    follow(nodes[pathway["start"]], [], sure=True)
    return found


def test_every_path_ends_alike_in_both_and_every_end_has_its_source(tmp_path: Path, payload: str) -> None:
    """Every path gives the same steps in CPython and in Pyodide; every end has located statements or is open."""
    pathways = {item["id"]: item for item in json.loads(payload)["pathways"]}
    requests, ends = [json.dumps({"id": 0, "op": "load", "payload": payload})], [None]
    for name, pathway in pathways.items():
        for answers, end in paths(pathway):
            asked = {"op": "walk", "guideline": GUIDELINE, "pathway": name, "answers": answers}
            requests.append(json.dumps({"id": len(requests), **asked}))
            ends.append(end)
    manifest = build_runtime(ROOT / "calculators", tmp_path)
    replies = assert_the_same(ROOT / "calculators", tmp_path, manifest, requests)

    guideline = load(CONTENT).guideline
    assert guideline
    reached: dict[str, set[str]] = {name: set() for name in pathways}
    for reply, end in list(zip(replies, ends, strict=True))[1:]:
        step = json.loads(reply)["result"]
        if end:
            assert (step["node"], step["dropped"]) == (end, [])
        if step["state"] == "question":
            continue  # a number that belongs to another option than the one that was followed
        assert step["state"] in {"advice", "not_stated"}
        reached[step["pathway"]].add(step["node"])
        assert step["state"] == "not_stated" or step["statements"]
        assert all(guideline.statement_by_id[key].source for key in step["statements"])
    for name, pathway in pathways.items():
        assert reached[name] == {node["id"] for node in pathway["nodes"] if node["kind"] != "question"}
