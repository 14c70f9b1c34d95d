"""A graph as parts of its page: what is drawn, its edges with their words, and what can be taken along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from mingjian.brief.evidence import Pages
from mingjian.brief.graphs.html import drawn_edge, drawn_node
from mingjian.brief.wording import graph_label
from mingjian.core.model.graph import Graph, GraphNode
from mingjian.core.model.things import Thing
from mingjian.serve.web.facets import can_be_asked
from mingjian.serve.web.links import href, thing_href
from mingjian.serve.web.listings import cited
from mingjian.serve.web.lists import ledger_of_kind
from mingjian.serve.web.parts import Cited

_CITED = 3
_PLACE = "region"


class End(msgspec.Struct, frozen=True, kw_only=True):
    """A node as it is named: its kind in words, its page where it has one, and the graph round it."""

    name: str
    kind: str
    label: str
    href: str | None
    around: str | None


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """An edge with the words that say it; ``id`` is that of the drawn one."""

    id: str
    start: End
    relation: str
    end: End
    mentions: int
    cites: tuple[Cited, ...]


def elements_of(graph: Graph) -> list[dict[str, Any]]:
    """What is drawn: nodes, each with the address of its page, and edges."""
    nodes = [drawn_node(node) for node in graph.nodes]
    for drawn, node in zip(nodes, graph.nodes, strict=True):
        if (page := node_href(node)) is not None:
            drawn["data"]["href"] = page
    return [*nodes, *(drawn_edge(number, edge) for number, edge in enumerate(graph.edges))]


def edges_of(graph: Graph, pages: Pages) -> tuple[Edge, ...]:
    """The edges as rows."""
    ends = {node.id: end_of(node) for node in graph.nodes}
    return tuple(
        Edge(
            id=f"e{number}",
            start=ends[edge.start],
            relation=graph_label(edge.relation),
            end=ends[edge.end],
            mentions=edge.mentions,
            cites=tuple(cited(cite, pages) for cite in edge.cites[:_CITED]),
        )
        for number, edge in enumerate(graph.edges)
    )


def end_of(node: GraphNode) -> End:
    """A node as it is named."""
    page = node_href(node)
    around = href("/graph", name=node.id) if page is not None and node.kind != _PLACE else None
    return End(name=node.name, kind=node.kind, label=graph_label(node.kind), href=page, around=around)


def node_href(node: GraphNode) -> str | None:
    """The page of a node: that of the thing, the targets of a place, none of a bare name."""
    if not node.known:
        return None
    if node.kind == _PLACE:
        if not can_be_asked(node.id.partition(":")[2]):
            return None
        return href("/targets", region=node.id.partition(":")[2], all="1")
    return thing_href(ledger_of_kind(node.kind), node.id)


def kinds_of(graph: Graph) -> list[str]:
    """The kinds of its nodes."""
    return sorted({node.kind for node in graph.nodes})


def candidates(things: Sequence[Thing]) -> tuple[End, ...]:
    """Things of which one is to be chosen."""
    return tuple(
        End(
            name=thing.name,
            kind=thing.kind,
            label=graph_label(thing.kind),
            href=thing_href(ledger_of_kind(thing.kind), thing.id),
            around=href("/graph", name=thing.id),
        )
        for thing in things
    )


def grouped(ends: Sequence[End]) -> dict[str, list[End]]:
    """Things by their kinds, in the order in which they come."""
    found: dict[str, list[End]] = {}
    for end in ends:
        found.setdefault(end.kind, []).append(end)
    return found
