"""What can be wrong with a guideline, and where.

A `Finding` is data: nothing in this module prints or reads files. Every code is declared once, by the
`finding_code` decorator on the function that makes the finding; the docstring of that function is the
code's page in the documentation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True, slots=True)
class Where:
    """A place in a file of the guideline.

    Attributes:
        file: path as it is shown to the author, relative to the working folder where possible.
        line: line number, from 1.
        column: column number, from 1, counted in characters.
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the author should mend.

    Attributes:
        code: stable code, `GL` and three digits; the first digit is the family.
        severity: error or warning.
        where: the place of the value that is wrong.
        message: what was expected and what was found, one sentence without a full stop.
        hint: how to mend it, one sentence without a full stop; empty when there is nothing to add.
    """

    code: str
    severity: Severity
    where: Where
    message: str
    hint: str = ""

    def sort_key(self) -> tuple[Where, str, str]:
        """Order of printing: by place, then by code."""
        return (self.where, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Code:
    """The declaration of a finding code.

    Attributes:
        code: `GL` and three digits.
        slug: the name of the code in words, kebab-case, after the function that makes it.
        severity: the severity of its findings.
        doc: the docstring of the function that makes it: one line, then why it matters and how to mend it.
    """

    code: str
    slug: str
    severity: Severity
    doc: str


CODES: dict[str, Code] = {}


def finding_code[F: Callable[..., object]](code: str, severity: Severity = Severity.ERROR) -> Callable[[F], F]:
    """Declare that the decorated function makes findings of `code`, and documents it.

    Raises:
        ValueError: the code is declared twice, or the function has no docstring.
    """

    def declare(function: F) -> F:
        doc = function.__doc__
        if code in CODES or not doc:
            raise ValueError(f"{code} needs one declaration with a docstring")
        CODES[code] = Code(code, function.__name__.replace("_", "-"), severity, doc)
        function.__finding_code__ = code  # type: ignore[attr-defined]
        return function

    return declare


def finding(code: str, where: Where, message: str, hint: str = "") -> Finding:
    """Make a finding with the severity that its code declares."""
    return Finding(code, CODES[code].severity, where, message, hint)


def has_errors(findings: list[Finding]) -> bool:
    """Whether at least one of the findings stops a build."""
    return any(item.severity is Severity.ERROR for item in findings)
