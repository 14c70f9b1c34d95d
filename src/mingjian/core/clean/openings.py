"""What stands before the first words of an article and looks like them: account names, column labels, contents."""

from __future__ import annotations

import re

from mingjian.core.clean.edges import plain
from mingjian.core.clean.layout import Layout

_ACCOUNT = re.compile(r"[一-鿿]{2,6}")
_CONTENTS = re.compile(r"(?:\d{1,2}[.、．]|[(（]\d{1,2}[)）])\s*")
_LEAST_REPEATED = 3
_MOST_LISTED = 150  # lines; every one is looked for in the whole page
_HEAD_SHARE = 0.4
_SHORTEST = 6
_LEAST_BELOW = 25


def find_account(layout: Layout, low: int, high: int) -> int | None:
    """The index of a first line that is a bare name: the byline that mirrors put over an article without headline."""
    if not layout.lines or high <= low or low > 1:
        return None
    line = layout.lines[0]
    if line.length > 4 or not _ACCOUNT.fullmatch(layout.folded, line.start, line.end) or 0 in layout.tags:
        return None
    return 0 if len(layout.lines) > 1 and layout.lines[1].length >= _LEAST_BELOW else None


def find_column(layout: Layout, low: int, high: int) -> tuple[int, int] | None:
    """The line whose first words are a column's label glued to the first sentence, and where the label ends."""
    if low >= high:
        return None
    line = layout.lines[low]
    found = layout.limits.words.column_label.match(layout.folded, line.start, line.end)
    return (low, found.end()) if found and line.stops else None


def find_contents(layout: Layout, low: int, high: int) -> int:
    """Where the article begins behind a list of contents: numbered lines whose words stand again further down."""
    if high - low < 2 * _LEAST_REPEATED:
        return low
    last, count = low, 0
    for index in range(low, low + min(int((high - low) * _HEAD_SHARE), _MOST_LISTED)):
        line = layout.lines[index]
        number = _CONTENTS.match(layout.folded, line.start, line.end)
        if number is None:
            continue
        words = layout.folded[number.end() : line.end].rstrip("；;。 ")
        if len(words) >= _SHORTEST and layout.folded.find(words, line.end) >= 0:
            last, count = index + 1, count + 1
    if count < _LEAST_REPEATED:
        return low
    while last < high and (last in layout.tags or not plain(layout.words(last))):
        last += 1
    return last
