from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.core.annotate.reading import article_of

from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor, Quantity
from mingjian.core.rulebook import bundled_rulebook


def quantities_in(text: str) -> tuple[Quantity, ...]:
    book = bundled_rulebook()
    article = article_of(text)
    times = annotate_times(article, book, Anchor("2025-01-10", "published"))
    return annotate_quantities(article, book, times)


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
        ("总额1 200万元", "=", "1.2E7", "CNY"),
        ("七元四角二分", "=", "7.42", "CNY"),
        ("占三成七", "=", "0.37", "ratio"),
        ("新臺幣38億元", "=", "3.8E9", "TWD"),
        ("上千亿元", "~", "1E11", "CNY"),
        ("数十万人次", "~", "1E5", "count"),
        ("百亿级产业", "~", "1E10", "count"),
        ("两位数增长", "~", "0.1", "ratio"),
        ("最高不超过20万元", "<=", "2E5", "CNY"),
        ("力争突破800亿元", ">", "8E10", "CNY"),
        ("延迟180毫秒", "=", "0.18", "s"),
        ("四分之一公升", "=", "0.25", "L"),
        ("百万千瓦时", "~", "1E9", "Wh"),
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
        ("两、三个平台", "2", "3", "count"),
        ("百分之五十至六十", "0.5", "0.6", "ratio"),
        ("300至1.2万家", "300", "12000", "count"),
        ("两三百件", "200", "300", "count"),
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
        "每万人",
        "比分3:1个",
        "统一个人账户",
        "十分重要",
        "以上海为例",
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


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("9000万至1.2亿元", ("0.9", "1.2"), "亿元"),
        ("1200至1700亿元", ("1200", "1700"), "亿元"),
        ("8000元至1万元", ("0.8", "1"), "万元"),
        ("500米到3公里", ("0.5", "3"), "公里"),
    ],
)
def test_both_ends_of_a_range_are_told_in_the_unit_of_the_last(text: str, values: tuple[str, str], unit: str) -> None:
    (found,) = quantities_in(text)
    assert (str(found.value), str(found.value_max), found.unit) == (*values, unit)


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("电价为0.35元/千瓦时。", "0.35元/千瓦时", "0.00035", "CNY/Wh"),
        ("电费约0.6元/度", "约0.6元/度", "0.0006", "CNY/Wh"),
        ("均价1.5万元/平方米以上", "1.5万元/平方米以上", "15000", "CNY/m2"),
        ("补贴最高500万元/年", "最高500万元/年", "5000000", "CNY/year"),
        ("价格降至2元/百万tokens", "2元/百万tokens", "0.000002", "CNY/token"),
        ("每股收益0.53元/股", "0.53元/股", "0.53", "CNY/股"),
        ("产能300万吨/年", "300万吨/年", "3000000000000", "g/year"),
        ("投资30亿元/3年", "30亿元", "3000000000", "CNY"),
        ("营收30亿元/同比增长", "30亿元", "3000000000", "CNY"),
    ],
)
def test_what_a_unit_is_counted_for_belongs_to_it(text: str, words: str, value: str, unit: str) -> None:
    (found,) = quantities_in(text)
    assert text[found.start : found.end] == words
    assert (f"{found.normal_value:f}", found.normal_unit) == (value, unit)


def test_a_change_has_a_direction() -> None:
    assert [found.direction for found in quantities_in("增长5%，下降3%，占9%")] == ["up", "down", None]


def test_a_list_shares_the_unit_of_its_last_number() -> None:
    text = "分别建成3、5和8个平台"
    found = quantities_in(text)
    assert [(str(item.normal_value), item.unit) for item in found] == [("3", "个"), ("5", "个"), ("8", "个")]
    assert [text[item.start : item.end] for item in found] == ["3", "5", "8个"]


def test_an_order_is_said_to_be_one() -> None:
    assert [found.order for found in quantities_in("上百家、约100家")] == [True, False]


def test_computing_power_says_how_exactly_it_is_counted() -> None:
    assert [found.precision for found in quantities_in("算力达到2000P（FP16），存储5PB")] == ["FP16", None]
