"""The edges that begin and end at a thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nlargest
from typing import NamedTuple

from mingjian.core.books import Books
from mingjian.core.ledger.citing import cite_printed
from mingjian.core.ledger.resolving import resolve
from mingjian.core.link.things.references import Reference, references_of
from mingjian.core.model.graph import GraphEdge, GraphNode
from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.things import Member, Thing

_CITED = 3  # mentions of which an edge cites the words
_REFERRING = 4_000  # things that name one thing and are looked at, those first that most places name
_MEMBERS = 200  # mentions of a thing that are looked at


class Stated(NamedTuple):
    """One fact that states a relation: what stands at its end, and the words."""

    relation: str
    end: GraphNode
    cites: tuple[Cite, ...]


def node_of(thing: Thing) -> GraphNode:
    """A thing as a node."""
    return GraphNode(id=thing.id, kind=thing.kind, name=thing.name, mentions=thing.mentions, sources=thing.sources)


def edges_from(books: Books, thing: Thing, as_of: str | None = None) -> list[tuple[GraphEdge, GraphNode]]:
    """What the thing's own facts name: each edge with the node at its end, in the order of the first mention."""
    found: dict[tuple[str, str], list[Stated]] = {}
    for stated in _stated(books, books.members(thing.id, as_of, _MEMBERS)):
        if stated.end.id != thing.id:
            found.setdefault((stated.relation, stated.end.id), []).append(stated)
    return [(_edge(thing.id, every), every[0].end) for every in found.values()]


def edges_to(books: Books, thing: Thing, as_of: str | None = None) -> list[tuple[GraphEdge, GraphNode]]:
    """What names the thing: each edge with the node at which it begins, by its id."""
    found = []
    for other in _referring(books, thing):
        found += [(edge, node_of(other)) for edge, end in edges_from(books, other, as_of) if end.id == thing.id]
    return found


def _referring(books: Books, thing: Thing) -> Sequence[Thing]:
    """The things that may name this one, by id; parts of an event stand on the pages that tell of it.

    Where very many do, those that the most places name.
    """
    found = {one.id: one for one in books.referring(thing.kind, thing.slots) if one.id != thing.id}
    if thing.kind == "event":
        for member in books.members(thing.id, most=_MEMBERS):
            found |= {one.id: one for one in books.of_page(member.page.id) if one.kind == "event"}
        found.pop(thing.id, None)
    if len(found) > _REFERRING:
        most = nlargest(_REFERRING, found.values(), key=lambda one: (one.mentions, one.id))
        found = {one.id: one for one in most}
    return [found[one] for one in sorted(found)]


def _edge(start: str, every: Sequence[Stated]) -> GraphEdge:
    cites = tuple(dict.fromkeys(cite for stated in every[:_CITED] for cite in stated.cites))
    return GraphEdge(start=start, relation=every[0].relation, end=every[0].end.id, mentions=len(every), cites=cites)


def _stated(books: Books, members: Sequence[Member]) -> Iterator[Stated]:
    for member in members:
        for reference in references_of(member.ref.kind, member.fact, member.page):
            end = _end(books, member, reference)
            if end is not None:
                yield Stated(reference.relation, end, cite_printed(member, reference.part, reference.name))


def _end(books: Books, member: Member, reference: Reference) -> GraphNode | None:
    """The node that a reference leads to: a thing, a place, or else the bare name."""
    if reference.fact is not None:
        whole = books.holding(member.page.id, reference.fact)
        return None if whole is None else node_of(whole)
    for kind in reference.kinds:
        if kind == "region":
            code = member.page.regions.get(reference.name)
            return GraphNode(id=f"region:{code or reference.name}", kind=kind, name=reference.name, known=bool(code))
        thing = resolve(books, (kind,), reference.name, member.page.id)
        if thing is not None:
            return node_of(thing)
    name = reference.name
    return GraphNode(id=f"{reference.kinds[0]}:{name}", kind=reference.kinds[0], name=name, known=False)
