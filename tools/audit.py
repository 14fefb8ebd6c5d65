"""Asks the advisory services whether a pinned package has a known vulnerability; `make audit` calls it.

Usage: .venv/bin/python tools/audit.py

| exit code | meaning                                                                              |
|-----------|--------------------------------------------------------------------------------------|
| 0         | every pinned package was looked up, and none has a known vulnerability               |
| 1         | some have; each is listed with the release that mends it, where the service names one |
| 2         | the audit is not whole: a service was out of reach, or did not know a package         |

Silence is no answer: a mirror without advisories says nothing about any package. So each service is first asked about
a release that is known to be vulnerable; where it does not say so, the audit has failed.
"""

import json
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
LIMIT = 600
"""Seconds for one call of a service."""


@dataclass(frozen=True, order=True, slots=True)
class Package:
    """One release of a package."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


KNOWN_IN_PYPI = Package("jinja2", "2.10")
KNOWN_IN_NPM = Package("minimist", "0.0.8")
"""Releases that have been known to be vulnerable for years."""

type Advisories = dict[Package, list[str]]
"""For each package that was looked up what is known against it."""


class IncompleteError(Exception):
    """The audit cannot vouch for every package."""


def pinned() -> list[Package]:
    """Every release that a lock file names, for whatever platform and Python."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "requirements").glob("*.txt")))
    return sorted({Package(_name(name), version) for text in texts for name, version in PIN.findall(text)})


def pinned_in_npm() -> Package:
    """The browser's Python, as the generator pins it."""
    pin = runpy.run_path(str(ROOT / "generator" / "runtime" / "pin.py"))["PYODIDE"]
    return Package(pin.name, pin.version)


def ask_pypi(packages: Iterable[Package]) -> Advisories:
    """What is known against packages of PyPI, through pip-audit.

    pip-audit passes over what a marker keeps from this platform, and takes one version of a name: it gets the bare
    pins, in as many calls as the most pinned name has versions.
    """
    left = sorted(packages)
    found: Advisories = {}
    while left:
        chosen = {package.name: package for package in left}
        left = [package for package in left if package not in chosen.values()]
        found |= _pip_audit(list(chosen.values()))
    return found


def _pip_audit(packages: list[Package]) -> Advisories:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text("".join(f"{one.name}=={one.version}\n" for one in packages), encoding="utf-8")
        options = ("--strict", "--disable-pip", "--no-deps", "--format", "json", "--progress-spinner", "off")
        answer = _json(sys.executable, "-m", "pip_audit", *options, "--requirement", str(file))
    found: Advisories = {}
    for item in answer.get("dependencies", []):
        if "skip_reason" in item:
            raise IncompleteError(f"{item['name']} was passed over: {item['skip_reason']}")
        found[Package(_name(item["name"]), item["version"])] = [_advisory(one) for one in item["vulns"]]
    missing = sorted(set(packages) - found.keys())
    if missing:
        raise IncompleteError(f"pip-audit said nothing about {', '.join(map(str, missing))}")
    return found


def _advisory(item: dict[str, Any]) -> str:
    mended = f", mended in {', '.join(item['fix_versions'])}" if item.get("fix_versions") else ""
    return f"{', '.join([item['id'], *item.get('aliases', [])])}{mended}"


def ask_npm(packages: list[Package]) -> Advisories:
    """What is known against packages of npm, through `npm audit` on a lock file made for the purpose."""
    if not shutil.which("npm"):
        raise IncompleteError("there is no npm on PATH")
    asked = {one.name: one.version for one in packages}
    root = {"name": "audit", "version": "0.0.0", "dependencies": asked}
    nodes = {f"node_modules/{one.name}": {"version": one.version} for one in packages}
    lock = {"name": "audit", "version": "0.0.0", "lockfileVersion": 3, "packages": {"": root, **nodes}}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "package.json").write_text(json.dumps(root), encoding="utf-8")
        (Path(folder) / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
        answer = _json("npm", "audit", "--json", "--package-lock-only", folder=folder)
    if "vulnerabilities" not in answer:
        raise IncompleteError(f"npm audit: {answer.get('message', 'an answer without a verdict')}")
    told = answer["vulnerabilities"]
    return {
        one: [via["title"] if isinstance(via, dict) else str(via) for via in told.get(one.name, {}).get("via", [])]
        for one in packages
    }


def _json(*command: str, folder: str | None = None) -> dict[str, Any]:
    """What a program prints as JSON; its exit code tells a vulnerability from a failure no better than this does."""
    try:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT, check=False
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise IncompleteError(f"{Path(command[0]).name}: no answer within {LIMIT} seconds") from None
    except ValueError:
        lines = [line for line in done.stderr.strip().splitlines() if not line.startswith("WARNING")]
        last = lines[-1].removeprefix("ERROR:pip_audit._cli:") if lines else f"no answer, exit code {done.returncode}"
        raise IncompleteError(last) from None
    return answer if isinstance(answer, dict) else {}


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _prove(service: str, found: Advisories, known: Package) -> None:
    if not found.pop(known):
        raise IncompleteError(f"{service} reports nothing against {known}, which is known to be vulnerable")


def audit() -> Advisories:
    """Ask about everything that is pinned; the known releases first, which settles whether asking is of use."""
    _prove("PyPI's service", ask_pypi([KNOWN_IN_PYPI]), KNOWN_IN_PYPI)
    in_npm = ask_npm([pinned_in_npm(), KNOWN_IN_NPM])
    _prove("npm's service", in_npm, KNOWN_IN_NPM)
    return ask_pypi(pinned()) | in_npm


def main() -> int:
    """Print the verdict and give the exit code."""
    try:
        found = audit()
    except IncompleteError as error:
        print("audit: NOT DONE, nothing is known about the packages", file=sys.stderr)
        print(f"  {error}", file=sys.stderr)
        print("  hint: run it on a network that reaches PyPI's and npm's own services, not a mirror", file=sys.stderr)
        return 2
    bad = {package: known for package, known in found.items() if known}
    for package, known in sorted(bad.items()):
        print(*(f"{package}: {one}" for one in known), sep="\n")
    print(f"audit: {len(found)} packages looked up, {len(bad)} with a known vulnerability")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
