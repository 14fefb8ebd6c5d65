"""Which record of one list is which of another: by name, else by words, else by place; and which have moved."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.editions.fields import UNORDERED, Record, fields_of, key, name_fields, part, plain, read


@dataclass(slots=True)
class Pairing:
    """Two lists of records beside each other.

    Attributes:
        pairs: the records that are in both, in the order of the new list.
        added: the records that only the new list has.
        removed: the records that only the old list has.
        moved: those of the new list whose place among the others changed, each with the one before it now.
    """

    pairs: list[tuple[Record, Record]] = field(default_factory=list)
    added: list[Record] = field(default_factory=list)
    removed: list[Record] = field(default_factory=list)
    moved: list[tuple[Record, Record | None]] = field(default_factory=list)


def pair(old: Sequence[Record], new: Sequence[Record]) -> Pairing:
    """Find which record is which."""
    before, after = _keys(old), _keys(new)
    of_new = {key: index for index, key in enumerate(after)}
    matched = {of_new[name]: index for index, name in enumerate(before) if name in of_new}
    _match_rest(old, new, matched)
    known = set(matched.values())
    found = Pairing(
        pairs=[(old[matched[index]], new[index]) for index in sorted(matched)],
        added=[item for index, item in enumerate(new) if index not in matched],
        removed=[item for index, item in enumerate(old) if index not in known],
    )
    found.moved = _moved(old, new, matched)
    return found


def _keys(records: Sequence[Record]) -> list[tuple[str, int]]:
    """The names of records; one that stands twice is counted."""
    seen: Counter[str] = Counter()
    keys = []
    for record in records:
        name = key(record)
        keys.append((name, seen[name]))
        seen[name] += 1
    return keys


def _match_rest(old: Sequence[Record], new: Sequence[Record], matched: dict[int, int]) -> None:
    """Match what no name matches: a record with a new name and the same content, or one without a name by its place."""
    left = [index for index in range(len(old)) if index not in set(matched.values())]
    for index in (index for index in range(len(new)) if index not in matched):
        if name_fields(new[index]):
            twin = next((each for each in left if _renamed(old[each], new[index])), None)
        else:
            gap = _gap(sorted(matched), index)
            twin = next((each for each in left if _gap(sorted(matched.values()), each) == gap), None)
        if twin is not None:
            matched[index] = twin
            left.remove(twin)


def _gap(known: Sequence[int], index: int) -> int:
    """Between which two known places an index lies."""
    return bisect_left(known, index)


def _renamed(old: Record, new: Record) -> bool:
    """Whether only the name differs. A record that says nothing beside its name is another one."""
    names, fields = name_fields(new), fields_of(type(new))
    rest = [name for name in fields if name not in names]
    return any(read(new, name) != fields[name] for name in rest) and all(
        plain(read(old, name)) == plain(read(new, name)) for name in rest
    )


def _moved(old: Sequence[Record], new: Sequence[Record], matched: dict[int, int]) -> list[tuple[Record, Record | None]]:
    """The fewest records that must be moved to bring the old order into the new one, part by part."""
    parts: dict[str, list[int]] = {}
    for index in sorted(matched):
        record = new[index]
        if not isinstance(record, UNORDERED) and part(record) == part(old[matched[index]]):
            parts.setdefault(part(record), []).append(index)
    moved = []
    for indices in parts.values():
        stays = _longest_rising([matched[index] for index in indices])
        for place, index in enumerate(indices):
            if matched[index] not in stays:
                moved.append((new[index], new[indices[place - 1]] if place else None))
    return moved


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The members of a longest rising subsequence of different numbers."""
    ends: list[int] = []
    chains: list[list[int]] = []
    for number in numbers:
        place = bisect_left(ends, number)
        chain = [*(chains[place - 1] if place else []), number]
        ends[place : place + 1] = [number]
        chains[place : place + 1] = [chain]
    return set(chains[-1]) if chains else set()
