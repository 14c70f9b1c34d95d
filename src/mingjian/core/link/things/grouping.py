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
    """The nodes of one thing, by id, and the links that made them one."""

    nodes: tuple[Node, ...]
    links: tuple[ThingLink, ...]


def find_links(nodes: Sequence[Node], linking: AnyLinking) -> list[Link]:
    """The links between all nodes that share a key; two are judged once, however many keys they share."""
    held: dict[str, list[Node]] = {}
    found = []
    for node in nodes:
        keys = tuple(dict.fromkeys(linking.keys(node.profile)))
        for other in {each.id: each for key in keys for each in held.get(key, ())}.values():
            first, second = (node, other) if node.id < other.id else (other, node)
            verdict = linking.judge(first.profile, second.profile)
            if verdict.holds == "same":
                found.append(Link(first.id, second.id, verdict))
        for key in keys:
            held.setdefault(key, []).append(node)
    return found


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
    return [_thing(members, made, by_id) for members, made in _joined(by_id, every, split, linking)]


def _joined(
    nodes: dict[str, Node], links: Iterable[Link], split: set[frozenset[str]], linking: AnyLinking
) -> Iterator[tuple[list[str], list[Link]]]:
    """The ids of the nodes of each thing, and the links that joined them."""
    members: dict[str, list[str]] = {identity: [identity] for identity in nodes}
    made: dict[str, list[Link]] = {identity: [] for identity in nodes}
    head = {identity: identity for identity in nodes}
    for link in sorted(links, key=lambda each: (-each.verdict.weight, each.first, each.second)):
        first, second = head[link.first], head[link.second]
        if first == second:
            made[first].append(link)
        elif _may_join(link, members[first], members[second], nodes, split, linking):
            for identity in members[second]:
                head[identity] = first
            members[first] += members.pop(second)
            made[first] += [*made.pop(second), link]
    for identity, together in members.items():
        yield sorted(together), made[identity]


def _may_join(
    link: Link,
    ones: Sequence[str],
    others: Sequence[str],
    nodes: dict[str, Node],
    split: set[frozenset[str]],
    linking: AnyLinking,
) -> bool:
    """Whether nothing keeps any of the ones from any of the others; a person's word goes before what rules say."""
    for one in ones:
        for other in others:
            if frozenset((one, other)) in split:
                return False
            if link.verdict is DECIDED:
                continue
            if linking.judge(nodes[one].profile, nodes[other].profile).holds == "apart":
                return False
    return True


def _thing(members: Sequence[str], links: Iterable[Link], nodes: dict[str, Node]) -> Group:
    told = [ThingLink(nodes[link.first].refs[0], nodes[link.second].refs[0], link.verdict) for link in links]
    return Group(tuple(nodes[identity] for identity in members), tuple(told))


def refs_of(found: Group) -> tuple[MentionRef, ...]:
    """All mentions of a thing, in order."""
    return tuple(sorted(ref for node in found.nodes for ref in node.refs))
