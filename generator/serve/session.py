"""The session of `vademecum serve`: wait for a save, make an edition, show it or say what is wrong."""

import errno
import gc
import json
import logging
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator import report
from generator.findings import Finding
from generator.plugin import FindingsError, content_folder, overrides_folder
from generator.serve.edition import Edition, Kept, WholeBuild, is_ours_alone
from generator.serve.memory import Memory
from generator.serve.server import LocalServer
from generator.serve.shown import Pages, Shown, Try
from generator.serve.watch import Watch

TRIES = 3
"""Tries in a row for a file that goes while it is read; then the next change is waited for."""

BREAK = 0.5
"""Seconds of waiting in one go: on Windows an interrupt is heard only between two of them."""


class CannotListenError(Exception):
    """The server cannot be had at this address.

    Attributes:
        in_use: another program listens there.
    """

    def __init__(self, problem: str, *, in_use: bool) -> None:
        """Say why."""
        super().__init__(problem)
        self.in_use = in_use


def serve(config_file: Path, host: str, port: int) -> None:
    """Serve a site until interrupted.

    Args:
        config_file: mkdocs.yml, which is there.
        host: the address of this machine to listen at; other machines can ask only where it is not the machine's own.
        port: 0 for any that is free.

    Raises:
        CannotListenError: the address is in use, or is not one of this machine.
    """
    shown = Shown()
    with _listening(host, port, shown) as server, tempfile.TemporaryDirectory(prefix="vademecum-serve-") as folder:
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        name = f"[{host}]" if ":" in host else host
        _tell(f"Serving on http://{name}:{server.server_address[1]}/ until Ctrl-C")
        watch = Watch()
        session = Session(config_file, shown, Path(folder))
        try:
            while True:
                watch.look_at(session.places())  # before anything is read, so that nothing saved meanwhile is missed
                session.make()
                while not watch.wait(BREAK) and not session.unsteady:
                    pass
        except KeyboardInterrupt:
            _tell("Stopped")
        finally:
            watch.stop()
            shown.close()
            server.shutdown()


def _listening(host: str, port: int, shown: Shown) -> LocalServer:
    try:
        return LocalServer(host, port, shown)
    except OSError as error:
        raise CannotListenError(error.strerror or str(error), in_use=error.errno == errno.EADDRINUSE) from None


class Session:
    """What is known between two saves."""

    def __init__(self, config_file: Path, shown: Shown, folder: Path) -> None:
        """Begin.

        Args:
            config_file: mkdocs.yml.
            shown: where editions are published.
            folder: an empty folder, for sites that are built as a whole.
        """
        self._config_file = config_file
        self._shown = shown
        self._folder = folder
        self._builds = 0
        self._memory = Memory()
        self._kept = Kept()
        self._settings = ""
        self._places: list[Path] = []
        self._said: list[Finding] = []
        self._lost = 0

    @property
    def unsteady(self) -> bool:
        """Whether a file could not be read while an edition was made, so that another try is due before long."""
        return 0 < self._lost < TRIES

    def places(self) -> list[Path]:
        """The folders and files from which the site is made, as far as they are known."""
        if not self._places:
            self._places = [self._config_file]
            with _heard(), suppress(MkDocsException, OSError):  # `make` says what is wrong
                self._config()
        return self._places

    def make(self) -> None:
        """Make an edition and show it; with errors the last good one stays, and what is wrong is told."""
        lost, self._lost = self._lost, 0
        begun = time.monotonic()
        findings: list[Finding] = []
        gc.disable()  # it would look through all guidelines again and again, while nothing of an edition goes yet
        with _heard() as messages:
            pages = self._edition(findings, messages, lost)
        gc.enable()
        self._memory.forget_the_unused()
        problem = "" if pages else "\n".join(messages)
        listed = json.loads(report.as_json(findings))["findings"]
        self._shown.publish(pages, Try(findings=listed, problem=problem))
        if findings and findings != self._said:
            _tell(report.text(findings))
        elif pages and self._said and not findings:
            _tell(report.text([]))
        for message in messages:
            _tell(message)
        self._said = findings
        clock, seconds = time.strftime("%H:%M:%S"), time.monotonic() - begun
        otherwise = "not shown: the last good site stays up" if self._shown.now()[0] else "nothing to show yet"
        _tell(f"{clock} shown after {seconds:.2f} s" if pages else f"{clock} {otherwise}")

    def _edition(self, findings: list[Finding], messages: list[str], lost: int) -> Pages | None:
        """The site as its files are, or None; adds what was found, and what else is wrong, in words."""
        try:
            config = self._config()
            plugin = config.plugins.get("guideline")
            if plugin is None:
                messages.append(f"{self._config_file}: expected the plugin 'guideline' among the plugins, found none")
                return None
            plugin.served, plugin.check, plugin.remember = True, self._memory.check, self._memory.remember
            try:
                return Edition(config, self._kept) if is_ours_alone(config) else self._whole(config)
            finally:
                findings += getattr(plugin, "findings", ())
        except FindingsError:
            return None
        except MkDocsException as error:
            if str(error) and not str(error).startswith("Aborted"):
                messages.append(str(error))
            return None
        except OSError as error:
            self._lost = lost + 1
            messages.append(f"{error.filename}: {error.strerror}")
            return None

    def _config(self) -> MkDocsConfig:
        """The configuration; another one than last time, or another theme, and nothing is remembered."""
        # Without an address of its own the site works at this one; its links are relative.
        config = load_config(str(self._config_file), site_url="", site_dir=str(self._folder / "none"))
        theme = [Path(folder) for folder in (config.theme.custom_dir, overrides_folder()) if folder]
        content = [Path(config.docs_dir), content_folder(config)]
        self._places = [self._config_file, *content, *theme, *map(Path, config.watch)]
        settings = repr([self._config_file.read_bytes(), [_looks(folder) for folder in theme]])
        if settings != self._settings:
            self._memory, self._kept, self._settings = Memory(), Kept(), settings
        return config

    def _whole(self, config: MkDocsConfig) -> WholeBuild:
        self._builds += 1
        made = WholeBuild(config, self._folder / str(self._builds))
        shutil.rmtree(self._folder / str(self._builds - 2), ignore_errors=True)  # the last may still be asked for
        return made


def _looks(folder: Path) -> list[tuple[str, int]]:
    return sorted((str(path), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file())


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What mkdocs and its plugins warn of, once each; the plugin's list of findings is told by the session."""
    messages: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            text = record.getMessage().strip()
            if record.msg != "\n%s" and text not in messages:
                messages.append(text)

    logger, listener = logging.getLogger("mkdocs"), Listener(logging.WARNING)
    before, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield messages
    finally:
        logger.removeHandler(listener)
        logger.propagate = before


def _tell(text: str) -> None:
    print(text, flush=True, file=sys.stderr)
