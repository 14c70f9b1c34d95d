"""What ties kept pages to one another: asked of the index of fingerprints, judged by their sketches.

A page owns its relations to those earlier pages that it shares most with, so many at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.joining import Pairs, count_shared
from mingjian.core.link.reprints.judging import relate, relate_pairs
from mingjian.core.link.reprints.settings import ReprintSettings
from mingjian.core.link.reprints.sketches import Sketch, place_in_time
from mingjian.core.model.reprints import Relation
from mingjian.core.storing import StoreReader
from mingjian.errors import DamageError
from mingjian.store.fingerprints import Demand, Postings
from mingjian.store.kept import MEND_LINKS

Numbers: TypeAlias = set[int]
Sketches: TypeAlias = dict[int, Sketch]
Hashes: TypeAlias = NDArray[np.uint32]
_SKETCH = msgspec.msgpack.Decoder(Sketch).decode
_ALL = 1 << 30
_PAIRS = 1 << 13  # pairs of which all fingerprints are looked at together
_AT_ONCE = 64  # pages asked about together: one form that thousands of pages fill has a million of pairs


class Shares(msgspec.Struct, frozen=True):
    """Pages that were asked about and kept pages that share enough with them, both counted by ``sketches``.

    The first of the sketches are those of ``asked``; ``numbers`` are those of the pages of all. ``first`` and
    ``second`` are a page asked about and another one, of each pair.
    """

    asked: list[int]
    sketches: list[Sketch]
    numbers: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    shared: NDArray[np.int64]

    def pairs(self, where: NDArray[np.bool_]) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.first[where], self.second[where], self.shared[where])

    def later(self) -> NDArray[np.bool_]:
        """Of each pair, whether the second page is later than the one that was asked about."""
        times = _ranks(self.sketches)
        later: NDArray[np.bool_] = times[self.second] > times[self.first]
        return later


class Ties:
    """The relations of kept pages, as one state of the store and of the index has them."""

    def __init__(self, reader: StoreReader, postings: Postings, settings: ReprintSettings) -> None:
        self.postings = postings
        self.settings = settings
        self._reader = reader
        self._sketches: Sketches = {}
        judging = settings.judging
        self._demand = Demand(
            at_least=settings.join.least_shared,
            most=settings.join.most_pages,
            shared=min(judging.least_shared, judging.part_shared, judging.passage_shared, judging.item_shared),
            share=min(judging.contained, judging.part_share),
        )

    @cached_property
    def unlimited(self) -> ReprintSettings:
        """The settings, without a limit of the relations that a page owns."""
        join = msgspec.structs.replace(self.settings.join, most_earlier=_ALL)
        return msgspec.structs.replace(self.settings, join=join)

    def holding(self, hashes: Hashes) -> Numbers:
        """The pages that have any of these fingerprints."""
        return set(self.postings.holders(hashes).pages.tolist()) if len(hashes) else set()

    def led(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether as many fingerprints as must lead from the one page of each pair to the other, by their numbers."""
        numbers = np.unique(np.concatenate((first, second)))
        hashes = [sketch.fingerprints for sketch in self.sketches(set(numbers.tolist())).values()]
        page = np.repeat(np.arange(len(hashes), dtype=np.uint64), [len(each) for each in hashes])
        joined = np.concatenate([np.zeros(0, np.uint32), *hashes])
        most = self.settings.join.most_pages
        leads = self.postings.frequencies(joined, up_to=most) <= most
        keyed = np.sort(page[leads] << np.uint64(32) | joined[leads])
        first, second = np.searchsorted(numbers, first), np.searchsorted(numbers, second)
        counts = [
            count_shared(keyed, first[low : low + _PAIRS], second[low : low + _PAIRS])
            for low in range(0, len(first), _PAIRS)
        ]
        enough: NDArray[np.bool_] = np.concatenate([np.zeros(0, np.int64), *counts]) >= self.settings.join.least_shared
        return enough

    def candidates(self, numbers: Iterable[int]) -> Numbers:
        """The pages that share enough with any of these to be judged."""
        sketches = self.sketches(set(numbers)).values()
        return set(self.postings.join([sketch.fingerprints for sketch in sketches], self._demand).pages.tolist())

    def of(self, number: int) -> Iterator[tuple[int, Relation]]:
        """All that ties a kept page to others, series too, each relation with the number of the other."""
        for shares in self.shares({number}):
            for place in np.unique(shares.second).tolist():
                relation = relate(shares.sketches[0], shares.sketches[place], self.settings)
                if relation is not None:
                    yield int(shares.numbers[place]), relation

    def owned(self, numbers: Iterable[int]) -> Iterator[Relation]:
        """The relations that these pages own."""
        for shares in self.shares(set(numbers)):
            yield from relate_pairs(shares.sketches, shares.pairs(~shares.later()), self.settings)

    def in_order(self, number: int, other: int) -> tuple[int, int]:
        """Two kept pages, the one that came first before the other."""
        loaded = self.sketches({number, other})
        if len(loaded) < 2:
            return number, other
        return (number, other) if place_in_time(loaded[number]) <= place_in_time(loaded[other]) else (other, number)

    def in_time(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each of these pages its place among them in order of time."""
        different, back = np.unique(numbers, return_inverse=True)
        loaded = self.sketches(set(different.tolist()))
        if missing := set(different.tolist()) - loaded.keys():
            raise DamageError("the workspace", f"what links know of page {min(missing)} is damaged", MEND_LINKS)
        return _ranks([loaded[number] for number in different.tolist()])[back]

    def shares(self, numbers: Numbers) -> Iterator[Shares]:
        """What these pages share with others, some pages at a time."""
        loaded = self.sketches(numbers)
        asked = list(loaded)
        for start in range(0, len(asked), _AT_ONCE):
            yield self._shares({number: loaded[number] for number in asked[start : start + _AT_ONCE]})

    def _shares(self, asked: Sketches) -> Shares:
        found = self.postings.join([sketch.fingerprints for sketch in asked.values()], self._demand)
        loaded = self.sketches(set(np.unique(found.pages).tolist()))
        numbers = np.array([*asked, *loaded], np.int64)
        others = numbers[len(asked) :]
        here = np.isin(found.pages, others) & (numbers[found.rows] != found.pages)
        first, pages, shared = found.rows[here], found.pages[here], found.shared[here]
        second = len(asked) + np.searchsorted(others, pages)
        return Shares([*asked], [*asked.values(), *loaded.values()], numbers, first, second, shared)

    def sketches(self, numbers: Numbers) -> Sketches:
        """What is kept of these pages, by number, of those that have it."""
        missing = numbers - self._sketches.keys()
        if missing:
            self._sketches |= kept_sketches(self._reader, missing)
        return {number: self._sketches[number] for number in sorted(numbers) if number in self._sketches}


def _ranks(sketches: list[Sketch]) -> NDArray[np.int64]:
    """The place of each page in order of time."""
    order = sorted(range(len(sketches)), key=lambda place: place_in_time(sketches[place]))
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def kept_sketches(reader: StoreReader, numbers: Iterable[int]) -> Sketches:
    """What is kept of the pages, of those that have it."""
    return {number: _SKETCH(content) for number, content in reader.articles(numbers).items()}
