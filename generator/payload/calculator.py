"""A calculator in the payload: its inputs, its rows with resolved numbers, its risks and worked cases."""

from generator.models.calculator import (
    Calculator,
    DecisionGroup,
    DecisionRow,
    Expectation,
    Input,
    OutcomeRule,
    Risk,
    WorkedCase,
)
from generator.models.guideline import Guideline
from generator.models.quantity import Quantity
from generator.payload.values import (
    Json,
    UnresolvedPathError,
    as_text,
    conditions,
    number,
    plain,
    quantity,
    refs,
    source_of,
    table_name,
    units,
    words,
)
from generator.text import cell_text, item_text

STANDARD_DOSE = {
    "zh": "{table} 所列（标准剂量）：{text}",
    "en": "as {table} lists for the standard dose: {text}",
}


def build_calculator(guideline: Guideline, calculator: Calculator) -> Json:
    """A calculator as plain data.

    Raises:
        UnresolvedPathError: it names a cell, table row or item that does not exist.
    """
    return {
        "id": calculator.id,
        "title": calculator.title,
        "caveats": list(calculator.caveats),
        "statements": list(calculator.statements),
        "inputs": [_input(guideline, item) for item in calculator.inputs],
        "rows": [_row(guideline, group, row) for group in calculator.groups for row in group.rows],
        "caveat_rules": [
            {"id": rule.id, "when": conditions(guideline, rule.when), "caveats": list(rule.caveats)}
            for rule in calculator.caveat_rules
        ],
        "risks": [_risk(guideline, risk) for risk in calculator.risks],
        "cases": [_case(case) for case in calculator.cases],
    }


def _input(guideline: Guideline, item: Input) -> Json:
    return {
        "id": item.id,
        "label": item.label,
        "kind": item.kind,
        "required": item.required,
        "units": units(item.units),
        "options": [
            {
                "id": option.id,
                "label": option_label(guideline, option.id, option.label),
                "aliases": _aliases(guideline, option.id),
            }
            for option in item.options
        ],
        "exact": item.exact,
    }


def option_label(guideline: Guideline, option_id: str, label: str | None) -> str:
    """The label of an option: its own, or the name of the drug of that id."""
    if label:
        return label
    drug = guideline.drug_by_id.get(option_id)
    return drug.name if drug else option_id


def _aliases(guideline: Guideline, option_id: str) -> list[str]:
    drug = guideline.drug_by_id.get(option_id)
    if drug is None:
        return []
    names = (drug.english, *drug.names, *drug.search.all())
    return list(dict.fromkeys(str(name) for name in names if name))


def _row(guideline: Guideline, group: DecisionGroup, row: DecisionRow) -> Json:
    return {
        "id": row.id,
        "when": conditions(guideline, group.given + row.when),
        "outcome": _outcome(guideline, row.outcome),
    }


def _outcome(guideline: Guideline, rule: OutcomeRule) -> Json:
    usage = _usage(guideline, rule)
    caveats = list(dict.fromkeys((*rule.caveats, *usage.pop("caveats"))))
    return {
        "kind": rule.kind,
        "value": _value(quantity(guideline, rule.value)) if rule.value else None,
        "alternatives": [
            number(guideline, item.value) | {"reading": item.reading, "source": source_of(guideline, item.value)}
            for item in rule.alternatives
        ],
        "listed": number(guideline, rule.listed) | {"source": source_of(guideline, rule.listed)}
        if rule.listed
        else None,
        "formula": rule.formula,
        **usage,
        "caveats": caveats,
        "statements": list(rule.statements),
        "refs": refs(guideline, rule.statements),
    }


def _usage(guideline: Guideline, rule: OutcomeRule) -> Json:
    """Route, duration and interval of a table's row; a value that is no instruction is left out, with its caveat."""
    usage: Json = {"route": None, "duration": None, "interval": None, "caveats": []}
    if rule.usage is None:
        return usage
    table = guideline.table_by_id.get(rule.usage.partition("/")[0])
    row = guideline.row_at(rule.usage)
    if table is None or row is None:
        raise UnresolvedPathError(rule.usage)
    for column in table.columns:
        if column.role not in usage or column.role == "caveats" or column.id not in row.cells:
            continue
        cell = row.cells[column.id]
        if cell.not_an_instruction:
            usage["caveats"].append(cell.not_an_instruction)
            continue
        text = cell_text(guideline, column, cell)
        if rule.usage_is_for == "standard_dose":
            text = words(STANDARD_DOSE, guideline).format(table=table_name(guideline, table), text=text)
        usage[column.role] = {"text": text} | _limits(cell.quantity) if cell.quantity else text
    return usage


def _limits(quantity: Quantity) -> Json:
    values = [plain(value) for value in quantity.values]
    low = None if quantity.bound in ("at_most", "less_than") else values[0]
    high = None if quantity.bound in ("at_least", "more_than") else values[-1]
    return {"min": low, "max": high, "unit": quantity.unit, "bound": quantity.bound}


def _risk(guideline: Guideline, risk: Risk) -> Json:
    item, row = guideline.item_at(risk.item), guideline.row_at("/".join(risk.item.split("/")[:2]))
    if item is None or row is None:
        raise UnresolvedPathError(risk.item)
    return {
        "id": risk.id,
        "event": row.label,
        "text": item_text(guideline, item),
        "when": conditions(guideline, risk.when),
        "statements": [risk.statement or row.statement],
        "caveats": list(dict.fromkeys((*item.caveats, *risk.caveats))),
    }


def _case(case: WorkedCase) -> Json:
    inputs = {key: as_text(value) for key, value in case.inputs.items()}
    return {"id": case.id, "title": case.title, "inputs": inputs, "expect": expectation(case.expect)}


def expectation(expect: Expectation) -> Json:
    """What a case must answer, as texts: the keys that the author wrote."""
    found = {key: as_text(value) for key, value in expect.model_dump(exclude_none=True, mode="python").items()}
    if "listed" not in found and "listed" in expect.model_fields_set:
        found["listed"] = None
    return found


def _value(quantity: Quantity) -> Json:
    return {"bound": quantity.bound, "value": plain(quantity.values[0]), "unit": quantity.unit}
