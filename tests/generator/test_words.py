"""The site's own words: the same in every language, complete, and each of them used."""

import re
from pathlib import Path

import pytest

from generator.words import (
    CARRIED_FAILURES,
    CHANGES,
    FAILURES,
    FIELDS,
    OFFLINE,
    PAGES,
    SCRIPTS,
    SEARCH,
    TEACHING,
    en,
    for_changes,
    for_failures,
    for_fields,
    for_language,
    for_offline,
    for_script,
    for_search,
)

ROOT = Path(__file__).parents[2]
HOLE = re.compile(r"\{(\w+)\}")
CHINESE = re.compile("[一-鿿、。，：；（）]")
CATALOGUES = {
    "pages": PAGES,
    "scripts": SCRIPTS,
    "failures": FAILURES,
    "search": SEARCH,
    "teaching": TEACHING,
    "carried": CARRIED_FAILURES,
    "offline": OFFLINE,
    "changes": CHANGES,
    "fields": FIELDS,
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_language_has_the_same_words(name: str) -> None:
    """The catalogues of all languages have the same keys in the same order."""
    [first, *others] = CATALOGUES[name].values()
    for other in others:
        assert list(other) == list(first)


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_translation_has_the_same_holes(name: str) -> None:
    """What is filled into a word in one language is filled in in all, and no word is empty."""
    [first, *others] = CATALOGUES[name].values()
    for other in others:
        assert {key: sorted(HOLE.findall(word)) for key, word in other.items()} == {
            key: sorted(HOLE.findall(word)) for key, word in first.items()
        }
    assert [word for words in CATALOGUES[name].values() for word in words.values() if not word.strip()] == []


def test_english_has_no_chinese_word() -> None:
    """No Chinese sign stands in the English words, and every Chinese one has an ideograph if it has a word at all."""
    for catalogue in CATALOGUES.values():
        assert [word for word in catalogue["en"].values() if CHINESE.search(word)] == []
        words = [word for word in catalogue["zh"].values() if re.search(r"\w", HOLE.sub("", word))]
        assert [word for word in words if not re.search("[一-鿿]", word)] == []


@pytest.mark.parametrize(("language", "same_as"), [("zh-Hans", "zh"), ("zh", "zh"), ("en-GB", "en"), ("fr", "en")])
def test_a_language_is_picked_by_its_first_part(language: str, same_as: str) -> None:
    """`zh-Hans` is Chinese, `en-GB` English, and a language that is not spoken here gets English."""
    assert for_language(language) is PAGES[same_as]
    assert for_script(language) is SCRIPTS[same_as]
    assert for_failures(language) is FAILURES[same_as]
    assert for_offline(language) is OFFLINE[same_as]
    assert for_search(language) is SEARCH[same_as]
    assert for_changes(language) is CHANGES[same_as]
    assert for_fields(language) is FIELDS[same_as]


def sources(*patterns: str) -> str:
    """The text of the files that may use words."""
    return "\n".join(path.read_text("utf-8") for pattern in patterns for path in sorted(ROOT.glob(pattern)))


def test_every_word_of_the_scripts_is_used() -> None:
    """A word that no script asks for is not shipped to every reader; some are asked for by the state of a walk."""
    scripts = sources("site_overrides/assets/js/**/*.js")
    states = {"question", "advice", "not_stated"}
    marks = set(en.MARKS)
    shipped = SCRIPTS["en"].keys() | TEACHING["en"].keys()
    assert [key for key in shipped - states - marks if not re.search(rf"\b{key}\b", scripts)] == []


def test_every_word_of_the_search_is_used() -> None:
    """A word that the dialog does not show is not on every page."""
    scripts = sources("site_overrides/assets/js/search/*.js")
    assert [key for key in SEARCH["en"] if not re.search(rf"words\.{key}\b", scripts)] == []


def test_every_failure_of_the_scripts_has_its_sentence() -> None:
    """The codes of messages.js and the sentences of the catalogue are the same."""
    codes = sources("site_overrides/assets/js/messages.js").partition("FAILURES: Object.freeze([")[2].partition("]")[0]
    assert re.findall(r"^\s*'([a-z-]+)',", codes, re.MULTILINE) == list(FAILURES["zh"])


def test_every_word_of_offline_use_is_used() -> None:
    """A word about keeping the site is asked for by a script or a template, or is the code of a trouble."""
    users = sources("site_overrides/assets/js/offline/*.js", "site_overrides/*.html", "site_overrides/partials/*.html")
    users += sources("generator/offline.py")
    assert [key for key in OFFLINE["en"] if not re.search(rf"\b{key}\b", users)] == []


def test_every_trouble_of_the_scripts_has_its_sentence() -> None:
    """Each code with which keeping the site can fail has a sentence for the reader."""
    codes = re.search(r"@param \{('network'[^}]*)\} code", sources("site_overrides/assets/js/offline/editions.js"))
    assert codes
    assert set(re.findall(r"'(\w+)'", codes[1])) <= set(OFFLINE["zh"])


def test_every_word_of_comparing_is_used() -> None:
    """A word in which editions are compared is asked for; some keys are made from a kind, a mark or a part."""
    made = ("act_", "mark_", "value_", "area_")
    users = sources("generator/editions/*.py", "generator/templates/changes.md.j2")
    assert [key for key in CHANGES["en"] if not key.startswith(made) and not re.search(rf"\b{key}\b", users)] == []


def test_every_word_of_the_pages_is_used() -> None:
    """A word that no page asks for is not kept in two languages; some keys are made from the name of a kind."""
    made = ("kind_", "origin_", "outcome_", "op_", "node_", "search_not_", "listing_")
    code = ("generator/*.py", "generator/exports/*.py", "generator/search/*.py", "generator/translation/*.py")
    text = sources("generator/templates/**/*.j2", *code, "site_overrides/*.html", "site_overrides/partials/*.html")
    unused = [key for key in PAGES["en"] if not key.startswith(made) and not re.search(rf"\b{key}\b", text)]
    assert unused == []
