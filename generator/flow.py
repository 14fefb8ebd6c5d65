"""A pathway as a tree to be drawn: every option leads to its node, and a node that was drawn before is pointed to.

Plain data for the templates; the picture is HTML and CSS, so that its text can be selected, searched and enlarged.
"""

from dataclasses import dataclass

from generator.models.pathway import Edge, Node, Pathway


@dataclass(frozen=True, slots=True)
class Branch:
    """A node as it stands in the tree.

    Attributes:
        node: the node.
        edge: the option that leads here; None at the start.
        again: the node has been drawn before; it has no branches here and points there.
        branches: what its options lead to, in their order.
    """

    node: Node
    edge: Edge | None
    again: bool
    branches: tuple["Branch", ...]


def tree(pathway: Pathway) -> Branch:
    """The pathway from its start as a tree, depth first; each node is drawn once.

    Raises:
        KeyError: an option leads to a node that does not exist; the checks report it with its place.
    """
    nodes = {node.id: node for node in pathway.nodes}
    drawn: set[str] = set()

    def draw(node: Node, edge: Edge | None) -> Branch:
        if node.id in drawn:
            return Branch(node, edge, again=True, branches=())
        drawn.add(node.id)
        below = tuple(draw(nodes[option.to], option) for option in node.options)
        return Branch(node, edge, again=False, branches=below)

    return draw(nodes[pathway.start], None)
