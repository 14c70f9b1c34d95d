"""Halves, quarters, months and seasons of a year, its beginning and end; decades and centuries."""

from __future__ import annotations

from datetime import date, datetime, time

import msgspec

from mingjian.core.model.annotation import Precision
from mingjian.core.text.calendar import bounds_of, months_of, shift_months
from mingjian.core.text.times.context import ONE_DAY, Context, Instants, Reading, unknown
from mingjian.core.text.times.dates import days, mod_of, month_base, of_month, reading_of
from mingjian.core.text.times.lunar import season_between_terms
from mingjian.core.text.times.moments import Moment
from mingjian.core.text.times.years import Year, year_of

_MONTHS_OF_HALF = {1: (1, 6), 2: (7, 12)}
_PRECISIONS: dict[str, Precision] = {"Q": "quarter", "H": "half"}


def period(moment: Moment, context: Context) -> Reading:
    """A half, a quarter, the first so many months, a season of a year."""
    key, months = _months_of_period(moment, context)
    if moment.half_month:
        return half_month(moment, context)
    year = year_of(moment, context, months[0], None)
    if moment.year is None and moment.year_shift is None and context.year is None and not context.ahead:
        year = _completed(year, months, context)
    if year.number is None:
        return unknown(f"XXXX-{key}", year.basis, anchored=year.anchored)
    terms = season_between_terms(year.number, key) if context.conventions.season_terms and moment.season else None
    bounds = days(*terms) if terms else months_between(year.number, *months)
    value, precision = f"{year.number}-{key}", _PRECISIONS.get(key[0], "interval")
    if moment.season and not context.conventions.seasons_bound:
        return unknown(value, year.basis, anchored=year.anchored)
    if "/" in key:
        value = f"{year.number}-{key[:2]}/{year.number}-{key[3:]}"
    if moment.part is not None:
        month = {"START": months[0], "END": months[1]}.get(mod_of(moment.part, context), sum(months) // 2)
        bounds = months_between(year.number, month, month)
        return reading_of(value, bounds, "interval", year, mod=mod_of(moment.part, context))
    return reading_of(value, bounds, precision, year)


def fiscal(moment: Moment, _: Context) -> Reading:
    """A year of accounts or a part of one (2026财年, 第三财季): the text does not say when it begins and ends."""
    year = "XXXX" if moment.year is None else f"{moment.year}"
    part = f"-Q{moment.quarter}" if moment.quarter else f"-H{moment.half}" if moment.half else ""
    return unknown(f"FY{year}{part}", "fiscal-year", anchored=False)


def quarter_word(moment: Moment, context: Context) -> Reading:
    """本季度, 上季度末 count from the anchor, 当季 from the month told of before."""
    base, year = _told_quarter(context) or month_base(moment, context)
    if base is None:
        return unknown("XXXX-QX", context.relative())
    first = shift_months(date(base[0], (base[1] - 1) // 3 * 3 + 1, 1), 3 * (moment.quarter_shift or 0))
    named = Moment(year=first.year, quarter=first.month // 3 + 1, part=moment.part)
    reading = period(named, context)
    return msgspec.structs.replace(reading, basis=year.basis, anchored=year.anchored, chained=year.chained)


def _told_quarter(context: Context) -> tuple[tuple[int, int], Year] | None:
    """The first month of the quarter told of before, where another is only compared with it: 比上季度."""
    first = context.told_of("Q")
    if first is None:
        return None
    return (first.year, first.month), Year(None, context.relative(context.period_value), chained=True)


def months_between(year: int, first: int, last: int) -> Instants:
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
    return year if months_between(number, *months)[0] <= latest else msgspec.structs.replace(year, number=number - 1)


def half_month(moment: Moment, context: Context) -> Reading:
    """上半月, 下半月 of the current month."""
    base, year = month_base(moment, context)
    if base is None:
        return unknown("XXXX-XX", context.relative())
    whole = bounds_of(*base)
    middle = date(*base, 15)
    first, last = (whole[0], middle) if moment.half_month == 1 else (middle + ONE_DAY, whole[1])  # type: ignore[index]
    return reading_of(f"{first}/{last}", days(first, last), "interval", year)


def same_period(moment: Moment, context: Context) -> Reading:
    """去年同期, 2020年同期: the quarter, months or days told of before, in another year; 同期: they themselves."""
    period = context.period
    if period is None:
        return unknown("XXXX", context.relative())
    shift = moment.year - period[0].year if moment.year is not None else moment.year_shift or 0
    low, high = (shift_months(bound.date(), 12 * shift) for bound in (period[0], period[1]))
    years = str(period[0].year), str(period[0].year + shift)
    value = context.period_value.replace(*years)
    bounds = datetime.combine(low, time()), datetime.combine(high, time())
    return Reading(value, *bounds, "interval", context.relative(context.period_value), chained=True)


def part_of_year(moment: Moment, context: Context) -> Reading:
    """The beginning, middle or end of a year, named or the current one; of the current month (月底)."""
    part = moment.part or ""
    name = part.strip("年月")
    if part.startswith("月"):
        base, year = month_base(moment, context)
        if base is None:
            return Reading(
                "XXXX-XX", None, None, "unknown", context.relative(), mod=mod_of(name, context), anchored=True
            )
        return of_month(msgspec.structs.replace(moment, part=name), *base, year, context)
    year = year_of(moment, context, None, None)
    if moment.year is None and moment.year_shift is None:
        year = _year_of_part(name, context)
    if year.number is None:
        return Reading("XXXX", None, None, "unknown", year.basis, mod=mod_of(name, context), anchored=year.anchored)
    if name == "全":
        return reading_of(f"{year.number}", months_between(year.number, 1, 12), "year", year)
    if name == "内":
        high = days(date(year.number, 12, 31), date(year.number, 12, 31))[1]
        low = days(date(year.number, 1, 1), date(year.number, 1, 1))[0]
        return Reading(f"{year.number}", low, high, "interval", year.basis, anchored=year.anchored)
    bounds = months_between(year.number, *context.conventions.year_parts[name])
    return reading_of(f"{year.number}", bounds, "interval", year, mod=mod_of(name, context))


def _year_of_part(name: str, context: Context) -> Year:
    """The year whose end or whole is told of: that of the paragraph, unless it is to come; early in a year the last."""
    if context.year is not None and (context.near or not context.ahead):
        return Year(context.year, context.relative(context.year))
    number = context.anchor_year
    early = context.today is not None and context.today.month <= context.conventions.early_months
    if number is not None and early and name in ("底", "末", "全") and not context.ahead:
        number -= 1
    return Year(number, context.relative(), anchored=True)


def decade(moment: Moment, context: Context) -> Reading:
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
    mod = mod_of(moment.part.lstrip("年月"), context) if moment.part else None
    return Reading(f"{first}/{last}", *bounds, "interval", basis, mod=mod, anchored=not stated)
