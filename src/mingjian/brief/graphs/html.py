"""The graph as one self-contained page: it needs no network, and without scripts its edges can be read as a table."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from mingjian.brief.evidence import Pages, Told, told
from mingjian.brief.wording import graph_label, phrase
from mingjian.core.model.graph import Graph, GraphEdge, GraphNode

DRAWING = "cytoscape-3.34.4.min.js"
"""The library that draws graphs, a file of ``brief/vendored``."""
_ENCODE = msgspec.json.Encoder().encode
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class DrawnEdge(msgspec.Struct, frozen=True):
    """An edge with the names of its ends and its evidence."""

    id: str
    start: str
    label: str
    end: str
    cites: tuple[Told, ...]


def render_graph(graph: Graph, pages: Pages, title: str) -> str:
    """The whole HTML document."""
    names = {node.id: node.name for node in graph.nodes}
    edges = [
        DrawnEdge(
            f"e{number}",
            names[edge.start],
            graph_label(edge.relation),
            names[edge.end],
            tuple(told(cite, pages) for cite in edge.cites),
        )
        for number, edge in enumerate(graph.edges)
    ]
    elements = [drawn_node(node) for node in graph.nodes]
    elements += [drawn_edge(number, edge) for number, edge in enumerate(graph.edges)]
    page = (
        _environment()
        .get_template("graph.html.j2")
        .render(
            title=title,
            nodes=graph.nodes,
            kinds=sorted({node.kind for node in graph.nodes}),
            edges=edges,
            elements=_ENCODE(elements).decode().translate(_IN_SCRIPT),
            script=_script(),
        )
    )
    return page.replace("\0", "\N{REPLACEMENT CHARACTER}")  # as browsers read it


def drawn_node(node: GraphNode) -> dict[str, Any]:
    """The node as Cytoscape takes it."""
    size = 18 + 6 * min(node.sources, 10)
    held = {"id": node.id, "name": node.name, "kind": node.kind, "size": size}
    return {"data": held, "classes": node.kind if node.known else f"{node.kind} bare"}


def drawn_edge(number: int, edge: GraphEdge) -> dict[str, Any]:
    """The edge as Cytoscape takes it; its id is ``e`` and its number."""
    label = graph_label(edge.relation)
    return {"data": {"id": f"e{number}", "source": edge.start, "target": edge.end, "label": label}}


@cache
def _script() -> str:
    return files("mingjian.brief").joinpath("vendored", DRAWING).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("mingjian.brief"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals.update(graph_label=graph_label, phrase=phrase)
    return environment
