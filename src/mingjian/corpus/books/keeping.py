"""A batch of pages put into the books: what they say in place of what they said, and all that follows from it.

The books are a function of the pages that stand and of what people decided: ``core.link.things.shelf.Shelf`` over the
same says the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from mingjian.core.ledger.ledgers import facets_of
from mingjian.core.link.things.about import about_of
from mingjian.core.link.things.kinds import linkings
from mingjian.core.link.things.linking import AnyLinking
from mingjian.core.link.things.nodes import node_id
from mingjian.core.link.things.references import reference_slots
from mingjian.core.link.things.shelf import Shelved
from mingjian.core.model.things import MentionRef, PageCard, ThingDecision, ThingKind
from mingjian.corpus.books.joining import Joining, Placed, assign
from mingjian.corpus.books.refreshing import Facing, Refreshing
from mingjian.store.books import UNDATED, BooksWriter, KeptMention, KeptNode, NewMention, pack


class Entry(msgspec.Struct, frozen=True):
    """A page by its number, as it is now: nothing where it does not stand."""

    number: int
    page: Shelved | None


class _Said(msgspec.Struct, frozen=True):
    """A mention of a page: its node by its id, and what makes that."""

    ref: MentionRef
    node: str
    profile: msgspec.Struct
    content: bytes
    about: bytes
    named: tuple[str, ...]


class Ways(msgspec.Struct, frozen=True):
    """How things are made of what pages say: how those of each kind are linked, and by what a thing is found."""

    kinds: tuple[AnyLinking, ...]
    facing: Facing


def usual_ways() -> Ways:
    """As all books of a workspace are kept."""
    return Ways(linkings(), facets_of)


def keep_pages(
    index: BooksWriter, entries: Iterable[Entry], decisions: Sequence[ThingDecision], position: int, ways: Ways
) -> None:
    """Put pages into the books, up to a step of the journal.

    ``decisions`` are all that people decided. Where they differ from those that the books know, the pages of which
    they speak must be among the entries.
    """
    with index.writing(position):
        _Batch(index, decisions, ways).keep(entries)


class _Batch:
    """What one batch touched."""

    def __init__(self, index: BooksWriter, decisions: Sequence[ThingDecision], ways: Ways) -> None:
        self._index = index
        self._ways = ways
        self._decisions = decisions
        self._refs = frozenset(ref for said in decisions for ref in (said.first, said.second))
        self._linkings = {linking.kind: linking for linking in ways.kinds}
        self._nodes: dict[str, KeptNode] = {}
        self._kinds: dict[int, ThingKind] = {}
        self._change: Counter[int] = Counter()
        self._things: dict[int, str] = {}
        self._since: dict[int, str] = {}
        self._signals: set[str] = set()

    def keep(self, entries: Iterable[Entry]) -> None:
        """All of it."""
        decided = self._newly_decided()
        for entry in entries:
            self._keep_page(entry)
        self._index.count_refs(self._change)
        placed = list(self._settle(decided))
        self._place(placed)
        Refreshing(self._index, self._ways.kinds, self._ways.facing, self._signals).refresh(self._things)

    def _newly_decided(self) -> set[MentionRef]:
        """The mentions of which people decided something that the books do not know, or undid what they know."""
        known = set(self._index.decisions())
        changed = known.symmetric_difference(self._decisions)
        if changed:
            self._index.put_decisions(self._decisions)
        return {ref for said in changed for ref in (said.first, said.second)}

    def _keep_page(self, entry: Entry) -> None:
        number, page = entry.number, entry.page
        card, kept = self._index.card(number), self._index.mentions_of(number)
        said = [] if page is None else list(self._said(page))
        if page is not None and card == page.card and self._is_same(kept, said):
            return
        if card is not None:
            self._signals.add(f"p:{card.id}")
            self._drop(card, kept)
        if page is None:
            self._index.drop_page(number)
            return
        self._signals.add(f"p:{page.card.id}")
        self._index.put_page(number, page.card)
        self._put(number, page.card, said)

    def _said(self, page: Shelved) -> Iterator[_Said]:
        for linking in self._linkings.values():
            for one in linking.profiles(page.card, page.record):
                ref = MentionRef(page.card.id, linking.kind, *one.fact.evidence.pair, one.fact.id)
                identity = node_id(linking.kind, one.profile, ref if ref in self._refs else None)
                named = reference_slots(linking.kind, one.fact, page.card)
                yield _Said(ref, identity, one.profile, pack(one.fact), pack(about_of(one.fact, page.card)), named)

    def _is_same(self, kept: Sequence[KeptMention], said: Sequence[_Said]) -> bool:
        if len(kept) != len(said):
            return False
        name = {node.number: node.id for node in self._index.nodes(one.node for one in kept)}
        return {(one.ref, name[one.node], one.content) for one in kept} == {
            (one.ref, one.node, one.content) for one in said
        }

    def _drop(self, card: PageCard, kept: Sequence[KeptMention]) -> None:
        gone = []
        for one in kept:
            named = reference_slots(one.ref.kind, one.fact, card)
            gone.append((one, named))
            self._touch(one, card, -1)
            self._note(one.ref, named)
        self._index.drop_mentions(gone)

    def _put(self, number: int, card: PageCard, said: Sequence[_Said]) -> None:
        new = []
        for one in said:
            node = self._node(one)
            mention = NewMention(one.ref, node.number, node.thing, one.content, one.about, one.named)
            self._touch(mention, card, 1)
            self._note(one.ref, one.named)
            new.append(mention)
        self._index.put_mentions(number, card, new)

    def _touch(self, mention: KeptMention | NewMention, card: PageCard, change: int) -> None:
        since, node = card.published_from or UNDATED, mention.node
        self._change[node] += change
        self._kinds[node] = mention.ref.kind
        self._since[node] = min(since, self._since.get(node, since))
        if mention.thing is not None:
            self._changed(mention.thing, since)

    def _changed(self, thing: int, since: str) -> None:
        """Mentions of a thing came or went that were published on this day, or later ones."""
        self._things[thing] = min(since, self._things.get(thing, since))

    def _note(self, ref: MentionRef, named: Iterable[str]) -> None:
        self._signals.add(f"h:{ref.page}:{ref.fact}")
        self._signals |= {f"r:{slot}" for slot in named}

    def _node(self, said: _Said) -> KeptNode:
        """The node of a mention, made where there is none."""
        found = self._nodes.get(said.node) or self._index.node_called(said.node)
        if found is None:
            profile, kind = pack(said.profile), said.ref.kind
            number = self._index.put_node(kind, said.node, profile, self._linkings[kind].keys(said.profile))
            found = KeptNode(number, said.node, profile, 0, None)
        self._nodes[said.node] = found
        return found

    def _settle(self, decided: set[MentionRef]) -> Iterator[Placed]:
        """The things of which the nodes are others than before."""
        pinned = {node: ref for ref in sorted(self._refs) if (node := self._index.node_of(ref)) is not None}
        touched = self._index.nodes(self._kinds)
        new = {pinned[node.number] for node in touched if node.thing is None and node.number in pinned}
        asked = self._index.nodes(self._spoken_of({*decided, *new}, pinned))
        for kind, linking in self._linkings.items():
            those = [node for node in touched if self._kinds[node.number] == kind]
            gone = [node for node in those if not node.refs]
            came = [node for node in those if node.refs and node.thing is None]
            said = [node for node in asked if node.thing is not None and pinned[node.number].kind == kind and node.refs]
            if gone or came or said:
                joining = Joining(self._index, linking, self._decisions, pinned)
                yield from joining.settle(gone, came, said, anew=bool(decided))

    def _spoken_of(self, refs: set[MentionRef], pinned: Mapping[int, MentionRef]) -> list[int]:
        """The nodes of these mentions, and of those of which people decided something together with one of them."""
        every = set(refs)
        for said in self._decisions:
            if said.first in refs or said.second in refs:
                every |= {said.first, said.second}
        return [node for node, ref in pinned.items() if ref in every]

    def _place(self, placed: Sequence[Placed]) -> None:
        """Gives every thing a number, most often that which most of its mentions had."""
        numbers = assign([[node.thing for node in one.nodes] for one in placed])
        last = 0
        for one, known in zip(placed, numbers, strict=True):
            number = known
            if number is None:
                number = last = self._index.new_thing(last)
            new = [node.number for node in one.nodes if node.thing is None]
            moved = [node for node in one.nodes if node.thing not in (None, number)]
            for node in new:
                self._changed(number, self._since[node])
            self._move(moved, number)
            self._index.place_nodes(number, [*new, *(node.number for node in moved)])

    def _move(self, nodes: Iterable[KeptNode], thing: int) -> None:
        """Notes that these nodes and their mentions go from one thing to another."""
        for node in nodes:
            self._changed(node.thing or 0, "")
            self._changed(thing, "")
            for mention, card in self._index.mentions_of_node(node.number):
                self._signals.add(f"p:{card.id}")
                self._note(mention.ref, reference_slots(mention.ref.kind, mention.fact, card))
