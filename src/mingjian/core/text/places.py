"""Places of words in the body: where they stand again, and which stretches overlap."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter

from ahocorasick_rs import AhoCorasick

from mingjian.core.model.article import BodyBlock
from mingjian.core.model.span import Pair

_START = attrgetter("start")
_MANY = 60  # from here on, building an automaton costs less than looking for each


def block_at(body: Sequence[BodyBlock], place: int) -> BodyBlock:
    """The block that begins at the place or last before it.

    >>> block_at([BodyBlock(0, 3, "paragraph"), BodyBlock(4, 9, "paragraph")], 5).start
    4
    """
    return body[bisect_right(body, place, key=_START) - 1]


def find_words(text: str, body: Sequence[BodyBlock], words: str) -> Iterator[Pair]:
    """Every place in the body where the words stand, in page order, none overlapping the one before.

    >>> list(find_words("甲乙甲", [BodyBlock(0, 3, "paragraph")], "甲"))
    [(0, 1), (2, 3)]
    """
    if not words or not body:
        return
    number, high = 0, body[-1].end
    start = text.find(words, body[0].start, high)
    while start >= 0:
        end = start + len(words)
        while body[number].end <= start:
            number += 1
        if body[number].start <= start and end <= body[number].end:
            yield start, end
            start = text.find(words, end, high)
        else:
            start = text.find(words, start + 1, high)


def find_many(text: str, body: Sequence[BodyBlock], words: Sequence[str]) -> dict[str, list[Pair]]:
    """For each of the words what ``find_words`` gives; a long list is looked for in one pass over the text.

    >>> find_many("甲乙甲", [BodyBlock(0, 3, "paragraph")], ["甲", "丙"])
    {'甲': [(0, 1), (2, 3)], '丙': []}
    """
    if len(words) < _MANY or not body:
        return {each: list(find_words(text, body, each)) for each in words}
    places: dict[str, list[Pair]] = {each: [] for each in words}
    listed = [each for each in places if each]
    automaton = AhoCorasick(listed)
    for block in body:
        found = automaton.find_matches_as_indexes(text[block.start : block.end], overlapping=True)
        for number, low, high in sorted(found, key=itemgetter(1)):
            so_far = places[listed[number]]
            if not so_far or so_far[-1][1] <= low + block.start:
                so_far.append((low + block.start, high + block.start))
    return places


def find_pattern(text: str, body: Sequence[BodyBlock], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Every match of the pattern that stands in one block of the body, in page order.

    >>> [match.span() for match in find_pattern("甲乙甲", [BodyBlock(1, 3, "paragraph")], re.compile("甲"))]
    [(2, 3)]
    """
    number = 0
    for match in pattern.finditer(text, body[0].start, body[-1].end) if body else ():
        while body[number].end <= match.start():
            number += 1
        if body[number].start <= match.start() and match.end() <= body[number].end:
            yield match


class Stretches:
    """A set of stretches that do not overlap, asked by offset."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, stretches: Iterable[Pair] = ()) -> None:
        ordered = sorted(stretches)
        self._starts = [start for start, _ in ordered]
        self._ends = [end for _, end in ordered]

    def holding(self, start: int, end: int) -> Pair | None:
        """The stretch that holds all of ``start..end``, or ``None``."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and self._ends[index] >= end:
            return self._starts[index], self._ends[index]
        return None

    def touching(self, start: int, end: int) -> bool:
        """Whether any stretch shares a character with ``start..end``."""
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._ends[index] > start

    def add(self, start: int, end: int) -> None:
        """Adds a stretch that touches none of the others."""
        index = bisect_right(self._starts, start)
        self._starts.insert(index, start)
        self._ends.insert(index, end)


def leftmost_longest(stretches: Iterable[Pair]) -> list[Pair]:
    """The stretches that remain if each place keeps the leftmost, then the longest.

    >>> leftmost_longest([(0, 2), (0, 3), (2, 5), (3, 4)])
    [(0, 3), (3, 4)]
    """
    kept: list[Pair] = []
    reached = 0
    for start, end in sorted(stretches, key=lambda pair: (pair[0], -pair[1])):
        if start >= reached:
            kept.append((start, end))
            reached = end
    return kept
