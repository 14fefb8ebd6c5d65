"""GL94x: translations say what the original says, with the same numbers."""

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches

from generator.checks.ids import is_slip
from generator.findings import Finding, Severity, Where, finding, finding_code
from generator.models.guideline import Guideline
from generator.models.overlay import Entry, Overlay
from generator.text import PLACEHOLDER, placeholders
from generator.translation.texts import fingerprint, texts

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
BETWEEN_THOUSANDS = re.compile(r"(?<=[0-9])[,\u2009\u202f](?=[0-9]{3}(?![0-9]))")
WORDS = {
    **dict.fromkeys(("once", "one", "single", "first"), "1"),
    **dict.fromkeys(("twice", "two", "double", "second", "both"), "2"),
    **{word: str(number) for number, word in enumerate(("three", "four", "five", "six", "seven", "eight"), 3)},
    **{word: str(number) for number, word in enumerate(("third", "fourth", "fifth", "sixth"), 3)},
    **{word: str(number) for number, word in enumerate("一二三四五六七八九十", 1)},
    **dict.fromkeys("单首", "1"),
    **dict.fromkeys("两双", "2"),
}
"""Numbers that a language may write as a word where another writes digits."""
IN_WORDS = re.compile(r"\b(?:" + "|".join(word for word in WORDS if word.isascii()) + r")\b|[一-龥]", re.IGNORECASE)
AROUND = 12


def examine(guideline: Guideline) -> Iterator[Finding]:
    """The findings about every translation of a guideline."""
    originals = texts(guideline) if guideline.overlays else {}
    for overlay in guideline.overlays:
        if overlay.language == guideline.meta.language:
            yield translation_into_its_own_language(overlay.where, overlay.language)
        for place, entry in overlay.entries.items():
            if place not in originals:
                yield translation_of_nothing(overlay.places[place], place, list(originals))
            elif entry.text is not None:
                yield from _entry(overlay, place, entry, originals[place][0])


def _entry(overlay: Overlay, place: str, entry: Entry, original: str) -> Iterator[Finding]:
    said = entry.text or ""
    if entry.of != fingerprint(original):
        yield stale_translation(entry.where("of"), overlay.was.get(place, ""), original, known=entry.of is not None)
        return
    where = entry.where("text")
    if sorted(placeholders(said)) != sorted(placeholders(original)):
        yield other_placeholders(where, list(placeholders(original)), list(placeholders(said)))
    ours, theirs = _digits(said), _digits(original)
    for number in sorted(ours - theirs - _in_words(original)):
        yield number_not_of_the_original(where, number, said)
    for number in sorted(theirs - ours - _in_words(said)):
        yield number_lost_in_translation(where, number, original)


def _digits(text: str) -> set[str]:
    bare = unicodedata.normalize("NFKC", PLACEHOLDER.sub(" ", text))
    return set(NUMBER.findall(BETWEEN_THOUSANDS.sub("", bare)))


def _in_words(text: str) -> set[str]:
    return {WORDS[word.lower()] for word in IN_WORDS.findall(text) if word.lower() in WORDS}


@finding_code("GL941", Severity.WARNING)
def stale_translation(where: Where, was: str, now: str, *, known: bool) -> Finding:
    """The original has changed since a text was translated.

    Until the translation is mended, the pages in that language show the original, with the old translation behind it,
    marked as such. Mend the text, delete its `of`, and run `vademecum translate`: it writes the new hash.

    Wrong:

    ```yaml
    give-it/text:
      # original: Give it within an hour.
      # now: Give it within two hours.
      of: kjnpqacd
      text: 一小时内给药。
    ```

    Right:

    ```yaml
    give-it/text:
      # original: Give it within two hours.
      of: bmakqrdh
      text: 两小时内给药。
    ```
    """
    if not known:
        message = "expected the hash of the original in 'of', found none, so that nobody knows what was translated"
        return finding("GL941", where, message, "Compare it with the original, then run 'vademecum translate'")
    message = f"the original has changed since it was translated: {_change(was, now)}"
    return finding("GL941", where, message, "Mend 'text', delete 'of', and run 'vademecum translate'")


def _change(was: str, now: str) -> str:
    """What became of a text: the parts that differ, with a little around them."""
    now = " ".join(now.split())
    if not was:
        return f"it says '{_short(now)}' now"
    start = 0
    while start < min(len(was), len(now)) and was[start] == now[start]:
        start += 1
    end = 0
    while end < min(len(was), len(now)) - start and was[-1 - end] == now[-1 - end]:
        end += 1
    first = max(start - AROUND, 0)
    old, new = (_short(text[first : len(text) - max(end - AROUND, 0)]) for text in (was, now))
    return f"'{old}' became '{new}'"


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


@finding_code("GL942", Severity.WARNING)
def translation_of_nothing(where: Where, place: str, known: list[str]) -> Finding:
    """A translation is of a text that the guideline does not have.

    The record was removed or has another id now. The translation is shown nowhere.

    Wrong:

    ```yaml
    give-itt/text: {of: kjnpqacd, text: …}
    ```

    Right:

    ```yaml
    give-it/text: {of: kjnpqacd, text: …}
    ```
    """
    name = place.partition("/")[2]
    near = get_close_matches(place, [each for each in known if is_slip(place, each)], n=1, cutoff=0)
    hint = f"Did you mean '{near[0].partition('/')[2]}'? Else delete it" if near else "Correct it, or delete it"
    return finding("GL942", where, f"expected the place of a text, found '{name}', which is none", hint)


@finding_code("GL943")
def number_not_of_the_original(where: Where, number: str, said: str) -> Finding:
    """A translation holds a number that its original does not.

    A translation says the same in other words: every number is the original's, or stands in braces and comes from the
    original's own cell.

    Wrong, where the original says `three weeks`:

    ```yaml
    text: 每 4 周一次
    ```

    Right:

    ```yaml
    text: 每 3 周一次
    ```
    """
    message = f"expected the numbers of the original alone, found '{number}' in '{_short(said)}'"
    return finding("GL943", where, message, "Write the number that the original has")


@finding_code("GL944", Severity.WARNING)
def number_lost_in_translation(where: Where, number: str, original: str) -> Finding:
    """A number of the original is missing in its translation.

    A reader in that language would not learn it. Write it in digits.

    Wrong, where the original says `within 24 hours`:

    ```yaml
    text: 一天之内
    ```

    Right:

    ```yaml
    text: 24 小时之内
    ```
    """
    message = f"expected the number '{number}', which the original has, found a translation without it"
    return finding("GL944", where, message, f"The original says '{_short(original)}'")


@finding_code("GL945")
def other_placeholders(where: Where, expected: list[str], found: list[str]) -> Finding:
    """A translation has other numbers in braces than its original.

    Each stands for a number of the original's own cell; one that is lost or misspelled is a dose that is not shown.

    Wrong:

    ```yaml
    text: 一次 {doze}
    ```

    Right:

    ```yaml
    text: 一次 {dose}
    ```
    """
    names = [", ".join(f"{{{name}}}" for name in listed) or "none" for listed in (expected, found)]
    hint = "Copy the braces from the original, each as often as it stands there"
    return finding("GL945", where, f"expected {names[0]} as in the original, found {names[1]}", hint)


@finding_code("GL946")
def translation_into_its_own_language(where: Where, language: str) -> Finding:
    """A translation is in the language of its original.

    The name of its folder is the language that it is in; that of the original stands in `language`.

    Wrong:

    ```yaml
    # in the folder en
    language: en
    ```

    Right:

    ```yaml
    # in the folder zh-Hans
    language: en
    ```
    """
    message = f"expected a folder with the name of another language, found '{language}', which is the original's"
    return finding("GL946", where, message, "Rename the folder, or mend 'language' in guideline.yaml")
