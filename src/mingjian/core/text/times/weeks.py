"""Days, working days and weeks by their place beside the anchor or the event told of before."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from mingjian.core.text.times.context import ONE_DAY, Context, Reading, unknown
from mingjian.core.text.times.dates import reading_of
from mingjian.core.text.times.moments import Moment
from mingjian.core.text.times.occurrences import counted_weekday
from mingjian.core.text.times.years import Year


def day_word(moment: Moment, context: Context) -> Reading:
    """今天, 昨天 … count from the publication, 当天, 次日 … from the day told of before."""
    shift = timedelta(moment.day_shift or 0)
    longest = timedelta(context.conventions.event_days)
    if moment.chain and context.event is not None and context.event[1] - context.event[0] < longest + ONE_DAY:
        last = context.said_of.startswith(context.conventions.closing)
        day = (context.event[1] - ONE_DAY if last else context.event[0]) + shift
        basis = context.relative(context.event[0].date())
        return Reading(day.date().isoformat(), day, day + ONE_DAY, "day", basis, chained=True)
    return near_anchor(context, shift)


def workday(moment: Moment, context: Context) -> Reading:
    """上一交易日: the next day from Monday to Friday before or after the day told of, or that of publication."""
    event = context.event
    told = event[0] if event is not None and event[1] - event[0] == ONE_DAY and context.near else None
    day = told or context.today
    if day is None:
        return unknown("XXXX-XX-XX", context.relative())
    step = timedelta(1 if (moment.workday_shift or 0) > 0 else -1)
    day += step
    while day.weekday() > 4:
        day += step
    basis = context.relative(told and told.date())
    return Reading(
        day.date().isoformat(), day, day + ONE_DAY, "day", basis, anchored=told is None, chained=told is not None
    )


def near_anchor(context: Context, shift: timedelta) -> Reading:
    """A day so far from the anchor: exact where the anchor is, an interval where the anchor is one."""
    basis = context.relative()
    ends = (context.today, context.today) if context.today else (context.earliest, context.latest)
    low, high = _midnight(ends[0], shift), _midnight(ends[1], shift)
    if low is None or low != high:
        high = high and high + ONE_DAY
        return Reading("XXXX-XX-XX", low, high, "interval" if low or high else "unknown", basis, anchored=True)
    return Reading(low.date().isoformat(), low, low + ONE_DAY, "day", basis, anchored=True)


def _midnight(instant: datetime | None, shift: timedelta) -> datetime | None:
    return instant and datetime.combine(instant.date(), time()) + shift


def week(moment: Moment, context: Context) -> Reading:
    """上周, 本周三, 周五: of the week of publication or one beside it."""
    today = context.today
    if today is None:
        return unknown("XXXX-WXX", context.relative())
    monday = today - timedelta(today.weekday()) + timedelta(7 * (moment.week_shift or 0))
    year = Year(None, context.relative(), anchored=True)
    if moment.weekday is not None:
        day = monday + timedelta(moment.weekday)
        if moment.week_shift is not None and context.conventions.named_weekdays == "counted":
            day = counted_weekday(today, moment.weekday, moment.week_shift)
        if moment.week_shift is None:
            day = _bare_weekday(day, today, context)
        return reading_of(day.date().isoformat(), (day, day + ONE_DAY), "day", year)
    if moment.weekend:
        weekday, hour = context.conventions.weekend
        bounds = monday + timedelta(weekday, hours=hour), monday + timedelta(7)
        if bounds[1] - bounds[0] == ONE_DAY:
            return reading_of(bounds[0].date().isoformat(), bounds, "day", year)
        return reading_of(f"{bounds[0].date()}/{(bounds[1] - ONE_DAY).date()}", bounds, "interval", year)
    if moment.half_week:
        low = monday if moment.half_week == 1 else monday + timedelta(3)
        high = monday + timedelta(3 if moment.half_week == 1 else 7)
        return reading_of(f"{low.date()}/{(high - ONE_DAY).date()}", (low, high), "interval", year)
    iso_year, number, _ = monday.isocalendar()
    return reading_of(f"{iso_year}-W{number:02}", (monday, monday + timedelta(7)), "week", year)


def _bare_weekday(day: datetime, today: datetime, context: Context) -> datetime:
    rule = context.conventions.weekdays
    if rule == "next":
        return day if day > today else day + timedelta(7)
    if rule == "past":
        return day if day < today else day - timedelta(7)
    if rule == "nearest" and not context.ahead and day > today + timedelta(2):
        return day - timedelta(7)
    return day
