"""What the commands that answer one question share."""

import json
from typing import Any

# The exit code for an input that the engine refuses, as argparse has for a wrong command line.
REFUSED = 2


def as_json(data: Any) -> str:
    """A reply as one JSON object, for people and programs alike."""
    return json.dumps(data, ensure_ascii=False, indent=2)
