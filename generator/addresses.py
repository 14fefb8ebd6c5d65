"""Where each thing of a guideline stands on the site: addresses relative to the guideline's own folder.

Every address ends in `/` or in an anchor, as `mkdocs` writes them with directory addresses.
"""

from generator.models.guideline import Guideline
from generator.models.statement import Locator
from generator.words import for_language


def link(address: str, depth: int, *, directory_urls: bool) -> str:
    """An address below the guideline's folder as a link from a page that stands `depth` folders below it."""
    path, hash_mark, anchor = address.partition("#")
    if not directory_urls and (not path or path.endswith("/")):
        path = f"{path.rstrip('/')}.html" if path else "index.html"
    return ("../" * depth + path or "./") + hash_mark + anchor


def root_section(guideline: Guideline, section_id: str) -> str:
    """The id of the section whose page holds the given section."""
    section = guideline.section_by_id.get(section_id)
    seen = set()
    while section and section.parent and section.id not in seen:
        seen.add(section.id)
        section_id, section = section.parent, guideline.section_by_id.get(section.parent)
    return section_id


def statement(guideline: Guideline, statement_id: str) -> str:
    """The address of a statement: its anchor on its section's page."""
    found = guideline.statement_by_id[statement_id]
    return f"sections/{root_section(guideline, found.section)}/#{statement_id}"


def section(guideline: Guideline, section_id: str) -> str:
    """The address of a section: a page, or a heading on its parent's page."""
    root = root_section(guideline, section_id)
    return f"sections/{root}/" if root == section_id else f"sections/{root}/#{section_id}"


def table_row(path: str) -> str:
    """The address of a table's row, from `table/row`; no id has two hyphens, so the anchor is no statement's."""
    table, _, row = path.partition("/")
    return f"tables/{table}/#{table}--{row}"


def caveat(caveat_id: str) -> str:
    """The address of a caveat in the list of all caveats."""
    return f"about/#{caveat_id}"


def drug(drug_id: str) -> str:
    """The address of the page of a drug."""
    return f"drugs/{drug_id}/"


def term(term_id: str) -> str:
    """The address of a term: its entry in the glossary."""
    return f"glossary/#term-{term_id}"


def target(guideline: Guideline, to: str) -> str | None:
    """The address of a board entry or link, `statement: ID`, `pathway: ID`, `page: glossary`…; None if unknown."""
    kind, _, name = (part.strip() for part in to.partition(":"))
    match kind:
        case "statement" if name in guideline.statement_by_id:
            return statement(guideline, name)
        case "section" if name in guideline.section_by_id:
            return section(guideline, name)
        case "table" if name in guideline.table_by_id:
            return f"tables/{name}/"
        case "table-row" if guideline.row_at(name):
            return table_row(name)
        case "drug" if name in guideline.drug_by_id:
            return drug(name)
        case "term" if any(item.id == name for item in guideline.glossary):
            return term(name)
        case "calculator" if name in guideline.calculator_by_id:
            return f"calculators/{name}/"
        case "pathway" if name in guideline.pathway_by_id:
            return f"pathways/{name}/"
        case "caveat" if name in guideline.caveat_by_id:
            return caveat(name)
        case "page" if name in ("recommendations", "references", "about"):
            return f"{name}/"
        case "page" if name == "teaching" and guideline.teaching:
            return f"{name}/"
        case "page" if name == "glossary" and (guideline.drugs or guideline.glossary):
            return f"{name}/"
    return None


def related(guideline: Guideline, name: str) -> tuple[str, str] | None:
    """Title and address of a `related` id: a statement, table, calculator or section; None if unknown."""
    if found := guideline.statement_by_id.get(name):
        return found.title or found.text[:24], statement(guideline, name)
    if table := guideline.table_by_id.get(name):
        return table.title, f"tables/{name}/"
    if calculator := guideline.calculator_by_id.get(name):
        return calculator.title, f"calculators/{name}/"
    if part := guideline.section_by_id.get(name):
        return part.title, section(guideline, name)
    return None


_SECTION_NAMES = {"introduction": "引言", "abstract": "摘要"}


def locator_text(locator: Locator, language: str) -> str:
    """A source locator in words, such as `第 2.1 节第 2 段第 3 句` or `table 2, row 1, column 监测项目`."""
    chinese = language.startswith("zh")
    if locator.figure is not None:
        return f"图 {locator.figure}" if chinese else f"figure {locator.figure}"
    if locator.table is not None:
        return _table_text(locator, chinese)
    sentences = for_language(language)["listing"].join(map(str, locator.sentences))
    if not chinese:
        parts = [f"section {locator.section}"]
        parts += [f"paragraph {locator.paragraph}"] if locator.paragraph else []
        parts += [f"sentence {sentences}"] if sentences else []
        return ", ".join(parts)
    name = str(locator.section)
    if name.endswith("-end"):
        text = f"第 {name.removesuffix('-end')} 节末"
    else:
        text = _SECTION_NAMES.get(name) or f"第 {name} 节"
    text += f"第 {locator.paragraph} 段" if locator.paragraph else ""
    return text + (f"第 {sentences} 句" if sentences else "")


def _table_text(locator: Locator, chinese: bool) -> str:
    parts = [f"表 {locator.table}" if chinese else f"table {locator.table}"]
    if locator.note:
        parts.append("表注" if chinese else "note")
    if locator.row is not None:
        head = "表头" if chinese else "head"
        parts.append(head if locator.row == 0 else f"第 {locator.row} 行" if chinese else f"row {locator.row}")
    if locator.column is not None:
        parts.append(f"“{locator.column}”列" if chinese else f"column {locator.column}")
    return ("" if chinese else ", ").join(parts)
