"""Printed pages as every reader of such pages sees them: pieces of lines with their places, whatever they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

import msgspec

_WIDE = re.compile("[\u2e80-\uffee\U00020000-\U0003ffff]")
_EITHER = re.compile("[\u2014\u2018-\u201d\u2026]")
_HAS_HAN = re.compile("[\u3400-\u9fff]")


class Piece(msgspec.Struct, frozen=True, gc=False):
    """Words that stand side by side on one line, in points from the upper left corner of a page that stands upright.

    ``size`` is that of its letters, ``red`` how much redder than black they are (0 to 255); ``confidence`` is set where
    the words were recognised in a picture.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    red: int = 0
    confidence: float | None = None


Row = tuple[Piece, ...]
"""Pieces of one height, from left to right."""


class Sheet(msgspec.Struct, frozen=True):
    """One printed page: its rows from top to bottom, and the words that stand across it (``asides``).

    ``turn`` is how many quarters clockwise it was turned for its words to stand upright.
    """

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    asides: Row = ()
    turn: int = 0

    def displayed(self, piece: Piece) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the piece on the page as it is shown, before it was turned."""
        wide, high = self.width, self.height
        left, top, right, bottom = piece.left, piece.top, piece.right, piece.bottom
        box = (
            (left, top, right, bottom),
            (top, wide - right, bottom, wide - left),
            (wide - right, high - bottom, wide - left, high - top),
            (high - bottom, left, high - top, right),
        )[self.turn]
        return round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)


class Picture(msgspec.Struct, frozen=True):
    """A page as a grey picture: its pixels row by row, ``scale`` of them to a point."""

    number: int
    width: int
    height: int
    scale: float
    pixels: bytes = b""


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line of a column: its pieces (several in a row of a table), its page, and the column that it stands in.

    ``column`` counts on the page; 0 is what runs over its whole width.
    """

    pieces: Row
    page: int
    column: int = 0

    @property
    def text(self) -> str:
        """Its words, with tabs between the cells of a row."""
        return "\t".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.pieces[-1].right

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(piece.bottom for piece in self.pieces)

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        return max(self.pieces, key=lambda piece: len(piece.text)).size


def body_size(pieces: Iterable[Piece]) -> float:
    """The size in which most words are set."""
    counts: dict[float, int] = {}
    for piece in pieces:
        size = round(piece.size * 2) / 2
        counts[size] = counts.get(size, 0) + len(piece.text)
    return max(counts, key=lambda size: (counts[size], size)) if counts else 0.0


def joint(before: str, after: str) -> str:
    """What stands between two lines that are joined: a space between Latin words, nothing beside Han characters.

    >>> joint("人工", "智能"), joint("big", "data"), joint("12", "0亿元")
    ('', ' ', '')
    """
    last, first = before[-1:], after[:1]
    if _WIDE.match(last) or _WIDE.match(first) or (_EITHER.match(last) and _EITHER.match(first)):
        return ""
    if (_EITHER.match(last) or _EITHER.match(first)) and _HAS_HAN.search(before + after):
        return ""
    if last.isdecimal() and first in "0123456789.,%" and _HAS_HAN.search(before + after):
        return ""
    return " "


def rows_of(pieces: Iterable[Piece]) -> tuple[Row, ...]:
    """The pieces as rows: those whose middles are less than half a line apart, by a fixed first one."""
    rows: list[list[Piece]] = []
    middle = 0.0
    for piece in sorted(pieces, key=lambda one: (one.top + one.bottom, one.left)):
        here = (piece.top + piece.bottom) / 2
        if rows and here - middle < 0.5 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
            middle = here
    return tuple(tuple(sorted(row, key=lambda one: (one.left, one.right, one.text))) for row in rows)


def middle_size(rows: Sequence[Row]) -> float:
    """The median size of the pieces, 10 where there are none."""
    return median([piece.size for row in rows for piece in row] or [10.0])
