"""Resolves a moment: from what its words say to a stretch of the calendar.

Nothing is guessed: where neither the words, nor the sentences before, nor the anchor decide, the bounds stay open.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

import msgspec

from mingjian.core.text.times.clocks import clock_of
from mingjian.core.text.times.context import ONE_DAY, Context, Reading, unknown
from mingjian.core.text.times.dates import bare_day, lunar_date, month_word, year_month_day
from mingjian.core.text.times.feasts import holiday_of
from mingjian.core.text.times.lunar import is_lunar
from mingjian.core.text.times.moments import Moment
from mingjian.core.text.times.nth import nth_from, nth_of
from mingjian.core.text.times.occurrences import next_clock
from mingjian.core.text.times.periods import decade, fiscal, part_of_year, period, quarter_word, same_period
from mingjian.core.text.times.weeks import day_word, near_anchor, week, workday

_Reader: TypeAlias = Callable[[Moment, Context], Reading]


def resolve(moment: Moment, context: Context) -> Reading:
    """The stretch that the moment means in its context."""
    if moment.hour is None and moment.minute is not None and context.exact and context.earliest is not None:
        moment = msgspec.structs.replace(moment, hour=context.earliest.hour)
    reading = _calendar(moment, context) if moment.has_date else None
    if not moment.has_clock:
        return reading or unknown("", "not-stated", anchored=False)
    return with_clock(moment, reading, context)


def _calendar(moment: Moment, context: Context) -> Reading:
    """The days that the moment means: the first reader whose fields are there."""
    return next(read for is_meant, read in _READERS if is_meant(moment, context))(moment, context)


def _is_nth(moment: Moment, _: Context) -> bool:
    """Whether a week, a day or a weekday of a year or month is meant by its number; 前三个月 are none."""
    if moment.nth is None or (moment.nth_unit is None and moment.weekday is None):
        return False
    return not (moment.several and moment.nth_unit in ("M", "Q") and moment.nth > 0)


def _nth(moment: Moment, context: Context) -> Reading:
    """A part of a year or month by its number; of the current one, or counted from today, where none is named."""
    base = msgspec.structs.replace(moment, nth=None, nth_unit=None, several=False, weekday=None)
    if not base.has_date:
        if moment.weekday is None and moment.nth_unit in ("D", "Y"):
            return nth_from(near_anchor(context, timedelta(0)), moment)
        base = Moment(year_shift=0) if moment.nth_unit in ("M", "Q") else Moment(month_shift=0)
    return nth_of(_calendar(base, context), moment, context.conventions)


def _is_decade(moment: Moment, _: Context) -> bool:
    return moment.century is not None or moment.century_shift is not None or moment.decade is not None


def _is_week(moment: Moment, _: Context) -> bool:
    bare_weekday = moment.weekday is not None and moment.day is None
    return moment.weekend or bare_weekday or moment.week_shift is not None or bool(moment.half_week)


def _is_part_of_year(moment: Moment, _: Context) -> bool:
    return moment.part is not None and moment.month is None and moment.month_shift is None and moment.quarter is None


def _is_period(moment: Moment, _: Context) -> bool:
    return bool(moment.quarter or moment.half or moment.season or moment.several or moment.half_month)


# Which fields decide what is meant, in this order.
_READERS: tuple[tuple[Callable[[Moment, Context], bool], _Reader], ...] = (
    (lambda moment, _: moment.fiscal, fiscal),
    (is_lunar, lunar_date),
    (_is_decade, decade),
    (lambda moment, _: moment.holiday is not None and moment.chain, holiday_of),
    (_is_nth, _nth),
    (lambda moment, _: moment.workday_shift is not None, workday),
    (lambda moment, _: moment.day_shift is not None, day_word),
    (_is_week, week),
    (lambda moment, context: moment.same_period and context.period is not None, same_period),
    (lambda moment, _: moment.holiday is not None, holiday_of),
    (lambda moment, _: moment.quarter_shift is not None, quarter_word),
    (_is_part_of_year, part_of_year),
    (_is_period, period),
    (lambda moment, _: moment.month_shift is not None, month_word),
    (lambda moment, _: moment.day is not None and moment.month is None, bare_day),
    (lambda *_: True, year_month_day),
)


def with_clock(moment: Moment, day: Reading | None, context: Context) -> Reading:
    """The time of the day, of the day if there is one."""
    low, high, precision, shown = clock_of(moment, context.conventions)
    unsaid = day is None and moment.day_part is None and context.conventions.bare_hour == "next"
    day = day or _day_of_clock(context, low)
    if unsaid and day is not None and day.low is not None and context.latest is not None:
        low, high = next_clock((low, high), context.latest - day.low)
    if day is None and moment.hour is None and context.conventions.day_part_alone == "hours":
        first, last = context.conventions.day_parts[moment.day_part or ""]
        return Reading(f"T{first:02}:00/T{last:02}:00", None, None, precision, "not-stated", "TIME")
    if day is None:
        return Reading(shown, None, None, precision, "not-stated", "TIME")
    whole = moment.hour is None and not context.conventions.day_parts_bound
    if day.low is None or day.precision != "day" or whole:
        return msgspec.structs.replace(day, value=day.value + shown, type="TIME")
    return msgspec.structs.replace(
        day, value=day.value + shown, low=day.low + low, high=day.low + high, precision=precision, type="TIME"
    )


def _day_of_clock(context: Context, low: timedelta) -> Reading | None:
    """The day of a clock that names none: that of the event told of before, or that of publication."""
    if context.conventions.moment_of_day == "today":
        return near_anchor(context, timedelta(0)) if context.today else None
    if context.conventions.moment_of_day == "next":
        passed = context.earliest is not None and context.today is not None and context.today + low < context.earliest
        return near_anchor(context, timedelta(passed)) if context.today else None
    event = context.event
    if event is None or event[1] - event[0] != ONE_DAY or not context.near:
        return None
    day = event[0].date()
    return Reading(day.isoformat(), *event, "day", context.relative(day), chained=True)
