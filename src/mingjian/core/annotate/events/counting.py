"""Days that are counted from the event told before, where that gives none: they are not counted from the page's own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import msgspec

from mingjian.core.annotate.events.scene import Place, Scene, plain_words
from mingjian.core.model.annotation import DateValue, Precision, TimeExpression
from mingjian.core.model.facts import Event
from mingjian.core.model.span import Pair

_FROM_EVENT = "@event"  # end of the basis of a date that counts from an event without a day of its own
_LOOKED_AT = 20  # events back


def counted_on(
    scene: Scene, place: Place, time: TimeExpression | None, earlier: Sequence[Event]
) -> TimeExpression | None:
    """The time; counted from the event before it, where it was read as counted from the page's day.

    会议召开。7天后，…印发…: neither clause has a day, and the second is no plan. It then lies after that event and not
    after the day of the page; its ``support`` is where that event is told.
    """
    before = None if time is None else _counted_from(scene, place, time, earlier)
    if time is None or before is None:
        return time
    words = time.date.text
    last = scene.anchor.day or scene.anchor.latest
    precision: Precision = "before" if before.date.start is None else "interval"
    date = DateValue(before.date.start, last, precision, words, f"relative:{words}{_FROM_EVENT}")
    return msgspec.structs.replace(time, date=date, support=(_words_of(before),))


def counts_from_event(time: TimeExpression | None) -> bool:
    """Whether the time counts from an event that has happened: so has what came then."""
    return time is not None and time.date.basis.endswith(_FROM_EVENT)


def _counted_from(scene: Scene, place: Place, time: TimeExpression, earlier: Sequence[Event]) -> Event | None:
    """The event without a day of its own that the time counts from."""
    if not earlier or scene.cues["counted-on"].search(time.date.text or "") is None:
        return None
    last = earlier[-1]
    if time.date.basis == f"relative:{time.date.text}@{scene.anchor.basis}":
        before_verb = plain_words(scene, place.evidence[0], place.trigger[0])
        is_news = scene.cues["planned"].search(before_verb) is None
        is_near = scene.article.folded.find("\n", last.evidence.end, time.start) < 0
        return last if is_news and is_near and last.actuality == "realised" else None
    told = (event for event in islice(reversed(earlier), _LOOKED_AT) if _words_of(event) in time.support)
    return next((event for event in told if event.date.basis.endswith(_FROM_EVENT)), None)


def _words_of(event: Event) -> Pair:
    return (event.date_span or event.trigger_span).pair
