"""The browser's Python: fetched, trimmed, compiled, proven, and written into a site.

`build_runtime` does all of it; `ensure_runtime_source` only fetches, for a set-up step with a network.
"""

from generator.runtime.assemble import answers
from generator.runtime.build import DEFAULT_BUDGET, IN_CACHE, build_runtime
from generator.runtime.fetch import ensure_runtime_source
from generator.runtime.manifest import RuntimeFile, RuntimeManifest
from generator.runtime.pin import RuntimeUnavailable

__all__ = [
    "DEFAULT_BUDGET",
    "IN_CACHE",
    "RuntimeFile",
    "RuntimeManifest",
    "RuntimeUnavailable",
    "answers",
    "build_runtime",
    "ensure_runtime_source",
]
