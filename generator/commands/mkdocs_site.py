"""What the commands that build a site share: its configuration, and how mkdocs' refusals are printed."""

import logging
import sys
from pathlib import Path
from typing import Any


def mkdocs_config(path: Path) -> Any:
    """The site's configuration, or None with a message when it cannot be read."""
    from mkdocs.config import load_config  # noqa: PLC0415

    logging.basicConfig(format="%(message)s", level=logging.WARNING, stream=sys.stderr)
    logging.getLogger("mkdocs.plugins.guideline.waiting").setLevel(logging.INFO)
    if not path.is_file():
        print(f"{path}: expected the site's configuration, found no such file", file=sys.stderr)
        print("  hint: run the command where mkdocs.yml is, or name it with --config-file", file=sys.stderr)
        return None
    loaded: list[Any] = []
    return loaded[0] if mkdocs_run(lambda: loaded.append(load_config(str(path)))) else None


def mkdocs_run(action: Any) -> bool:
    """Run a step of mkdocs; what it refuses is printed as one line, never as a traceback."""
    from mkdocs.exceptions import Abort, MkDocsException  # noqa: PLC0415

    try:
        action()
    except (MkDocsException, Abort) as error:
        # mkdocs ends every failed build with this line, below the message that says what is wrong.
        if str(error) and not str(error).startswith("Aborted"):
            print(f"vademecum: {error}", file=sys.stderr)
        return False
    return True
