"""Calendar arithmetic on days, months, quarters and years; all bounds are inclusive."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias

Bounds: TypeAlias = tuple[date, date]

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HALVES = {1: (1, 6), 2: (7, 12)}


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


def part_of_year(year: int, part: str, parts: Mapping[str, Sequence[int]]) -> Bounds:
    """The months that 年初, 年中 … mean; ``parts``: first and last month by the end of the word."""
    first, last = next(months for end, months in parts.items() if part.endswith(end))
    return months_of(year, first, last)


def part_of_month(year: int, month: int, part: str, parts: Mapping[str, Sequence[int]]) -> Bounds:
    """The days that 月初, 上旬 … mean; ``parts``: first and last day by the end of the word."""
    first, last = next(days for end, days in parts.items() if part.endswith(end))
    return date(year, month, first), date(year, month, min(last, _last_day(year, month)))


def half_of(year: int, half: int) -> Bounds:
    """The half of a year."""
    return months_of(year, *_HALVES[half])


def quarters_of(year: int, first: int, last: int) -> Bounds:
    """From the first day of one quarter to the last day of another."""
    return months_of(year, 3 * first - 2, 3 * last)


def shift_months(day: date, months: int) -> date:
    """The same day some months on; the last day of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _last_day(year, month + 1)))


def shift(day: date, count: float, unit: str) -> date:
    """The day some years, months, weeks or days on (``Y M W D``); half a unit counts in days."""
    if unit == "Y":
        return shift_months(day, round(count * 12))
    if unit == "M" and count == int(count):
        return shift_months(day, int(count))
    return day + timedelta(days=round(count * {"D": 1, "W": 7, "M": 30}.get(unit, 0)))


def weekday_of_month(year: int, month: int, number: int, weekday: int) -> date:
    """The first, second … Monday (0) to Sunday (6) of a month.

    >>> weekday_of_month(2025, 5, 2, 6)
    datetime.date(2025, 5, 11)
    """
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))


def plan_years(number: int) -> tuple[int, int]:
    """First and last year of a five-year plan, counted by the regular ones since the sixth (1981 to 1985).

    >>> plan_years(14)
    (2021, 2025)
    """
    first = 1981 + (number - 6) * 5
    return first, first + 4
