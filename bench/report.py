"""The figures as a table: on the terminal, and in docs/performance.md between two marks."""

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HEAD = ("what", "measured", "reference", "ratio", "target", "verdict")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes:
        what: what was measured.
        measured: the figure.
        reference: the figure of what it is compared with.
        unit: the unit of both.
        target: what the ratio should be at most; None where there is only a figure to watch.
    """

    what: str
    measured: float
    reference: float
    unit: str
    target: float | None = None

    @property
    def ratio(self) -> float:
        """The figure as a multiple of its reference."""
        return self.measured / self.reference

    @property
    def missed(self) -> bool:
        """Whether the ratio is above its target."""
        return self.target is not None and self.ratio > self.target

    def cells(self) -> tuple[str, ...]:
        """The row as texts, one a column of `HEAD`."""
        target = "" if self.target is None else f"≤ {self.target:.2f}"
        verdict = "" if self.target is None else "missed" if self.missed else "met"
        figures = [f"{_number(value, self.unit)} {self.unit}" for value in (self.measured, self.reference)]
        return (self.what, *figures, f"{self.ratio:.2f}", target, verdict)


def _number(value: float, unit: str) -> str:
    return f"{value:,.0f}" if unit == "B" else f"{value:.2f}"


def text(rows: Sequence[Row]) -> str:
    """The table for a terminal."""
    table = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEAD))]
    lines = []
    for line in table:
        first, *others = zip(line, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def markdown(rows: Sequence[Row], machine: str) -> str:
    """The table for a page, with the machine above it."""
    lines = [HEAD, ("---", "--:", "--:", "--:", "--:", "---"), *(row.cells() for row in rows)]
    return f"{machine}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(path: Path, table: str, name: str = "bench") -> None:
    """Put a table between the marks of that name in a page; a page without these marks gets them at its end."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    marked = re.compile(re.escape(begin) + ".*" + re.escape(end), re.DOTALL)
    between = f"{begin}\n\n{table}\n\n{end}"
    old = path.read_text(encoding="utf-8") if path.is_file() else "# Performance\n"
    new = marked.sub(lambda _: between, old) if marked.search(old) else f"{old}\n{between}\n"
    path.write_text(new, encoding="utf-8")


def machine(browser: str) -> str:
    """What the figures were measured on, without a name of anything private."""
    cores = os.cpu_count() or 0
    parts = (platform.system(), platform.machine(), f"{cores} core{'s' if cores != 1 else ''}")
    return f"{', '.join(parts)}; Python {platform.python_version()}; {browser}."
