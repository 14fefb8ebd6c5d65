"""The pages of the documentation that are made from the code: one a finding code, and the YAML reference.

`python -m generator.reference_docs` writes them; with `--check` it only says which are stale.
"""

import argparse
import inspect
import types
import typing
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from calculators.quantities import UNITS
from generator import checks  # noqa: F401  (the checks declare their codes)
from generator.findings import CODES, Code
from generator.load import LISTS, REQUIRED, SINGLE
from generator.load.expand import EXAMPLES
from generator.models import base, statement
from generator.record_docs import descriptions, intro, models_inside

FAMILIES = {
    "GL0": "Reading the files",
    "GL1": "References",
    "GL2": "Statements, caveats and texts",
    "GL3": "Tables and quantities",
    "GL4": "Pathways",
    "GL5": "Calculators",
    "GL6": "The account of the source",
    "GL7": "How numbers are written",
    "GL8": "Bedside board and drugs",
    "GL90": "Teaching cases",
    "GL92": "Search",
    "GL94": "Translations",
    "GL96": "Editions",
}
WORDS: dict[Any, str] = {
    base.Text: "text",
    base.Identifier: "id",
    base.CaveatId: "caveat's id",
    base.Number: "number",
    base.Whole: "whole number",
    base.Flag: "true or false",
    base.Day: "date, YYYY-MM-DD",
    str: "text",
    Literal[True]: "true",
    type(None): "nothing",
}
MADE = "<!-- Made by `python -m generator.reference_docs`: change the code and not this page. -->"


def pages() -> dict[str, str]:
    """Every page by its path below `docs/`."""
    found = {f"findings/{code.code}.md": _code_page(code) for code in CODES.values()}
    return {"findings/index.md": _code_index(), **found, "yaml-reference.md": _yaml_reference()}


def _code_page(code: Code) -> str:
    first, _, rest = inspect.cleandoc(code.doc).partition("\n")
    lines = [
        f"# {code.code} {code.slug}",
        "",
        MADE,
        "",
        f"**{first}**",
        "",
        f"Severity: {code.severity.value}.",
    ]
    return "\n".join([*lines, rest.rstrip(), "", "[All codes](index.md)", ""])


def _code_index() -> str:
    lines = ["# Findings", "", MADE, ""]
    lines += ["What `vademecum check` and every build can find, and why it matters. An error stops the build."]
    for prefix, title in FAMILIES.items():
        lines += ["", f"## {prefix.ljust(5, 'x')} {title}", "", "| Code | Severity | What |", "|---|---|---|"]
        for code in sorted(CODES):
            if code.startswith(prefix):
                declared = CODES[code]
                first = inspect.cleandoc(declared.doc).partition("\n")[0]
                lines.append(f"| [{code}]({code}.md) | {declared.severity.value} | {first} |")
    return "\n".join([*lines, ""])


def _yaml_reference() -> str:
    lines = ["# The YAML of a guideline", "", MADE, ""]
    lines += [
        "A guideline is a folder with these files. A file of records may become a folder of the same name",
        "with several files, which are read in the order of their names.",
        "",
        "| File | Holds | Required |",
        "|---|---|---|",
    ]
    models = {**SINGLE, **LISTS}
    for name, model in models.items():
        holds = _link(model) if name in SINGLE else f"a list: {_link(model)}"
        lines.append(f"| `{name}.yaml` | {holds} | {'yes' if name in REQUIRED else 'no'} |")
    for inner in dict.fromkeys(found for model in models.values() for found in models_inside(model)):
        lines += ["", *_section(inner)]
    lines += ["", "## Units", "", "The closed list of units, as they are spelled in YAML:", ""]
    lines += [", ".join(f"`{name}`" for name in UNITS) + "."]
    return "\n".join([*lines, ""])


def _section(model: type[BaseModel]) -> Iterator[str]:
    described = descriptions(model)
    yield f"## {model.__name__}"
    yield ""
    yield intro(model)
    if examples := EXAMPLES.get(model):
        yield ""
        yield f"In words: {examples}. [How numbers, conditions and places are written](how-to/notation.md)"
    yield ""
    yield "| Key | Value | Required | Meaning |"
    yield "|---|---|---|---|"
    hints = typing.get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        required = "yes" if field.is_required() else "no"
        yield f"| `{name}` | {_words(hints[name])} | {required} | {described.get(name, '')} |"


def _link(model: type[BaseModel]) -> str:
    return f"[{model.__name__}](#{model.__name__.lower()})"


def _words(hint: Any) -> str:
    """A type in an author's words."""
    if hint in WORDS:
        return WORDS[hint]
    if hint == statement.Locators:
        return f"one {_link(statement.Locator)}, or a list"
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _words(arguments[0])
    if origin in (Union, types.UnionType):
        return " or ".join(_words(item) for item in arguments if item is not type(None))
    if origin is Literal:
        return "one of " + ", ".join(f"`{item}`" for item in arguments)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return f"list: {_words(arguments[0])}"
        return f"list of two: {_words(arguments[0])}"
    if origin is dict:
        return f"mapping of names: {_words(arguments[1])}"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "one of " + ", ".join(f"`{item.value}`" for item in hint)
    return _link(hint)


def main(arguments: list[str] | None = None) -> int:
    """Write the pages, or with `--check` say which are stale; 1 when some are."""
    parser = argparse.ArgumentParser(prog="python -m generator.reference_docs", description=__doc__)
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="folder of the documentation")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")
    options = parser.parse_args(arguments)
    made = pages()
    stale = [path for path, page in made.items() if _read(options.docs / path) != page]
    stale += [
        path.relative_to(options.docs).as_posix()
        for path in sorted((options.docs / "findings").glob("*.md"))
        if f"findings/{path.name}" not in made
    ]
    if options.check:
        for path in stale:
            print(f"{options.docs / path}: stale; run python -m generator.reference_docs")
        return 1 if stale else 0
    for path in stale:
        if path in made:
            (options.docs / path).parent.mkdir(parents=True, exist_ok=True)
            (options.docs / path).write_text(made[path], encoding="utf-8")
        else:
            (options.docs / path).unlink()
    return 0


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    raise SystemExit(main())
