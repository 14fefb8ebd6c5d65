"""From inputs as typed to an outcome: read every input, try every row, answer with the one row that hits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from calculators.conditions import Condition, Given, Input, InputKind, Tried, UnitLimits, evaluate
from calculators.errors import EngineError, InputProblem, UnknownCalculator, VademecumError, quoted, say
from calculators.formulas import compute
from calculators.outcomes import CaveatFound, Echo, Outcome, Problem, Reason, RiskFound, refused
from calculators.payload import Calculator, Case, Kind, Payload, Row, Rule
from calculators.quantities import (
    LONGEST_INPUT,
    UNITS,
    Amount,
    Quantity,
    alternatives_text,
    convertible,
    format_quantity,
    normalised,
    plain,
    read_number,
    readable,
    rounded,
    same_size,
    significant,
)

MOST_INPUTS = 64
"""More inputs than any form has; beyond it nothing is searched for, so that junk is answered quickly."""

YES = frozenset({"yes", "y", "true", "1", "是"})
NO = frozenset({"no", "n", "false", "0", "否"})

type Inputs = Mapping[str, str] | Iterable[tuple[str, str]]
"""Inputs as typed, by input id; pairs, so that an input given twice can be seen."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A worked case that was run: what it expected and what the engine answered, key by key."""

    id: str
    title: str
    passed: bool
    expected: dict[str, Any]
    found: dict[str, Any]


def calculate(payload: Payload, calculator_id: str, inputs: Inputs) -> Outcome:
    """Answer a calculator of the payload for inputs as typed.

    Raises:
        UnknownCalculator: the payload has no such calculator.
        EngineError: the decision table does not give exactly one row, or a formula lacks an input.
        QuantityError: a formula's input is in a unit that does not convert.
    """
    calculator = _calculator(payload, calculator_id)
    given, problems = _read_all(calculator, inputs, payload.language)
    if problems:
        return refused(problems)
    reasons = tuple(_try(row, given) for row in calculator.rows)
    hits = [row for row, reason in zip(calculator.rows, reasons, strict=True) if reason.hit]
    if len(hits) != 1:
        code, rows = "several-rows" if hits else "no-row", ", ".join(row.id for row in hits)
        raise EngineError(say(code, payload.language, calculator=calculator.title, rows=rows))
    return _answer(payload, calculator, hits[0], given, reasons)


def run_cases(payload: Payload, calculator_id: str) -> list[CaseResult]:
    """Run the worked cases of a calculator, in order. A case that raises is a case that fails.

    Raises:
        UnknownCalculator: the payload has no such calculator.
    """
    calculator = _calculator(payload, calculator_id)
    return [_run(payload, calculator, case) for case in calculator.cases]


def _calculator(payload: Payload, calculator_id: str) -> Calculator:
    for calculator in payload.calculators:
        if calculator.id == calculator_id:
            return calculator
    names, found = ", ".join(each.id for each in payload.calculators), quoted(calculator_id)
    raise UnknownCalculator(say("unknown-calculator", payload.language, found=found, names=names))


# Reading inputs


def _read_all(calculator: Calculator, inputs: Inputs, language: str) -> tuple[dict[str, Given], tuple[Problem, ...]]:
    """Every input that can be taken, and a problem for every one that cannot.

    Unknown names come first, since they explain what is missing; then the order of the form.
    """
    pairs = list(inputs.items() if isinstance(inputs, Mapping) else inputs)
    if len(pairs) > MOST_INPUTS:
        message = say("too-many-inputs", language, found=str(len(pairs)), limit=str(MOST_INPUTS))
        return {}, (Problem(None, message),)
    known = {entry.id: entry for entry in calculator.inputs}
    problems = []
    for name in dict.fromkeys(name for name, _ in pairs if name not in known):
        found, names = quoted(name), ", ".join(_nearest(name, {key: {key} for key in known}) or known)
        problems.append(Problem(found, say("unknown-input", language, found=found, names=names)))
    given: dict[str, Given] = {}
    for entry in calculator.inputs:
        typed = [text for name, text in pairs if name == entry.id]
        try:
            if len(typed) > 1:
                raise InputProblem("twice")
            if typed and normalised(typed[0]):
                given[entry.id] = _read(entry, typed[0])
            elif entry.required:
                raise InputProblem("missing")
        except InputProblem as problem:
            problems.append(Problem(entry.id, _message(entry, problem, typed, language)))
    return given, tuple(problems)


def _read(entry: Input, typed: str) -> Given:
    """One input as typed, within its limits.

    Raises:
        InputProblem: with the hint that helps most.
    """
    if entry.kind is InputKind.CHOICE:
        return _read_option(entry, normalised(typed))
    if entry.kind is InputKind.YES_NO:
        word = normalised(typed).casefold()
        if word not in YES | NO:
            raise InputProblem("not-yes-no")
        return "yes" if word in YES else "no"
    number, unit, broken = read_number(typed, fraction=entry.exact)
    limits = _limits(entry, unit)
    if broken and entry.kind is InputKind.INTEGER:
        raise InputProblem("not-whole")
    if not limits.min <= number <= limits.max:
        for other in entry.units:
            if other.min <= number <= other.max:
                raise InputProblem("units-swapped", unit=limits.unit, other=other.unit)
        raise InputProblem("out-of-limits")
    return Amount(number, limits.unit)


def _read_option(entry: Input, typed: str) -> str:
    names = {option.id: {option.id, option.label, *option.aliases} for option in entry.options}
    if typed in names:
        return typed
    near = _nearest(typed, names)
    raise InputProblem("nearest-option", options=", ".join(near)) if near else InputProblem("unknown-option")


def _limits(entry: Input, unit: str | None) -> UnitLimits:
    if unit is None and len(entry.units) == 1:
        return entry.units[0]
    if unit is None:
        raise InputProblem("unit-missing")
    for limits in entry.units:
        if same_size(unit, limits.unit):
            return limits
    if all(convertible(limits.unit, "mL/min") for limits in entry.units):
        if convertible(unit, "mL/min/1.73 m²"):
            raise InputProblem("unit-is-egfr", unit=unit)
        if convertible(unit, "µmol/L") or convertible(unit, "mg/dL"):
            raise InputProblem("unit-is-creatinine", unit=unit)
    raise InputProblem("unit-wrong", unit=unit)


def _nearest(typed: str, names: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids, at most three, of which some name is near to what was typed."""
    spellings = {name.casefold(): key for key, spelled in names.items() for name in spelled}
    wanted = typed[:LONGEST_INPUT].casefold()
    near = [wanted] if wanted in spellings else get_close_matches(wanted, spellings, n=3)
    return list(dict.fromkeys(spellings[name] for name in near))


def _message(entry: Input, problem: InputProblem, typed: list[str], language: str) -> str:
    """Which field, what was expected, what was found, and a hint."""
    expected = _expected(entry, language)
    if problem.code == "missing":
        return say("missing", language, label=entry.label, expected=expected)
    first = say("found", language, label=entry.label, expected=expected, found=quoted(" / ".join(typed)))
    parts = {key: UNITS[text].label(language) if text in UNITS else text for key, text in problem.parts.items()}
    return first + say(problem.code, language, **parts)


def _expected(entry: Input, language: str) -> str:
    if entry.kind is InputKind.CHOICE:
        return say("expected-choice", language, options=", ".join(option.id for option in entry.options))
    if entry.kind is InputKind.YES_NO:
        return say("expected-yes-no", language)
    ranges = [format_quantity("range", (each.min, each.max), each.unit, language) for each in entry.units]
    code = "expected-whole" if entry.kind is InputKind.INTEGER else "expected-quantity"
    return say(code, language, limits=f" {say('or', language)} ".join(ranges))


# Answering


def _tried(when: Iterable[Condition], given: Mapping[str, Given]) -> tuple[Tried, ...]:
    return tuple(evaluate(condition, given) for condition in when)


def _holds(when: Iterable[Condition], given: Mapping[str, Given]) -> bool:
    return all(tried.met for tried in _tried(when, given))


def _try(row: Row, given: Mapping[str, Given]) -> Reason:
    tried = _tried(row.when, given)
    return Reason(row.id, all(condition.met for condition in tried), tried)


def _answer(
    payload: Payload,
    calculator: Calculator,
    row: Row,
    given: Mapping[str, Given],
    reasons: tuple[Reason, ...],
) -> Outcome:
    rule = row.outcome
    rules = [each for each in calculator.caveat_rules if _holds(each.when, given)]
    risks = [each for each in calculator.risks if _holds(each.when, given)]
    more = [each.caveats for each in rules] + [each.caveats for each in risks]
    shown = Outcome(
        kind=rule.kind,
        listed=rule.listed,
        alternatives=rule.alternatives,
        risks=tuple(RiskFound(each.id, each.event, each.text, each.statements, each.caveats) for each in risks),
        route=rule.route,
        duration=rule.duration,
        interval=rule.interval,
        statements=_once(calculator.statements, rule.statements, *(each.statements for each in risks)),
        refs=rule.refs,
        caveats=tuple(
            CaveatFound(name, payload.texts.caveats[name]) for name in _once(calculator.caveats, rule.caveats, *more)
        ),
        reasons=reasons,
        inputs=tuple(_echo(payload, each, given[each.id]) for each in calculator.inputs if each.id in given),
    )
    return replace(shown, **_value(payload, rule, given))


def _value(payload: Payload, rule: Rule, given: Mapping[str, Given]) -> dict[str, Any]:
    """The parts of the outcome that hold its number."""
    language = payload.language
    if rule.value:
        number, unit = rule.value.values[0], rule.value.unit
        return {"value": plain(number), "unit": unit, "display": rule.value.text(language)}
    if rule.formula:
        computed = compute(rule.formula, given, language)
        shown = Fraction(rounded(computed.number, payload.thresholds(computed.unit)))
        return {
            "value": significant(computed.number),
            "unit": computed.unit,
            "exact": f"{computed.number.numerator}/{computed.number.denominator}",
            "steps": computed.steps,
            "display": format_quantity("exactly", (shown,), computed.unit, language),
        }
    if rule.alternatives:
        readings = [Quantity("exactly", (Decimal(each.value),), each.unit) for each in rule.alternatives]
        return {"display": alternatives_text(readings, language)}
    if rule.kind is Kind.STOP:  # a usage beside 'stop' would read as an instruction
        return {"route": None, "duration": None, "interval": None}
    return {}


def _once(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _echo(payload: Payload, entry: Input, given: Given) -> Echo:
    if isinstance(given, Amount):
        shown = Fraction(readable(given.number, payload.thresholds(given.unit)))
        text = format_quantity("exactly", (shown,), given.unit, payload.language)
        return Echo(entry.id, entry.label, plain(given.number), given.unit, text)
    labels = {option.id: option.label for option in entry.options}
    return Echo(entry.id, entry.label, given, None, labels.get(given) or say(given, payload.language))


# Worked cases


def _run(payload: Payload, calculator: Calculator, case: Case) -> CaseResult:
    expected = dict(case.expect)
    try:
        outcome = calculate(payload, calculator.id, case.inputs).as_dict()
    except VademecumError as error:
        return CaseResult(case.id, case.title, False, expected, {"kind": "error", "message": str(error)})
    found = {key: _comparable(key, outcome[key]) for key in expected}
    passed = all(
        set(wanted) <= set(found[key]) if key == "caveats" else wanted == found[key] for key, wanted in expected.items()
    )
    return CaseResult(case.id, case.title, passed, expected, found)


def _comparable(key: str, value: Any) -> Any:
    """The part of an outcome's value that an expectation names: a listed number, ids of caveats and risks."""
    match key:
        case "alternatives":
            return [item["value"] for item in value]
        case "caveats" | "risks":
            return [item["id"] for item in value]
        case "listed":
            return value and value["value"]
        case _:
            return value
