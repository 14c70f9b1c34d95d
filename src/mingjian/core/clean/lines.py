"""One line model for flattened text and for HTML: the units of which a page's article and the rest are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from mingjian.core.clean.joints import rejoin
from mingjian.core.clean.thresholds import LineThresholds
from mingjian.core.model.page import Stretch
from mingjian.core.model.span import Pair
from mingjian.core.text.folding import with_line_feeds
from mingjian.core.text.sentences import trim

_WIDE_GAP = re.compile(r"[\u3000\u2003]{2,}|[ \u00a0\u3000\u2003]{4,}")
_TWO_SPACES = re.compile(r"[ \u00a0\u3000\u2003]{2}")
_GAP = re.compile(r"(?<![·•])(?<![0-9][.)])(?:(?<![A-Za-z0-9,.:;])\s+|\s+(?![A-Za-z0-9]))(?![·•])")
_MARKDOWN_LINK = re.compile(r"!?\[[^\[\]\n]{0,200}\]\([^()\n]{0,2000}\)")
_FINAL = "。！？!?…”’」』）)】：:；;."
_SENTENCE_END = re.compile(r"(?<![。！？])[。！？]++[”’」』）)]*+(?=[^。！？”’」』）)])")
_LONGEST_UNIT = 300
_SHORTEST_COUNTED = 10
_BROKEN_OFF = re.compile(r"[^…]…$|\.\.\.$")
_LONGEST_BROKEN = 40  # a line that breaks off is a headline cut short, up to this length
_COUNTED = re.compile(r"[，,、。；.！？\]]")
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


def read_lines(
    text: str, stretches: Sequence[Stretch], limits: LineThresholds, cuts: Sequence[int] = ()
) -> tuple[Line, ...]:
    """The units of the page in order, parted at the cuts too; together they hold every non-space character once."""
    spans = _spans(text, limits)
    if cuts:
        spans = list(_parted(text, spans, cuts))
    if stretches:
        return tuple(_marked_lines(text, spans, stretches))
    return tuple([_line(text, start, end) for start, end in spans])


def _spans(text: str, limits: LineThresholds) -> list[Pair]:
    spans: list[Pair] = []
    long_line = limits.long_line
    whole = max(long_line, int(limits.whole_page_share * len(text.strip())), limits.short_page)
    whole = min(limits.whole_page_line, whole)
    place = 0
    for line in with_line_feeds(text).split("\n"):
        length = len(words := line.strip())
        if words:
            start = place if length == len(line) else place + len(line) - len(line.lstrip())
            if length <= long_line:
                spans.append((start, start + length))
            else:
                spans += _parts(text, start, start + length, whole)
        place += len(line) + 1
    return spans


def _parts(text: str, start: int, end: int, whole: int) -> Sequence[Pair]:
    """The paragraphs of a long line: parted at wide gaps, or at any gap where it is longer than ``whole``."""
    if end - start > whole:
        return tuple(_in_sentences(text, rejoin(text, _split(text, start, end, _GAP))))
    if _TWO_SPACES.search(text, start, end):
        return tuple(_split(text, start, end, _WIDE_GAP))
    return ((start, end),)


def _in_sentences(text: str, spans: Iterable[Pair]) -> Iterator[Pair]:
    """The units, those that are longer than paragraphs are taken apart at the ends of their sentences."""
    for start, end in spans:
        if end - start > _LONGEST_UNIT:
            for found in _SENTENCE_END.finditer(text, start, end):
                yield start, found.end()
                start = found.end()
        if start < end:
            yield start, end


def _parted(text: str, spans: Sequence[Pair], cuts: Sequence[int]) -> Iterator[Pair]:
    """The units, parted at places that are given in order."""
    index = 0
    for start, end in spans:
        while index < len(cuts) and cuts[index] < end:
            piece = trim(text, start, max(start, cuts[index]))
            if piece[0] < piece[1]:
                yield piece
            start = max(start, cuts[index])
            index += 1
        piece = trim(text, start, end)
        if piece[0] < piece[1]:
            yield piece


def _split(text: str, start: int, end: int, gap: re.Pattern[str]) -> Iterator[Pair]:
    for found in gap.finditer(text, start, end):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < end:
        yield start, end


def _line(text: str, start: int, end: int, links: float = 0.0, marks: str = "", path: str = "") -> Line:
    last = text[end - 1]
    broken = end - start <= _LONGEST_BROKEN and _BROKEN_OFF.search(text, end - 3, end) is not None
    finished = last in _FINAL and not broken
    if end - start < _SHORTEST_COUNTED or not (finished or _COUNTED.search(text, start, end)):
        return Line(start, end, 0, 0, 0, links, finished, marks, path)
    count = text.count
    commas = count("，", start, end) + count(",", start, end) + count("、", start, end)
    stops = count("。", start, end) + count("；", start, end) + count(". ", start, end)
    calls = count("！", start, end) + count("？", start, end) + (last in "!?…：:" and not broken)
    if last == "." and not broken:
        stops += 1
    if text.find("](", start, end) >= 0:
        linked = sum(len(found.group()) for found in _MARKDOWN_LINK.finditer(text, start, end))
        links = max(links, linked / (end - start))
    return Line(start, end, commas, stops, calls, links, finished, marks, path)


def _marked_lines(text: str, spans: Sequence[Pair], stretches: Sequence[Stretch]) -> Iterator[Line]:
    """The lines with what the markup says of them: how much is linked, and the marks of their longest stretch."""
    index, count = 0, len(stretches)
    for start, end in spans:
        while index < count and (stretch := stretches[index]).end <= start:
            index += 1
        if index < count and stretch.start <= start and end <= stretch.end:
            yield _line(text, start, end, float(stretch.link), stretch.marks, stretch.path)
            continue
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
