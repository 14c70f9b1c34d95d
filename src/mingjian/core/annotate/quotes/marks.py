"""The quotation marks of a page, each beside the one that it opens or closes with: found once, asked by place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

import msgspec

OPENING = "“「"
_QUOTATION = re.compile("[“”「」]")


class Marks(msgspec.Struct, frozen=True):
    """The places of all marks, and of each pair by either of its ends; marks of both kinds close one another."""

    places: Sequence[int]
    opens: frozenset[int]
    partners: Mapping[int, int]

    def closing(self, start: int, high: int) -> int | None:
        """Where the quotation that begins at ``start`` ends, if before ``high``."""
        close = self.partners.get(start, -1)
        return close if start < close < high else None

    def opening(self, low: int, close: int) -> int | None:
        """Where the quotation that ends at ``close`` begins, if not before ``low``."""
        start = self.partners.get(close, -1)
        return start if low <= start < close else None

    def unclosed(self, low: int, high: int) -> int | None:
        """Where the last quotation of the stretch opens, if no mark of the stretch follows."""
        number = bisect_left(self.places, high) - 1
        if number < 0 or self.places[number] < low:
            return None
        return self.places[number] if self.places[number] in self.opens else None


def marks_of(folded: str) -> Marks:
    """The quotation marks of a folded text.

    >>> marks = marks_of("“甲“乙”丙”")
    >>> marks.closing(0, 7), marks.opening(0, 4), marks.unclosed(0, 3)
    (6, 2, 2)
    """
    places: list[int] = []
    opens: set[int] = set()
    waiting: list[int] = []
    partners: dict[int, int] = {}
    for match in _QUOTATION.finditer(folded):
        place = match.start()
        places.append(place)
        if match[0] in OPENING:
            opens.add(place)
            waiting.append(place)
        elif waiting:
            start = waiting.pop()
            partners[start], partners[place] = place, start
    return Marks(places, frozenset(opens), partners)
