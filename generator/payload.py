"""The guideline as the engine reads it: one JSON text with resolved numbers, small enough for a phone.

The shape is that of `calculators.payload`; numbers are decimal strings.
"""

import json
from collections.abc import Iterable
from typing import Any

from calculators.payload import SCHEMA
from generator import addresses
from generator.models.calculator import (
    Calculator,
    DecisionGroup,
    DecisionRow,
    Input,
    OutcomeRule,
    Risk,
    WorkedCase,
)
from generator.models.guideline import Guideline
from generator.models.quantity import Condition, Quantity
from generator.models.table import Column, Table
from generator.text import cell_text, item_text, statement_text

type Json = dict[str, Any]

STANDARD_DOSE = {
    "zh": "{table} 所列（标准剂量）：{text}",
    "en": "as {table} lists for the standard dose: {text}",
}
TABLE_NAME = {"zh": "表 {number}", "en": "table {number}"}


class UnresolvedPathError(ValueError):
    """A path of a calculator leads to no cell; the checks report it with its place."""


def dump(guideline: Guideline) -> str:
    """The payload as compact JSON text, the same bytes for the same guideline."""
    return json.dumps(build(guideline), ensure_ascii=False, separators=(",", ":"))


def build(guideline: Guideline) -> Json:
    """The payload as plain data.

    Raises:
        UnresolvedPathError: a calculator names a cell, table row or item that does not exist.
    """
    calculators = [_calculator(guideline, item) for item in guideline.calculators]
    meta = guideline.meta
    return {
        "schema": SCHEMA,
        "language": meta.language,
        "guideline": {
            "id": meta.id,
            "title": meta.title,
            "edition": meta.edition,
            "version": meta.version,
            "cite_as": meta.cite_as,
            "notice": meta.notice,
        },
        "texts": _texts(guideline, calculators),
        "calculators": calculators,
        "pathways": [],
    }


def _texts(guideline: Guideline, calculators: list[Json]) -> Json:
    """The texts of every caveat and statement that the calculators name."""
    caveats = sorted(_collect(calculators, "caveats"))
    statements = sorted(_collect(calculators, "statements"))
    return {
        "caveats": {key: guideline.caveat_by_id[key].text for key in caveats if key in guideline.caveat_by_id},
        "statements": {
            key: {
                "text": statement_text(guideline, guideline.statement_by_id[key]),
                "page": addresses.statement(guideline, key),
            }
            for key in statements
            if key in guideline.statement_by_id
        },
    }


def _collect(data: Any, key: str) -> set[str]:
    """Every id listed under `key`, at any depth; what worked cases expect is not shown and does not count."""
    if isinstance(data, dict):
        own = {item for item in data.get(key, ()) if isinstance(item, str)}
        return own.union(*(_collect(value, key) for name, value in data.items() if name != "cases"))
    if isinstance(data, list):
        return set[str]().union(*(_collect(item, key) for item in data))
    return set()


def _calculator(guideline: Guideline, calculator: Calculator) -> Json:
    return {
        "id": calculator.id,
        "title": calculator.title,
        "caveats": list(calculator.caveats),
        "statements": list(calculator.statements),
        "inputs": [_input(guideline, item) for item in calculator.inputs],
        "rows": [_row(guideline, group, row) for group in calculator.groups for row in group.rows],
        "caveat_rules": [
            {"id": rule.id, "when": _conditions(guideline, rule.when), "caveats": list(rule.caveats)}
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
        "units": [{"unit": limits.unit, "min": _plain(limits.min), "max": _plain(limits.max)} for limits in item.units],
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
    return list(dict.fromkeys(name for name in names if name))


def _row(guideline: Guideline, group: DecisionGroup, row: DecisionRow) -> Json:
    return {
        "id": row.id,
        "when": _conditions(guideline, group.given + row.when),
        "outcome": _outcome(guideline, row.outcome),
    }


def _conditions(guideline: Guideline, conditions: Iterable[Condition]) -> list[Json]:
    return [_condition(guideline, item) for item in conditions]


def _condition(guideline: Guideline, condition: Condition) -> Json:
    result: Json = {"input": condition.input, "op": condition.op.value}
    if condition.values is not None:
        return result | {"values": list(condition.values)}
    if condition.cell is not None:
        quantity = _quantity(guideline, condition.cell)
        return result | {"value": _plain(quantity.values[0]), "unit": quantity.unit}
    result["value"] = condition.value if isinstance(condition.value, str) else _plain(condition.value)
    return result | ({"unit": condition.unit} if condition.unit else {})


def _outcome(guideline: Guideline, rule: OutcomeRule) -> Json:
    usage = _usage(guideline, rule)
    caveats = list(dict.fromkeys((*rule.caveats, *usage.pop("caveats"))))
    refs = sorted({ref for key in rule.statements for ref in _refs(guideline, key)})
    return {
        "kind": rule.kind,
        "value": _value(_quantity(guideline, rule.value)) if rule.value else None,
        "alternatives": [
            _number(guideline, item.value) | {"reading": item.reading, "source": source_of(guideline, item.value)}
            for item in rule.alternatives
        ],
        "listed": _number(guideline, rule.listed) | {"source": source_of(guideline, rule.listed)}
        if rule.listed
        else None,
        "formula": rule.formula,
        **usage,
        "caveats": caveats,
        "statements": list(rule.statements),
        "refs": refs,
    }


def _refs(guideline: Guideline, statement_id: str) -> tuple[int, ...]:
    found = guideline.statement_by_id.get(statement_id)
    return found.refs if found else ()


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
            text = _words(STANDARD_DOSE, guideline).format(table=_table_name(guideline, table), text=text)
        usage[column.role] = {"text": text} | _limits(cell.quantity) if cell.quantity else text
    return usage


def _limits(quantity: Quantity) -> Json:
    values = [_plain(value) for value in quantity.values]
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
        "when": _conditions(guideline, risk.when),
        "statements": [risk.statement or row.statement],
        "caveats": list(dict.fromkeys((*item.caveats, *risk.caveats))),
    }


def _case(case: WorkedCase) -> Json:
    expect = case.expect.model_dump(exclude_none=True, mode="python")
    expect = {key: _as_text(value) for key, value in expect.items()}
    if "listed" not in expect and "listed" in case.expect.model_fields_set:
        expect["listed"] = None
    inputs = {key: _as_text(value) for key, value in case.inputs.items()}
    return {"id": case.id, "title": case.title, "inputs": inputs, "expect": expect}


def _as_text(value: Any) -> Any:
    return (
        [_as_text(item) for item in value]
        if isinstance(value, tuple)
        else value
        if isinstance(value, str)
        else _plain(value)
    )


def _quantity(guideline: Guideline, path: str) -> Quantity:
    quantity = guideline.quantity_at(path)
    if quantity is None:
        raise UnresolvedPathError(path)
    return quantity


def _value(quantity: Quantity) -> Json:
    return {"bound": quantity.bound, "value": _plain(quantity.values[0]), "unit": quantity.unit}


def _number(guideline: Guideline, path: str) -> Json:
    quantity = _quantity(guideline, path)
    return {"value": _plain(quantity.values[0]), "unit": quantity.unit}


def _plain(value: Any) -> str | None:
    """A number as a decimal string without exponent and without trailing zeros."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def source_of(guideline: Guideline, path: str) -> str:
    """Where a cell's number stands, in words: the table, the row and the column or note."""
    parts = path.split("/")
    table = guideline.table_by_id.get(parts[0])
    if table is None:
        statement = guideline.statement_by_id[parts[0]]
        return addresses.locator_text(statement.source[0], guideline.meta.language)
    name = _table_name(guideline, table)
    if parts[1] == "notes":
        return name + ("注" if guideline.meta.language.startswith("zh") else ", note")
    row, column = guideline.row_at("/".join(parts[:2])), _column(table, parts[2])
    return f"{name}，{row.label if row else parts[1]}，{column.label if column else parts[2]}"


def _column(table: Table, column_id: str) -> Column | None:
    return next((column for column in table.columns if column.id == column_id), None)


def _table_name(guideline: Guideline, table: Table) -> str:
    return _words(TABLE_NAME, guideline).format(number=table.number)


def _words(words: dict[str, str], guideline: Guideline) -> str:
    return words["zh" if guideline.meta.language.startswith("zh") else "en"]
