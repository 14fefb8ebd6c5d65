"""GL401 to GL406: the shape of a pathway: every option leads on, every node is reached, every walk ends."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from generator.checks.ids import nearest, repeated
from generator.checks.registry import Scope, pathway_check
from generator.findings import Finding, Where, finding
from generator.models.pathway import Edge, Node, Pathway


def nodes_by_id(pathway: Pathway) -> dict[str, Node]:
    """The nodes of a pathway by id, in their order; the first where an id stands twice."""
    found: dict[str, Node] = {}
    for node in pathway.nodes:
        found.setdefault(node.id, node)
    return found


@pathway_check("GL401")
def edge_to_unknown_node(_: Scope, pathway: Pathway) -> Iterator[Finding]:
    """An option, or `start`, leads to a node that does not exist, or a walk would not start with a question.

    The reader would stand before an option that leads nowhere.

    Wrong, when the node is called reduced-dose:

    ```yaml
    options:
      - {id: weak, label: Weak kidneys, to: reduced}
    ```

    Right:

    ```yaml
    options:
      - {id: weak, label: Weak kidneys, to: reduced-dose}
    ```
    """
    nodes = nodes_by_id(pathway)
    start = nodes.get(pathway.start)
    if start is None or start.kind != "question":
        found = "which is none" if start is None else f"which is of kind {start.kind}"
        message = f"expected the id of a question of '{pathway.id}', found '{pathway.start}', {found}"
        questions = [node.id for node in pathway.nodes if node.kind == "question"]
        hint = nearest(pathway.start, questions, "Known: " + ", ".join(questions))
        yield finding("GL401", pathway.where("start"), message, hint)
    for node in pathway.nodes:
        for option in node.options:
            if option.to not in nodes:
                message = f"expected the id of a node of '{pathway.id}', found '{option.to}', which is none"
                yield finding(
                    "GL401", option.where("to"), message, nearest(option.to, nodes, "Known: " + ", ".join(nodes))
                )


@pathway_check("GL402")
def unreachable_node(_: Scope, pathway: Pathway) -> Iterator[Finding]:
    """No walk from the start of a pathway reaches a node.

    Its advice would be printed in the picture and never be given. Often an option leads to the wrong node.

    Wrong, when no option leads to reduced-dose:

    ```yaml
    - {id: reduced-dose, kind: advice, text: Give less., statements: [renal-rule]}
    ```

    Right, in a question that is reached:

    ```yaml
    options:
      - {id: weak, label: Weak kidneys, to: reduced-dose}
    ```
    """
    nodes = nodes_by_id(pathway)
    to = {name: {option.to for option in node.options} for name, node in nodes.items()}
    if not {pathway.start}.union(*to.values()) <= nodes.keys():
        return  # what leads to a node that does not exist was perhaps meant for this one
    reached, left = {pathway.start}, [pathway.start]
    while left:
        new = to[left.pop()] - reached
        reached |= new
        left += new
    unreached = nodes.keys() - reached
    heads = unreached.difference(*(to[name] for name in unreached)) or unreached
    for node in nodes.values():
        if node.id in heads:
            message = f"expected a walk from '{pathway.start}' to the node '{node.id}', found none"
            yield finding("GL402", node.where("id"), message, "Let an option lead to it, or remove it")


@pathway_check("GL403")
def dead_end(_: Scope, pathway: Pathway) -> Iterator[Finding]:
    """A question has no options, or a node that ends a walk has some.

    A walk ends with advice, or with the sentence that the source does not state it, and never with a question
    that cannot be answered. Where the source leaves a branch open, the node is of kind `not_stated`.

    Wrong:

    ```yaml
    - {id: which-kidneys, kind: question, text: How well do the kidneys work?}
    ```

    Right, when the source does not go on:

    ```yaml
    - {id: which-kidneys, kind: not_stated, text: The source does not say what then., caveats: [G1]}
    ```
    """
    for node in pathway.nodes:
        if node.kind == "question" and not node.options:
            message = f"expected options for the question '{node.id}', found none"
            yield finding("GL403", node.where("kind"), message, "Write the options, or make the kind 'not_stated'")
        if node.kind != "question" and node.options:
            message = f"expected no options for '{node.id}', which is of kind {node.kind}, found {len(node.options)}"
            yield finding("GL403", node.where("options"), message, "Remove them, or make the kind 'question'")


@pathway_check("GL404")
def pathway_in_a_circle(_: Scope, pathway: Pathway) -> Iterator[Finding]:
    """The options of a pathway lead back to a question that was asked before.

    A walk would not end. Where the source says 'assess again', write that as advice: the next walk is another
    one, with other answers.

    Wrong:

    ```yaml
    - id: is-it-better
      kind: question
      text: Is it better?
      options:
        - {id: yes, label: Yes, to: go-on}
        - {id: no, label: No, to: is-it-better}
    ```

    Right:

    ```yaml
    - id: is-it-better
      kind: question
      text: Is it better?
      options:
        - {id: yes, label: Yes, to: go-on}
        - {id: no, label: No, to: look-again-later}
    ```
    """
    nodes = nodes_by_id(pathway)
    order = list(nodes)
    edges = {name: [option for option in node.options if option.to in nodes] for name, node in nodes.items()}
    while circle := _circle(edges):
        closing = min(circle, key=lambda edge: order.index(edge.to))
        at = circle.index(closing) + 1
        names = [edge.to for edge in (closing, *circle[at:], *circle[:at])]
        message = f"expected a walk that ends, found a circle: {' → '.join(names)}"
        yield finding("GL404", closing.where("to"), message, "Let the option lead on; a new assessment is a new walk")
        edges = {name: [edge for edge in left if edge is not closing] for name, left in edges.items()}


def _circle(edges: dict[str, list[Edge]]) -> list[Edge]:
    """Options that lead round in a circle, each on to the next; empty when there is none."""
    try:
        TopologicalSorter({name: [edge.to for edge in own] for name, own in edges.items()}).prepare()
    except CycleError as error:
        backwards = error.args[1]  # each is what the next one leads to
        pairs = zip(backwards[:0:-1], backwards[-2::-1], strict=True)
        return [next(edge for edge in edges[name] if edge.to == to) for name, to in pairs]
    return []


@pathway_check("GL405")
def question_with_one_option(_: Scope, pathway: Pathway) -> Iterator[Finding]:
    """A question has a single option.

    A question with one answer is none, and often the answer that the source does not give is missing: it leads
    to a node of kind `not_stated`.

    Wrong:

    ```yaml
    options:
      - {id: adult, label: 18 years or older, to: give-exemplamab}
    ```

    Right:

    ```yaml
    options:
      - {id: adult, label: 18 years or older, to: give-exemplamab}
      - {id: child, label: Younger, to: children-not-stated}
    ```
    """
    for node in pathway.nodes:
        if node.kind == "question" and len(node.options) == 1:
            message = f"expected two or more options for the question '{node.id}', found one"
            yield finding("GL405", node.options[0].where("id"), message, "Write the others, or take the question out")


@pathway_check("GL406")
def duplicate_pathway_part(_: Scope, pathway: Pathway) -> Iterator[Finding]:
    """Two nodes, options of a question or worked cases of a pathway have the same id, or two options the same label.

    Answers name nodes and options: with two of the same name, a link with answers would lead elsewhere. Two
    options with the same words cannot be told apart by the reader.

    Wrong:

    ```yaml
    options:
      - {id: under, label: Under 18 years, to: children-not-stated}
      - {id: over, label: Under 18 years, to: give-exemplamab}
    ```

    Right:

    ```yaml
    options:
      - {id: under, label: Under 18 years, to: children-not-stated}
      - {id: over, label: 18 years or older, to: give-exemplamab}
    ```
    """
    yield from repeated("GL406", "node", pathway.nodes)
    yield from repeated("GL406", "worked case", pathway.cases)
    for node in pathway.nodes:
        yield from repeated("GL406", f"option of '{node.id}'", node.options)
        first: dict[str, Where] = {}
        for option in node.options:
            where = option.where("label")
            before = first.setdefault(option.label.casefold(), where)
            if before is not where:
                message = f"expected other words for each option of '{node.id}', found '{option.label}' twice"
                yield finding("GL406", where, message, f"It stands on line {before.line} too: correct one of the two")
