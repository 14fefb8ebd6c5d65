"""Writes the lock files in requirements/ from pyproject.toml, with uv; `make lock` calls it.

Usage: .venv/bin/python tools/lock.py [--upgrade]

Each file is resolved once for every platform and every Python from 3.12 up. It holds exact versions and
hashes and nothing about where packages come from: that is for the configuration of whoever installs them.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"

FILES: dict[str, tuple[str, ...]] = {
    "build": ("--group", "build"),
    "site": ("pyproject.toml",),
    "export": ("pyproject.toml", "--extra", "print", "--constraints", "requirements/site.txt"),
    "test": ("pyproject.toml", "--extra", "print", "--group", "dev", "--constraints", "requirements/export.txt"),
    "node": ("--group", "node"),
    "lock": ("--group", "lock"),
    "audit": ("--group", "audit", "--constraints", "requirements/test.txt"),
}
RANGE = ("--universal", "--python-version", "3.12", "--no-config", "--no-strip-extras")
LOOK = ("--generate-hashes", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet")
HEADER = ("--custom-compile-command", "make lock")


def main() -> None:
    """Resolves every file; each after those whose versions it takes over: export after site, test, then audit."""
    for name, source in FILES.items():
        target = f"requirements/{name}.txt"
        options = (*RANGE, *LOOK, *HEADER, *sys.argv[1:])
        command = (str(UV), "pip", "compile", *options, *source, "--output-file", target)
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            raise SystemExit(f"lock: {target} could not be resolved (see above)")
        text = (ROOT / target).read_text(encoding="utf-8")
        if "://" in text or str(ROOT) in text:
            raise SystemExit(f"lock: {target} names a place; only versions and hashes belong there")
        print(f"lock: {target}, {text.count('==')} packages")


if __name__ == "__main__":
    main()
