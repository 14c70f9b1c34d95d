"""Which nodes are one thing, brought up to date: only what a node that comes or goes touches is grouped anew.

A node that comes is judged with those that share a key. It joins the things to which it is linked, or stays beside
them, for one look at each of their nodes (``core.link.things.grouping.grow``), unless it comes between nodes of one.
Then, and where nodes go, the things touched are grouped anew, and those beside them too until no other can be
touched. A thing is beside another if links between the two were refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mingjian.core.link.things.grouping import Group, Link, Meeting, are_apart, group, grow, spanning
from mingjian.core.link.things.linking import AnyLinking
from mingjian.core.link.things.nodes import Node
from mingjian.core.model.things import MentionRef, ThingDecision
from mingjian.store.books import BooksWriter, KeptLink, KeptNode, profile_decoder

_SPARE = 16  # times as many links as a thing needs, beyond which the weaker ones are left out
Names = tuple[str, str]


class Placed(NamedTuple):
    """Nodes that are one thing."""

    nodes: tuple[KeptNode, ...]


class _Held:
    """A thing: its nodes by id, links that hold them together, and links that lead to nodes of others in vain.

    ``torn``: it is to be grouped anew, since nodes went or people decided; ``open``: since one came between its nodes.
    """

    def __init__(self, nodes: Iterable[Node], links: Iterable[Link] = (), beside: Iterable[Names] = ()) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.links = list(links)
        self.beside = set(beside)
        self.torn = self.open = self.changed = False

    @property
    def fewest(self) -> list[Link]:
        """The links that hold it together, one fewer than nodes, the heaviest first."""
        if len(self.links) >= len(self.nodes):
            self.links = spanning(self.links)
        return self.links

    def take(self, nodes: Mapping[str, Node], links: Iterable[Link]) -> None:
        """More nodes, with the links by which they came."""
        self.nodes |= nodes
        self.links += links
        self.changed = True
        if len(self.links) > _SPARE * len(self.nodes):
            self.links = spanning(self.links)


class Joining:
    """The things of one kind, as far as a batch of pages touches them."""

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
        self._pins = {ref: number for number, ref in pinned.items()}
        self._kept: dict[str, KeptNode] = {}
        self._names: dict[int, str] = {}
        self._holding: dict[str, _Held] = {}
        self._before: dict[Names, Link] = {}
        self._beside_before: set[Names] = set()
        self._nodes: dict[str, Node] = {}
        self._gone: dict[str, _Held] = {}

    def settle(
        self, gone: Sequence[KeptNode], came: Sequence[KeptNode], decided: Iterable[KeptNode], *, anew: bool
    ) -> Iterator[Placed]:
        """The things whose nodes may be others than before, when these nodes have gone and come.

        ``decided`` are nodes of which people decided something, or undid it; ``anew`` tells that they did so of any.
        """
        for node in gone:
            self._leave(node)
        for node in decided:
            self._held(node).torn = True
        self._regroup(whole=anew)
        for node in sorted(came, key=lambda each: each.id):
            self._come(node)
        self._regroup(whole=False)
        self._write()
        for held in self._every():
            if held.changed and held.nodes:
                yield Placed(tuple(self._kept[name] for name in held.nodes))

    def _every(self) -> list[_Held]:
        return list({id(held): held for held in self._holding.values()}.values())

    # nodes go and come

    def _leave(self, kept: KeptNode) -> None:
        held = self._held(kept)
        touching = [link for link in held.fewest if kept.id in link[:2]]
        held.links = [link for link in held.links if kept.id not in link[:2]]
        node = held.nodes.pop(kept.id)
        del self._holding[kept.id]
        self._gone[kept.id] = held
        held.changed = True
        if held.beside or self._is_said(held) or len(touching) > 1:
            held.torn = True
        self._index.drop_node(kept, self._linking.kind, self._linking.keys(node.profile))

    def _come(self, kept: KeptNode) -> None:
        node = self._node(kept)
        links: list[Link] = []
        apart: set[str] = set()
        judged: set[str] = set()
        touched: dict[int, _Held] = {}
        for other in self._sharing(node):
            judged.add(other.id)
            first, second = (node, other) if node.id < other.id else (other, node)
            verdict = self._linking.judge(first.profile, second.profile)
            if verdict.holds == "same":
                links.append(Link(first.id, second.id, verdict))
                held = self._held(self._kept[other.id])
                touched[id(held)] = held
            elif verdict.holds == "apart":
                apart.add(other.id)
        alone = self._holding[node.id] = _Held((node,))
        alone.changed = True
        self._join(alone, node, links, list(touched.values()), (judged, apart))

    def _join(
        self, alone: _Held, node: Node, links: Sequence[Link], things: Sequence[_Held], met: tuple[set[str], set[str]]
    ) -> None:
        """Puts a new node to the things that it is linked to."""
        grown = None
        if not self._is_said(alone) and not any(held.open or self._is_said(held) for held in things):
            judged, apart = met
            others = (one for held in things for one in held.nodes.values() if one.id not in judged)
            apart |= {one.id for one in others if are_apart(node, one, self._linking)}
            if len(things) == 1 and apart.isdisjoint(things[0].nodes):
                self._grow(alone, links, things)
                return
            groups = [Group(tuple(held.nodes.values()), tuple(held.fewest)) for held in things]
            grown = grow(node, links, apart, groups, self._linking)
        if grown is None:
            for held in (alone, *things):
                held.open = True
            return
        joined = [things[place] for place in grown.joined]
        whole = self._grow(alone, grown.links, joined)
        if joined:
            whole.links = list(grown.links)
        for held in things:
            if held not in joined:
                self._set_beside(next(link for link in links if not held.nodes.keys().isdisjoint(link[:2])))

    def _grow(self, alone: _Held, links: Iterable[Link], joined: Sequence[_Held]) -> _Held:
        """One thing of several; the links of each are still needed."""
        largest = max((alone, *joined), key=lambda held: len(held.nodes))
        largest.take({}, links)
        for held in (alone, *joined):
            if held is not largest:
                largest.take(held.nodes, held.links)
                largest.beside |= held.beside
                self._holding |= dict.fromkeys(held.nodes, largest)
        return largest

    def _set_beside(self, link: Link) -> None:
        for one, other in (link[:2], link[1::-1]):
            self._holding[one].beside.add((one, other))

    # grouped anew

    def _regroup(self, *, whole: bool) -> None:
        """Groups anew what is to be, and all that may be others by that; ``whole``: all that links tie to it."""
        things = [held for held in self._every() if held.torn or held.open]
        if not things:
            return
        meeting = Meeting(self._linking)
        found: dict[int, _Held] = {}
        while things:
            found |= {id(held): held for held in things}
            if whole or any(self._is_said(held) for held in things):
                whole = True
                things += self._tied(found)
            meeting.add(node for held in things for node in held.nodes.values())
            nodes = [node for held in found.values() for node in held.nodes.values()]
            groups = group(nodes, meeting.links, self._decisions, self._linking)
            place = {node.id: at for at, one in enumerate(groups) for node in one.nodes}
            torn = [held for held in found.values() if held.torn or len({place[name] for name in held.nodes}) > 1]
            things = [held for held in self._neighbours(torn) if id(held) not in found]
        self._put(found.values(), groups, meeting.links)

    def _tied(self, found: dict[int, _Held]) -> list[_Held]:
        """All things that links and decisions tie to those found, which they are put to."""
        more: list[_Held] = []
        new = list(found.values())
        while new:
            beside = [*self._neighbours(new), *self._decided_with(new)]
            new = list({id(held): held for held in beside if id(held) not in found}.values())
            found |= {id(held): held for held in new}
            more += new
        return more

    def _neighbours(self, things: Iterable[_Held]) -> list[_Held]:
        names = dict.fromkeys(other for held in things for _, other in sorted(held.beside))
        found = (self._gone.get(name) or self._held_by(name) for name in names)
        return list({id(held): held for held in found if held is not None}.values())

    def _held_by(self, name: str) -> _Held | None:
        kept = self._kept.get(name) or self._index.node_called(name)
        return None if kept is None else self._held(kept)

    def _decided_with(self, things: Iterable[_Held]) -> list[_Held]:
        refs = {ref for held in things for node in held.nodes.values() for ref in node.refs}
        others = [
            ref
            for said in self._decisions
            for ref in (said.first, said.second)
            if (said.first in refs or said.second in refs) and ref in self._pins
        ]
        kept = self._index.nodes(self._pins[ref] for ref in others)
        return [self._held(one) for one in kept if one.thing is not None or one.id in self._holding]

    def _put(self, things: Iterable[_Held], groups: Iterable[Group], links: Iterable[Link]) -> None:
        """The groups in place of the things that they were made of."""
        before = {frozenset(held.nodes): held for held in things}
        beside = {pair for held in things for pair in held.beside}
        within = {name for held in things for name in held.nodes}
        for one in groups:
            held = _Held(one.nodes, one.links)
            same = before.get(frozenset(held.nodes))
            held.changed = same is None or same.changed
            self._holding |= dict.fromkeys(held.nodes, held)
        for own, other in beside:
            if own in within and other not in within and other not in self._gone:
                self._holding[own].beside.add((own, other))
        shown: set[tuple[int, int]] = set()
        for link in links:
            first, second = (self._holding[name] for name in link[:2])
            if first is not second and (id(first), id(second)) not in shown:
                shown |= {(id(first), id(second)), (id(second), id(first))}
                self._set_beside(link)

    def _is_said(self, held: _Held) -> bool:
        """Whether people decided something of any of its nodes."""
        return bool(self._pinned) and any(node.refs for node in held.nodes.values())

    # what is kept

    def _sharing(self, node: Node) -> Iterator[Node]:
        """The nodes with any of its keys, but for those that come later and will see this one."""
        keys = dict.fromkeys(self._linking.keys(node.profile))
        numbers = self._index.sharing(self._linking.kind, keys)
        for kept in self._index.nodes(number for number in numbers if number not in self._names):
            self._node(kept)
        for name in (self._names[number] for number in numbers):
            if name != node.id and (name in self._holding or self._kept[name].thing is not None):
                yield self._nodes[name]

    def _held(self, kept: KeptNode) -> _Held:
        """The thing of a node that was placed before."""
        if kept.id not in self._holding:
            self._load(kept.thing or 0)
        return self._holding[kept.id]

    def _load(self, thing: int) -> None:
        nodes = [self._node(one) for one in self._index.nodes_of_thing(thing)]
        links = [
            Link(self._names[one.first], self._names[one.second], one.verdict)
            for one in self._index.links_of_thing(thing)
        ]
        held = _Held(nodes, links, self._index.beside_of_thing(thing))
        self._before |= {link[:2]: link for link in links}
        self._beside_before |= held.beside
        self._holding |= dict.fromkeys(held.nodes, held)

    def _node(self, kept: KeptNode) -> Node:
        if kept.id not in self._nodes:
            pinned = self._pinned.get(kept.number)
            profile: Any = self._decode(kept.profile)
            self._nodes[kept.id] = Node(kept.id, profile, () if pinned is None else (pinned,))
            self._names[kept.number] = kept.id
            self._kept[kept.id] = kept
        return self._nodes[kept.id]

    def _write(self) -> None:
        """Keeps what holds things together, and which are beside one another."""
        things = self._every()
        links = {link[:2]: link for held in things for link in held.fewest}
        self._index.drop_links(self._numbered(link) for pair, link in self._before.items() if pair not in links)
        self._index.put_links(self._numbered(link) for pair, link in links.items() if self._before.get(pair) != link)
        beside = {pair for held in things for pair in held.beside}
        self._index.drop_beside(self._numbers(self._beside_before - beside))
        self._index.put_beside(self._numbers(beside - self._beside_before))

    def _numbered(self, link: Link) -> KeptLink:
        return KeptLink(self._kept[link.first].number, self._kept[link.second].number, link.verdict)

    def _numbers(self, pairs: Iterable[Names]) -> list[tuple[int, int]]:
        """Of nodes that are there: those that went took what is kept of them along."""
        known = (pair for pair in pairs if not any(name in self._gone for name in pair))
        return sorted((self._number(one), self._number(other)) for one, other in known)

    def _number(self, name: str) -> int:
        kept = self._kept.get(name) or self._index.node_called(name)
        return 0 if kept is None else kept.number


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
