"""The command `vademecum`: parses options, calls, prints, and returns the exit code."""

import argparse
import json
import logging
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from calculators import decide
from calculators.errors import UnknownCalculator
from calculators.outcomes import Outcome
from calculators.payload import parse
from generator import __version__, payload, report
from generator.checks import check_folder
from generator.findings import Finding, has_errors
from generator.load import guideline_folders

REFUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 for an error, 2 for a refused calculation or a wrong command line."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Chinese text on a console with another encoding
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return int(options.run(options))
    except BrokenPipeError:
        return 1


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

    calc = verbs.add_parser("calc", help="calculate: vademecum calc GUIDELINE/CALCULATOR input=value …")
    calc.add_argument("calculator", metavar="GUIDELINE/CALCULATOR")
    calc.add_argument("inputs", nargs="*", metavar="INPUT=VALUE")
    calc.add_argument("--json", action="store_true", help="print the whole outcome as one JSON object")
    calc.add_argument("--content", type=Path, default=Path("content"), help="folder of the guidelines")
    calc.set_defaults(run=_calc)
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
    return 0 if _mkdocs_run(lambda: serve(str(options.config_file), dev_addr=options.address)) else 1


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
        if str(error):
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
    return 1 if has_errors(findings) else 0


def _calc(options: argparse.Namespace) -> int:
    guideline_id, _, calculator_id = options.calculator.partition("/")
    folder = options.content / guideline_id
    if not (folder / "guideline.yaml").is_file():
        known = [path.name for path in guideline_folders(options.content)]
        print(
            f"vademecum: no guideline '{guideline_id}'; there is: {', '.join(known) or 'none'}",
            file=sys.stderr,
        )
        return 1
    guideline, findings = check_folder(folder, str(folder))
    if guideline is None or has_errors(findings):
        print(report.text(findings), file=sys.stderr)
        return 1
    pairs = []
    for item in options.inputs:
        name, equals, value = item.partition("=")
        if not equals:
            print(f"vademecum: expected INPUT=VALUE, found '{item}'", file=sys.stderr)
            return 1
        pairs.append((name, value))
    try:
        outcome = decide.calculate(parse(payload.dump(guideline)), calculator_id, pairs)
    except UnknownCalculator:
        known = [item.id for item in guideline.calculators]
        print(f"vademecum: no calculator '{calculator_id}'; there is: {', '.join(known)}", file=sys.stderr)
        return 1
    print(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2) if options.json else _in_words(outcome))
    return REFUSED if outcome.kind == "refused" else 0


def _in_words(outcome: Outcome) -> str:
    """The outcome for a terminal: the headline, then what goes with it, a line each."""
    data = outcome.as_dict()
    lines = [outcome.headline()]
    for key in ("route", "duration", "interval"):
        if data[key]:
            lines.append(f"{key}: {data[key] if isinstance(data[key], str) else data[key]['text']}")
    lines += (
        [f"listed: {data['listed']['value']} {data['listed']['unit']} ({data['listed']['source']})"]
        if data["listed"]
        else []
    )
    lines += [f"reading: {item['value']} {item['unit']}: {item['reading']}" for item in data["alternatives"]]
    lines += [f"risk: {item['event']}: {item['text']}" for item in data["risks"]]
    lines += [f"{item['id']}: {item['text']}" for item in data["caveats"]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
