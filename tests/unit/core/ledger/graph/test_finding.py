"""What stands round a thing, and how two hang together."""

from __future__ import annotations

from functools import lru_cache

from tests.unit.core.link.things.shelves import shelf

from mingjian.core.ledger.graph.finding import Wanted, find_path, neighbours, whole_graph
from mingjian.core.ledger.resolving import things_meant
from mingjian.core.link.things.shelf import Shelf
from mingjian.core.model.graph import Graph
from mingjian.core.model.things import Thing

PAGES = {
    "plan": (
        "澜山市印发人工智能产业行动计划\n来源：澜山日报 2026-03-12\n"
        "3月12日，工业和信息化部印发《算力券管理办法》。"
        "《澜山市人工智能产业行动计划》落实《算力券管理办法》，提出到2027年智能算力规模达到30EFLOPS。"
    ),
    "news": (
        "工信部解读算力券管理办法\n来源：岚讯网 2026-03-20\n"
        "3月12日，工业和信息化部印发《算力券管理办法》。3月18日，科学技术部召开全国人工智能工作推进会。"
    ),
    "far": "栖云县春耕\n来源：栖云融媒 2026-03-14\n3月14日，农业农村部印发《春耕备耕工作方案》，安排人工智能农机推广。",
}


@lru_cache(maxsize=1)
def books() -> Shelf:
    return shelf(PAGES)


def meant(words: str) -> Thing:
    (thing,) = things_meant(books(), words)
    return thing


def told(graph: Graph) -> set[tuple[str, str, str]]:
    names = {node.id: node.name for node in graph.nodes}
    return {(names[edge.start], edge.relation, names[edge.end]) for edge in graph.edges}


def test_neighbours_are_what_a_thing_names_and_what_names_it() -> None:
    round_it = neighbours(books(), meant("算力券管理办法"), Wanted())
    relations = {(relation, end) for _, relation, end in told(round_it)}
    assert ("issuer", "工业和信息化部") in relations
    assert ("implements", "算力券管理办法") in relations
    assert ("about", "算力券管理办法") in relations


def test_every_edge_cites_words_of_its_page() -> None:
    graph = whole_graph(books())
    assert graph.edges
    for edge in graph.edges:
        assert edge.cites
        for cite in edge.cites:
            assert PAGES[cite.page][cite.start : cite.end] == cite.text


def test_an_edge_that_two_pages_state_cites_both() -> None:
    graph = neighbours(books(), meant("工业和信息化部"), Wanted())
    (edge,) = [edge for edge in graph.edges if edge.relation == "actor"]
    assert edge.mentions == 2
    assert {cite.page for cite in edge.cites} == {"plan", "news"}


def test_a_path_leads_over_what_both_name() -> None:
    path = find_path(books(), meant("澜山市人工智能产业行动计划"), meant("工业和信息化部"), Wanted(depth=4))
    assert path is not None
    assert [node.name for node in path.nodes] == ["澜山市人工智能产业行动计划", "算力券管理办法", "工业和信息化部"]
    assert [edge.relation for edge in path.edges] == ["implements", "issuer"]


def test_no_path_leads_where_nothing_does() -> None:
    assert find_path(books(), meant("算力券管理办法"), meant("农业农村部"), Wanted(depth=6)) is None


def test_a_path_may_not_be_longer_than_asked() -> None:
    ends = meant("澜山市人工智能产业行动计划"), meant("工业和信息化部")
    assert find_path(books(), *ends, Wanted(depth=1)) is None


def test_what_was_published_later_was_not_known() -> None:
    before = neighbours(books(), meant("工业和信息化部"), Wanted(as_of="2026-03-13"))
    assert {cite.page for edge in before.edges for cite in edge.cites} == {"plan"}


def test_no_more_nodes_than_asked_and_no_edge_to_one_left_out() -> None:
    graph = neighbours(books(), meant("工业和信息化部"), Wanted(depth=3, most=3))
    ids = {node.id for node in graph.nodes}
    assert len(graph.nodes) == 3
    assert all({edge.start, edge.end} <= ids for edge in graph.edges)
