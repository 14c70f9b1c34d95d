"""Holidays: of a named year, or the nearest."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from mingjian.core.text.almanac import holiday, hours_of
from mingjian.core.text.times.context import ONE_DAY, Context, Reading, unknown
from mingjian.core.text.times.dates import days, reading_of
from mingjian.core.text.times.moments import Moment
from mingjian.core.text.times.years import Year, chosen_year, year_of


def holiday_of(moment: Moment, context: Context) -> Reading:
    """The day or days of a holiday, in the year named or in that whose holiday is nearest."""
    key = moment.holiday or ""
    years = {_holiday_year(key, anchor, context) for anchor in (context.earliest, context.latest)}
    near = years.pop() if len(years) == 1 else None
    solar = context.conventions.lunar == "months"
    sample = holiday(key, near or 2000, solar=solar)
    year = year_of(moment, context, sample[0].month if sample else None, sample[0].day if sample else None)
    if moment.year is None and moment.year_shift is None and context.year is None:
        year = Year(near, context.relative(), anchored=True)
    found = None if year.number is None else holiday(key, year.number, solar=solar)
    if found is None:
        return unknown("XXXX-XX-XX", year.basis, anchored=year.anchored)
    found = _day_of(moment, found)
    offset = context.conventions.holiday_offsets.get(key, 0) * ONE_DAY
    first, last = found[0] + offset, found[1] + offset
    hours = hours_of(key)
    if hours is not None and not moment.has_clock:
        low = datetime.combine(first, hours[0])
        high = datetime.combine(first, hours[1]) + timedelta(minutes=context.conventions.hours_end == "minute")
        return msgspec.structs.replace(reading_of(f"{first}T{hours[0]:%H:%M}", (low, high), "hour", year), type="TIME")
    value = first.isoformat() if first == last else f"{first}/{last}"
    return reading_of(value, days(first, last), "day" if first == last else "interval", year)


def _day_of(moment: Moment, holiday: tuple[date, date]) -> tuple[date, date]:
    """春节第三天, 圣诞节翌日, 国庆前一天: a day of the holiday, or so many days behind or before it."""
    first, last = holiday
    if moment.nth is None and moment.day_shift is None:
        return holiday
    shift = moment.day_shift if moment.day_shift is not None else (moment.nth or 1) - 1
    day = (last if moment.day_shift is not None and shift > 0 else first) + shift * ONE_DAY
    return day, day


def _holiday_year(key: str, anchor: datetime | None, context: Context) -> int | None:
    """The year of the last such holiday before the anchor, or of the next one where that is announced or close."""
    if anchor is None:
        return None
    if context.conventions.years == "same":
        return anchor.year
    solar = context.conventions.lunar == "months"
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    near = {year: found for year in years if (found := holiday(key, year, solar=solar))}
    return chosen_year(near, anchor.date(), context)
