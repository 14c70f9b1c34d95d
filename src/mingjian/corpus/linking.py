"""Reprints of a workspace: what of them changes with the pages that changed, and nothing else.

The groups are a function of the pages that stand and of people's decisions, whatever the order in which they came: for
every page that changed, the part of the pages that it is or was tied to is grouped anew, as a batch would group it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec
import numpy as np

from mingjian.core.link.reprints.bodies import body_of
from mingjian.core.link.reprints.grouping import components, group_pages
from mingjian.core.link.reprints.joining import Pairs
from mingjian.core.link.reprints.judging import relate_pairs
from mingjian.core.link.reprints.settings import ReprintSettings
from mingjian.core.link.reprints.sketches import Body, Sketch, sketch_bodies
from mingjian.core.model.corpus import KeptPage, Placing, Step
from mingjian.core.model.reprints import FOLDING, Copy, Decision, Group, Relation
from mingjian.core.storing import Store, StoreReader, StoreWriter
from mingjian.errors import DamageError, VersionError
from mingjian.store.fingerprints import FingerprintWriter, Postings
from mingjian.store.fingerprints.postings import Demand

Numbers: TypeAlias = set[int]
Sketches: TypeAlias = dict[int, Sketch]

MARK = "links"
STEPS = 2_000  # of the journal that are followed at once
_FOLLOWED = frozenset({"added", "extracted", "superseded", "removed", "returned", "decided"})
_SCHEME = "sketches"
_SKETCHES = 1  # counts up when the program makes other sketches with the same settings
_REBUILT = 10_000  # pages put into a new index at once


class Placed(msgspec.Struct, frozen=True):
    """What is kept of a page's place among its reprints: how it came into its group, and what ties it to its parent."""

    copy: Copy
    relation: Relation | None = None


_ENCODE = msgspec.msgpack.Encoder().encode
_SKETCH = msgspec.msgpack.Decoder(Sketch).decode
_PLACED = msgspec.msgpack.Decoder(Placed).decode


def placed_of(placing: Placing) -> Placed:
    """What is kept of a page's place."""
    return _PLACED(placing.content)


class Linker:
    """Follows the journal of the truth with an index of fingerprints in a folder, which it makes anew where it must.

    ``bodies`` may hold those of pages just added, so that they need no reading.
    """

    def __init__(self, store: Store, folder: Path, settings: ReprintSettings) -> None:
        self._store = store
        self._folder = folder
        self._settings = settings
        self._scheme = scheme_of(settings)
        self.bodies: dict[int, Body] = {}

    def follow(self) -> Iterator[int]:
        """Bring the groups up to date, some thousand steps of the journal at a time; tells how far it is each time."""
        self._forget_other_sketches()
        with self._opened() as index:
            while steps := self._steps():
                self._follow(steps, index)
                yield steps[-1].position

    def _steps(self) -> Sequence[Step]:
        with self._store.reading() as reader:
            return reader.journal(linked_up_to(reader), STEPS)

    def _forget_other_sketches(self) -> None:
        """Begin at the journal's beginning where sketches were made in another way than they are now."""
        with self._store.writing() as writer:
            if writer.mark(_SCHEME) == self._scheme:
                return
            for page in _all_pages(writer):
                if not page.erased:
                    writer.put_article(page.number, None)
                writer.drop_placing(page.number)
            writer.set_mark(MARK, None)
            writer.set_mark(_SCHEME, self._scheme)

    def _opened(self) -> FingerprintWriter:
        """The index, made anew where it does not hold what the truth says is linked."""
        with self._store.reading() as reader:
            position = linked_up_to(reader)
            try:
                index = FingerprintWriter(self._folder, self._scheme)
                if position <= index.position <= position + STEPS:
                    return index
                index.close()
            except (DamageError, VersionError):
                pass
            index = FingerprintWriter(self._folder, self._scheme, anew=True)
            after = 0
            while pages := reader.pages(after, _REBUILT):
                after = pages[-1].number
                kept = _sketches(reader, (page.number for page in pages if page.stands))
                index.add(list(kept), [sketch.fingerprints for sketch in kept.values()])
        index.commit(position)
        return index

    def _follow(self, steps: Sequence[Step], index: FingerprintWriter) -> None:
        position = steps[-1].position
        touched = {step.number for step in steps if step.kind in _FOLLOWED}
        with self._store.reading() as reader:
            before = _sketches(reader, touched)
            now = self._sketched(reader, touched)
            decisions = _decisions(reader)
            tie = _Ties(reader, index.postings, self._settings)
            tied = tie.around(before.values())
        index.remove(sorted(before.keys() - now.keys()))
        index.add(list(now), [sketch.fingerprints for sketch in now.values()])
        index.commit(position)
        with self._store.writing() as writer:
            for number in sorted(touched):
                sketch = now.get(number)
                if sketch != before.get(number):
                    writer.put_article(number, None if sketch is None else _ENCODE(sketch))
            tie = _Ties(writer, index.postings, self._settings)
            asked = touched | tied | tie.holding(_crossing(before, now, tie.postings, self._settings.join.most_pages))
            _regroup(writer, tie.closure(asked, decisions), asked, decisions)
            writer.set_mark(MARK, str(position))
        self.bodies.clear()

    def _sketched(self, reader: StoreReader, numbers: Iterable[int]) -> Sketches:
        """The sketches that the pages have now, of those that stand and have a record."""
        bodies: dict[int, Body] = {}
        for number in sorted(numbers):
            page = reader.page(number)
            if page is None or not page.stands:
                continue
            record = None if number in self.bodies else reader.record(number)
            if record is not None:
                bodies[number] = body_of(page.id, record, reader.text(number))
            elif number in self.bodies:
                bodies[number] = self.bodies[number]
        return dict(zip(bodies, sketch_bodies(list(bodies.values()), self._settings), strict=True))


class _Ties:
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

    def around(self, sketches: Iterable[Sketch]) -> Numbers:
        """The pages that are folded with pages of these sketches, whether or not those are kept still."""
        return {number for number, relation in self._related(list(sketches)) if relation.kind in FOLDING}

    def holding(self, hashes: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> Numbers:
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
            self.sketches |= _sketches(self._reader, missing)
        return {number: self.sketches[number] for number in sorted(numbers) if number in self.sketches}


def _regroup(
    writer: StoreWriter, found: tuple[Sketches, list[Relation]], asked: Numbers, decisions: Sequence[Decision]
) -> None:
    """Write down the places that the pages have now, where they are others than before."""
    members, relations = found
    numbers = {sketch.id: number for number, sketch in members.items()}
    by_pair = {(relation.first, relation.second): relation for relation in relations}
    for number in sorted(asked - members.keys()):
        writer.drop_placing(number)
    inside = [relation for relation in relations if relation.first in numbers and relation.second in numbers]
    for part in components(numbers, inside, decisions):
        own = set(part)
        ties = [relation for relation in inside if relation.first in own and relation.second in own]
        for group in group_pages([members[numbers[page]] for page in part], ties, decisions):
            _place(writer, group, numbers, by_pair)


def _place(
    writer: StoreWriter, group: Group, numbers: Mapping[str, int], relations: Mapping[tuple[str, str], Relation]
) -> None:
    if len(group.copies) == 1:
        writer.drop_placing(numbers[group.source])
        return
    for copy in group.copies:
        pair = (copy.page, copy.parent or "")
        relation = relations.get(pair) or relations.get(pair[::-1])
        parent = None if copy.parent is None else numbers[copy.parent]
        content = _ENCODE(Placed(copy, relation))
        writer.put_placing(
            Placing(number=numbers[copy.page], group=numbers[group.source], parent=parent, content=content)
        )


def _crossing(
    before: Sketches, now: Sketches, postings: Postings, most: int
) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """The fingerprints that lead to pages now and did not before these came and went, or the other way round."""
    came, coming = _counted(now)
    went, going = _counted(before)
    hashes = np.union1d(came, went)
    if not len(hashes):
        return hashes
    there = postings.frequencies(hashes)
    change = np.zeros(len(hashes), np.int64)
    change[np.searchsorted(hashes, came)] += coming
    change[np.searchsorted(hashes, went)] -= going
    crossed: np.ndarray[tuple[int], np.dtype[np.uint32]] = hashes[(there > most) != (there - change > most)]
    return crossed


def _counted(
    sketches: Sketches,
) -> tuple[np.ndarray[tuple[int], np.dtype[np.uint32]], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    every = [sketch.fingerprints for sketch in sketches.values()]
    hashes, counts = np.unique(np.concatenate([np.zeros(0, np.uint32), *every]), return_counts=True)
    return hashes, counts


def scheme_of(settings: ReprintSettings) -> str:
    """How sketches are made, in a word: other settings or another program make others."""
    made_by = msgspec.json.encode((_SKETCHES, settings.fingerprints, settings.slots))
    return hashlib.sha256(made_by).hexdigest()[:16]


def _all_pages(reader: StoreReader) -> Iterator[KeptPage]:
    after = 0
    while pages := reader.pages(after):
        yield from pages
        after = pages[-1].number


def linked_up_to(reader: StoreReader) -> int:
    """The step of the journal up to which groups are as the pages are."""
    return int(reader.mark(MARK) or 0)


def _sketches(reader: StoreReader, numbers: Iterable[int]) -> Sketches:
    return {number: _SKETCH(content) for number, content in reader.articles(numbers).items()}


def _decisions(reader: StoreReader) -> list[Decision]:
    """What people decided of reprints, and did not undo."""
    said: list[Decision] = []
    for one in reader.decisions():
        if one.undone is None and one.kind in ("split", "merge"):
            first, second = sorted(one.ids)
            said.append(Decision("split" if one.kind == "split" else "merge", first, second))
    return said


def _merged(reader: StoreReader, decisions: Sequence[Decision]) -> dict[int, Numbers]:
    """For each page that a person put with others, those."""
    partners: dict[int, Numbers] = {}
    for said in decisions:
        if said.kind == "merge":
            pair = [page.number for page_id in (said.first, said.second) for page in reader.find(page_id, 1)]
            for number in pair:
                partners.setdefault(number, set()).update(pair)
    return partners
