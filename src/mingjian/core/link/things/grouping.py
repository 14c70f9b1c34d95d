"""Nodes that are one thing: the surest links first, and never two together that must be kept apart."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
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
    meeting = Meeting(linking)
    meeting.add(nodes)
    return meeting.links


class Meeting:
    """Nodes by their keys, and the links between all that share one."""

    def __init__(self, linking: AnyLinking) -> None:
        self._linking = linking
        self._held: dict[str, list[Node]] = {}
        self.links: list[Link] = []

    def add(self, nodes: Iterable[Node]) -> None:
        """Judge nodes with those that came before and share a key."""
        for node in nodes:
            keys = tuple(dict.fromkeys(self._linking.keys(node.profile)))
            for other in {each.id: each for key in keys for each in self._held.get(key, ())}.values():
                link = link_of(node, other, self._linking)
                if link is not None:
                    self.links.append(link)
            for key in keys:
                self._held.setdefault(key, []).append(node)


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


class Grown(NamedTuple):
    """Groups that one more node makes one thing, by their places, and what holds that together, the heaviest first."""

    joined: tuple[int, ...]
    links: tuple[Link, ...]


def grow(
    node: Node, links: Sequence[Link], apart: Container[str], groups: Sequence[Group], linking: AnyLinking
) -> Grown | None:
    """What groups become when a node comes that is linked to nodes of each of these, and of no others.

    ``apart`` are those of their nodes that rules keep from it. Nothing, where it comes between nodes of one group: only
    then may any other thing become another one. Where every group stays whole, whatever links lead out of them is
    refused as before, since what they would join has but grown; and of the links within a group those that joined it
    are enough, since the others find their nodes joined. No group may hold what a person decided.
    """
    return _Growth(node, apart, groups, linking).run(links)


class _Growth:
    """Nodes that are one thing so far, as the surest links come first."""

    def __init__(self, node: Node, apart: Container[str], groups: Sequence[Group], linking: AnyLinking) -> None:
        self._node, self._apart, self._groups, self._linking = node, apart, groups, linking
        self._place = {each.id: at for at, held in enumerate(groups) for each in held.nodes}
        self._nodes = {each.id: each for held in groups for each in held.nodes}
        self._cluster = {name: [name] for name in (node.id, *self._place)}
        self._joined: dict[int, list[str]] = {}
        self._refused: set[int] = set()  # clusters that are never to be one with that of the node
        self._kept: list[Link] = []

    def run(self, links: Sequence[Link]) -> Grown | None:
        held = [link for one in self._groups for link in one.links]
        own = {link[:2] for link in links}
        for link in sorted((*links, *held), key=_heaviest_first):
            first, second = self._cluster[link.first], self._cluster[link.second]
            if first is not second and not self._join(first, second, link) and link[:2] not in own:
                return None
        joined = tuple(sorted(self._joined))
        return Grown(joined, tuple(link for link in self._kept if self._is_of(link, joined)))

    def _join(self, first: list[str], second: list[str], link: Link) -> bool:
        """Whether the two become one: only what holds the new node can be refused."""
        mine = self._cluster[self._node.id]
        if first is mine or second is mine:
            other = second if first is mine else first
            if id(other) in self._refused or self._is_refused(other):
                self._refused.add(id(other))
                return False
            self._joined.setdefault(self._place[other[0]], []).extend(other)
        if len(first) < len(second):
            first, second = second, first
        if id(second) in self._refused:  # what refuses a part refuses the whole
            self._refused.add(id(first))
        first += second
        self._cluster |= dict.fromkeys(second, first)
        self._kept.append(link)
        return True

    def _is_refused(self, other: Sequence[str]) -> bool:
        """Whether the new node, or what it is joined with of other groups, is kept from these nodes of one group."""
        if any(name in self._apart for name in other):
            return True
        place = self._place[other[0]]
        beside = [name for at, names in self._joined.items() if at != place for name in names]
        return any(are_apart(self._nodes[one], self._nodes[two], self._linking) for one in beside for two in other)

    def _is_of(self, link: Link, joined: Sequence[int]) -> bool:
        return any(self._place.get(name) in joined for name in link[:2])


def are_apart(one: Node, other: Node, linking: AnyLinking) -> bool:
    """Whether rules keep two nodes apart."""
    first, second = (one, other) if one.id < other.id else (other, one)
    return bool(linking.judge(first.profile, second.profile).holds == "apart")


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
            pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
            if pair not in same and are_apart(one, other, linking):
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
