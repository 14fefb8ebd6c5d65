"""From inputs as typed to an outcome: read every input, try every row, answer with the one row that hits."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any

from calculators.conditions import Condition, Given, Input, Tried, evaluate
from calculators.digits import plain, rounded, significant
from calculators.errors import EngineError, InputProblem, UnknownCalculator, VademecumError, quoted, say
from calculators.formulas import compute
from calculators.inputs import MOST_INPUTS, Inputs, amount_text, nearest, pairs, refusal, take
from calculators.outcomes import (
    CaseResult,
    Echo,
    Outcome,
    Problem,
    Reason,
    RiskFound,
    caveats_found,
    once,
    refused,
)
from calculators.payload import Calculator, Case, Kind, Payload, Row, Rule
from calculators.quantities import Amount, Quantity, alternatives_text, format_quantity


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
    trials = _Trials(given)
    reasons = tuple([_try(row, trials) for row in calculator.rows])
    hits = [row for row, reason in zip(calculator.rows, reasons, strict=True) if reason.hit]
    if len(hits) != 1:
        code, rows = "several-rows" if hits else "no-row", ", ".join(row.id for row in hits)
        raise EngineError(say(code, payload.language, calculator=calculator.title, rows=rows))
    return _answer(payload, calculator, hits[0], trials, reasons)


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
    typed = pairs(inputs)
    if len(typed) > MOST_INPUTS:
        message = say("too-many-inputs", language, found=str(len(typed)), limit=str(MOST_INPUTS))
        return {}, (Problem(None, message),)
    known = {entry.id: entry for entry in calculator.inputs}
    problems = []
    for name in dict.fromkeys(name for name, _ in typed if name not in known):
        found, names = quoted(name), ", ".join(nearest(name, {key: {key} for key in known}) or known)
        problems.append(Problem(found, say("unknown-input", language, found=found, names=names)))
    given: dict[str, Given] = {}
    for entry in calculator.inputs:
        own = [text for name, text in typed if name == entry.id]
        try:
            taken = take(entry, own)
            if taken is not None:
                given[entry.id] = taken
            elif entry.required:
                raise InputProblem("missing")
        except InputProblem as problem:
            problems.append(Problem(entry.id, refusal(entry, problem, own, language)))
    return given, tuple(problems)


# Answering


# Faster than an expression, in the innermost loop of an answer.
_MET = attrgetter("met")


class _Trials(dict[Condition, Tried]):
    """Conditions tried on the inputs that were given: each once, however many rows ask it."""

    def __init__(self, given: Mapping[str, Given]) -> None:
        super().__init__()
        self.given = given

    def __missing__(self, condition: Condition) -> Tried:
        tried = self[condition] = evaluate(condition, self.given)
        return tried


def _holds(when: Iterable[Condition], trials: _Trials) -> bool:
    return all(trials[condition].met for condition in when)


def _try(row: Row, trials: _Trials) -> Reason:
    tried = tuple([trials[condition] for condition in row.when])
    return Reason(row.id, all(map(_MET, tried)), tried)


def _answer(
    payload: Payload,
    calculator: Calculator,
    row: Row,
    trials: _Trials,
    reasons: tuple[Reason, ...],
) -> Outcome:
    rule, given = row.outcome, trials.given
    rules = [each for each in calculator.caveat_rules if _holds(each.when, trials)]
    risks = [each for each in calculator.risks if _holds(each.when, trials)]
    more = [each.caveats for each in rules] + [each.caveats for each in risks]
    stop = rule.kind is Kind.STOP  # a usage beside 'stop' would read as an instruction
    return Outcome(
        kind=rule.kind,
        listed=rule.listed,
        alternatives=rule.alternatives,
        risks=tuple(RiskFound(each.id, each.event, each.text, each.statements, each.caveats) for each in risks),
        route=None if stop else rule.route,
        duration=None if stop else rule.duration,
        interval=None if stop else rule.interval,
        statements=once(calculator.statements, rule.statements, *(each.statements for each in risks)),
        refs=rule.refs,
        caveats=caveats_found(payload, calculator.caveats, rule.caveats, *more),
        reasons=reasons,
        inputs=tuple(_echo(payload, each, given[each.id]) for each in calculator.inputs if each.id in given),
        **_value(payload, rule, given),
    )


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
    return {}


def _echo(payload: Payload, entry: Input, given: Given) -> Echo:
    if isinstance(given, Amount):
        text = amount_text(given, payload.thresholds(given.unit), payload.language)
        return Echo(entry.id, entry.label, plain(given.number), given.unit, text)
    labels = {option.id: option.label for option in entry.options}
    return Echo(entry.id, entry.label, given, None, labels.get(given) or say(given, payload.language))


# Worked cases


def _run(payload: Payload, calculator: Calculator, case: Case) -> CaseResult:
    expected = dict(case.expect)
    try:
        answer = calculate(payload, calculator.id, case.inputs)
    except VademecumError as error:
        return CaseResult(case.id, case.title, False, expected, {"kind": "error", "message": str(error)})
    outcome = answer.as_dict()
    found = {key: _comparable(key, outcome[key]) for key in expected}
    passed = all(
        set(wanted) <= set(found[key]) if key == "caveats" else wanted == found[key] for key, wanted in expected.items()
    )
    row = next((reason.row for reason in answer.reasons if reason.hit), None)
    return CaseResult(case.id, case.title, passed, expected, found, row)


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
