"""A guideline becomes pages of plain Markdown with front matter, through the templates; it knows no mkdocs.

Statements, tables and forms are blocks of HTML inside the Markdown, fully escaped by jinja2: no text of a guideline
is ever read as markup. Headings are Markdown, so that any site builder finds them for its table of contents.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator import addresses, citations, descriptions, drug_translation, payload
from generator.editions.page import changes_page
from generator.filters import block, markdown, script_json
from generator.flow import tree
from generator.layers import Layers
from generator.mentions import Names
from generator.models.guideline import Guideline
from generator.models.statement import Kind
from generator.page_context import PageContext
from generator.said import Said, plain, spoken
from generator.teaching_page import TeachingPage
from generator.words import for_language

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Page:
    """One page. It is written when it is first read: who looks at one page need not wait for the others.

    Attributes:
        uri: path of the Markdown file below the site's documents, such as `x/sections/diagnosis.md`.
        title: title of the page, plain text.
        write: makes `markdown`.
        group: the navigation group that it belongs to, or an empty text for the guideline's own level.
        interactive: the bundle of scripts and styles that it needs, such as `calculator`; empty when it only is read.
        description: what the page says of itself to others, plain text.
    """

    uri: str
    title: str
    write: Callable[[], str]
    group: str = ""
    interactive: str = ""
    description: str = ""

    @cached_property
    def markdown(self) -> str:
        """The whole file, front matter included."""
        return self.write()


def build(
    guideline: Guideline,
    *,
    directory_urls: bool = True,
    link: Callable[[str], str] | None = None,
    earlier: Sequence[Guideline] = (),
) -> tuple[Page, ...]:
    """Every page of a guideline, in the order of the navigation.

    Args:
        guideline: a guideline without errors.
        directory_urls: how the site builder makes addresses: `x/` (true) or `x.html` (false).
        link: makes a link of an address below the guideline's folder, where the pages are no site.
        earlier: its recorded editions, the oldest first.
    """
    meta, words = guideline.meta, for_language(guideline.meta.language)
    make = _Maker(guideline, directory_urls, link)
    told = partial(descriptions.page, guideline, words)
    own = [
        make(
            "overview.md.j2",
            "index.md",
            meta.short_title,
            description=str(meta.title) if isinstance(meta.summary, Said) else meta.summary,
            hide=("toc",),
            board=True,
        ),
        make(
            "recommendations.md.j2",
            "recommendations.md",
            words["recommendations"],
            description=told(words["recommendations"], descriptions.recommendations(guideline, words)),
            search=False,
            **_recommendations(guideline),
        ),
    ]
    resolved = payload.build(guideline)["calculators"]
    mentioned = Names(guideline.original) if guideline.original else make.layers.names
    for drug in guideline.drugs:
        own.append(
            make(
                "drug.md.j2",
                addresses.drug(drug.id).rstrip("/") + ".md",
                drug.name,
                words["drugs"],
                description=told(drug.name, descriptions.drug(words, drug)),
                style="drug",
                gather=partial(drug_translation.build, guideline, mentioned, drug, resolved),
            )
        )
    for section in guideline.sections:
        if section.parent is None:
            parts = [section, *(item for item in guideline.sections if item.parent == section.id)]
            own.append(
                make(
                    "section.md.j2",
                    f"sections/{section.id}.md",
                    section.title,
                    words["sections"],
                    description=told(section.title, descriptions.section(guideline, words, parts)),
                    section=section,
                    parts=parts,
                )
            )
    for pathway in guideline.pathways:
        drawn = tree(pathway)
        path, group = f"pathways/{pathway.id}.md", words["pathways"]
        own.append(
            make(
                "pathway.md.j2",
                path,
                pathway.title,
                group,
                description=told(pathway.title, pathway.summary),
                interactive="pathway",
                pathway=pathway,
                tree=drawn,
                start=drawn.node,
            )
        )
    for table in guideline.tables:
        title = f"{words['table']} {table.number} {table.title}"
        own.append(
            make(
                "table.md.j2",
                f"tables/{table.id}.md",
                title,
                words["tables"],
                description=told(title, descriptions.table(words, table)),
                hide=("toc",),
                table=table,
            )
        )
    rows = {item["id"]: item["rows"] for item in resolved}
    for calculator in guideline.calculators:
        own.append(
            make(
                "calculator.md.j2",
                f"calculators/{calculator.id}.md",
                calculator.title,
                words["calculators"],
                description=told(calculator.title, calculator.summary),
                interactive="calculator",
                calculator=calculator,
                outcomes={row["id"]: row["outcome"] for row in rows[calculator.id]},
            )
        )
    if guideline.teaching:
        cases = descriptions.listed((case.title for case in guideline.teaching), words["semicolon"])
        for template, path, title, more in (
            ("teaching.md.j2", "teaching.md", words["teaching_cases"], {"interactive": "teaching"}),
            ("teaching_answers.md.j2", "teaching/answers.md", words["teaching_answers"], {"style": "teaching"}),
        ):
            names: dict[str, Any] = {"teaching": TeachingPage, "description": told(title, cases), **more}
            own.append(make(template, path, title, words["teaching"], **names))
    own.append(
        make(
            "references.md.j2",
            "references.md",
            words["references"],
            description=told(words["references"], descriptions.references(guideline, words)),
            cited_by=lambda number: citations.cited_by(guideline, number),
        )
    )
    if guideline.drugs or guideline.glossary:
        title = words["glossary"]
        description = told(title, descriptions.glossary(guideline, words))
        own.append(make("glossary.md.j2", "glossary.md", title, description=description))
    changed = changes_page(earlier, guideline)
    if changed:
        own.append(make("changes.md.j2", "changes.md", **changed))
    own.append(
        make(
            "about.md.j2",
            "about.md",
            words["about"],
            description=told(words["about"], descriptions.about(guideline, words)),
            shown_at=citations.shown_at(guideline),
            told_by=lambda publication: citations.told_by(publication, meta.language),
            changed=changed,
        )
    )
    return tuple(own)


def home(guidelines: Sequence[Guideline], language: str, *, directory_urls: bool = True, uri: str = "index.md") -> Page:
    """The page that lists the guidelines of a site, in one of its languages."""
    words = for_language(language)
    suffix = "/" if directory_urls else "/index.html"
    at = uri.removesuffix("index.md")
    places = {item.key: _from(at, item.folder) for item in guidelines}
    names = {"guidelines": guidelines, "places": places, "language": language}
    names |= {"w": words, "suffix": suffix, "Kind": Kind}
    named = [guideline.meta.title for guideline in guidelines]
    intro = words["home_intro"].rstrip(words["full_stop"])
    description = f"{intro}{words['full_stop']}{descriptions.listed(named, words['semicolon'])}"
    front = {"title": words["home_title"], "description": description, "hide": ["navigation", "toc"], "board": True}
    return Page(uri, words["home_title"], partial(_written, "home.md.j2", front, names), description=description)


def _from(at: str, folder: str) -> str:
    """The way from the folder of a home page to that of a guideline, which need not be in it."""
    return folder.removeprefix(at) if folder.startswith(at) else f"../{folder}"


def fill(template: str, **names: Any) -> str:
    """A template that is no page of the site, such as those of `templates/print`, filled in; texts are escaped."""
    return _environment().get_template(template).render(**names)


class _Maker:
    """Renders one guideline's templates into pages."""

    def __init__(self, guideline: Guideline, directory_urls: bool, link: Callable[[str], str] | None = None) -> None:
        self.guideline = guideline
        self.directory_urls = directory_urls
        self.link = link
        self.layers = Layers(guideline)

    def __call__(
        self,
        template: str,
        uri: str,
        title: str,
        group: str = "",
        *,
        description: str,
        hide: tuple[str, ...] = (),
        search: bool = True,
        interactive: str = "",
        board: bool = False,
        style: str = "",
        **names: Any,
    ) -> Page:
        title = plain(title)
        depth = uri.count("/") + (0 if uri.endswith("index.md") or not self.directory_urls else 1)
        address = uri.removesuffix("index.md").replace(".md", "/")
        context = PageContext(self.guideline, depth, self.directory_urls, self.link, self.layers, address)
        meta = self.guideline.meta
        names |= {"c": context, "g": self.guideline, "meta": meta, "w": context.words}
        names |= {"page_title": title, "Kind": Kind}
        front: dict[str, Any] = {"title": title, "description": description}
        more = {"hide": list(hide), "board": board, "interactive": interactive, "styles_of": style}
        front |= {key: value for key, value in more.items() if value} | (
            {} if search else {"search": {"exclude": True}}
        )
        written = partial(_written, template, front, names)
        return Page(f"{self.guideline.folder}/{uri}", title, written, group, interactive, description)


def _written(template: str, front: dict[str, Any], names: dict[str, Any]) -> str:
    body = _environment().get_template(template).render(names)
    if "meta" in names and names["meta"].banner:
        body = f'<p class="vm-notice vm-banner">{escape(names["meta"].banner)}</p>\n\n{body}'
    return _front_matter(front) + body


def _front_matter(values: dict[str, Any]) -> str:
    """Front matter in which every value is JSON, which is YAML too."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _recommendations(guideline: Guideline) -> dict[str, Any]:
    listed = [item for item in guideline.statements if item.kind is Kind.RECOMMENDATION]
    groups = [(section, [item for item in listed if item.section == section.id]) for section in guideline.sections]
    return {"groups": [group for group in groups if group[1]]}


def keep_compiled(folder: Path, environment: jinja2.Environment | None = None) -> None:
    """Keep compiled templates in an existing folder: compiling them takes longer than filling them.

    Args:
        folder: a folder of the user's cache; what it holds is named by the templates' text.
        environment: the theme's templates; the pages' own when absent.
    """
    (environment or _environment()).bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = markdown
    environment.filters["block"] = block
    environment.filters["plain"] = plain
    environment.filters["spoken"] = spoken
    environment.filters["script_json"] = lambda value: Markup(script_json(value))
    return environment
