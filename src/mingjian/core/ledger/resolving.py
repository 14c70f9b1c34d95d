"""Which thing a fact means by a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.building import Day
from mingjian.core.link.things.kinds import slots_of_name
from mingjian.core.model.things import Member, Thing, ThingKind


def resolve(books: Books, kinds: Iterable[ThingKind], name: str, page: str) -> Thing | None:
    """The only thing that bears the name, or of several the only one of which the same page tells; else none.

    The kinds are asked in their order.
    """
    for kind in kinds:
        slots = slots_of_name(kind, name)
        found = {thing.id: thing for slot in slots for thing in books.in_slot(kind, slot)}
        if len(found) > 1:
            here = {each.id for each in books.of_page(page)}
            found = {identity: each for identity, each in found.items() if identity in here}
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def known_by(day: Day) -> str | None:
    """The day up to which pages count, where only what was known by then does."""
    return day.day if day.known else None


def members_by(books: Books, thing: str, day: Day) -> Sequence[Member]:
    """The mentions of another thing that count on a day."""
    return books.members(thing, known_by(day))
