"""The picture of a guideline is used only while its words are true, and stamping it changes no pixel."""

import struct
import zlib
from pathlib import Path

import pytest

from generator import cards
from generator.load import load
from generator.models.guideline import Metadata

ROOT = Path(__file__).parents[2]
FEVER = ROOT / "tests" / "fixtures" / "example-fever"


@pytest.fixture(scope="module")
def meta() -> Metadata:
    """The tiny guideline's."""
    guideline = load(FEVER).guideline
    assert guideline is not None
    return guideline.meta


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(width: int = 1200, height: int = 630) -> bytes:
    """A black PNG of a size."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes((width + 7) // 8)) * height)
    return cards.SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_card_says_title_edition_and_review(meta: Metadata) -> None:
    """The words are the guideline's own, and a site that no clinician has reviewed says so."""
    assert cards.lines(meta) == (meta.title, f"Edition: {meta.edition}", "not reviewed by a clinician")
    reviewed = meta.model_copy(update={"reviewed": meta.reviewed.model_copy(update={"by": "A. Clinician"})})
    assert cards.lines(reviewed)[2] == "Reviewed: A. Clinician"


def test_a_stamped_picture_may_be_used(meta: Metadata) -> None:
    """A picture with the words of guideline.yaml has no fault; stamping it again changes nothing."""
    stamped = cards.stamp(picture(), meta)
    assert cards.fault(stamped, meta) == ""
    assert cards.stamp(stamped, meta) == stamped
    assert len(stamped) > len(picture())
    assert stamped.endswith(picture()[33:])


@pytest.mark.parametrize("change", [{"title": "Another"}, {"edition": "2031"}])
def test_a_picture_with_old_words_is_not_used(meta: Metadata, change: dict[str, str]) -> None:
    """Another title or edition makes the picture untrue until it is drawn anew."""
    stamped = cards.stamp(picture(), meta)
    later = meta.model_copy(update=change)
    assert cards.fault(stamped, later) == "does not say what guideline.yaml says now"
    assert cards.fault(cards.stamp(stamped, later), later) == ""


def test_a_review_makes_the_picture_untrue(meta: Metadata) -> None:
    """A picture that says 'not reviewed' is left out once a clinician has reviewed the site."""
    reviewed = meta.model_copy(update={"reviewed": meta.reviewed.model_copy(update={"by": "A. Clinician"})})
    assert cards.fault(cards.stamp(picture(), meta), reviewed) == "does not say what guideline.yaml says now"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "is no PNG"),
        (b"GIF89a", "is no PNG"),
        (picture()[:20], "is no PNG"),
        (picture(1199), "has 1199×630 pixels, not 1200×630"),
        (picture(1200, 631), "has 1200×631 pixels, not 1200×630"),
        (picture(), "does not say what guideline.yaml says now"),
    ],
    ids=["empty", "gif", "cut", "narrow", "high", "unstamped"],
)
def test_another_picture_is_told_why(meta: Metadata, data: bytes, fault: str) -> None:
    """What is no PNG, of another size, or of unknown words is refused with the reason."""
    assert cards.fault(data, meta) == fault


def test_the_first_guidelines_picture_is_true() -> None:
    """The committed picture says what its guideline.yaml says; when this fails, draw it anew and look at it."""
    folder = ROOT / "content" / "lung-cancer-bone-metastasis"
    guideline = load(folder).guideline
    assert guideline is not None
    assert cards.fault((folder / cards.FILE).read_bytes(), guideline.meta) == ""
