"""Traditional characters and pinyin of the words of a guideline.

Both are worked out when the site is built, and only for what the guideline holds: the reader's browser gets a few
hundred pairs and no dictionary.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources

HAN = range(0x3400, 0xA000)


def is_han(character: str) -> bool:
    """Whether a character is a Han character, as pinyin and traditional forms exist for."""
    return ord(character) in HAN


def traditional(texts: Iterable[str]) -> str:
    """Traditional characters with the simplified one of the texts after each, by their codes: `鈣钙`."""
    held = set("".join(texts))
    return "".join(old + new for old, new in sorted(_simplified().items()) if new in held)


def sounds(words: Iterable[str]) -> tuple[list[str], dict[str, str]]:
    """The pinyin, without tones, of the words that are all Han characters.

    Args:
        words: any words; others are passed over.

    Returns:
        Each syllable with the characters that are mostly read so (`gu骨股`), in alphabetical order, and the words in
        which some character is read otherwise, with their syllables (`重度` → `zhong du`).
    """
    read = {word: _pinyin(word) for word in dict.fromkeys(words) if word and all(map(is_han, word))}
    readings: dict[str, Counter[str]] = {}
    for word, syllables in read.items():
        for character, syllable in zip(word, syllables, strict=True):
            readings.setdefault(character, Counter())[syllable] += 1
    mostly = {character: counted.most_common(1)[0][0] for character, counted in readings.items()}
    groups: dict[str, list[str]] = {}
    for character, syllable in sorted(mostly.items()):
        groups.setdefault(syllable, []).append(character)
    others = {
        word: " ".join(read[word]) for word in read if read[word] != tuple(mostly[character] for character in word)
    }
    return [syllable + "".join(groups[syllable]) for syllable in sorted(groups)], others


@lru_cache(maxsize=10_000)
def _pinyin(word: str) -> tuple[str, ...]:
    # Loading its dictionaries takes a while, which commands that build nothing need not wait for.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return tuple(syllable.replace("ü", "v") for syllable in lazy_pinyin(word))


@cache
def _simplified() -> dict[str, str]:
    """OpenCC's table from traditional to simplified characters; where it has several, its first."""
    table = resources.files("opencc") / "dictionary" / "TSCharacters.txt"
    lines = (line.split() for line in table.read_text(encoding="utf-8").splitlines())
    return {line[0]: line[1] for line in lines if len(line) > 1 and line[0] != line[1]}
