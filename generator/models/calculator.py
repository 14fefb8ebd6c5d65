"""Calculators: inputs with units and limits, a decision table, risks, and worked cases."""

from functools import cached_property
from typing import Literal

from generator.models.base import CaveatId, Flag, Identifier, Located, Number, Text, Whole
from generator.models.quantity import Condition


class UnitLimits(Located):
    """A unit in which an input may be typed, with the limits in that unit.

    Attributes:
        unit: the unit, as in the list of known units.
        min: the smallest number that is taken.
        max: the largest number that is taken.
    """

    unit: Text | None = None
    min: Number | None = None
    max: Number | None = None


class Option(Located):
    """An option of a choice.

    Attributes:
        id: what is chosen; the id of a drug where there is no label.
        label: what the reader sees; the name of the drug when absent.
    """

    id: Identifier
    label: Text | None = None


class Input(Located):
    """An input of a calculator.

    Attributes:
        id: id of the input, as conditions and worked cases name it.
        label: what the reader sees beside the field.
        kind: what can be typed.
        required: no answer is given while it is missing.
        units: integer: one; quantity: one or more (more than one: the reader must choose).
        options: choice: what can be chosen.
        exact: also takes a fraction as a formula hands it over.
        hint: a short note beside the field.
    """

    id: Identifier
    label: Text
    kind: Literal["choice", "integer", "quantity", "yes_no"]
    required: Flag
    units: tuple[UnitLimits, ...] = ()
    options: tuple[Option, ...] = ()
    exact: Flag = False
    hint: Text | None = None


class Alternative(Located):
    """One of the readings of an ambiguous source.

    Attributes:
        value: path of the cell with its number.
        reading: the reading in words.
    """

    value: Text
    reading: Text


class OutcomeRule(Located):
    """What a row answers.

    Numbers are paths of cells (`table/row/column`, `table/row/column/item/value`, `table/notes/note/value`,
    `statement/value`), so that they stand in one place only.

    Attributes:
        kind: what kind of answer it is.
        value: fixed: a cell with an exact quantity; at_most: a cell with an upper bound.
        alternatives: undetermined: two or more readings.
        listed: no_rule: the cell with what a table lists, which is not a dose for this case.
        formula: computed: the name of a formula of the engine.
        usage: `table/row` whose route, duration and interval are shown.
        usage_is_for: `this_dose`, or `standard_dose` when the source lists the usage only for the standard
            dose.
        statements: ids of the statements that say so.
        caveats: ids of the caveats shown with it.
    """

    kind: Literal["fixed", "at_most", "stop", "no_rule", "undetermined", "computed"]
    value: Text | None = None
    alternatives: tuple[Alternative, ...] = ()
    listed: Text | None = None
    formula: Identifier | None = None
    usage: Text | None = None
    usage_is_for: Literal["this_dose", "standard_dose"] = "this_dose"
    statements: tuple[Identifier, ...]
    caveats: tuple[CaveatId, ...] = ()


class DecisionRow(Located):
    """A row of a decision table.

    Attributes:
        id: id of the row, as the reasons of an answer name it.
        label: the row in words.
        when: the conditions, which must all hold, with those of the group.
        outcome: what it answers.
    """

    id: Identifier
    label: Text
    when: tuple[Condition, ...] = ()
    outcome: OutcomeRule


class DecisionGroup(Located):
    """Rows that share conditions.

    Attributes:
        label: what they share, in words.
        given: the conditions that they share.
        rows: the rows.
    """

    label: Text
    given: tuple[Condition, ...] = ()
    rows: tuple[DecisionRow, ...]


class CaveatRule(Located):
    """More caveats when the conditions hold; kind and value of the answer never change.

    Attributes:
        id: id of the rule.
        when: the conditions, which must all hold.
        caveats: ids of the caveats that are then added to the answer.
    """

    id: Identifier
    when: tuple[Condition, ...]
    caveats: tuple[CaveatId, ...]


class Risk(Located):
    """A risk factor that the answer points out.

    Attributes:
        id: id of the risk, for worked cases.
        item: `table/row/column/item` of the item whose text is shown.
        when: the conditions, which must all hold.
        statement: id of the statement that says it; that of the table's row when absent.
        caveats: ids of the caveats that are then added to the answer.
    """

    id: Identifier
    item: Text
    when: tuple[Condition, ...]
    statement: Identifier | None = None
    caveats: tuple[CaveatId, ...] = ()


class Expectation(Located):
    """What a worked case must answer; keys that are absent are not compared.

    Attributes:
        kind: the kind of the outcome.
        value: the number.
        unit: its unit.
        alternatives: the numbers of the readings.
        listed: the number that a table lists.
        field: refused: the input that is named.
        caveats: caveats that must be among those shown.
        risks: the risks, all of them.
        display: the answer as it is printed.
    """

    kind: Literal["fixed", "at_most", "stop", "no_rule", "undetermined", "computed", "refused"]
    value: Text | Number | None = None
    unit: Text | None = None
    alternatives: tuple[Text | Number, ...] | None = None
    listed: Text | Number | None = None
    field: Identifier | None = None
    caveats: tuple[CaveatId, ...] | None = None
    risks: tuple[Identifier, ...] | None = None
    display: Text | None = None


class WorkedCase(Located):
    """A worked case: a test that runs at build time, in the tests, and on the reader's device.

    Attributes:
        id: id of the case.
        title: the case in words.
        inputs: what is typed, by input id.
        expect: what must be answered.
    """

    id: Identifier
    title: Text
    inputs: dict[str, Whole | Number | Text]
    expect: Expectation


class Formula(Located):
    """A formula as it is shown to the reader.

    Attributes:
        name: the name of a formula of the engine.
        lines: the formula in lines of plain text.
        origin: whose it is.
    """

    name: Identifier
    lines: tuple[Text, ...]
    origin: Text


class Calculator(Located):
    """A calculator of the guideline.

    Attributes:
        id: stable id; its page and `calc` are called so.
        title: what it answers.
        summary: one sentence for lists.
        not_considered: what it does not take into account.
        caveats: shown beside every answer.
        statements: shown beside every answer.
        formula: the formula that it computes with, as shown.
        carry_to: `calculator.input` of another calculator that can take the computed value over.
        inputs: what is asked.
        groups: the decision table, in groups of rows.
        caveat_rules: more caveats under conditions.
        risks: risk factors that the answer points out.
        cases: the worked cases.
    """

    id: Identifier
    title: Text
    summary: Text
    not_considered: tuple[Text, ...] = ()
    caveats: tuple[CaveatId, ...] = ()
    statements: tuple[Identifier, ...] = ()
    formula: Formula | None = None
    carry_to: Text | None = None
    inputs: tuple[Input, ...]
    groups: tuple[DecisionGroup, ...]
    caveat_rules: tuple[CaveatRule, ...] = ()
    risks: tuple[Risk, ...] = ()
    cases: tuple[WorkedCase, ...]

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition inside it; looked for once, since many checks ask."""
        return tuple(record for record in self.inside() if isinstance(record, Condition))
