"""Which files a graph becomes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mingjian.brief.evidence import Pages
from mingjian.brief.graphs.graphml import render_graphml
from mingjian.brief.graphs.html import render_graph
from mingjian.brief.graphs.jsonld import render_jsonld
from mingjian.brief.graphs.neo4j import render_nodes, render_relationships
from mingjian.core.model.graph import Graph
from mingjian.errors import ReadError

_MOST_DRAWN = 3_000  # nodes: more than that no browser draws so that it can be read


def graph_files(graph: Graph, pages: Pages, title: str, to: Path) -> Iterable[tuple[Path, bytes]]:
    """The files that a graph becomes, by the ending of the name: ``.graphml``, ``.jsonld``, ``.html``, else a folder.

    Raises ``ReadError`` for another ending, and for a graph too large to be drawn.
    """
    match to.suffix.lower():
        case ".graphml":
            lines = "\n".join(render_graphml(graph, pages))
            return [(to, f"{lines}\n".encode())]
        case ".jsonld":
            return [(to, render_jsonld(graph, pages))]
        case ".html" | ".htm":
            _check_drawable(graph, to)
            return [(to, render_graph(graph, pages, title).encode())]
        case "":
            nodes, relationships = render_nodes(graph), render_relationships(graph, pages)
            return [(to / "nodes.csv", nodes.encode()), (to / "relationships.csv", relationships.encode())]
        case other:
            mend = "end it with .graphml, .jsonld or .html, or name a folder for the CSV files of Neo4j"
            raise ReadError(str(to), f"no graph is written as {other}", mend)


def _check_drawable(graph: Graph, to: Path) -> None:
    if len(graph.nodes) > _MOST_DRAWN:
        problem = f"{len(graph.nodes)} nodes are too many to be drawn (at most {_MOST_DRAWN})"
        raise ReadError(str(to), problem, "draw the neighbours of one thing, or write .graphml")
