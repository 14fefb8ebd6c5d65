import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def audit(monkeypatch):
    """tools/audit.py with services that know every package, and nothing against any but the known bad ones."""
    spec = importlib.util.spec_from_file_location("audit_under_test", ROOT / "tools" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    module.against = {module.KNOWN_IN_PYPI: ["CVE-1"], module.KNOWN_IN_NPM: ["Old"]}
    module.passed_over = set()
    module.unsaid = set()
    module.calls = []
    monkeypatch.setattr(module, "_json", lambda *command, folder=None: stand_in(module, command, folder))
    monkeypatch.setattr(module.shutil, "which", lambda name: name)
    return module


def stand_in(audit, command, folder):
    """What pip-audit or npm would print."""
    audit.calls.append(command)
    if command[0] == "npm":
        asked = json.loads((Path(folder) / "package-lock.json").read_text())["packages"][""]["dependencies"]
        known = {audit.Package(*item): audit.against.get(audit.Package(*item), []) for item in asked.items()}
        told = {one.name: {"via": [{"title": title} for title in titles]} for one, titles in known.items() if titles}
        return {"vulnerabilities": told}
    dependencies = []
    for line in Path(command[-1]).read_text().split():
        package = audit.Package(*line.split("=="))
        if package.name in audit.passed_over:
            dependencies.append({"name": package.name, "skip_reason": "not found"})
        elif package.name not in audit.unsaid:
            vulns = [{"id": one, "fix_versions": ["9.9"], "aliases": []} for one in audit.against.get(package, [])]
            dependencies.append({"name": package.name, "version": package.version, "vulns": vulns})
    return {"dependencies": dependencies}


def test_a_clean_audit_has_looked_up_every_pin(audit, capsys):
    """With nothing known against any package the exit code is 0, and every pin of every lock file was asked about."""
    assert audit.main() == 0
    wanted = set()
    for path in (ROOT / "requirements").glob("*.txt"):
        wanted |= set(re.findall(r"^([\w.-]+)[^=\n]*==(\S+)", path.read_text(), flags=re.M))
    assert {(one.name, one.version) for one in audit.pinned()} == wanted
    assert f"{len(wanted) + 1} packages looked up, 0 with" in capsys.readouterr().out


def test_every_version_of_a_name_is_asked_about(audit):
    """Two versions of a package, pinned for different platforms, are asked about in two calls."""
    both = [audit.Package("one", "1"), audit.Package("one", "2"), audit.Package("two", "1")]
    assert set(audit.ask_pypi(both)) == set(both)
    assert len(audit.calls) == 2


def test_a_vulnerability_is_printed_and_fails(audit, capsys):
    """A known vulnerability in PyPI's or npm's package is printed with its cure, and the exit code is 1."""
    audit.against[audit.pinned()[0]] = ["CVE-2"]
    audit.against[audit.pinned_in_npm()] = ["Bad"]
    assert audit.main() == 1
    out = capsys.readouterr().out
    assert f"{audit.pinned()[0]}: CVE-2, mended in 9.9" in out
    assert f"{audit.pinned_in_npm()}: Bad" in out


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda audit: audit.passed_over.add("mkdocs"), "mkdocs was passed over: not found"),
        (lambda audit: audit.unsaid.add("mkdocs"), "pip-audit said nothing about mkdocs"),
        (lambda audit: audit.against.pop(audit.KNOWN_IN_PYPI), "reports nothing against jinja2"),
        (lambda audit: audit.against.pop(audit.KNOWN_IN_NPM), "reports nothing against minimist"),
        (lambda audit: setattr(audit.shutil, "which", lambda name: None), "no npm"),
    ],
)
def test_an_audit_that_is_not_whole_fails(audit, harm, reason, capsys):
    """A package passed over or not answered, and a service that knows of no vulnerability at all, give exit code 2."""
    harm(audit)
    assert audit.main() == 2
    error = capsys.readouterr().err
    assert "NOT DONE" in error
    assert reason in error


def test_a_mirror_is_noticed_before_all_else_is_asked(audit):
    """Where the service knows nothing against the known bad release, no other package is looked up."""
    audit.against.pop(audit.KNOWN_IN_PYPI)
    assert audit.main() == 2
    assert len(audit.calls) == 1


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import sys; sys.exit('WARNING: x\\nConnectionError: out of reach\\nWARNING: y')", "out of reach"),
        ("print('<html>a login page</html>')", "exit code 0"),
        ("import time; time.sleep(60)", "no answer within"),
    ],
)
def test_a_service_out_of_reach_is_no_answer(monkeypatch, program, reason):
    """A program that fails, prints no JSON or hangs is an audit that is not whole, with its last line as the reason."""
    spec = importlib.util.spec_from_file_location("audit_as_it_is", ROOT / "tools" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "LIMIT", 1)
    with pytest.raises(module.IncompleteError, match=reason):
        module._json(sys.executable, "-c", program)


def test_an_answer_of_npm_without_a_verdict_is_none(audit, monkeypatch):
    """When npm's endpoint refuses the question its message is the reason."""
    monkeypatch.setattr(audit, "_json", lambda *command, folder=None: {"message": "405 Method Not Allowed"})
    with pytest.raises(audit.IncompleteError, match="405"):
        audit.ask_npm([audit.KNOWN_IN_NPM])
