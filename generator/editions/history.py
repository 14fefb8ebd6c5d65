"""What changed from one published edition of a guideline to the next, for the site's page."""

from collections.abc import Iterable
from itertools import pairwise

from generator.editions.tell import Telling, tell
from generator.models.guideline import Guideline


def history(earlier: Iterable[Guideline], present: Guideline) -> tuple[Telling, ...]:
    """The changes from each recorded edition to the next one, and from the last to the present one, newest first.

    Editions that say the same, such as the record of the present edition, are one.

    Args:
        earlier: the recorded editions, the oldest first.
        present: the edition that the site shows.
    """
    editions = [*earlier, present]
    told = [tell(old, new) for old, new in pairwise(editions)]
    return tuple(reversed([item for item in told if item.changes]))
