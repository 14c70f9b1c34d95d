"""The bounds of an event that gives no day, where its place on the page narrows them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date as day_type
from datetime import timedelta
from operator import attrgetter
from typing import TypeAlias

from mingjian.core.annotate.events.scene import Place, Scene, times_between
from mingjian.core.model.annotation import DateValue
from mingjian.core.model.article import HEADING_ROLES
from mingjian.core.model.facts import Event
from mingjian.core.model.span import Pair
from mingjian.core.text.times.sections import section_from, still_in

_START = attrgetter("start")
_NEAR = 200  # characters between an event and the dated one that it is told behind
_BLOCKS = 400  # back to the heading of a part
_LEAD = 240  # characters of the body in which the news itself is told
_SHARED = 6  # characters in common with the headline that make an event the news

Inferred: TypeAlias = tuple[DateValue, Pair | None]
"""The bounds of a day, and where the words stand that give them."""


def inferred_date(scene: Scene, place: Place, earlier: Sequence[Event]) -> Inferred | None:
    """The bounds that the page gives to an event, with the words that give them.

    In turn: from the dated event before it in the paragraph on; in the time that heads its part of the page; recent,
    where the headline tells it. Words that point back (此前, 曾) leave the day open, as does a page without a day.
    """
    today = scene.anchor.day
    if today is None or scene.cues["points-back"].search(scene.article.folded, *place.evidence):
        return None
    recent = _days_before(scene, today)
    before = _told_just_before(scene, place, earlier)
    if before is not None and before.date.start and recent <= before.date.start <= today:
        basis = f"inferred:told-after:{before.title}"
        return DateValue(before.date.start, today, "interval", None, basis), _words_of(before)
    return _in_time_of_part(scene, place, today) or _with_headline(scene, place, (recent, today))


def _days_before(scene: Scene, day: str) -> str:
    """The first of the days within which news that comes out on a day happened."""
    return (day_type.fromisoformat(day) - timedelta(scene.settings["reported_days"])).isoformat()


def _words_of(event: Event) -> Pair:
    return (event.date_span or event.trigger_span).pair


def _in_time_of_part(scene: Scene, place: Place, today: str) -> Inferred | None:
    """Within the time that the heading of its part names (一、2025年工作完成情况), as far as that has gone."""
    article = scene.article
    here = bisect_right(article.body, place.evidence[0], key=_START) - 1
    for block in range(here - 1, max(here - _BLOCKS, -1), -1):
        if article.body[block].role not in HEADING_ROLES:
            continue
        stretch = (article.body[block].start, article.body[block].end)
        sections = [section_from(article, block, time) for time in times_between(scene.times, *stretch)]
        section = next((each for each in sections if each is not None), None)
        if section is None:
            continue
        first, last = section.days
        if first > today or not still_in(article, section, here):
            return None
        return DateValue(first, min(last, today), "interval", None, "inferred:heading"), section.pair
    return None


def _with_headline(scene: Scene, place: Place, days: tuple[str, str]) -> Inferred | None:
    """Recent, where the headline tells it."""
    if not _is_headline(scene, place):
        return None
    return DateValue(*days, "interval", None, f"inferred:headline@{scene.anchor.basis}"), scene.anchor.pair


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
