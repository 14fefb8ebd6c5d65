"""The paths of numbers that a guideline has, and the one that an author probably meant."""

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

from generator.checks.ids import nearest
from generator.models.guideline import Guideline

MOST_NAMES = 5
"""More names than these are no help in a hint."""


def number_paths(guideline: Guideline, first: str) -> Iterator[str]:
    """The paths of all numbers of the statement or table with this id."""
    if statement := guideline.statement_by_id.get(first):
        yield from (f"{first}/{name}" for name in statement.values)
    if table := guideline.table_by_id.get(first):
        for row in table.rows:
            for column, cell in row.cells.items():
                path = f"{first}/{row.id}/{column}"
                if cell.quantity is not None:
                    yield path
                yield from (f"{path}/{item.id}/{name}" for item in cell.items or () for name in item.values)
        yield from (f"{first}/notes/{note.id}/{name}" for note in table.notes for name in note.values)


def number_hint(guideline: Guideline, name: str, own: Collection[str], otherwise: str) -> str:
    """A hint that names the number that was probably meant and the others that are there.

    Args:
        guideline: the guideline.
        name: what was written: a name, or a path of a statement's or a table's number.
        own: the names that stand beside the text.
        otherwise: what to say when there is no number.
    """
    first, slash, _ = name.partition("/")
    there = list(dict.fromkeys(number_paths(guideline, first))) if slash else list(own)
    if not there and slash:
        ids = [*guideline.statement_by_id, *guideline.table_by_id]
        return nearest(first, ids, otherwise)
    if not there:
        return otherwise
    if (table := guideline.table_by_id.get(first)) and name.count("/") > 1:
        row = name.split("/")[1]
        rows = list(dict.fromkeys([*(each.id for each in table.rows), "notes"]))
        if row not in rows:
            # A number of another row is a number of another drug
            near = nearest(name, there, "")
            return near or nearest(row, rows, f"'{first}' has no row '{row}'; it has: {', '.join(rows[:-1])}")
        there = [path for path in there if path.split("/")[1] == row] or there
    names = ", ".join(get_close_matches(name, there, n=MOST_NAMES, cutoff=0))
    names += ", …" if len(there) > MOST_NAMES else ""
    near = nearest(name, there, "")
    return f"{near} There is: {names}" if near and len(there) > 1 else near or f"There is: {names}"


def listed(known: Sequence[str], otherwise: str) -> str:
    """A hint that names the first few of what is there, or says `otherwise` when there is nothing."""
    more = ", …" if len(known) > MOST_NAMES else ""
    return f"There is: {', '.join(known[:MOST_NAMES])}{more}" if known else otherwise
