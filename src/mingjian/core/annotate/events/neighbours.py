"""The day of an event that is given by another one told before it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mingjian.core.annotate.events.scene import Place, Scene, times_between
from mingjian.core.model.annotation import DateValue, TimeExpression
from mingjian.core.model.article import HEADING_ROLES
from mingjian.core.model.facts import Event
from mingjian.core.model.span import Pair
from mingjian.core.text.sentences import sentence_at

LOOKED_AT = 120  # events back: a page may tell thousands
_HEADINGS = 40  # blocks back to the paragraph before
_REACH = 4_000  # characters back in which a day may lead a sentence: some pages are one line


def same_day(scene: Scene, place: Place, time: TimeExpression, earlier: Sequence[Event]) -> Event | None:
    """The event whose day 当天, 同日 means: the latest day told in the paragraph, else on the page; None where none.

    The news is told first and its background behind it, so a later day is the news. Where the day stands at the head
    of a sentence just before, the words mean that one.
    """
    if _is_leading(scene, place, time):
        return None
    days = [event for event in earlier[-LOOKED_AT:] if _has_day(event) and _is_past(scene, event)]
    line = scene.article.folded.rfind("\n", 0, place.trigger[0])
    here = [event for event in days if event.evidence.start > line]
    return max(here or days, key=_start, default=None)


def is_same_day(scene: Scene, time: TimeExpression) -> bool:
    """Whether the words only point to the day of something told before: 当天, 同日."""
    return scene.cues["same-day"].fullmatch(scene.article.folded, time.start, time.end) is not None


def _is_leading(scene: Scene, place: Place, time: TimeExpression) -> bool:
    """Whether the day that the words were read as leads a sentence of this paragraph or of the one before."""
    folded, body = scene.article.folded, scene.article.body
    above = body[max(place.block - _HEADINGS, 0) : place.block]
    before = next((one for one in reversed(above) if one.role not in HEADING_ROLES), body[place.block])
    for day in reversed(times_between(scene.times, max(before.start, time.start - _REACH), time.start)):
        if day.date.precision == "day" and day.date.start == time.date.start:
            sentence = sentence_at(scene.article.sentences, day.start)
            low = sentence.start if sentence is not None else day.start
            return not folded[low : day.start].strip(scene.settings["before_leading"])
    return False


def ceremony_of(scene: Scene, place: Place, earlier: Sequence[Event]) -> Event | None:
    """The opening, signing or founding at whose ceremony this happened, where the words say so (启用仪式上)."""
    if not scene.cues["ceremony"].search(scene.article.folded, place.sentence[0], place.trigger[0]):
        return None
    types = scene.settings["ceremonies"]
    found = [
        event for event in earlier[-LOOKED_AT:] if event.type in types and _has_day(event) and _is_past(scene, event)
    ]
    return max(found, key=_start, default=None)


def notice_of(scene: Scene, kind: str, earlier: Sequence[Event]) -> Event | None:
    """The notices of a listed company, or the report that opens the page, which make known what is told behind them."""
    if kind not in scene.settings["made_known"]:
        return None
    notice = next(
        (event for event in earlier[:LOOKED_AT] if event.by in scene.settings["notices"] and _has_day(event)), None
    )
    if notice is not None or not earlier:
        return notice
    first = earlier[0]
    return first if first.type in scene.settings["opening_notices"] and _has_day(first) else None


def follows(scene: Scene, place: Place, earlier: Sequence[Event]) -> tuple[DateValue, Pair, Pair] | None:
    """The time after the event told before, where the words say that this one followed (相继); with both places."""
    word = scene.cues["follows"].search(scene.article.folded, place.evidence[0], place.trigger[0])
    if word is None or not earlier or earlier[-1].date.start is None:
        return None
    before = earlier[-1]
    end = scene.anchor.day or scene.anchor.latest
    date = DateValue(before.date.start, end, "interval", word.group(), "relative:after")
    return date, word.span(), (before.date_span or before.trigger_span).pair


def dated_as(event: Event, text: str | None = None) -> DateValue:
    """The date of another event, as the date of one on its day."""
    return msgspec.structs.replace(event.date, text=text, basis=f"same-as:{event.title}")


def _has_day(event: Event) -> bool:
    """Whether it happened on one day that the page gives."""
    return event.actuality == "realised" and event.date.start is not None and event.date.start == event.date.end


def _is_past(scene: Scene, event: Event) -> bool:
    return not (scene.anchor.day and event.date.start and event.date.start > scene.anchor.day)


def _start(event: Event) -> str:
    return event.date.start or ""
