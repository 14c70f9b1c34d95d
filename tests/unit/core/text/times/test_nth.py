"""Parts of a year or month by their number."""

from __future__ import annotations

from datetime import datetime

import pytest

from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.times.context import Reading
from mingjian.core.text.times.conventions import conventions_of
from mingjian.core.text.times.moments import Moment
from mingjian.core.text.times.nth import nth_of

YEAR = Reading("2021", datetime.fromisoformat("2021-01-01"), datetime.fromisoformat("2022-01-01"), "year", "explicit")
MONTH = Reading(
    "2021-05", datetime.fromisoformat("2021-05-01"), datetime.fromisoformat("2021-06-01"), "month", "explicit"
)


@pytest.mark.parametrize(
    ("base", "moment", "value", "low", "high"),
    [
        (YEAR, Moment(nth=2, nth_unit="W"), "2021-W02", "2021-01-11", "2021-01-18"),
        (YEAR, Moment(nth=-1, nth_unit="M", several=True), "2021-12", "2021-12-01", "2022-01-01"),
        (YEAR, Moment(nth=10, nth_unit="D", several=True), "2021-01-01/2021-01-10", "2021-01-01", "2021-01-11"),
        (YEAR, Moment(nth=-3, nth_unit="W", several=True), "2021-12-13/2022-01-02", "2021-12-13", "2022-01-03"),
        (MONTH, Moment(nth=1, nth_unit="W"), "2021-W18", "2021-05-03", "2021-05-10"),
        (MONTH, Moment(nth=-1, nth_unit="W", weekday=0), "2021-05-31", "2021-05-31", "2021-06-01"),
        (MONTH, Moment(nth=2, nth_unit="W", weekday=6), "2021-05-09", "2021-05-09", "2021-05-10"),
    ],
)
def test_a_part_has_its_place(base: Reading, moment: Moment, value: str, low: str, high: str) -> None:
    found = nth_of(base, moment, conventions_of(bundled_rulebook()))
    assert found.value == value
    assert found.bounds == (datetime.fromisoformat(low), datetime.fromisoformat(high))


def test_a_week_may_count_from_the_first_day_of_the_month() -> None:
    found = nth_of(MONTH, Moment(nth=1, nth_unit="W"), conventions_of(bundled_rulebook(), "recognizers"))
    assert found.low == datetime.fromisoformat("2021-04-26")


def test_a_month_has_no_sixth_monday_and_no_fortieth_day() -> None:
    conventions = conventions_of(bundled_rulebook())
    assert nth_of(MONTH, Moment(nth=6, nth_unit="W", weekday=0), conventions).bounds is None
    assert nth_of(MONTH, Moment(nth=40, nth_unit="D"), conventions).bounds is None
