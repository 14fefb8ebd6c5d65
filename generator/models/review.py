"""Who has compared something with its source."""

from generator.models.base import Day, Located, Text


class Review(Located):
    """Who has compared this site with the source.

    Attributes:
        by: the clinician; absent when none has.
        on: when.
        note: what was compared, or that nobody has.
    """

    by: Text | None = None
    on: Day | None = None
    note: Text
