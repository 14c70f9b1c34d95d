"""Where words stand: the one noun on which every value rests."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from mingjian.errors import EvidenceError

Layer: TypeAlias = Literal["text", "html", "url"]
Pair: TypeAlias = tuple[int, int]


class Place(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Where words are printed: the page from 1, and left, top, right and bottom in points from its upper left corner.

    ``confidence`` (0 to 1) is set where the words were recognised in a picture: that of the least sure line.
    """

    page: int
    box: tuple[float, float, float, float]
    confidence: float | None = None


class Span(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Words of one layer of one page: ``layer[start:end] == text``, counted in Unicode code points.

    ``also`` names other places of the same layer where the same words stand; ``place`` is set on printed pages.
    Build one with ``cite``, which copies the words; a span without words cannot be made.
    """

    start: int
    end: int
    text: str
    also: tuple[Pair, ...] = ()
    layer: Layer = "text"
    place: Place | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.text) != self.end - self.start:
            held = f"{self.start}..{self.end} {self.text!r}"
            raise EvidenceError(f"a span must hold the words between its ends, got {held}")

    @property
    def pair(self) -> Pair:
        """The two ends, as facts list them in ``parts`` and ``mentions``."""
        return (self.start, self.end)

    def of(self, layer_text: str) -> str:
        """The words that stand in ``layer_text`` where this span points."""
        return layer_text[self.start : self.end]


def cite(layer_text: str, start: int, end: int, layer: Layer = "text") -> Span:
    """The span of ``layer_text[start:end]``: raises ``EvidenceError`` where nothing stands.

    >>> cite("到2027年", 1, 5).text
    '2027'
    """
    return Span(start, end, layer_text[start:end], (), layer)
