"""Graphs as files: what stands in names and words stays words, whatever it is."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import pytest

from mingjian.brief.evidence import web_link
from mingjian.brief.graphs.files import graph_files
from mingjian.core.model.graph import Graph, GraphEdge, GraphNode
from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.span import cite
from mingjian.core.model.things import PageCard
from mingjian.errors import ReadError

HOSTILE = "</script><script>alert(1)</script>&\"';\x00\x1b[31m𠮷\u2028=1+1"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def card(page: str) -> PageCard:
    return PageCard(
        id=page,
        doc_id=page,
        address="https://news.example/1.html" if page == "page" else "javascript:alert(1)",
        title=Cited(HOSTILE, cite(HOSTILE, 0, len(HOSTILE)), "title.example"),
        source=Missing("no-source"),
        publisher=Missing("no-publisher"),
        published=Missing("no-date-in-page"),
        published_from=None,
        published_to=None,
        added="2026-04-01T08:00:00Z",
        ai=True,
        doc_type="news",
        group=page,
    )


def graph() -> Graph:
    nodes = (
        GraphNode(id="a1", kind="event", name=HOSTILE, mentions=2, sources=1),
        GraphNode(id="organisation:澜山智算", kind="organisation", name="澜山智算", known=False),
    )
    cites = (Cite("page", 3, 3 + len(HOSTILE), HOSTILE), Cite("other", 0, 2, "标题", "html"))
    return Graph(nodes, (GraphEdge(start="a1", relation="actor", end=nodes[1].id, mentions=2, cites=cites),))


def written(name: str) -> dict[str, bytes]:
    return {path.name: content for path, content in graph_files(graph(), card, "关系图", Path(name))}


def test_graphml_is_read_back_without_what_xml_cannot_hold() -> None:
    root = ET.fromstring(written("g.graphml")["g.graphml"])  # noqa: S314 - we wrote it
    names = [data.text for data in root.iter(f"{GRAPHML}data") if data.get("key") == "node.name"]
    assert names == [HOSTILE.replace("\x00", "").replace("\x1b", ""), "澜山智算"]
    (edge,) = root.iter(f"{GRAPHML}edge")
    assert (edge.get("source"), edge.get("target")) == ("a1", "organisation:澜山智算")
    evidence = [data.text for data in edge if data.get("key") == "edge.evidence"]
    assert evidence == [f"https://news.example/1.html#char=3,{3 + len(HOSTILE)}\nother#char=0,2"]


def test_the_drawing_runs_no_script_of_a_page_and_links_only_to_the_web() -> None:
    page = written("g.html")["g.html"].decode()
    assert "<script>alert" not in page
    assert re.findall(r'href="([^"]*)"', page) == ["https://news.example/1.html"]
    elements = re.search(r'id="elements">(.*?)</script>', page, re.DOTALL)
    assert elements is not None
    held = json.loads(elements[1])
    assert held[0]["data"]["name"] == HOSTILE
    assert [one["data"].get("source") for one in held] == [None, None, "a1"]


def test_json_ld_has_selectors_for_text_and_quotes_alone_for_markup() -> None:
    document = json.loads(written("g.jsonld")["g.jsonld"])
    kinds = [one["@type"] for one in document["@graph"]]
    assert kinds[:2] == ["Event", "Organization"]
    statement = document["@graph"][-1]
    assert statement["rdf:subject"] == {"@id": "urn:mingjian:thing:a1"}
    first, second = statement["prov:wasDerivedFrom"]
    assert [one["@type"] for one in first["oa:hasSelector"]] == ["oa:TextPositionSelector", "oa:TextQuoteSelector"]
    assert first["oa:hasSelector"][0]["oa:end"] - first["oa:hasSelector"][0]["oa:start"] == len(HOSTILE)
    assert [one["@type"] for one in second["oa:hasSelector"]] == ["oa:TextQuoteSelector"]


def test_csv_for_neo4j_keeps_every_name_in_its_field() -> None:
    files = written("folder")
    nodes = list(csv.reader(io.StringIO(files["nodes.csv"].decode(), newline="")))
    assert nodes[0][0] == "id:ID"
    assert [row[1] for row in nodes[1:]] == [HOSTILE.replace("\x00\x1b", " ").replace("\u2028", " "), "澜山智算"]
    edges = list(csv.DictReader(io.StringIO(files["relationships.csv"].decode(), newline="")))
    assert [(row[":TYPE"], row[":START_ID"], len(row["words:string[]"].split(";"))) for row in edges] == [
        ("ACTOR", "a1", 2)
    ]


def test_neo4j_gets_a_line_for_each_row() -> None:
    for name, content in written("folder").items():
        lines = content.decode().splitlines()
        assert len(lines) == (3 if name == "nodes.csv" else 2)
        assert "\0" not in content.decode()


def test_names_of_things_without_an_id_make_iris() -> None:
    node = GraphNode(id='organisation:“<a>" {b}\\`|^%#甲 \u202e乙"', kind="organisation", name="甲", known=False)
    ((_, written_as),) = graph_files(Graph((node,), ()), card, "", Path("g.jsonld"))
    (identity,) = [one["@id"] for one in json.loads(written_as)["@graph"]]
    assert not set(identity) & set(' <>"{}|\\^`#\u202e')
    assert unquote(identity) == f"urn:mingjian:thing:{node.id}"


def test_an_address_that_no_program_takes_for_one_is_no_link() -> None:
    assert web_link("https://澜山.invalid/甲?乙=1#丙") is not None
    for address in (
        "https://a b/",
        "https://",
        "javascript:alert(1)",
        "https://a.invalid/\u202e",
        'https://a"b.invalid/',
    ):
        assert web_link(address) is None


def test_the_same_graph_gives_the_same_bytes() -> None:
    for name in ("g.graphml", "g.html", "g.jsonld", "folder"):
        assert written(name) == written(name)


def test_an_unknown_ending_says_which_there_are() -> None:
    with pytest.raises(ReadError, match="graphml"):
        written("g.png")


def test_a_graph_that_no_browser_can_draw_is_refused() -> None:
    many = Graph(tuple(GraphNode(id=str(n), kind="event", name=str(n)) for n in range(3_001)), ())
    with pytest.raises(ReadError, match="too many"):
        list(graph_files(many, card, "关系图", Path("g.html")))
