"""GL96x: the recorded editions can be read, and an edition that was published is not changed under its number."""

from collections.abc import Iterator
from pathlib import Path

from generator.editions import record
from generator.editions.compare import differences
from generator.findings import Finding, Severity, Where, finding, finding_code
from generator.models.guideline import Guideline


@finding_code("GL961")
def unreadable_record(where: Where, problem: str, hint: str) -> Finding:
    """The record of an earlier edition cannot be read.

    Without it the page 'What changed' would pass over what changed since that edition. Records are written by
    `vademecum diff --record` and are not edited by hand.

    Wrong: a record that was cut off, for instance by a merge that was not finished.

    Right: made anew from the revision that was published:

    ```
    vademecum diff --record v1.0
    ```
    """
    return finding("GL961", where, problem, hint)


@finding_code("GL962", Severity.WARNING)
def published_and_changed(where: Where, version: str, record: str, count: int) -> Finding:
    """The guideline differs from the edition that was recorded under the same version.

    Two editions with one number cannot be told apart by a reader who has noted a dose from one of them.

    Wrong, when version 1.0 has been recorded and the guideline was changed since:

    ```yaml
    version: "1.0"
    ```

    Right:

    ```yaml
    version: "1.1"
    ```
    """
    message = f"expected the content that was recorded as version {version}, found {count} changes since"
    hint = f"Raise 'version' and 'updated'; 'vademecum diff {record} {Path(record).parent.parent}' lists the changes"
    return finding("GL962", where, message, hint)


def examine(guideline: Guideline, folder: Path, shown: str) -> Iterator[Finding]:
    """Look at the records of a guideline's folder.

    Args:
        guideline: the present edition.
        folder: its folder.
        shown: how the folder is named in findings.
    """
    for path in record.records(folder):
        name = f"{shown}/{record.FOLDER}/{path.name}"
        try:
            recorded = record.read(path, name)
        except record.EditionError as error:
            yield unreadable_record(Where(name, 1, 1), error.problem, error.hint)
            continue
        if recorded.meta.version == guideline.meta.version and (found := differences(recorded, guideline)):
            yield published_and_changed(guideline.meta.where("version"), recorded.meta.version, name, len(found))
