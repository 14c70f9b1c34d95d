"""Which pages share fingerprints: one sort over all of them, no comparison of each with each."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.settings import JoinSettings

Numbers = NDArray[np.int64]


class Pairs(msgspec.Struct, frozen=True):
    """Pairs of page numbers, ``first < second``, sorted, and how many fingerprints each shares."""

    first: Numbers
    second: Numbers
    shared: Numbers


def join(pages: Numbers, hashes: NDArray[np.uint32], settings: JoinSettings) -> Pairs:
    """The pairs of pages that share ``least_shared`` fingerprints or more.

    ``pages`` and ``hashes`` give the page number of every fingerprint, no page having one twice; numbers count pages
    in order of time. Of the pages that have one fingerprint, only the ``first_pages`` first ones are paired with others:
    so a phrase that everybody uses costs little, and a text copied a thousand times still leads to its source.
    """
    order = np.sort(hashes.astype(np.uint64) << np.uint64(32) | pages.astype(np.uint64))
    held, page = order >> np.uint64(32), (order & np.uint64(0xFFFFFFFF)).astype(np.int64)
    starts = np.flatnonzero(np.diff(held, prepend=~held[:1]))
    lengths = np.diff(starts, append=len(held))
    packed = [
        _pairs_of(page[starts[lengths == length, None] + np.arange(length)], settings.first_pages)
        for length in np.unique(lengths)
        if length > 1
    ]
    if not packed:
        nothing = np.zeros(0, np.int64)
        return Pairs(nothing, nothing, nothing)
    pairs, shared = _counted(np.concatenate(packed))
    enough = shared >= settings.least_shared
    pairs, shared = pairs[enough], shared[enough]
    return Pairs(pairs >> 32, pairs & 0xFFFFFFFF, shared)


def _pairs_of(rows: Numbers, first_pages: int) -> Numbers:
    """The first pages of each row paired with those behind them, each pair packed into one number; pages ascend."""
    first, second = np.triu_indices(min(first_pages, rows.shape[1]), 1, rows.shape[1])
    pairs: Numbers = (rows[:, first] << 32 | rows[:, second]).ravel()
    return pairs


def _counted(packed: Numbers) -> tuple[Numbers, Numbers]:
    packed.sort()
    starts = np.flatnonzero(np.diff(packed, prepend=-1))
    return packed[starts], np.diff(starts, append=len(packed))
