"""The site's own search, in Node.js: the very scripts and the very index that are served."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.search.queries import NOT_COVERED
from generator import bundles, search
from generator.models.guideline import Guideline
from generator.plugin import overrides_folder

ASK = Path(__file__).parent / "ask.js"


def scripts(*guidelines: Guideline) -> list[str]:
    """The engine and the indexes, as a page loads them; addresses are below each guideline's folder."""
    engine = bundles.join("search.js", [overrides_folder()]).decode()
    return [engine, *(search.script(search.build(item, lambda address: address)) for item in guidelines)]


def ask(queries: Sequence[str], *guidelines: Guideline, first: str = "") -> list[list[dict[str, Any]]]:
    """The answers to each query; those of the guideline `first` come first."""
    node = shutil.which("node")
    if node is None:
        raise FileNotFoundError("no Node.js: `make test` provides one")
    sent = json.dumps([scripts(*guidelines), list(queries), first])
    done = subprocess.run([node, ASK], input=sent, capture_output=True, text=True, check=True)
    answers: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return answers


def addresses_of(answers: Sequence[dict[str, Any]]) -> list[str]:
    """The answers as `place_of` takes them."""
    return [NOT_COVERED if item["kind"] == "not-covered" else item["url"] for item in answers]
