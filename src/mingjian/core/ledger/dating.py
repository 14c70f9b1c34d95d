"""Dates as exact as their words: which of several tells most, and which exclude one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec

from mingjian.core.ledger import days
from mingjian.core.ledger.bounds import comparing_settings
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
    start, end = days.bounds_of(first)[0], days.bounds_of(last or first)[1]
    if start is None or end is None:
        raise ValueError(f"{value!r} is no date of ISO 8601")
    return start, end


def iso_of(start: str | None, end: str | None) -> str | None:
    """The shortest way to write the days between two; nothing where either end is open, or they are years apart.

    >>> iso_of("2024-02-01", "2024-02-29"), iso_of("2024-01-01", "2024-12-31"), iso_of("2024-02-19", "2024-02-19")
    ('2024-02', '2024', '2024-02-19')
    """
    if start is None or end is None:
        return None
    first, last = days.shortened((start, end))
    if first == last:
        return first
    return f"{start}/{end}" if _ordinal(end) - _ordinal(start) <= comparing_settings().loose_days else None


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
    return Cell(
        best.value, tuple(dict.fromkeys(cites))[:MOST_CITES], basis="interval" if "/" in best.value else "normalised"
    )


def _days(value: str) -> int:
    first, last = bounds_of(value)
    return _ordinal(last) - _ordinal(first)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
