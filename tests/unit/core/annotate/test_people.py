from __future__ import annotations

from typing import Any

import pytest
from tests.unit.core.annotate.reading import read

from mingjian.core.model.facts import Person


def people(*paragraphs: str) -> list[tuple[str, str | None, str | None]]:
    return [(one.name, one.title, one.affiliation) for one in read(*paragraphs).names.people]


def names(*paragraphs: str) -> list[str]:
    return [one.name for one in read(*paragraphs).names.people]


def only(*paragraphs: str) -> Person:
    (one,) = read(*paragraphs).names.people
    return one


def posts(text: str) -> list[tuple[Any, ...]]:
    return [(post.affiliation, post.title, post.status, post.date) for post in only(text).posts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国家数据局局长陆文彬表示，", [("陆文彬", "局长", "国家数据局")]),
        ("工信部党组书记、部长周沐在会上指出，", [("周沐", "党组书记、部长", "工信部")]),
        ("南京大学商学院教授程一凡对记者说，", [("程一凡", "教授", "南京大学商学院")]),
        ("首席执行官汤姆·贝克尔宣布，", [("汤姆·贝克尔", "首席执行官", None)]),
        ("原局长欧阳正明介绍，", [("欧阳正明", "原局长", None)]),
        ("東江大學教授陸文彬指出，", [("陸文彬", "教授", "東江大學")]),
        ("东江科技人工智能研究部主任陆文彬说，", [("陆文彬", "主任", "东江科技人工智能研究部")]),
        ("甲乙光通副总裁陆文彬说，", [("陆文彬", "副总裁", "甲乙光通")]),
        (
            "沧南银行（中国）首席金融市场分析师陆文彬说，",
            [("陆文彬", "首席金融市场分析师", "沧南银行（中国）")],
        ),
        ("某公司创始人兼CEO陆文彬表示，", [("陆文彬", "创始人兼CEO", None)]),
        ("东江省委副书记、省长陆文彬说，", [("陆文彬", "副书记、省长", "东江省委")]),
        ("（记者 高一鸣）", [("高一鸣", "记者", None)]),
        ("北城智驾产品副总裁陆文彬说，", [("陆文彬", "产品副总裁", "北城智驾")]),
        ("华为云 东江区解决方案总监陆文彬说，", [("陆文彬", "东江区解决方案总监", "华为云")]),
        ("东江科技海外市场部总经理程一凡说，", [("程一凡", "总经理", "东江科技海外市场部")]),
        ("东江证券新能源行业首席分析师周沐认为，", [("周沐", "新能源行业首席分析师", "东江证券")]),
        ("开源负责人陆文彬说，", [("陆文彬", "开源负责人", None)]),
        ("东江大学的教授陆文彬认为，", [("陆文彬", "教授", "东江大学")]),
        ("省经信厅数据与软件处处长陆文彬说，", [("陆文彬", "处长", "省经信厅数据与软件处")]),
        ("南京大学下属的测量与标准中心主任陆文彬说，", [("陆文彬", "主任", "测量与标准中心")]),
        ("东江机器人公司元光智行总监陆文彬说，", [("陆文彬", "总监", "元光智行")]),
        ("“北城元光”创始人兼CEO穆一澄表示，", [("穆一澄", "创始人兼CEO", "北城元光")]),
        ("“90后”总经理陆文彬表示，", [("陆文彬", "总经理", None)]),
        ("南京大学博士研究生闻小川说，", [("闻小川", "博士研究生", "南京大学")]),
        ("慈溪市委书记陆文彬说，", [("陆文彬", "书记", "慈溪市委")]),
    ],
)
def test_a_name_after_a_post(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("陆文彬（东江科技股份有限公司董事长）", ("陆文彬", "董事长", "东江科技股份有限公司")),
        ("陆文彬（东江大学）论增长", ("陆文彬", None, "东江大学")),
        ("，陆文彬院士做了报告", ("陆文彬", "院士", None)),
        ("王　磊局长到会", ("王磊", "局长", None)),
        ("欧阳正明教授认为，", ("欧阳正明", "教授", None)),
        ("贯彻陈大有总书记的讲话", ("陈大有", "总书记", None)),
        ("买买提·艾力书记说", ("买买提·艾力", "书记", None)),
        ("陆文彬先生做了报告", ("陆文彬", None, None)),
    ],
)
def test_a_post_behind_a_name(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert people(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("巴罗尼总理高兴地说，", ["巴罗尼"]),
        ("OpenAI首席执行官Tom Bekker表示，", ["Tom Bekker"]),
        ("特斯拉CEO马斯克称，", ["马斯克"]),
        ("名誉教授贝亚特·施奈德说，", ["贝亚特·施奈德"]),
        ("县长巴特尔·敖其尔在会上说，", ["巴特尔·敖其尔"]),
        ("自治区农牧厅副厅长额尔德木图表示，", ["额尔德木图"]),
        ("教授次仁旺堆介绍，", ["次仁旺堆"]),
        ("董事长Jean-Luc Müller表示，", ["Jean-Luc Müller"]),
        ("分析师Mary-Ann O'Neill指出，", ["Mary-Ann O'Neill"]),
        ("Karl-Heinz Becker出任首席技术官。", ["Karl-Heinz Becker"]),
        ("Open Source表示，", []),
    ],
)
def test_foreign_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("陈怡，女，1982年出生", ["陈怡"]),
        ("陆文彬：男，汉族，硕士", ["陆文彬"]),
        ("陆文彬1970年3月出生", ["陆文彬"]),
        ("会议由陆文彬主持。", ["陆文彬"]),
        ("出席会议的有：陆文彬、周沐、程一凡", ["陆文彬", "周沐", "程一凡"]),
        ("东江5月12日电（记者陆文彬、周沐）", ["陆文彬", "周沐"]),
        ("联系人：陆文彬 电话", ["陆文彬"]),
        ("村民陆文彬正忙着收割", ["陆文彬"]),
    ],
)
def test_names_without_a_post(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_names_in_a_list_share_the_licence_of_the_first() -> None:
    assert names("副总理周沐、程一凡，国务委员陆文彬出席。") == ["周沐", "程一凡", "陆文彬"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "东江大学教授、北城研究院院长陆文彬说，",
            [("东江大学", "教授", None, None), ("北城研究院", "院长", None, None)],
        ),
        ("国务院总理陆文彬说，", [("国务院", "总理", None, None)]),
        ("原东江大学校长陆文彬说，", [("东江大学", "校长", "former", None)]),
        ("会议任命陆文彬为东江市财政局局长", [("东江市财政局", "局长", "appointed", None)]),
        ("陆文彬不再担任东江大学校长", [("东江大学", "校长", "removed", None)]),
        ("陆文彬2019年3月起任东江市财政局局长", [("东江市财政局", "局长", "current", "2019年3月起")]),
        (
            "榆林市委常委、神木市委书记陆文彬说，",
            [("榆林市委", "常委", None, None), ("神木市委", "书记", None, None)],
        ),
    ],
)
def test_posts_stay_apart(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("任命程一凡为东江市财政局局长。", [("东江市财政局", "局长", "appointed", None)]),
        (
            "陆文彬此前担任慈溪市委副书记、东江大学校长。",
            [("慈溪市委", "副书记", "former", None), ("东江大学", "校长", "former", None)],
        ),
        (
            "陆文彬（女，回族），现任东江大学校长，拟任东江市财政局局长。",
            [("东江大学", "校长", "current", None), ("东江市财政局", "局长", "proposed", None)],
        ),
        (
            "南京大学校长由周沐担任。",
            [("南京大学", "校长", "current", None)],
        ),
        (
            "智能实验室主任由东江大学教授陆文彬担任。",
            [("东江大学", "教授", None, None), ("智能实验室", "主任", "current", None)],
        ),
        (
            "东江科技股份有限公司公告，聘任周沐为首席信息官，其曾任南京大学教授。",
            [("东江科技股份有限公司", "首席信息官", "appointed", None), ("南京大学", "教授", "former", None)],
        ),
        (
            "东江集团旗下元光智行5月6日宣布，周沐不再担任首席执行官。",
            [("元光智行", "首席执行官", "removed", None)],
        ),
    ],
)
def test_posts_that_verbs_tell(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert posts(text) == expected


def test_each_of_two_who_are_given_posts_has_the_own_one() -> None:
    found = read("会议任命：陆文彬为东江市副市长，周沐为东江市财政局局长。").names.people
    assert [(one.name, one.title, one.affiliation) for one in found] == [
        ("陆文彬", "副市长", "东江市"),
        ("周沐", "局长", "东江市财政局"),
    ]


def test_who_leaves_a_post_to_another_does_not_take_it() -> None:
    assert people("陆文彬接替周沐担任南京大学校长。") == [("陆文彬", "校长", "南京大学"), ("周沐", None, None)]


def test_later_clauses_tell_of_the_next_person_where_one_is_named() -> None:
    found = read("陆文彬此前担任东江大学校长，周沐曾任南京大学教授，现任院长。").names.people
    assert [(one.name, [post.title for post in one.posts]) for one in found] == [
        ("陆文彬", ["校长"]),
        ("周沐", ["教授", "院长"]),
    ]


@pytest.mark.parametrize(
    ("text", "title", "affiliation"),
    [
        ("东江大学首席专家、原北城研究院副院长陆文彬说，", "首席专家", "东江大学"),
        ("中共中央政治局常委、国务院总理陆文彬出席。", "总理", "国务院"),
        ("任命陆文彬为东江市财政局局长。陆文彬此前担任慈溪市委副书记。", "局长", "东江市财政局"),
    ],
)
def test_the_post_that_a_person_is_called_by(text: str, title: str, affiliation: str) -> None:
    """A post that is held before one that was, an office before a seat."""
    assert people(text) == [("陆文彬", title, affiliation)]


def test_a_post_without_a_body_is_of_the_firm_that_the_sentence_or_the_person_before_tells() -> None:
    firm = "东江元光（杭州）科技有限公司"
    assert people(f"{firm}成立于2021年，创始人陆文彬毕业于南京大学。") == [("陆文彬", "创始人", firm)]
    told = people("东江科技董事长陆文彬到会。公司总裁周沐说，", "公司总裁程一凡说，")
    assert told == [("陆文彬", "董事长", "东江科技"), ("周沐", "总裁", "东江科技"), ("程一凡", "总裁", None)]
    assert people("东江市财政局宣布，总裁陆文彬到会。") == [("陆文彬", "总裁", None)]


def test_a_name_cut_short_is_the_longer_one_that_the_page_has() -> None:
    assert names("任命仉小成为东江市财政局局长。", "局长仉小成说，") == ["仉小成"]


def test_every_part_of_a_post_has_its_words() -> None:
    text = "原东江大学校长陆文彬说，"
    (post,) = only(text).posts
    for span in (post.title_span, post.affiliation_span, post.status_span):
        assert span is not None
        assert text[span.start : span.end] == span.text
    assert post.role == "academic"


def test_posts_of_two_people_do_not_run_together() -> None:
    found = read("东江日报社社长陆文彬任组长，北城通讯社总编辑周沐任副组长。").names.people
    assert [(one.name, [post.title for post in one.posts]) for one in found] == [
        ("陆文彬", ["社长", "组长"]),
        ("周沐", ["总编辑", "副组长"]),
    ]


def test_a_later_bare_mention_counts() -> None:
    assert len(only("局长陆文彬到会。", "陆文彬说，工程过半。").mentions) == 2


def test_a_surname_before_a_title_is_a_mention_where_one_person_bears_it() -> None:
    assert only("局长陆文彬到会。", "陆局长说，工程过半。").mentions[-1] == (9, 10)
    two = read("局长陆文彬、局长陆一凡到会。", "陆局长说，工程过半。").names.people
    assert all(len(one.mentions) == 1 for one in two)
    other = read("局长陆文彬、处长陆一凡到会。", "陆局长说，工程过半。").names.people
    assert [len(one.mentions) for one in other] == [2, 1]


def test_the_last_part_of_a_foreign_name_is_a_mention() -> None:
    assert len(only("首席执行官汤姆·贝克尔到会。", "贝克尔说，市场很大。").mentions) == 2


@pytest.mark.parametrize(
    "text",
    [
        "白皮书指出，市场扩大。",
        "华为表示，将扩产。",
        "专家认为，价格会跌。",
        "记者在现场看到，",
        "高老板告诉大家，",
        "主任医师说，",
        "项目方表示，施工方称，韩媒报道，",
        "职工王某说，",
        "主持人：谢谢于老师",
        "主任高度评价了这项工作",
        "华北、黄淮、江淮有雨",
        "三位马里总统治下的部长",
        "会上，任公司监事的人不少",
    ],
)
def test_words_that_only_look_like_names(text: str) -> None:
    assert people(text) == []


def test_a_label_names_a_person_only_where_two_turns_begin_with_it() -> None:
    assert people("水清源：我们从前年开始试点。", "水清源：难在数据不通。") == [("水清源", None, None)]
    assert people("水清源：我们从前年开始试点。") == []


def test_a_rare_name_counts_between_a_post_and_a_word_of_speech() -> None:
    assert people("苏州大学校长水清源认为，") == [("水清源", "校长", "苏州大学")]


def test_a_person_with_hundreds_of_posts_keeps_each_once() -> None:
    bodies = [f"{one}{two}市公安局" for one in "岚澜晴泊旗堰沙雁石禾" for two in "州川山溪港城原岭湾塘"]
    text = "".join(f"{body}局长周岚表示，" for body in bodies) + "局长周岚表示，" * 50
    (person,) = read(text).names.people
    posts = [(post.affiliation, post.title) for post in person.posts]
    assert len(posts) == len(set(posts)) > 90


@pytest.mark.parametrize("text", ["市长激动地表示，", "总理高兴地说，", "局长严肃地指出，"])
def test_how_somebody_speaks_is_no_name(text: str) -> None:
    assert read(text).names.people == ()


def test_another_person_of_the_same_name() -> None:
    text = "岚云科技董事长岑望舒介绍了新产品。巧的是，岚州大学也有一位岑望舒，岚州大学经济学院院长岑望舒研究基金。"
    assert people(text) == [("岑望舒", "董事长", "岚云科技"), ("岑望舒", "院长", "岚州大学经济学院")]


def test_a_firm_before_the_particle() -> None:
    assert people("岚云科技的高级副总裁岑望舒说，今年要开源。") == [("岑望舒", "高级副总裁", "岚云科技")]


def test_a_name_of_three_characters_that_opens_a_clause() -> None:
    assert people("揭志岚副厅长在会上介绍，产线已有七条。") == [("揭志岚", "副厅长", None)]
    assert names("揭志岚在致辞中说，产线已有七条。") == ["揭志岚"]
    assert names("揭榜挂帅在会上说明，产线已有七条。") == []


def test_a_surname_that_stands_for_nothing_else() -> None:
    assert names("现场，轨云科技创始人宓听澜认领了一个场景。") == ["宓听澜"]


def test_a_surname_before_the_short_address_of_a_head() -> None:
    text = "轨云科技总经理宓听澜说，先做样机。这是我们宓总的口头禅。"
    places = only(text).mentions
    assert text.index("宓总") in [start for start, _ in places]
    assert len(only("轨云科技总经理宓听澜说，先做样机。宓总的来说很满意。").mentions) == 1
