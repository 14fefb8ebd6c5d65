"""A guideline asked from the command line: a calculator or a pathway of a folder, and the answer in words."""

import shlex
from collections.abc import Iterable
from pathlib import Path

from calculators import decide, pathway
from calculators.errors import UnknownCalculator, UnknownPathway, VademecumError
from calculators.outcomes import Outcome
from calculators.pathway import State, Step, Turn
from calculators.payload import Kind, Payload, parse
from calculators.quantities import format_quantity
from generator import payload, report
from generator.checks import check_folder
from generator.findings import has_errors
from generator.load import guideline_folders
from generator.words import for_language


class AskError(Exception):
    """The question cannot be put to the engine; the message says why, in the lines to print."""


def calculate(content: Path, address: str, typed: Iterable[str]) -> tuple[Outcome, str]:
    """What a calculator answers, and the language of its guideline.

    Args:
        content: the folder of the guidelines.
        address: `GUIDELINE/CALCULATOR`.
        typed: inputs as `INPUT=VALUE`.

    Raises:
        AskError: no such guideline or calculator, findings that are errors, or no `=`.
    """
    engine, calculator_id = _engine(content, address)
    inputs = _pairs(typed, "INPUT=VALUE")
    try:
        return decide.calculate(engine, calculator_id, inputs), engine.language
    except UnknownCalculator as error:
        raise _unknown("calculator", calculator_id, (item.id for item in engine.calculators)) from error
    except VademecumError as error:
        raise AskError(f"vademecum: {error}") from error


def walk(content: Path, address: str, typed: Iterable[str]) -> Step:
    """Where answers lead in a pathway.

    Args:
        content: the folder of the guidelines.
        address: `GUIDELINE/PATHWAY`.
        typed: answers as `NODE=ANSWER`.

    Raises:
        AskError: no such guideline or pathway, findings that are errors, or no `=`.
    """
    engine, pathway_id = _engine(content, address)
    answers = _pairs(typed, "NODE=ANSWER")
    try:
        return pathway.walk(engine, pathway_id, answers)
    except UnknownPathway as error:
        raise _unknown("pathway", pathway_id, (item.id for item in engine.pathways)) from error
    except VademecumError as error:
        raise AskError(f"vademecum: {error}") from error


def _engine(content: Path, address: str) -> tuple[Payload, str]:
    """The guideline of an address as the engine reads it, and the rest of the address."""
    guideline_id, _, rest = address.partition("/")
    folder = content / guideline_id
    known = guideline_folders(content)
    if folder not in known:
        raise _unknown("guideline", guideline_id, (path.name for path in known))
    guideline, findings = check_folder(folder, str(folder))
    if guideline is None or has_errors(findings):
        raise AskError(report.text(findings))
    return parse(payload.dump(guideline)), rest


def _unknown(what: str, name: str, known: Iterable[str]) -> AskError:
    return AskError(f"vademecum: no {what} '{name}'; there is: {', '.join(known) or 'none'}")


def _pairs(typed: Iterable[str], form: str) -> list[tuple[str, str]]:
    found = []
    for item in typed:
        name, equals, value = item.partition("=")
        if not equals:
            raise AskError(f"vademecum: expected {form}, found '{item}'")
        found.append((name, value))
    return found


def outcome_in_words(outcome: Outcome, language: str) -> str:
    """An outcome for a terminal: the headline, then what goes with it, a line each; notes in the language given."""
    data = outcome.as_dict()
    lines = [outcome.headline()]
    lines += [for_language(language)["no_rule_note"]] if outcome.kind is Kind.NO_RULE else []
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


def step_in_words(step: Step) -> str:
    """A step for a terminal: the trail, state and text, then what goes with it, a line each."""
    lines = [_turn(turn) for turn in step.trail]
    if step.state is State.REFUSED:
        lines.append(f"refused {step.field + ': ' if step.field else ''}{step.message}")
        lines += [f"valid: {', '.join(step.valid)}"] if step.valid else []
    else:
        lines.append(f"{step.state} {step.node}: {step.text}")
    if step.input:  # a number picks the option; its id cannot be typed
        ranges = [format_quantity("range", (each.min, each.max), each.unit, "en") for each in step.input.units]
        lines.append(f"{step.input.label}: {' or '.join(ranges)}")
        lines += [f"  {option.label}" for option in step.options]
    else:
        lines += [f"  {option.id}: {option.label}" for option in step.options]
    lines += [f"see {link.label}: {link.page}{_carried(link.inputs.items())}" for link in step.links]
    lines += [f"statements: {', '.join(step.statements)}"] if step.statements else []
    lines += [f"refs: {', '.join(map(str, step.refs))}"] if step.refs else []
    lines += [f"{caveat.id}: {caveat.text}" for caveat in step.caveats]
    lines += [f"not on the way: {', '.join(step.dropped)}"] if step.dropped else []
    return "\n".join(lines)


def _turn(turn: Turn) -> str:
    return f"{turn.node}={turn.value or turn.answer}: {turn.text} {turn.label}"


def _carried(inputs: Iterable[tuple[str, str]]) -> str:
    return "".join(f" {name}={shlex.quote(value)}" for name, value in inputs)
