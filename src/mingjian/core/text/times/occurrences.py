"""Which of several days or hours of one name is meant, counted from the day or the instant of the anchor."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from mingjian.core.text.calendar import shift_months
from mingjian.core.text.times.lengths import MONTHS
from mingjian.core.text.times.moments import Length, LengthUnit

_A_WEEK = timedelta(7)
_HALF_A_DAY = timedelta(hours=12)
_UNITS: dict[LengthUnit, timedelta] = {
    "W": timedelta(7), "D": timedelta(1), "B": timedelta(1),
    "TH": timedelta(hours=1), "TM": timedelta(minutes=1), "TS": timedelta(seconds=1),
}  # fmt: skip
# The smaller unit in which parts of a unit are counted, and how many there are.
_SMALLER: dict[LengthUnit, tuple[LengthUnit, int]] = {
    "Y": ("M", 12), "Q": ("M", 3), "M": ("D", 30), "W": ("D", 7), "D": ("TH", 24), "TH": ("TM", 60), "TM": ("TS", 60),
}  # fmt: skip
_Stretch: TypeAlias = tuple[timedelta, timedelta]


def counted_weekday(today: datetime, weekday: int, shift: int) -> datetime:
    """The last such day before today (-1), the first from today on (0), or after it (1), and so on.

    >>> counted_weekday(datetime(2024, 2, 21), 2, -1)
    datetime.datetime(2024, 2, 14, 0, 0)
    """
    day = today + timedelta((weekday - today.weekday()) % 7)
    if shift > 0:
        return (day if day > today else day + _A_WEEK) + _A_WEEK * (shift - 1)
    return day + _A_WEEK * shift


def next_clock(stretch: _Stretch, now: timedelta) -> _Stretch:
    """The next time after ``now`` at which a clock shows the hour, by day or by night; all count from midnight.

    >>> [str(bound) for bound in next_clock((timedelta(hours=3), timedelta(hours=4)), timedelta(hours=4.5))]
    ['15:00:00', '16:00:00']
    """
    low, high = stretch
    step = timedelta(1)
    if timedelta(hours=1) <= low < timedelta(hours=13):
        step = _HALF_A_DAY
        low, high = low % _HALF_A_DAY, low % _HALF_A_DAY + (high - low)
    while low < now:
        low, high = low + step, high + step
    return low, high


def whole_units(now: datetime, length: Length, sign: int) -> tuple[datetime, datetime] | None:
    """So many whole units that have passed, or that will begin after this one; None where the calendar has no such.

    >>> [str(bound) for bound in whole_units(datetime(2024, 2, 21, 9, 30), Length((("D", Decimal(2)),)), -1)]
    ['2024-02-19 00:00:00', '2024-02-21 00:00:00']
    """
    unit, count = _counted(length)
    base = _floor(now, unit)
    try:
        if sign < 0:
            return _moved(base, unit, -count), base
        first = _moved(base, unit, 1)
        return first, _moved(first, unit, count)
    except (ValueError, OverflowError):
        return None


def _counted(length: Length) -> tuple[LengthUnit, int]:
    """The length in its smallest unit, or in a smaller one if it is no whole number of it: 一个半小时 in minutes."""
    unit = length.unit
    total = sum((number * _in(part, unit) for part, number in length.parts), Decimal(0))
    while total != int(total) and unit in _SMALLER:
        unit, factor = _SMALLER[unit]
        total *= factor
    return unit, int(total)


def _in(unit: LengthUnit, smaller: LengthUnit) -> Decimal:
    number = Decimal(1)
    while unit != smaller and unit in _SMALLER:
        unit, factor = _SMALLER[unit]
        number *= factor
    return number


def _floor(instant: datetime, unit: LengthUnit) -> datetime:
    """The first instant of the unit in which the instant lies."""
    if unit == "TS":
        return instant.replace(microsecond=0)
    if unit == "TM":
        return instant.replace(second=0, microsecond=0)
    if unit == "TH":
        return instant.replace(minute=0, second=0, microsecond=0)
    day = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "W":
        return day - timedelta(day.weekday())
    if unit in ("D", "B"):
        return day
    months = (day.month - 1) % MONTHS[unit]
    return datetime.combine(shift_months(day.date().replace(day=1), -months), day.time())


def _moved(instant: datetime, unit: LengthUnit, count: int) -> datetime:
    if unit in MONTHS:
        return datetime.combine(shift_months(instant.date(), count * MONTHS[unit]), instant.time())
    return instant + count * _UNITS[unit]
