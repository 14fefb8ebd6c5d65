"""GL001 to GL003 and GL012: what keeps a file from being read, or would let a part of it be lost unseen."""

from generator.findings import Finding, Where, finding, finding_code

RECORD_KEYS = ("id", "number")
"""The keys with which a record begins."""


@finding_code("GL001")
def yaml_syntax(where: Where, problem: str, hint: str = "") -> Finding:
    """The file is not valid YAML.

    Nothing else in the file can be read until this is mended. The place is where the reader of YAML gave
    up: the mistake is there or on a line above it.

    Common causes: a tab in the indentation, a colon followed by a space inside a text without quotes, a text
    without quotes that begins with `{`, `[`, `*`, `&`, `%` or `@`, an opening quote without its partner, a line
    that begins one column beside its neighbours. [Mistakes](../mistakes.md) shows many with their messages.
    """
    return finding("GL001", where, problem, hint or "Look at this line and the one above it")


@finding_code("GL002")
def duplicate_key(where: Where, key: str, first: Where) -> Finding:
    """A mapping has the same key twice.

    YAML readers silently keep one of the two values, so that a dose or a reference would be lost unseen.

    Mend it by removing one of the two, or by renaming it. When it is the first key of a record, the `- ` that
    begins the next record is missing; the other keys that stand twice are then not reported.
    """
    message = f"key '{key}' stands twice in this mapping; it first stands on line {first.line}"
    hint = f"A new record begins with '- {key}:'; if none begins here, keep one of the two"
    return finding("GL002", where, message, hint if key in RECORD_KEYS else "Keep one of the two")


@finding_code("GL003")
def unreadable_file(where: Where, problem: str, hint: str) -> Finding:
    """A file cannot be read as text, is too large, or is nested too deeply.

    Files are UTF-8 text of at most 1 MB, nested at most 30 levels deep, without aliases (`*name`) and
    without tags (`!name`): a guideline needs none of these, and each of them lets a small file grow without
    bound.
    """
    return finding("GL003", where, problem, hint)


@finding_code("GL012")
def text_cut_short(where: Where, lost: str) -> Finding:
    """A text without quotes is followed by a comment on its line.

    In YAML, ` #` begins a comment: what stands behind it belongs to nobody. `First choice #1` is read as `First
    choice`, and a `#` before a dose would take the dose off the page without a word.

    Wrong:

    ```text
    text: Give the drug of choice #1 at once.
    ```

    Right:

    ```yaml
    text: "Give the drug of choice #1 at once."
    ```

    A comment goes on a line of its own.
    """
    shown = lost if len(lost) <= 40 else lost[:40] + "…"
    message = f"expected the text to go to the end of its line, found '{shown}', which YAML takes for a comment"
    return finding("GL012", where, message, "Put the whole text in quotes, or the comment on a line of its own")
