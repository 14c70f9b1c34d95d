"""Numbers of any length keep all their figures, and a paragraph is not read by the end of the one before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingjian import quantities

NINES = "9" * 24


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{NINES}亿元", NINES + "00000000"),
        (f"{NINES}万亿元", NINES + "000000000000"),
        (f"{NINES}.{NINES}亿元", NINES + NINES[:8] + "." + NINES[8:]),
        (f"{NINES}公里", NINES + "000"),
        ("三分之一", "0.3333333333333333333333333333"),
    ],
)
def test_all_figures_are_kept(text: str, value: str) -> None:
    (found,) = quantities(text)
    assert found.quantity.normal_value == Decimal(value)


@pytest.mark.parametrize("profile", ["document", "jionlp", "recognizers", "duckling"])
def test_a_huge_number_and_more_makes_nothing_stumble(profile: str) -> None:
    for text in (f"{NINES}亿多元", f"{NINES}亿余元", f"{NINES}至{NINES}亿元", f"零下{NINES}度"):
        quantities(text, profile=profile)


def test_a_line_break_parts_a_number_from_the_code_before() -> None:
    found = [one.quantity.start for one in quantities("A10\n3亿元")]
    assert found == [4]
