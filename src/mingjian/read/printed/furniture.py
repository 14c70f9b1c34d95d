"""What stands on printed pages and is no running text: headers, footers, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

import msgspec

from mingjian.read.printed.sheets import Line, Sheet

Part: TypeAlias = Literal["page-header", "page-footer", "page-number", "footnote"]

_EDGE = 0.14  # of the page's height
_OUTERMOST = 3  # lines
_SAME_HEIGHT = 6.0  # points
_OFTEN = 0.3  # of the pages
_SMALL = 0.93  # of the size of the running text
_DEEP = 0.45  # footnotes stand below this share of the page
_NUMERAL = r"(?:\d{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6})"
_COUNTED = r"[一二三四五六七八九十百\d]{1,5}"
_PAGE_NUMBER = re.compile(
    rf"[-—–_·•.~～\s]{{0,6}}{_NUMERAL}[-—–_·•.~～\s]{{0,6}}"
    rf"|(?:第\s?{_COUNTED}\s?页|共\s?{_COUNTED}\s?页)(?:\s?[,，/／、|（(]?\s?(?:共|第)\s?{_COUNTED}\s?页?[)）]?)?"
    rf"|\d{{1,4}}\s?[/／]\s?\d{{1,4}}|[Pp](?:age|\.)?\s?\d{{1,4}}(?:\s?(?:of|/)\s?\d{{1,4}})?"
)
_BARE = re.compile(r"\d{1,4}")
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,4}[)）、.．]|第[一二三四五六七八九十\d]{1,4}[章节条款]")
_NOTE = re.compile(
    r"[①-⑳*＊※†‡]|[\[［【〔(（]\d{1,3}[\]］】〕)）]|\d{1,3}(?=[ \u4e00-\u9fffA-Za-z《“\"])"
    r"|(?:脚?注|注释)\s?\d{0,2}[:：]"
)


class Parted(msgspec.Struct, frozen=True):
    """The lines of the running text, and those that are something else, each with what it is."""

    running: tuple[Line, ...]
    aside: tuple[tuple[Line, Part], ...]


def part(sheets: Sequence[Sheet], lines: Mapping[int, Sequence[Line]], size: float) -> Parted:
    """Tells the running text of all pages from the rest, by position and repetition.

    ``lines`` are those of each page in reading order, ``size`` is that of the running text.
    """
    edges = {sheet.number: _edges(lines[sheet.number], sheet.height) for sheet in sheets}
    repeated = _repeated(edges, len(sheets))
    numbered = _numbered(edges)
    running: list[Line] = []
    aside: list[tuple[Line, Part]] = []
    for sheet in sheets:
        edge = edges[sheet.number]
        parts: dict[int, Part] = {}
        for stack, at_top in ((edge.upper, True), (edge.lower, False)):
            for line in stack:
                kind = _kind(line, at_top, sheet.number, repeated, numbered)
                if kind is None and not any(_side_by_side(line, other) for other in stack if other is not line):
                    break
                if kind is not None:
                    parts[id(line)] = kind
        kept = [line for line in lines[sheet.number] if id(line) not in parts]
        aside += [(line, parts[id(line)]) for line in lines[sheet.number] if id(line) in parts]
        notes = _footnotes(kept, sheet, size)
        running += [line for line in kept if id(line) not in notes]
        aside += [(line, "footnote") for line in kept if id(line) in notes]
    return Parted(tuple(running), tuple(aside))


class _Edges(msgspec.Struct, frozen=True):
    """The lines at the upper and at the lower edge of a page, outermost first."""

    upper: tuple[Line, ...]
    lower: tuple[Line, ...]


def _edges(lines: Sequence[Line], height: float) -> _Edges:
    upper = sorted((line for line in lines if line.bottom < _EDGE * height), key=lambda line: (line.top, line.left))
    lower = sorted(
        (line for line in lines if line.top > (1 - _EDGE) * height), key=lambda line: (-line.bottom, line.left)
    )
    return _Edges(tuple(upper[:_OUTERMOST]), tuple(lower[:_OUTERMOST]))


def _outer(edges: _Edges) -> Iterator[tuple[Line, bool]]:
    yield from ((line, True) for line in edges.upper)
    yield from ((line, False) for line in edges.lower)


def _side_by_side(one: Line, two: Line) -> bool:
    return one.top < two.bottom and two.top < one.bottom


def _worn(text: str) -> str:
    """The words without their figures and spaces, which differ from page to page."""
    return _DIGITS.sub("#", "".join(text.split()))


def _repeated(edges: Mapping[int, _Edges], pages: int) -> frozenset[tuple[str, int]]:
    """The words that stand at the same height on several pages: with the height, in bands of a few points."""
    counts: Counter[tuple[str, int]] = Counter()
    for edge in edges.values():
        counts.update({(_worn(line.text), band) for line, _ in _outer(edge) for band in _bands(line)})
    least = max(2, min(5, round(_OFTEN * pages)))
    return frozenset(key for key, count in counts.items() if count >= least)


def _bands(line: Line) -> tuple[int, int]:
    band = int(line.top // _SAME_HEIGHT)
    return band, band + 1 if line.top % _SAME_HEIGHT > _SAME_HEIGHT / 2 else band - 1


def _numbered(edges: Mapping[int, _Edges]) -> int | None:
    """By how much the bare figures at the edges differ from the pages' places, if they do so alike."""
    shifts = Counter(
        figure - number for number, edge in edges.items() for line, _ in _outer(edge) for figure in _figures(line)
    )
    if not shifts:
        return None
    shift, count = max(shifts.items(), key=lambda item: (item[1], -abs(item[0])))
    return shift if count > 1 or shift == 0 else None


def _figures(line: Line) -> tuple[int, ...]:
    """The bare figures at the ends of the line, which may be its page's number."""
    ends = dict.fromkeys((line.pieces[0].text.strip(), line.pieces[-1].text.strip()))
    return tuple(int(text) for text in ends if _BARE.fullmatch(text) and text.isascii())


def _kind(
    line: Line, at_top: bool, number: int, repeated: frozenset[tuple[str, int]], shift: int | None
) -> Part | None:
    text = line.text.strip()
    counted = shift is not None and number + shift in _figures(line)
    if _PAGE_NUMBER.fullmatch(text):
        return None if _BARE.fullmatch(text) and not counted else "page-number"
    if counted and len(line.pieces) > 1:
        return "page-header" if at_top else "page-footer"
    if not _NUMBERED.match(text) and any((_worn(text), band) in repeated for band in _bands(line)):
        return "page-header" if at_top else "page-footer"
    return None


def _footnotes(lines: Sequence[Line], sheet: Sheet, size: float) -> frozenset[int]:
    """The lines (by identity) of notes at the foot of the columns: small, below all else, the first with a mark."""
    notes: set[int] = set()
    for column in sorted({line.column for line in lines}):
        stack = [line for line in lines if line.column == column]
        first = len(stack)
        while first > 0 and stack[first - 1].size < _SMALL * size and stack[first - 1].top > _DEEP * sheet.height:
            first -= 1
        while first < len(stack) and not _NOTE.match(stack[first].text):
            first += 1
        if (
            0 < first < len(stack)
            and len(stack[first].pieces) == 1
            and stack[first].top - stack[first - 1].bottom > _usual_gap(stack[first:])
        ):
            notes.update(id(line) for line in stack[first:])
    return frozenset(notes)


def _usual_gap(lines: Sequence[Line]) -> float:
    """The least white between two lines of the notes; without a second line, that of tightly set text."""
    return min((two.top - one.bottom for one, two in pairwise(lines)), default=0.0)
