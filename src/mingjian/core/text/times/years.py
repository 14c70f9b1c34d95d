"""The year of a date: stated, counted from the anchor, implied by the sentences before, or the nearest that fits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import msgspec

from mingjian.core.text.calendar import Bounds, bounds_of
from mingjian.core.text.times.context import Context
from mingjian.core.text.times.moments import Moment

_NEAREST = (0, -1, 1, -2, 2, -3, 3)  # years away from the one that a date without its year seems to mean
_MOST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Year(msgspec.Struct, frozen=True):
    """The year of a date and where it was found."""

    number: int | None
    basis: str
    anchored: bool = False
    chained: bool = False


def year_of(moment: Moment, context: Context, month: int | None, day: int | None) -> Year:
    """The year that the words state, that they count from the anchor, or that the sentences before imply."""
    if moment.year is not None:
        return Year(_century(moment.year) if moment.short_year else moment.year, "explicit")
    if moment.year_shift is not None:
        return _shifted(moment, moment.year_shift, context, (month, day))
    return _implied(context, month, day)


def _century(year: int) -> int:
    """07年 and 18年 mean this century, 89年 the last."""
    return year + (2000 if year < 50 else 1900)


def _shifted(moment: Moment, shift: int, context: Context, rest: tuple[int | None, int | None]) -> Year:
    """The year that 今年, 去年 … count from the anchor, or 当年, 次年 … from the year told of before."""
    if moment.chain or (shift < 0 and moment.same_period and _is_of_last_year(context)):
        base = context.year or (context.event[0].year if context.event else None)
        if base is not None:
            return Year(base + shift, context.relative(base), chained=True)
    base = context.anchor_year or _only_year(context, shift, rest)
    return Year(None if base is None else base + shift, context.relative(), anchored=True)


def _is_of_last_year(context: Context) -> bool:
    """Whether the paragraph tells of the year that is over: 上年同期 is then the one before it."""
    return context.year is not None and context.anchor_year == context.year + 1


def _only_year(context: Context, shift: int, rest: tuple[int | None, int | None]) -> int | None:
    """The one year of the anchor's bounds in which a day told of as over was over: 今年1月22日, read in mid-January."""
    first, last = context.years
    if first is None or last is None or context.latest is None or shift or rest[0] is None or context.ahead:
        return None
    over = [year for year in range(first, last + 1) if _begins(year, *rest, before=context.latest)]
    return over[0] if len(over) == 1 else None


def _begins(year: int, month: int | None, day: int | None, *, before: datetime) -> bool:
    bounds = bounds_of(year, month, day)
    return bounds is not None and bounds[0] <= before.date()


def _implied(context: Context, month: int | None, day: int | None) -> Year:
    """The year of a date that has none: that of the sentence, of the paragraph, or the nearest to the anchor."""
    kind = "month-day" if day else "month"
    said = context.year is not None and (context.near or not (_is_news(context, month, day) or _is_over(context)))
    if said:
        return Year(context.year, f"relative:{kind}@{context.year}")
    found = {nearest_year(anchor, month or 1, day, context) for anchor in (context.earliest, context.latest)}
    year = found.pop() if len(found) == 1 else None
    if year is None and context.year is not None:
        return Year(context.year, f"relative:{kind}@{context.year}")
    return Year(year, f"relative:{kind}@{context.basis}", anchored=True)


def _is_over(context: Context) -> bool:
    """Whether something to come is told of after a year that is over."""
    return context.ahead and context.anchor_year is not None and (context.year or 0) < context.anchor_year


def _is_news(context: Context, month: int | None, day: int | None) -> bool:
    """Whether the day lies in the month before publication: news, whatever year the paragraph spoke of before."""
    today = context.today
    if today is None or day is None:
        return False
    year = nearest_year(today, month or 1, day, msgspec.structs.replace(context, ahead=False))
    bounds = bounds_of(year, month, day) if year else None
    return bounds is not None and timedelta(0) <= today.date() - bounds[0] <= timedelta(context.conventions.fresh_days)


def with_weekday(year: Year, day: tuple[int | None, int | None], weekday: int) -> Year:
    """The nearest year, from the one found, in which the day of the month falls on the weekday that is said with it."""
    number = year.number or 0
    for shift in _NEAREST:
        bounds = bounds_of(number + shift, *day)
        if bounds is not None and bounds[0].weekday() == weekday:
            return msgspec.structs.replace(year, number=number + shift)
    return year


def chosen_year(near: Mapping[int, Bounds], today: date, context: Context) -> int | None:
    """The year, of those near the anchor, whose feast is meant: the last, or the next where that is announced or close.

    A feast of the moon has the number of its lunar year: the eve of the new year of 2024 is that of 2023.
    """
    rule = context.conventions.years
    if rule == "same":
        return today.year if today.year in near else None
    if rule == "following":
        return min((year for year, days in near.items() if days[0] > today), default=None)
    coming = [year for year, days in near.items() if (days[0] if rule == "nearest" else days[1]) >= today]
    over = [year for year, days in near.items() if (days[1] if rule == "next" else days[0]) < today]
    if rule == "next" or not over:
        return min(coming, default=None)
    last = max(over)
    if rule == "past" or not coming:
        return last
    first = min(coming)
    close = near[first][0] - today <= timedelta(context.conventions.days_ahead)
    late = context.ahead and (
        today - near[last][1] > timedelta(context.conventions.days_past) or near[first][0].year == today.year
    )
    return first if close or late else last


def nearest_year(anchor: datetime | None, month: int, day: int | None, context: Context) -> int | None:
    """The year of the last such month or day before the anchor; of the next, where that is announced or close."""
    if anchor is None:
        return None
    if context.conventions.years == "same":
        return anchor.year
    this = bounds_of(anchor.year, month, day) or bounds_of(anchor.year, month)
    if this is None:
        return None
    year, step = _near(anchor, this, context)
    return _with_day(year, step, month, day)


def _near(anchor: datetime, this: tuple[date, date], context: Context) -> tuple[int, int]:
    """The year, and in which direction another is sought where it has no such day."""
    today, rule = anchor.date(), context.conventions.years
    if rule == "past":
        return (today.year if this[0] < today else today.year - 1), -1
    if rule in ("next", "following"):
        return today.year + (this[1] < today or (rule == "following" and this[1] == today)), 1
    if this[0] <= today:
        late = context.ahead and today - this[1] > timedelta(context.conventions.days_past)
        return (today.year + 1 if late else today.year), -1
    near = context.ahead or this[0] - today <= timedelta(context.conventions.days_ahead)
    return (today.year, 1) if near else (today.year - 1, -1)


def _with_day(year: int, step: int, month: int, day: int | None) -> int:
    """The year, or the next one in that direction which has such a day: February 29."""
    if day is None or day > _MOST_DAYS[month - 1]:
        return year
    while bounds_of(year, month, day) is None:
        year += step
    return year
