"""GL607: where statements say that they stand, and what the account of the source says."""

from collections.abc import Iterator

from generator.checks.registry import Scope, check
from generator.findings import Finding, Severity, finding
from generator.models.coverage import Coverage
from generator.models.guideline import Guideline
from generator.models.statement import Locator


@check("GL607", Severity.WARNING, absence=True)
def account_disagrees_with_source(scope: Scope) -> Iterator[Finding]:
    """A statement and the account of the source differ on where the statement stands.

    The reader who looks the statement up would look in the wrong place.

    Wrong, when the account says that the statement carries sentence 2:

    ```yaml
    source: {section: "2.1", paragraph: 1, sentences: [3]}
    ```

    Right:

    ```yaml
    source: {section: "2.1", paragraph: 1, sentences: [2, 3]}
    ```
    """
    coverage = scope.guideline.coverage
    if coverage is None:
        return
    known = {(item.section, item.paragraph): item.sentences for item in coverage.paragraphs}
    for statement in scope.guideline.statements:
        for locator in statement.source:
            count = known.get((locator.section or "", locator.paragraph or 0), 0)
            if locator.paragraph is not None and (not count or max(locator.sentences, default=1) > count):
                message = f"expected a sentence that the account of the source has, found {_locator(locator)}"
                yield finding("GL607", locator.where(), message, "Correct the place, or the account")
    yield from _carried_elsewhere(scope.guideline, coverage)


def _locator(locator: Locator) -> str:
    sentences = ", ".join(map(str, locator.sentences))
    return f"section {locator.section}, paragraph {locator.paragraph}, sentence {sentences or '(all)'}"


def _carried_elsewhere(guideline: Guideline, coverage: Coverage) -> Iterator[Finding]:
    for paragraph in coverage.paragraphs:
        for account in paragraph.accounts:
            for index, name in enumerate(account.by):
                statement = guideline.statement_by_id.get(name)
                if statement is None:
                    continue
                named = any(
                    locator.section == paragraph.section
                    and locator.paragraph in (None, paragraph.paragraph)
                    and (not locator.sentences or account.sentence in locator.sentences)
                    for locator in statement.source
                )
                if not named:
                    message = (
                        f"'{name}' carries section {paragraph.section}, paragraph {paragraph.paragraph}, "
                        f"sentence {account.sentence}, and its source does not name it"
                    )
                    yield finding("GL607", account.where("by", index), message, "Add the sentence to its source")
