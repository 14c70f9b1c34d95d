"""Where the article begins and ends: the main stretch cut at closing lines and grown to its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingjian.core.clean.layout import Layout
from mingjian.core.clean.lines import Line
from mingjian.core.model.span import Pair

_FRAME = "【】"
_LISTED = 12  # attachments in a row
_RUN = re.compile(r"[^\W_]+")


def trim_stretch(layout: Layout, scores: Sequence[float], stretch: Pair) -> Pair:
    """The stretch without what stands before its line of date and source and behind its first closing line."""
    low, high = stretch
    total = sum(score for score in scores[low:high] if score > 0)
    limits = layout.limits.edges
    passed = 0.0
    for index in range(low, high):
        tag = layout.tags.get(index)
        if tag is not None and tag.effect == "open" and passed < limits.head_share * total:
            low = index + 1
        elif tag is not None and tag.effect == "close" and passed > limits.tail_share * total:
            high = index
            break
        passed += max(scores[index], 0.0)
    return _without_tags(layout, low, high)


def _without_tags(layout: Layout, low: int, high: int) -> Pair:
    """The stretch without dropped lines at its ends."""
    while low < high and low in layout.tags:
        low += 1
    while high > low and (high - 1) in layout.tags:
        high -= 1
    return low, high


def grow_stretch(layout: Layout, stretch: Pair, headlines: frozenset[str]) -> Pair:
    """The stretch with the short lines that belong to it: up to the heading or line of date, down to the signature."""
    low, high = stretch
    if low >= high:
        return stretch
    return _grow_up(layout, low, headlines), _grow_down(layout, high)


def _grow_up(layout: Layout, low: int, headlines: frozenset[str]) -> int:
    limits = layout.limits.edges
    index = low
    while index > 0 and low - index < limits.grow_up:
        if not _may_join(layout, index - 1, headlines):
            break
        index -= 1
    above = layout.tags.get(index - 1)
    anchored = index == 0 or (above is not None and (above.effect == "open" or above.kind == "credit"))
    anchored = anchored or (index > 0 and _is_headline(layout, index - 1, headlines))
    if anchored:
        return index
    while low > index and layout.lines[low - 1].finished:
        low -= 1
    return low


def _may_join(layout: Layout, index: int, headlines: frozenset[str]) -> bool:
    line = layout.lines[index]
    short = line.length < layout.limits.edges.grow_least and not _is_framed(layout, line)
    if index in layout.tags or short or line.links > 0.3:
        return False
    if layout.words(index) in layout.limits.menu:
        return False
    return not _is_headline(layout, index, headlines)


def _is_framed(layout: Layout, line: Line) -> bool:
    """Whether the line is the heading of a part in brackets, and no button."""
    framed = layout.folded.startswith(_FRAME[0], line.start) and layout.folded[line.end - 1] == _FRAME[1]
    return framed and layout.folded[line.start + 1 : line.end - 1] not in layout.limits.menu


def _is_headline(layout: Layout, index: int, headlines: frozenset[str]) -> bool:
    """Whether the line is a copy of the headline."""
    line = layout.lines[index]
    return any(line.length >= len(words) for words in headlines) and plain(layout.words(index)) in headlines


def _grow_down(layout: Layout, high: int) -> int:
    """Takes in bylines, signatures and attachments behind the last paragraph."""
    limits = layout.limits.edges
    bylines = {found.index for found in layout.fields.get("byline", ()) if _whole(layout, found.index, found.match)}
    dates = {found.index for found in layout.fields.get("published", ()) if _whole(layout, found.index, found.match)}
    end = high
    for index in range(high, min(high + limits.grow_down, len(layout.lines))):
        signed = index in bylines or (index in dates and "年" in layout.words(index))
        if signed or (index == end and _carries_on(layout, index)):
            end = index + 1
        elif index in layout.tags or layout.lines[index].length < 4:
            break
    return end


def _carries_on(layout: Layout, index: int) -> bool:
    """Whether the line is a numbered heading, names an attachment, or is the last words of a page broken off."""
    line = layout.lines[index]
    if index in layout.tags or line.links > layout.limits.score.linked_share:
        return False
    if index + 1 == len(layout.lines) and not line.finished and line.commas:
        return True
    return names_attachment(layout, index)


def names_attachment(layout: Layout, index: int) -> bool:
    """Whether the line names an attachment or heads a part of a document, or is one of a list below such a line."""
    words = layout.limits.words
    for place in range(index, max(-1, index - _LISTED), -1):
        line = layout.words(place)
        if words.carries_on.match(line) is not None:
            return True
        if words.further.match(line) is None:
            return False
    return False


def _whole(layout: Layout, index: int, match: object) -> bool:
    line = layout.lines[index]
    width = getattr(match, "end") - getattr(match, "start")  # noqa: B009
    return bool(width >= line.length - 3)


def plain(words: str) -> str:
    """The words without spaces and marks at which copies of a headline differ."""
    return "".join(_RUN.findall(words))
