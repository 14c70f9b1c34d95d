"""Dates of some events, with those from which they are counted: as if all events had been looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mingjian.core.link.things.dates import anchors_of, resolve_dates
from mingjian.core.model.facts import Event
from mingjian.core.model.things import Member, ThingDate
from mingjian.store.books import BooksReader


class Chains:
    """Which events follow which, as far as it was asked."""

    def __init__(self, books: BooksReader) -> None:
        self._books = books
        self._events: dict[str, Sequence[Member]] = {}
        self._told: dict[str, Mapping[str, str]] = {}
        self._anchors: dict[str, Mapping[str, str]] = {}

    def resolve(self, events: Iterable[str]) -> Mapping[str, ThingDate]:
        """The dates of these events, and of those that had to be looked at for them."""
        new = sorted(events)
        while new:
            self._events |= {event: self._books.members(event) for event in new}
            found = {before for event in new for before in self._before(event)}
            new = sorted(found - self._events.keys())
        return resolve_dates(self._events, self._holding)

    def needs(self, event: str) -> Iterator[str]:
        """What the date of an event depends on beside its mentions."""
        for member in self._events[event]:
            anchor = self._anchors_on(member.page.id).get(member.ref.fact)
            if anchor is not None:
                yield f"h:{member.page.id}:{anchor}"
        yield from (f"m:{before}" for before in self._before(event))

    def _before(self, event: str) -> list[str]:
        """The other events from whose dates that of an event is counted; on a page without a date, all others."""
        found: dict[str, None] = {}
        for member in self._events[event]:
            page = member.page
            if page.published_to is None:
                found |= dict.fromkeys(self._told_on(page.id).values())
            else:
                anchor = self._anchors_on(page.id).get(member.ref.fact)
                holder = None if anchor is None else self._told_on(page.id).get(anchor)
                found |= {} if holder is None else {holder: None}
        found.pop(event, None)
        return list(found)

    def _holding(self, page: str, fact: str) -> str | None:
        return self._told_on(page).get(fact)

    def _anchors_on(self, page: str) -> Mapping[str, str]:
        self._told_on(page)
        return self._anchors[page]

    def _told_on(self, page: str) -> Mapping[str, str]:
        """For the events that a page tells, by the ids of the facts, which event that is."""
        if page not in self._told:
            held = self._books.told_on(page, "event")
            self._told[page] = {fact.id: thing for fact, thing in held}
            self._anchors[page] = anchors_of([fact for fact, _ in held if isinstance(fact, Event)])
        return self._told[page]
