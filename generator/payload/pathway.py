"""A pathway in the payload: its nodes with resolved conditions, references and addresses, and its worked cases."""

from collections.abc import Iterable

from generator import addresses
from generator.models.guideline import Guideline
from generator.models.pathway import Edge, Link, Node, NumberAsked, Pathway
from generator.payload.values import Json, UnresolvedPathError, as_text, conditions, refs, units


def build_pathway(guideline: Guideline, pathway: Pathway) -> Json:
    """A pathway as plain data.

    Raises:
        UnresolvedPathError: a condition names a cell, or a link a page, that does not exist.
    """
    return {
        "id": pathway.id,
        "title": pathway.title,
        "caveats": list(pathway.caveats),
        "start": pathway.start,
        "nodes": [_node(guideline, node) for node in pathway.nodes],
        "cases": [
            {
                "id": case.id,
                "patient": case.patient,
                "answers": {key: as_text(value) for key, value in case.answers.items()},
                "expect": case.expect,
            }
            for case in pathway.cases
        ],
    }


def _node(guideline: Guideline, node: Node) -> Json:
    return {
        "id": node.id,
        "kind": node.kind,
        "text": node.text,
        "input": _input(node.ask) if node.ask else None,
        "options": [_option(guideline, edge) for edge in node.options],
        **_said(guideline, node.statements),
        "caveats": list(node.caveats),
        "links": [_link(guideline, link) for link in node.links],
    }


def _input(asked: NumberAsked) -> Json:
    return {
        "id": asked.id,
        "label": asked.label,
        "kind": asked.kind,
        "required": True,
        "units": units(asked.units),
        "options": [],
        "exact": True,
    }


def _option(guideline: Guideline, edge: Edge) -> Json:
    return {
        "id": edge.id,
        "label": edge.label,
        "when": conditions(guideline, edge.when),
        "to": edge.to,
        **_said(guideline, edge.statements),
    }


def _said(guideline: Guideline, statements: Iterable[str]) -> Json:
    """The statements that say so, and the union of their references."""
    return {"statements": list(statements), "refs": refs(guideline, statements)}


def _link(guideline: Guideline, link: Link) -> Json:
    page = addresses.target(guideline, link.to)
    if page is None:
        raise UnresolvedPathError(link.to)
    return {"label": link.label, "page": page, "carry": dict(link.carry)}
