"""Which nodes are one thing, brought up to date: what links tie together is grouped anew only where it changed.

A part is all nodes that links tie together. Where nothing keeps any two of its nodes apart it is *clean*: one thing,
whatever else comes that nothing keeps apart from it either, so that one more node costs a look at each of the others.
Any other part is grouped as a batch would group it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mingjian.core.link.things.grouping import DECIDED, Link, find_links, group, link_of, spanning
from mingjian.core.link.things.linking import AnyLinking
from mingjian.core.link.things.nodes import Node
from mingjian.core.model.things import MentionRef, ThingDecision
from mingjian.store.books import BooksWriter, KeptLink, KeptNode, profile_decoder


class Placed(NamedTuple):
    """Nodes that are one thing."""

    nodes: tuple[KeptNode, ...]


class _Part:
    """Some nodes by id, and the links that made them things; ``rough``: it is to be grouped anew."""

    def __init__(self, nodes: Iterable[Node], links: Iterable[Link], *, clean: bool) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.links = list(links)
        self.clean = clean
        self.rough = False
        self.changed = False


class Parts:
    """The parts of one kind, as far as a batch of pages touches them."""

    def __init__(
        self,
        index: BooksWriter,
        linking: AnyLinking,
        decisions: Sequence[ThingDecision],
        pinned: Mapping[int, MentionRef],
    ) -> None:
        self._index = index
        self._linking = linking
        self._decode = profile_decoder(linking.profile_type)
        self._decisions = decisions
        self._pinned = pinned
        self._kept: dict[str, KeptNode] = {}
        self._part_of: dict[str, _Part] = {}
        self._loaded: dict[int, _Part] = {}
        self._before: dict[tuple[str, str], tuple[int, Link]] = {}

    def settle(
        self, gone: Sequence[KeptNode], came: Sequence[KeptNode], decided: Iterable[KeptNode]
    ) -> Iterator[Placed]:
        """The things whose nodes are others than before, when these nodes have gone and come.

        ``decided`` are nodes of which people decided something, or undid it.
        """
        for node in gone:
            self._leave(node)
        for node in sorted(came, key=lambda each: each.id):
            self._come(node)
        for node in decided:
            part = self._part_of.get(node.id) or self._load(node)
            part.rough = part.changed = True
        yield from self._settled()

    def _leave(self, kept: KeptNode) -> None:
        part = self._load(kept)
        node = part.nodes.pop(kept.id)
        del self._part_of[kept.id]
        part.changed = True
        touching = [link for link in part.links if kept.id in link[:2]]
        if not part.clean or kept.number in self._pinned or len(touching) > 1:
            part.rough = True
        for link in touching:
            part.links.remove(link)
        self._index.drop_node(kept, self._linking.kind, self._linking.keys(node.profile))

    def _come(self, kept: KeptNode) -> None:
        node = self._node(kept)
        shared = self._index.sharing(self._linking.kind, dict.fromkeys(self._linking.keys(node.profile)))
        linked: dict[str, Link] = {}
        parts: dict[int, _Part] = {}
        for other in shared:
            if other.id == kept.id or (other.part is None and other.id not in self._part_of):
                continue  # one that comes later, and will see this one
            part = self._part_of.get(other.id) or self._load(other)
            link = link_of(node, part.nodes[other.id], self._linking)
            if link is not None:
                linked[other.id] = link
                parts[id(part)] = part
        self._join(node, linked, list(parts.values()))

    def _join(self, node: Node, linked: Mapping[str, Link], parts: Sequence[_Part]) -> None:
        """Puts a new node to the parts that it is linked to."""
        alone = _Part((node,), (), clean=self._kept[node.id].number not in self._pinned)
        alone.changed = True
        self._part_of[node.id] = alone
        grows = all(part.clean and not part.rough for part in (alone, *parts))
        if not grows or self._apart(node, linked, parts):
            for part in (alone, *parts):
                part.rough = part.changed = True
            return
        largest = max((alone, *parts), key=lambda part: len(part.nodes))
        largest.links = spanning((*linked.values(), *(link for part in parts for link in part.links)))
        largest.changed = True
        for part in (alone, *parts):
            if part is not largest:
                largest.nodes |= part.nodes
                self._part_of |= dict.fromkeys(part.nodes, largest)
                part.nodes, part.links, part.changed = {}, [], True

    def _apart(self, node: Node, linked: Mapping[str, Link], parts: Sequence[_Part]) -> bool:
        """Whether anything keeps the node from any of the parts, or these from one another."""
        before: list[Node] = []
        for part in parts:
            for other in part.nodes.values():
                if other.id not in linked and self._are_apart(node, other):
                    return True
                if any(self._are_apart(one, other) for one in before):
                    return True
            before += part.nodes.values()
        return False

    def _are_apart(self, one: Node, other: Node) -> bool:
        first, second = (one, other) if one.id < other.id else (other, one)
        return bool(self._linking.judge(first.profile, second.profile).holds == "apart")

    def _settled(self) -> Iterator[Placed]:
        """Writes down what parts and links are now, and tells the things of those that changed."""
        changed = [part for part in self._touched() if part.changed and not part.rough and part.nodes]
        things = [(part, (tuple(part.nodes.values()),)) for part in changed] + list(self._regrouped())
        numbers = assign([[self._kept[name].part for name in part.nodes] for part, _ in things])
        links: dict[tuple[str, str], tuple[int, Link]] = {}
        unchanged = {number for number, part in self._loaded.items() if not part.changed}
        for (part, _), known in zip(things, numbers, strict=True):
            number = known or self._index.new_part()
            self._index.set_clean(number, clean=part.clean)
            moved = [(number, self._kept[name].number) for name in part.nodes if self._kept[name].part != number]
            self._index.set_parts(moved)
            links |= {link[:2]: (number, link) for link in part.links}
        self._write_links(links, unchanged)
        for number in self._loaded.keys() - unchanged - set(numbers):
            self._index.drop_part(number)
        for _, groups in things:
            yield from (Placed(tuple(self._kept[node.id] for node in nodes)) for nodes in groups)

    def _touched(self) -> list[_Part]:
        return list({id(part): part for part in (*self._loaded.values(), *self._part_of.values())}.values())

    def _regrouped(self) -> Iterator[tuple[_Part, tuple[tuple[Node, ...], ...]]]:
        """What the nodes of all parts that are to be grouped anew are, as a batch finds it."""
        nodes = {node.id: node for part in self._touched() if part.rough for node in part.nodes.values()}
        if not nodes:
            return
        every = [nodes[name] for name in sorted(nodes)]
        links = find_links(every, self._linking)
        merged = self._merged(every)
        decided = {ref for said in self._decisions for ref in (said.first, said.second)}
        for names, within in components(nodes, links, merged):
            held = [nodes[name] for name in names]
            groups = group(held, within, self._decisions, self._linking)
            said = any(ref in decided for node in held for ref in node.refs)
            part = _Part(held, (link for one in groups for link in one.links), clean=len(groups) == 1 and not said)
            yield part, tuple(one.nodes for one in groups)

    def _merged(self, nodes: Iterable[Node]) -> list[Link]:
        node_of = {ref: node.id for node in nodes for ref in node.refs}
        pairs = [
            sorted((node_of[said.first], node_of[said.second]))
            for said in self._decisions
            if said.kind == "merge" and said.first in node_of and said.second in node_of
        ]
        return [Link(first, second, DECIDED) for first, second in pairs if first != second]

    def _write_links(self, links: Mapping[tuple[str, str], tuple[int, Link]], unchanged: set[int]) -> None:
        before = {pair: held for pair, held in self._before.items() if held[0] not in unchanged}
        gone = [self._numbered(link) for pair, (_, link) in before.items() if pair not in links]
        self._index.drop_links(gone)
        came: dict[int, list[KeptLink]] = {}
        for pair, held in links.items():
            if before.get(pair) != held:
                came.setdefault(held[0], []).append(self._numbered(held[1]))
        for part, new in came.items():
            self._index.put_links(part, new)

    def _numbered(self, link: Link) -> KeptLink:
        return KeptLink(self._kept[link.first].number, self._kept[link.second].number, link.verdict)

    def _load(self, kept: KeptNode) -> _Part:
        """The part of a node that was placed before."""
        number = kept.part or 0
        if number in self._loaded:
            return self._loaded[number]
        nodes = [self._node(one) for one in self._index.nodes_of_part(number)]
        names = {self._kept[node.id].number: node.id for node in nodes}
        links = [Link(names[one.first], names[one.second], one.verdict) for one in self._index.links_of_part(number)]
        part = self._loaded[number] = _Part(nodes, links, clean=self._index.is_clean(number))
        self._before |= {link[:2]: (number, link) for link in links}
        self._part_of |= dict.fromkeys(part.nodes, part)
        return part

    def _node(self, kept: KeptNode) -> Node:
        self._kept[kept.id] = kept
        pinned = self._pinned.get(kept.number)
        profile: Any = self._decode(kept.profile)
        return Node(kept.id, profile, () if pinned is None else (pinned,))


def components(
    nodes: Iterable[str], links: Sequence[Link], merged: Sequence[Link]
) -> Iterator[tuple[list[str], list[Link]]]:
    """The nodes that links and merges tie together, by id, and the links between them."""
    member = {name: [name] for name in nodes}
    for link in spanning((*links, *merged)):
        first, second = member[link.first], member[link.second]
        if len(first) < len(second):
            first, second = second, first
        first += second
        member |= dict.fromkeys(second, first)
    within: dict[int, list[Link]] = {}
    for link in links:
        within.setdefault(id(member[link.first]), []).append(link)
    for held in {id(names): names for names in member.values()}.values():
        yield sorted(held), within.get(id(held), [])


def assign(held: Sequence[Sequence[int | None]]) -> list[int | None]:
    """Which of the numbers that its members had each group keeps, so that few change: the largest chooses first."""
    chosen: list[int | None] = [None] * len(held)
    taken: set[int] = set()
    for place in sorted(range(len(held)), key=lambda each: -len(held[each])):
        counts = Counter(number for number in held[place] if number is not None and number not in taken)
        if counts:
            chosen[place] = counts.most_common(1)[0][0]
            taken.add(chosen[place] or 0)
    return chosen
