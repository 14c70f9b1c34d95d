"""The graph of things: what names what, in which words."""

from __future__ import annotations

import msgspec

from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.things import THING_KINDS

NODE_KINDS = (*THING_KINDS, "region")
"""What a node may be: a thing of some kind, or a place."""


class GraphNode(msgspec.Struct, frozen=True, kw_only=True):
    """A thing, a place (kind ``region``), or a name that no page makes a thing of (``known`` is false).

    ``id`` is that of the thing, else the kind with the code or name (``region:440000``, ``organisation:澜山智算``).
    """

    id: str
    kind: str
    name: str
    mentions: int = 0
    sources: int = 0
    known: bool = True


class GraphEdge(msgspec.Struct, frozen=True, kw_only=True):
    """A relation that words state: from the thing whose fact states it to what the fact names.

    ``relation`` is the part that the other plays (``actor``, ``issuer``, ``implements`` …), ``mentions`` how many facts
    state it, of which the first few are cited.
    """

    start: str
    relation: str
    end: str
    mentions: int
    cites: tuple[Cite, ...]


class Graph(msgspec.Struct, frozen=True):
    """Nodes and the edges between them, both by id."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
