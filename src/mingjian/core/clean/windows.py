"""What the window of the page is called: declared by the markup, or the first line of a page that lost its markup.

Such a title holds the headline and then names of columns and of the site; a line that gives its first part is the
headline, however many lines it was wrapped into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from mingjian.core.clean.edges import plain
from mingjian.core.clean.layout import Layout
from mingjian.core.model.span import Pair
from mingjian.core.text.folding import fold

_NAMES = ("og:title", "articletitle", "title", "h1", "json-ld:headline", "twitter:title")
_BOUNDARY = re.compile(r"[\s_|｜丨–—-]+")
_LONGEST = 200
_MOST_LINES = 6
_SHORTEST = 6
_SHORTEST_DECLARED = 2


class Window(msgspec.Struct, frozen=True):
    """A title of the window without marks, and the lengths at which a part of it ends."""

    words: str
    ends: frozenset[int]
    declared: bool

    def agrees(self, words: str) -> bool:
        """Whether the words are the title or the first parts of it."""
        return self.begins(words) and len(words) in self.ends

    def begins(self, words: str) -> bool:
        """Whether the title begins with the words."""
        shortest = _SHORTEST_DECLARED if self.declared or words == self.words else _SHORTEST
        return len(words) >= shortest and self.words.startswith(words)


def windows_of(layout: Layout) -> tuple[Window, ...]:
    """The titles of the window, each once; of a page without declarations the first words of its text."""
    declared = [declaration.value for declaration in layout.page.declarations if declaration.name in _NAMES]
    if declared:
        return tuple({raw: _window(_without_paper(layout, fold(raw)), declared=True) for raw in declared}.values())
    if not layout.lines:
        return ()
    start = layout.lines[0].start
    end = layout.folded.find("\n", start, start + _LONGEST)
    raw = layout.folded[start : end if end >= 0 else start + _LONGEST]
    return (_window(_without_paper(layout, raw), declared=False),)


def _without_paper(layout: Layout, raw: str) -> str:
    """The title without the name of the paper before the headline, as digital newspapers have it."""
    paper = layout.limits.words.paper_before.match(raw)
    return raw[paper.end() :] if paper else raw


def _window(raw: str, *, declared: bool) -> Window:
    ends = {len(plain(raw[: found.start()])) for found in _BOUNDARY.finditer(raw)}
    words = plain(raw)
    return Window(words, frozenset({*ends, len(words)}), declared)


def runs_of(layout: Layout, index: int, high: int, windows: tuple[Window, ...]) -> Iterator[Pair]:
    """The lines from this one on that together give the first part of a title: their number and where they end."""
    head = layout.folded[layout.lines[index].start]
    for window in windows:
        if head.isalnum() and not window.words.startswith(head):
            continue
        best = 0
        for count, words in _growing(layout, index, high, window):
            if window.agrees(words):
                best = count
        if best > 1:
            yield best, layout.lines[index + best - 1].end


def _growing(layout: Layout, index: int, high: int, window: Window) -> Iterator[tuple[int, str]]:
    """The words of one, two and more lines from this one on, as long as the title begins with them."""
    words = ""
    for count, place in enumerate(range(index, min(high, index + _MOST_LINES)), start=1):
        piece = plain(layout.words(place))
        if (piece and piece in words) or not window.words.startswith(words + piece):
            return
        words += piece
        if words:
            yield count, words
