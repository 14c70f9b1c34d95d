"""Years, months and days: stated, or named by their place beside the anchor or what was told of before."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from mingjian.core.model.annotation import Precision
from mingjian.core.text.calendar import bounds_of, months_of, shift_months
from mingjian.core.text.times.context import ONE_DAY, Context, Instants, Reading, unknown
from mingjian.core.text.times.lunar import lunar_bounds
from mingjian.core.text.times.moments import Moment
from mingjian.core.text.times.years import Year, with_weekday, year_of


def days(first: date, last: date) -> Instants:
    """From the first instant of one day to the last of another."""
    return datetime.combine(first, time()), datetime.combine(last, time()) + ONE_DAY


def masked(month: int | None, day: int | None) -> str:
    """The value of a date whose year is not known: ``XXXX-02-21``."""
    tail = [f"-{month:02}" if month else "-XX"] if month or day else []
    return "".join(["XXXX", *tail, f"-{day:02}" if day else ""])


def reading_of(
    value: str,
    bounds: Instants,
    precision: Precision,
    year: Year | None = None,
    *,
    basis: str = "explicit",
    mod: str | None = None,
) -> Reading:
    """A reading whose basis is that of its year, if it has one."""
    if year is None:
        return Reading(value, *bounds, precision, basis, mod=mod)
    return Reading(value, *bounds, precision, year.basis, mod=mod, anchored=year.anchored, chained=year.chained)


def mod_of(part: str, context: Context) -> str:
    """The TIMEX3 modifier of a part of a year or month: ``START``, ``MID`` or ``END``."""
    return context.conventions.mods.get(part, "MID")


def year_month_day(moment: Moment, context: Context) -> Reading:
    """A year, a month or a day of the calendar."""
    month, day = moment.month, moment.day
    year = year_of(moment, context, month, day)
    if year.number is None:
        return unknown(masked(month, day), year.basis, anchored=year.anchored)
    if moment.weekday is not None and year.basis.startswith("relative") and moment.year_shift is None:
        year = with_weekday(year, (month, day), moment.weekday) if context.conventions.weekday_decides else year
    number = year.number or 0
    bounds = bounds_of(number, month, day)
    if bounds is None:
        return unknown(masked(month, day).replace("XXXX", f"{year.number:04}"), "no-such-day", anchored=False)
    if month is None:
        return reading_of(f"{year.number}", days(*bounds), "year", year)
    if day is not None:
        return reading_of(bounds[0].isoformat(), days(*bounds), "day", year)
    return of_month(moment, number, month, year, context)


def of_month(moment: Moment, number: int, month: int, year: Year, context: Context) -> Reading:
    """The whole month, or its beginning, middle or end."""
    value = f"{number}-{month:02}"
    whole = months_of(number, month, month)
    if moment.part is None:
        return reading_of(value, days(*whole), "month", year)
    part = moment.part.lstrip("年月")
    first, last = context.conventions.month_parts[part]
    bounds = date(number, month, first), date(number, month, min(last, whole[1].day))
    return reading_of(value, days(*bounds), "interval", year, mod=mod_of(part, context))


def month_word(moment: Moment, context: Context) -> Reading:
    """本月, 上月底, 下月15日, 当月."""
    base, year = month_base(moment, context)
    if base is None:
        return unknown("XXXX-XX", context.relative())
    first = shift_months(date(*base, 1), moment.month_shift or 0)
    if moment.day is None:
        return of_month(moment, first.year, first.month, year, context)
    bounds = bounds_of(first.year, first.month, moment.day)
    if bounds is None:
        return unknown(first.isoformat()[:7], "no-such-day", anchored=False)
    return reading_of(bounds[0].isoformat(), days(*bounds), "day", year)


def month_base(moment: Moment, context: Context) -> tuple[tuple[int, int] | None, Year]:
    """The month that is counted from: the one told of before (当月, 比上月), or that of the anchor."""
    if moment.chain and context.event is not None:
        day = context.event[0]
        return (day.year, day.month), Year(None, context.relative(day.date()), chained=True)
    if context.compared and context.near and context.year is not None and context.month is not None:
        told = f"{context.year}-{context.month:02}"
        return (context.year, context.month), Year(None, context.relative(told), chained=True)
    first = context.told_of("M")
    if first is not None:
        return (first.year, first.month), Year(None, context.relative(context.period_value), chained=True)
    return context.anchor_month, Year(None, context.relative(), anchored=True)


def bare_day(moment: Moment, context: Context) -> Reading:
    """A day without its month: of the month in the sentence, else of the anchor's month or the one before."""
    day = moment.day or 1
    if context.month is not None and context.year is not None:
        bounds = bounds_of(context.year, context.month, day)
        basis = f"relative:bare-day@{context.year}-{context.month:02}"
        return reading_of(bounds[0].isoformat(), days(*bounds), "day", basis=basis) if bounds else _no_day()
    found = {_month_with(anchor, day, context) for anchor in (context.earliest, context.latest)}
    month = found.pop() if len(found) == 1 else None
    year = Year(None, f"relative:bare-day@{context.basis}", anchored=True)
    if month is None:
        return unknown(masked(None, day), year.basis)
    bounds = bounds_of(*month, day)
    return reading_of(bounds[0].isoformat(), days(*bounds), "day", year) if bounds else _no_day()


def _no_day() -> Reading:
    return unknown("XXXX-XX-XX", "no-such-day", anchored=False)


def _month_with(anchor: datetime | None, day: int, context: Context) -> tuple[int, int] | None:
    """Year and month of the last such day not after the anchor, or of the anchor's own where it is announced."""
    if anchor is None:
        return None
    if context.conventions.bare_days == "same":
        return anchor.year, anchor.month
    if context.conventions.bare_days == "following":
        month = shift_months(anchor.date(), 1)
        return month.year, month.month
    if context.conventions.bare_days == "next":
        month = anchor.date() if day >= anchor.day else shift_months(anchor.date(), 1)
        return month.year, month.month
    if (day <= anchor.day or context.ahead) and bounds_of(anchor.year, anchor.month, day):
        return anchor.year, anchor.month
    before = anchor.date().replace(day=1) - timedelta(1)
    if bounds_of(before.year, before.month, day) is None:
        before = before.replace(day=1) - timedelta(1)
    return before.year, before.month


def lunar_date(moment: Moment, context: Context) -> Reading:
    """五月初五: of the lunar year that begins in the year named or implied."""
    month = moment.month or (context.anchor_month or (0, 1))[1]
    year = year_of(moment, context, month, None)
    if year.number is None:
        return unknown("XXXX-XX", year.basis, anchored=year.anchored)
    bounds = lunar_bounds(moment, year.number, month)
    if bounds is None:
        return unknown("XXXX-XX", "no-such-day", anchored=False)
    value = bounds[0].isoformat() if moment.day else f"{bounds[0]}/{bounds[1]}"
    return reading_of(value, days(*bounds), "day" if moment.day else "interval", year)
