"""Figures as their words tell them: when two agree, and when one reaches another."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjian.core.ledger.bounds import Figure, agree, reaches, same_aim, told
from mingjian.core.model.annotation import Comparator


def figure(number: str, comparator: Comparator = "=", most: str | None = None, unit: str = "count") -> Figure:
    return Figure(Decimal(number), None if most is None else Decimal(most), unit, comparator)


@given(st.decimals(allow_nan=False, allow_infinity=False), st.decimals(allow_nan=False, allow_infinity=False))
def test_figures_of_any_size_are_compared(one: Decimal, other: Decimal) -> None:
    first, second = Figure(one, None, "count", "="), Figure(other, None, "count", "=")
    assert agree(first, second) == agree(second, first)
    assert agree(first, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (figure("500", ">"), figure("500", ">=")),
        (figure("500", ">"), figure("500")),
        (figure("500", ">"), figure("580")),
        (figure("6000", "~<"), figure("5800")),
        (figure("6000", "~<"), figure("6000")),
        (figure("6000", "~"), figure("6300")),
        (figure("5797"), figure("5800")),
        (figure("0.144"), figure("0.14")),
        (figure("2", "range", "3"), figure("3")),
    ],
)
def test_what_may_be_one_number_agrees(first: Figure, second: Figure) -> None:
    assert agree(first, second)
    assert agree(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (figure("3000"), figure("3500")),
        (figure("3000"), figure("3400")),
        (figure("500", ">"), figure("480")),
        (figure("500", ">"), figure("1200")),
        (figure("6000", "~<"), figure("6100")),
        (figure("5797"), figure("5900")),
        (figure("500"), figure("500", unit="CNY")),
    ],
)
def test_what_cannot_be_one_number_does_not(first: Figure, second: Figure) -> None:
    assert not agree(first, second)
    assert not agree(second, first)


@pytest.mark.parametrize(
    ("statistic", "target", "lower", "reached"),
    [
        (figure("3200"), figure("3000", ">"), False, "yes"),
        (figure("3000", ">"), figure("3000", ">"), False, "yes"),
        (figure("3000"), figure("3000", ">"), False, "open"),
        (figure("3000"), figure("3000", ">="), False, "yes"),
        (figure("3500"), figure("3000", "="), False, "yes"),
        (figure("2800"), figure("3000", "="), False, "no"),
        (figure("3000", "~"), figure("3000", ">="), False, "open"),
        (figure("3000", "~<"), figure("3000", ">="), False, "no"),
        (figure("95"), figure("100", "~"), False, "open"),
        (figure("80"), figure("100", "~"), False, "no"),
        (figure("500", ">"), figure("800", ">="), False, "open"),
        (figure("4"), figure("2", "range", "3"), False, "yes"),
        (figure("1.2"), figure("1.25", "="), True, "yes"),
        (figure("1.3"), figure("1.25", "<="), True, "no"),
        (figure("1.3"), figure("1.25", "="), True, "no"),
        (figure("3000", unit="CNY"), figure("3000"), False, "open"),
    ],
)
def test_a_statistic_reaches_a_target_or_not_or_nothing_is_said(
    statistic: Figure, target: Figure, lower: bool, reached: str
) -> None:
    assert reaches(statistic, target, lower=lower) == reached


def test_targets_are_one_by_the_number_that_they_name() -> None:
    assert same_aim(figure("3000", ">"), figure("3000", ">="))
    assert not same_aim(figure("30", ">="), figure("40", ">="))
    assert same_aim(figure("100", "~"), figure("95"))


COMPARATORS: tuple[Comparator, ...] = (">", ">=", "=", "~", "~<", "<", "<=", "max", "min")
FIGURES = st.builds(
    lambda number, comparator: Figure(Decimal(number), None, "count", comparator),
    st.integers(1, 10_000),
    st.sampled_from(COMPARATORS),
)


@given(FIGURES, FIGURES)
def test_agreeing_is_symmetric_and_every_figure_agrees_with_itself(first: Figure, second: Figure) -> None:
    assert agree(first, second) == agree(second, first)
    assert agree(first, first)
    assert told(first).within(told(first))
