from __future__ import annotations

from decimal import Decimal

import pytest

from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.units import (
    ANY,
    UnitTable,
    amount_of,
    bare_part,
    is_part_of,
    next_unit,
    unit_at,
    unit_before,
    unit_table,
)


def table() -> UnitTable:
    return unit_table(bundled_rulebook().lexicon("units"))


def found(text: str, behind: str = "", measure: str = "") -> str:
    """The id and the surface of the unit that the text begins with."""
    larger = table().by_id[behind] if behind else None
    unit = unit_at(fold(text), 0, table(), behind=larger, measure=measure)
    return f"{unit[0].id} {unit[1]}" if unit else ""


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("元人民币，", "cny 元人民币"),
        ("元。", "cny 元"),
        ("塊錢", "cny 块钱"),
        ("美圓", "usd 美圆"),
        ("港幣", "hkd 港币"),
        ("奈拉兑换", "ngn 奈拉"),
        ("瑞典克朗", "sek 瑞典克朗"),
        ("克朗", "krone 克朗"),
        ("平方公里", "square-kilometre 平方公里"),
        ("平方米", "square-metre 平方米"),
        ("立方米", "cubic-metre 立方米"),
        ("微克/立方米", "microgram-cubic-metre 微克/立方米"),
        ("千瓦时", "kilowatt-hour 千瓦时"),
        ("kWh", "kilowatt-hour kWh"),
        ("兆瓦", "megawatt 兆瓦"),
        ("兆赫茲", "megahertz 兆赫兹"),
        ("吨标准煤", "coal-equivalent 吨标准煤"),
        ("EFlops", "eflops EFlops"),
        ("kb", "kb kb"),
        ("GB/s", "gbyte-s GB/s"),
        ("加侖", "gallon 加仑"),
        ("湯匙", "tablespoon 汤匙"),
        ("cc", "millilitre cc"),
        ("公里/小时", "kilometre-hour 公里/小时"),
        ("℃", "celsius ℃"),
        ("个百分点", "percentage-point 个百分点"),
        ("个基点", "basis-point 个基点"),
        ("周岁", "age-year 周岁"),
        ("mAh", "milliampere-hour mAh"),
        ("台套", "tai-tao 台套"),
        ("人次", "ren-ci 人次"),
        ("卡路里", "calorie 卡路里"),
    ],
)
def test_longest_unit(text: str, unit: str) -> None:
    assert found(text) == unit


@pytest.mark.parametrize(
    "text",
    ["元素", "米粉", "成立", "成员", "人工智能", "分钟", "步兵", "GBx", "5", "", "级管理", "度假", "两国", "角度"],
)
def test_part_of_another_word(text: str) -> None:
    assert found(text) == ""


@pytest.mark.parametrize(
    ("text", "behind", "measure", "unit"),
    [
        ("角三分", "cny", "", "jiao 角"),
        ("分", "jiao", "", "fen 分"),
        ("两", "jin", "", "liang 两"),
        ("度", "celsius", "", "celsius 度"),
        ("度", "fahrenheit", "", "fahrenheit 度"),
        ("元", "hkd", "", "hkd 元"),
        ("個一毫四", "hkd", "", "hkd 个"),
        ("毫四", "hkd", "", "hkd-hao 毫"),
        ("分", "mu", "", "mu-tenth 分"),
        ("度", "", "temperature", "degree 度"),
        ("度", "", ANY, "degree 度"),
        ("个", "", ANY, "ge 个"),
        ("个", "", "money", "cny 个"),
        ("度", "", "energy", "dianliang 度"),
        ("分", "", "money", "fen 分"),
        ("分", "", "score", "score 分"),
        ("分", "", ANY, "fen 分"),
        ("级地震", "", "", "ji-level 级"),
        ("头牛", "", "", "tou 头"),
        ("B模型", "", "", "parameter-billion B"),
    ],
)
def test_unit_with_a_proof(text: str, behind: str, measure: str, unit: str) -> None:
    assert found(text, behind, measure) == unit


@pytest.mark.parametrize("text", ["角", "分", "两", "度", "级", "头", "仙", "毛", "点", "B", "M"])
def test_does_not_stand_alone(text: str) -> None:
    assert found(text) == ""


def test_a_part_of_another_unit_is_no_proof() -> None:
    assert found("两", "cny") == ""
    assert found("角", "usd") == ""


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("人民币", "cny 人民币"),
        ("￥", "cny ¥"),
        ("售价US$", "usd US$"),
        ("港幣", "hkd 港币"),
        ("攝氏", "celsius 摄氏"),
        ("HK$", "hkd HK$"),
        ("NT$", "twd NT$"),
        ("美元兑人民币", ""),
        ("BZ$", ""),
        ("AUSD", ""),
        ("价格", ""),
        ("", ""),
    ],
)
def test_unit_before(text: str, unit: str) -> None:
    folded = fold(text)
    result = unit_before(folded, len(folded), table())
    assert (f"{result[0].id} {result[1]}" if result else "") == unit


@pytest.mark.parametrize(
    ("digits", "unit", "value"),
    [
        ("六", "cny", "0.6"),
        ("七", "metre", "0.7"),
        ("七五", "metre", "0.75"),
        ("零三", "cny", "0.03"),
        ("五", "jiao", "0.05"),
        ("5", "jin", "250"),
        ("五", "tenth", "0.05"),
        ("五", "kilometre", None),
        ("五", "ge", None),
        ("五十", "cny", None),
    ],
)
def test_bare_part(digits: str, unit: str, value: str | None) -> None:
    assert bare_part(digits, table().by_id[unit], table()) == (Decimal(value) if value else None)


def test_amount_in_parts() -> None:
    units = table().by_id
    assert amount_of([(Decimal(5), units["cny"]), (Decimal(6), units["jiao"]), (Decimal(3), units["fen"])]) == Decimal(
        "5.63"
    )
    assert amount_of([(Decimal(3), units["jin"]), (Decimal(5), units["liang"])]) == 1750
    assert amount_of([(Decimal(5), units["foot"]), (Decimal(11), units["inch"])]) == Decimal("1.8034")
    assert amount_of([(Decimal(3), units["fen"]), (Decimal(5), units["cny"])]) is None
    assert amount_of([(Decimal(5), units["cny"]), (Decimal(5), units["usd-cent"])]) is None


def test_every_next_is_a_part() -> None:
    units = table()
    for unit in units.by_id.values():
        part = next_unit(unit, units)
        assert (part is None) == (unit.next == "")
        assert part is None or is_part_of(part, unit)


def test_factors_are_exact_and_money_is_told() -> None:
    units = table().by_id
    assert units["acre"].factor == Decimal("4046.8564224")
    assert units["gallon"].factor == Decimal("3.785411784")
    assert units["fen"].is_money
    assert units["fen"].normal == "CNY"
    assert not units["gross-tonnage"].is_money


def test_a_surface_alone_means_one_unit() -> None:
    seen: dict[str, str] = {}
    for entry in bundled_rulebook().lexicon("units").entries:
        if entry.fields["alone"] != "no":
            for surface in entry.surfaces:
                assert seen.setdefault(surface, entry.id) == entry.id, surface
