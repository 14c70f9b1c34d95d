"""Which segments are merged when pages come in.

Segments stand in order of size. What is small is merged with what comes in, and so is each next one that is not more
than so many times as large as all that is already being merged: sizes grow geometrically, their number with the
logarithm of the pages, and a page is written again as often as that.
"""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.store.fingerprints.segments import MOST_PAGES, MOST_POSTINGS, Segment

_SMALL = 256  # pages: to write so many again costs no more than to make a file of one
_TIMES = 2
_REMOVED = 0.25  # of the pages of a segment: then it is written again without them


def to_merge(segments: Sequence[Segment], coming: int, *, small: int = _SMALL) -> int:
    """How many of the last of these segments, the largest first, are to be merged with so many pages that come in."""
    pages, postings = coming, 0
    count = 0
    for segment in reversed(segments):
        postings += len(segment.tails)
        fits = pages + segment.live < MOST_PAGES // 2 and postings < MOST_POSTINGS // 2
        if not fits or segment.live > max(small, _TIMES * pages):
            break
        pages += segment.live
        count += 1
    return count


def is_hollow(segment: Segment) -> bool:
    """Whether so many pages of a segment were removed that it is worth writing it again."""
    return segment.gone > _REMOVED * len(segment.pages)
