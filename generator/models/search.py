"""`search.yaml`: more words by which readers search, and what the guideline does not cover."""

from generator.models.base import Located, Text


class SearchWord(Located):
    """Words that readers type and the source does not print: general knowledge, to be reviewed.

    Attributes:
        say: what readers type; a word that stands in two places means both when it stands here.
        means: words of the guideline that say the same.
        to: what answers it best, as in the board: `statement: ID`, `drug: ID`, `term: ID`, `pathway: ID`…
    """

    say: tuple[Text, ...]
    means: tuple[Text, ...] = ()
    to: tuple[Text, ...] = ()


class NotCovered(Located):
    """Something that readers look for and the guideline does not hold; the search answers so.

    Attributes:
        name: what it is called.
        say: other names of it.
        note: what the reader should know, such as what the guideline holds nearby.
    """

    name: Text
    say: tuple[Text, ...] = ()
    note: Text | None = None

    def all(self) -> tuple[str, ...]:
        """Every name of it."""
        return (self.name, *self.say)


class Search(Located):
    """`search.yaml`.

    Attributes:
        words: words that readers type, and what they mean here.
        not_covered: what the guideline does not cover.
    """

    words: tuple[SearchWord, ...] = ()
    not_covered: tuple[NotCovered, ...] = ()
