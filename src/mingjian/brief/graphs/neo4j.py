"""Two CSV files as ``neo4j-admin database import`` reads them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from mingjian.brief.evidence import Pages, told
from mingjian.core.model.graph import Graph

_NODES = ("id:ID", "name", "mentions:int", "sources:int", "known:boolean", ":LABEL")
_EDGES = (":START_ID", ":END_ID", ":TYPE", "mentions:int", "words:string[]", "evidence:string[]")

_CONTROLS = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029]+")


def render_nodes(graph: Graph) -> str:
    """``nodes.csv``: the label is the kind."""
    rows = (
        (_plain(node.id), _plain(node.name), node.mentions, node.sources, str(node.known).lower(), node.kind)
        for node in graph.nodes
    )
    return _written(_NODES, rows)


def render_relationships(graph: Graph, pages: Pages) -> str:
    """``relationships.csv``: lists are divided by semicolons, which the words of none of their items keep."""
    rows = []
    for edge in graph.edges:
        cites = [told(cite, pages) for cite in edge.cites]
        words = ";".join(_plain(cite.words).replace(";", "；") for cite in cites)
        places = ";".join(
            f"{cite.link or cite.page}#char={cite.start},{cite.end}".replace(";", "%3B") for cite in cites
        )
        rows.append((_plain(edge.start), _plain(edge.end), edge.relation.upper(), edge.mentions, words, places))
    return _written(_EDGES, rows)


def _plain(words: str) -> str:
    """The words on one line, as the import reads them: each row is a line, and NUL ends it."""
    return _CONTROLS.sub(" ", words)


def _written(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()
