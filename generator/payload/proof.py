"""What the browser's trimmed Python must answer as the whole one does, before a site ships it."""

import json

from generator.models.guideline import Guideline


def requests(guideline: Guideline, text: str) -> list[str]:
    """The load of a guideline's payload and the worked cases of its calculators and pathways, for the bridge."""
    own = {"id": 1, "guideline": guideline.meta.id}
    load = {"id": 0, "op": "load", "payload": text}
    cases = [own | {"op": "cases", "calculator": item.id} for item in guideline.calculators]
    walks = [own | {"op": "walks", "pathway": item.id} for item in guideline.pathways]
    return [json.dumps(request, ensure_ascii=False) for request in (load, *cases, *walks)]
