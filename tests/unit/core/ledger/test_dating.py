"""Days as exact as they are known."""

from __future__ import annotations

import pytest

from mingjian.core.ledger.dating import UNBOUNDED, bounds_of, exclude, lies_in, shortened


@pytest.mark.parametrize("words", ["2029", "2029-02", "2029-02-28"])
def test_bounds_of_a_date_are_written_as_it_was(words: str) -> None:
    assert shortened(bounds_of(words)) == (words, words)


@pytest.mark.parametrize("words", [None, "", "2029-13", "2029-02-30", "不日", "2029-Q1"])
def test_what_is_no_date_has_no_bounds(words: str | None) -> None:
    assert bounds_of(words) == UNBOUNDED


def test_an_interval_stays_one() -> None:
    assert shortened(("2029-01-23", "2029-02-22")) == ("2029-01-23", "2029-02-22")
    assert shortened((None, "2029-02-28")) == (None, "2029-02-28")


def test_dates_exclude_one_another_where_no_day_lies_in_both() -> None:
    assert exclude("2029-02", "2029-03-01/2029-03-05")
    assert not exclude("2029", "2029-03-05")
    assert lies_in("2029-03-05", "2029-03-01/2029-03-31")
    assert not lies_in("2029", "2029-03")
