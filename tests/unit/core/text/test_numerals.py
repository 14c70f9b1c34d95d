from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjian.core.text.numerals import parse_digits, parse_numeral


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("12", "12"),
        ("1,234.50", "1234.5"),
        ("三百二十五", "325"),
        ("两千四百五", "2450"),
        ("一万零五", "10005"),
        ("一千零五十", "1050"),
        ("十", "10"),
        ("廿一", "21"),
        ("百亿", "10000000000"),
        ("3.5万亿", "3500000000000"),
        ("1亿2千万", "120000000"),
        ("10万万", "1000000000"),
        ("一亿亿", "10000000000000000"),
        ("三点一四", "3.14"),
        ("二点五万", "25000"),
        ("二〇二五", "2025"),
        ("壹仟贰佰", "1200"),
    ],
)
def test_values(words: str, value: str) -> None:
    assert parse_numeral(words) == Decimal(value)


@pytest.mark.parametrize("words", ["", "甲", "三甲", "点", "一点甲"])
def test_words_that_are_no_number(words: str) -> None:
    assert parse_numeral(words) is None


def test_digits_of_a_date() -> None:
    assert (parse_digits("二十一"), parse_digits("09"), parse_digits("甲")) == (21, 9, 0)


@given(st.integers(min_value=0, max_value=10**15))
def test_arabic_numbers_are_themselves(number: int) -> None:
    assert parse_numeral(str(number)) == parse_numeral(f"{number:,}") == number


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿点0123456789., ", max_size=12))
def test_any_words_give_a_number_or_none(words: str) -> None:
    value = parse_numeral(words)
    assert value is None or value >= 0
