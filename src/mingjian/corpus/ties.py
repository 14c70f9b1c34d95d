"""What ties kept pages to one another: asked of the index of fingerprints, judged by their sketches.

A page owns its relations to those earlier pages that it shares most with, so many at most. What is reached from a page
may be more: every page with which it is one text, whether or not that page owns the relation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.joining import Pairs
from mingjian.core.link.reprints.judging import relate, relate_pairs
from mingjian.core.link.reprints.settings import ReprintSettings
from mingjian.core.link.reprints.sketches import Sketch, place_in_time
from mingjian.core.model.reprints import FOLDING, Decision, Relation
from mingjian.core.storing import StoreReader
from mingjian.store.fingerprints import Demand, Postings

Numbers: TypeAlias = set[int]
Sketches: TypeAlias = dict[int, Sketch]
Hashes: TypeAlias = NDArray[np.uint32]
_SKETCH = msgspec.msgpack.Decoder(Sketch).decode
_ALL = 1 << 30
_AT_ONCE = 64  # pages asked about together: one form that thousands of pages fill has a million of pairs


class _Shares(NamedTuple):
    """Pages that were asked about and kept pages that share enough with them, both counted by ``sketches``.

    The first ``asked`` of the sketches are those asked about; ``numbers`` are those of the others.
    """

    sketches: list[Sketch]
    asked: int
    numbers: list[int]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    shared: NDArray[np.int64]

    def pairs(self, where: NDArray[np.bool_]) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.first[where], self.second[where], self.shared[where])


class Ties:
    """The relations of kept pages, as one state of the store and of the index has them."""

    def __init__(self, reader: StoreReader, postings: Postings, settings: ReprintSettings) -> None:
        self.postings = postings
        self._reader = reader
        self._settings = settings
        self._unlimited = msgspec.structs.replace(
            settings, join=msgspec.structs.replace(settings.join, most_earlier=_ALL)
        )
        self._sketches: Sketches = {}
        judging = settings.judging
        self._demand = Demand(
            at_least=settings.join.least_shared,
            most=settings.join.most_pages,
            shared=min(judging.least_shared, judging.part_shared, judging.passage_shared, judging.item_shared),
            share=min(judging.contained, judging.part_share),
        )

    def holding(self, hashes: Hashes) -> Numbers:
        """The pages that have any of these fingerprints."""
        return set(self.postings.holders(hashes).pages.tolist()) if len(hashes) else set()

    def displaced(self, sketches: Sequence[Sketch]) -> Numbers:
        """The later pages that may own other relations, as these are there or not: those that own all they may."""
        shares = self._shares(sketches)
        later = np.unique(shares.second[_is_later(shares)]) - shares.asked
        numbers = [shares.numbers[place] for place in later.tolist()]
        found = self._shares([shares.sketches[shares.asked + place] for place in later.tolist()])
        earlier = np.bincount(found.first[~_is_later(found)], minlength=len(numbers))
        return {
            number for number, count in zip(numbers, earlier, strict=True) if count >= self._settings.join.most_earlier
        }

    def reached(self, numbers: Iterable[int]) -> Numbers:
        """The other pages that are one text with any of these, whichever of the two owns the relation."""
        return self._step(set(numbers))[0]

    def closure(self, asked: Numbers, decisions: Sequence[Decision]) -> tuple[Sketches, list[Relation]]:
        """All pages that hang together with those asked for, and the relations that they own."""
        merged = _merged(self._reader, decisions)
        members: Sketches = {}
        relations: list[Relation] = []
        waiting = set(asked)
        while waiting:
            waiting |= {other for number in waiting for other in merged.get(number, ())}
            waiting -= members.keys()
            members |= self._loaded(waiting)
            reached, owned = self._step(waiting, members.keys())
            relations += owned
            waiting = reached - members.keys()
        return members, relations

    def of(self, number: int) -> Iterator[tuple[int, Relation]]:
        """All that ties a kept page to others, series too, each relation with the number of the other."""
        shares = self._shares([*self._loaded({number}).values()])
        for place in np.unique(shares.second).tolist():
            relation = relate(shares.sketches[0], shares.sketches[place], self._settings)
            if relation is not None:
                yield shares.numbers[place - shares.asked], relation

    def owned(self, numbers: Iterable[int]) -> list[Relation]:
        """The relations that these pages own."""
        return self._step(set(numbers))[1]

    def in_order(self, number: int, other: int) -> tuple[int, int]:
        """Two kept pages, the one that came first before the other."""
        loaded = self._loaded({number, other})
        if len(loaded) < 2:
            return number, other
        return (number, other) if place_in_time(loaded[number]) <= place_in_time(loaded[other]) else (other, number)

    def _step(self, numbers: Numbers, known: Set[int] = frozenset()) -> tuple[Numbers, list[Relation]]:
        """The pages that are reached from these, beside some that are known, and the relations that these own."""
        reached: Numbers = set()
        owned: list[Relation] = []
        asked = [*self._loaded(numbers).values()]
        for start in range(0, len(asked), _AT_ONCE):
            shares = self._shares(asked[start : start + _AT_ONCE])
            later = _is_later(shares)
            own = relate_pairs(shares.sketches, shares.pairs(~later), self._settings)
            # In a group of thousands nearly all pairs are of two pages that were reached already.
            new = ~np.isin(np.array(shares.numbers, np.int64), np.array([*(numbers | known | reached)], np.int64))
            others = relate_pairs(
                shares.sketches, shares.pairs(later & new[shares.second - shares.asked]), self._unlimited
            )
            by_id = dict(zip((sketch.id for sketch in shares.sketches[shares.asked :]), shares.numbers, strict=True))
            ends = {page for link in (*own, *others) if link.kind in FOLDING for page in (link.first, link.second)}
            reached |= {by_id[page] for page in ends if page in by_id}
            owned += own
        return reached, owned

    def _shares(self, sketches: Sequence[Sketch]) -> _Shares:
        found = self.postings.join([sketch.fingerprints for sketch in sketches], self._demand)
        loaded = self._loaded(set(np.unique(found.pages).tolist()))
        numbers = list(loaded)
        here = np.isin(found.pages, np.array(numbers, np.uint32))
        first, pages, shared = found.rows[here], found.pages[here], found.shared[here]
        second = len(sketches) + np.searchsorted(np.array(numbers, np.int64), pages)
        every = [*sketches, *loaded.values()]
        place_of = {page.id: place for place, page in enumerate(loaded.values(), start=len(sketches))}
        itself = np.array([place_of.get(sketch.id, -1) for sketch in sketches], np.int64)
        other = second != itself[first] if len(sketches) else np.zeros(0, np.bool_)
        return _Shares(every, len(sketches), numbers, first[other], second[other], shared[other])

    def _loaded(self, numbers: Numbers) -> Sketches:
        """What is kept of these pages, by number, of those that have it."""
        missing = numbers - self._sketches.keys()
        if missing:
            self._sketches |= kept_sketches(self._reader, missing)
        return {number: self._sketches[number] for number in sorted(numbers) if number in self._sketches}


def _is_later(shares: _Shares) -> NDArray[np.bool_]:
    """Of each pair, whether the second page is later than the one that was asked about."""
    order = sorted(range(len(shares.sketches)), key=lambda place: place_in_time(shares.sketches[place]))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    later: NDArray[np.bool_] = rank[shares.second] > rank[shares.first]
    return later


def kept_sketches(reader: StoreReader, numbers: Iterable[int]) -> Sketches:
    """What is kept of the pages, of those that have it."""
    return {number: _SKETCH(content) for number, content in reader.articles(numbers).items()}


def _merged(reader: StoreReader, decisions: Sequence[Decision]) -> dict[int, Numbers]:
    """For each page that a person put with others, those."""
    partners: dict[int, Numbers] = {}
    for said in decisions:
        if said.kind == "merge":
            pair = [page.number for page_id in (said.first, said.second) for page in reader.find(page_id, 1)]
            for number in pair:
                partners.setdefault(number, set()).update(pair)
    return partners
