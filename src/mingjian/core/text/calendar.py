"""Calendar arithmetic on days, months, quarters and years; all bounds are inclusive."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from typing import TypeAlias

Bounds: TypeAlias = tuple[date, date]

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def bounds_of(year: int, month: int | None = None, day: int | None = None) -> Bounds | None:
    """First and last day of a year, month or day; ``None`` where the calendar has no such day.

    >>> bounds_of(2024, 2)
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    if not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    last = _last_day(year, month)
    if day is None:
        return date(year, month, 1), date(year, month, last)
    if not 1 <= day <= last:
        return None
    return date(year, month, day), date(year, month, day)


def _last_day(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else _DAYS[month - 1]


def months_of(year: int, first: int, last: int) -> Bounds:
    """First day of one month and last day of another of the same year."""
    return date(year, first, 1), date(year, last, _last_day(year, last))


def shift_months(day: date, months: int) -> date:
    """The same day some months on; the last day of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _last_day(year, month + 1)))


def plan_years(number: int) -> tuple[int, int]:
    """First and last year of a five-year plan, counted by the regular ones since the sixth (1981 to 1985).

    >>> plan_years(14)
    (2021, 2025)
    """
    first = 1981 + (number - 6) * 5
    return first, first + 4
