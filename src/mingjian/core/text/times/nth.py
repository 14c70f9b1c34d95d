"""Parts of a year or month by their number: its second week, its first ten days, its last Friday."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import msgspec

from mingjian.core.model.annotation import Precision
from mingjian.core.text.times.context import ONE_DAY, Instants, Reading
from mingjian.core.text.times.conventions import Conventions
from mingjian.core.text.times.lengths import moved
from mingjian.core.text.times.moments import Length, Moment

_THURSDAY, _WEEK = 3, timedelta(7)
_PRECISIONS: dict[str, Precision] = {"M": "month", "Q": "quarter", "W": "week", "D": "day", "B": "day"}


def nth_of(base: Reading, moment: Moment, conventions: Conventions) -> Reading:
    """The part of the year or month; without bounds where it has no such part or is itself unknown."""
    bounds = base.bounds
    if bounds is None or not moment.nth:
        return base
    weeks = conventions.weeks_of_month
    weeks = weeks if base.precision == "month" or weeks == "monday" else "thursday"
    if moment.weekday is not None:
        found: Instants | None = _nth_weekday(bounds, moment.nth, moment.weekday)
    else:
        found = _part(bounds, moment, weeks)
    if found is None or found[0] >= bounds[1] or found[1] <= bounds[0]:
        return msgspec.structs.replace(base, low=None, high=None, precision="unknown")
    low, high = found
    unit = "D" if moment.weekday is not None else moment.nth_unit or ""
    single = not moment.several or abs(moment.nth) == 1
    precision = _PRECISIONS.get(unit, "interval") if single else "interval"
    return msgspec.structs.replace(base, value=_value(low, high, precision), low=low, high=high, precision=precision)


def nth_from(today: Reading, moment: Moment) -> Reading:
    """So many days or years on, the first being the current one: 第七年, 第五天."""
    if today.low is None or today.precision != "day":
        return today
    on = (moment.nth or 1) - 1
    if moment.nth_unit == "Y":
        low, high = (datetime.combine(date(today.low.year + years, 1, 1), time()) for years in (on, on + 1))
        return msgspec.structs.replace(today, value=str(low.year), low=low, high=high, precision="year")
    low = today.low + on * ONE_DAY
    return msgspec.structs.replace(today, value=low.date().isoformat(), low=low, high=low + ONE_DAY)


def _nth_weekday(bounds: Instants, nth: int, weekday: int) -> Instants:
    if nth > 0:
        day = bounds[0] + timedelta((weekday - bounds[0].weekday()) % 7) + (nth - 1) * _WEEK
    else:
        last = bounds[1] - ONE_DAY
        day = last - timedelta((last.weekday() - weekday) % 7) + (nth + 1) * _WEEK
    return day, day + ONE_DAY


def _part(bounds: Instants, moment: Moment, weeks: str) -> Instants | None:
    """The nth unit, or the first or last so many of them."""
    nth, unit = moment.nth or 1, moment.nth_unit or "D"
    low, high = _weeks_of(bounds, weeks) if unit == "W" else bounds
    count = Length(((unit, Decimal(abs(nth))),))  # type: ignore[arg-type]
    before = Length(((unit, Decimal(abs(nth) - 1)),))  # type: ignore[arg-type]
    if nth > 0:
        first, last = moved(low, before, 1), moved(low, count, 1)
    else:
        first, last = moved(high, count, -1), moved(high, before, -1)
    if moment.several:
        first, last = (low, last) if nth > 0 else (first, high)
    return None if first is None or last is None else (first, last)


def _weeks_of(bounds: Instants, weeks: str) -> Instants:
    """The weeks that have their Thursday in the stretch (ISO 8601), that begin in it, or all that have a day in it."""
    if weeks == "monday":
        return bounds[0] + timedelta(-bounds[0].weekday() % 7), bounds[1] + timedelta(-bounds[1].weekday() % 7)
    if weeks == "first-day":
        last = bounds[1] - ONE_DAY
        return bounds[0] - timedelta(bounds[0].weekday()), last - timedelta(last.weekday()) + _WEEK
    first = bounds[0] + timedelta((_THURSDAY - bounds[0].weekday()) % 7)
    last = bounds[1] - ONE_DAY
    last -= timedelta((last.weekday() - _THURSDAY) % 7)
    return first - timedelta(_THURSDAY), last - timedelta(_THURSDAY) + _WEEK


def _value(low: datetime, high: datetime, precision: Precision) -> str:
    day = low.date().isoformat()
    if precision == "day":
        return day
    if precision == "month":
        return day[:7]
    if precision == "quarter":
        return f"{low.year}-Q{(low.month + 2) // 3}"
    if precision == "week":
        year, number, _ = low.isocalendar()
        return f"{year}-W{number:02}"
    return f"{day}/{(high - ONE_DAY).date()}"
