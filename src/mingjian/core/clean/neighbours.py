"""Which of several articles of a page is its own: the one under the headline that the page has as its title."""

from __future__ import annotations

from mingjian.core.clean.edges import plain
from mingjian.core.clean.layout import Layout
from mingjian.core.model.span import Pair

_REACH = 400  # lines in which the headline stands again
_BELOW = 8  # lines between the headline and the line of date
_SHORTEST = 8
_PROSE = 40  # a line of the article is no shorter


def own_article(layout: Layout, stretch: Pair) -> Pair:
    """The lines of the page's own article, where a longer neighbour was taken for it."""
    if layout.page.stretches or not layout.lines:
        return stretch
    own = _under_title(layout)
    if own is None or stretch[0] < own[1]:
        return stretch
    return own


def _under_title(layout: Layout) -> Pair | None:
    """The lines below the second copy of the page's title and its line of date, up to the next line that rules name."""
    title = plain(layout.words(0))
    for index in range(1, min(_REACH, len(layout.lines))):
        line = layout.lines[index]
        if not _SHORTEST <= line.length <= len(title) + _SHORTEST:
            continue
        words = plain(layout.words(index))
        if len(words) >= _SHORTEST and title.startswith(words):
            found = _below_date(layout, index)
            if found is not None:
                return found
    return None


def _below_date(layout: Layout, headline: int) -> Pair | None:
    for index in range(headline + 1, min(headline + _BELOW, len(layout.lines))):
        tag = layout.tags.get(index)
        if tag is not None and tag.kind == "meta" and tag.effect == "open":
            return _run(layout, index + 1)
    return None


def _run(layout: Layout, low: int) -> Pair | None:
    """The lines from ``low`` up to the next that a rule names, if running text stands among them."""
    high = low
    while high < len(layout.lines) and high not in layout.tags:
        high += 1
    lines = layout.lines[low:high]
    return (low, high) if any(line.length >= _PROSE and line.stops and line.finished for line in lines) else None
