"""Dates as exact as their words: which of several tells most, and which exclude one another."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Sequence

import msgspec

from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.things import Member

MOST_CITES = 5


class Dated(msgspec.Struct, frozen=True):
    """A date that a mention tells: ``value`` a day, month or year, or two days with a stroke between (ISO 8601)."""

    value: str
    member: Member
    cites: tuple[Cite, ...]


def bounds_of(value: str) -> tuple[str, str]:
    """The first and the last day of a date.

    >>> bounds_of("2024-02"), bounds_of("2025-05-05/2025-06-04")
    (('2024-02-01', '2024-02-29'), ('2025-05-05', '2025-06-04'))
    """
    first, _, last = value.partition("/")
    return _day(first, last=False), _day(last or first, last=True)


def _day(value: str, *, last: bool) -> str:
    year, month, day = (*value.split("-"), "", "")[:3]
    if not month:
        return f"{year}-12-31" if last else f"{year}-01-01"
    if not day:
        return f"{year}-{month}-{calendar.monthrange(int(year), int(month))[1] if last else 1:02}"
    return value


def iso_of(start: str | None, end: str | None) -> str | None:
    """The shortest way to write the days between two; nothing where either end is open.

    >>> iso_of("2024-02-01", "2024-02-29"), iso_of("2024-01-01", "2024-12-31"), iso_of("2024-02-19", "2024-02-19")
    ('2024-02', '2024', '2024-02-19')
    """
    if start is None or end is None:
        return None
    for short in (start, start[:7], start[:4]):
        if bounds_of(short) == (start, end):
            return short
    return f"{start}/{end}"


def exclude(first: str, second: str) -> bool:
    """Whether no day lies within both dates."""
    (one, until), (other, last) = bounds_of(first), bounds_of(second)
    return until < other or last < one


def most_exact(told: Sequence[Dated]) -> Dated | None:
    """The date with the fewest days; of several, the one that most independent sources tell, then the first told."""
    groups = Counter(dict.fromkeys((each.value, each.member.page.group) for each in told))
    sources = Counter(value for value, _ in groups)
    return min(told, key=lambda each: (_days(each.value), -sources[each.value]), default=None)


def date_cell(told: Sequence[Dated], reason: str = "no-date-told") -> Cell[str]:
    """The most exact date, with the words of all that tell it so."""
    best = most_exact(told)
    if best is None:
        return Cell(missing=reason)
    cites = (cite for each in told if each.value == best.value for cite in each.cites)
    return Cell(best.value, tuple(dict.fromkeys(cites))[:MOST_CITES], basis="normalised")


def _days(value: str) -> int:
    first, last = bounds_of(value)
    return _ordinal(last) - _ordinal(first)


def _ordinal(day: str) -> int:
    year, month, day_of_month = map(int, day.split("-"))
    return (year * 12 + month) * 31 + day_of_month
