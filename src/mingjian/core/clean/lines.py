"""One line model for flattened text and for HTML: the units of which a page's article and the rest are made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from mingjian.core.clean.thresholds import LineThresholds
from mingjian.core.model.page import Stretch
from mingjian.core.model.span import Pair

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_WIDE_GAP = re.compile(r"[\u3000\u2003]{2,}|[ \u00a0\u3000\u2003]{4,}")
_GAP = re.compile(r"(?<![A-Za-z0-9,.:;])\s+|\s+(?![A-Za-z0-9])")
_MARKDOWN_LINK = re.compile(r"!?\[[^\[\]\n]{0,200}\]\([^()\n]{0,2000}\)")
_FINAL = "。！？!?…”’」』）)】：:；;."
_SHORTEST_COUNTED = 10
_WORD = re.compile(r"\w")


class Line(msgspec.Struct, frozen=True, gc=False):
    """A trimmed unit of the page: a line, or a paragraph of a page that stands in one line.

    ``commas``, ``stops`` and ``calls`` (exclamations, questions, a last colon) count its marks, ``links`` is the share
    of it that is linked, ``finished`` says whether it ends as a sentence or a lead-in does, ``marks`` are the class and
    id words of the markup that it stands in.
    """

    start: int
    end: int
    commas: int = 0
    stops: int = 0
    calls: int = 0
    links: float = 0.0
    finished: bool = False
    marks: str = ""
    path: str = ""

    @property
    def length(self) -> int:
        """How many characters it has."""
        return self.end - self.start


def read_lines(text: str, stretches: Sequence[Stretch], limits: LineThresholds) -> tuple[Line, ...]:
    """The units of the page in order; together they hold every non-space character once."""
    spans = list(_spans(text, limits))
    if not stretches:
        return tuple(_line(text, start, end) for start, end in spans)
    return tuple(_marked_lines(text, spans, stretches))


def _spans(text: str, limits: LineThresholds) -> Iterator[Pair]:
    whole = max(limits.long_line, int(limits.whole_page_share * len(text.strip())))
    for found in _LINE.finditer(text):
        start, end = found.span()
        if end - start <= limits.long_line:
            yield start, end
        elif _WIDE_GAP.search(text, start, end):
            yield from _split(text, start, end, _WIDE_GAP)
        elif end - start > min(limits.whole_page_line, max(whole, limits.short_page)):
            yield from _split(text, start, end, _GAP)
        else:
            yield start, end


def _split(text: str, start: int, end: int, gap: re.Pattern[str]) -> Iterator[Pair]:
    for found in gap.finditer(text, start, end):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < end:
        yield start, end


def _line(text: str, start: int, end: int, links: float = 0.0, marks: str = "", path: str = "") -> Line:
    last = text[end - 1]
    finished = last in _FINAL
    if end - start < _SHORTEST_COUNTED:
        return Line(start, end, 0, 0, 0, links, finished, marks, path)
    count = text.count
    commas = count("，", start, end) + count(",", start, end) + count("、", start, end)
    stops = count("。", start, end) + count("；", start, end) + count(". ", start, end)
    calls = count("！", start, end) + count("？", start, end) + (last in "!?…：:")
    if last == ".":
        stops += 1
    if text.find("](", start, end) >= 0:
        linked = sum(len(found.group()) for found in _MARKDOWN_LINK.finditer(text, start, end))
        links = max(links, linked / (end - start))
    return Line(start, end, commas, stops, calls, links, finished, marks, path)


def _marked_lines(text: str, spans: Sequence[Pair], stretches: Sequence[Stretch]) -> Iterator[Line]:
    """The lines with what the markup says of them: how much is linked, and the marks of their longest stretch."""
    index, count = 0, len(stretches)
    for start, end in spans:
        while index < count and stretches[index].end <= start:
            index += 1
        linked, longest, place = 0, 0, index
        marks = path = ""
        while place < count and stretches[place].start < end:
            stretch = stretches[place]
            width = min(end, stretch.end) - max(start, stretch.start)
            if stretch.link:
                linked += width
            if width > longest:
                longest, marks, path = width, stretch.marks, stretch.path
            place += 1
        yield _line(text, start, end, linked / (end - start), marks, path)


def has_words(text: str, start: int, end: int) -> bool:
    """Whether a letter, digit or character stands in ``start..end``."""
    return _WORD.search(text, start, end) is not None
