"""`vademecum check`: print every finding about the guidelines."""

import argparse
import sys
from pathlib import Path
from typing import Any

from generator import report
from generator.checks import check_folder
from generator.findings import Finding, has_errors
from generator.load import folder_name, guideline_folders


def add_to(verbs: Any) -> None:
    """Declare the command."""
    check = verbs.add_parser("check", help="print every finding about the guidelines")
    check.add_argument("folders", nargs="*", type=Path, help="guideline folders (default: all below content/)")
    check.add_argument("--format", choices=("text", "json", "github"), default="text")
    check.set_defaults(run=_check)


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
