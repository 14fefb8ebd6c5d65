"""What a reader is told of a translation."""

from generator.models.guideline import Guideline
from generator.words import for_language

UNREAD = {"machine": "translation_machine", "human": "translation_human"}
"""What is said of a translation that no clinician has compared with its original."""


def note(guideline: Guideline) -> str:
    """Who made it, who has read it, and how what is not translated is marked; empty for an original."""
    if guideline.translation is None or guideline.original is None:
        return ""
    words, review = for_language(guideline.meta.language), guideline.translation.reviewed
    if review is not None and review.by:
        said = words["translation_reviewed"].format(by=review.by, on=review.on or "")
    else:
        said = words[UNREAD[guideline.translation.translation]]
    language = guideline.original.meta.language
    counted = {"translation_rest": guideline.untranslated, "translation_outdated": guideline.outdated}
    return said + "".join(words[key].format(count=count, language=language) for key, count in counted.items() if count)
