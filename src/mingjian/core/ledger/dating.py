"""Dates as exact as their words (ISO 8601), the days that they span, and what several pages tell of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from mingjian.core.ledger.agreeing import Said, agreed
from mingjian.core.ledger.bounds import comparing_settings
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.text import calendar

Bounds = tuple[str | None, str | None]
UNBOUNDED: Bounds = (None, None)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_BETWEEN = "/"


@lru_cache(maxsize=8192)
def span_of(words: str) -> tuple[str, str] | None:
    """The first and the last ISO day of a year, a month, a day, or of two with a stroke between; nothing for others.

    >>> span_of("2024-02"), span_of("2025-05-05/2025-06-04"), span_of("明天")
    (('2024-02-01', '2024-02-29'), ('2025-05-05', '2025-06-04'), None)
    """
    first, _, last = words.partition(_BETWEEN)
    start, end = _days_in(first), _days_in(last or first)
    return None if start is None or end is None else (start[0].isoformat(), end[1].isoformat())


def _days_in(words: str) -> calendar.Bounds | None:
    found = _DATE.fullmatch(words)
    return None if found is None else calendar.bounds_of(*(int(part) for part in found.groups() if part))


def bounds_of(words: str | None) -> Bounds:
    """The ISO days between which a date lies, both open where nothing dates it.

    >>> bounds_of("2024"), bounds_of(None)
    (('2024-01-01', '2024-12-31'), (None, None))
    """
    return UNBOUNDED if words is None else span_of(words) or UNBOUNDED


def shortened(bounds: Bounds) -> Bounds:
    """The bounds as people write them: a whole year as a year, a whole month as a month.

    >>> shortened(("2024-02-01", "2024-02-29")), shortened(("2024-02-20", "2024-02-29"))
    (('2024-02', '2024-02'), ('2024-02-20', '2024-02-29'))
    """
    start, end = bounds
    if start and end:
        for length in (4, 7):
            if bounds_of(start[:length]) == bounds:
                return (start[:length], start[:length])
    return bounds


def iso_of(start: str | None, end: str | None) -> str | None:
    """The shortest way to write the days between two; nothing where either end is open, or they are years apart.

    >>> iso_of("2024-02-01", "2024-02-29"), iso_of("2024-01-01", "2024-12-31"), iso_of("2024-02-19", "2024-02-19")
    ('2024-02', '2024', '2024-02-19')
    """
    if start is None or end is None:
        return None
    first, last = shortened((start, end))
    if first == last:
        return first
    return f"{start}{_BETWEEN}{end}" if _ordinal(end) - _ordinal(start) <= comparing_settings().loose_days else None


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def exclude(first: str, second: str) -> bool:
    """Whether no day lies within both dates."""
    one, other = span_of(first), span_of(second)
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])


def lies_in(exact: str, coarse: str) -> bool:
    """Whether all days of the one date lie in the other."""
    one, other = span_of(exact), span_of(coarse)
    return exact == coarse or (one is not None and other is not None and other[0] <= one[0] and one[1] <= other[1])


def date_cell(told: Sequence[Said[str]], missing: str = "not-dated") -> Cell[str]:
    """The date on which most sources agree, as exactly as any of them tells it."""
    cell = agreed(told, missing, lies_in)
    if cell.value is None:
        return cell
    return Cell(cell.value, cell.cites, basis="interval" if _BETWEEN in cell.value else "normalised")
