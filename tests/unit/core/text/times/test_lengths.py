from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from mingjian.core.text.times.lengths import is_clock, iso_of, moved
from mingjian.core.text.times.moments import Length, LengthUnit

FRIDAY = datetime.fromisoformat("2025-01-31")


def length(*parts: tuple[LengthUnit, str], most: str | None = None, vague: bool = False) -> Length:
    return Length(
        tuple((unit, Decimal(number)) for unit, number in parts), Decimal(most) if most else None, vague=vague
    )


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        (length(("Y", "3")), "P3Y"),
        (length(("Y", "1.5")), "P1.5Y"),
        (length(("Q", "3")), "P9M"),
        (length(("B", "10")), "P10D"),
        (length(("TH", "24")), "PT24H"),
        (length(("D", "1"), ("TH", "2"), ("TM", "30")), "P1DT2H30M"),
        (length(("Y", "1"), vague=True), "PXY"),
        (length(("TH", "1"), vague=True), "PTXH"),
    ],
)
def test_iso(given: Length, iso: str) -> None:
    assert iso_of(given) == iso
    assert is_clock(given) is ("T" in iso)


@pytest.mark.parametrize(
    ("given", "sign", "expected"),
    [
        (length(("M", "1")), 1, "2025-02-28"),
        (length(("Y", "0.5")), -1, "2024-07-31"),
        (length(("M", "0.5")), 1, "2025-02-15"),
        (length(("W", "2")), 1, "2025-02-14"),
        (length(("B", "1")), 1, "2025-02-03"),
        (length(("B", "6")), 1, "2025-02-10"),
        (length(("TH", "24"), ("TM", "30")), 1, "2025-02-01T00:30"),
        (length(("Y", "2"), most="3"), 1, "2027-01-31"),
        (length(("Y", "500")), 1, None),
        (length(("D", "1"), vague=True), 1, None),
    ],
)
def test_moved(given: Length, sign: int, expected: str | None) -> None:
    assert moved(FRIDAY, given, sign) == (datetime.fromisoformat(expected) if expected else None)


def test_the_greatest_length_that_the_words_allow() -> None:
    assert moved(FRIDAY, length(("Y", "2"), most="3"), 1, most=True) == datetime.fromisoformat("2028-01-31")


def test_nothing_is_counted_from_an_unknown_day() -> None:
    assert moved(None, length(("Y", "1")), 1) is None
