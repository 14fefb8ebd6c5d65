"""What the models say of themselves: the docstrings that editors, the YAML reference and the schemas show."""

import inspect
import re
import typing
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel


def intro(model: type) -> str:
    """What the docstring of a model says before it comes to the keys."""
    return (inspect.getdoc(model) or "").partition("\n\nAttributes:")[0]


def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """What the docstring of a model says of each key, under `Attributes:`."""
    listed = (inspect.getdoc(model) or "").partition("Attributes:\n")[2]
    entries = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", listed, re.MULTILINE)
    return {name: " ".join(words.split()) for name, words in entries}


def models_inside(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model and those inside it."""
    yield model
    for hint in typing.get_type_hints(model).values():
        yield from (inner for found in _inside(hint) for inner in models_inside(found))


def _inside(hint: Any) -> Iterator[type[BaseModel]]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for argument in get_args(hint):
        yield from _inside(argument)
