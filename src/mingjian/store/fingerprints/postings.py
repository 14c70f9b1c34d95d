"""Which pages share fingerprints: the questions that a set of segments answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingjian.errors import DamageError
from mingjian.store.fingerprints.segments import REBUILD, Keys, Numbers, Places, Segment, spread

_AT_ONCE = 1 << 20  # postings looked at in one step of a join of many pages
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Demand:
    """Which pairs of pages are asked for.

    A fingerprint that more than ``most`` pages have leads from no page to another; ``at_least`` so many of the others
    must be shared. Where they are, all shared fingerprints count, and there must be ``shared`` of them at least, and
    they must be this ``share`` of those of the page that has fewer.
    """

    at_least: int = 1
    most: int | None = None
    shared: int = 1
    share: float = 0.0


_ALL = Demand()


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

    How many pages have a fingerprint is counted over all pages of this state, without those removed, so that answers
    depend on the set of pages alone, and not on how they came in.
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
            return _none(len(wanted))
        order = np.argsort(known)
        places = np.minimum(np.searchsorted(known[order], wanted), len(known) - 1)
        return np.where(known[order][places] == wanted, sizes[order][places], 0)

    def frequencies(self, hashes: Numbers, *, up_to: int | None = None) -> Places:
        """How many pages have each of these fingerprints; beyond ``up_to``, some number beyond it."""
        different, back = np.unique(np.asarray(hashes, np.uint32), return_inverse=True)
        return _frequencies(self._find(different), len(different), up_to)[back]

    def candidates(self, hashes: Numbers, demand: Demand = _ALL) -> tuple[Numbers, Places]:
        """The pages, rising, that a page of these fingerprints may be one text with, and how many each shares."""
        found = self.join([hashes], demand)
        return found.pages, found.shared

    def holders(self, hashes: Numbers) -> Pairs:
        """The pages that have each fingerprint: ``rows`` is the place of the fingerprint."""
        return self.join([np.array([each], np.uint32) for each in hashes])

    def join(self, pages: Sequence[Numbers], demand: Demand = _ALL) -> Pairs:
        """The candidates of many pages at once, each given by its fingerprints, of which one counts once.

        Raises ``DamageError`` where a file that was too large to be checked when it was opened makes no sense.
        """
        rows = np.repeat(np.arange(len(pages), dtype=np.uint64), [len(hashes) for hashes in pages])
        joined = np.concatenate([np.empty(0, np.uint32), *pages])
        asked = np.unique((rows << _HALF) | joined.astype(np.uint64))
        different, back = np.unique(asked.astype(np.uint32), return_inverse=True)
        found = self._find(different)
        question = _question((asked >> _HALF).astype(np.int64), back, _frequent(found, len(different), demand), demand)
        try:
            parts = [part for each in found for part in _shared(each, question)]
        except IndexError as error:
            raise DamageError("index of fingerprints", "a posting is of no page", REBUILD) from error
        keys = np.concatenate([np.empty(0, np.uint64), *(keys for keys, _ in parts)])
        counts = np.concatenate([_none(0), *(counts for _, counts in parts)])
        order = np.argsort(keys)
        return Pairs((keys[order] >> _HALF).astype(np.int64), keys[order].astype(np.uint32), counts[order])

    def _find(self, different: Numbers) -> list[_Found]:
        return [_Found(segment, *segment.find(different)) for segment in self.segments]

    def _known(self, pages: Sequence[int] | Numbers) -> tuple[Numbers, Places]:
        """Those of the pages that are here, and their sizes."""
        wanted = np.asarray(pages, np.uint32)
        slots = [segment.slots_of(wanted) for segment in self.segments]
        both = list(zip(self.segments, slots, strict=True))
        known = np.concatenate([np.empty(0, np.uint32), *(segment.pages[here] for segment, here in both)])
        return known, np.concatenate([_none(0), *(segment.sizes[here] for segment, here in both)])


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Where the postings of each fingerprint that was asked for start in a segment, and how many there are."""

    segment: Segment
    first: Places
    lengths: Places

    def live(self, which: Places) -> Places:
        """How many postings some of the fingerprints have, without those of removed pages."""
        first, lengths = self.first[which], self.lengths[which]
        if self.segment.removed is None:
            return lengths
        gone = self.segment.removed[self.segment.slots(spread(first, lengths))]
        return lengths - np.bincount(np.repeat(np.arange(len(which)), lengths)[gone], minlength=len(which))

    def holds(self, which: Places, slots: Places) -> NDArray[np.bool_]:
        """Whether each page (by slot) has each fingerprint: the postings of one fingerprint stand in order of slots."""
        held = self.lengths[which] > 0
        first, lengths, slots = self.first[which[held]], self.lengths[which[held]], slots[held]
        at, left = first.copy(), lengths.copy()
        for _ in range(int(lengths.max(initial=0)).bit_length()):
            half = left >> 1
            at += half * (self.segment.slots(at + half - 1) < slots)
            left -= half
        at = np.minimum(at + (self.segment.slots(at) < slots), first + lengths - 1)
        held[held] = self.segment.slots(at) == slots
        return held


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """Who asks for what.

    Rows and places of their fingerprints (among the different ones): of those that lead to pages, of those that are too
    frequent for it; and how many each row has.
    """

    rows: Places
    which: Places
    common_rows: Places
    common: Places
    sizes: Places
    demand: Demand

    def met(self, shared: Places, smaller: Places) -> NDArray[np.bool_]:
        """Whether so many shared fingerprints are enough, of so many that the smaller page has."""
        return (shared >= self.demand.shared) & (shared / smaller >= self.demand.share)


def _none(count: int) -> Places:
    return np.zeros(count, np.int64)


def _question(rows: Places, which: Places, frequent: NDArray[np.bool_], demand: Demand) -> _Question:
    common = frequent[which]
    return _Question(rows[~common], which[~common], rows[common], which[common], np.bincount(rows), demand)


def _frequencies(found: Sequence[_Found], count: int, up_to: int | None) -> Places:
    """How many pages have each of so many fingerprints.

    Removed pages are only looked for where they decide whether it is more than ``up_to``: in few postings more than
    that, whatever the size of the index.
    """
    lengths = sum((each.lengths for each in found), _none(count))
    gone = sum(each.segment.gone for each in found)
    if not gone:
        return lengths
    counts = np.maximum(lengths - gone, 0)
    unsure = np.flatnonzero((lengths > 0) & (up_to is None or counts <= up_to))
    counts[unsure] = sum((each.live(unsure) for each in found), _none(len(unsure)))
    return counts


def _frequent(found: Sequence[_Found], count: int, demand: Demand) -> NDArray[np.bool_]:
    """Whether each of so many fingerprints leads from no page to another."""
    if demand.most is None:
        return np.zeros(count, np.bool_)
    return _frequencies(found, count, demand.most) > demand.most


def _shared(found: _Found, question: _Question) -> Iterator[tuple[Keys, Places]]:
    """For one segment, rows and pages (in one number) and how many fingerprints they share; a page has one segment."""
    segment, has = found.segment, found.lengths[question.which] > 0
    rows, which = question.rows[has], question.which[has]
    for start, end in _steps(rows, found.lengths[which]):
        counts = found.lengths[which[start:end]]
        slots = segment.slots(spread(found.first[which[start:end]], counts))
        keys = (np.repeat(rows[start:end].astype(np.uint64), counts) << _HALF) | slots
        if segment.removed is not None:
            keys = keys[~segment.removed[slots]]
        keys, shared = np.unique(keys, return_counts=True)
        led = shared >= question.demand.at_least
        rows_, slots_, shared = _met(found, question, keys[led], shared[led])
        yield (rows_.astype(np.uint64) << _HALF) | segment.pages[slots_], shared


def _met(found: _Found, question: _Question, keys: Keys, shared: Places) -> tuple[Places, Places, Places]:
    """Those pairs (row, slot, all that they share) that meet the demand.

    Frequent fingerprints are only looked for where they can make a difference.
    """
    rows, slots = (keys >> _HALF).astype(np.int64), keys.astype(np.uint32).astype(np.int64)
    smaller = np.minimum(question.sizes[rows], found.segment.sizes[slots])
    first = np.searchsorted(question.common_rows, rows)
    common = np.searchsorted(question.common_rows, rows, "right") - first
    may = question.met(shared + common, smaller)
    rows, slots, shared, smaller, first, common = (each[may] for each in (rows, slots, shared, smaller, first, common))
    if common.any():
        owners = np.repeat(np.arange(len(rows)), common)
        held = found.holds(question.common[spread(first, common)], slots[owners])
        shared = shared + np.bincount(owners[held], minlength=len(rows))
    met = question.met(shared, smaller)
    return rows[met], slots[met], shared[met]


def _steps(rows: Places, counts: Places) -> Iterator[tuple[int, int]]:
    """Stretches of whole rows with a million postings each or little more."""
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
