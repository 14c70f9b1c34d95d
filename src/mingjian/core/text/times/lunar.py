"""Days and months of the Chinese lunar calendar, and seasons between its solar terms."""

from __future__ import annotations

from datetime import date, timedelta

from mingjian.core.text.almanac import lunar_day, lunar_month, solar_term
from mingjian.core.text.times.context import Context
from mingjian.core.text.times.moments import Moment

_LONGEST_MONTH = 30
# The terms with which each season begins and the next one does; winter ends in the year after.
_TERMS = {"SP": ("立春", "立夏"), "SU": ("立夏", "立秋"), "AU": ("立秋", "立冬"), "WI": ("立冬", "立春")}


def lunar_bounds(moment: Moment, year: int, month: int) -> tuple[date, date] | None:
    """First and last day of a day or month of the lunar year that begins in ``year``; the 30th is the last day."""
    if moment.day is None:
        return lunar_month(year, month, leap=moment.leap)
    day = lunar_day(year, month, moment.day, leap=moment.leap)
    if day is None and moment.day == _LONGEST_MONTH:
        whole = lunar_month(year, month, leap=moment.leap)
        day = whole[1] if whole else None
    return (day, day) if day else None


def is_lunar(moment: Moment, context: Context) -> bool:
    """Whether the words name a day or month of the lunar calendar, and the profile reads it as one."""
    named = (moment.lunar or moment.leap) and (moment.month is not None or moment.day is not None)
    return named and context.conventions.lunar == "moons" and (moment.day or 1) <= _LONGEST_MONTH


def season_between_terms(year: int, season: str) -> tuple[date, date] | None:
    """First and last day of the season that begins in the year."""
    begins, ends = _TERMS[season]
    first, after = solar_term(year, begins), solar_term(year + (season == "WI"), ends)
    return (first, after - timedelta(1)) if first and after else None
