"""The house as the design draws it: who may import whom, and how large a module may grow."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGINE = {
    "errors": set(),
    "digits": set(),
    "quantities": {"digits", "errors"},
    "records": {"digits"},
    "conditions": {"quantities", "records"},
    "reader": {"conditions"},
    "nodes": {"reader"},
    "payload": {"nodes"},
    "inputs": {"payload"},
    "formulas": {"payload"},
    "outcomes": {"payload"},
    "decide": {"inputs", "formulas", "outcomes"},
    "pathway": {"inputs", "formulas", "outcomes"},
    "bridge": {"decide", "pathway"},
}
GENERATOR = {
    "findings": set(),
    "policy": set(),
    "bundles": set(),
    "words": set(),
    "syntax_hints": set(),
    "syntax_words": set(),
    "said": set(),
    "unreadable": {"findings"},
    "text_file": {"unreadable"},
    "source": {"findings", "syntax_hints", "syntax_words", "text_file"},
    "models": {"source", "findings"},
    "notation": {"source", "findings", "calculators"},
    "load": {"models", "source", "calculators", "notation"},
    "addresses": {"models", "words"},
    "citations": {"models"},
    "descriptions": {"models", "said"},
    "cards": {"models", "words"},
    "flow": {"models"},
    "text": {"models", "calculators", "words", "said"},
    "translation": {"models", "said", "words"},
    "filters": {"said"},
    "languages": {"models", "translation", "words"},
    "payload": {"text", "addresses", "calculators", "said"},
    "teaching": {"payload", "calculators"},
    "search": {"models", "text", "addresses", "words", "said"},
    "checks": {
        *("models", "findings", "calculators", "load", "payload", "text", "addresses", "teaching", "translation"),
        "editions",
    },
    "report": {"findings", "source"},
    "mentions": {"models"},
    "drug_pages": {"mentions", "text"},
    "drug_translation": {"drug_pages", "layers"},
    "layers": {"mentions"},
    "explanations": {"layers", "addresses", "citations", "words", "said"},
    "page_context": {"layers", "mentions", "payload", "citations", "words", "calculators", "said", "translation"},
    "teaching_page": {"page_context", "teaching", "said"},
    "editions": {
        *("page_context", "payload", "addresses", "text", "words", "calculators", "load", "report", "descriptions"),
    },
    "pages": {
        *("drug_translation", "page_context", "payload", "citations", "descriptions", "flow", "words", "teaching_page"),
        *("filters", "said", "editions"),
    },
    "runtime": set(),
    "inventory": {"models", "runtime"},
    "offline": {"models", "words"},
    "page_python": {"runtime"},
    "additions": {"bundles", "cards", "models", "pages", "runtime", "schema", "editions"},
    "record_docs": set(),
    "reference_docs": {"checks", "load", "record_docs"},
    "schema": {"load", "models", "record_docs", "calculators"},
    "navigation": {"models", "pages"},
    "site_options": set(),
    "in_language": {"languages", "translation", "words"},
    "site_navigation": {"languages", "additions"},
    "plugin": {
        *("cards", "navigation", "payload", "policy", "bundles", "report", "checks", "load", "runtime", "words"),
        *("explanations", "inventory", "offline", "page_python", "additions", "search"),
        *("languages", "in_language", "site_navigation", "site_options"),
    },
    "carried_site": {"plugin"},
    "ask": {"checks", "payload", "report", "calculators", "words"},
    "exports": {
        *("pages", "citations", "addresses", "checks", "report", "load", "words", "policy", "carried_site"),
        *("filters", "languages"),
    },
    "starter": {"schema"},
    "serve": {"plugin", "checks", "editions", "load", "report"},
    "commands": {"plugin", "editions", "ask", "exports", "reference_docs", "starter", "schema", "serve"},
    "cli": {"commands"},
}
ONLY_IMPORTER = {
    "yaml": "source",
    "mkdocs": "plugin",
    "jinja2": "pages",
    "markdown": "exports",
    "tinyhtml5": "exports",
    "segno": "exports",
    "watchdog": "serve",
}
LONGEST_MODULE = 320


def modules(package: str) -> list[Path]:
    """Every module of a package."""
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever in the module it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part(path: Path, package: str) -> str:
    """The room of a package that a module belongs to."""
    return path.relative_to(ROOT / package).parts[0].removesuffix(".py")


def closure(allowed: dict[str, set[str]], name: str) -> set[str]:
    """What a room may import: its own row and all that those may import."""
    found = set(allowed.get(name, ()))
    for other in list(found):
        found |= closure(allowed, other)
    return found


@pytest.mark.parametrize("path", modules("calculators"), ids=lambda path: path.stem)
def test_the_engine_imports_the_standard_library_and_itself_in_layers(path: Path) -> None:
    """A module of the engine imports only the standard library and the layers below it."""
    own = path.stem
    allowed = closure(ENGINE, own) | {own}
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top == "calculators":
            assert own == "__init__" or not rest or rest.split(".")[0] in allowed | {"__version__"}, (
                f"{own} imports {name}"
            )
        else:
            assert top in sys.stdlib_module_names, f"{own} imports {name}"


@pytest.mark.parametrize("path", modules("generator"), ids=lambda path: "/".join(path.parts[-2:]))
def test_the_generator_is_layered(path: Path) -> None:
    """A module of the generator imports only what the table of layers allows its room."""
    room = part(path, "generator")
    if room == "__init__":
        return
    assert room in GENERATOR, f"{room} has no row in the table of layers"
    allowed = closure(GENERATOR, room) | {room}
    for name in imported(path):
        top, _, rest = name.partition(".")
        first = rest.partition(".")[0]
        if top == "calculators":
            assert "calculators" in allowed, f"{room} imports {name}"
        if top == "generator" and first in GENERATOR:
            assert first in allowed, f"{room} imports {name}"


@pytest.mark.parametrize(("library", "room"), ONLY_IMPORTER.items())
def test_a_library_is_used_in_one_room(library: str, room: str) -> None:
    """yaml, mkdocs and jinja2 are each imported by one room alone (mkdocs: by its adapter's parts, and to start it)."""
    users = {
        part(path, "generator")
        for path in modules("generator")
        for name in imported(path)
        if name.partition(".")[0] == library
    }
    others = {"commands", "carried_site", "additions", "serve", "in_language", "site_navigation", "site_options"}
    assert users - (others - {room}) == {room}


@pytest.mark.parametrize(
    "path", modules("calculators") + modules("generator"), ids=lambda path: "/".join(path.parts[-2:])
)
def test_modules_stay_readable(path: Path) -> None:
    """No module is longer than a person reads in one go."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_the_generator_knows_nothing_of_the_first_guideline() -> None:
    """No module or template of the generator, and no script of the site, names a drug of the first guideline."""
    words = (
        "zoledronic",
        "唑来膦酸",
        "denosumab",
        "地舒单抗",
        "ibandron",
        "incadron",
        "bone-metastasis",
        "骨转移",
    )
    folders = (ROOT / "generator", ROOT / "calculators", ROOT / "site_overrides")
    files = [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".py", ".j2", ".html", ".js", ".css"}
    ]
    named = {path.name: word for path in files for word in words if word in path.read_text(encoding="utf-8")}
    assert named == {}
