"""Things written anew with their dates and facets, where a batch of pages changed them or what these depend on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from msgspec.structs import replace

from mingjian.core.books import FEW, Books
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
_SEVERAL = 2


class Refreshing:
    """Some things, by their numbers, whose nodes or mentions changed; ``signals`` name all that changed so far."""

    def __init__(self, index: BooksWriter, kinds: Sequence[AnyLinking], facing: Facing, signals: Iterable[str]) -> None:
        self._index = index
        self._facing = facing
        self._linkings: Mapping[str, AnyLinking] = {linking.kind: linking for linking in kinds}
        self._decoders = {linking.kind: profile_decoder(linking.profile_type) for linking in kinds}
        self._signals = {*signals, ANYTHING}

    def refresh(self, touched: Mapping[int, str]) -> None:
        """Write the things anew, then dates, then facets: each depends on those before.

        ``touched`` gives the day from which on mentions of each came or went, as the books keep days.
        """
        changed = self._write_things(touched)
        dated = self._write_dates([thing.id for thing in changed.values() if thing.kind == "event"])
        books = RememberingBooks(self._index)  # things and dates do not change any more
        for number in sorted({*changed, *dated, *self._index.needing(_FACETS, self._signals)}):
            self._write_facets(number, books)

    def _write_things(self, touched: Mapping[int, str]) -> dict[int, Thing]:
        """The things that have mentions still and are others than before, or whose first mentions are."""
        numbers = sorted(touched)
        before = {number: thing for number in numbers if (thing := self._index.kept_thing(number)) is not None}
        after = {number: thing for number in numbers if (thing := self._built(number)) is not None}
        faces = [number for number in numbers if _face(before.get(number)) != _face(after.get(number))]
        with self._bearing([each for number in faces for each in (before.get(number), after.get(number)) if each]):
            for number in faces:
                if number in before:
                    self._index.drop_thing(number, before[number])
            for number in faces:
                if number in after:
                    self._index.put_thing(number, after[number])
        for number in before.keys() - after.keys():
            self._index.set_needs(number, _DATE, ())
            self._index.set_needs(number, _FACETS, ())
        self._index.count_again({number: after[number] for number in sorted(after.keys() - set(faces))})
        changed = {*faces, *(number for number, since in touched.items() if self._index.is_among_first(number, since))}
        self._signals |= {
            f"m:{each.id}" for number in changed for each in (before.get(number), after.get(number)) if each
        }
        return {number: thing for number, thing in after.items() if number in changed}

    @contextmanager
    def _bearing(self, things: Sequence[Thing]) -> Iterator[None]:
        """Within, what others see of these things changes: which slots are borne by others than before is noted."""
        slots = sorted({(thing.kind, slot) for thing in things for slot in thing.slots})
        before = {each: self._index.bearers(*each) for each in slots}
        yield
        for kind, slot in slots:
            fewest = min(before[kind, slot], self._index.bearers(kind, slot))
            self._signals.add(f"s:{kind}:{slot}")
            self._signals |= {f"f:{kind}:{slot}"} if fewest <= FEW else set()
            self._signals |= {f"o:{kind}:{slot}"} if fewest < _SEVERAL else set()
        self._signals |= {f"t:{thing.id}" for thing in things}

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
            name=linking.name_of(profiles[node]),
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
            new = set(self._index.needing(_DATE, [f"m:{event}" for event in found])) - set(due.values())
        return due

    def _write_facets(self, number: int, books: Books) -> None:
        thing = self._index.kept_thing(number)
        if thing is None:
            return
        traced = TracedBooks(books)
        self._index.put_filed(number, self._facing(traced, thing))
        own = {f"t:{thing.id}", f"m:{thing.id}", f"d:{thing.id}"}
        self._index.set_needs(number, _FACETS, (what for what in traced.asked if what not in own))


def _face(thing: Thing | None) -> Thing | None:
    """What others see of a thing."""
    return None if thing is None else replace(thing, mentions=0, pages=0, sources=0, last_published=None)
