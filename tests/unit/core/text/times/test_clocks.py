"""The time of a day as its words give it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.times.clocks import clock_of
from mingjian.core.text.times.conventions import conventions_of
from mingjian.core.text.times.moments import Moment


@pytest.mark.parametrize(
    ("part", "hour", "read"),
    [("晚上", 8, 20), ("晚上", 12, 24), ("晚上", 0, 24), ("凌晨", 12, 0), ("凌晨", 0, 0), ("中午", 1, 13),
     ("中午", 11, 11), ("中午", 12, 12), ("下午", 12, 12), ("上午", 9, 9), (None, 9, 9), (None, 0, 0)],
)  # fmt: skip
def test_an_hour_counts_as_its_part_of_the_day_says(part: str | None, hour: int, read: int) -> None:
    conventions = conventions_of(bundled_rulebook())
    assert clock_of(Moment(day_part=part, hour=hour), conventions)[0] == timedelta(hours=read)


def test_a_bare_hour_may_be_meant_after_noon_but_zero_never() -> None:
    second = conventions_of(bundled_rulebook(), "recognizers-next")
    assert clock_of(Moment(hour=9), second)[0] == timedelta(hours=21)
    assert clock_of(Moment(hour=0), second)[0] == timedelta(0)
