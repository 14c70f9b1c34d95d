"""A segment: the postings of some pages, sorted by fingerprint, never changed once built.

Postings are pairs of a fingerprint (32 bits) and a page; a page has a fingerprint once. The pages of a segment are
numbered by their place in it (slots), so that a posting needs two bytes for its page, and three in large segments.
A directory over the first ``bits`` bits of the fingerprints says where the postings of each such head start; with 16
bits and more in the directory, only the last 16 of a fingerprint are kept with the posting (``tails``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mingjian.errors import DamageError

REBUILD = "it will be made anew from the pages: run mingjian reindex"

Numbers = NDArray[np.uint32]
Keys = NDArray[np.uint64]  # fingerprint in the upper half, slot in the lower: one sort orders postings
Places = NDArray[np.int64]
Unsigned = NDArray[np.unsignedinteger]

_HALF = np.uint64(32)
_LOWER = np.uint64(0xFFFFFFFF)
_CROWDED = 128  # postings of one head: from here on, a search by halves is cheaper than looking at each
_CHUNK = 1 << 21  # postings that a merge holds at a time
_SHORT_TAILS_FROM = 1 << 18  # postings: below, a directory of 16 bits costs more than it saves
_NARROW = 1 << 16  # pages whose slots need no third byte
MOST_PAGES = 1 << 24  # what three bytes can number
MOST_POSTINGS = (1 << 32) - 1  # what a directory of 32-bit places can point into


@dataclass(frozen=True, slots=True)
class Layout:
    """The shape of a segment: counts of pages and postings, and what follows from them."""

    pages: int
    postings: int

    @property
    def bits(self) -> int:
        """So many that a head has 8 to 16 postings on average."""
        by_size = max(4, (self.postings // 8).bit_length() - 1)
        return max(16, by_size) if self.postings >= _SHORT_TAILS_FROM else min(15, by_size)

    @property
    def tail(self) -> np.dtype[np.unsignedinteger]:
        """The type of the part of a fingerprint that is kept: with a short directory, all of it."""
        return np.dtype(np.uint16 if self.bits >= 16 else np.uint32)

    @property
    def uppers(self) -> int:
        """How many postings have a third byte of their slot: all or none."""
        return self.postings if self.pages > _NARROW else 0


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Postings in columns, in memory or mapped from a file.

    ``pages`` (numbers, rising) and ``sizes`` (how many fingerprints each has) by slot; ``starts`` by head, one more
    than heads; by posting ``tails``, the two ``lower`` bytes of the slot and its ``upper`` byte (none where all would
    be zero). ``removed`` by slot, nothing where no page was taken out.
    """

    pages: Numbers
    sizes: Numbers
    starts: Numbers
    tails: Unsigned
    lower: NDArray[np.uint16]
    upper: NDArray[np.uint8]
    removed: NDArray[np.bool_] | None = None

    @property
    def bits(self) -> int:
        """How many bits of a fingerprint the directory takes."""
        return len(self.starts).bit_length() - 1

    @property
    def gone(self) -> int:
        """How many pages were taken out."""
        return 0 if self.removed is None else int(np.count_nonzero(self.removed))

    @property
    def live(self) -> int:
        """How many pages there are."""
        return len(self.pages) - self.gone

    def find(self, hashes: Numbers) -> tuple[Places, Places]:
        """Where the postings of each fingerprint start and how many there are, those of removed pages too."""
        heads = (hashes >> np.uint32(32 - self.bits)).astype(np.int64)
        first = self.starts[heads].astype(np.int64)
        lengths = self.starts[heads + 1].astype(np.int64) - first
        if lengths.min(initial=0) < 0 or (first + lengths).max(initial=0) > len(self.tails):
            raise DamageError("index of fingerprints", "its directory points to nowhere", REBUILD)
        sought = hashes.astype(self.tails.dtype)
        found = np.zeros(len(hashes), np.int64)
        for number in np.nonzero(lengths > _CROWDED)[0]:
            tails = self.tails[first[number] : first[number] + lengths[number]]
            start, end = tails.searchsorted(sought[number]), tails.searchsorted(sought[number], "right")
            first[number], found[number], lengths[number] = first[number] + start, end - start, 0
        owners = np.repeat(np.arange(len(hashes)), lengths)
        tails, wanted = self.tails[spread(first, lengths)], sought[owners]
        found += np.bincount(owners[tails == wanted], minlength=len(hashes))
        first += np.bincount(owners[tails < wanted], minlength=len(hashes))
        return first, found

    def slots(self, places: Places | slice) -> Unsigned:
        """The slots of the postings at these places."""
        if not len(self.upper):
            return self.lower[places]
        return (self.upper[places].astype(np.uint32) << np.uint32(16)) | self.lower[places]

    def slots_of(self, pages: Numbers) -> Places:
        """The slots of those of these pages that are here and not removed."""
        places = np.minimum(np.searchsorted(self.pages, pages), max(len(self.pages) - 1, 0))
        here = places[self.pages[places] == pages] if len(self.pages) else places[:0]
        return here if self.removed is None else here[~self.removed[here]]

    def without(self, slots: Places) -> Segment:
        """The segment with these pages taken out."""
        removed = np.zeros(len(self.pages), np.bool_) if self.removed is None else self.removed.copy()
        removed[slots] = True
        return replace(self, removed=removed)

    def place(self, boundary: int, bits: int) -> int:
        """Where the postings start whose first ``bits`` bits are ``boundary`` or more."""
        if bits <= self.bits:
            return int(self.starts[boundary << (self.bits - bits)])
        if boundary >> bits:
            return len(self.tails)
        return int(np.searchsorted(self.tails, np.uint32(boundary << (32 - bits))))

    def hashes(self, start: int, end: int) -> Numbers:
        """The fingerprints of a stretch of postings that starts with a head."""
        if self.tails.dtype == np.uint32:
            return self.tails[start:end].astype(np.uint32)
        first, after = np.searchsorted(self.starts, np.array((start, end), np.uint32))  # of its type: no copy
        heads = np.arange(first, after, dtype=np.uint32) >> np.uint32(self.bits - 16)
        counts = self.starts[first + 1 : after + 1] - self.starts[first:after]
        return (np.repeat(heads, counts) << np.uint32(16)) | self.tails[start:end]


def spread(first: Places, lengths: Places) -> Places:
    """The places of all stretches, one behind the other: ``[5, 9], [2, 3]`` gives ``[5, 6, 9, 10, 11]``."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(first - ends + lengths, lengths)


def segment_of(pages: Numbers, fingerprints: Sequence[Numbers]) -> Segment:
    """The segment of these pages, which are all different; a fingerprint counts once a page."""
    order = np.argsort(pages)
    slots = np.empty(len(pages), np.uint64)
    slots[order] = np.arange(len(pages), dtype=np.uint64)
    hashes = np.concatenate([np.empty(0, np.uint32), *fingerprints]).astype(np.uint64)
    keys = np.unique((hashes << _HALF) | np.repeat(slots, [len(page) for page in fingerprints]))
    sizes = np.bincount((keys & _LOWER).astype(np.int64), minlength=len(pages)).astype(np.uint32)
    layout = Layout(len(pages), len(keys))
    chunk = columns_of(keys, layout, 0, 1 << layout.bits)
    return Segment(
        pages[order].astype(np.uint32), sizes, starts_of([chunk.counts]), chunk.tails, chunk.lower, chunk.upper
    )


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """The postings of some heads as columns, with how many there are by head."""

    counts: Places
    tails: Unsigned
    lower: NDArray[np.uint16]
    upper: NDArray[np.uint8]


def columns_of(keys: Keys, layout: Layout, head: int, heads: int) -> Chunk:
    """Sorted keys of so many heads, from one on, as columns."""
    hashes = keys >> _HALF
    counts = np.bincount((hashes >> np.uint64(32 - layout.bits)).astype(np.int64) - head, minlength=heads)
    upper = (keys[: layout.uppers] >> np.uint64(16)).astype(np.uint8)
    return Chunk(counts, hashes.astype(layout.tail), keys.astype(np.uint16), upper)


def starts_of(counts: Sequence[Places]) -> Numbers:
    """The directory for the counts of postings by head."""
    return np.cumsum(np.concatenate([np.zeros(1, np.int64), *counts])).astype(np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class Merging:
    """Several segments as one: its pages and sizes, and how to get at its postings a chunk at a time."""

    sources: tuple[Segment, ...]
    pages: Numbers
    sizes: Numbers

    @property
    def layout(self) -> Layout:
        """The shape of what comes out."""
        return Layout(len(self.pages), int(self.sizes.sum(dtype=np.int64)))

    def chunks(self) -> Iterator[Chunk]:
        """The postings, in the order of the fingerprints."""
        layout = self.layout
        bits = max(0, (layout.postings // _CHUNK).bit_length())
        slots = [np.searchsorted(self.pages, source.pages).astype(np.uint64) for source in self.sources]
        heads = 1 << (layout.bits - bits)
        for number in range(1 << bits):
            keys = [_keys(*pair, number, bits) for pair in zip(self.sources, slots, strict=True)]
            yield columns_of(np.sort(np.concatenate(keys)), layout, number * heads, heads)

    def in_memory(self) -> Segment:
        """The segment itself."""
        chunks = list(self.chunks())
        return Segment(
            self.pages,
            self.sizes,
            starts_of([chunk.counts for chunk in chunks]),
            np.concatenate([chunk.tails for chunk in chunks]),
            np.concatenate([chunk.lower for chunk in chunks]),
            np.concatenate([chunk.upper for chunk in chunks]),
        )


def merging(segments: Sequence[Segment]) -> Merging:
    """How to make one segment of several that have no page in common; removed pages stay out."""
    kept = [slice(None) if segment.removed is None else ~segment.removed for segment in segments]
    pages = np.concatenate([segment.pages[live] for segment, live in zip(segments, kept, strict=True)])
    sizes = np.concatenate([segment.sizes[live] for segment, live in zip(segments, kept, strict=True)])
    order = np.argsort(pages)
    return Merging(tuple(segments), pages[order], sizes[order])


def _keys(source: Segment, slots: Keys, number: int, bits: int) -> Keys:
    """The keys of one chunk of a source, with the slots of the segment that comes out."""
    start, end = source.place(number, bits), source.place(number + 1, bits)
    own = source.slots(slice(start, end))
    keys = (source.hashes(start, end).astype(np.uint64) << _HALF) | slots[own]
    return keys if source.removed is None else keys[~source.removed[own]]
