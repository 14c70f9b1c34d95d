"""Where the characters of a page's normal form stand on the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import msgspec

from mingjian.core.model.span import Pair


class Edit(msgspec.Struct, frozen=True, gc=False):
    """``text[start:end]`` of the longer text is ``shown`` in the shorter: nothing, or one character.

    What is shown as nothing lies between two characters and belongs to neither.
    """

    start: int
    end: int
    shown: str = ""


class OffsetMap(msgspec.Struct, frozen=True):
    """What was edited, in order: from where to where in the longer text, and from where to where in the shorter."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    opens: tuple[int, ...]
    closes: tuple[int, ...]

    def to_page(self, offset: int) -> int:
        """Where in the longer text begins what begins at this place of the shorter."""
        index = bisect_right(self.opens, offset) - 1
        if index < 0:
            return offset
        beyond = offset - self.closes[index]
        return self.ends[index] + beyond if beyond >= 0 else self.starts[index]

    def end_to_page(self, offset: int) -> int:
        """Where in the longer text ends what ends at this place of the shorter."""
        index = bisect_left(self.opens, offset) - 1
        return offset if index < 0 else self.ends[index] + offset - self.closes[index]

    def from_page(self, offset: int) -> int:
        """The place in the shorter text of a place in the longer; inside an edit, behind what is shown of it."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0:
            return offset
        if offset >= self.ends[index]:
            return self.closes[index] + offset - self.ends[index]
        return self.opens[index] if offset == self.starts[index] else self.closes[index]


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """The text after the edits, which stand in order and do not overlap, and the map back.

    >>> text, offsets = apply("聯(lián)通", [Edit(0, 7, "聯")])
    >>> text, offsets.to_page(1), offsets.end_to_page(1), offsets.from_page(3)
    ('聯通', 7, 7, 1)
    """
    parts: list[str] = []
    rows: list[tuple[int, int, int, int]] = []
    reached = length = 0
    for edit in edits:
        parts += (text[reached : edit.start], edit.shown)
        opens = length + edit.start - reached
        length = opens + len(edit.shown)
        rows.append((edit.start, edit.end, opens, length))
        reached = edit.end
    parts.append(text[reached:])
    starts, ends, opened, closed = zip(*rows, strict=True) if rows else ((), (), (), ())
    return "".join(parts), OffsetMap(starts, ends, opened, closed)


def pair_to_page(maps: Iterable[OffsetMap], pair: Pair) -> Pair:
    """The pair carried through maps, the last made first."""
    start, end = pair
    for offsets in maps:
        start, end = offsets.to_page(start), offsets.end_to_page(end)
    return start, end
