"""Which guideline of the old editions is compared with which of the new ones."""

from dataclasses import dataclass

from generator.editions.record import EditionError
from generator.editions.sources import Editions
from generator.models.guideline import Guideline, Metadata


@dataclass(frozen=True, slots=True)
class Pairs:
    """The guidelines of two sides.

    Attributes:
        both: those that both have, old and new.
        removed: those that only the old side has.
        added: those that only the new side has.
    """

    both: list[tuple[Guideline, Guideline]]
    removed: list[Metadata]
    added: list[Metadata]


def pairs(old: Editions, new: Editions, names: tuple[str, str], only: str | None = None) -> Pairs:
    """Bring them together.

    Args:
        old: the old editions; one alone is compared with one alone, whatever they are called.
        new: the new editions.
        names: what the two sides are called in messages.
        only: the id of the one guideline that is asked for; all when absent.

    Raises:
        EditionError: a side does not have the guideline that is asked for, or the two have none in common.
    """
    if only is not None:
        old, new = _alone(old, only, names[0]), _alone(new, only, names[1])
    if len(old) == len(new) == 1:
        [before], [after] = old.values(), new.values()
        return Pairs([(before, after)], [], [])
    if len(old) == 1:
        new = _alone(new, next(iter(old)), names[1])
    elif len(new) == 1:
        old = _alone(old, next(iter(new)), names[0])
    both = [(old[name], new[name]) for name in new if name in old]
    if not both:
        raise EditionError(names[1], f"expected a guideline of {names[0]} ({', '.join(old)}), found {', '.join(new)}")
    return Pairs(
        both,
        [item.meta for name, item in old.items() if name not in new],
        [item.meta for name, item in new.items() if name not in old],
    )


def _alone(side: Editions, name: str, shown: str) -> Editions:
    if name not in side:
        hint = "It was added or removed between the two, or is called by another id there"
        raise EditionError(shown, f"expected the guideline '{name}', found {', '.join(side)}", hint)
    return {name: side[name]}
