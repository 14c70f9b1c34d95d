from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.core.annotate.reading import article_of, found_in

from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor, Quantity
from mingjian.core.rulebook import bundled_rulebook


def quantities_in(text: str) -> tuple[Quantity, ...]:
    book = bundled_rulebook()
    article = article_of(text)
    times = annotate_times(article, bundled_rulebook(), Anchor("2025-01-10", "published"))
    return annotate_quantities(article, found_in("quantities", article), times, book.lexicon("units"))


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("规模超过3000亿元", ">", "3E11", "CNY"),
        ("出口额达1.2万亿美元", "=", "1.2E12", "USD"),
        ("接近6000亿元人民币", "~<", "6E11", "CNY"),
        ("超百亿元", ">", "1E10", "CNY"),
        ("万余家工厂", ">", "1E4", "count"),
        ("800多个場景", ">", "800", "count"),
        ("20个以上", ">=", "20", "count"),
        ("不低于60%", ">=", "0.6", "ratio"),
        ("100个左右", "~", "100", "count"),
        ("不超过50万元", "<=", "5E5", "CNY"),
        ("占比八成", "=", "0.8", "ratio"),
        ("百分之六十", "=", "0.6", "ratio"),
        ("三分之二的企业", "=", "0.6666666666666666666666666667", "ratio"),
        ("提高2.5个百分点", "=", "0.025", "ratio"),
        ("增长2倍", "=", "2", "times_increase"),
        ("翻一番", "=", "1", "times_increase"),
        ("40EFLOPS", "=", "4E19", "FLOPS"),
        ("5000P算力", "=", "5E18", "FLOPS"),
        ("100PB数据", "=", "1E17", "byte"),
        ("日均调用1.5万亿Tokens", "=", "1.5E12", "token"),
        ("3万余亩农田", ">", "3E4", "mu"),
        ("用电10亿千瓦时", "=", "1E12", "Wh"),
        ("￥1999", "=", "1999", "CNY"),
        ("１２，０００名学员", "=", "12000", "count"),
        ("同比-2.5%", "=", "-0.025", "ratio"),
        ("九项任务", "=", "9", "count"),
    ],
)
def test_normalised(text: str, comparator: str, value: str, unit: str) -> None:
    found = quantities_in(text)[0]
    assert (found.comparator, found.normal_value, found.normal_unit) == (comparator, Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("2—3个行业", "2", "3", "count"),
        ("1200至1700亿元", "1.2E11", "1.7E11", "CNY"),
        ("10%-20%", "0.1", "0.2", "ratio"),
        ("二三十家企业", "20", "30", "count"),
        ("5亿元至10亿元", "5E8", "1E9", "CNY"),
    ],
)
def test_ranges(text: str, low: str, high: str, unit: str) -> None:
    found = quantities_in(text)[0]
    assert (found.comparator, found.normal_value, found.normal_max) == ("range", Decimal(low), Decimal(high))
    assert found.normal_unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "第三个五年",
        "5G网络",
        "GPT4个",
        "一个平台",
        "历时3个月",
        "《百项工程方案》",
        "拨打12306",
        "1080P视频",
        "前三名",
        "2025年1月",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert quantities_in(text) == ()


@pytest.mark.parametrize("text", ["三大要素", "两方面", "七部门印发", "走进千家", "三个关键"])
def test_numbers_of_parts_are_structural(text: str) -> None:
    assert [found.structural for found in quantities_in(text)] == [True]


def test_a_series_gives_each_number() -> None:
    assert [found.value for found in quantities_in("分别建成3个、5个和8个平台")] == [3, 5, 8]


def test_spans_and_words() -> None:
    text = "核心产业规模超过3000亿元，企业达到500家"
    money, firms = quantities_in(text)
    assert text[money.start : money.end] == "超过3000亿元"
    assert text[money.number[0] : money.number[1]] == "3000亿元"
    assert (int(money.value), money.unit) == (3000, "亿元")
    assert (int(firms.value), firms.unit) == (500, "家")


def test_a_change_has_a_direction() -> None:
    assert [found.direction for found in quantities_in("增长5%，下降3%，占9%")] == ["up", "down", None]
