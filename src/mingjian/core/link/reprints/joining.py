"""Which pages share fingerprints: one sort over all of them, no comparison of each with each."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.settings import JoinSettings

Numbers = NDArray[np.int64]
_PORTION = 1 << 22  # pairs counted at once
_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)


class Pairs(msgspec.Struct, frozen=True):
    """Pairs of page numbers, ``first < second``, sorted, and how many fingerprints each shares."""

    first: Numbers
    second: Numbers
    shared: Numbers


def join(pages: Numbers, hashes: NDArray[np.uint32], settings: JoinSettings) -> Pairs:
    """The pairs of pages that share ``least_shared`` fingerprints or more, and how many they share.

    ``pages`` and ``hashes`` give the page number of every fingerprint, no page having one twice. What stands in more
    than ``most_pages`` pages leads from no page to another, since it is some phrase that everybody uses, or the tail of
    a large site; it counts where others have led there.
    """
    order = np.sort(hashes.astype(np.uint64) << _HALF | pages.astype(np.uint64))
    held, page = order >> _HALF, (order & _LOW).astype(np.int64)
    starts = np.flatnonzero(np.diff(held, prepend=~held[:1]))
    lengths = np.diff(starts, append=len(held))
    pairs, shared = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for packed in _in_portions(page, starts, lengths, settings.most_pages):
        found = _counted(packed)
        pairs, shared = _added((pairs, shared), found) if pairs.size else found
    enough = shared >= settings.least_shared
    first, second = pairs[enough] >> 32, pairs[enough] & 0xFFFFFFFF
    frequent = np.repeat(lengths > settings.most_pages, lengths)
    common = np.sort(order[frequent] << _HALF | held[frequent])
    return Pairs(first, second, shared[enough] + count_shared(common, first, second))


def count_shared(keyed: NDArray[np.uint64], first: Numbers, second: Numbers) -> Numbers:
    """How many fingerprints the pages of each pair share, of those that are given: page and fingerprint, sorted.

    Both are packed into one number, the fingerprint in its last 32 bits.
    """
    if not keyed.size:
        return np.zeros(len(first), np.int64)
    low, high = (np.searchsorted(keyed, (first + step).astype(np.uint64) << _HALF) for step in (0, 1))
    pair, row = spread(low, high - low)
    wanted = second[pair].astype(np.uint64) << _HALF | keyed[row] & _LOW
    at = np.minimum(np.searchsorted(keyed, wanted), len(keyed) - 1)
    return np.bincount(pair[keyed[at] == wanted], minlength=len(first))


def spread(starts: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """The rows of many stretches, one behind the other, each with the number of its stretch before it.

    >>> [array.tolist() for array in spread(np.array([5, 2]), np.array([1, 3]))]
    [[0, 1, 1, 1], [5, 2, 3, 4]]
    """
    stretch = np.repeat(np.arange(len(starts)), lengths)
    row = np.arange(len(stretch)) + (starts - np.cumsum(lengths) + lengths)[stretch]
    return stretch, row


def _in_portions(page: Numbers, starts: Numbers, lengths: Numbers, most: int) -> Iterator[Numbers]:
    """Every pair of pages that one fingerprint has, packed into one number, some millions at a time."""
    held: list[Numbers] = []
    waiting = 0
    for length in np.unique(lengths[(lengths > 1) & (lengths <= most)]).tolist():
        rows = starts[lengths == length]
        pairs = length * (length - 1) // 2
        step = max(1, _PORTION // pairs)
        for low in range(0, len(rows), step):
            held.append(_pairs_of(page[rows[low : low + step, None] + np.arange(length)]))
            waiting += held[-1].size
            if waiting >= _PORTION:
                yield np.concatenate(held)
                held, waiting = [], 0
    if held:
        yield np.concatenate(held)


def _pairs_of(rows: Numbers) -> Numbers:
    """Every pair of pages of each row, the smaller number first; numbers rise in a row."""
    first, second = np.triu_indices(rows.shape[1], 1)
    pairs: Numbers = (rows[:, first] << 32 | rows[:, second]).ravel()
    return pairs


def _counted(packed: Numbers) -> tuple[Numbers, Numbers]:
    """Each pair once, and how often it came."""
    packed.sort()
    starts = np.flatnonzero(np.diff(packed, prepend=-1))
    return packed[starts], np.diff(starts, append=len(packed))


def _added(one: tuple[Numbers, Numbers], two: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    """Each pair of two countings once, and the sum of its counts."""
    pairs, counts = np.concatenate((one[0], two[0])), np.concatenate((one[1], two[1]))
    order = np.argsort(pairs, kind="stable")
    pairs = pairs[order]
    starts = np.flatnonzero(np.diff(pairs, prepend=-1))
    return pairs[starts], np.add.reduceat(counts[order], starts)
