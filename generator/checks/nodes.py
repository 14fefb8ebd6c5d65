"""GL409 to GL412: what the nodes of a pathway rest on, what their questions ask, and where their links lead."""

from collections.abc import Iterator

from generator import addresses
from generator.checks.ids import nearest
from generator.checks.pathways import nodes_by_id
from generator.checks.registry import Scope, pathway_check
from generator.findings import Finding, Severity, finding
from generator.models.calculator import Calculator, Input
from generator.models.pathway import Link, Node, Pathway

LINKED = ("calculator", "pathway", "table", "table-row", "statement", "section")
"""The kinds of targets that a link may have."""


@pathway_check("GL409")
def advice_without_statement(_: Scope, pathway: Pathway) -> Iterator[Finding]:
    """Advice names no statement.

    Advice is the words of the source at the end of a walk. What no statement says is an invention of the
    pathway, however plausible: where the source is silent, the kind is `not_stated`.

    Wrong:

    ```yaml
    - {id: give-exemplamab, kind: advice, text: Give Exemplamab.}
    ```

    Right:

    ```yaml
    - {id: give-exemplamab, kind: advice, text: Give Exemplamab., statements: [give-exemplamab]}
    ```
    """
    for node in pathway.nodes:
        if node.kind == "advice" and not node.statements:
            message = f"expected the statements that give the advice '{node.id}', found none"
            hint = "Write 'statements:'; when the source does not say it, make the kind 'not_stated'"
            yield finding("GL409", node.where("id"), message, hint)


@pathway_check("GL410", Severity.WARNING)
def silence_without_neighbour(_: Scope, pathway: Pathway) -> Iterator[Finding]:
    """A node of kind `not_stated` names neither a caveat nor a statement.

    That the source is silent is a finding about the source: the caveat records it, and the statements are what
    the source says nearby, so that the reader is not left with nothing.

    Wrong:

    ```yaml
    - {id: children, kind: not_stated, text: The source gives no dose for children.}
    ```

    Right:

    ```yaml
    - {id: children, kind: not_stated, text: The source gives no dose for children., caveats: [G1]}
    ```
    """
    for node in pathway.nodes:
        if node.kind == "not_stated" and not (node.statements or node.caveats):
            message = f"expected a caveat or a statement nearby for '{node.id}', found neither"
            yield finding("GL410", node.where("id"), message, "For example caveats: [G1]")


@pathway_check("GL411")
def conditions_do_not_fit_question(_: Scope, pathway: Pathway) -> Iterator[Finding]:
    """The options of a question do not fit what it asks.

    Where a question asks for a number with `ask`, each option has conditions on that number, and the number
    picks the option. Where it does not, the reader picks, and no option has conditions.

    Wrong, since nothing says which clearance is weak:

    ```yaml
    ask: {id: crcl, label: Clearance, kind: quantity, units: [{unit: mL/min, min: 1, max: 250}]}
    options:
      - {id: weak, label: Weak kidneys, to: reduced-dose}
    ```

    Right:

    ```yaml
    ask: {id: crcl, label: Clearance, kind: quantity, units: [{unit: mL/min, min: 1, max: 250}]}
    options:
      - {id: weak, label: Weak kidneys, when: [{input: crcl, op: lt, value: 30, unit: mL/min}], to: reduced-dose}
    ```
    """
    for node in pathway.nodes:
        if node.ask and node.kind != "question":
            message = f"expected no 'ask' for '{node.id}', which is of kind {node.kind}, found one"
            yield finding("GL411", node.where("ask"), message, "Remove it, or make the kind 'question'")
        for option in node.options:
            if node.ask is None and option.when:
                message = f"expected no conditions, since '{node.id}' asks for no number, found {len(option.when)}"
                yield finding("GL411", option.where("when"), message, "Remove 'when', or say with 'ask' what is asked")
            elif node.ask and not option.when:
                message = f"expected conditions on '{node.ask.id}' for the option '{option.id}', found none"
                yield finding("GL411", option.where("id"), message, "Write 'when:' with the limits of the option")
            elif node.ask:
                for condition in option.when:
                    if condition.input != node.ask.id:
                        message = f"expected the number that is asked for, '{node.ask.id}', found '{condition.input}'"
                        hint = "An option compares the number of its own question only"
                        yield finding("GL411", condition.where("input"), message, hint)


@pathway_check("GL412")
def dangling_link(scope: Scope, pathway: Pathway) -> Iterator[Finding]:
    """A link of a pathway leads nowhere, or carries over what the calculator cannot take.

    `to` is a kind and a name, in quotes: `calculator: ID`, `pathway: ID`, `table: ID`, `table-row: TABLE/ROW`,
    `statement: ID` or `section: ID`. `carry` goes with a calculator and maps its inputs to questions: a number
    fills an input for numbers in the same units, an option one with the same options.

    Wrong, when the input is called crcl and the question weak-kidneys:

    ```yaml
    - {label: Dose, to: "calculator: dose", carry: {clearance: kidneys}}
    ```

    Right:

    ```yaml
    - {label: Dose, to: "calculator: dose", carry: {crcl: weak-kidneys}}
    ```
    """
    for node in pathway.nodes:
        for link in node.links:
            kind, _, name = (part.strip() for part in link.to.partition(":"))
            if kind not in LINKED or addresses.target(scope.guideline, link.to) is None:
                if not scope.left_out(name):
                    message = f"expected a kind and the name of a record, found '{link.to}', which leads nowhere"
                    yield finding("GL412", link.where("to"), message, "Kinds: " + ", ".join(LINKED))
            elif link.carry and kind != "calculator":
                message = f"expected no 'carry' for a {kind}, found one"
                yield finding("GL412", link.where("carry"), message, "Only a calculator takes answers over")
            elif link.carry:
                yield from _carried(pathway, link, scope.guideline.calculator_by_id[name])


def _carried(pathway: Pathway, link: Link, calculator: Calculator) -> Iterator[Finding]:
    """What is wrong with the answers that a link carries to a calculator."""
    inputs = {item.id: item for item in calculator.inputs}
    questions = {name: node for name, node in nodes_by_id(pathway).items() if node.kind == "question"}
    for field, name in link.carry.items():
        if field not in inputs:
            message = f"expected an input of '{calculator.id}', found '{field}', which is none"
            hint = nearest(field, inputs, "Known: " + ", ".join(inputs))
            yield finding("GL412", link.where_key("carry", field), message, hint)
        if name not in questions:
            message = f"expected the id of a question of '{pathway.id}', found '{name}', which is none"
            hint = nearest(name, questions, "Known: " + ", ".join(questions))
            yield finding("GL412", link.where("carry", field), message, hint)
        if field in inputs and name in questions and not _takes(inputs[field], questions[name]):
            message = f"expected a question that '{field}' can take the answer of, found '{name}'"
            hint = "A number needs an input with the same units, an option one with the same options"
            yield finding("GL412", link.where("carry", field), message, hint)


def _takes(item: Input, question: Node) -> bool:
    """Whether an input takes every number that a question asks for, or some of its options."""
    if question.ask:
        units = {limits.unit for limits in item.units}
        whole = item.kind != "integer" or question.ask.kind == "integer"
        return whole and all(limits.unit in units for limits in question.ask.units)
    options = {"yes", "no"} if item.kind == "yes_no" else {option.id for option in item.options}
    return any(option.id in options for option in question.options)
