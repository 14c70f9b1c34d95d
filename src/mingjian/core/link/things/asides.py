"""What a page tells beside its topic: the items that are not about AI, where only a passage of the page is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from mingjian.core.link.things.settings import AsideSettings, thing_settings
from mingjian.core.model.article import BodyBlock
from mingjian.core.model.record import Record
from mingjian.core.model.relevance import TopicScore
from mingjian.core.model.span import Pair


def asides_of(record: Record) -> tuple[Pair, ...]:
    """Where the items stand that have no word of AI, in page order; none where the page as a whole is about it.

    A bulletin or a report to a congress has one item about AI: the facts of the others are no facts about AI.
    """
    score, settings = record.relevance.ai, thing_settings().asides
    if not score.relevant or score.title or score.lead or score.share >= settings.share:
        return ()
    words = sorted(_words(score, settings))
    return tuple(item for item in _items(record.body) if not _holds(words, item))


def _words(score: TopicScore, settings: AsideSettings) -> Iterator[int]:
    for word in score.words:
        if word.weight >= settings.weight and word.evidence.layer == "text":
            yield word.evidence.start
            yield from (start for start, _ in word.evidence.also)


def _holds(words: Sequence[int], item: Pair) -> bool:
    index = bisect_left(words, item[0])
    return index < len(words) and words[index] < item[1]


def _items(body: Sequence[BodyBlock]) -> Iterator[Pair]:
    """From one heading to the next; without headings every block is an item."""
    headed = any(block.role == "heading" for block in body)
    start = end = None
    for block in body:
        if start is not None and end is not None and (not headed or block.role == "heading"):
            yield start, end
            start = None
        start, end = block.start if start is None else start, block.end
    if start is not None and end is not None:
        yield start, end
