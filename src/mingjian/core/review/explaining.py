"""What people said of a fact, as explanations tell it: who, when, why, and which parts they made otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from mingjian.core.model.explanation import Judged, Revised, Words
from mingjian.core.model.facts import Fact
from mingjian.core.model.review import NOTHING, Review
from mingjian.core.review.facts import decode_fact
from mingjian.core.review.parts import parts_of
from mingjian.errors import ReviewError


def judged(reviews: Iterable[Review]) -> tuple[Judged, ...]:
    """Each review of a fact, the first first; of one whose words were erased only who, when and why."""
    return tuple(map(_judged, reviews))


def _judged(review: Review) -> Judged:
    by, _, at = (review.undone or "").rpartition(" ")
    return Judged(
        number=review.number,
        verb=review.verb,
        who=review.who,
        at=review.at,
        why=review.why,
        rule=review.rule,
        changed=tuple(_revised(review)),
        undone_by=by or None,
        undone_at=at or None,
    )


def _revised(review: Review) -> Iterator[Revised]:
    """The parts that are otherwise than they stood; of a fact that was added all that it says, of others none."""
    if review.verb not in ("correct", "add"):
        return
    before, after = _decoded(review, review.fact), _decoded(review, review.outcome)
    if after is None:
        return
    spans = {change.part: change.spans for change in review.changes}
    for part in parts_of(review.kind):
        was, now = (_value(fact, part.name) for fact in (before, after))
        if was != now:
            words = tuple(_words(review, after, part.name, spans.get(part.name, ())))
            yield Revised(name=part.name, was=was, now=now, words=words)


def _decoded(review: Review, raw: msgspec.Raw) -> Fact | None:
    if raw == NOTHING:
        return None
    try:
        return decode_fact(review.kind, raw)
    except ReviewError:  # its words were erased
        return None


def _value(fact: Fact | None, part: str) -> object:
    if fact is None:
        return None
    if part == "value":  # which says little without its unit
        return getattr(fact, "normalized", None) or getattr(fact, part)
    return fact.evidence.text if part == "evidence" else getattr(fact, part)


def _words(review: Review, fact: Fact, part: str, chosen: Iterable[tuple[int, int]]) -> Iterator[Words]:
    """The words that were chosen for a part, as they were quoted, on the page that was looked at."""
    quoted = {one.pair: one.text for one in review.quoted if one.layer == "text"}
    quoted[fact.evidence.pair] = fact.evidence.text
    for start, end in chosen:
        if (start, end) in quoted:
            yield Words(text=quoted[start, end], start=start, end=end)
