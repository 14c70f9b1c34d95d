"""The time of a day as its words give it: 上午, 三点半, 晚上12点."""

from __future__ import annotations

from datetime import timedelta

from mingjian.core.model.annotation import Precision
from mingjian.core.text.times.conventions import Conventions
from mingjian.core.text.times.moments import Moment

_NOON = 12


def clock_of(moment: Moment, conventions: Conventions) -> tuple[timedelta, timedelta, Precision, str]:
    """From when to when on the day, how exact, and the value."""
    part = moment.day_part or ""
    if moment.hour is None:
        first, last = conventions.day_parts[part]
        return timedelta(hours=first), timedelta(hours=last), "hour", conventions.day_part_values.get(part, "")
    hour = _hour(moment.hour, part, conventions)
    minute, second = moment.minute, moment.second
    low = timedelta(hours=hour, minutes=minute or 0, seconds=second or 0)
    shown = f"T{hour:02}"
    if minute is None:
        return low, low + timedelta(hours=1), "hour", shown
    if second is None:
        return low, low + timedelta(minutes=1), "minute", f"{shown}:{minute:02}"
    return low, low + timedelta(seconds=1), "second", f"{shown}:{minute:02}:{second:02}"


def _hour(hour: int, part: str, conventions: Conventions) -> int:
    """The hour of the day: that of a part after noon counts from noon; twelve or zero at night is midnight."""
    if hour in (0, _NOON):
        return conventions.midnight.get(part, hour)
    first, last = conventions.afternoon.get(part, (_NOON, 0))
    late = conventions.half_day == "second" if not part else first <= hour <= last
    return hour + 12 if late and hour < _NOON else hour
