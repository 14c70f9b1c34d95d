"""When an event happened: its own date, its sentence's, that of the meeting it belongs to, or a bound."""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Sequence
from datetime import date as day_type
from datetime import timedelta
from operator import attrgetter

import msgspec

from mingjian.core.annotate.events.inferring import inferred_date
from mingjian.core.annotate.events.neighbours import dated_as, follows, is_same_day, notice_of, same_day
from mingjian.core.annotate.events.scene import Place, Scene, names_in, times_between, whole_sentence_start
from mingjian.core.model.annotation import DateValue, TimeExpression
from mingjian.core.model.facts import Actuality, Event
from mingjian.core.model.span import Pair
from mingjian.core.text.matching import Match

_START = attrgetter("start")
_DATING = frozenset({"DATE", "TIME"})
_NOW = "PRESENT_REF"
_REACH_OF_NEWS = 30
_RUN = 3
_ANNOUNCED = ("planned", "directed", "ongoing")  # what carries the day on which it was made known
_BESIDE = 5  # characters between a time and the trigger that it belongs to
_VAGUENESS = {"second": 0, "minute": 0, "hour": 0, "day": 0, "month": 2, "quarter": 3, "half": 3, "year": 4}


class Dated(msgspec.Struct, frozen=True):
    """A date and where its words stand: in the evidence, elsewhere, or nowhere."""

    date: DateValue
    words: Pair | None = None
    support: tuple[Pair, ...] = ()


class Telling(msgspec.Struct, frozen=True):
    """One match with what is known of its event when its date is asked: the time words, whether it happened."""

    place: Place
    match: Match
    time: TimeExpression | None
    actuality: Actuality


def date_of(scene: Scene, telling: Telling, parent: Event | None, earlier: Sequence[Event]) -> Dated:
    """The day of the event: its clause's, its sentence's, that of the event it is part of, else a bound."""
    place, time = telling.place, telling.time
    if time is not None and not (telling.actuality == "planned" and _is_no_day_of_plan(telling, time)):
        other = (parent or same_day(scene, place, time, earlier)) if is_same_day(scene, time) else None
        return _from_time(scene, telling, time) if other is None else _on_day_of(other, time)
    if parent is not None and parent.date.basis != "not-stated" and not is_due(scene, place):
        return _on_day_of(parent)
    if telling.match.rule.fields.get("date") == "own" or telling.actuality in _ANNOUNCED:
        return _on_own_day(scene, place)
    notice = _notice(scene, telling, earlier)
    if notice is not None:
        return _on_day_of(notice)
    return _following(scene, place, earlier) or _narrowed(scene, telling, earlier) or _bounded(scene)


def _on_day_of(event: Event, time: TimeExpression | None = None) -> Dated:
    """The day of another event, said by the words of ``time`` (当天), or by none."""
    support = ((event.date_span or event.trigger_span).pair,)
    if time is None:
        return Dated(dated_as(event), None, support)
    return Dated(dated_as(event, time.date.text), (time.start, time.end), support)


def _notice(scene: Scene, telling: Telling, earlier: Sequence[Event]) -> Event | None:
    """The company's notices, where the event has none but their day: nothing points further back."""
    if scene.cues["points-back"].search(scene.article.folded, *telling.place.evidence):
        return None
    return notice_of(scene, telling.match.rule.fields["type"], earlier)


def time_of(scene: Scene, place: Place, match: Match) -> TimeExpression | None:
    """The time words that date the event: its clause's, its sentence's, or the line that signs the page."""
    time = _own_time(scene, place, match)
    if time is None and match.rule.fields.get("date") == "own":
        return _signature(scene, place)
    return time


def is_due(scene: Scene, place: Place) -> bool:
    """Whether the evidence sets a day by which something is to be done."""
    return any(time.function == "deadline" for time in times_between(scene.times, *place.evidence))


def _from_time(scene: Scene, telling: Telling, time: TimeExpression) -> Dated:
    """The date that the words give; what has happened by the page's own day ends there."""
    date, today = time.date, scene.anchor.day
    if _is_up_to(time):
        date = msgspec.structs.replace(date, start=None, precision="before")  # 目前已建成: by then, whenever it was
    if telling.match.rule.fields.get("from_that_day") and date.start and date.end is None:
        date = msgspec.structs.replace(date, end=date.start)  # 自8月1日起施行: it takes effect on one day
    if telling.match.rule.fields.get("began") and date.start and date.end is None:
        date = msgspec.structs.replace(date, end=_end_of(date.start, time.value), precision="interval")
    if telling.actuality != "planned" and today and date.start and date.end and date.start <= today < date.end:
        date = msgspec.structs.replace(date, end=today, precision="interval")
    if _is_day_of_report(scene, telling.place, time):
        date = _up_to(date, scene.settings["reported_days"])
    news = _day_of_news(scene, telling.place, time) if telling.actuality == "realised" else None
    if news is not None and date.end and date.start and date.start <= (news.date.end or "") < date.end:
        date = msgspec.structs.replace(date, end=news.date.end)
        return Dated(date, (time.start, time.end), (*time.support, (news.start, news.end)))
    return Dated(date, (time.start, time.end), time.support)


def _end_of(start: str, value: str) -> str:
    """The last day of the year, the month or the day that the words give from which on: 自2024年启动以来.

    >>> _end_of("2024-01-01", "2024"), _end_of("2024-02-01", "2024-02"), _end_of("2024-02-05", "2024-02-05")
    ('2024-12-31', '2024-02-29', '2024-02-05')
    """
    first = day_type.fromisoformat(start)
    if len(value) == len("2024"):
        return first.replace(month=12, day=31).isoformat()
    if len(value) == len("2024-02"):
        return first.replace(day=monthrange(first.year, first.month)[1]).isoformat()
    return start


def _is_no_day_of_plan(telling: Telling, time: TimeExpression) -> bool:
    """Whether the words only say from when on it is to be, or what stands now: 下一步, 目前."""
    if telling.match.rule.fields.get("from_that_day") and time.date.start:
        return False
    return time.date.precision == "after" or _is_up_to(time)


def _is_up_to(time: TimeExpression) -> bool:
    """Whether the words mean that something stood by then: 截至5月底, 目前."""
    return time.function == "as_of" or time.value == _NOW


def _is_day_of_report(scene: Scene, place: Place, time: TimeExpression) -> bool:
    """Whether the day is that of the news and not of the event: it stands in an earlier clause, with 获悉 or 消息."""
    if time.date.precision != "day":
        return False
    if time.end > place.evidence[0]:
        return _is_news_day(scene, place, time)
    clause = next((clause for clause in place.clauses if clause[0] <= time.start < clause[1]), None)
    nearest = min(place.evidence[0], clause[1] + _REACH_OF_NEWS) if clause else time.end
    return scene.cues["news-of-day"].search(scene.article.folded, time.end, nearest) is not None


def _is_news_day(scene: Scene, place: Place, time: TimeExpression) -> bool:
    """Whether the words right behind the day say that it is that of the news: 8月8日消息, 某部印发…."""
    found = scene.cues["news-follows"].match(scene.article.folded, time.end)
    return found is not None and found.end() <= place.trigger[0]


def _day_of_news(scene: Scene, place: Place, time: TimeExpression) -> TimeExpression | None:
    """The day of the news that tells of something recent, before it in the sentence: 2月21日消息，…近日召开."""
    if time.date.precision != "interval":
        return None
    told = times_between(scene.times, place.sentence[0], time.start)
    return next((day for day in told if day.date.precision == "day" and _is_news_day(scene, place, day)), None)


def _up_to(date: DateValue, days: int) -> DateValue:
    """The days that end with the day of the news."""
    if date.start is None:
        return date
    earliest = (day_type.fromisoformat(date.start) - timedelta(days)).isoformat()
    return msgspec.structs.replace(date, start=earliest, precision="interval", basis=f"reported:{date.basis}")


def _on_own_day(scene: Scene, place: Place) -> Dated:
    """The day on which a plan was made public, with the day by which it is due, where the evidence sets one."""
    anchor = scene.anchor
    words = (anchor.pair,) if anchor.pair else ()
    here = times_between(scene.times, *place.evidence)
    due = [time for time in here if time.function == "deadline" and time.date.end]
    if due:
        date = DateValue(anchor.day, due[-1].date.end, "interval", due[-1].date.text, due[-1].date.basis)
        return Dated(date, (due[-1].start, due[-1].end), words)
    if anchor.day is None:
        return _bounded(scene)
    return Dated(DateValue(anchor.day, anchor.day, "day", None, anchor.basis), None, words)


def _following(scene: Scene, place: Place, earlier: Sequence[Event]) -> Dated | None:
    found = follows(scene, place, earlier)
    if found is None:
        return None
    date, words, before = found
    return Dated(date, words, (before,))


def _narrowed(scene: Scene, telling: Telling, earlier: Sequence[Event]) -> Dated | None:
    """The bounds that the place on the page gives to what has happened."""
    is_recent = telling.actuality == "realised" and not telling.match.rule.fields.get("past")
    inferred = inferred_date(scene, telling.place, earlier) if is_recent else None
    if inferred is None:
        return None
    date, words = inferred
    return Dated(date, None, tuple(dict.fromkeys(pair for pair in (words, scene.anchor.pair) if pair)))


def _bounded(scene: Scene) -> Dated:
    """No date is stated: it happened by the page's own day, where that is known."""
    bound = scene.anchor.day or scene.anchor.latest
    if bound is None:
        return Dated(DateValue(None, None, "unknown", None, "not-stated"))
    words = (scene.anchor.pair,) if scene.anchor.pair else ()
    return Dated(DateValue(None, bound, "before", None, "not-stated"), None, words)


def _own_time(scene: Scene, place: Place, match: Match) -> TimeExpression | None:
    """The date before the trigger in the clause, then in the rest of it, then the nearest before in the sentence."""
    what = match.span("what")
    clause = [time for time in _dating(scene, place.evidence) if what is None or not _lies_in(time, what)]
    before = [time for time in clause if time.end <= place.trigger[0]]
    if before:
        own = [time for time in before if not _is_news_day(scene, place, time)] or before
        if place.trigger[0] - own[-1].end <= _BESIDE:
            return _of_adjacent(own)
        nearest = min(reversed(own), key=_vagueness)
        return _finer(scene, place, nearest) or nearest
    behind = () if match.rule.fields.get("led") else clause
    after = [time for time in behind if place.trigger[1] <= time.start < match.end + 12 and not _is_later(scene, time)]
    if after:
        return after[0]
    start = whole_sentence_start(scene, place)
    if scene.cues["anew"].search(scene.article.folded, place.clause[0], place.trigger[0]):
        return None
    sentence = [time for time in _dating(scene, (start, place.evidence[0])) if _governs(scene, time, start)]
    return min(reversed(sentence), key=_vagueness) if sentence else None


def _lies_in(time: TimeExpression, stretch: Pair) -> bool:
    """Whether the time stands within the words, as in an attribute of the noun: 去年印发的原计划同时废止."""
    return stretch[0] <= time.start and time.end <= stretch[1]


def _of_adjacent(times: Sequence[TimeExpression]) -> TimeExpression:
    """The last of the times, or the one right before it that says more: 前天刚刚."""
    last = times[-1]
    joined = [time for time in times[-2:-1] if time.end == last.start and _vagueness(time) < _vagueness(last)]
    return joined[0] if joined else last


def _finer(scene: Scene, place: Place, year: TimeExpression) -> TimeExpression | None:
    """A day of that year from earlier in the sentence: the year then belongs to a name (2023年…大会)."""
    if _vagueness(year) != _VAGUENESS["year"] or not (year.date.start and year.date.end):
        return None
    for time in reversed(_dating(scene, (place.sentence[0], place.evidence[0]))):
        inside = time.date.start and time.date.end and year.date.start <= time.date.start <= year.date.end
        if inside and _vagueness(time) == 0:
            return time
    return None


def _is_later(scene: Scene, time: TimeExpression) -> bool:
    """Whether the time begins after the page's own day: behind a verb it is then the time of what was decided."""
    return bool(scene.anchor.day and time.date.start and time.date.start > scene.anchor.day)


def _governs(scene: Scene, time: TimeExpression, start: int) -> bool:
    """Whether the time of an earlier clause holds for the next ones too: a day or month does, a year if it leads."""
    if time.function == "since":
        return False
    if _vagueness(time) < _VAGUENESS["year"]:
        return True
    return not scene.article.folded[start : time.start].strip(scene.settings["before_leading"])


def _vagueness(time: TimeExpression) -> int:
    """How little a date says: a day before a month, a month before a year."""
    return _VAGUENESS.get(time.date.precision, 1 if time.date.start is not None else _VAGUENESS["year"] + 1)


def _dating(scene: Scene, stretch: Pair) -> list[TimeExpression]:
    """The times of a stretch that can date an event: no spans of time, no deadlines, none of a life or of a name."""
    here = times_between(scene.times, *stretch)
    found = [time for time in here if time.type in _DATING and time.function != "deadline"]
    if not found:
        return []
    names = names_in(scene, *stretch)
    return [
        time
        for time in found
        if not any(_is_part_of(time, name) for name in names) and not _is_of_life_or_run(scene, time)
    ]


def _is_of_life_or_run(scene: Scene, time: TimeExpression) -> bool:
    """Whether the words round the time tell of somebody's life, or count years in a row (连续第二年)."""
    folded, cues = scene.article.folded, scene.cues
    low = max(0, time.start - _RUN)
    return bool(cues["of-a-life"].match(folded, time.end) or cues["of-a-run"].search(folded, low, time.start))


def _is_part_of(time: TimeExpression, name: Pair) -> bool:
    """Whether the time stands in a name with other words: “夏季攻势”, and not “十四五”."""
    return name[0] < time.start < name[1] and (time.start, time.end) != (name[0] + 1, name[1] - 1)


def _signature(scene: Scene, place: Place) -> TimeExpression | None:
    """The first date after the event that fills a line alone: the one below the name of the office that signs."""
    number = bisect_left(scene.alone, place.evidence[1], key=_START)
    return scene.alone[number] if number < len(scene.alone) else None
