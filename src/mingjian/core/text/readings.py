"""Inserted readings: some mirrors put the pinyin of a character behind it, as in ``聯(lián)通``.

Annotators see the page without them, beside a map of offsets back to the page; the page itself is never rewritten.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

import msgspec

# A form of writing, not words: one syllable of pinyin in brackets right behind a Han character. Bare letters, as in
# 人工智能(ai), are taken for a reading only on a page that has several with tone marks.
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńň"
_READING = re.compile(rf"(?<=[\u3400-\u9fff])[(（][a-züɡ{_TONES}]{{1,7}}[)）]")
_TONED = re.compile(rf"(?<=[\u3400-\u9fff])[(（][a-zü]{{0,6}}[{_TONES}]")
_LEAST = 3


class OffsetMap(msgspec.Struct, frozen=True):
    """Where the characters of a shortened text stand in the longer one.

    ``cuts`` are places of the shortened text before which something was left out, in order; ``lost`` how much had been
    left out up to and with each. What was left out belongs to the character before it.
    """

    cuts: tuple[int, ...]
    lost: tuple[int, ...]

    def to_page(self, offset: int) -> int:
        """The place in the page of a place in the shortened text."""
        index = bisect_right(self.cuts, offset)
        return offset + (self.lost[index - 1] if index else 0)

    def from_page(self, offset: int) -> int:
        """The place in the shortened text of a place in the page; inside what was left out, the place of the cut."""
        index = bisect_right(self._page_cuts(), offset)
        before = self.lost[index - 1] if index else 0
        reached = offset - before
        return min(reached, self.cuts[index]) if index < len(self.cuts) else reached

    def _page_cuts(self) -> list[int]:
        """Where in the page each thing left out ends."""
        return [cut + lost for cut, lost in zip(self.cuts, self.lost, strict=True)]


def without_readings(text: str) -> tuple[str, OffsetMap] | None:
    """The text without inserted readings and the map back, or ``None`` where it has none.

    >>> text, offsets = without_readings("聯(lián)通(tōng)公(gōng)司")
    >>> text, offsets.to_page(1), offsets.to_page(4)
    ('聯通公司', 7, 22)
    >>> without_readings("人工智能(ai)") is None
    True
    """
    if len(_TONED.findall(text)) < _LEAST:
        return None
    places = [match.span() for match in _READING.finditer(text)]
    lost = list(accumulate(end - start for start, end in places))
    cuts = [end - gone for (_, end), gone in zip(places, lost, strict=True)]
    return _READING.sub("", text), OffsetMap(tuple(cuts), tuple(lost))
