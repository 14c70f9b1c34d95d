"""JSON-LD: things in words of schema.org, how each relation was derived in those of PROV, where it stands as selectors.

Relations are statements (``rdf:Statement``), each derived from stretches of pages: a position selector counts Unicode
code points of the page's text layer; words of the markup have a quote selector alone.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import msgspec

from mingjian.brief.evidence import Pages, Told, cited_pages, link_of, told
from mingjian.core.model.graph import Graph, GraphEdge, GraphNode
from mingjian.core.model.outcome import value_of
from mingjian.core.model.things import PageCard

_CONTEXT = {
    "@vocab": "https://schema.org/",
    "mj": "urn:mingjian:",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_TYPES = {
    "event": "Event", "policy": "Legislation", "programme": "Project", "statistic": "Observation", "measure": "Action",
    "quote": "Quotation", "company_action": "Action", "dataset": "Dataset", "fund": "InvestmentFund",
    "system": "SoftwareApplication", "report": "Report", "organisation": "Organization", "person": "Person",
    "region": "AdministrativeArea",
}  # fmt: skip
_PROPERTIES = {
    "actor": "organizer", "about": "about", "place": "location", "part_of": "superEvent", "issuer": "publisher",
    "speaker": "creator", "affiliation": "affiliation", "source": "provider",
}  # fmt: skip
_OF_LEGISLATION = {
    "issuer": "legislationPassedBy", "amends": "legislationChanges", "repeals": "legislationRepeals",
    "basis": "legislationApplies",
}  # fmt: skip
_NOT_IN_IRIS = re.compile(
    r'[\x00-\x20\x7f-\xa0<>"{}|\\^`%#?\[\]\u2000-\u200f\u2028-\u202f\u2060-\u206f\ue000-\uf8ff\ufeff\ufff0-\uffff]|[\U000e0000-\U0010ffff]'
)
_ENCODE = msgspec.json.Encoder().encode


def render_jsonld(graph: Graph, pages: Pages) -> bytes:
    """The whole document, one object of ``@graph`` a line."""
    objects: list[dict[str, Any]] = [_thing(node) for node in graph.nodes]
    objects += [_article(card) for card in cited_pages(graph, pages)]
    kinds = {node.id: node.kind for node in graph.nodes}
    objects += [_statement(edge, kinds[edge.start], pages) for edge in graph.edges]
    lines = b",\n".join(map(_ENCODE, objects))
    return b'{"@context":' + _ENCODE(_CONTEXT) + b',"@graph":[\n' + lines + b"\n]}\n"


def _thing(node: GraphNode) -> dict[str, Any]:
    return {"@id": _thing_id(node.id), "@type": _TYPES.get(node.kind, f"mj:{node.kind}"), "name": node.name}


def _article(card: PageCard) -> dict[str, Any]:
    held = {
        "headline": value_of(card.title),
        "datePublished": value_of(card.published),
        "publisher": value_of(card.publisher) or value_of(card.source),
        "url": link_of(card),
    }
    known = {name: value for name, value in held.items() if value is not None}
    return {"@id": _page_id(card.id), "@type": ["NewsArticle", "prov:Entity"], **known}


def _statement(edge: GraphEdge, kind: str, pages: Pages) -> dict[str, Any]:
    properties = _PROPERTIES | (_OF_LEGISLATION if kind == "policy" else {})
    return {
        "@type": ["rdf:Statement", "prov:Entity"],
        "rdf:subject": {"@id": _thing_id(edge.start)},
        "rdf:predicate": {"@id": properties.get(edge.relation, f"mj:{edge.relation}")},
        "rdf:object": {"@id": _thing_id(edge.end)},
        "prov:wasDerivedFrom": [_stretch(told(cite, pages)) for cite in edge.cites],
    }


def _stretch(cite: Told) -> dict[str, Any]:
    quote: dict[str, Any] = {"@type": "oa:TextQuoteSelector", "oa:exact": cite.words}
    place = {"@type": "oa:TextPositionSelector", "oa:start": cite.start, "oa:end": cite.end}
    selectors = [place, quote] if cite.layer == "text" else [quote]
    return {
        "@type": ["oa:SpecificResource", "prov:Entity"],
        "oa:hasSource": {"@id": _page_id(cite.page)},
        "oa:hasSelector": selectors,
    }


def _thing_id(node: str) -> str:
    """The IRI of a node: names may hold what an IRI may not, which is escaped."""
    return f"urn:mingjian:thing:{_NOT_IN_IRIS.sub(lambda found: quote(found[0]), node)}"


def _page_id(page: str) -> str:
    return f"urn:mingjian:page:{page}"
