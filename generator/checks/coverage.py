"""GL6xx: the account of the source is complete, and what it says is true."""

from collections.abc import Iterable, Iterator

from generator.checks.carriers import carrier, carrier_text, cell_carrier, holds_figure
from generator.checks.references import cited_by
from generator.checks.registry import Scope, check
from generator.findings import Finding, Where, finding
from generator.models.coverage import Account, CellAccount, Coverage, TableAccount


def _accounts(coverage: Coverage | None) -> Iterator[tuple[str, Account]]:
    """Every account of a sentence, with the sentence in words."""
    for paragraph in coverage.paragraphs if coverage else ():
        for account in paragraph.accounts:
            yield (
                f"section {paragraph.section}, paragraph {paragraph.paragraph}, sentence {account.sentence}",
                account,
            )


def _cell_accounts(coverage: Coverage | None) -> Iterator[tuple[TableAccount, CellAccount]]:
    return ((table, cell) for table in (coverage.tables if coverage else ()) for cell in table.cells)


def _cell_name(table: TableAccount, cell: CellAccount) -> str:
    return f"table {table.table}, " + (f"note {cell.note}" if cell.note else f"row {cell.row}, column {cell.column}")


def _places(table: TableAccount) -> set[tuple[int | None, int | None, int | None]]:
    """Row, column and note of every cell that a table of the source has, the head as row 0."""
    cells = {(row, column, None) for row in range(table.rows + 1) for column in range(1, table.columns + 1)}
    return cells | {(None, None, note) for note in range(1, table.notes + 1)}


@check("GL601", absence=True)
def missing_account(scope: Scope) -> Iterator[Finding]:
    """A sentence, a table cell or a reference of the source has no account.

    What nobody accounted for may have been left out. Each sentence is carried by statements, or is
    `not_clinical`.

    Wrong, in a paragraph of two sentences:

    ```yaml
    sentences: 2
    accounts:
      - {sentence: 1, by: [bone-scan-first]}
    ```

    Right:

    ```yaml
    sentences: 2
    accounts:
      - {sentence: 1, by: [bone-scan-first]}
      - {sentence: 2, not_clinical: says what the article is about}
    ```
    """
    coverage = scope.guideline.coverage
    if coverage is None:
        return
    for paragraph in coverage.paragraphs:
        wanted: Iterable[int] = range(1, paragraph.sentences + 1)
        found = {account.sentence for account in paragraph.accounts}
        yield from _missing("sentence", (str(n) for n in wanted if n not in found), paragraph.where("accounts"))
    for table in coverage.tables:
        places = {(cell.row, cell.column, cell.note) for cell in table.cells}
        left = sorted(_places(table) - places, key=str)
        names = (f"note {note}" if note else f"row {row} column {column}" for row, column, note in left)
        yield from _missing(f"cell of table {table.table}", names, table.where("cells"))
    numbers = {account.number for account in coverage.references}
    wanted = range(1, coverage.reference_count + 1)
    yield from _missing("reference", (str(n) for n in wanted if n not in numbers), coverage.where("references"))


def _missing(kind: str, names: Iterable[str], where: Where) -> Iterator[Finding]:
    listed = list(names)
    if listed:
        shown = ", ".join(listed[:12]) + (f" and {len(listed) - 12} more" if len(listed) > 12 else "")
        keys = "'by:' or 'not_clinical:'" if kind == "sentence" else "'by:'"
        message = f"expected an account of every {kind}, found none for {shown}"
        yield finding("GL601", where, message, f"Add an account with {keys}")


@check("GL602")
def account_out_of_place(scope: Scope) -> Iterator[Finding]:
    """The account has something twice, or something that the source does not have.

    One of the two accounts is then not looked at, and a number too high hides that a lower one is missing.

    Wrong, in a paragraph of two sentences:

    ```yaml
    accounts:
      - {sentence: 1, by: [bone-scan-first]}
      - {sentence: 3, by: [bone-scan-accuracy]}
    ```

    Right:

    ```yaml
    accounts:
      - {sentence: 1, by: [bone-scan-first]}
      - {sentence: 2, by: [bone-scan-accuracy]}
    ```
    """
    coverage = scope.guideline.coverage
    if coverage is None:
        return
    paragraphs: list[tuple[str, Where]] = []
    for paragraph in coverage.paragraphs:
        name = f"section {paragraph.section}, paragraph {paragraph.paragraph}"
        paragraphs.append((name, paragraph.where("paragraph")))
        numbers = [(account.sentence, account.where("sentence")) for account in paragraph.accounts]
        yield from _out_of_place(f"sentence of {name}", numbers, set(range(1, paragraph.sentences + 1)))
    yield from _out_of_place("paragraph", paragraphs, {name for name, _ in paragraphs})
    for table in coverage.tables:
        cells = [((cell.row, cell.column, cell.note), cell.where()) for cell in table.cells]
        names = {place: _cell_name(table, cell) for (place, _), cell in zip(cells, table.cells, strict=True)}
        known = {names.get(place, "") for place in _places(table)}
        yield from _out_of_place(
            f"cell of table {table.table}", [(names[place], where) for place, where in cells], known
        )
    references = [(account.number, account.where("number")) for account in coverage.references]
    yield from _out_of_place("reference", references, set(range(1, coverage.reference_count + 1)))


def _out_of_place[T: (int, str)](kind: str, numbers: list[tuple[T, Where]], known: set[T]) -> Iterator[Finding]:
    seen: set[T] = set()
    for number, where in numbers:
        if number not in known:
            message = f"expected a {kind} that the source has, found {number}"
            yield finding("GL602", where, message, "Correct the number, or the count above it")
        elif number in seen:
            yield finding("GL602", where, f"expected each {kind} once, found {number} twice", "Join the two accounts")
        seen.add(number)


@check("GL603")
def dangling_account(scope: Scope) -> Iterator[Finding]:
    """An account names what does not exist.

    The account says that a sentence of the source is carried, and it is not.

    Wrong, when the statement is called bone-scan-first:

    ```yaml
    - {sentence: 1, by: [bone-scan]}
    ```

    Right:

    ```yaml
    - {sentence: 1, by: [bone-scan-first]}
    ```
    """
    coverage, guideline = scope.guideline.coverage, scope.guideline
    if coverage is None:
        return
    places = [
        (name, account.where("by", index))
        for _, account in _accounts(coverage)
        for index, name in enumerate(account.by)
    ]
    places += [(name, coverage.where("figures", index)) for index, name in enumerate(coverage.figures)]
    for reference in coverage.references:
        places += [(name, reference.where("by", index)) for index, name in enumerate(reference.by)]
    for name, where in places:
        if carrier(guideline, name) is None and not scope.left_out(name):
            message = f"expected the id of what carries it, found '{name}', which is none"
            hint = "Ids of statements, caveats, sections, tables, drugs and terms; paths of rows and cells"
            yield finding("GL603", where, message, hint)
    for _, cell in _cell_accounts(coverage):
        if cell_carrier(guideline, cell.by) is None and not scope.left_out(cell.by):
            message = f"expected the path of a cell, found '{cell.by}', which leads to none"
            hint = "Paths: table/row/column, table/notes/note, table/column for the head"
            yield finding("GL603", cell.where("by"), message, hint)


@check("GL604")
def account_without_carrier(scope: Scope) -> Iterator[Finding]:
    """An account neither names what carries the sentence nor says that it is not clinical, or does both.

    Wrong:

    ```yaml
    - {sentence: 1}
    ```

    Right:

    ```yaml
    - {sentence: 1, by: [bone-scan-first]}
    ```
    """
    for name, account in _accounts(scope.guideline.coverage):
        if bool(account.by) == (account.not_clinical is not None):
            found = "both" if account.by else "neither"
            message = f"expected either 'by' or 'not_clinical' for {name}, found {found}"
            yield finding("GL604", account.where("sentence"), message, "Write one of the two")


@check("GL605")
def missing_figure(scope: Scope) -> Iterator[Finding]:
    """A figure of the source is not in what carries it.

    A figure that was lost or changed on the way is the worst that can happen to a guideline. The figure
    must stand, as printed, in the text that the reader sees, numbers of cells filled in.

    Wrong, when the statement says 63.4%:

    ```yaml
    - {sentence: 2, by: [incidence], figures: [64.3%]}
    ```

    Right, in the statement:

    ```yaml
    text: Bone metastases are found in 64.3% of patients.
    ```
    """
    guideline = scope.guideline
    for name, account in _accounts(guideline.coverage):
        texts = [carrier_text(guideline, carrier) for carrier in account.by]
        if None in texts:
            continue
        for index, figure in enumerate(account.figures):
            if not any(holds_figure(text or "", figure) for text in texts):
                carriers = ", ".join(account.by) or "nothing"
                message = f"expected the figure '{figure}' of {name} in {carriers}, found it in none"
                yield finding("GL605", account.where("figures", index), message, "Compare the text with the source")
    for table, cell in _cell_accounts(guideline.coverage):
        text = carrier_text(guideline, cell.by)
        for index, figure in enumerate(cell.figures if text is not None else ()):
            if not holds_figure(text or "", figure):
                name = _cell_name(table, cell)
                message = f"expected the figure '{figure}' of {name} in '{cell.by}', found '{text}'"
                yield finding("GL605", cell.where("figures", index), message, "Compare the cell with the source")


@check("GL606", absence=True)
def wrong_reference_account(scope: Scope) -> Iterator[Finding]:
    """The account of a reference differs from who cites it.

    The account was made from the source; the citations stand in the statements. Where they differ, a
    citation was lost, or was added to a claim that the source does not support with it.

    Wrong, when both a and b have `refs: [7]`:

    ```yaml
    - {number: 7, by: [a]}
    ```

    Right:

    ```yaml
    - {number: 7, by: [a, b]}
    ```
    """
    coverage, cited = scope.guideline.coverage, cited_by(scope.guideline)
    if coverage is None:
        return
    for account in coverage.references:
        reference = scope.guideline.reference_by_number.get(account.number)
        uncited = [reference.uncited] if reference and reference.uncited else []
        citing = cited.get(account.number, uncited)
        lost = [name for name in account.by if name not in citing]
        more = [name for name in citing if name not in account.by]
        if lost or more:
            parts = [f"{', '.join(more)} missing from the account"] if more else []
            parts += [f"{', '.join(lost)} without the citation"] if lost else []
            message = f"expected those that cite reference {account.number}, found {' and '.join(parts)}"
            yield finding("GL606", account.where("by"), message, "Compare both with the source")
    count = len(scope.guideline.references)
    if count != coverage.reference_count:
        message = f"expected {coverage.reference_count} references in references.yaml, found {count}"
        yield finding("GL606", coverage.where("reference_count"), message, "Count the references of the source")
