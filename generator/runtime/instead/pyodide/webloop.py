"""Stands in for Pyodide's event loop: the engine is called and answers, and never waits."""

# A snapshot numbers what Python has imported of JavaScript, in this order; Pyodide expects this import here.
from pyodide_js._api import scheduleCallback  # noqa: F401


def _initialize_event_loop() -> None:
    """There is none."""
