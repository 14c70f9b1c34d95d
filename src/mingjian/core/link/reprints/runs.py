"""Where in two pages the text that they share stands: for many pairs at once, and the same for one."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from mingjian.core.link.reprints.joining import Numbers, spread
from mingjian.core.link.reprints.settings import JudgingSettings
from mingjian.core.link.reprints.sketches import Sketch

_HALF = np.uint64(32)


class Run(msgspec.Struct, frozen=True, gc=False):
    """The shared fingerprints of one page of a pair, by their place in the order of its text.

    ``begin`` and ``last`` are the first and the last of them, ``lead`` the share of the page's beginning that they are.
    """

    size: int
    shared: int
    begin: int
    last: int
    lead: float

    @property
    def density(self) -> float:
        """The share of what stands between the first and the last that is shared."""
        return self.shared / max(1, self.last - self.begin + 1)

    @property
    def is_tail(self) -> bool:
        """Whether the page ends with what is shared, and does not begin with it."""
        return self.last == self.size - 1 and self.begin > 0


def find_runs(
    sketches: Sequence[Sketch], first: Numbers, second: Numbers, settings: JudgingSettings
) -> list[tuple[Run, Run]]:
    """For every pair of pages, by number, the run of each that stands in the other; every pair shares something."""
    if not len(first):
        return []
    sizes = np.fromiter((sketch.size for sketch in sketches), np.int64, len(sketches))
    hashes = np.frombuffer(b"".join(sketch.hashes for sketch in sketches), "<u4").astype(np.uint64)
    held = np.sort(hashes << _HALF | np.repeat(np.arange(len(sketches), dtype=np.uint64), sizes))
    starts = np.cumsum(sizes) - sizes
    leads = np.minimum(sizes, np.maximum(settings.least_lead, (sizes * settings.lead_share).astype(np.int64)))
    sides = []
    for page, other in ((first, second), (second, first)):
        pair, row = spread(starts[page], sizes[page])
        wanted = hashes[row] << _HALF | other[pair].astype(np.uint64)
        met = held[np.minimum(np.searchsorted(held, wanted), len(held) - 1)] == wanted
        pair, place = pair[met], (row - starts[page][pair])[met]
        ends = np.searchsorted(pair, np.arange(len(page) + 1))
        in_lead = np.bincount(pair, place < leads[page][pair], len(page)) / leads[page]
        columns = (sizes[page], np.diff(ends), place[ends[:-1]], place[ends[1:] - 1], in_lead)
        sides.append([Run(*values) for values in zip(*(column.tolist() for column in columns), strict=True)])
    return list(zip(*sides, strict=True))
