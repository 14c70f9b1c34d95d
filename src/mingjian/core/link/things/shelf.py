"""The books in memory: all pages at once. What a workspace keeps on the disk must say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from mingjian.core.books import FEW, MOST, Asked, Books, Borne
from mingjian.core.link.things.about import about_of
from mingjian.core.link.things.answering import in_time, may_answer, order_of, was_known
from mingjian.core.link.things.dates import resolve_dates
from mingjian.core.link.things.grouping import Group, find_links, group, refs_of, told_links
from mingjian.core.link.things.kinds import linkings
from mingjian.core.link.things.linking import AnyLinking
from mingjian.core.link.things.nodes import ProfiledMention, nodes_of, thing_id
from mingjian.core.link.things.references import reference_slots
from mingjian.core.link.things.tallying import tally_of
from mingjian.core.model.ledger.cells import Filed, Tally
from mingjian.core.model.record import Record
from mingjian.core.model.things import (
    Member,
    MentionRef,
    PageCard,
    Thing,
    ThingDate,
    ThingDecision,
    ThingKind,
    ThingLink,
)

Facing = Callable[[Books, Thing], Filed]


class Shelved(msgspec.Struct, frozen=True):
    """A page: what is known of it, and its record."""

    card: PageCard
    record: Record


class Shelf:
    """Things of pages that are all there: implements ``Books``.

    ``facing`` tells by what a thing is found (``core.ledger.facets_of``), but looks neither at how many mentions, pages
    and sources things have nor at when the last of these came out. ``kinds`` tells how those of each kind are linked:
    as is registered, unless others are given.
    """

    def __init__(
        self,
        pages: Iterable[Shelved],
        facing: Facing,
        decisions: Sequence[ThingDecision] = (),
        kinds: Sequence[AnyLinking] | None = None,
    ) -> None:
        self._pages: dict[str, PageCard] = {}
        self._members: dict[MentionRef, Member] = {}
        self._things: dict[str, Thing] = {}
        self._groups: dict[str, Group] = {}
        self._holding: dict[tuple[str, str], str] = {}
        self._telling: dict[str, set[str]] = defaultdict(set)
        self._referring: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._slots: dict[tuple[ThingKind, str], list[str]] = defaultdict(list)
        pages = sorted(pages, key=lambda each: each.card.id)
        pinned = frozenset(ref for said in decisions for ref in (said.first, said.second))
        for linking in linkings() if kinds is None else kinds:
            self._link(linking, pages, pinned, decisions)
        events = {thing.id: self.members(thing.id) for thing in self._things.values() if thing.kind == "event"}
        self._dates = resolve_dates(events, lambda page, fact: self._holding.get((page, fact)))
        self._filed = {thing.id: facing(self, thing) for thing in self._things.values()}

    def _link(
        self,
        linking: AnyLinking,
        pages: Sequence[Shelved],
        pinned: frozenset[MentionRef],
        decisions: Sequence[ThingDecision],
    ) -> None:
        mentions = []
        for page in pages:
            self._pages[page.card.id] = page.card
            for one in linking.profiles(page.card, page.record):
                ref = MentionRef(page.card.id, linking.kind, *one.fact.evidence.pair, one.fact.id)
                self._members[ref] = Member(ref, one.fact, page.card, about_of(one.fact, page.card))
                mentions.append(ProfiledMention(ref, one.profile))
        nodes = nodes_of(linking.kind, mentions, pinned)
        for found in group(nodes, find_links(nodes, linking), decisions, linking):
            self._put(linking, found)

    def _put(self, linking: AnyLinking, found: Group) -> None:
        members = sorted((self._members[ref] for ref in refs_of(found)), key=in_time)
        founding = next(node for node in found.nodes if members[0].ref in node.refs)
        published = [member.page.published_from for member in members if member.page.published_from]
        thing = Thing(
            id=thing_id(members[0].ref),
            kind=linking.kind,
            name=linking.name_of(founding.profile),
            mentions=len(members),
            pages=len({member.page.id for member in members}),
            sources=len({member.page.group for member in members}),
            slots=tuple(dict.fromkeys(slot for node in found.nodes for slot in linking.slots(node.profile))),
            first_published=min(published, default=None),
            last_published=max(published, default=None),
        )
        self._things[thing.id] = thing
        self._groups[thing.id] = found
        for member in members:
            self._holding[member.page.id, member.ref.fact] = thing.id
            self._telling[member.page.id].add(thing.id)
            for slot in reference_slots(thing.kind, member.fact, member.page):
                self._referring[slot].add((thing.id, member.page.id))
        for slot in thing.slots:
            self._slots[linking.kind, slot].append(thing.id)

    def things(self) -> Sequence[Thing]:
        """All things, by id."""
        return [self._things[thing] for thing in sorted(self._things)]

    def filed(self, thing: str) -> Filed | None:
        """By what a thing is found."""
        return self._filed.get(thing)

    def tally(self, ledger: str, *, ai: bool) -> Tally:
        """How many things of a ledger have each value."""
        return tally_of((filed for filed in self._filed.values() if filed.ai or not ai), ledger)

    def count(self, asked: Asked) -> int:
        """How many things answer."""
        return len(self.find(msgspec.structs.replace(asked, skip=0)))

    def find(self, asked: Asked) -> Sequence[Thing]:
        """The things that answer, what happened last first."""
        found = [
            thing
            for thing in self._things.values()
            if thing.kind == asked.kind and may_answer(asked, thing, self._filed[thing.id])
        ]
        return sorted(found, key=lambda thing: order_of(asked, thing, self._filed[thing.id]))[asked.skip :]

    def found(self, asked: Asked) -> Iterable[tuple[Thing, Filed]]:
        """The same, each with by what it is found."""
        return [(thing, self._filed[thing.id]) for thing in self.find(asked)]

    def thing(self, thing: str) -> Thing | None:
        """The thing of this id."""
        return self._things.get(thing)

    def beginning(self, beginning: str, limit: int = 10) -> Sequence[Thing]:
        """The things whose id, or that of a fact of theirs, begins so."""
        found = {thing for thing in self._things if thing.startswith(beginning)}
        found |= {thing for (_, fact), thing in self._holding.items() if fact.startswith(beginning)}
        return [self._things[thing] for thing in sorted(found)[:limit]]

    def members(self, thing: str, as_of: str | None = None, most: int = MOST) -> Sequence[Member]:
        """Its mentions, published first first."""
        every = (self._members[ref] for ref in refs_of(self._groups[thing]))
        known = [member for member in every if as_of is None or was_known(member.page, as_of)]
        return sorted(known, key=in_time)[:most]

    def links(self, thing: str) -> Sequence[ThingLink]:
        """What makes its mentions one, the heaviest first."""
        return told_links(self._groups[thing])

    def date_of(self, thing: str) -> ThingDate | None:
        """When an event happened."""
        return self._dates.get(thing)

    def in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing]:
        """The things of a kind that bear this slot."""
        return [self._things[thing] for thing in sorted(self._slots.get((kind, slot), ()))]

    def few_in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing] | None:
        """The things of a kind that bear this slot; nothing where they are more than a few."""
        found = self.in_slot(kind, slot)
        return found if len(found) <= FEW else None

    def borne(self, kind: ThingKind, slots: Iterable[str]) -> Borne:
        """Whether one thing of a kind bears any of these slots, several do, or none."""
        found = {thing for slot in slots for thing in self._slots.get((kind, slot), ())}
        return Borne(several=True) if len(found) > 1 else Borne(next((self._things[thing] for thing in found), None))

    def referring(self, kind: ThingKind, slots: Iterable[str], pages: Sequence[str] | None = None) -> Sequence[Thing]:
        """The things of which a mention (on one of these pages) names one of this kind with one of these slots."""
        told = (each for slot in slots for each in self._referring.get(f"{kind}:{slot}", ()))
        found = {thing for thing, page in told if pages is None or page in pages}
        return [self._things[thing] for thing in sorted(found)]

    def of_page(self, page: str, kind: ThingKind | None = None) -> Sequence[Thing]:
        """The things of which this page tells, by id: all of them, or those of a kind."""
        things = (self._things[thing] for thing in sorted(self._telling.get(page, ())))
        return [thing for thing in things if kind is None or thing.kind == kind]

    def holding(self, page: str, fact: str) -> Thing | None:
        """The thing of which this fact tells."""
        return self._things.get(self._holding.get((page, fact), ""))

    def pages(self) -> Iterator[PageCard]:
        """All pages, by id."""
        yield from self._pages.values()

    def page(self, page: str) -> PageCard | None:
        """What is known of a page."""
        return self._pages.get(page)
