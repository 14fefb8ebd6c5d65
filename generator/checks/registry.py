"""What a check is: a function with one code that looks at a guideline and yields findings."""

from collections.abc import Callable, Iterator, Sized
from dataclasses import dataclass

from generator.findings import Finding, Severity, finding_code
from generator.models.calculator import Calculator
from generator.models.guideline import Guideline
from generator.models.pathway import Pathway


@dataclass(frozen=True, slots=True)
class Scope:
    """What a check looks at.

    Attributes:
        guideline: the guideline.
        whole: no record was left out because it is broken.
        broken_ids: ids of the records that were left out.
    """

    guideline: Guideline
    whole: bool = True
    broken_ids: frozenset[str] = frozenset()

    def left_out(self, name: str | int, among: Sized = (0,)) -> bool:
        """Whether what `name` means may be in a record that could not be loaded, which was reported already.

        Args:
            name: an id, a number, or a path that begins with an id.
            among: the records of that kind that were loaded; when there are none at all, their file was
                unreadable.
        """
        return not self.whole and (not among or str(name).partition("/")[0] in self.broken_ids)


type Look = Callable[[Scope], Iterator[Finding]]
type LookAtCalculator = Callable[[Scope, Calculator], Iterator[Finding]]
type LookAtPathway = Callable[[Scope, Pathway], Iterator[Finding]]
type LookAtEither = Callable[[Scope, Calculator | Pathway], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the whole guideline.

    Attributes:
        look: the function.
        absence: it looks for something that is not there, so that it says nothing while records are left out.
    """

    look: Look
    absence: bool


CHECKS: list[Check] = []
CALCULATOR_CHECKS: list[LookAtCalculator] = []
PATHWAY_CHECKS: list[LookAtPathway] = []


def check(code: str, severity: Severity = Severity.ERROR, *, absence: bool = False) -> Callable[[Look], Look]:
    """Register a check of the whole guideline under its code."""

    def register(look: Look) -> Look:
        CHECKS.append(Check(finding_code(code, severity)(look), absence))
        return look

    return register


def calculator_check(code: str, severity: Severity = Severity.ERROR) -> Callable[[LookAtCalculator], LookAtCalculator]:
    """Register a check of one calculator under its code."""

    def register(look: LookAtCalculator) -> LookAtCalculator:
        CALCULATOR_CHECKS.append(finding_code(code, severity)(look))
        return look

    return register


def pathway_check(code: str, severity: Severity = Severity.ERROR) -> Callable[[LookAtPathway], LookAtPathway]:
    """Register a check of one pathway under its code."""

    def register(look: LookAtPathway) -> LookAtPathway:
        PATHWAY_CHECKS.append(finding_code(code, severity)(look))
        return look

    return register


def number_check(code: str, severity: Severity = Severity.ERROR) -> Callable[[LookAtEither], LookAtEither]:
    """Register a check of the numbers that are asked for, by one calculator or by one pathway, under its code."""

    def register(look: LookAtEither) -> LookAtEither:
        finding_code(code, severity)(look)
        CALCULATOR_CHECKS.append(look)
        PATHWAY_CHECKS.append(look)
        return look

    return register
