"""What is checked once a guideline is loaded: one file a family, one function a code.

A check yields findings; it prints nothing and reads nothing.
"""

from pathlib import Path

from generator import source
from generator.checks import (  # noqa: F401  (importing a family registers its checks)
    board,
    calculators,
    conditions,
    coverage,
    drugs,
    editions,
    locators,
    nodes,
    outcomes,
    pathways,
    references,
    search,
    statements,
    style,
    tables,
    teaching,
    teaching_answers,
    texts,
    translations,
    units,
    walks,
)
from generator.checks.decisions import examine
from generator.checks.registry import CALCULATOR_CHECKS, CHECKS, PATHWAY_CHECKS, Scope
from generator.findings import Finding, has_errors
from generator.load import Loaded, ReadFile, load
from generator.models.guideline import Guideline

__all__ = ["check_folder", "run"]


def run(guideline: Guideline, *, whole: bool = True, broken_ids: frozenset[str] = frozenset()) -> list[Finding]:
    """Run every check.

    Args:
        guideline: the guideline.
        whole: no record was left out; otherwise nothing is said about what is missing.
        broken_ids: ids of records that were left out; what leads to them is not reported again.

    Returns:
        The findings in the order of their places.
    """
    scope = Scope(guideline, whole, broken_ids)
    findings = [found for check in CHECKS if whole or not check.absence for found in check.look(scope)]
    sound = []
    for calculator in guideline.calculators:
        own = [found for look in CALCULATOR_CHECKS for found in look(scope, calculator)]
        findings += own
        if not has_errors(own):
            sound.append(calculator)
    sound_pathways = []
    for pathway in guideline.pathways:
        own = [found for look in PATHWAY_CHECKS for found in look(scope, pathway)]
        findings += own
        if not has_errors(own):
            sound_pathways.append(pathway)
    explained = not whole or has_errors(findings)
    findings += examine(guideline, sound, explained=explained)
    findings += walks.examine(guideline, sound_pathways, explained=explained)
    findings += teaching.unknown_part_of_a_case(scope, [*sound, *sound_pathways])
    if whole:
        findings += translations.examine(guideline)
    if whole and not has_errors(findings):
        findings += teaching_answers.examine(guideline)
    return sorted(findings, key=Finding.sort_key)


def check_folder(
    folder: Path, shown_as: str | None = None, read: ReadFile = source.read
) -> tuple[Guideline | None, list[Finding]]:
    """Load a guideline's folder and run every check.

    Args:
        folder: the folder with guideline.yaml.
        shown_as: how the folder is named in findings; its own path when absent.
        read: as for `load`.

    Returns:
        The guideline, or None when it could not be loaded at all, and all findings in the order of their
        places.
    """
    loaded = load(folder, shown_as, read)
    findings = list(loaded.findings)
    if loaded.guideline is not None and not _hollow(loaded):
        findings += run(loaded.guideline, whole=loaded.whole, broken_ids=frozenset(loaded.broken_ids))
        findings += editions.examine(loaded.guideline, folder, shown_as or str(folder))
    return loaded.guideline, sorted(findings, key=Finding.sort_key)


def _hollow(loaded: Loaded) -> bool:
    """Whether a whole file of statements or sections is missing: all that leads to them would be reported."""
    guideline = loaded.guideline
    return guideline is not None and not loaded.whole and not (guideline.statements and guideline.sections)
