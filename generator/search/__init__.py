"""Search: from a guideline to a file that the reader's browser answers queries from.

`build` gives one record a statement, table row, drug, term, calculator, pathway and section, the words by which
readers may search, and what the guideline does not cover. The scripts in `site_overrides/assets/js/search` read it.
"""

from generator.search.index import build, file, files, script

__all__ = ["build", "file", "files", "script"]
