"""Cue words of one kind, asked by place."""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from mingjian.core.text.matching import Match


class Cues(msgspec.Struct, frozen=True):
    """The matches of one kind of cue in page order, with their places."""

    starts: tuple[int, ...]
    matches: tuple[Match, ...]

    def between(self, start: int, end: int) -> tuple[Match, ...]:
        """The cues that begin in ``start..end``."""
        return self.matches[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
