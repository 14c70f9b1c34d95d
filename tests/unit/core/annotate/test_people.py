from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read


def people(*paragraphs: str) -> list[tuple[str, str | None, str | None]]:
    return [(one.name, one.title, one.affiliation) for one in read(*paragraphs).names.people]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国家数据局局长陆文彬表示，", [("陆文彬", "局长", "国家数据局")]),
        ("工信部党组书记、部长周沐在会上指出，", [("周沐", "党组书记、部长", "工信部")]),
        ("南京大学商学院教授程一凡对记者说，", [("程一凡", "教授", "南京大学商学院")]),
        ("首席执行官汤姆·贝克尔宣布，", [("汤姆·贝克尔", "首席执行官", None)]),
        ("原局长欧阳正明介绍，", [("欧阳正明", "原局长", None)]),
    ],
)
def test_a_name_after_a_post(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert people(text) == expected


def test_names_in_a_list_share_the_licence_of_the_first() -> None:
    assert [name for name, *_ in people("副总理周沐、程一凡，国务委员陆文彬出席。")] == ["周沐", "程一凡", "陆文彬"]


def test_a_later_bare_mention_counts() -> None:
    (one,) = read("局长陆文彬到会。", "陆文彬说，工程过半。").names.people
    assert len(one.mentions) == 2


@pytest.mark.parametrize(
    "text",
    [
        "白皮书指出，市场扩大。",
        "华为表示，将扩产。",
        "专家认为，价格会跌。",
        "记者在现场看到，",
        "高老板告诉大家，",
        "主任医师说，",
    ],
)
def test_words_that_only_look_like_names(text: str) -> None:
    assert people(text) == []


def test_a_label_names_a_person_only_where_two_turns_begin_with_it() -> None:
    assert people("陆文彬：我们从前年开始试点。", "陆文彬：难在数据不通。") == [("陆文彬", None, None)]
    assert people("陆文彬：我们从前年开始试点。") == []


def test_a_rare_name_counts_between_a_post_and_a_word_of_speech() -> None:
    assert people("苏州大学校长水清源认为，") == [("水清源", "校长", "苏州大学")]
