"""The fixture guideline, as JSON data that a test may bend, and as the engine reads it."""

import json
from typing import Any

import pytest

from calculators.payload import Payload, parse
from tests.calculators.tables import PAYLOAD


@pytest.fixture
def data() -> Any:
    """The payload as plain data, fresh for every test."""
    return json.loads(PAYLOAD)


@pytest.fixture(scope="session")
def payload() -> Payload:
    """The payload as records."""
    return parse(PAYLOAD)


@pytest.fixture
def english(data: Any) -> Payload:
    """The payload with English messages."""
    return parse(json.dumps(data | {"language": "en"}))
