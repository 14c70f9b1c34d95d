"""Which thing a fact means by a name, and which a person by an id or a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingjian.core.books import FEW, Books
from mingjian.core.ledger.building import Day
from mingjian.core.link.things.answering import first_told
from mingjian.core.link.things.kinds import slots_of_name
from mingjian.core.model.things import THING_KINDS, Member, Thing, ThingKind

_LEAST_ID = 4
_NAMED: tuple[ThingKind, ...] = (
    "policy", "programme", "organisation", "person", "system", "fund", "report", "dataset", "compute",
)  # fmt: skip
"""Kinds whose things have names of their own."""
_OF_IDS = frozenset("0123456789abcdef")


def resolve(books: Books, kinds: Iterable[ThingKind], name: str, page: str) -> Thing | None:
    """The only thing that bears the name, or of several the only one of which the same page tells; else none.

    The kinds are asked in their order. Two cities may have plans of one name: none is meant that nothing tells apart.
    """
    for kind in kinds:
        slots = slots_of_name(kind, name)
        borne = books.borne(kind, slots)
        if borne.only is not None:
            return borne.only
        if borne.several:
            here = [each for each in books.of_page(page, kind) if not set(slots).isdisjoint(each.slots)]
            if len(here) == 1:
                return here[0]
    return None


def things_meant(books: Books, words: str) -> Sequence[Thing]:
    """The things of this id, of ids that begin so, or of this name, the most told first.

    The id of a mention's fact means the thing of which it tells. What bears the name goes before what is about it.
    """
    words = words.strip()
    by_id = books.beginning(words.lower()) if len(words) >= _LEAST_ID and set(words.lower()) <= _OF_IDS else ()
    if by_id:
        return by_id
    return _most_told(books, words, _NAMED) or _most_told(books, words, THING_KINDS)


def _most_told(books: Books, words: str, kinds: Iterable[ThingKind]) -> Sequence[Thing]:
    found = (thing for kind in kinds for thing in _bearing(books, kind, words))
    return sorted(found, key=lambda thing: (-thing.sources, thing.id))


def _bearing(books: Books, kind: ThingKind, name: str) -> list[Thing]:
    """The things of a kind that bear a name."""
    found = {thing.id: thing for slot in slots_of_name(kind, name) for thing in books.in_slot(kind, slot)}
    return list(found.values())


def known_by(day: Day) -> str | None:
    """The day up to which pages count, where only what was known by then does."""
    return day.day if day.known else None


def members_by(books: Books, thing: str, day: Day) -> Sequence[Member]:
    """The mentions of another thing that count on a day."""
    return books.members(thing, known_by(day))


def few_bearing(books: Books, kind: ThingKind, slots: Iterable[str]) -> Sequence[Thing] | None:
    """The things of a kind that bear any of these slots; nothing where more than a few bear one of them."""
    found: dict[str, Thing] = {}
    for slot in slots:
        bearing = books.few_in_slot(kind, slot)
        if bearing is None:
            return None
        found |= {each.id: each for each in bearing}
    return list(found.values())


def are_told_often(books: Books, things: Iterable[Thing]) -> bool:
    """Whether these things have more than a few mentions together."""
    told = 0
    for each in things:
        told += len(books.members(each.id, most=FEW + 1))
        if told > FEW:
            return True
    return False


def referring(books: Books, thing: Thing, members: Sequence[Member], kinds: Sequence[ThingKind]) -> Sequence[Thing]:
    """The things of these kinds of which a mention may mean this one by its name, told first first.

    Where others bear its name as well, only the pages that tell of this one mean it (``resolve``): no other is read.
    """
    own = [slot for slot in thing.slots if not books.borne(thing.kind, (slot,)).several]
    shared = [slot for slot in thing.slots if slot not in own]
    found = [*books.referring(thing.kind, own)] if own else []
    if shared:
        found += books.referring(thing.kind, shared, tuple(dict.fromkeys(member.page.id for member in members)))
    return sorted({each.id: each for each in found if each.kind in kinds}.values(), key=first_told)
