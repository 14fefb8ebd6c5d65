"""A guideline in the language of an overlay."""

from generator.findings import Where
from generator.models.drug import Drug
from generator.models.glossary import Term
from generator.models.guideline import Guideline
from generator.models.overlay import Overlay
from generator.said import Said
from generator.translation.texts import fingerprint, rewritten


def editions(guideline: Guideline) -> tuple[Guideline, ...]:
    """A guideline in every language in which it is published, the original first."""
    return (guideline, *(translated(guideline, overlay) for overlay in guideline.overlays))


def translated(guideline: Guideline, overlay: Overlay) -> Guideline:
    """A guideline with the texts of an overlay.

    A text without a translation, or with one of an earlier text, stays as the original has it and carries its
    language with it (`Said`): an old translation is never said in the place of what the guideline says now.
    """
    own, left, old = guideline.meta.language, set[str](), set[str]()

    def say(place: str, text: str, _where: Where) -> str:
        entry = overlay.entries.get(place)
        if entry is not None and entry.text is not None and entry.of == fingerprint(text):
            return entry.text
        older = (entry.text or "") if entry else ""
        (old if older else left).add(place)
        return Said(text, own, older)

    made = rewritten(guideline, say)
    parts = {name: getattr(made, name) for name in Guideline.model_fields}
    parts["meta"] = made.meta.model_copy(update={"language": overlay.language})
    parts["drugs"] = tuple(map(_drug, guideline.drugs, made.drugs, [own] * len(made.drugs)))
    parts["glossary"] = tuple(map(_term, guideline.glossary, made.glossary, [own] * len(made.glossary)))
    parts |= {
        "translation": overlay.about,
        "original": guideline,
        "overlays": (),
        "untranslated": len(left),
        "outdated": len(old),
    }
    return Guideline.model_construct(**parts)


def _drug(drug: Drug, made: Drug, language: str) -> Drug:
    """The original's names stay names of the drug: what is not translated calls it so, and so may a reader."""
    english = None if drug.english and drug.english.casefold() == made.name.casefold() else drug.english
    return made.model_copy(update={"names": _names(drug.name, drug.names, made.name, language), "english": english})


def _term(term: Term, made: Term, language: str) -> Term:
    english = None if term.english and term.english.casefold() == made.term.casefold() else term.english
    return made.model_copy(update={"names": _names(term.term, term.names, made.term, language), "english": english})


def _names(name: str, names: tuple[str, ...], made: str, language: str) -> tuple[str, ...]:
    return tuple(Said(item, language) for item in dict.fromkeys((name, *names)) if item != made)
