"""GL7xx: numbers in texts are written so that nobody misreads them, and texts hold no markup."""

import re
from collections.abc import Iterator

from calculators.digits import plain
from calculators.quantities import UNITS
from generator.checks.prose import prose
from generator.checks.registry import Scope, check
from generator.checks.texts import quantities
from generator.findings import Finding, Severity, finding
from generator.models.calculator import Formula

_SPELLINGS = sorted(
    {
        name
        for unit in UNITS.values()
        for name in (unit.name, *unit.aliases.split())
        if name not in {"%", "s", "d", "y"}
    },
    key=len,
    reverse=True,
)
_UNIT = "(?:" + "|".join(map(re.escape, _SPELLINGS)) + ")(?![A-Za-z])"
_LATIN_UNIT = "(?:" + "|".join(re.escape(name) for name in _SPELLINGS if name[0] < "\u0400") + ")(?![A-Za-z0-9])"
_TO = r"(?:\s*(?:～|~|–|-|—|至|to|或|or)\s*[0-9]+(?:\.[0-9]+)?)?"

TRAILING_ZERO = re.compile(rf"(?<![0-9.])[0-9]+\.[0-9]*0(?={_TO}\s*{_UNIT})")
NAKED_POINT = re.compile(r"(?<![0-9A-Za-z.])\.[0-9]+")
MICRO_SIGN = re.compile(r"[µμ]g(?![A-Za-z])|(?<=[0-9])\s*ug(?![A-Za-z])")
NO_SPACE = re.compile(rf"(?<![A-Za-z0-9.\-_/])[0-9]+(?:\.[0-9]+)?{_LATIN_UNIT}")
TAG = r"</?[A-Za-z][^<>]*>"
COMPARISON = re.compile(rf"{TAG}|([<>≤≥＜＞≦≧⩽⩾])")
MARKUP = re.compile(
    rf"{TAG}|&(?:[a-z]+|#[0-9]+);|\*\*|__|~~|`|\^|\[[^\]]*\]\([^)]*\)|(?m:^\s*(?:#+|[-*+])\s)"
    r"|(?<!\w)\*[^*\s][^*]*\*(?!\w)|(?<!\w)_[^_\s][^_]*_(?!\w)"
)


def _look(
    scope: Scope,
    code: str,
    pattern: re.Pattern[str],
    expected: str,
    hint: str,
    *,
    group: int = 0,
    formulas: bool = True,
) -> Iterator[Finding]:
    """One finding for each text in which the pattern is found; the first place is named."""
    for item in prose(scope.guideline):
        if not formulas and isinstance(item.record, Formula):
            continue
        match = next((match for match in pattern.finditer(item.text) if match.group(group)), None)
        if match:
            around = item.text[max(match.start() - 8, 0) : match.end() + 8].replace("\n", " ").strip()
            message = f"expected {expected}, found '{match.group(group).strip()}' in '{around}'"
            yield finding(code, item.where, message, hint)


@check("GL701")
def trailing_zero(scope: Scope) -> Iterator[Finding]:
    """A number with a unit has a zero at its end behind the point.

    When the point is not seen, 5.0 mg is read as 50 mg: a tenfold overdose. Percentages keep their digits,
    since they are results and not doses.

    Law: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (trailing zero after a
    decimal point).

    Wrong:

    ```yaml
    text: Give 5.0 mg once.
    ```

    Right:

    ```yaml
    text: Give 5 mg once.
    ```

    The same goes for a quantity, such as `{exactly: 5.0, unit: mg}`.
    """
    expected = "no zero at the end of a number"
    yield from _look(scope, "GL701", TRAILING_ZERO, expected, "Write 5 mg, not 5.0 mg")
    for quantity in quantities(scope.guideline):
        for index, value in enumerate(quantity.values if quantity.unit != "%" else ()):
            written = f"{value:f}"
            if "." in written and written.endswith("0"):
                where = quantity.where(quantity.bound, index)
                hint = f"Write {plain(value)}, not {written}"
                yield finding("GL701", where, f"expected {expected}, found '{written} {quantity.unit}'", hint)


@check("GL702")
def missing_leading_zero(scope: Scope) -> Iterator[Finding]:
    """A number begins with the decimal point.

    When the point is not seen, .5 mg is read as 5 mg: a tenfold overdose.

    Law: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations ('naked' decimal point).

    Wrong:

    ```yaml
    text: Give .5 mg once.
    ```

    Right:

    ```yaml
    text: Give 0.5 mg once.
    ```
    """
    return _look(scope, "GL702", NAKED_POINT, "a zero before the decimal point", "Write 0.5, not .5")


@check("GL703")
def micro_sign(scope: Scope) -> Iterator[Finding]:
    """A text writes microgram as µg or ug.

    It is misread as mg, a thousandfold overdose.

    Law: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations ('µg': use 'mcg' or
    'microgram').

    Wrong:

    ```yaml
    text: Give 50 µg once.
    ```

    Right:

    ```yaml
    text: Give 50 microgram once.
    ```
    """
    return _look(scope, "GL703", MICRO_SIGN, "microgram in full", "Write 'microgram', or 微克 in Chinese")


@check("GL704")
def no_space_before_unit(scope: Scope) -> Iterator[Finding]:
    """A number and its unit stand together without a space.

    The m of mg is sometimes taken for a zero or two: 10mg is read as 100 mg. A percent sign needs no space,
        nor do
    units that are written in Chinese.

    Law: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (drug dose and unit run
    together).

    Wrong:

    ```yaml
    text: Give 10mg once.
    ```

    Right:

    ```yaml
    text: Give 10 mg once.
    ```
    """
    return _look(scope, "GL704", NO_SPACE, "a space between number and unit", "Write 10 mg, not 10mg")


@check("GL705")
def comparison_sign(scope: Scope) -> Iterator[Finding]:
    """A text compares with a sign and not in words.

    The signs are mistaken for each other and for digits: '<10' has been read as 40. Formulas may hold them.

    Law: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (symbols > and <).

    Wrong:

    ```yaml
    text: Reduce the dose when the clearance is <30 mL/min.
    ```

    Right:

    ```yaml
    text: Reduce the dose when the clearance is below 30 mL/min.
    ```
    """
    hint = "Write below, above, at most or at least; 低于, 超过, 不超过, 至少"
    return _look(scope, "GL705", COMPARISON, "a comparison in words", hint, group=1, formulas=False)


@check("GL706", Severity.WARNING)
def markup_in_text(scope: Scope) -> Iterator[Finding]:
    """A text holds Markdown or HTML.

    Texts are plain and are escaped wherever they go: to a page, a calculator, a PDF. The reader would see
        the signs.
    Isotopes are written in Unicode (¹⁸F), references are named by `refs`.

    Wrong:

    ```yaml
    text: Give **4 mg** once.
    ```

    Right:

    ```yaml
    text: Give 4 mg once.
    ```
    """
    return _look(scope, "GL706", MARKUP, "plain text", "Remove the markup", formulas=False)
