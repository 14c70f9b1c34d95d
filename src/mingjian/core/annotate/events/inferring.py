"""The bounds of an event that gives no day, where its place on the page narrows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as day_type
from datetime import timedelta

from mingjian.core.annotate.events.scene import Place, Scene
from mingjian.core.model.annotation import DateValue
from mingjian.core.model.facts import Event

_NEAR = 200  # characters between an event and the dated one that it is told behind
_LEAD = 240  # characters of the body in which the news itself is told
_SHARED = 6  # characters in common with the headline that make an event the news


def inferred_date(scene: Scene, place: Place, earlier: Sequence[Event]) -> tuple[DateValue, Event | None] | None:
    """From the dated event before it in the paragraph on, or recent where the headline tells it; with that event.

    Words that point back (此前, 曾, 多年来) leave the day open, and so does a page whose own day is unknown.
    """
    today = scene.anchor.day
    if today is None or scene.cues["points-back"].search(scene.article.folded, *place.evidence):
        return None
    recent = (day_type.fromisoformat(today) - timedelta(scene.settings["reported_days"])).isoformat()
    before = _told_just_before(scene, place, earlier)
    if before is not None and before.date.start and recent <= before.date.start <= today:
        return DateValue(before.date.start, today, "interval", None, f"inferred:told-after:{before.title}"), before
    if _is_headline(scene, place):
        return DateValue(recent, today, "interval", None, f"inferred:headline@{scene.anchor.basis}"), None
    return None


def day_told_before(scene: Scene, place: Place, earlier: Sequence[Event]) -> Event | None:
    """The event to whose day 当天 or 同日 point: the last of its paragraph, else the first of the nearest one before."""
    folded, start = scene.article.folded, place.evidence[0]
    line = folded.rfind("\n", 0, start)
    dated = [event for event in earlier if event.actuality == "realised" and _has_one_day(event)]
    here = [event for event in dated if event.evidence.start > line]
    if here:
        return here[-1]
    if not dated:
        return None
    line = folded.rfind("\n", 0, dated[-1].evidence.start)
    return next(event for event in dated if event.evidence.start > line)


def _has_one_day(event: Event) -> bool:
    return event.date.start is not None and event.date.start == event.date.end


def _told_just_before(scene: Scene, place: Place, earlier: Sequence[Event]) -> Event | None:
    """The event before this one, where it stands in the same paragraph and says when it happened."""
    if not earlier or earlier[-1].actuality != "realised" or earlier[-1].date.basis.startswith("not-stated"):
        return None
    end, start = earlier[-1].evidence.end, place.evidence[0]
    near = 0 <= start - end < _NEAR and scene.article.folded.find("\n", end, start) < 0
    return earlier[-1] if near else None


def _is_headline(scene: Scene, place: Place) -> bool:
    """Whether the event stands in the lead and shares words with the headline."""
    start, end = place.evidence
    if not scene.title or not scene.article.body or start - scene.article.body[0].start > _LEAD:
        return False
    words = scene.article.folded[start:end]
    return any(words[place : place + _SHARED] in scene.title for place in range(len(words) - _SHARED + 1))
