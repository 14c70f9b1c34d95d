"""Which pages share fingerprints: the questions that a set of segments answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingjian.store.fingerprints.segments import Numbers, Places, Segment, spread

_AT_ONCE = 1 << 22  # postings looked at in one step of a join of many pages
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pages that share fingerprints with those that were asked for, by ``(rows, pages)``.

    ``rows`` is the place of the page among those asked for, ``pages`` the number of the page found, ``shared`` how many
    fingerprints both have.
    """

    rows: Places
    pages: Numbers
    shared: Places


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """One state of the index: it does not change while others write.

    A fingerprint that more than ``most`` pages have says nothing about any of them and is left out of the question.
    How many have it is counted over all pages of this state, without those removed, so that the answer depends on the
    set of pages alone, and not on how they came in.
    """

    segments: tuple[Segment, ...]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return sum(segment.live for segment in self.segments)

    def has(self, pages: Sequence[int] | Numbers) -> NDArray[np.bool_]:
        """Whether each of these pages is here."""
        return np.isin(np.asarray(pages, np.uint32), self._known(pages)[0])

    def sizes(self, pages: Sequence[int] | Numbers) -> Places:
        """How many fingerprints each of these pages has, 0 for one that is not here."""
        known, sizes = self._known(pages)
        wanted = np.asarray(pages, np.uint32)
        if not len(known):
            return np.zeros(len(wanted), np.int64)
        order = np.argsort(known)
        places = np.minimum(np.searchsorted(known[order], wanted), len(known) - 1)
        return np.where(known[order][places] == wanted, sizes[order][places], 0)

    def frequencies(self, hashes: Numbers) -> Places:
        """How many pages have each of these fingerprints."""
        hashes, back = np.unique(np.asarray(hashes, np.uint32), return_inverse=True)
        counts = sum((_live(segment, *segment.find(hashes)) for segment in self.segments), _none(len(hashes)))
        return counts[back]

    def candidates(self, hashes: Numbers, *, at_least: int = 1, most: int | None = None) -> tuple[Numbers, Places]:
        """The pages, rising, that have so many of these fingerprints at least, and how many each has."""
        found = self.join([hashes], at_least=at_least, most=most)
        return found.pages, found.shared

    def holders(self, hashes: Numbers, *, most: int | None = None) -> Pairs:
        """The pages that have each fingerprint: ``rows`` is the place of the fingerprint."""
        return self.join([np.array([each], np.uint32) for each in hashes], most=most)

    def join(self, pages: Sequence[Numbers], *, at_least: int = 1, most: int | None = None) -> Pairs:
        """The same for many pages at once, each given by its fingerprints, of which one counts once."""
        rows = np.repeat(np.arange(len(pages), dtype=np.uint64), [len(hashes) for hashes in pages])
        joined = np.concatenate([np.empty(0, np.uint32), *pages])
        asked = np.unique((rows << _HALF) | joined.astype(np.uint64))
        rows, hashes = asked >> _HALF, asked.astype(np.uint32)
        different, back = np.unique(hashes, return_inverse=True)
        found = [(segment, *segment.find(different)) for segment in self.segments]
        if most is not None:
            rare = ~_frequent(found, len(different), most)
            rows, back = rows[rare[back]], back[rare[back]]
        parts = [part for each in found for part in _shared(each, rows, back, at_least)]
        keys = np.concatenate([np.empty(0, np.uint64), *(keys for keys, _ in parts)])
        order = np.argsort(keys)
        counts = np.concatenate([_none(0), *(counts for _, counts in parts)])[order]
        return Pairs((keys[order] >> _HALF).astype(np.int64), keys[order].astype(np.uint32), counts)

    def _known(self, pages: Sequence[int] | Numbers) -> tuple[Numbers, Places]:
        """Those of the pages that are here, and their sizes."""
        wanted = np.asarray(pages, np.uint32)
        slots = [segment.slots_of(wanted) for segment in self.segments]
        both = list(zip(self.segments, slots, strict=True))
        known = np.concatenate([np.empty(0, np.uint32), *(segment.pages[here] for segment, here in both)])
        return known, np.concatenate([_none(0), *(segment.sizes[here] for segment, here in both)])


_Found = tuple[Segment, Places, Places]  # a segment; where the postings of each fingerprint start, how many


def _none(count: int) -> Places:
    return np.zeros(count, np.int64)


def _live(segment: Segment, first: Places, lengths: Places) -> Places:
    """The counts of postings without those of removed pages."""
    if segment.removed is None:
        return lengths
    gone = segment.removed[segment.slots(spread(first, lengths))]
    return lengths - np.bincount(np.repeat(np.arange(len(first)), lengths)[gone], minlength=len(first))


def _frequent(found: Sequence[_Found], count: int, most: int) -> NDArray[np.bool_]:
    """Whether more than ``most`` pages have each of so many fingerprints.

    Removed pages are only looked for where they decide: few postings more than ``most``, whatever the size of the
    index.
    """
    lengths = sum((lengths for _, _, lengths in found), _none(count))
    gone = sum(segment.gone for segment, _, _ in found)
    frequent = lengths > most
    unsure = np.nonzero(frequent & (lengths <= most + gone))[0]
    if len(unsure):
        live = sum((_live(segment, first[unsure], all_[unsure]) for segment, first, all_ in found), _none(len(unsure)))
        frequent[unsure] = live > most
    return frequent


def _shared(found: _Found, rows: NDArray[np.uint64], back: Places, at_least: int) -> Iterator[tuple[Keys, Places]]:
    """For one segment, rows and pages (in one number) and how many fingerprints they share; a page has one segment."""
    segment, first, lengths = found
    has = lengths[back] > 0
    rows, back = rows[has], back[has]
    for start, end in _steps(rows, lengths[back]):
        counts = lengths[back[start:end]]
        slots = segment.slots(spread(first[back[start:end]], counts))
        keys = (np.repeat(rows[start:end], counts) << _HALF) | slots
        if segment.removed is not None:
            keys = keys[~segment.removed[slots]]
        keys, shared = np.unique(keys, return_counts=True)
        keys, shared = keys[shared >= at_least], shared[shared >= at_least]
        yield (keys >> _HALF << _HALF) | segment.pages[keys.astype(np.uint32)], shared


Keys = NDArray[np.uint64]


def _steps(rows: Keys, counts: Places) -> Iterator[tuple[int, int]]:
    """Stretches of whole rows with some millions of postings each."""
    ends = np.cumsum(counts)
    start = 0
    while start < len(rows):
        reached = int(np.searchsorted(ends, (ends[start - 1] if start else 0) + _AT_ONCE))
        if reached < len(rows):
            reached = int(np.searchsorted(rows, rows[reached]))  # not in the middle of a row
        if reached <= start:
            reached = int(np.searchsorted(rows, rows[start], "right"))
        yield start, reached
        start = reached
