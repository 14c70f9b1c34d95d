"""Resolves a moment: from what its words say to a stretch of the calendar.

Nothing is guessed: where neither the words, nor the sentences before, nor the anchor decide, the bounds stay open.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import msgspec

from mingjian.core.model.annotation import Precision
from mingjian.core.text.almanac import holiday, hours_of
from mingjian.core.text.calendar import bounds_of, months_of, shift_months
from mingjian.core.text.times.clocks import clock_of
from mingjian.core.text.times.context import ONE_DAY, Bounds, Context, Reading, unknown
from mingjian.core.text.times.lunar import is_lunar, lunar_bounds, season_between_terms
from mingjian.core.text.times.moments import Moment
from mingjian.core.text.times.nth import nth_from, nth_of
from mingjian.core.text.times.occurrences import counted_weekday, next_clock
from mingjian.core.text.times.years import Year, chosen_year, with_weekday, year_of

_MODS = {"底": "END", "下旬": "END", "初": "START", "伊始": "START", "上旬": "START"}
_LONGEST_EVENT = 10   # days that an event may last of which 当天 is one
_EARLY = 2           # months in which figures of a whole year are those of the last one
_MONTHS_OF_HALF = {1: (1, 6), 2: (7, 12)}


def days(first: date, last: date) -> Bounds:
    """From the first instant of one day to the last of another."""
    return datetime.combine(first, time()), datetime.combine(last, time()) + ONE_DAY


def resolve(moment: Moment, context: Context) -> Reading:
    """The stretch that the moment means in its context."""
    if moment.hour is None and moment.minute is not None and context.exact and context.earliest is not None:
        moment = msgspec.structs.replace(moment, hour=context.earliest.hour)
    reading = _calendar(moment, context) if moment.has_date else None
    if not moment.has_clock:
        return reading or unknown("", "not-stated", anchored=False)
    return with_clock(moment, reading, context)


def _calendar(moment: Moment, context: Context) -> Reading:
    if is_lunar(moment, context):
        return _lunar(moment, context)
    if moment.century is not None or moment.century_shift is not None or moment.decade is not None:
        return _decade(moment, context)
    if moment.holiday is not None and moment.chain:
        return _holiday(moment, context)
    if _is_part(moment):
        return _nth(moment, context)
    if moment.workday_shift is not None:
        return _workday(moment, context)
    if moment.day_shift is not None:
        return _day_word(moment, context)
    if moment.weekend or (moment.weekday is not None and moment.day is None) or moment.week_shift is not None or moment.half_week:
        return _week(moment, context)
    if moment.same_period and context.period is not None:
        return _same_period(moment, context, context.period)
    if moment.holiday is not None:
        return _holiday(moment, context)
    if moment.quarter_shift is not None:
        return _quarter_word(moment, context)
    if moment.part is not None and moment.month is None and moment.month_shift is None and moment.quarter is None:
        return _part(moment, context)
    if moment.quarter or moment.half or moment.season or moment.several or moment.half_month:
        return _period(moment, context)
    if moment.month_shift is not None:
        return _month_word(moment, context)
    if moment.day is not None and moment.month is None:
        return _bare_day(moment, context)
    return _year_month_day(moment, context)


def _reading(
    value: str, bounds: Bounds, precision: Precision, year: Year | None = None, *, basis: str = "explicit", mod: str | None = None
) -> Reading:
    if year is None:
        return Reading(value, *bounds, precision, basis, mod=mod)
    return Reading(value, *bounds, precision, year.basis, mod=mod, anchored=year.anchored, chained=year.chained)


def _is_part(moment: Moment) -> bool:
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


# ---- years, months, days


def _year_month_day(moment: Moment, context: Context) -> Reading:
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
        return _reading(f"{year.number}", days(*bounds), "year", year)
    if day is not None:
        return _reading(bounds[0].isoformat(), days(*bounds), "day", year)
    return _of_month(moment, number, month, year, context)


def _of_month(moment: Moment, number: int, month: int, year: Year, context: Context) -> Reading:
    """The whole month, or its beginning, middle or end."""
    value = f"{number}-{month:02}"
    whole = months_of(number, month, month)
    if moment.part is None:
        return _reading(value, days(*whole), "month", year)
    part = moment.part.lstrip("年月")
    first, last = context.conventions.month_parts[part]
    bounds = date(number, month, first), date(number, month, min(last, whole[1].day))
    return _reading(value, days(*bounds), "interval", year, mod=_mod(part))


def _same_period(moment: Moment, context: Context, period: Bounds) -> Reading:
    """去年同期: the quarter or the months told of before, a year or more earlier."""
    shift = moment.year_shift or 0
    low, high = (shift_months(bound.date(), 12 * shift) for bound in (period[0], period[1]))
    years = str(period[0].year), str(period[0].year + shift)
    value = context.period_value.replace(*years)
    bounds = datetime.combine(low, time()), datetime.combine(high, time())
    return Reading(value, *bounds, "interval", context.relative(context.period_value), chained=True)


def _mod(part: str) -> str:
    return _MODS.get(part, "MID")


def _month_word(moment: Moment, context: Context) -> Reading:
    """本月, 上月底, 下月15日, 当月."""
    base, year = _month_base(moment, context)
    if base is None:
        return unknown("XXXX-XX", context.relative())
    first = shift_months(date(*base, 1), moment.month_shift or 0)
    if moment.day is None:
        return _of_month(moment, first.year, first.month, year, context)
    bounds = bounds_of(first.year, first.month, moment.day)
    if bounds is None:
        return unknown(first.isoformat()[:7], "no-such-day", anchored=False)
    return _reading(bounds[0].isoformat(), days(*bounds), "day", year)


def _month_base(moment: Moment, context: Context) -> tuple[tuple[int, int] | None, Year]:
    """The month that is counted from: the one told of before (当月, 比上月), or that of the anchor."""
    if moment.chain and context.event is not None:
        day = context.event[0]
        return (day.year, day.month), Year(None, context.relative(day.date()), chained=True)
    if context.compared and context.near and context.year is not None and context.month is not None:
        told = f"{context.year}-{context.month:02}"
        return (context.year, context.month), Year(None, context.relative(told), chained=True)
    return context.anchor_month, Year(None, context.relative(), anchored=True)


def _bare_day(moment: Moment, context: Context) -> Reading:
    """A day without its month: of the month in the sentence, else of the anchor's month or the one before."""
    day = moment.day or 1
    if context.month is not None and context.year is not None:
        bounds = bounds_of(context.year, context.month, day)
        basis = f"relative:bare-day@{context.year}-{context.month:02}"
        return _reading(bounds[0].isoformat(), days(*bounds), "day", basis=basis) if bounds else _no_day()
    found = {_month_with(anchor, day, context) for anchor in (context.earliest, context.latest)}
    month = found.pop() if len(found) == 1 else None
    year = Year(None, f"relative:bare-day@{context.basis}", anchored=True)
    if month is None:
        return unknown(masked(None, day), year.basis)
    bounds = bounds_of(*month, day)
    return _reading(bounds[0].isoformat(), days(*bounds), "day", year) if bounds else _no_day()


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


# ---- days and months of the moon


def _lunar(moment: Moment, context: Context) -> Reading:
    """五月初五: of the lunar year that begins in the year named or implied."""
    month = moment.month or (context.anchor_month or (0, 1))[1]
    year = year_of(moment, context, month, None)
    if year.number is None:
        return unknown("XXXX-XX", year.basis, anchored=year.anchored)
    bounds = lunar_bounds(moment, year.number, month)
    if bounds is None:
        return unknown("XXXX-XX", "no-such-day", anchored=False)
    value = bounds[0].isoformat() if moment.day else f"{bounds[0]}/{bounds[1]}"
    return _reading(value, days(*bounds), "day" if moment.day else "interval", year)


# ---- parts of a year


def _period(moment: Moment, context: Context) -> Reading:
    """A half, a quarter, the first so many months, a season of a year."""
    key, months = _months_of_period(moment, context)
    if moment.half_month:
        return _half_month(moment, context)
    year = year_of(moment, context, months[0], None)
    if moment.year is None and moment.year_shift is None and context.year is None and not context.ahead:
        year = _completed(year, months, context)
    if year.number is None:
        return unknown(f"XXXX-{key}", year.basis, anchored=year.anchored)
    terms = season_between_terms(year.number, key) if context.conventions.season_terms and moment.season else None
    bounds = days(*terms) if terms else _months(year.number, *months)
    value, precision = f"{year.number}-{key}", _PRECISIONS.get(key[0], "interval")
    if moment.season and not context.conventions.seasons_bound:
        return unknown(value, year.basis, anchored=year.anchored)
    if "/" in key:
        value = f"{year.number}-{key[:2]}/{year.number}-{key[3:]}"
    if moment.part is not None:
        month = {"START": months[0], "END": months[1]}.get(_mod(moment.part), sum(months) // 2)
        bounds = _months(year.number, month, month)
        return _reading(value, bounds, "interval", year, mod=_mod(moment.part))
    return _reading(value, bounds, precision, year)


_PRECISIONS: dict[str, Precision] = {"Q": "quarter", "H": "half"}


def _quarter_word(moment: Moment, context: Context) -> Reading:
    """本季度, 上季度末 count from the anchor, 当季 from the month told of before."""
    base, year = _month_base(moment, context)
    if base is None:
        return unknown("XXXX-QX", context.relative())
    first = shift_months(date(base[0], (base[1] - 1) // 3 * 3 + 1, 1), 3 * (moment.quarter_shift or 0))
    named = Moment(year=first.year, quarter=first.month // 3 + 1, part=moment.part)
    reading = _period(named, context)
    return msgspec.structs.replace(reading, basis=year.basis, anchored=year.anchored, chained=year.chained)


def _months(year: int, first: int, last: int) -> Bounds:
    """Months of a year; a season may end in the next."""
    if last < first:
        return days(date(year, first, 1), months_of(year + 1, 1, last)[1])
    return days(*months_of(year, first, last))


def _months_of_period(moment: Moment, context: Context) -> tuple[str, tuple[int, int]]:
    if moment.half:
        return f"H{moment.half}", _MONTHS_OF_HALF[moment.half]
    if moment.quarter:
        return f"Q{moment.quarter}", (3 * moment.quarter - 2, 3 * moment.quarter)
    if moment.season:
        return moment.season, context.conventions.seasons[moment.season]
    count = (moment.nth or 1) * (3 if moment.nth_unit == "Q" else 1)
    return f"01/{min(count, 12):02}", (1, min(count, 12))


def _completed(year: Year, months: tuple[int, int], context: Context) -> Year:
    """A period that had not begun by the day of publication is that of the year before."""
    number, latest = year.number, context.latest
    if number is None or latest is None or context.conventions.years != "nearest":
        return year
    return year if _months(number, *months)[0] <= latest else msgspec.structs.replace(year, number=number - 1)


def _half_month(moment: Moment, context: Context) -> Reading:
    base, year = _month_base(moment, context)
    if base is None:
        return unknown("XXXX-XX", context.relative())
    whole = bounds_of(*base)
    middle = date(*base, 15)
    first, last = (whole[0], middle) if moment.half_month == 1 else (middle + ONE_DAY, whole[1])  # type: ignore[index]
    return _reading(f"{first}/{last}", days(first, last), "interval", year)


def _part(moment: Moment, context: Context) -> Reading:
    """The beginning, middle or end of a year, named or the current one; of the current month (月底)."""
    part = moment.part or ""
    name = part.strip("年月")
    if part.startswith("月"):
        base, year = _month_base(moment, context)
        if base is None:
            return Reading("XXXX-XX", None, None, "unknown", context.relative(), mod=_mod(name), anchored=True)
        return _of_month(msgspec.structs.replace(moment, part=name), *base, year, context)
    year = year_of(moment, context, None, None)
    if moment.year is None and moment.year_shift is None:
        year = _year_of_part(name, context)
    if year.number is None:
        return Reading("XXXX", None, None, "unknown", year.basis, mod=_mod(name), anchored=year.anchored)
    if name == "全":
        return _reading(f"{year.number}", _months(year.number, 1, 12), "year", year)
    if name == "内":
        high = days(date(year.number, 12, 31), date(year.number, 12, 31))[1]
        low = days(date(year.number, 1, 1), date(year.number, 1, 1))[0]
        return Reading(f"{year.number}", low, high, "interval", year.basis, anchored=year.anchored)
    bounds = _months(year.number, *context.conventions.year_parts[name])
    return _reading(f"{year.number}", bounds, "interval", year, mod=_mod(name))


def _year_of_part(name: str, context: Context) -> Year:
    """The year whose end or whole is told of: that of the paragraph, unless it is to come; early in a year the last."""
    if context.year is not None and (context.near or not context.ahead):
        return Year(context.year, context.relative(context.year))
    number = context.anchor_year
    early = context.today is not None and context.today.month <= _EARLY
    if number is not None and early and name in ("底", "末", "全") and not context.ahead:
        number -= 1
    return Year(number, context.relative(), anchored=True)


# ---- holidays


def _holiday(moment: Moment, context: Context) -> Reading:
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
        return msgspec.structs.replace(_reading(f"{first}T{hours[0]:%H:%M}", (low, high), "hour", year), type="TIME")
    value = first.isoformat() if first == last else f"{first}/{last}"
    return _reading(value, days(first, last), "day" if first == last else "interval", year)


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


# ---- days and weeks by their place beside the anchor


def _day_word(moment: Moment, context: Context) -> Reading:
    """今天, 昨天 … count from the publication, 当天, 次日 … from the day told of before."""
    shift = timedelta(moment.day_shift or 0)
    if moment.chain and context.event is not None and (context.event[1] - context.event[0]).days <= _LONGEST_EVENT:
        last = context.said_of.startswith(context.conventions.closing)
        day = (context.event[1] - ONE_DAY if last else context.event[0]) + shift
        basis = context.relative(context.event[0].date())
        return Reading(day.date().isoformat(), day, day + ONE_DAY, "day", basis, chained=True)
    return near_anchor(context, shift)


def _workday(moment: Moment, context: Context) -> Reading:
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
    return Reading(day.date().isoformat(), day, day + ONE_DAY, "day", basis, anchored=told is None, chained=told is not None)


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


def _week(moment: Moment, context: Context) -> Reading:
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
        return _reading(day.date().isoformat(), (day, day + ONE_DAY), "day", year)
    if moment.weekend:
        weekday, hour = context.conventions.weekend
        bounds = monday + timedelta(weekday, hours=hour), monday + timedelta(7)
        if bounds[1] - bounds[0] == ONE_DAY:
            return _reading(bounds[0].date().isoformat(), bounds, "day", year)
        return _reading(f"{bounds[0].date()}/{(bounds[1] - ONE_DAY).date()}", bounds, "interval", year)
    if moment.half_week:
        low = monday if moment.half_week == 1 else monday + timedelta(3)
        high = monday + timedelta(3 if moment.half_week == 1 else 7)
        return _reading(f"{low.date()}/{(high - ONE_DAY).date()}", (low, high), "interval", year)
    iso_year, number, _ = monday.isocalendar()
    return _reading(f"{iso_year}-W{number:02}", (monday, monday + timedelta(7)), "week", year)


def _bare_weekday(day: datetime, today: datetime, context: Context) -> datetime:
    rule = context.conventions.weekdays
    if rule == "next":
        return day if day > today else day + timedelta(7)
    if rule == "past":
        return day if day < today else day - timedelta(7)
    if rule == "nearest" and not context.ahead and day > today + timedelta(2):
        return day - timedelta(7)
    return day


# ---- decades and centuries


def _decade(moment: Moment, context: Context) -> Reading:
    """20世纪90年代, 21世纪: ten years or a hundred; 上世纪 is the one before the anchor's."""
    stated = moment.century is not None
    year = context.anchor_year
    if stated:
        century = (moment.century or 1) - 1
    elif year is None:
        return unknown("XXXX", context.relative())
    elif moment.century_shift is None:
        century = year // 100 if (moment.decade or 0) <= year % 100 else year // 100 - 1
    else:
        century = year // 100 + moment.century_shift
    first = century * 100 + (moment.decade or 0)
    last = first + (99 if moment.decade is None else 9)
    if moment.part is not None:
        parts = context.conventions.century_parts if moment.decade is None else context.conventions.decade_parts
        low, high = parts[moment.part.lstrip("年月")]
        first, last = first + low, first + high
    basis = "explicit" if stated else context.relative()
    bounds = days(date(first, 1, 1), date(last, 12, 31))
    mod = _mod(moment.part.lstrip("年月")) if moment.part else None
    return Reading(f"{first}/{last}", *bounds, "interval", basis, mod=mod, anchored=not stated)


# ---- times of the day


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


def masked(month: int | None, day: int | None) -> str:
    """The value of a date whose year is not known: ``XXXX-02-21``."""
    tail = [f"-{month:02}" if month else "-XX"] if month or day else []
    return "".join(["XXXX", *tail, f"-{day:02}" if day else ""])


__all__ = ["days", "masked", "near_anchor", "resolve", "with_clock"]
