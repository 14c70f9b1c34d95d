"""Things written anew with their dates and facets, where a batch of pages changed them or what these depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from mingjian.core.books import Books
from mingjian.core.ledger.remembering import RememberingBooks
from mingjian.core.link.things.linking import AnyLinking
from mingjian.core.link.things.nodes import thing_id
from mingjian.core.model.ledger.cells import Filed
from mingjian.core.model.things import Thing
from mingjian.corpus.books.chains import Chains
from mingjian.corpus.books.tracing import ANYTHING, TracedBooks
from mingjian.store.books import BooksWriter, profile_decoder

Facing = Callable[[Books, Thing], Filed]
_DATE, _FACETS = 0, 1


class Refreshing:
    """Some things, by their numbers, whose nodes or mentions changed; ``signals`` name all that changed so far."""

    def __init__(self, index: BooksWriter, kinds: Sequence[AnyLinking], facing: Facing, signals: Iterable[str]) -> None:
        self._index = index
        self._facing = facing
        self._linkings: Mapping[str, AnyLinking] = {linking.kind: linking for linking in kinds}
        self._decoders = {linking.kind: profile_decoder(linking.profile_type) for linking in kinds}
        self._signals = {*signals, ANYTHING}
        self._books: Books = index

    def refresh(self, touched: Iterable[int]) -> None:
        """Write the things anew, then dates, then facets: each depends on those before."""
        numbers = sorted(touched)
        standing = self._write_things(numbers)
        dated = self._write_dates([thing.id for thing in standing.values() if thing.kind == "event"])
        due = {*standing, *dated, *self._index.needing(_FACETS, self._signals)}
        self._books = RememberingBooks(self._index)  # things and dates do not change any more
        for number in sorted(due):
            self._write_facets(number)

    def _write_things(self, numbers: Sequence[int]) -> dict[int, Thing]:
        """The things that have mentions still."""
        for number in numbers:
            before = self._index.kept_thing(number)
            if before is not None:
                self._signal(before)
                self._index.drop_thing(number, before)
        standing = {number: thing for number in numbers if (thing := self._built(number)) is not None}
        for number, thing in standing.items():
            self._signal(thing)
            self._index.put_thing(number, thing)
        for number in numbers:
            if number not in standing:
                self._index.set_needs(number, _DATE, ())
                self._index.set_needs(number, _FACETS, ())
        return standing

    def _signal(self, thing: Thing) -> None:
        self._signals.add(f"t:{thing.id}")
        self._signals |= {f"s:{thing.kind}:{slot}" for slot in thing.slots}

    def _built(self, number: int) -> Thing | None:
        """The thing of this number, as its nodes and mentions are now."""
        founding = self._index.founding(number)
        if founding is None:
            return None
        ref, node = founding
        linking = self._linkings[ref.kind]
        decode = self._decoders[ref.kind]
        profiles: dict[int, Any] = {held: decode(profile) for held, profile in self._index.profiles_of(number)}
        mentions, pages, sources, first, last = self._index.told(number)
        return Thing(
            id=thing_id(ref),
            kind=ref.kind,
            name=linking.called(profiles[node]),
            mentions=mentions,
            pages=pages,
            sources=sources,
            slots=tuple(dict.fromkeys(slot for profile in profiles.values() for slot in linking.slots(profile))),
            first_published=first,
            last_published=last,
        )

    def _write_dates(self, touched: Iterable[str]) -> set[int]:
        """Counts dates anew where they may be others: the numbers of events whose date changed."""
        due = self._all_due(touched)
        chains = Chains(self._index)
        dates = chains.resolve(due)
        changed = set()
        for event, number in due.items():
            self._index.set_needs(number, _DATE, chains.needs(event))
            if self._index.date_of(event) != dates[event]:
                self._index.put_date(number, dates[event])
                self._signals.add(f"d:{event}")
                changed.add(number)
        return changed

    def _all_due(self, touched: Iterable[str]) -> dict[str, int]:
        """The events whose dates may be others, with their numbers: those touched, and all that count on from them."""
        due = self._index.thing_numbers(touched)
        new = {*due.values(), *self._index.needing(_DATE, self._signals)}
        due = {}
        while new:
            found = {self._index.id_of(number): number for number in sorted(new)}
            due |= found
            new = set(self._index.needing(_DATE, [f"t:{event}" for event in found])) - set(due.values())
        return due

    def _write_facets(self, number: int) -> None:
        thing = self._index.kept_thing(number)
        if thing is None:
            return
        traced = TracedBooks(self._books)
        self._index.put_filed(number, self._facing(traced, thing))
        own = {f"t:{thing.id}", f"d:{thing.id}"}
        self._index.set_needs(number, _FACETS, (what for what in traced.asked if what not in own))
