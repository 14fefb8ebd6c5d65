"""What every export says of itself."""

from datetime import date
from itertools import chain

import pytest
from printed import SITE

from generator.exports import edition
from generator.exports.edition import Edition
from generator.models.guideline import Guideline
from generator.words import for_language


def told(own: Edition) -> str:
    """The whole imprint as one text."""
    return "\n".join(chain.from_iterable((label, *texts) for label, texts in own.lines()))


def test_the_imprint_names_edition_date_hash_rights_review_and_address(guideline: Guideline) -> None:
    """The imprint holds edition, version, date, twelve digits of the hash, every right, the review and the address."""
    own, meta = edition.of(guideline, SITE), guideline.meta
    text = told(own)
    for part in (
        meta.edition,
        meta.version,
        f"{meta.updated}",
        own.content_hash[:12],
        *meta.rights,
        meta.reviewed.note,
    ):
        assert part in text
    assert for_language(meta.language)["reviewed_none"] in text
    assert f"{SITE}{meta.id}/" in text


def test_without_an_address_the_imprint_says_so(guideline: Guideline) -> None:
    """Where mkdocs.yml gives no site_url, no address is made up, and the reader is told."""
    own = edition.of(guideline)
    assert for_language(guideline.meta.language)["newer_edition_unknown"] in told(own)
    assert "://" not in told(own)
    assert own.page("sections/x.md") == ""


def test_a_reviewed_guideline_names_its_reviewer(tiny: Guideline) -> None:
    """Where a clinician has reviewed, name and day stand in the imprint, and nothing says the contrary."""
    review = tiny.meta.reviewed.model_copy(update={"by": "Dr Example", "on": date(2020, 3, 1)})
    meta = tiny.meta.model_copy(update={"reviewed": review})
    own = Edition(meta, "0" * 64, "")
    assert "Dr Example, 2020-03-01" in told(own)
    assert for_language(meta.language)["reviewed_none"] not in told(own) + own.running


def test_a_superseded_guideline_says_by_what(tiny: Guideline) -> None:
    """A guideline that another has replaced names it in the imprint."""
    meta = tiny.meta.model_copy(update={"superseded_by": "Example fever 2024"})
    assert "Example fever 2024" in told(Edition(meta, "0" * 64, ""))


def test_the_hash_follows_the_content(tiny: Guideline) -> None:
    """The hash is the same for the same content wherever it is shown, and another as soon as a text changes."""
    first = tiny.statements[0]
    other = tiny.model_copy(update={"statements": (first.model_copy(update={"text": "Else."}), *tiny.statements[1:])})
    assert edition.of(tiny).content_hash == edition.of(tiny, SITE).content_hash
    assert edition.of(other).content_hash != edition.of(tiny).content_hash


@pytest.mark.parametrize(
    ("uri", "directory_urls", "address"),
    [
        ("index.md", True, ""),
        ("references.md", True, "references/"),
        ("sections/fever.md", True, "sections/fever/"),
        ("index.md", False, "index.html"),
        ("references.md", False, "references.html"),
        ("sections/fever.md", False, "sections/fever.html"),
    ],
)
def test_a_page_has_the_address_that_the_site_gives_it(
    tiny: Guideline, uri: str, directory_urls: bool, address: str
) -> None:
    """Addresses end as mkdocs makes them, with and without directory addresses."""
    own = edition.of(tiny, SITE.rstrip("/"), directory_urls=directory_urls)
    assert own.page(uri) == f"{SITE}example-fever/{address}"


def test_a_file_is_named_by_guideline_and_edition(tiny: Guideline) -> None:
    """The file's name holds id and edition; what no file name may hold becomes a hyphen."""
    meta = tiny.meta.model_copy(update={"edition": "2020/2 β:1"})
    assert Edition(meta, "", "").file_name == "example-fever-2020-2-β-1"
