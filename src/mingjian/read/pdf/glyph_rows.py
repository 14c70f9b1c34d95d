"""From the glyphs of a printed page to rows of words: what stands on one baseline, parted at wide gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from mingjian.read.printed.sheets import Piece, Row, Sheet

# All in widths or heights of a letter.
_SAME_BASELINE = 0.2
_CELL_GAP = 1.5
_WORD_GAP = 0.15
_TYPED_GAP = 0.15  # a typed space between Han characters that is set narrower than this is none
_ADJOINING = 0.5
_RAISED, _LOWERED = 0.65, 0.4
_SMALL = 0.8
_TWICE = 0.5  # of its own width: a glyph printed again so near by is made bold that way
_ASCENT, _DESCENT = 0.88, 0.16

_ACROSS = 10  # degrees
_LIGHT = 150  # of 255
_LARGE = 1.8  # times the size of most letters
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffee\u3000-\u303f\U00020000-\U0003ffff]")


class Glyph(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One printed character, in points from the upper left corner of the page."""

    character: str
    left: float
    top: float
    right: float
    bottom: float
    origin: float
    baseline: float
    size: float
    angle: int
    shade: int
    red: int


def sheet_of(number: int, frame: tuple[float, float], turn: int, glyphs: Sequence[Glyph]) -> Sheet:
    """The page of these glyphs: watermarks are left out, which are large and light, or stand aslant."""
    width, height = frame
    seen = [glyph for glyph in glyphs if glyph.right > 0 and glyph.left < width and 0 < glyph.baseline <= height]
    usual = _usual_size(seen)
    upright = [glyph for glyph in seen if abs(glyph.angle) <= _ACROSS]
    across = [glyph for glyph in seen if abs(glyph.angle) > _ACROSS and glyph.angle % 90 in (0, 1, 89)]
    upright = [glyph for glyph in upright if glyph.shade < _LIGHT or glyph.size < _LARGE * usual]
    rows = tuple(filter(None, (_pieces(row) for row in _with_raised(_by_baseline(upright)))))
    asides = tuple(piece for piece in _asides(across) if piece.text)
    return Sheet(number, width, height, rows, asides, turn)


def _usual_size(glyphs: Sequence[Glyph]) -> float:
    counts = Counter(glyph.size for glyph in glyphs if not glyph.character.isspace())
    return max(counts, key=lambda size: (counts[size], size)) if counts else 0.0


def _by_baseline(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (one.baseline, one.left)):
        if rows and glyph.baseline - rows[-1][0].baseline <= max(0.5, _SAME_BASELINE * glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda one: (one.left, one.right)) for row in rows]


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """The rows with raised and lowered small letters in the row beside which they stand."""
    kept: list[list[Glyph]] = [list(row) for row in rows]
    for index, row in enumerate(rows):
        if not row:
            continue
        for place in (index + 1, index - 1):
            if 0 <= place < len(rows) and kept[place]:
                moved = [run for run in _runs(kept[index]) if _hangs_on(run, rows[place], raised=place > index)]
                for run in moved:
                    kept[index] = [glyph for glyph in kept[index] if glyph not in run]
                    kept[place] = sorted([*kept[place], *run], key=lambda one: (one.left, one.right))
    return [row for row in kept if row]


def _runs(row: Sequence[Glyph]) -> list[list[Glyph]]:
    runs: list[list[Glyph]] = []
    for glyph in row:
        if runs and glyph.left - runs[-1][-1].right < glyph.size * _ADJOINING:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _hangs_on(run: Sequence[Glyph], row: Sequence[Glyph], *, raised: bool) -> bool:
    """Whether the few small letters belong to larger ones a little below or above them."""
    size = max(glyph.size for glyph in row)
    if max(glyph.size for glyph in run) >= _SMALL * size or len(run) > 12:
        return False
    shift = row[0].baseline - run[0].baseline
    if not (0 < shift < _RAISED * size if raised else 0 < -shift < _LOWERED * size):
        return False
    near = _ADJOINING * size
    return any(-near < run[0].left - one.right < near or -near < one.left - run[-1].right < near for one in row)


def _pieces(row: Sequence[Glyph]) -> Row:
    return tuple(_piece(cell) for cell in _cells(row))


def _cells(row: Sequence[Glyph]) -> Iterator[list[tuple[str, Glyph]]]:
    """The runs of glyphs between wide gaps, each glyph with the space that stands before it."""
    cell: list[tuple[str, Glyph]] = []
    typed = False
    for glyph in row:
        if glyph.character.isspace():
            typed = True
            continue
        if not cell:
            cell = [("", glyph)]
            typed = False
            continue
        last = cell[-1][1]
        gap = glyph.left - last.right
        if gap > _CELL_GAP * max(glyph.size, last.size):
            yield cell
            cell = [("", glyph)]
        elif not _is_shadow(glyph, last):
            cell.append((_space(last, glyph, gap, typed), glyph))
        typed = False
    if cell:
        yield cell


def _is_shadow(glyph: Glyph, last: Glyph) -> bool:
    """Whether the glyph is the one before it printed again; letters of one ligature stand at one place, too."""
    if glyph.character != last.character:
        return False
    shift = glyph.left - last.left
    return shift < _TWICE * (glyph.right - glyph.left) and (shift > 0 or _HAN.match(glyph.character) is not None)


def _space(last: Glyph, glyph: Glyph, gap: float, typed: bool) -> str:
    """A space where one was typed and shows, or where Latin letters stand apart without one."""
    size = min(last.size, glyph.size)
    wide = bool(_HAN.match(last.character)) + bool(_HAN.match(glyph.character))
    if typed:
        return " " if wide < 2 or gap > _TYPED_GAP * size else ""
    return " " if wide == 0 and gap > _WORD_GAP * size else ""


def _piece(cell: Sequence[tuple[str, Glyph]]) -> Piece:
    glyphs = [glyph for _, glyph in cell]
    size = _usual_size(glyphs)
    plain = [glyph for glyph in glyphs if glyph.size >= _SMALL * size]
    baseline = plain[0].baseline
    return Piece(
        "".join(space + glyph.character for space, glyph in cell),
        glyphs[0].left,
        baseline - _ASCENT * size,
        max(glyph.right for glyph in glyphs),
        baseline + _DESCENT * size,
        size,
        min(glyph.red for glyph in glyphs),
    )


def _asides(glyphs: Sequence[Glyph]) -> Iterator[Piece]:
    """Words that stand across the page, in the order of the file."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and (glyph.angle != run[-1].angle or glyph.size != run[-1].size):
            yield _aside(run)
            run = []
        run.append(glyph)
    if run:
        yield _aside(run)


def _aside(run: Sequence[Glyph]) -> Piece:
    text = " ".join("".join(glyph.character for glyph in run).split())
    left, top = min(glyph.left for glyph in run), min(glyph.top for glyph in run)
    right, bottom = max(glyph.right for glyph in run), max(glyph.bottom for glyph in run)
    return Piece(text, left, top, right, bottom, run[0].size)
