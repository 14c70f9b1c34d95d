"""What stands round a thing, how two things hang together, and the whole graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.graph.edges import edges_from, edges_to, node_of
from mingjian.core.model.graph import Graph, GraphEdge, GraphNode
from mingjian.core.model.things import THING_KINDS, Thing, ThingKind

Met = dict[str, GraphNode]
_BUSY = 2_000  # a thing that so many name leads to nothing in particular: paths do not go on through it


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """How far to look: ``depth`` steps, at most ``most`` nodes, of these kinds (all if none is named), as of a day."""

    depth: int = 1
    most: int = 100
    kinds: tuple[str, ...] = ()
    as_of: str | None = None


def neighbours(books: Books, thing: Thing, wanted: Wanted) -> Graph:
    """The thing and what stands round it, nearest first: beyond ``most`` nodes nothing is taken in any more."""
    met: Met = {thing.id: node_of(thing)}
    edges: dict[tuple[str, str, str], GraphEdge] = {}
    ring = [thing.id]
    for _ in range(wanted.depth):
        ring = [one for start in ring for one in _take(books, start, wanted, (met, edges))]
    return Graph(tuple(met.values()), tuple(edge for edge in edges.values() if edge.start in met and edge.end in met))


def _take(
    books: Books, start: str, wanted: Wanted, taken: tuple[Met, dict[tuple[str, str, str], GraphEdge]]
) -> Iterator[str]:
    """Takes in what stands next to a node; tells what of it is new."""
    met, edges = taken
    for edge, node in _next_to(books, start, wanted.as_of):
        if wanted.kinds and node.kind not in wanted.kinds:
            continue
        if node.id not in met:
            if len(met) >= wanted.most:
                continue
            met[node.id] = node
            yield node.id
        edges[edge.start, edge.relation, edge.end] = edge


def _next_to(books: Books, node: str, as_of: str | None) -> list[tuple[GraphEdge, GraphNode]]:
    thing = books.thing(node)
    if thing is None:
        return []
    return [*edges_from(books, thing, as_of), *edges_to(books, thing, as_of)]


def find_path(books: Books, first: Thing, second: Thing, wanted: Wanted) -> Graph | None:
    """A shortest path between two things, nothing where there is none of so many steps.

    Of several the one whose nodes come first by id is taken, from the end backwards.
    """
    before: dict[str, tuple[str, GraphEdge] | None] = {first.id: None}
    met: Met = {first.id: node_of(first), second.id: node_of(second)}
    ring = [first.id]
    for _ in range(wanted.depth):
        if second.id in before or not ring:
            break
        ring = _reach(books, ring, wanted, (met, before))
    return _walked(second.id, met, before) if second.id in before else None


def _reach(
    books: Books,
    ring: list[str],
    wanted: Wanted,
    taken: tuple[Met, dict[str, tuple[str, GraphEdge] | None]],
) -> list[str]:
    met, before = taken
    reached = []
    for start in sorted(ring):
        steps = _next_to(books, start, wanted.as_of)
        if before[start] is not None and len(steps) > _BUSY:
            continue
        for edge, node in sorted(steps, key=lambda step: (step[1].id, step[0].relation)):
            if node.id not in before:
                met[node.id], before[node.id] = node, (start, edge)
                reached.append(node.id)
    return reached


def _walked(last: str, met: Met, before: dict[str, tuple[str, GraphEdge] | None]) -> Graph:
    nodes, edges = [met[last]], []
    while (step := before[nodes[-1].id]) is not None:
        edges.append(step[1])
        nodes.append(met[step[0]])
    return Graph(tuple(reversed(nodes)), tuple(reversed(edges)))


def whole_graph(books: Books, asked: Iterable[Asked] | None = None) -> Graph:
    """All things that answer, what they name, and the edges between them."""
    every = [Asked(kind=kind) for kind in THING_KINDS] if asked is None else list(asked)
    things = {thing.id: thing for one in every for thing in books.find(one)}
    days: dict[ThingKind, str | None] = {one.kind: one.as_of for one in every}
    found = [step for thing in things.values() for step in edges_from(books, thing, days[thing.kind])]
    nodes: Met = {identity: node_of(thing) for identity, thing in things.items()}
    for _, node in found:
        nodes.setdefault(node.id, node)
    ordered = sorted(chain(nodes.values()), key=lambda node: (node.kind, node.id))
    return Graph(tuple(ordered), tuple(edge for edge, _ in found))
