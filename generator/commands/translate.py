"""`vademecum translate`: write or update the files of a translation, ready to be filled in."""

import argparse
import sys
from pathlib import Path
from typing import Any

from generator import report, translation
from generator.checks import check_folder
from generator.findings import has_errors
from generator.load.overlays import LANGUAGE


def add_to(verbs: Any) -> None:
    """Declare the command."""
    translate = verbs.add_parser("translate", help="write or update the files of a translation, such as en/")
    translate.add_argument("folder", type=Path, help="the guideline's folder")
    translate.add_argument("language", help="the language to translate into, such as en or zh-Hans")
    translate.set_defaults(run=_translate)


def _translate(options: argparse.Namespace) -> int:
    if not LANGUAGE.match(options.language):
        print(f"vademecum: expected a language tag, found '{options.language}'", file=sys.stderr)
        print("  hint: for example en, zh-Hans or pt-BR", file=sys.stderr)
        return 2
    guideline, findings = check_folder(options.folder, str(options.folder))
    if guideline is None or has_errors(findings):
        print(report.text(findings))
        print("vademecum: mend the errors first; nothing was written", file=sys.stderr)
        return 1
    if guideline.meta.language == options.language:
        print(f"vademecum: expected another language than the guideline's own, '{options.language}'", file=sys.stderr)
        return 2
    known = {overlay.language: overlay for overlay in guideline.overlays}
    target = options.folder / options.language
    overlay = known.get(options.language)
    written = translation.write(guideline, overlay, str(options.folder), target)
    for path in written.files:
        print(f"Wrote {path}")
    done = written.all - written.missing - written.stale
    print(
        f"{target}: {written.all} texts: {done} translated, {written.stale} stale, {written.missing} not yet translated"
    )
    for place in written.idle:
        print(f"  {place}: no text of the guideline is there any more; its translation is kept at the end of its file")
    return 0
