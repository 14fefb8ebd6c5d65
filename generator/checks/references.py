"""GL1xx: every reference number leads to a reference, and every reference is cited."""

from collections.abc import Iterator

from generator.checks.registry import Scope, check
from generator.findings import Finding, Severity, Where, finding
from generator.models.guideline import Guideline
from generator.models.statement import Statement
from generator.models.table import Table


def citing(guideline: Guideline) -> Iterator[tuple[str, int, Where]]:
    """Every citation: the id of the statement or table that cites, the number, and its place."""
    records: list[Statement | Table] = [*guideline.statements, *guideline.tables]
    for record in records:
        for index, number in enumerate(record.refs):
            yield record.id, number, record.where("refs", index)


def cited_by(guideline: Guideline) -> dict[int, list[str]]:
    """Number of a reference → ids of the statements and tables that cite it, in their order."""
    found: dict[int, list[str]] = {}
    for name, number, _ in citing(guideline):
        names = found.setdefault(number, [])
        if name not in names:
            names.append(name)
    return found


@check("GL101")
def dangling_reference(scope: Scope) -> Iterator[Finding]:
    """A reference number leads to no reference.

    The reader who follows the number to judge the evidence would find nothing, or, after renumbering, another
    article. Each number in `refs`, and `guideline.reference` in guideline.yaml, must be in references.yaml.

    Wrong, when references.yaml ends at 45:

    ```yaml
    refs: [7, 54]
    ```

    Right:

    ```yaml
    refs: [7, 45]
    ```
    """
    known = scope.guideline.reference_by_number
    meta = scope.guideline.meta
    places = [(number, where) for _, number, where in citing(scope.guideline)]
    if meta.guideline.reference is not None:
        places.append((meta.guideline.reference, meta.guideline.where("reference")))
    for number, where in places:
        if number not in known and not scope.left_out(number, known):
            last = max(known, default=0)
            yield finding(
                "GL101",
                where,
                f"expected the number of a reference, found {number}; references.yaml has no such number",
                f"The last one is {last}" if number > last else "Add it to references.yaml, or correct the number",
            )


@check("GL102", absence=True)
def uncited_reference(scope: Scope) -> Iterator[Finding]:
    """A reference is cited by no statement and no table.

    Either the citation was lost while transcribing, and a claim now stands without its evidence, or the
    source itself prints no citation. The second must be said, with the caveat that explains it.

    Wrong, when nothing cites 26:

    ```yaml
    - number: 26
      lang: en
      title: Title of the article
    ```

    Right:

    ```yaml
    - number: 26
      lang: en
      title: Title of the article
      uncited: G5
    ```
    """
    cited = cited_by(scope.guideline)
    for reference in scope.guideline.references:
        if reference.number not in cited and reference.uncited is None:
            yield finding(
                "GL102",
                reference.where("number"),
                f"reference {reference.number} is cited by no statement",
                f"Cite it with 'refs: [{reference.number}]', or say why not with 'uncited: CAVEAT'",
            )


@check("GL103")
def cited_uncited_reference(scope: Scope) -> Iterator[Finding]:
    """A reference says that nothing cites it, and yet it is cited.

    The page would tell the reader that the source cites it nowhere, beside a statement that cites it.

    Wrong, beside a statement with `refs: [26]`:

    ```yaml
    - number: 26
      uncited: G5
    ```

    Right:

    ```yaml
    - number: 26
    ```
    """
    cited = cited_by(scope.guideline)
    for reference in scope.guideline.references:
        if reference.uncited is not None and reference.number in cited:
            names = ", ".join(cited[reference.number])
            yield finding(
                "GL103",
                reference.where("uncited"),
                f"reference {reference.number} says that nothing cites it, found it cited by {names}",
                "Remove 'uncited', or the number from those refs",
            )


@check("GL104")
def duplicate_reference(scope: Scope) -> Iterator[Finding]:
    """Two references have the same number.

    A statement that cites the number would lead to the first of the two, which may be the wrong article.

    Wrong:

    ```yaml
    - {number: 8, title: First article}
    - {number: 8, title: Second article}
    ```

    Right:

    ```yaml
    - {number: 8, title: First article}
    - {number: 9, title: Second article}
    ```
    """
    first: dict[int, Where] = {}
    for reference in scope.guideline.references:
        if reference.number in first:
            before = first[reference.number]
            yield finding(
                "GL104",
                reference.where("number"),
                f"expected a number of its own, found {reference.number}, which stands in {before.file} "
                f"on line {before.line} too",
                "Give each reference the number that the source prints",
            )
        first.setdefault(reference.number, reference.where("number"))


@check("GL105", absence=True)
def gap_in_numbering(scope: Scope) -> Iterator[Finding]:
    """The numbers of the references are not 1, 2, 3 … without a gap.

    A gap is a reference of the source that was forgotten, or a number with a digit too many.

    Wrong:

    ```yaml
    - {number: 1, title: First article}
    - {number: 3, title: Second article}
    ```

    Right:

    ```yaml
    - {number: 1, title: First article}
    - {number: 2, title: Second article}
    ```
    """
    expected = 1
    for reference in sorted(scope.guideline.references, key=lambda item: item.number):
        if reference.number > expected or reference.number < 1:
            yield finding(
                "GL105",
                reference.where("number"),
                f"expected reference {expected} before this one, found {reference.number}",
                "Add the missing references, or correct the number",
            )
        expected = max(expected, reference.number + 1)


@check("GL106", Severity.WARNING)
def repeated_reference(scope: Scope) -> Iterator[Finding]:
    """One statement names the same reference twice.

    The second is often a slip for another number.

    Wrong:

    ```yaml
    refs: [10, 11, 10]
    ```

    Right:

    ```yaml
    refs: [10, 11]
    ```
    """
    seen: set[tuple[str, int]] = set()
    for name, number, where in citing(scope.guideline):
        if (name, number) in seen:
            yield finding("GL106", where, f"'{name}' names reference {number} twice", "Keep one, or correct the number")
        seen.add((name, number))
