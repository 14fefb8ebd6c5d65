"""Messages and the cursor into a JSON text."""

import string

import pytest

from calculators.errors import DEEPEST, MESSAGES, At, PayloadError, is_chinese, quoted, read_json, say


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_name_the_same_things(code: str) -> None:
    """A message has the same placeholders in Chinese and in English."""
    chinese, english = ({part[1] for part in string.Formatter().parse(text)} - {None} for text in MESSAGES[code])
    assert chinese == english


@pytest.mark.parametrize(
    ("language", "chinese"),
    [("zh", True), ("zh-Hans", True), ("ZH-CN", True), ("en", False), ("fr", False), ("", False)],
)
def test_a_language_tag_is_matched_by_its_beginning(language: str, chinese: bool) -> None:
    """Every tag that begins with zh is Chinese, every other one gets English."""
    assert is_chinese(language) is chinese
    assert say("yes", language) == ("是" if chinese else "yes")


def test_what_was_typed_is_repeated_safely() -> None:
    """A quotation is cut short, and what cannot be printed is replaced: half surrogates, bidi marks."""
    assert quoted("45 mL/min") == "45 mL/min"
    assert quoted("x" * 41) == "x" * 40 + "…"
    assert quoted("a\ud800b\u202ec\n\x1b[31m") == "a\ufffdb\ufffdc\ufffd\ufffd[31m"


def test_braces_in_what_was_typed_stay_text() -> None:
    """Typed text is never taken for a placeholder."""
    assert (
        say("unknown-calculator", "en", found="{names}", names="a") == "There is no calculator “{names}”. There are: a."
    )


@pytest.mark.parametrize(
    ("value", "read", "message"),
    [
        (1, lambda at: at.a(str), "$.x: expected a text; found 1"),
        (True, lambda at: at.a(int), "$.x: expected a whole number; found True"),
        (1, lambda at: at.a(bool), "$.x: expected true or false; found 1"),
        ({}, lambda at: at.items(), "$.x: expected a list; found an object"),
        ([], lambda at: at["y"], "$.x: expected an object; found a list"),
        ({}, lambda at: at["y"], "$.x: expected the key 'y'; found an object"),
        ("3,5", lambda at: at.number(), "$.x: expected a plain decimal number such as '3.5'; found '3,5'"),
        ("1e3", lambda at: at.number(), "$.x: expected a plain decimal number such as '3.5'; found '1e3'"),
        ("b", lambda at: at.one_of({"a"}, "a"), "$.x: expected one of a; found 'b'"),
        ("b", lambda at: at.one_of({"a"}), "$.x: expected one of the ids that are declared; found 'b'"),
    ],
)
def test_a_wrong_value_is_named_with_its_path(value: object, read: object, message: str) -> None:
    """A failure says where, what was expected and what was found."""
    with pytest.raises(PayloadError) as caught:
        read(At(value, "$.x"))  # type: ignore[operator]
    assert str(caught.value) == message
    assert caught.value.path == "$.x"


def test_paths_grow_with_keys_and_indices() -> None:
    """The cursor knows the path of what it stands on."""
    at = At({"a": [{"b": "1.50"}]}, "$")["a"].items()[0]["b"]
    assert at.path == "$.a[0].b"
    assert str(at.number()) == "1.50"


def test_depth_is_counted_before_parsing() -> None:
    """Deep nesting is refused by counting, since a browser's stack does not survive it; text is skipped."""
    fits = "[" * DEEPEST + "]" * DEEPEST
    assert read_json(fits, dict)
    with pytest.raises(ValueError, match="nested deeper than 64 brackets"):
        read_json(f"[{fits}]", dict)
    with pytest.raises(ValueError, match="nested deeper than 64 brackets"):
        read_json('{"a":' * 100_000, dict)
    text = '"' + r"[{\" [[" * 1_000 + '"'
    assert read_json(f"[{text}]", dict) == ['[{" [[' * 1_000]
