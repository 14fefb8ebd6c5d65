"""Stands in for Pyodide's loader of packages: the engine lies where it is before Python starts."""

from site import getsitepackages

# A snapshot numbers what Python has imported of JavaScript, in this order; Pyodide expects this import here.
from pyodide_js import loadedPackages  # noqa: F401


class Folder:
    """A folder as Pyodide asks for it: an object, not a text, with a path as its `__str__`."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __str__(self) -> str:
        return self.path


SITE_PACKAGES = Folder(getsitepackages()[0])
DSO_DIR = Folder("/usr/lib")


def init_loaded_packages() -> None:
    """None is loaded."""
