"""What a time is read against, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.annotation import Precision, TimeType
from mingjian.core.model.span import Pair
from mingjian.core.text.times.conventions import Conventions
from mingjian.core.text.times.sections import Section

Instants: TypeAlias = tuple[datetime, datetime]
"""From the first instant to the first that is no longer part of it."""

ONE_DAY = timedelta(1)
_LONG_PAST = timedelta(200)  # before the publication: nobody compares with what went before that
_TOLD: Mapping[str, re.Pattern[str]] = {"M": re.compile("[0-9]{4}-[0-9]{2}"), "Q": re.compile("[0-9]{4}-Q[1-4]")}


class Context(msgspec.Struct, frozen=True):
    """The anchor's bounds, and what the page said before.

    ``earliest`` and ``latest`` bound the instant of publication; they are the same where it is known (a day stands
    for its midnight, ``exact`` says that the time of the day is known too, ``step`` how long the anchor then lasts).
    ``year`` was stated in the same paragraph (``near``: in the same sentence), ``year_pair`` is where; ``month`` in the
    same sentence; ``section`` is the part of the page whose heading names a year. ``event`` is what was told of last,
    with its place; ``period`` is the quarter, month or row of days told of last, with its value and place; ``ahead``:
    the words before announce something to come; ``compared``: the
    time is only what another is measured against. ``said`` are the words of the expression, ``said_of`` that of the
    event that it counts from (成立三天后).
    """

    earliest: datetime | None
    latest: datetime | None
    basis: str
    conventions: Conventions
    said: str = ""
    said_of: str = ""
    exact: bool = False
    step: timedelta = timedelta(0)
    year: int | None = None
    year_pair: Pair | None = None
    near: bool = False
    section: Section | None = None
    month: int | None = None
    event: Instants | None = None
    event_pair: Pair | None = None
    period: Instants | None = None
    period_value: str = ""
    period_pair: Pair | None = None
    ahead: bool = False
    compared: bool = False

    @property
    def years(self) -> tuple[int | None, int | None]:
        """The years in which the anchor may lie."""
        return (self.earliest.year if self.earliest else None, self.latest.year if self.latest else None)

    @property
    def anchor_year(self) -> int | None:
        """The year of the anchor, where its bounds agree."""
        first, last = self.years
        return first if first == last else None

    @property
    def anchor_month(self) -> tuple[int, int] | None:
        """Year and month of the anchor, where its bounds agree."""
        if self.earliest is None or self.latest is None:
            return None
        first, last = ((day.year, day.month) for day in (self.earliest, self.latest))
        return first if first == last or self.conventions.partial_anchors == "first" else None

    @property
    def today(self) -> datetime | None:
        """Midnight of the anchor's day, where it is known."""
        if self.earliest is None or self.latest is None:
            return None
        if self.earliest.date() != self.latest.date() and self.conventions.partial_anchors == "bounds":
            return None
        return self.earliest.replace(hour=0, minute=0, second=0)

    @property
    def now(self) -> datetime | None:
        """The last instant of what is known as now: the anchor itself, or the end of its day."""
        if self.latest is None:
            return None
        return self.latest + (self.step if self.exact else ONE_DAY)

    def told_of(self, unit: Literal["M", "Q"]) -> datetime | None:
        """When the month or quarter told of last began, if another is only compared with it and it is not long past."""
        if not self.compared or self.period is None or not _TOLD[unit].fullmatch(self.period_value):
            return None
        first = self.period[0]
        is_here = unit == "Q" and self.near and self.year == first.year
        is_past = not is_here and self.earliest is not None and self.earliest - first > _LONG_PAST
        return None if is_past else first

    def relative(self, origin: object = None) -> str:
        """The basis of what counts from the anchor, or from another day."""
        return f"relative:{self.said}@{origin or self.basis}"


class Reading(msgspec.Struct, frozen=True):
    """What the words of a time mean: value, bounds, and what they were resolved against.

    ``anchored``: the anchor, ``chained``: the event before took part. ``duration`` is the value of the length in an
    expression that counts from a day (近三年: ``P3Y``).
    """

    value: str
    low: datetime | None
    high: datetime | None
    precision: Precision
    basis: str
    type: TimeType = "DATE"
    mod: str | None = None
    anchored: bool = False
    chained: bool = False

    @property
    def bounds(self) -> Instants | None:
        """Both bounds, where both are known."""
        return (self.low, self.high) if self.low is not None and self.high is not None else None


def unknown(value: str, basis: str, *, anchored: bool = True) -> Reading:
    """A time that nothing resolves."""
    return Reading(value, None, None, "unknown", basis, anchored=anchored)
