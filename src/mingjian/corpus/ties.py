"""What ties kept pages to one another: asked of the index of fingerprints, judged by their sketches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.joining import Pairs
from mingjian.core.link.reprints.judging import relate_pairs
from mingjian.core.link.reprints.settings import ReprintSettings
from mingjian.core.link.reprints.sketches import Sketch, place_in_time
from mingjian.core.model.reprints import FOLDING, Decision, Relation
from mingjian.core.storing import StoreReader
from mingjian.store.fingerprints import Demand, Postings

Numbers: TypeAlias = set[int]
Sketches: TypeAlias = dict[int, Sketch]
_SKETCH = msgspec.msgpack.Decoder(Sketch).decode


class Ties:
    """The relations of kept pages, asked of the index."""

    def __init__(self, reader: StoreReader, postings: Postings, settings: ReprintSettings) -> None:
        self._reader = reader
        self.postings = postings
        self._settings = settings
        self._demand = Demand(
            at_least=settings.join.least_shared,
            most=settings.join.most_pages,
            shared=settings.judging.part_shared,
            share=settings.judging.part_share,
        )
        self.sketches: Sketches = {}

    def in_order(self, number: int, other: int) -> tuple[int, int]:
        """Two kept pages, the one that came first before the other."""
        loaded = self._loaded({number, other})
        if len(loaded) < 2:
            return number, other
        return (number, other) if place_in_time(loaded[number]) <= place_in_time(loaded[other]) else (other, number)

    def around(self, sketches: Iterable[Sketch]) -> Numbers:
        """The pages that are folded with pages of these sketches, whether or not those are kept still."""
        return {number for number, relation in self._related(list(sketches)) if relation.kind in FOLDING}

    def of(self, numbers: Iterable[int]) -> Iterator[tuple[int, Relation]]:
        """All that ties kept pages to others, each relation with the number of the other."""
        yield from self._related(list(self._loaded(set(numbers)).values()))

    def holding(self, hashes: NDArray[np.uint32]) -> Numbers:
        """The pages that have any of these fingerprints."""
        return set(self.postings.holders(hashes).pages.tolist()) if len(hashes) else set()

    def closure(self, asked: Numbers, decisions: Sequence[Decision]) -> tuple[Sketches, list[Relation]]:
        """All pages that hang together with those asked for, and the relations that they have."""
        merged = _merged(self._reader, decisions)
        members: Sketches = {}
        relations: dict[tuple[str, str], Relation] = {}
        waiting = set(asked)
        while waiting:
            waiting |= {other for number in waiting for other in merged.get(number, ())}
            waiting -= members.keys()
            found = self._loaded(waiting)
            members |= found
            waiting = set()
            for number, relation in self._related(list(found.values())):
                relations[relation.first, relation.second] = relation
                if relation.kind in FOLDING and number not in members:
                    waiting.add(number)
        return members, list(relations.values())

    def _related(self, sketches: Sequence[Sketch]) -> Iterator[tuple[int, Relation]]:
        """The relations of these pages to kept ones, each with the number of the other."""
        found = self.postings.join([sketch.fingerprints for sketch in sketches], self._demand)
        others = np.unique(found.pages)
        loaded = self._loaded(set(others.tolist()))
        here = np.isin(found.pages, np.fromiter(loaded, np.uint32, len(loaded)))
        rows, pages, shared = found.rows[here], found.pages[here], found.shared[here]
        numbers = sorted(loaded)
        second = len(sketches) + np.searchsorted(np.array(numbers, np.uint32), pages)
        both = [*sketches, *(loaded[number] for number in numbers)]
        by_id = {loaded[number].id: number for number in numbers}
        own = np.fromiter(
            (sketches[row].id == both[at].id for row, at in zip(rows, second, strict=True)), bool, len(rows)
        )
        pairs = Pairs(rows[~own], second[~own], shared[~own])
        asked = {sketch.id for sketch in sketches}
        for relation in relate_pairs(both, pairs, self._settings):
            for page in (relation.first, relation.second):
                if page in by_id and (page not in asked or relation.other(page) in asked):
                    yield by_id[page], relation

    def _loaded(self, numbers: Numbers) -> Sketches:
        missing = numbers - self.sketches.keys()
        if missing:
            self.sketches |= kept_sketches(self._reader, missing)
        return {number: self.sketches[number] for number in sorted(numbers) if number in self.sketches}


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
