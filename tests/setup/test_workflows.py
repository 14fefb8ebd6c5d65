"""The workflows are sound, pinned, and grant no more than they need; what checks them would say if they were not."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.starter import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
STARTER = ROOT / "generator" / "starter" / "common" / "dot.github" / "workflows" / "site.yml"
WORKFLOWS = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")), STARTER]
SITE = ROOT / ".github" / "workflows" / "site.yml"
PINNED = re.compile(r"^\s*(?:- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")

# What is planted in the workflow, and a word of the finding.
FAULTS = {
    "unknown key": ("    timeout-minutes: 30\n", "    timeout-minuets: 30\n", "timeout-minuets"),
    "unknown need": ("needs: build", "needs: biuld", "biuld"),
    "unknown output": ("steps.pages.outputs", "steps.page.outputs", "page"),
    "text from a stranger in a shell": (
        "run: make check",
        "run: echo ${{ github.event.pull_request.title }}",
        "untrusted",
    ),
    "unknown permission": ("contents: read", "content: read", "content"),
}


def lint(*files: Path) -> tuple[int, str]:
    """Exit code and findings of the check, as a person would run it."""
    command = [sys.executable, str(ROOT / "tools" / "lint_workflows.py"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    return done.returncode, done.stdout + done.stderr


def read(path: Path) -> dict[Any, Any]:
    """A workflow as data; `on` is the word true in YAML."""
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def test_actionlint_finds_nothing() -> None:
    """Actionlint has nothing to say about any workflow, nor about the one that new sites get."""
    assert lint() == (0, "")
    assert lint(*WORKFLOWS) == (0, "")


def test_new_sites_get_the_same_actions() -> None:
    """The workflow of `vademecum new` uses the very actions, at the very commits, of this repository's own."""
    own, new = (
        {line.strip() for line in path.read_text("utf-8").splitlines() if "uses: " in line} for path in (SITE, STARTER)
    )
    assert own == new


@pytest.mark.parametrize(("old", "new", "word"), FAULTS.values(), ids=FAULTS.keys())
def test_actionlint_finds_a_planted_fault(tmp_path: Path, old: str, new: str, word: str) -> None:
    """A fault in a copy of the workflow is reported with its place, so the check above can fail."""
    text = SITE.read_text("utf-8")
    assert old in text
    (tmp_path / "planted.yml").write_text(text.replace(old, new, 1), "utf-8")
    code, said = lint(tmp_path / "planted.yml")
    assert code == 1
    assert re.search(rf"planted\.yml:\d+:\d+: .*{word}", said)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_its_commit(path: Path) -> None:
    """Each `uses` names a whole commit with its version beside it: a moved tag changes nothing here."""
    lines = [line for line in path.read_text("utf-8").splitlines() if re.match(r"\s*(- )?uses:", line)]
    assert lines
    assert [line for line in lines if not PINNED.match(line)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_expression_stands_in_a_shell(path: Path) -> None:
    """No `run` line holds an expression: what GitHub fills in comes through the environment, as a value."""
    steps = [step for job in read(path)["jobs"].values() for step in job["steps"]]
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_fork_gets_nothing_but_the_right_to_read(path: Path) -> None:
    """Nothing is granted to the whole workflow, only publishing may write, and a pull request never gets there."""
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow[True]
    assert "secrets." not in path.read_text("utf-8")
    for job in workflow["jobs"].values():
        writes = [name for name, level in job["permissions"].items() if level != "read"]
        assert not writes or "github.event_name != 'pull_request'" in job["if"]
        checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize(
    ("path", "command", "settings"),
    [
        (SITE, "make site", ROOT / "mkdocs.yml"),
        *((STARTER, "vademecum build", STARTER.parents[3] / name / "mkdocs.yml") for name in LANGUAGES),
    ],
    ids=["own", *LANGUAGES],
)
def test_the_site_is_built_for_the_address_that_pages_gives(path: Path, command: str, settings: Path) -> None:
    """The address that Pages tells reaches the build as SITE_URL, which mkdocs.yml reads; what was built is kept."""
    steps = read(path)["jobs"]["build"]["steps"]
    [build] = [step for step in steps if step.get("run") == command]
    assert build["env"] == {"SITE_URL": "${{ steps.pages.outputs.base_url }}"}
    assert [step["id"] for step in steps if "configure-pages@" in step.get("uses", "")] == ["pages"]
    assert steps[-1]["with"] == {"path": "site"}
    assert 'site_url: !ENV [SITE_URL, ""]' in settings.read_text("utf-8")
