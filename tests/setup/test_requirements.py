import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
FILES = {path.stem: path for path in sorted((ROOT / "requirements").glob("*.txt"))}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = {
    "site": PROJECT["project"]["dependencies"],
    "export": PROJECT["project"]["optional-dependencies"]["print"],
    "test": PROJECT["dependency-groups"]["dev"],
    **{name: PROJECT["dependency-groups"][name] for name in ("build", "node", "lock", "audit")},
}


def entries(name):
    """The requirements of a lock file: the text before the hashes, and the hashes."""
    text = re.sub(r"^#.*\n", "", FILES[name].read_text(encoding="utf-8"), flags=re.M)
    for line in text.replace("\\\n", " ").splitlines():
        requirement, *hashes = re.split(r"\s+--hash=", line)
        yield Requirement(requirement), hashes


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_one_version_with_hashes(name):
    """Each line of a lock file is an exact version and at least one sha256."""
    for requirement, hashes in entries(name):
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one.strip()) for one in hashes), requirement


@pytest.mark.parametrize("name", FILES)
def test_no_lock_file_names_a_place(name):
    """A lock file holds no address, option or path: where packages come from is the installer's affair."""
    for line in FILES[name].read_text(encoding="utf-8").splitlines():
        assert "/" not in line
        assert not line.startswith("-")


@pytest.mark.parametrize("name", ASKED)
def test_the_lock_file_gives_what_pyproject_asks_for(name):
    """Every dependency of pyproject.toml is locked, at a version that it allows (else: make lock)."""
    versions = {canonicalize_name(found.name): found.specifier for found, _ in entries(name)}
    for text in ASKED[name]:
        asked = Requirement(text)
        locked = str(versions[canonicalize_name(asked.name)]).removeprefix("==")
        assert asked.specifier.contains(locked, prereleases=True), text


def test_the_audit_changes_no_package_of_the_tests():
    """What audit.txt shares with test.txt has the same version there, since both go into one .venv."""
    audit, test = ({one.name: one.specifier for one, _ in entries(name)} for name in ("audit", "test"))
    assert {name: audit[name] for name in audit.keys() & test.keys()} == {
        name: test[name] for name in audit.keys() & test.keys()
    }


@pytest.mark.parametrize(("part", "whole"), [("site", "export"), ("export", "test")])
def test_the_tests_run_with_the_packages_of_the_site_and_the_exports(part, whole):
    """export.txt holds all of site.txt, and test.txt all of export.txt, version for version and hash for hash."""
    assert {str(one): sorted(hashes) for one, hashes in entries(part)}.items() <= {
        str(one): sorted(hashes) for one, hashes in entries(whole)
    }.items()
