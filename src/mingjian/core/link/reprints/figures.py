"""What two sketches have in common, counted: for many pairs at once, and the same for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.joining import Numbers, spread
from mingjian.core.link.reprints.settings import JudgingSettings
from mingjian.core.link.reprints.sketches import Sketch

Keys = NDArray[np.uint64]
_HALF = np.uint64(32)
_STIR = np.uint64(0x9E3779B97F4A7C15)


class Figures(msgspec.Struct, frozen=True, gc=False):
    """Shared fingerprints, their share of either page, slots of both that agree and that conflict.

    ``most`` and ``least`` are the greater and the smaller share, ``alike`` whether one page holds most of the other.
    """

    shared: int
    first_share: float
    second_share: float
    most: float
    least: float
    alike: bool
    agreeing: int
    conflicting: int


class SlotTable(msgspec.Struct, frozen=True):
    """The slots of many pages: each key and each value of it once a page, sorted.

    ``keyed`` packs page and key, ``filled`` page, key and value (hashed); ``starts`` has one entry a page and one more.
    """

    keyed: Keys
    filled: Keys
    starts: Numbers


def count_slots(sketches: Sequence[Sketch]) -> SlotTable:
    """The slots of the pages, numbered as they come."""
    counts = np.fromiter((len(sketch.keys) // 4 for sketch in sketches), np.int64, len(sketches))
    page = np.repeat(np.arange(len(sketches), dtype=np.uint64), counts)
    key = np.frombuffer(b"".join(sketch.keys for sketch in sketches), "<u4").astype(np.uint64)
    value = np.frombuffer(b"".join(sketch.values for sketch in sketches), "<u4").astype(np.uint64)
    keyed = page << _HALF | key
    order = np.lexsort((value, keyed))
    keyed, value = keyed[order], value[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(keyed) != 0) | (np.diff(value) != 0)
    keyed, value = keyed[new], value[new]
    starts = np.searchsorted(keyed, np.arange(len(sketches) + 1, dtype=np.uint64) << _HALF)
    return SlotTable(keyed, _filled(keyed, value), starts)


def _filled(keyed: Keys, value: Keys) -> Keys:
    """Page, and a hash of key and value that does not depend on the page."""
    slot = (keyed << _HALF | value) * _STIR
    return (keyed >> _HALF) << _HALF | (slot ^ slot >> np.uint64(29)) >> _HALF


def compare_slots(table: SlotTable, first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
    """For every pair of pages how many slots agree and how many conflict: keys of both that share no value."""
    counts = table.starts[first + 1] - table.starts[first]
    pair, row = spread(table.starts[first], counts)
    page = second[pair].astype(np.uint64) << _HALF
    key = table.keyed[row] & np.uint64(0xFFFFFFFF)
    low, high = (np.searchsorted(table.keyed, page | key, side) for side in ("left", "right"))
    met = high > low
    pair, row, held = pair[met], row[met], (high - low)[met]
    if not pair.size:
        nothing = np.zeros(len(first), np.int64)
        return nothing, nothing
    key, page = key[met], page[met]
    starts = np.flatnonzero((np.diff(pair, prepend=-1) != 0) | (np.diff(key, prepend=~key[:1]) != 0))
    agreeing = np.add.reduceat(_is_held(table, row, page), starts)
    smaller = np.minimum(np.diff(starts, append=len(pair)), held[starts])
    pair = pair[starts]
    agreed = np.bincount(pair, agreeing, len(first)).astype(np.int64)
    return agreed, np.bincount(pair, smaller - agreeing, len(first)).astype(np.int64)


def _is_held(table: SlotTable, row: Numbers, page: Keys) -> Numbers:
    """1 where the other page has the very slot of the row, with the very value."""
    ordered = np.sort(table.filled)
    wanted = page | ((table.filled[row]) & np.uint64(0xFFFFFFFF))
    at = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    held: Numbers = (ordered[at] == wanted).astype(np.int64)
    return held


def share_figures(
    shared: Numbers, first: Numbers, second: Numbers, settings: JudgingSettings
) -> tuple[NDArray[Any], ...]:
    """The first six columns of ``Figures`` for many pairs; of the pages, their sizes are given."""
    shares = shared / np.maximum(1, first), shared / np.maximum(1, second)
    most, least = np.maximum(*shares), np.minimum(*shares)
    short = (shared >= settings.least_shared) & (least >= settings.short_share)
    return shared, *shares, most, least, (most >= settings.contained) & ((shared >= settings.sure_shared) | short)


def figures_of(first: Sketch, second: Sketch, settings: JudgingSettings) -> Figures:
    """The figures of one pair."""
    shared = np.intersect1d(first.fingerprints, second.fingerprints, assume_unique=True).size
    shares = share_figures(np.array([shared]), np.array([first.size]), np.array([second.size]), settings)
    slots = compare_slots(count_slots((first, second)), np.array([0]), np.array([1]))
    return Figures(*(column[0].item() for column in (*shares, *slots)))
