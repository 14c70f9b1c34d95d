"""Lengths of time: their ISO value, and the instant so long before or after another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from mingjian.core.text.calendar import shift_months
from mingjian.core.text.times.moments import Length, LengthUnit

MONTHS: Mapping[LengthUnit, int] = {"Y": 12, "Q": 3, "M": 1}
_SECONDS: dict[LengthUnit, int] = {"W": 604800, "D": 86400, "TH": 3600, "TM": 60, "TS": 1}
_DAYS_OF_HALF_A_MONTH = 15
_ROUND = (Decimal(100), Decimal(10), Decimal(1))  # what the next higher number of a round one differs by
_LONGEST = 400  # years that can be counted on from a day


def iso_of(length: Length) -> str:
    """The ISO 8601 duration: ``P3Y``, ``PT24H``; ``PXY`` where the words do not say how many."""
    if length.vague and length.most is None:
        return _joined([(length.first[0], "X")])
    return _joined([(unit, f"{number:f}") for unit, number in length.parts])


def _joined(parts: list[tuple[LengthUnit, str]]) -> str:
    days, clock = "", ""
    for unit, number in parts:
        if unit.startswith("T"):
            clock += number + unit[1]
        elif unit == "Q":
            days += f"{Decimal(number) * 3:f}M" if number != "X" else "XM"
        else:
            days += number + ("D" if unit == "B" else unit)
    return f"P{days}T{clock}" if clock else f"P{days}"


def is_clock(length: Length) -> bool:
    """Whether the length counts in hours, minutes or seconds."""
    return any(unit.startswith("T") for unit, _ in length.parts)


def moved(instant: datetime | None, length: Length, sign: int, *, most: bool = False) -> datetime | None:
    """The instant so long before or after; None where the length is vague or leads out of the calendar.

    ``most``: by the greatest length that the words allow.
    """
    if instant is None or (length.vague and length.most is None):
        return None
    parts = list(length.parts)
    if most and length.most is not None:
        parts[-1] = (parts[-1][0], length.most)
    for unit, number in parts:
        try:
            instant = _shifted(instant, unit, sign * number)
        except (ValueError, OverflowError):
            return None
    return instant


def reached(
    ends: tuple[datetime | None, datetime | None], length: Length, sign: int
) -> tuple[datetime | None, datetime | None]:
    """The first and the last instant so long before or after two; both None where one is not known.

    A length that the words say is more reaches to the next round one: 一个多月 to two months, 十多天 to twenty days.
    """
    low, high = (moved(end, length, sign) for end in ends)
    if low is None or high is None:
        return None, None
    if not length.more or is_clock(length):
        return low, high
    far = [moved(end, _above(length), sign) for end in ends]
    known = [low, high, *(instant for instant in far if instant is not None)]
    return min(known), max(known)


def _above(length: Length) -> Length:
    unit, number = length.parts[-1]
    step = next((step for step in _ROUND if number >= step and not number % step), number)
    return Length((*length.parts[:-1], (unit, number + step)))


def _shifted(instant: datetime, unit: LengthUnit, number: Decimal) -> datetime:
    if unit in MONTHS:
        months = number * MONTHS[unit]
        if abs(months) > _LONGEST * 12:
            raise OverflowError
        whole = int(months)
        day = shift_months(instant.date(), whole)
        shifted = datetime.combine(day, instant.time())
        return shifted + timedelta(days=float(round((months - whole) * _DAYS_OF_HALF_A_MONTH * 2)))
    if unit == "B":
        return _working_days(instant, int(number))
    return instant + timedelta(seconds=float(number * _SECONDS[unit]))


def _working_days(instant: datetime, number: int) -> datetime:
    """Counted from Monday to Friday; holidays are not known."""
    weeks, rest = divmod(abs(number), 5)
    step = timedelta(1 if number >= 0 else -1)
    instant += weeks * 7 * step
    while rest:
        instant += step
        rest -= instant.weekday() < 5
    return instant
