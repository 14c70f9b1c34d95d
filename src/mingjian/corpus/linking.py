"""Reprints of a workspace: what of them changes with the pages that changed, and nothing else.

The groups are a function of the pages that stand and of people's decisions, whatever the order in which they came: for
every page that changed, the part of the pages that it is or was tied to is grouped anew, as a batch would group it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.bodies import Body, body_of, host_of
from mingjian.core.link.reprints.settings import ReprintSettings
from mingjian.core.link.reprints.sketches import sketch_bodies, sketch_scheme
from mingjian.core.model.corpus import KeptPage, Neighbours, Step
from mingjian.core.model.record import Record
from mingjian.core.model.reprints import Decision
from mingjian.core.rulebook import bundled_file
from mingjian.core.storing import Store, StoreReader
from mingjian.corpus.code import LINKS, code_of
from mingjian.corpus.grouping import Regrouping, regroup
from mingjian.corpus.neighbours import NOTHING, Lists, drop, holding, renew
from mingjian.corpus.pages import standing_page
from mingjian.corpus.ties import Sketches, Ties, kept_sketches
from mingjian.errors import DamageError, VersionError
from mingjian.store import HISTORY
from mingjian.store.fingerprints import FingerprintWriter, Postings

MARK = "links"
STEPS = 2_000  # of the journal that are followed at once
_FOLLOWED = frozenset({"added", "extracted", "superseded", "removed", "returned", "decided"})
_SCHEME = "linked by"
_REBUILT = 10_000  # pages put into a new index at once


_ENCODE = msgspec.msgpack.Encoder().encode


def kept_body(page: KeptPage, record: Record, text: str) -> Body:
    """What sketches are made of, with the host at which the page stands, whatever the page says of that."""
    body = body_of(page.id, record, text)
    host = host_of(page.address)
    return msgspec.structs.replace(body, host=host) if host else body


class Linker:
    """Follows the journal of the truth with an index of fingerprints in a folder, which it makes anew where it must."""

    def __init__(self, store: Store, folder: Path, settings: ReprintSettings) -> None:
        self._store = store
        self._folder = folder
        self._settings = settings

    def follow(self) -> Iterator[int]:
        """Bring the groups up to date, some thousand steps of the journal at a time; tells how far it is each time."""
        self._forget_other_links()
        with self._opened() as index:
            while steps := self._steps():
                self._follow(steps, index)
                yield steps[-1].position

    def _steps(self) -> Sequence[Step]:
        with self._store.reading() as reader:
            return reader.journal(linked_up_to(reader), STEPS)

    def _forget_other_links(self) -> None:
        """Begin at the journal's beginning where pages were linked in another way than they are now."""
        with self._store.reading() as reader:
            known = reader.mark(_SCHEME)
        if known != linked_by():
            self.forget()

    def forget(self) -> None:
        """Begin at the journal's beginning."""
        with self._store.writing() as writer:
            for page in _all_pages(writer):
                if not page.erased:
                    writer.put_article(page.number, None)
                writer.put_neighbours(Neighbours(number=page.number))
                writer.drop_placing(page.number)
            writer.set_mark(MARK, None)
            writer.set_mark(_SCHEME, linked_by())

    def _opened(self) -> FingerprintWriter:
        """The index, made anew where it does not hold what the truth says is linked."""
        with self._store.reading() as reader:
            position, scheme = linked_up_to(reader), scheme_of(reader)
            try:
                index = FingerprintWriter(self._folder, scheme)
                if position <= index.position <= position + STEPS:
                    self._take_back(reader, position, index)
                    return index
                index.close()
            except (DamageError, VersionError):
                pass
            index = FingerprintWriter(self._folder, scheme, anew=True)
            after = 0
            while pages := reader.pages(after, _REBUILT):
                after = pages[-1].number
                kept = kept_sketches(reader, (page.number for page in pages if page.stands))
                index.add(list(kept), [sketch.fingerprints for sketch in kept.values()])
        index.commit(position)
        return index

    def _take_back(self, reader: StoreReader, position: int, index: FingerprintWriter) -> None:
        """Let the index be as the truth is, where it was written and the truth was not, because all was killed then."""
        ahead = reader.journal(position, index.position - position)
        kept = kept_sketches(reader, numbers := {step.number for step in ahead})
        if ahead:
            _exchange(index, numbers, kept, position)

    def _follow(self, steps: Sequence[Step], index: FingerprintWriter) -> None:
        position = steps[-1].position
        touched = {step.number for step in steps if step.kind in _FOLLOWED}
        with self._store.reading() as reader:
            before = kept_sketches(reader, touched)
            now = self._sketched(reader, touched)
            decisions = _decisions(reader)
            gone = {number: sketch for number, sketch in before.items() if now.get(number) != sketch}
            came = {number: sketch for number, sketch in now.items() if before.get(number) != sketch}
            old = Ties(reader, index.postings, self._settings)
            rising, falling = _crossing(gone, came, old.postings, self._settings.join.most_pages)
            again, losers = old.holding(falling), holding(old, Lists(reader), set(gone))
        _exchange(index, gone, came, position)
        with self._store.writing() as writer:
            fresh = gone.keys() | came.keys()
            for number in sorted(fresh):
                writer.put_article(number, _ENCODE(came[number]) if number in came else None)
            new, lists = Ties(writer, index.postings, self._settings), Lists(writer)
            lists.put(gone.keys(), NOTHING)
            again |= drop(new, lists, (losers | new.holding(rising)) - again - fresh, set(gone))
            renew(new, lists, set(came), again - fresh)
            regroup(writer, touched | lists.changed(), Regrouping(new, lists, decisions, fresh))
            writer.set_mark(MARK, str(position))

    def _sketched(self, reader: StoreReader, numbers: Iterable[int]) -> Sketches:
        """The sketches that the pages have now, of those that stand and have a record."""
        pages = [page for number in sorted(numbers) if (page := standing_page(reader, number)) is not None]
        sketches = sketch_bodies([kept_body(*page) for page in pages], self._settings)
        return {page.kept.number: sketch for page, sketch in zip(pages, sketches, strict=True)}


def _exchange(index: FingerprintWriter, gone: Iterable[int], came: Sketches, position: int) -> None:
    index.remove(sorted(set(gone) - came.keys()))
    index.add(list(came), [sketch.fingerprints for sketch in came.values()])
    index.commit(position)


def _crossing(
    before: Sketches, now: Sketches, postings: Postings, most: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The fingerprints that lead to pages and will not when these have come and gone, and those of the other way."""
    came, coming = _counted(now)
    went, going = _counted(before)
    hashes = np.union1d(came, went)
    if not len(hashes):
        return hashes, hashes
    there = postings.frequencies(hashes)  # before
    change = np.zeros(len(hashes), np.int64)
    change[np.searchsorted(hashes, came)] += coming
    change[np.searchsorted(hashes, went)] -= going
    return hashes[(there <= most) & (there + change > most)], hashes[(there > most) & (there + change <= most)]


def _counted(
    sketches: Sketches,
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    every = [sketch.fingerprints for sketch in sketches.values()]
    hashes, counts = np.unique(np.concatenate([np.zeros(0, np.uint32), *every]), return_counts=True)
    return hashes, counts


@cache
def linked_by() -> str:
    """How pages are sketched, judged and grouped, in a word: other settings or other code link otherwise."""
    made_by = f"{code_of(LINKS)}:{sketch_scheme()}:{bundled_file('corpus/reprints.toml')}"
    return hashlib.sha256(made_by.encode()).hexdigest()[:16]


def scheme_of(reader: StoreReader) -> str:
    """Which index of fingerprints belongs to this truth: one of its own sketches, and of none that it was before."""
    return f"{linked_by()}:{reader.mark(HISTORY) or ''}"


def _all_pages(reader: StoreReader) -> Iterator[KeptPage]:
    after = 0
    while pages := reader.pages(after):
        yield from pages
        after = pages[-1].number


def linked_up_to(reader: StoreReader) -> int:
    """The step of the journal up to which groups are as the pages are."""
    return int(reader.mark(MARK) or 0)


def _decisions(reader: StoreReader) -> list[Decision]:
    """What people decided of reprints and did not undo: the last word on each pair of pages, as they stand now."""
    said: dict[tuple[str, str], Decision] = {}
    for one in reader.decisions():
        if one.undone is None and one.kind in ("split", "merge"):
            first, second = sorted(_standing_id(reader, page) for page in one.ids)
            said[first, second] = Decision("split" if one.kind == "split" else "merge", first, second)
    return list(said.values())


def _standing_id(reader: StoreReader, page_id: str) -> str:
    """The id of the version that stands at the address of a page: what was decided of one holds for the next."""
    for page in reader.find(page_id, 1):
        for version in reader.versions(page.address):
            if version.stands:
                return version.id
    return page_id
