"""The words of the site itself, in each language that it speaks. What the guideline says is not here.

Every language has the same keys; a language is picked by its first subtag, and falls back to English.
"""

from generator.words import en, zh

PAGES = {"zh": zh.PAGE, "en": en.PAGE}
SCRIPTS = {"zh": zh.SCRIPT, "en": en.SCRIPT}
FAILURES = {"zh": zh.FAILURE, "en": en.FAILURE}
CARRIED_FAILURES = {"zh": zh.CARRIED_FAILURE, "en": en.CARRIED_FAILURE}
TEACHING = {"zh": zh.TEACHING, "en": en.TEACHING}


def for_language(language: str) -> dict[str, str]:
    """The words of the pages in a language such as `zh-Hans`; English where it is not spoken here."""
    return PAGES.get(language.partition("-")[0], en.PAGE)


def for_script(language: str) -> dict[str, str]:
    """The words of the page's scripts in a language such as `zh-Hans`."""
    return SCRIPTS.get(language.partition("-")[0], en.SCRIPT)


def for_failures(language: str, *, carried: bool = False) -> dict[str, str]:
    """Why Python can be unavailable, by the codes of the scripts, in a language such as `zh-Hans`.

    Args:
        language: of the page.
        carried: whether Python comes with the page, as in an export, and is not downloaded.
    """
    if carried:
        return CARRIED_FAILURES.get(language.partition("-")[0], en.CARRIED_FAILURE)
    return FAILURES.get(language.partition("-")[0], en.FAILURE)


def for_teaching(language: str) -> dict[str, str]:
    """The words of the script of the teaching cases, which prints answers as the other scripts do."""
    return for_script(language) | TEACHING.get(language.partition("-")[0], en.TEACHING)
