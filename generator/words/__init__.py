"""The words of the site itself, in each language that it speaks. What the guideline says is not here.

Every language has the same keys; a language is picked by its first subtag, and falls back to English.
"""

from generator.words import changes, en, en_scripts, fields, reading, zh, zh_scripts

PAGES = {"zh": zh.PAGE | reading.ZH, "en": en.PAGE | reading.EN}
SCRIPTS = {"zh": zh_scripts.SCRIPT, "en": en_scripts.SCRIPT}
FAILURES = {"zh": zh_scripts.FAILURE, "en": en_scripts.FAILURE}
CARRIED_FAILURES = {"zh": zh_scripts.CARRIED_FAILURE, "en": en_scripts.CARRIED_FAILURE}
TEACHING = {"zh": zh_scripts.TEACHING, "en": en_scripts.TEACHING}
OFFLINE = {"zh": zh_scripts.OFFLINE, "en": en_scripts.OFFLINE}
CHANGES = {"zh": changes.ZH, "en": changes.EN}
FIELDS = {"zh": fields.ZH, "en": fields.EN}
SEARCH = {"zh": zh_scripts.SEARCH, "en": en_scripts.SEARCH}


def for_language(language: str) -> dict[str, str]:
    """The words of the pages in a language such as `zh-Hans`; English where it is not spoken here."""
    return PAGES.get(language.partition("-")[0], PAGES["en"])


def for_script(language: str) -> dict[str, str]:
    """The words of the page's scripts in a language such as `zh-Hans`."""
    return SCRIPTS.get(language.partition("-")[0], en_scripts.SCRIPT)


def for_search(language: str) -> dict[str, str]:
    """The words of the search's dialog in a language such as `zh-Hans`."""
    return SEARCH.get(language.partition("-")[0], en_scripts.SEARCH)


def for_failures(language: str, *, carried: bool = False) -> dict[str, str]:
    """Why Python can be unavailable, by the codes of the scripts, in a language such as `zh-Hans`.

    Args:
        language: of the page.
        carried: whether Python comes with the page, as in an export, and is not downloaded.
    """
    if carried:
        return CARRIED_FAILURES.get(language.partition("-")[0], en_scripts.CARRIED_FAILURE)
    return FAILURES.get(language.partition("-")[0], en_scripts.FAILURE)


def for_teaching(language: str) -> dict[str, str]:
    """The words of the script of the teaching cases, which prints answers as the other scripts do."""
    return for_script(language) | TEACHING.get(language.partition("-")[0], en_scripts.TEACHING)


def for_offline(language: str) -> dict[str, str]:
    """What is said about keeping the site on the device, in a language such as `zh-Hans`."""
    return OFFLINE.get(language.partition("-")[0], en_scripts.OFFLINE)


def for_changes(language: str) -> dict[str, str]:
    """The words in which two editions are compared, in a language such as `zh-Hans`."""
    return CHANGES.get(language.partition("-")[0], changes.EN)


def for_fields(language: str) -> dict[str, str]:
    """What the keys of a guideline's files are called, in a language such as `zh-Hans`: `key` or `Model.key`."""
    return FIELDS.get(language.partition("-")[0], fields.EN)
