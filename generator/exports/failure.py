"""Why an export was not made, as a message for the person at the keyboard."""


class ExportError(Exception):
    """An export that cannot be made here: what was expected, what was found, and what to do."""
