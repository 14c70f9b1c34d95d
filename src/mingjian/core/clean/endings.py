"""Articles whose lines are no paragraphs.

Verses and short lines before the credits, names before a signature, and pages without a sentence: lists of names,
tables, poems.
"""

from __future__ import annotations

from mingjian.core.clean.edges import plain
from mingjian.core.clean.inserts import CLOCK
from mingjian.core.clean.layout import Layout
from mingjian.core.clean.scoring import is_prose
from mingjian.core.model.article import Kind
from mingjian.core.model.span import Pair

_REACH = 40  # lines behind the article in which the credits may stand
_SIGNED = 80  # and the date of the signature
_ENDED = 0.3  # the share of the lines before the credits that end as verses and sentences do
_ROWS = 4  # the fewest lines of an attachment
_CREDITS: frozenset[Kind] = frozenset({"credit", "copyright"})
_BARS: frozenset[Kind] = frozenset({"toolbar", "share", "comment", "nav", "caption", "related", "ad"})
_BOX = 60  # lines of a box below the first paragraph
_ROW = 40  # characters of one of its lines
_SHORTEST = 2
_LEAST = 24  # characters of an article without a sentence
_SHARE = 0.3  # and its share of the page


def lengthen(layout: Layout, stretch: Pair) -> Pair:
    """The article with the lines of it that stand behind its last run of paragraphs."""
    low, high = stretch
    if low >= high:
        return stretch
    end = _attached(layout, low, high)
    if end is None and not layout.page.stretches:
        end = _signature(layout, high) or _verses(layout, high)
    return low, end or high


def find_lead(layout: Layout, low: int, headline: Pair) -> int | None:
    """The paragraph below the headline from which a box or a bar of short lines parts the rest of the article."""
    words = plain(layout.folded[slice(*headline)])
    lead = None
    for index in range(low - 1, max(-1, low - _BOX), -1):
        line, tag = layout.lines[index], layout.tags.get(index)
        if tag is None and line.stops and line.finished and is_prose(line, layout.limits.score):
            lead = index
        elif plain(layout.words(index)) == words and (lead is not None or line.start < headline[0]):
            return lead
        elif line.length > _ROW or (tag is not None and tag.kind not in _BARS):
            return None
    return None


def find_box(layout: Layout, lead: int, low: int) -> tuple[int, ...]:
    """The lines between the first paragraph and the rest that are neither paragraphs, times, nor the last heading."""
    return tuple(
        index
        for index in range(lead + 1, low - 1)
        if not layout.lines[index].stops and not CLOCK.fullmatch(layout.words(index))
    )


def bare_stretch(layout: Layout) -> Pair:
    """The longest run of lines that nothing speaks against, where no line of the page reads as running text."""
    best, best_pair = 0, (0, 0)
    length, start = 0, 0
    for index, line in enumerate(layout.lines):
        if index in layout.tags or not _may_be_text(layout, index):
            length = 0
            continue
        start = index if length == 0 else start
        length += line.length
        if length > best:
            best, best_pair = length, (start, index + 1)
    whole = sum(line.length for line in layout.lines)
    return best_pair if best >= _LEAST and best >= _SHARE * whole else (0, 0)


def _signature(layout: Layout, high: int) -> int | None:
    """The line behind the date that signs the document, if only plain lines stand before that and an office signs."""
    days = {
        found.index
        for found in layout.fields.get("published", ())
        if "年" in found.match.text and layout.lines[found.index].length <= found.match.end - found.match.start + 2
    }
    for index in range(high, min(high + _SIGNED, len(layout.lines))):
        if index in days:
            signed = index > high and layout.limits.words.signature.search(layout.words(index - 1))
            return index + 1 if signed else None
        if index in layout.tags or not _may_be_row(layout, index):
            return None
    return None


def _verses(layout: Layout, high: int) -> int | None:
    """The line of credits, if enough of the lines before that end as verses and sentences do."""
    ended = 0
    for index in range(high, min(high + _REACH, len(layout.lines))):
        tag = layout.tags.get(index)
        if tag is not None and tag.kind in _CREDITS:
            return index if index > high and ended >= _ENDED * (index - high) else None
        if tag is not None or not _may_be_text(layout, index):
            return None
        ended += layout.lines[index].finished or layout.words(index)[-1] in "，,、"
    return None


def _attached(layout: Layout, low: int, high: int) -> int | None:
    """Where the rows end that stand below the heading of an attachment."""
    headings = (index for index in range(max(low, high - 1), min(high + 2, len(layout.lines))))
    if not any(layout.limits.words.attachment.match(layout.words(index)) for index in headings):
        return None
    end = high
    while end < len(layout.lines) and end not in layout.tags and _may_be_row(layout, end):
        end += 1
    return end if end >= high + _ROWS else None


def _may_be_row(layout: Layout, index: int) -> bool:
    return layout.lines[index].length < _SHORTEST or _may_be_text(layout, index)


def _may_be_text(layout: Layout, index: int) -> bool:
    """Whether the line is neither linked nor a word of a menu."""
    line = layout.lines[index]
    if line.links > layout.limits.score.linked_share or line.length < _SHORTEST:
        return False
    return layout.words(index) not in layout.limits.menu
