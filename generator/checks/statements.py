"""GL20x: ids are unique, and every id that a record names leads somewhere."""

from collections.abc import Iterator

from generator import addresses
from generator.checks.ids import Identified, dangling, nearest, repeated
from generator.checks.registry import Scope, check
from generator.findings import Finding, Where, finding
from generator.models.base import Located
from generator.models.calculator import Calculator, OutcomeRule, Risk
from generator.models.drug import Drug
from generator.models.glossary import Term
from generator.models.guideline import Guideline
from generator.models.pathway import Edge, Node, Pathway
from generator.models.reference import Reference
from generator.models.statement import Caveat, Origin, Statement
from generator.models.table import Cell, Table


@check("GL201")
def duplicate_id(scope: Scope) -> Iterator[Finding]:
    """Two records have the same id.

    Ids are the anchors of deep links and are named by other records. With two of the same, links and
    calculators would lead to the first, and the second could not be reached. Sections, statements, tables,
    drugs, terms and calculators share one space of ids; caveats and pathways have one each of their own.

    Wrong:

    ```yaml
    - {id: bone-scan, kind: recommendation}
    - {id: bone-scan, kind: evidence}
    ```

    Right:

    ```yaml
    - {id: bone-scan-first, kind: recommendation}
    - {id: bone-scan-accuracy, kind: evidence}
    ```
    """
    guideline = scope.guideline
    records: list[Identified] = [
        *guideline.sections,
        *guideline.statements,
        *guideline.tables,
        *guideline.drugs,
        *guideline.glossary,
        *guideline.calculators,
        *guideline.caveats,
    ]
    yield from repeated("GL201", "record", records)
    yield from repeated("GL201", "pathway", guideline.pathways)


@check("GL202")
def missing_source(scope: Scope) -> Iterator[Finding]:
    """A record does not say where in the source it stands.

    A claim that cannot be looked up cannot be verified, by a reviewer or at the bedside. Only the site's
    own caveats (`origin: site`) have no place in the source.

    Wrong:

    ```yaml
    source: []
    ```

    Right:

    ```yaml
    source: {section: "2.1", paragraph: 1, sentences: [3]}
    ```
    """
    guideline = scope.guideline
    records: list[Statement | Term | Caveat] = [
        *guideline.statements,
        *guideline.glossary,
        *guideline.caveats,
    ]
    for record in records:
        own = isinstance(record, Caveat) and record.origin is Origin.SITE
        if not record.source and not own:
            yield finding(
                "GL202",
                record.where("source"),
                f"expected the place in the source of '{record.id}', found none",
                'For example source: {section: "2.1", paragraph: 1, sentences: [3]}',
            )


@check("GL203")
def unknown_grade(scope: Scope) -> Iterator[Finding]:
    """A statement has a grade that the stated grading scheme does not have.

    A grade changes what a doctor does. The source's grades are listed in guideline.yaml under `grading`;
    any other is a slip, or comes from another scheme with another meaning.

    Wrong, when `grading` lists only 1A:

    ```yaml
    grade: A1
    ```

    Right:

    ```yaml
    grade: 1A
    ```
    """
    grades = [grade.id for grade in scope.guideline.meta.grading.grades]
    for statement in scope.guideline.statements:
        if statement.grade is not None and statement.grade not in grades:
            yield finding(
                "GL203",
                statement.where("grade"),
                f"expected one of the grades {', '.join(grades) or '(none)'}, found '{statement.grade}'",
                "Write the grade as the source prints it, and state it in guideline.yaml under 'grading'",
            )


def named_caveats(guideline: Guideline) -> Iterator[tuple[str, Where]]:
    """Every mention of a caveat's id in any record, with its place; not those that explain a cell (GL308)."""
    for record in _records(guideline):
        for index, name in enumerate(getattr(record, "caveats", None) or ()):
            yield name, record.where("caveats", index)
        if isinstance(record, Reference) and record.uncited is not None:
            yield record.uncited, record.where("uncited")


def _records(guideline: Guideline) -> Iterator[Located]:
    """Every record inside a guideline but the guideline itself, whose `caveats` are records."""
    return (record for record in guideline.inside() if record is not guideline)


@check("GL204")
def dangling_caveat(scope: Scope) -> Iterator[Finding]:
    """A record names a caveat that is not written.

    The reader would not see the gap or contradiction that the author wanted to show.

    Wrong, when caveats.yaml has no G19:

    ```yaml
    caveats: [G19]
    ```

    Right:

    ```yaml
    caveats: [G9]
    ```
    """
    for name, where in named_caveats(scope.guideline):
        yield from dangling(scope, "GL204", "caveat", name, scope.guideline.caveat_by_id, where=where)


@check("GL205")
def dangling_related(scope: Scope) -> Iterator[Finding]:
    """`related` names what does not exist, or the record itself.

    The reader would miss the cross-reference, often a warning that stands elsewhere. `related` takes the
    ids of statements, tables, calculators and sections.

    Wrong, when the calculator is called dose:

    ```yaml
    related: [doses]
    ```

    Right:

    ```yaml
    related: [dose]
    ```
    """
    guideline = scope.guideline
    known = [
        *guideline.statement_by_id,
        *guideline.table_by_id,
        *guideline.calculator_by_id,
        *guideline.section_by_id,
    ]
    for statement in guideline.statements:
        for index, name in enumerate(statement.related):
            where = statement.where("related", index)
            if name == statement.id:
                yield finding("GL205", where, f"'{name}' names itself under 'related'", "Remove it")
            elif addresses.related(guideline, name) is None and not scope.left_out(name):
                yield finding(
                    "GL205",
                    where,
                    f"expected a statement, table, calculator or section, found '{name}', which is none",
                    nearest(name, known, "Write that record, or correct the id"),
                )


@check("GL206")
def dangling_section(scope: Scope) -> Iterator[Finding]:
    """A statement, table, section or pathway names a section that does not exist.

    What belongs to no section stands on no page.

    Wrong, when the section is called diagnosis:

    ```yaml
    section: diagnostics
    ```

    Right:

    ```yaml
    section: diagnosis
    ```
    """
    known = scope.guideline.section_by_id
    guideline = scope.guideline
    records: list[Statement | Table | Pathway] = [*guideline.statements, *guideline.tables, *guideline.pathways]
    for record in records:
        yield from dangling(scope, "GL206", "section", record.section, known, where=record.where("section"))
    for section in scope.guideline.sections:
        if section.parent is not None:
            yield from dangling(scope, "GL206", "section", section.parent, known, where=section.where("parent"))


@check("GL207")
def sections_in_a_circle(scope: Scope) -> Iterator[Finding]:
    """A section is its own parent, directly or through others.

    Such sections have no page on which they could stand.

    Wrong:

    ```yaml
    - {id: diagnosis, number: "2", title: Diagnosis, parent: diagnosis}
    ```

    Right:

    ```yaml
    - {id: diagnosis, number: "2", title: Diagnosis}
    ```
    """
    known = scope.guideline.section_by_id
    for section in scope.guideline.sections:
        seen, at = [section.id], section.parent
        while at in known and at not in seen:
            seen.append(at)
            at = known[at].parent
        if at == section.id:
            yield finding(
                "GL207",
                section.where("parent"),
                f"expected a parent above '{section.id}', found a circle: {' → '.join([*seen, section.id])}",
                "Remove 'parent' from the section that has a page of its own",
            )


@check("GL208")
def dangling_statement(scope: Scope) -> Iterator[Finding]:
    """A drug, a calculator or a pathway names a statement that does not exist.

    The answer or the drug would be shown without the words of the source.

    Wrong, when the statement is called dosing-exemplamab:

    ```yaml
    statements: [dose-exemplamab]
    ```

    Right:

    ```yaml
    statements: [dosing-exemplamab]
    ```
    """
    for record in _records(scope.guideline):
        if isinstance(record, Drug | Calculator | OutcomeRule | Node | Edge):
            for index, name in enumerate(record.statements):
                where = record.where("statements", index)
                yield from dangling(scope, "GL208", "statement", name, scope.guideline.statement_by_id, where=where)
        elif isinstance(record, Risk) and record.statement:
            where = record.where("statement")
            yield from dangling(
                scope, "GL208", "statement", record.statement, scope.guideline.statement_by_id, where=where
            )


@check("GL209", absence=True)
def unshown_caveat(scope: Scope) -> Iterator[Finding]:
    """Nothing shows a caveat.

    A gap or contradiction of the source must stand beside what it concerns. A caveat that only the list of
    all caveats shows is not seen where it matters.

    Wrong, when no record has `caveats: [G9]`:

    ```yaml
    - id: G9
      origin: gap
    ```

    Right, in the statement that it concerns:

    ```yaml
    caveats: [G9]
    ```
    """
    named = {name for name, _ in named_caveats(scope.guideline)}
    for record in scope.guideline.inside():
        if isinstance(record, Cell) and record.not_an_instruction:
            named.add(record.not_an_instruction)
    for caveat in scope.guideline.caveats:
        if caveat.id not in named:
            yield finding(
                "GL209",
                caveat.where("id"),
                f"nothing shows the caveat {caveat.id}",
                f"Add 'caveats: [{caveat.id}]' to what it concerns, or to guideline.yaml for everything",
            )
