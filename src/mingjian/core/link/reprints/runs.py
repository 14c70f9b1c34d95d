"""Where in two pages the text that they share stands: for many pairs at once, and the same for one."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from mingjian.core.link.reprints.joining import Numbers, spread
from mingjian.core.link.reprints.settings import JudgingSettings
from mingjian.core.link.reprints.sketches import Sketch

Keys = NDArray[np.uint64]
# A fingerprint of a page of a pair in 64 bits: the pair, the hash, the place, and which page of the pair it is.
_PAIRS, _LAST = 1 << 16, (1 << 15) - 1
_PAIR, _HASH, _SIDE = np.uint64(48), np.uint64(16), np.uint64(1)
_PLACES, _SECOND = np.uint64(_LAST), np.uint64(1)


class Run(msgspec.Struct, frozen=True, gc=False):
    """The shared fingerprints of one page of a pair, by their place in the order of its text.

    ``begin`` and ``last`` are the first and the last of them, ``lead`` the share of the page's beginning that they are,
    ``pieces`` the stretches in which they stand one behind the other.
    """

    size: int
    shared: int
    begin: int
    last: int
    lead: float
    pieces: int

    @property
    def density(self) -> float:
        """The share of what stands between the first and the last that is shared."""
        return self.shared / max(1, self.last - self.begin + 1)

    @property
    def is_tail(self) -> bool:
        """Whether the page ends with what is shared, and does not begin with it."""
        return self.last == self.size - 1 and self.begin > 0

    @property
    def piece(self) -> float:
        """How many fingerprints a stretch has on average: few where the words were changed throughout."""
        return self.shared / max(1, self.pieces)

    def is_inside(self, margin: int) -> bool:
        """Whether the page has words of its own before and behind, so many fingerprints of them at least."""
        return self.begin >= margin and self.last < self.size - margin

    def is_set_in(self, margin: int, density: float) -> bool:
        """Whether it is inside, and the page has hardly any words of its own between the first and the last."""
        return self.is_inside(margin) and self.density >= density


def find_runs(
    sketches: Sequence[Sketch], first: Numbers, second: Numbers, settings: JudgingSettings
) -> list[tuple[Run, Run]]:
    """For every pair of pages, by number, the run of each that stands in the other; every pair shares something."""
    sizes = np.fromiter((sketch.size for sketch in sketches), np.int64, len(sketches))
    hashes = np.frombuffer(b"".join(sketch.hashes for sketch in sketches), "<u4").astype(np.uint64)
    starts = np.cumsum(sizes) - sizes
    leads = np.minimum(sizes, np.maximum(settings.least_lead, (sizes * settings.lead_share).astype(np.int64)))
    runs: list[tuple[Run, Run]] = []
    for low in range(0, len(first), _PAIRS):
        pages = (first[low : low + _PAIRS], second[low : low + _PAIRS])
        shared = _shared_places([_packed(hashes, starts[page], sizes[page]) for page in pages])
        sides = [_runs_of(sizes[page], leads[page], *found) for page, found in zip(pages, shared, strict=True)]
        runs += zip(*sides, strict=True)
    return runs


def _packed(hashes: Keys, starts: Numbers, sizes: Numbers) -> Keys:
    """Pair, fingerprint and place of every fingerprint of one page of each pair, in one number each."""
    pair, row = spread(starts, sizes)
    place = np.minimum(row - starts[pair], _LAST).astype(np.uint64)
    packed: Keys = pair.astype(np.uint64) << _PAIR | hashes[row] << _HASH | place << _SIDE
    return packed


def _shared_places(sides: Sequence[Keys]) -> tuple[tuple[Numbers, Numbers], tuple[Numbers, Numbers]]:
    """For either side the pair and the place of what both have, by pair and place."""
    both = np.sort(np.concatenate((sides[0], sides[1] | _SECOND)))
    met = np.flatnonzero(both[1:] >> _HASH == both[:-1] >> _HASH)
    one, two = both[met], both[met + 1]
    swapped = (one & _SECOND).astype(np.bool_)
    one, two = np.where(swapped, two, one), np.where(swapped, one, two)
    ordered = (np.sort(side >> _PAIR << _PAIR | side >> _SIDE & _PLACES) for side in (one, two))
    first, second = (((side >> _PAIR).astype(np.int64), (side & _PLACES).astype(np.int64)) for side in ordered)
    return first, second


def _runs_of(sizes: Numbers, leads: Numbers, pair: Numbers, place: Numbers) -> list[Run]:
    ends = np.searchsorted(pair, np.arange(len(sizes) + 1))
    in_lead = np.bincount(pair, place < leads[pair], len(sizes)) / leads
    broken = (np.diff(place, prepend=-2) != 1) | (np.diff(pair, prepend=-1) != 0)
    pieces = np.bincount(pair[broken], minlength=len(sizes))
    columns = (sizes, np.diff(ends), place[ends[:-1]], place[ends[1:] - 1], in_lead, pieces)
    return [Run(*values) for values in zip(*(column.tolist() for column in columns), strict=True)]
