"""GraphML, as Gephi, yEd, Cytoscape and networkx read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from mingjian.brief.evidence import Pages, told
from mingjian.core.model.graph import Graph, GraphEdge, GraphNode

_NODE = (("kind", "string"), ("name", "string"), ("mentions", "int"), ("sources", "int"), ("known", "boolean"))
_EDGE = (("relation", "string"), ("mentions", "int"), ("words", "string"), ("evidence", "string"))
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROOT = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'


def render_graphml(graph: Graph, pages: Pages) -> Iterator[str]:
    """The lines of the file; characters that XML cannot hold are left out."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield _ROOT
    for ends, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in keys:
            yield f'  <key id="{ends}.{name}" for="{ends}" attr.name="{name}" attr.type="{kind}"/>'
    yield '  <graph id="mingjian" edgedefault="directed">'
    for node in graph.nodes:
        yield from _node(node)
    for number, edge in enumerate(graph.edges):
        yield from _edge(number, edge, pages)
    yield "  </graph>"
    yield "</graphml>"


def _node(node: GraphNode) -> Iterator[str]:
    yield f"    <node id={_quoted(node.id)}>"
    for name, _ in _NODE:
        yield _data(f"node.{name}", getattr(node, name))
    yield "    </node>"


def _edge(number: int, edge: GraphEdge, pages: Pages) -> Iterator[str]:
    cites = [told(cite, pages) for cite in edge.cites]
    held = {
        "relation": edge.relation,
        "mentions": edge.mentions,
        "words": "\n".join(cite.words for cite in cites),
        "evidence": "\n".join(f"{cite.link or cite.page}#char={cite.start},{cite.end}" for cite in cites),
    }
    yield f'    <edge id="e{number}" source={_quoted(edge.start)} target={_quoted(edge.end)}>'
    for name, value in held.items():
        yield _data(f"edge.{name}", value)
    yield "    </edge>"


def _data(key: str, value: object) -> str:
    written = str(value).lower() if isinstance(value, bool) else _NO_XML.sub("", str(value))
    return f'      <data key="{key}">{escape(written)}</data>'


def _quoted(words: str) -> str:
    return quoteattr(_NO_XML.sub("", words))
