"""Quantities as the suites of other libraries want them read."""

from __future__ import annotations

import pytest

from mingjian.core.pipeline.expressions import quantities


def said(text: str, reader: str) -> list[tuple[str, str]]:
    """The words and the value of each quantity, as a profile and its model read it."""
    profile, _, model = reader.partition("/")
    found = [item.quantity for item in quantities(text, profile=profile, model=model)]
    return [(text[one.start : one.end], f"{one.normal_value:f}") for one in found]


@pytest.mark.parametrize(
    ("reader", "text", "expected"),
    [
        ("recognizers/NumberModel", "三千六百八、九打铅笔", [("三千六百八", "3680"), ("九打", "108")]),
        ("recognizers/NumberModel", "百分之四十七点二", [("四十七点二", "47.2")]),
        ("recognizers/NumberModel", "数百万，去四川", [("数百万", "1000000")]),
        ("recognizers/NumberModel", "百万", []),
        ("recognizers/OrdinalModel", "第三十二届", [("第三十二", "32")]),
        ("recognizers/PercentModel", "打八五折，千分之一", [("八五折", "0.85"), ("千分之一", "0.001")]),
        ("recognizers/PercentModel", "十折，四五个百分点", []),
        ("recognizers/CurrencyModel", "82元4角一分", [("82元4角一分", "82.41")]),
        ("recognizers/CurrencyModel", "以人民币结算", [("人民币", "NaN")]),
        ("recognizers/DimensionModel", "全长超过730m", [("730m", "730")]),
        ("recognizers/TemperatureModel", "华氏温度68度", [("华氏温度68度", "68")]),
        ("recognizers/AgeModel", "20 - 40天大", [("40天大", "40")]),
        ("jionlp/parse_money", "七百万", [("七百万", "7000000")]),
        ("jionlp/extract_money", "两瓶共1元5角", [("1元5角", "1.5")]),
        ("duckling/Numeral", "三分之二", [("三分之二", "0.6666666666666666666666666667")]),
        ("duckling/AmountOfMoney", "九個半", [("九個半", "9.5")]),
        ("duckling/Volume", "五分一升", [("五分一升", "0.2")]),
    ],
)
def test_values(reader: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text, reader) == expected


@pytest.mark.parametrize(
    ("text", "low", "high", "bounds"),
    [
        ("大于四十的同时小于等于六十", "40", "60", "(]"),
        ("三百到四百二", "300", "420", "[)"),
        ("小于37并大于9", "9", "37", "()"),
    ],
)
def test_bounds(text: str, low: str, high: str, bounds: str) -> None:
    (found,) = (item.quantity for item in quantities(text, profile="recognizers", model="NumberRangeModel"))
    assert (str(found.normal_value), str(found.normal_max), found.bounds) == (low, high, bounds)


def test_some_and_more_end_at_the_next_round_number_for_jionlp() -> None:
    found = [
        quantities(text, profile="jionlp", model="parse_money")[0].quantity
        for text in ("三千余元", "几百元", "十几块钱")
    ]
    assert [(int(one.normal_value), int(one.normal_max or 0)) for one in found] == [(3000, 4000), (100, 1000), (10, 20)]


def test_a_profile_like_another_reads_quantities_as_that_one_does() -> None:
    assert said("三千六百八", "recognizers-next/NumberModel") == said("三千六百八", "recognizers/NumberModel") != []
