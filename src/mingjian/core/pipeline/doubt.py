"""What is told of damaged words: nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from mingjian.core.model.facts import Event, Fact, Mentioned
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.record import Record
from mingjian.core.model.span import Pair
from mingjian.core.pipeline.identity import fact_kinds

_HEADS = ("title", "source", "publisher", "account_name")
_PEOPLE = ("authors", "editors")
_MOST_LOST = 0.5  # of the words of a head, which may be cited with a lost character among them


def without_doubtful(record: Record, lost: Sequence[Pair]) -> Record:
    """The record without the facts a part of which holds a lost character, or a name that one touches.

    A name beside a lost character may be the rest of a longer one. A head most of which is lost is missing. The places
    are in order and apart from one another.
    """
    if not lost:
        return record
    changes: dict[str, Any] = {
        kind: tuple(fact for fact in facts if not any(_lost_in(pair, lost) for pair in _own_words(fact)))
        for kind, facts in fact_kinds(record).items()
    }
    for name in _HEADS:
        head = getattr(record, name)
        if isinstance(head, Cited) and _share(head, lost) > _MOST_LOST:
            changes[name] = Missing("damaged")
    for name in _PEOPLE:
        changes[name] = tuple(person for person in getattr(record, name) if not _touched(person, lost))
    return msgspec.structs.replace(record, **changes)


def _own_words(fact: Fact) -> Iterator[Pair]:
    """The words that the fact's values are made of; of a name with a character more at either side."""
    for pairs in fact.parts.values():
        yield from pairs
    if isinstance(fact, Mentioned) and not isinstance(fact, Event):
        yield fact.evidence.start - 1, fact.evidence.end + 1


def _touched(person: Cited[str], lost: Sequence[Pair]) -> bool:
    start, end = person.evidence.pair
    return person.evidence.layer == "text" and _lost_in((start - 1, end + 1), lost) > 0


def _share(head: Cited[str], lost: Sequence[Pair]) -> float:
    start, end = head.evidence.pair
    return _lost_in((start, end), lost) / (end - start) if head.evidence.layer == "text" else 0.0


def _lost_in(pair: Pair, lost: Sequence[Pair]) -> int:
    """How many lost characters stand inside the pair."""
    start, end = pair
    index = bisect_left(lost, start + 1, key=lambda place: place[1])
    count = 0
    while index < len(lost) and lost[index][0] < end:
        count += min(end, lost[index][1]) - max(start, lost[index][0])
        index += 1
    return count
