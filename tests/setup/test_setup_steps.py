import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def setup(tmp_path, monkeypatch):
    """tools/setup.py at work in an empty checkout, with a .venv that looks complete for `make test`."""
    spec = importlib.util.spec_from_file_location("setup_under_test", ROOT / "tools" / "setup.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", venv)
    monkeypatch.setattr(module, "BIN", venv / "bin")
    monkeypatch.setattr(module, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(module, "STAMPS", venv / ".setup")
    monkeypatch.setattr(module, "REQUIREMENTS", tmp_path / "requirements")
    (tmp_path / "requirements").mkdir()
    for name in ("build", "site", "export", "test", "node", "lock", "audit"):
        (tmp_path / "requirements" / f"{name}.txt").write_text("some==1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").touch()
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    module.write_stamp("base", module.key())
    module.write_stamp("test", module.key(*module.locked("test")))
    module.write_stamp("project", module.key(tmp_path / "pyproject.toml"))
    return module


@pytest.fixture
def no_pip(setup, monkeypatch):
    """Any call of pip is an error."""

    def refuse(*arguments):
        raise AssertionError(arguments)

    monkeypatch.setattr(setup, "pip_install", refuse)


def fake(path: Path, body: str = "exit 0") -> Path:
    """A stand-in for a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.usefixtures("no_pip")
@pytest.mark.parametrize("name", ["site", "export", "test"])
def test_a_complete_set_up_is_left_alone(setup, name, capsys):
    """With every stamp in place nothing is made, installed or said."""
    setup.make_venv()
    setup.install(name)
    setup.install_project()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda setup: setup.PYTHON.unlink(), "has gone"),
        (lambda setup: setup.write_stamp("base", "another"), "another Python or place"),
        (lambda setup: setup.write_stamp("unfinished", "yes"), "interrupted"),
        (
            lambda setup: (setup.REQUIREMENTS / "site.txt").write_text("some==2\n"),
            "test.txt or build.txt has changed",
        ),
        (lambda setup: (setup.REQUIREMENTS / "build.txt").write_text("some==2\n"), "has changed"),
    ],
)
def test_a_venv_that_will_not_do_is_made_anew(setup, harm, reason):
    """A lost or other interpreter, an interrupted step and a changed lock file each cause a new .venv."""
    assert setup.reason_for_a_new_venv() == ""
    harm(setup)
    assert reason in setup.reason_for_a_new_venv()


def test_a_step_that_breaks_off_stays_marked(setup, monkeypatch):
    """When pip fails in the middle, the next set-up knows that .venv is half-changed."""

    def broken(*arguments):
        raise setup.SetupError("no network")

    monkeypatch.setattr(setup, "pip_install", broken)
    (setup.STAMPS / "test").unlink()
    with pytest.raises(setup.SetupError):
        setup.install("test")
    assert "interrupted" in setup.reason_for_a_new_venv()
    assert not setup.has("test")


def test_a_failed_command_is_reported_with_the_end_of_its_output(setup):
    """The message holds what the command said last, and there is no traceback."""
    with pytest.raises(setup.SetupError, match=r"it failed\n  \| the reason"):
        setup.run(["sh", "-c", "echo the reason; exit 3"], "it failed")


@pytest.mark.parametrize(("version", "good"), [("v24.1.0", True), ("v20.0.0", True), ("v18.20.4", False), ("?", False)])
def test_an_old_node_on_path_is_passed_over(setup, tmp_path, monkeypatch, version, good):
    """Node.js is taken from PATH only from version 20 up, and only with npm beside it."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")
    fake(tmp_path / "bin" / "node", f"echo {version}")
    fake(tmp_path / "bin" / "npm")
    assert setup.node_on_path() is good


@pytest.fixture
def bare_machine(setup, tmp_path, monkeypatch):
    """Root on a machine with no browser; gives a function that makes an apt-get which brings some programs."""
    programs = tmp_path / "bin"
    said = tmp_path / "apt-said"

    def bring(*names: str) -> Path:
        make = "; ".join(f'printf "#!/bin/sh\\n" > {programs / name}; chmod +x {programs / name}' for name in names)
        install = f'case "$*" in *install*) {make or "true"};; esac'
        fake(programs / "apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {said}; {install}')
        for tool in ("env", "chmod"):
            (programs / tool).symlink_to(f"/usr/bin/{tool}" if Path(f"/usr/bin/{tool}").exists() else f"/bin/{tool}")
        return said

    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv("VADEMECUM_CHROMIUM", raising=False)
    monkeypatch.setattr(setup, "MAC_CHROMIUMS", ())
    monkeypatch.setattr(setup.os, "geteuid", lambda: 0)
    return bring


def test_root_without_a_browser_gets_one_from_apt(setup, bare_machine, tmp_path, capsys):
    """Root on Debian gets Chromium and a Chinese font from apt-get, with no question asked."""
    said = bare_machine("chromium")
    setup.provide_chromium()
    browser = str(tmp_path / "bin" / "chromium")
    assert setup.stamp("chromium") == browser
    update, packages = said.read_text(encoding="utf-8").splitlines()
    assert update.startswith("noninteractive")
    assert update.endswith("update")
    assert packages.endswith("install chromium fonts-noto-cjk")
    assert browser in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "packages"),
    [
        ("all", "firefox-esr webkit2gtk-driver xvfb"),
        ("chromium, Firefox", "firefox-esr"),
        ("webkit", "webkit2gtk-driver xvfb"),
    ],
)
def test_root_gets_the_engines_that_were_asked_for(setup, bare_machine, monkeypatch, asked, packages):
    """With ENGINES root gets Firefox and WebKitGTK from apt-get, and a second set-up installs nothing."""
    said = bare_machine("firefox-esr", "WebKitWebDriver", "Xvfb")
    monkeypatch.setenv("ENGINES", asked)
    setup.provide_engines()
    assert said.read_text(encoding="utf-8").splitlines()[1].endswith(f"install {packages}")
    said.unlink()
    setup.provide_engines()
    assert not said.exists()


@pytest.mark.parametrize("asked", ["", "chromium"])
def test_engines_that_were_not_asked_for_are_not_installed(setup, bare_machine, monkeypatch, asked):
    """Without ENGINES, or with Chromium alone, no other browser is looked for."""
    said = bare_machine()
    monkeypatch.setenv("ENGINES", asked)
    setup.provide_engines()
    assert not said.exists()


@pytest.mark.parametrize("user", [0, 1000])
def test_what_a_pdf_needs_of_the_system_is_installed_or_named(setup, bare_machine, monkeypatch, capsys, user):
    """Root gets Pango and a Chinese font from apt-get where a page cannot be set; everyone else is told how."""
    said = bare_machine()
    tries = []
    monkeypatch.setattr(setup.os, "geteuid", lambda: user)
    monkeypatch.setattr(setup, "prints", lambda: tries.append(said.exists()) or said.exists())
    setup.provide_print()
    assert said.exists() is (user == 0)
    if user == 0:
        assert said.read_text(encoding="utf-8").splitlines()[1].endswith(" ".join(setup.PRINT_PACKAGES))
        said.unlink()
        setup.provide_print()
        assert tries == [False, True]
    else:
        assert f"apt-get install {' '.join(setup.PRINT_PACKAGES)}" in capsys.readouterr().out


@pytest.mark.parametrize("installed", [["epubcheck", "java"], ["java"]])
def test_root_gets_epubcheck_with_java(setup, bare_machine, capsys, installed):
    """The checker of e-books comes from apt-get; where it cannot be had the set-up says what the test will lack."""
    said = bare_machine(*installed)
    setup.provide_epubcheck()
    assert said.read_text(encoding="utf-8").splitlines()[1].endswith("install epubcheck")
    told = "a test needs epubcheck and Java" in capsys.readouterr().out
    assert told is ("epubcheck" not in installed)


@pytest.mark.slow
def test_the_probe_sets_a_chinese_text(setup):
    """What the set-up asks of the machine is answered by a machine that can make a PDF."""
    assert subprocess.run([sys.executable, "-c", setup.PRINT_PROBE], check=False).returncode == 0


@pytest.mark.parametrize("user", [0, 1000])
def test_an_engine_that_cannot_be_had_ends_the_set_up(setup, bare_machine, monkeypatch, user):
    """When apt-get does not help, or is not ours to call, the set-up says what is missing and how to get it."""
    bare_machine("Xvfb")
    monkeypatch.setattr(setup.os, "geteuid", lambda: user)
    monkeypatch.setenv("ENGINES", "webkit")
    with pytest.raises(setup.SetupError, match=r"WebKitWebDriver.*\n.*apt-get install webkit2gtk-driver xvfb"):
        setup.provide_engines()


def test_a_browser_named_by_the_user_must_be_there(setup, monkeypatch):
    """A VADEMECUM_CHROMIUM that is no program ends the set-up with its name, not with another browser."""
    monkeypatch.setenv("VADEMECUM_CHROMIUM", "/no/such/chromium")
    with pytest.raises(setup.SetupError, match="/no/such/chromium"):
        setup.provide_chromium()


def test_make_alone_lists_every_target():
    """`make` prints each target of the Makefile with a line about it."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = next(line for line in makefile.splitlines() if line.startswith(".PHONY:")).split()[1:]
    listed = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True).stdout
    for target in targets:
        assert f"\n  {target} " in listed
