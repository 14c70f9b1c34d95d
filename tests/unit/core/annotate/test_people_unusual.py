"""Names that a list of common surnames does not tell: rare, Japanese, in Latin letters, without any."""

from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read


def told(*paragraphs: str) -> list[tuple[str, str | None, str | None]]:
    return [(one.name, one.title, one.affiliation) for one in read(*paragraphs).names.people]


def names(*paragraphs: str) -> list[str]:
    return [name for name, _, _ in told(*paragraphs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东江科技总经理区若岚说，", ["区若岚"]),
        ("东江大学教授祁明轩介绍，", ["祁明轩"]),
        ("东江大学教授荔文澜、研究员竹羽彤出席。", ["荔文澜", "竹羽彤"]),
        ("东江县县长隽思远表示，", ["隽思远"]),
        ("东江大学教授相里文彬认为，", ["相里文彬"]),
    ],
)
def test_a_rare_surname_counts_beside_a_post(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize("text", ["区委会议说，要抓落实。", "竹林深处，", "祁连山下的牧场。", "荔枝熟了，他说。"])
def test_a_rare_surname_alone_makes_no_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东江大学名誉教授菅野诚一郎提醒，", "菅野诚一郎"),
        ("东江研究所研究员早乙女澪介绍，", "早乙女澪"),
        ("社长佐佐木翔太说，", "佐佐木翔太"),
        ("教授金泽优介绍，", "金泽优"),
        ("北岛电子会长朴在妍出席会议。", "朴在妍"),
    ],
)
def test_a_japanese_name(text: str, expected: str) -> None:
    assert names(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东江县刺绣传承人安玉梅吉说，", "安玉梅吉"),
        ("东江大学教授慎思远认为，", "慎思远"),
        ("东江公司工程师坎玛拉说，", "坎玛拉"),
        ("东江县干部罗藏才旦说，", "罗藏才旦"),
        ("东江县乡长娜日苏说，", "娜日苏"),
        ("东江省水利厅厅长雍乐山告诉记者，", "雍乐山"),
    ],
)
def test_what_a_post_and_speech_enclose_is_a_name(text: str, expected: str) -> None:
    assert names(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "总经理办公会认为，",
        "教授团队介绍，",
        "记者日前获悉，",
        "市长热线、信箱都开通了。",
        "东江公司的资深顾问姜先生表示，",
        "专家普遍认为，",
        "科学家精神，",
    ],
)
def test_words_behind_a_post_are_no_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("车手Iñigo Solana Vidal夺得黄衫。", "Iñigo Solana Vidal"),
        ("代表甲队出战的Joost Veldhuis获得亚军，", "Joost Veldhuis"),
        ("领头人Amélie de la Tour拒绝评论。", "Amélie de la Tour"),
        ("东江大学教授Şafak Ünel说，", "Şafak Ünel"),
        ("东江大学教授J. R. Bekker说，", "J. R. Bekker"),
        ("研究员Ana Lima-Soto de Prado指出，", "Ana Lima-Soto de Prado"),
    ],
)
def test_a_name_in_latin_letters_with_a_licence(text: str, expected: str) -> None:
    assert names(text) == [expected]


def test_a_brand_of_latin_words_before_a_post() -> None:
    assert told("开发商Kaluno Digital首席执行官Azman Harith说，") == [("Azman Harith", "首席执行官", "Kaluno Digital")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东江学院与园区共建南京大学商学院，院长庞若溪告诉记者，", ("庞若溪", "院长", "南京大学商学院")),
        ("论文由南京大学发表。该校教授陆文彬说，", ("陆文彬", "教授", "南京大学")),
        ("，甲山市文体广电和旅游局副局长汪若农介绍，", ("汪若农", "副局长", "甲山市文体广电和旅游局")),
        ("东江大学医学院临床教授麦文谦介绍，", ("麦文谦", "临床教授", "东江大学医学院")),
        ("在专场，甲山陵博物院副院长陆文彬回忆，", ("陆文彬", "副院长", "甲山陵博物院")),
        ("，甲山隐私专员公署助理专员霍文麟提醒，", ("霍文麟", "助理专员", "甲山隐私专员公署")),
        ("以及甲山市、乙山博物馆丙国藏品数字项目经理陆文彬对谈。", ("陆文彬", "项目经理", "乙山博物馆")),
        ("老师甘若溪教授就常说，", ("甘若溪", "教授", None)),
    ],
)
def test_the_body_of_the_post(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert told(text) == [expected]


def test_an_interviewed_person_has_the_posts_told_elsewhere() -> None:
    (one, *_) = told(
        "方既明今年回国，出任南京大学商学院院长。",
        "方既明：我们从去年开始试。",
        "记者：您为什么这样做？",
        "方既明：因为要有人来问。",
    )
    assert one == ("方既明", "院长", "南京大学商学院")


def test_a_comma_leads_back_only_to_a_body_that_the_post_heads() -> None:
    assert told("记者走访东江科技有限公司，院长庞若溪告诉记者，") == [("庞若溪", "院长", None)]
