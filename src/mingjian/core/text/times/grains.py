"""Lengths that count from a day as exactly as their unit: 三年后 is a year, 三个月后 months, 3小时后 an hour.

Years are 365 days and months a twelfth of that; what comes of it is as coarse as the smallest unit named: the year, for
half a year the month; the month, for half a month the day; the day, for half a day the hour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal, TypeAlias

from mingjian.core.text.calendar import shift_months
from mingjian.core.text.times.context import ONE_DAY, Context, Reading
from mingjian.core.text.times.lengths import is_clock, moved
from mingjian.core.text.times.moments import Length, LengthUnit
from mingjian.core.text.times.spoken import SpokenTime

Grain: TypeAlias = Literal["second", "minute", "hour", "day", "week", "month", "year"]
_ORDER: tuple[Grain, ...] = ("second", "minute", "hour", "day", "week", "month", "year")
_HALF = Decimal("0.5")
_DAYS: Mapping[LengthUnit, Decimal] = {
    "Y": Decimal(365), "Q": Decimal(365) / 4, "M": Decimal(365) / 12, "W": Decimal(7), "D": Decimal(1),
    "TH": Decimal(1) / 24, "TM": Decimal(1) / 1440, "TS": Decimal(1) / 86400,
}  # fmt: skip
# How exact a whole number of the unit is, and one with a half.
_GRAINS: Mapping[LengthUnit, tuple[Grain, Grain]] = {
    "Y": ("year", "month"), "Q": ("month", "month"), "M": ("month", "day"), "W": ("week", "day"), "D": ("day", "hour"),
    "B": ("day", "day"), "TH": ("minute", "minute"), "TM": ("second", "second"), "TS": ("second", "second"),
}  # fmt: skip
_STEPPED: tuple[LengthUnit, ...] = ("M", "TH", "TM", "TS")


def read_span(spoken: SpokenTime, context: Context) -> Reading | None:
    """近三年, 未来5年, 过两天."""
    length, way = spoken.length, spoken.way
    if length is None or way is None or context.earliest is None:
        return None
    said = way.value if isinstance(way.value, Mapping) else {}
    longest = Length((*length.parts[:-1], (length.unit, length.most))) if length.most is not None else length
    coarse = length.unit in ("Y", "Q", "M")
    grain = _coarser("day", _grain_of(context)) if coarse else _grain_of(context)
    if said.get("way") != "future":
        low = _shifted(context.earliest, longest, -1)
        return _counted(context, floor(low, grain) if coarse else low, context.now)
    high = _shifted(context.earliest, longest, 1)
    if said.get("open"):
        low = _shifted(context.earliest, length, 1)
        return _counted(context, low if is_clock(length) else floor(low, "day"), None)
    return _counted(context, context.earliest, _after(high, grain))


def read_within(spoken: SpokenTime, context: Context) -> Reading | None:
    """三年内: up to the end of the year that is so long after."""
    length = spoken.length
    if length is None or context.earliest is None:
        return None
    grain = "day" if length.unit == "W" else _grain(length)
    return _counted(context, context.earliest, _after(_shifted(context.earliest, length, 1), grain))


def read_offset(spoken: SpokenTime, context: Context) -> Reading | None:
    """三年前, 20天以后, 三个多月以来."""
    length, tail, base = spoken.length, spoken.tail, context.earliest
    if length is None or tail is None or base is None:
        return None
    grain = _grain(length)
    if tail.by in ("以来", "来"):
        low = floor(_shifted(base, length, -1), "day" if grain == "week" else grain)
        return _counted(context, low, context.now)
    sign = -1 if tail.by == "前" else 1
    if length.most is not None:
        longest = Length((*length.parts[:-1], (length.unit, length.most)))
        ends = sorted(moved(base, one, sign) or _shifted(base, one, sign) for one in (length, longest))
        return _counted(context, floor(ends[0], grain), _after(ends[1], grain))
    there = _shifted(base, length, sign)
    if isinstance(tail.value, Mapping) and tail.value.get("open") and grain != "week":
        if sign < 0:
            return _counted(context, None, _after(there, grain))
        return _counted(context, floor(there, grain), None)
    return _counted(context, *_closed(base, length, sign, grain))


def _closed(base: datetime, length: Length, sign: int, grain: Grain) -> tuple[datetime, datetime]:
    """The year, month or day that is so long before or after; of months and hours one more on the far side."""
    there = _shifted(base, length, sign)
    number = length.parts[-1][1]
    halved = number == _HALF and (length.unit == "D" or (length.unit == "Y" and sign < 0))
    if length.unit not in _STEPPED and not halved:
        return floor(there, grain), _after(there, grain)
    step = Length(((length.unit, _HALF if number == _HALF else Decimal(1)),))
    beyond = _shifted(there, step, sign)
    if sign < 0:
        return floor(beyond, grain), there if is_clock(length) else _after(there, grain)
    return there if is_clock(length) else floor(there, grain), _after(beyond, grain)


def _counted(context: Context, low: datetime | None, high: datetime | None) -> Reading:
    value = "/".join(instant.isoformat() if instant else "" for instant in (low, high))
    return Reading(value, low, high, "interval", context.relative(), anchored=True)


def _grain(length: Length) -> Grain:
    unit, number = length.parts[-1]
    return _GRAINS[unit][number != int(number)]


def _grain_of(context: Context) -> Grain:
    """How exactly the anchor is known."""
    if context.earliest != context.latest:
        first, last = context.earliest, context.latest
        return "year" if first and last and first.month != last.month else "month"
    if not context.exact:
        return "day"
    return "minute" if context.step else "second"


def _coarser(one: Grain, other: Grain) -> Grain:
    return max(one, other, key=_ORDER.index)


def _shifted(base: datetime, length: Length, sign: int) -> datetime:
    instant = base
    for unit, number in length.parts:
        if unit == "B":
            instant = moved(instant, Length(((unit, number),)), sign) or instant
            continue
        try:
            instant += sign * timedelta(seconds=float(number * _DAYS[unit] * 86400))
        except OverflowError:
            return instant
    return instant.replace(microsecond=0)


def floor(instant: datetime, grain: Grain) -> datetime:
    """The first instant of the year, month … in which the instant lies."""
    return _FLOORS[grain](instant)


def _after(instant: datetime, grain: Grain) -> datetime:
    """The first instant after the year, month … in which the instant lies; itself, where seconds count."""
    first = floor(instant, grain)
    if grain in ("year", "month"):
        months = 12 if grain == "year" else 1
        return datetime.combine(shift_months(first.date(), months), time())
    return first + _LENGTHS[grain]


_LENGTHS: Mapping[Grain, timedelta] = {
    "second": timedelta(0), "minute": timedelta(minutes=1), "hour": timedelta(hours=1),
    "day": ONE_DAY, "week": 7 * ONE_DAY,
}  # fmt: skip
_FLOORS: Mapping[Grain, Callable[[datetime], datetime]] = {
    "second": lambda instant: instant,
    "minute": lambda instant: instant.replace(second=0),
    "hour": lambda instant: instant.replace(minute=0, second=0),
    "day": lambda instant: datetime.combine(instant.date(), time()),
    "week": lambda instant: datetime.combine(instant.date(), time()) - timedelta(instant.weekday()),
    "month": lambda instant: datetime.combine(instant.date().replace(day=1), time()),
    "year": lambda instant: datetime.combine(date(instant.year, 1, 1), time()),
}
