"""The command `vademecum`: parses options, calls, prints, and returns the exit code."""

import argparse
import json
import logging
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator import __version__, ask, exports, report
from generator.checks import check_folder
from generator.findings import Finding, has_errors
from generator.load import folder_name, guideline_folders

REFUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 for an error, 2 for a refused input or a wrong command line."""
    options = _options(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Chinese text on a console with another encoding
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return int(options.run(options))
    except BrokenPipeError:
        return 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line as read. What is typed may stand before and behind an option, which argparse alone refuses."""
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    if rest and (not hasattr(options, "typed") or any(item.startswith("-") for item in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest:
        options.typed += rest
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vademecum", description=__doc__.partition(":")[0])
    parser.add_argument("--version", action="version", version=f"vademecum {__version__}")
    verbs = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    build = verbs.add_parser("build", help="check the guidelines and build the site")
    build.add_argument("-f", "--config-file", type=Path, default=Path("mkdocs.yml"))
    build.add_argument("-d", "--site-dir", type=Path, help="folder to build into (default: mkdocs.yml's)")
    build.set_defaults(run=_build)

    serve = verbs.add_parser("serve", help="build, serve on this machine, and rebuild when a file changes")
    serve.add_argument("-f", "--config-file", type=Path, default=Path("mkdocs.yml"))
    serve.add_argument("-a", "--address", default="127.0.0.1:8000", metavar="HOST:PORT")
    serve.set_defaults(run=_serve)

    check = verbs.add_parser("check", help="print every finding about the guidelines")
    check.add_argument("folders", nargs="*", type=Path, help="guideline folders (default: all below content/)")
    check.add_argument("--format", choices=("text", "json", "github"), default="text")
    check.set_defaults(run=_check)

    export = verbs.add_parser("export", help="write each guideline as a file to print or to carry")
    export.add_argument("format", choices=tuple(exports.FORMATS), metavar="FORMAT", help=" or ".join(exports.FORMATS))
    export.add_argument("-f", "--config-file", type=Path, default=Path("mkdocs.yml"))
    export.add_argument("-o", "--out", type=Path, default=Path("dist"), metavar="DIR", help="folder (default: dist)")
    export.add_argument("--guideline", metavar="ID", help="this guideline only (default: all)")
    export.add_argument("--no-python", action="store_true", help="single-file: static tables only, for e-mail")
    export.set_defaults(run=_export)

    calc = verbs.add_parser("calc", help="calculate: vademecum calc GUIDELINE/CALCULATOR input=value …")
    calc.add_argument("calculator", metavar="GUIDELINE/CALCULATOR")
    calc.add_argument("typed", nargs="*", metavar="INPUT=VALUE")
    calc.add_argument("--json", action="store_true", help="print the whole outcome as one JSON object")
    calc.add_argument("--content", type=Path, default=Path("content"), help="folder of the guidelines")
    calc.set_defaults(run=_calc)

    walk = verbs.add_parser("walk", help="walk a pathway: vademecum walk GUIDELINE/PATHWAY node=answer …")
    walk.add_argument("pathway", metavar="GUIDELINE/PATHWAY")
    walk.add_argument("typed", nargs="*", metavar="NODE=ANSWER")
    walk.add_argument("--json", action="store_true", help="print the whole step as one JSON object")
    walk.add_argument("--content", type=Path, default=Path("content"), help="folder of the guidelines")
    walk.set_defaults(run=_walk)
    return parser


def _build(options: argparse.Namespace) -> int:
    """Build beside the old site and put the new one in its place only when it is whole."""
    from mkdocs.commands.build import build  # noqa: PLC0415 - other commands do without mkdocs

    config = _mkdocs_config(options.config_file)
    if config is None:
        return 1
    target = Path(options.site_dir or config.site_dir).resolve()
    fresh = target.with_name(f".{target.name}-building")
    shutil.rmtree(fresh, ignore_errors=True)
    config.site_dir = str(fresh)
    if not _mkdocs_run(lambda: build(config)):
        shutil.rmtree(fresh, ignore_errors=True)
        return 1
    old = target.with_name(f".{target.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    print(f"Built {target.name}/ with {sum(1 for _ in target.rglob('*.html'))} pages")
    return 0


def _serve(options: argparse.Namespace) -> int:
    from mkdocs.commands.serve import serve  # noqa: PLC0415

    if _mkdocs_config(options.config_file) is None:
        return 1
    logging.getLogger("mkdocs").setLevel(logging.INFO)  # says the address, and what is built anew
    return 0 if _mkdocs_run(lambda: serve(str(options.config_file), dev_addr=options.address)) else 1


def _export(options: argparse.Namespace) -> int:
    from generator.plugin import content_folder  # noqa: PLC0415

    config = _mkdocs_config(options.config_file)
    if config is None:
        return 1
    request = exports.Request(
        config_file=options.config_file,
        content=content_folder(config),
        out=options.out,
        site_url=config.site_url or "",
        directory_urls=config.use_directory_urls,
        only=options.guideline,
        python=not options.no_python,
    )
    try:
        written = exports.export(options.format, request)
    except exports.ExportError as error:
        print(f"vademecum: {error}", file=sys.stderr)
        return 1
    for path in written:
        print(f"Wrote {path} ({path.stat().st_size / 1e6:.1f} MB)")
    return 0


def _mkdocs_config(path: Path) -> Any:
    """The site's configuration, or None with a message when it cannot be read."""
    from mkdocs.config import load_config  # noqa: PLC0415

    logging.basicConfig(format="%(message)s", level=logging.WARNING, stream=sys.stderr)
    if not path.is_file():
        print(f"{path}: expected the site's configuration, found no such file", file=sys.stderr)
        print("  hint: run the command where mkdocs.yml is, or name it with --config-file", file=sys.stderr)
        return None
    loaded: list[Any] = []
    return loaded[0] if _mkdocs_run(lambda: loaded.append(load_config(str(path)))) else None


def _mkdocs_run(action: Any) -> bool:
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


def _check(options: argparse.Namespace) -> int:
    folders = options.folders or guideline_folders(Path("content"))
    findings: list[Finding] = []
    if not folders:
        print("vademecum: no guideline found: expected content/NAME/guideline.yaml", file=sys.stderr)
        return 1
    for folder in folders:
        findings += check_folder(folder, str(folder))[1]
    printers = {"text": report.text, "json": report.as_json, "github": report.github}
    print(printers[options.format](findings))
    if options.format == "text":
        print(report.checked([folder_name(folder) for folder in folders if folder.is_dir()]))
    return 1 if has_errors(findings) else 0


def _calc(options: argparse.Namespace) -> int:
    try:
        outcome, language = ask.calculate(options.content, options.calculator, options.typed)
    except ask.AskError as error:
        print(error, file=sys.stderr)
        return 1
    print(_json(outcome.as_dict()) if options.json else ask.outcome_in_words(outcome, language))
    return REFUSED if outcome.kind == "refused" else 0


def _walk(options: argparse.Namespace) -> int:
    try:
        step = ask.walk(options.content, options.pathway, options.typed)
    except ask.AskError as error:
        print(error, file=sys.stderr)
        return 1
    print(_json(step.as_dict()) if options.json else ask.step_in_words(step))
    return REFUSED if step.state == "refused" else 0


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    sys.exit(main())
