"""Nodes that are one thing: the surest links first, and never two together that must be kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mingjian.core.link.things.linking import AnyLinking
from mingjian.core.link.things.nodes import Node
from mingjian.core.model.things import MentionRef, ThingDecision, ThingLink, Verdict

DECIDED = Verdict("same", "decided", 1_000)
"""A person put the two together."""


class Link(NamedTuple):
    """Two nodes that are one thing, by their ids, the lesser first, and why."""

    first: str
    second: str
    verdict: Verdict


class Group(NamedTuple):
    """The nodes of one thing, by id, and the links that made them one, the heaviest first: one fewer than nodes."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def find_links(nodes: Sequence[Node], linking: AnyLinking) -> list[Link]:
    """The links between all nodes that share a key; two are judged once, however many keys they share."""
    held: dict[str, list[Node]] = {}
    found = []
    for node in nodes:
        keys = tuple(dict.fromkeys(linking.keys(node.profile)))
        for other in {each.id: each for key in keys for each in held.get(key, ())}.values():
            link = link_of(node, other, linking)
            if link is not None:
                found.append(link)
        for key in keys:
            held.setdefault(key, []).append(node)
    return found


def link_of(one: Node, other: Node, linking: AnyLinking) -> Link | None:
    """Why two nodes are one thing, where rules say so."""
    first, second = (one, other) if one.id < other.id else (other, one)
    verdict = linking.judge(first.profile, second.profile)
    return Link(first.id, second.id, verdict) if verdict.holds == "same" else None


def group(
    nodes: Sequence[Node], links: Iterable[Link], decisions: Iterable[ThingDecision], linking: AnyLinking
) -> list[Group]:
    """The things that these nodes are, whatever the order in which nodes and links are given."""
    by_id = {node.id: node for node in nodes}
    node_of = {ref: node.id for node in nodes for ref in node.refs}
    split: set[frozenset[str]] = set()
    every = list(links)
    for said in decisions:
        pair = [node_of[ref] for ref in (said.first, said.second) if ref in node_of]
        apart = len(set(pair)) > 1
        if apart and said.kind == "merge":
            every.append(Link(min(pair), max(pair), DECIDED))
        elif apart:
            split.add(frozenset(pair))
    return [_thing(found) for found in _joined(by_id, every, split, linking)]


def spanning(links: Iterable[Link]) -> list[Link]:
    """Of links that nothing forbids, the heaviest that hold together what all of them do: a forest, heaviest first.

    That of a graph with one more node is among the old one's links and those of the new node.
    """
    head: dict[str, str] = {}

    def find(node: str) -> str:
        while (above := head.setdefault(node, node)) != node:
            head[node] = head[above]
            node = head[node]
        return node

    kept = []
    for link in sorted(links, key=_heaviest_first):
        first, second = find(link.first), find(link.second)
        if first != second:
            head[second] = first
            kept.append(link)
    return kept


def _heaviest_first(link: Link) -> tuple[int, str, str]:
    return (-link.verdict.weight, link.first, link.second)


class _Cluster:
    """Nodes that are one thing so far: ``apart`` are clusters with which rules forbid it to be one."""

    __slots__ = ("apart", "links", "nodes")

    def __init__(self, node: Node) -> None:
        self.nodes = [node]
        self.links: list[Link] = []
        self.apart: set[_Cluster] = set()

    def take(self, other: _Cluster, link: Link) -> None:
        self.nodes += other.nodes
        self.links += [*other.links, link]
        for enemy in other.apart:
            enemy.apart.discard(other)
            enemy.apart.add(self)
        self.apart |= other.apart


def _joined(
    nodes: dict[str, Node], links: Iterable[Link], split: set[frozenset[str]], linking: AnyLinking
) -> Iterator[_Cluster]:
    """The things: no two nodes are judged more than once, for clusters that were kept apart grow but never join."""
    cluster = {identity: _Cluster(node) for identity, node in nodes.items()}
    links = sorted(links, key=_heaviest_first)
    same = {(link.first, link.second) for link in links}
    for link in links:
        first, second = cluster[link.first], cluster[link.second]
        if first is second or _are_split(first, second, split):
            continue
        if link.verdict is not DECIDED:
            if second in first.apart:
                continue
            if _are_apart(first, second, same, linking):
                first.apart.add(second)
                second.apart.add(first)
                continue
        if len(first.nodes) < len(second.nodes):
            first, second = second, first
        for node in second.nodes:
            cluster[node.id] = first
        first.take(second, link)
    yield from dict.fromkeys(cluster.values())


def _are_split(first: _Cluster, second: _Cluster, split: set[frozenset[str]]) -> bool:
    """Whether a person keeps any node of one from any of the other."""
    if not split:
        return False
    ones, others = ({node.id for node in each.nodes} for each in (first, second))
    return any((pair & ones) and (pair & others) for pair in split)


def _are_apart(first: _Cluster, second: _Cluster, same: set[tuple[str, str]], linking: AnyLinking) -> bool:
    """Whether rules keep any node of one from any of the other."""
    for one in first.nodes:
        for other in second.nodes:
            lesser, greater = (one, other) if one.id < other.id else (other, one)
            known = (lesser.id, greater.id) in same
            if not known and linking.judge(lesser.profile, greater.profile).holds == "apart":
                return True
    return False


def _thing(found: _Cluster) -> Group:
    nodes = sorted(found.nodes, key=lambda node: node.id)
    return Group(tuple(nodes), tuple(sorted(found.links, key=_heaviest_first)))


def told_links(found: Group) -> tuple[ThingLink, ...]:
    """What made the mentions one, the heaviest first: each link between the first mentions of two nodes."""
    first = {node.id: node.refs[0] for node in found.nodes}
    return tuple(ThingLink(first[link.first], first[link.second], link.verdict) for link in found.links)


def refs_of(found: Group) -> tuple[MentionRef, ...]:
    """All mentions of a thing, in order."""
    return tuple(sorted(ref for node in found.nodes for ref in node.refs))
