"""What the words of a time say, before it is known which day that is."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

LengthUnit = Literal["Y", "Q", "M", "W", "D", "B", "TH", "TM", "TS"]
"""Years, quarters, months, weeks, days, working days, hours, minutes, seconds."""


class Moment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A point or stretch of the calendar as its words give it; what they leave open is None.

    ``*_shift`` counts from the anchor (去年: ``year_shift`` −1), with ``chain`` from what was told of before (次年).
    ``part`` is a beginning, middle or end (年底, 上旬), ``day_part`` a part of a day (上午). ``nth`` counts units
    inside the year or month (第一周; from the end with a negative number), ``several`` says that all up to it are
    meant (前三个月).
    ``fiscal``: of a year of accounts, of which a text seldom says when it begins.
    ``same_period``: the quarter or months told of before, of another year (去年同期).
    """

    year: int | None = None
    year_shift: int | None = None
    short_year: bool = False
    century: int | None = None
    century_shift: int | None = None
    decade: int | None = None
    half: int | None = None
    quarter: int | None = None
    quarter_shift: int | None = None
    season: str | None = None
    month: int | None = None
    month_shift: int | None = None
    lunar: bool = False
    leap: bool = False
    week_shift: int | None = None
    weekday: int | None = None
    weekend: bool = False
    day: int | None = None
    day_shift: int | None = None
    workday_shift: int | None = None
    chain: bool = False
    holiday: str | None = None
    part: str | None = None
    half_month: int | None = None
    half_week: int | None = None
    nth: int | None = None
    nth_unit: str | None = None
    several: bool = False
    day_part: str | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    fiscal: bool = False
    same_period: bool = False

    @property
    def has_date(self) -> bool:
        """Whether anything but a time of the day is said."""
        return any(getattr(self, name) is not None for name in _DATE_FIELDS) or self.weekend or self.same_period

    @property
    def has_clock(self) -> bool:
        """Whether a time of the day is said."""
        return self.hour is not None or self.day_part is not None


_DATE_FIELDS = (
    "year", "year_shift", "century", "century_shift", "decade", "half", "quarter", "quarter_shift", "season",
    "month", "month_shift", "week_shift", "weekday", "day", "day_shift", "workday_shift", "holiday", "part",
    "half_month", "half_week", "nth",
)  # fmt: skip


def merged(*moments: Moment) -> Moment | None:
    """All that the moments say; None where two say different things of one matter."""
    if len(moments) == 1:
        return moments[0]
    fields: dict[str, object] = {}
    for moment in moments:
        for name, value in msgspec.to_builtins(moment).items():
            if fields.setdefault(name, value) != value:
                return None
    return Moment(**fields)  # type: ignore[arg-type]


class Length(msgspec.Struct, frozen=True):
    """A length of time: how many of which units; ``most`` bounds a vague or a ranged number from above.

    ``more``: the words say that it is more (一年多); ``vague``: they do not say how many (几年).
    """

    parts: tuple[tuple[LengthUnit, Decimal], ...]
    most: Decimal | None = None
    more: bool = False
    vague: bool = False

    @property
    def unit(self) -> LengthUnit:
        """The smallest unit named."""
        return self.parts[-1][0]

    @property
    def first(self) -> tuple[LengthUnit, Decimal]:
        """The greatest unit named, with its number."""
        return self.parts[0]
