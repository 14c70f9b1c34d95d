"""Which of several articles of a page is its own: the one under the headline that the page has as its title."""

from __future__ import annotations

from collections.abc import Iterator

from mingjian.core.clean.edges import plain
from mingjian.core.clean.layout import Layout
from mingjian.core.clean.thresholds import OwnThresholds
from mingjian.core.clean.views import declared_headlines
from mingjian.core.model.span import Pair


def own_article(layout: Layout, stretch: Pair) -> Pair | None:
    """The lines of the page's own article, where a neighbour was taken for it; nothing where none was.

    The neighbour may be longer, as the comments, the next articles and the disclaimers of a page are, but it does not
    speak of what the page's title says.
    """
    limits = layout.limits.own
    if not layout.lines or stretch[0] >= stretch[1]:
        return None
    titles = _titles(layout)
    found = next(_under_titles(layout, titles, limits), None) or _under_date(layout, titles, stretch, limits)
    if found is None:
        return None
    title, own = found
    if own[0] < stretch[1] and stretch[0] < own[1]:
        return None
    told, told_there = (_told(layout, title, run, limits) for run in (own, stretch))
    return own if told >= max(limits.least_told, told_there + limits.ahead) else None


def _titles(layout: Layout) -> tuple[str, ...]:
    """What the page calls itself, without marks: by its markup, or in the first line of a text that has none."""
    declared = declared_headlines(layout)
    return declared or (() if layout.page.stretches else (plain(layout.words(0)),))


def _under_titles(layout: Layout, titles: tuple[str, ...], limits: OwnThresholds) -> Iterator[tuple[str, Pair]]:
    """Every line that repeats a title, with the running text below it, if there is some beside a line of date."""
    first = 0 if layout.page.stretches else 1
    heads = {title[:1] for title in titles}
    for index in range(first, min(limits.reach, len(layout.lines))):
        line = layout.lines[index]
        head = layout.folded[line.start]
        if line.length < limits.shortest or (head not in heads and head.isalnum()):
            continue
        words = plain(layout.words(index))
        named = len(words) >= limits.shortest and any(title.startswith(words) for title in titles)
        run = _below(layout, index, limits) if named else None
        if run is not None:
            yield words, run


def _under_date(
    layout: Layout, titles: tuple[str, ...], stretch: Pair, limits: OwnThresholds
) -> tuple[str, Pair] | None:
    """The first headline with a line of date below it, with its text; of pages that tell no title where they begin.

    What was found elsewhere has no line of date of its own.
    """
    dates = [index for index, tag in sorted(layout.tags.items()) if tag.kind == "meta" and tag.effect == "open"]
    dates = dates[: limits.above]
    above = range(stretch[0] - limits.below, stretch[0])
    if layout.page.stretches or any(index in above for index in dates):
        return None
    for date in dates:
        for index in range(date - 1, max(-1, date - 1 - limits.above), -1):
            line, words = layout.lines[index], plain(layout.words(index))
            if index not in layout.tags and not line.stops and len(words) >= limits.shortest:
                run = _below(layout, index, limits)
                return None if run is None else (words, run)
    return None


def _below(layout: Layout, headline: int, limits: OwnThresholds) -> Pair | None:
    """The running text that begins a few lines below the headline, or nothing where hardly any stands there."""
    end = len(layout.lines)
    dates = range(max(0, headline - limits.above), min(headline + limits.below, end))
    if not any(index in layout.tags and layout.tags[index].kind == "meta" for index in dates):
        return None
    places = range(headline + 1, min(headline + limits.first, end))
    low = next((index for index in places if _is_prose(layout, index, limits)), None)
    if low is None:
        return None
    high = _end(layout, low, limits)
    held = sum(layout.lines[index].length for index in range(low, high) if _is_prose(layout, index, limits))
    return (low, high) if held >= limits.least_held else None


def _end(layout: Layout, low: int, limits: OwnThresholds) -> int:
    """Behind the last line before one that rules name, or of the paragraphs that go on close behind such lines."""
    end = index = low + 1
    while index < len(layout.lines) and index - end < limits.gap:
        tag = layout.tags.get(index)
        if tag is not None and tag.effect != "line":
            break
        if (tag is None and index == end) or _is_prose(layout, index, limits):
            end = index + 1
        index += 1
    return end


def _is_prose(layout: Layout, index: int, limits: OwnThresholds) -> bool:
    line = layout.lines[index]
    whole = line.length >= limits.prose and line.stops > 0 and line.finished
    return index not in layout.tags and whole and line.links <= layout.limits.score.linked_share


def _told(layout: Layout, title: str, run: Pair, limits: OwnThresholds) -> float:
    """How many of the title's pairs of characters the run holds."""
    words = plain(layout.folded[layout.lines[run[0]].start : layout.lines[run[1] - 1].end][: limits.opening])
    pairs = {title[place : place + 2] for place in range(len(title) - 1)}
    return sum(pair in words for pair in pairs) / max(len(pairs), 1)
