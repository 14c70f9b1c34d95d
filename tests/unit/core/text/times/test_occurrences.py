"""Which of several days, hours or spans of one name is meant."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from mingjian.core.text.times.moments import Length, LengthUnit
from mingjian.core.text.times.occurrences import counted_weekday, next_clock, whole_units

NOW = datetime.fromisoformat("2024-02-21T09:30:15")


@pytest.mark.parametrize(
    ("weekday", "shift", "day"), [(2, -1, 14), (2, 0, 21), (2, 1, 28), (0, -1, 19), (0, 0, 26), (0, 1, 26), (6, -1, 18)]
)
def test_a_counted_weekday_is_the_last_or_the_next(weekday: int, shift: int, day: int) -> None:
    today = datetime.fromisoformat("2024-02-21")
    assert counted_weekday(today, weekday, shift) == datetime.fromisoformat(f"2024-02-{day}")


@pytest.mark.parametrize(
    ("hour", "now", "next_hour"), [(3, 4.5, 15), (5, 4.5, 5), (12, 4.5, 12), (0, 4.5, 24), (15, 16, 39), (3, 16, 27)]
)
def test_the_next_clock_is_by_day_or_by_night(hour: int, now: float, next_hour: int) -> None:
    stretch = timedelta(hours=hour), timedelta(hours=hour + 1)
    assert next_clock(stretch, timedelta(hours=now)) == (timedelta(hours=next_hour), timedelta(hours=next_hour + 1))


@pytest.mark.parametrize(
    ("unit", "number", "sign", "first", "last"),
    [
        ("TS", "2", -1, "2024-02-21T09:30:13", "2024-02-21T09:30:15"),
        ("TM", "3", 1, "2024-02-21T09:31", "2024-02-21T09:34"),
        ("TH", "0.5", 1, "2024-02-21T09:31", "2024-02-21T10:01"),
        ("W", "2", -1, "2024-02-05", "2024-02-19"),
        ("M", "2", -1, "2023-12-01", "2024-02-01"),
        ("Q", "1", -1, "2023-10-01", "2024-01-01"),
        ("Y", "2", 1, "2025-01-01", "2027-01-01"),
    ],
)
def test_whole_units_lie_before_or_behind_the_one_of_now(
    unit: LengthUnit, number: str, sign: int, first: str, last: str
) -> None:
    found = whole_units(NOW, Length(((unit, Decimal(number)),)), sign)
    assert found == (datetime.fromisoformat(first), datetime.fromisoformat(last))
