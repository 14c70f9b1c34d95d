"""Titles in the body: 《…》, whose dates and numbers are names and no facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from mingjian.core.model.article import Article
from mingjian.core.model.span import Pair

_LONGEST = 120


def titles_of(article: Article) -> tuple[Pair, ...]:
    """The stretches between 《 and the next 》 of the same line, in page order."""
    text = article.folded
    found: list[Pair] = []
    place = text.find("《")
    while place >= 0:
        end = text.find("》", place, place + _LONGEST)
        if end < 0 or "\n" in text[place:end]:
            end = place
        else:
            found.append((place, end + 1))
        place = text.find("《", end + 1)
    return tuple(found)


def inside(stretches: Sequence[Pair], offset: int) -> bool:
    """Whether the place lies inside one of the stretches, which are in page order and do not overlap."""
    index = bisect_right(stretches, (offset, len(stretches) and stretches[-1][1] + 1)) - 1
    return index >= 0 and stretches[index][1] > offset
