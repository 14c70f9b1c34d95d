"""Which programmes are one."""

from __future__ import annotations

import pytest
from tests.unit.core.link.things.told import card, span

from mingjian.core.link.things.programmes import programme_linking, programme_name, programme_profile
from mingjian.core.model.facts import Programme
from mingjian.core.model.span import Span


def _holds(first: tuple[str, str | None], second: tuple[str, str | None]) -> str:
    linking = programme_linking()
    one, other = (
        programme_profile(Programme(evidence=span(name), by="test", name=name, owner=owner), card())
        for name, owner in (first, second)
    )
    return linking.judge(one, other).holds if set(linking.keys(one)) & set(linking.keys(other)) else "open"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("“AI+”专项行动", None), ("央企“AI＋”專項行動", "中央企業")),
        (("“AI+”专项行动", "国务院国资委"), ("中央企业“AI+”专项行动", None)),
        (("“东数西算”工程", None), ("国家“东数西算”工程", "国家发展改革委")),
        (("“便民春风行动”", None), ("便民春风行动", None)),
        (("“人工智慧湾”行动", None), ("“人工智能湾”行动", None)),
        (("东数西算", None), ("“东数西算”工程", None)),
        (("广东省“数湾领航”行动", None), ("“数湾领航”行动", "广东省人民政府")),
        (("“百坊千机”智能化改造工程", None), ("百坊千机", None)),
        (("全省“百坊千机”工程", None), ("“百坊千机”项目", None)),
        (("“双百工程”", "岚江省"), ("“双百工程”", "岚江省人民政府")),
    ],
)
def test_one_programme(first: tuple[str, str | None], second: tuple[str, str | None]) -> None:
    assert _holds(first, second) == "same"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("“AI+”专项行动", "央企"), ("“AI+”行动", None)),
        (("“数湾领航”行动", "广东"), ("“数湾领航”行动", "河南")),
        (("“人工智能+”行动", "国务院"), ("“人工智能+”行动", "河南省")),
        (("“东数西算”工程", None), ("“东数西算”枢纽节点重点工程", None)),
        (("综合改革试点", None), ("浦东新区综合改革试点", None)),
        (("央企“十五五”规划", "央企"), ("“十五五”规划", None)),
        (("专项行动", None), ("专项行动", None)),
        (("“双百工程”", None), ("“双百工程”", None)),
        (("“双百工程”", "岚江省"), ("“双百工程”", "澜山省")),
        (("“百坊千机”工程", None), ("“百店千企”工程", None)),
        (("“人工智能+”行动", None), ("“互联网+”行动", None)),
    ],
)
def test_two_programmes(first: tuple[str, str | None], second: tuple[str, str | None]) -> None:
    assert _holds(first, second) != "same"


def test_an_abbreviation_is_that_of_the_page_that_gives_it() -> None:
    alias = Span(9, 13, "百坊千机")
    bound = Programme(
        evidence=span("“双百工程”"), by="test", name="“双百工程”", support=(alias,), parts={"alias": (alias.pair,)}
    )
    told = Programme(evidence=span("“百坊千机”工程"), by="test", name="“百坊千机”工程")
    one, other = programme_profile(bound, card()), programme_profile(told, card())
    assert programme_linking().judge(one, other).holds == "same"


def test_a_name_gives_its_owner() -> None:
    assert programme_name("河南省“数湾领航”行动").owner == "410000"
