"""Which Pyodide a site ships, and how to be sure that it is that one."""

import base64
import hashlib
import hmac
from dataclasses import dataclass


class RuntimeUnavailable(Exception):  # noqa: N818 - a state of affairs; it reads as one in `except`
    """The browser's Python cannot be built here and now; the reader of the message is the author of a site.

    Attributes:
        message: what went wrong, one sentence.
        hint: what to do about it, one sentence or more; empty when there is nothing to add.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n{hint}" if hint else message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Pin:
    """One release of an npm package, and the hash that its archive must have.

    Attributes:
        name: the package's name in the npm registry.
        version: the exact version.
        integrity: `sha512-` and the base64 digest, as npm's lock files write it.
        purpose: what is missing without it, as the beginning of a sentence.
    """

    name: str
    version: str
    integrity: str
    purpose: str

    @property
    def spec(self) -> str:
        """What `npm pack` is asked for."""
        return f"{self.name}@{self.version}"

    @property
    def archive(self) -> str:
        """The file name that `npm pack` gives the package."""
        return f"{self.name}-{self.version}.tgz"

    @property
    def folder(self) -> str:
        """A folder name that changes with the version and with the hash."""
        digest = base64.b64decode(self.integrity.removeprefix("sha512-"))
        return f"{self.name}-{self.version}-{digest.hex()[:12]}"

    def matches(self, data: bytes) -> bool:
        """Whether `data` is the archive that this pin means."""
        digest = base64.b64encode(hashlib.sha512(data).digest()).decode("ascii")
        return hmac.compare_digest(f"sha512-{digest}", self.integrity)


# A new release means new bytecode, a new ABI and other browsers' bugs: test WebKit before moving this pin.
PYODIDE = Pin(
    name="pyodide",
    version="314.0.7",
    integrity="sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==",
    purpose="The browser's Python",
)
