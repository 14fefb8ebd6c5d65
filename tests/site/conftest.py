"""Fixtures of the tests that build small sites."""

import shutil
from pathlib import Path

import pytest
from site_builder import GUIDELINE, Built, add_guideline, mkdocs_build, new_project

from generator.load import load
from generator.models.guideline import Guideline

REAL = Path(__file__).parents[2] / "content" / "lung-cancer-bone-metastasis"


def _loaded(folder: Path) -> Guideline:
    guideline = load(folder).guideline
    assert guideline is not None
    return guideline


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The mkdocs.yml of a project with the tiny guideline, without the browser's Python."""
    config = new_project(tmp_path / "project")
    add_guideline(config)
    return config


@pytest.fixture(scope="session")
def two_guidelines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site of two guidelines with a hand-written page beside them; only to be read."""
    config = new_project(tmp_path_factory.mktemp("two") / "project")
    add_guideline(config, "one-fever")
    add_guideline(config, "two-fever")
    (config.parent / "content" / "colophon.md").write_text("# Colophon\n\nWritten by hand, with *emphasis*.\n", "utf-8")
    return mkdocs_build(config)


@pytest.fixture(scope="session")
def english(two_guidelines: Path) -> Built:
    """The tiny guideline, in English."""
    return Built(_loaded(GUIDELINE), two_guidelines / "one-fever")


@pytest.fixture(scope="session")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The first guideline, in Chinese, without the browser's Python."""
    config = new_project(tmp_path_factory.mktemp("chinese") / "project")
    shutil.copytree(REAL, config.parent / "content" / REAL.name)
    return Built(_loaded(REAL), mkdocs_build(config) / REAL.name)


@pytest.fixture(scope="session", params=["english", "chinese"])
def built(request: pytest.FixtureRequest) -> Built:
    """Each of the two guidelines in turn."""
    found: Built = request.getfixturevalue(request.param)
    return found
