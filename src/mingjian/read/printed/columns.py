"""The order in which a printed page is read: down each column, row by row where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from mingjian.read.printed.sheets import Line, Piece, Row, Sheet, middle_size

_GUTTER = 0.9  # letters
_NARROWEST = 8  # letters
_FEWEST = 4  # lines of a column
_FILLED = 0.75  # of the width of its column
_FULL_LINES = 0.5  # of the lines of a column
_DEEPEST = 3
_MOST_PIECES = 8_000

Pair = tuple[float, float]


class _Gutter(msgspec.Struct, frozen=True):
    """White space between two columns, and the rows that it parts."""

    low: int
    high: int
    left: float
    right: float


def lines_in_order(sheet: Sheet) -> tuple[Line, ...]:
    """The lines of the page in reading order."""
    if sum(map(len, sheet.rows)) > _MOST_PIECES:
        return tuple(Line(row, sheet.number) for row in sheet.rows)
    ordered: list[Line] = []
    last = 0
    for rows, apart in _blocks(sheet.rows, middle_size(sheet.rows), _DEEPEST):
        last += apart
        ordered += [Line(row, sheet.number, last if apart else 0) for row in rows]
    return tuple(ordered)


def _blocks(rows: Sequence[Row], size: float, depth: int) -> Iterator[tuple[Sequence[Row], bool]]:
    """Runs of rows to be read one after another; the flag says that a run is a column."""
    place = start = 0
    while place < len(rows):
        gutter = _gutter(rows, place, size) if depth else None
        if gutter is None:
            place += 1
            continue
        if start < place:
            yield rows[start:place], False
        middle = (gutter.left + gutter.right) / 2
        taken = rows[gutter.low : gutter.high]
        for side in (_side(taken, middle, left=True), _side(taken, middle, left=False)):
            parts = list(_blocks(side, size, depth - 1))
            yield from parts if any(apart for _, apart in parts) else [(side, True)]
        place = start = gutter.high
    if start < len(rows):
        yield rows[start:], False


def _side(rows: Sequence[Row], middle: float, *, left: bool) -> list[Row]:
    sides = (tuple(piece for piece in row if (piece.left < middle) == left) for row in rows)
    return [side for side in sides if side]


def _gutter(rows: Sequence[Row], low: int, size: float) -> _Gutter | None:
    """The gutter of the columns that begin with the row, if any do."""
    left = min(row[0].left for row in rows)
    right = max(piece.right for row in rows for piece in row)
    free: list[Pair] = [(left, right)]
    high, best = low, free
    while high < len(rows):
        rest = [gap for gap in _without(free, rows[high]) if gap[1] - gap[0] > _GUTTER * size]
        if not rest:
            break
        free = best = rest
        high += 1
    if high - low < _FEWEST:
        return None
    found = [_Gutter(low, high, *gap) for gap in best]
    parting = [gutter for gutter in found if _parts_prose(rows[low:high], gutter, size)]
    return max(parting, key=lambda gutter: (gutter.right - gutter.left, -gutter.left)) if parting else None


def _without(free: Sequence[Pair], row: Row) -> Iterator[Pair]:
    for low, high in free:
        for piece in row:
            if piece.right <= low or piece.left >= high:
                continue
            if piece.left > low:
                yield low, piece.left
            low = max(low, piece.right)
        if low < high:
            yield low, high


def _parts_prose(rows: Sequence[Row], gutter: _Gutter, size: float) -> bool:
    """Whether both sides are columns of running lines, most of which fill them: the cells of tables seldom do."""
    middle = (gutter.left + gutter.right) / 2
    return all(_is_column(_side(rows, middle, left=left), size) for left in (True, False))


def _is_column(rows: Sequence[Row], size: float) -> bool:
    if len(rows) < _FEWEST:
        return False
    left, right = min(row[0].left for row in rows), max(_last(row).right for row in rows)
    if right - left < _NARROWEST * size:
        return False
    full = sum(_covered(row) > _FILLED * (right - left) for row in rows)
    return full >= _FULL_LINES * len(rows) and full >= _FEWEST - 1


def _covered(row: Row) -> float:
    return sum(piece.right - piece.left for piece in row)


def _last(row: Row) -> Piece:
    return max(row, key=lambda piece: piece.right)
