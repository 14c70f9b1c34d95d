"""Where a page tells of what was done before, and where it only reports: none of that is asked or given now."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import attrgetter

import msgspec

from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article, BodyBlock, Sentence
from mingjian.core.model.span import Pair

_OPENING = 400
_SHORT = 40
_WITHIN = 6
_START = attrgetter("start")


class Day(msgspec.Struct, frozen=True):
    """The day of the page, the place of the words in question, and the words for times that only seem to be over."""

    today: str | None
    place: int
    unbounded: Sequence[str]


def blocks_of_the_past(article: Article, cues: Mapping[str, re.Pattern[str]]) -> frozenset[int]:
    """The numbers of the blocks that stand under a heading which says that they tell what was done.

    Such a section ends at the next heading of its own level, or at one that speaks of plans.
    """
    past: set[int] = set()
    level: str | None = None
    inside = False
    for number, block in enumerate(article.body):
        if _is_heading(article, block):
            planned = cues["plan-heading"].search(article.folded, block.start, block.end) is not None
            told = not planned and cues["past-heading"].search(article.folded, block.start, block.end) is not None
            own = _level(article, block, cues["heading-number"])
            if told:
                inside, level = True, own
            elif planned or own == level:
                inside = False
        if inside:
            past.add(number)
    return frozenset(past)


def _is_heading(article: Article, block: BodyBlock) -> bool:
    if block.role in HEADING_ROLES:
        return True
    return block.end - block.start <= _SHORT and article.folded[block.end - 1] not in "。！？；：;:"


def _level(article: Article, block: BodyBlock, number: re.Pattern[str]) -> str | None:
    found = number.match(article.folded, block.start, block.end)
    return found.lastgroup if found else None


def is_of_policy(article: Article, cues: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether the first words of the page say that it is about policy; of a few sentences nothing is asked."""
    start = article.body[0].start
    if article.body[-1].end - start < _OPENING:
        return True
    return cues["policy-page"].search(article.folded, start, start + _OPENING) is not None


def tells_results(article: Article, sentence: Sentence, cues: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether a sentence gives what came of something that was done."""
    return cues["results"].search(article.folded, sentence.start, sentence.end) is not None


def is_over(article: Article, times: Sequence[TimeExpression], clauses: Sequence[Pair], day: Day) -> bool:
    """Whether a time that is over governs the words at ``day.place``: in their clause, or in one that opens all.

    ``clauses`` are those of the sentence up to that place. A time at which a document came out governs nothing in it.
    """
    low = clauses[0][0]
    for time in times[bisect_left(times, low, key=_START) : bisect_left(times, day.place, key=_START)]:
        alone = time.start - low <= _WITHIN and clauses[0][1] - time.end <= _WITHIN
        opens = alone and article.folded.find("《", low, day.place) < 0
        if (opens or clauses[-1][0] <= time.start) and _before(time, day):
            return article.text[time.start : time.end] not in day.unbounded
    return False


def _before(time: TimeExpression, day: Day) -> bool:
    if time.function in ("as_of", "since"):
        return True
    return time.function == "at" and bool(day.today and time.date.end and time.date.end < day.today)
