from __future__ import annotations

import msgspec
import pytest
from tests.unit.core.link.reprints.articles import OTHER, PARAGRAPHS, sketch

from mingjian.core.link.reprints.judging import relate, relate_back, relate_pages
from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.link.reprints.sketches import Sketch
from mingjian.core.link.reprints.titles import title_likeness

WHOLE = sketch("a", host="a.example")
NEXT_WEEK = tuple(
    paragraph.replace("2.5", "3.1")
    .replace("80", "65")
    .replace("30%", "25%")
    .replace("412", "377")
    .replace("6.8", "5.2")
    for paragraph in PARAGRAPHS
)


def kind_of(one: Sketch, two: Sketch) -> str | None:
    relation = relate(one, two)
    assert relation == relate(two, one)
    return None if relation is None else relation.kind


@pytest.mark.parametrize(
    ("copy", "kind"),
    [
        (sketch("b", host="a.example"), "same_page"),
        (sketch("b", host="b.example"), "reprint"),
        (sketch("b", PARAGRAPHS[:3]), "reprint"),
        (sketch("b", PARAGRAPHS[1:2]), "reprint"),
        (sketch("b", PARAGRAPHS[::-1]), "reprint"),
        (sketch("b", (*PARAGRAPHS, *OTHER)), "reprint"),
        (sketch("b", OTHER), None),
        (sketch("b", NEXT_WEEK, day="2025-03-19"), "series"),
        (sketch("b", (OTHER[0], "此前报道：" + PARAGRAPHS[1], *OTHER[1:]), title="乙县春管正当时"), "partial_reuse"),
        (sketch("b", (*OTHER, *PARAGRAPHS[:2]), title="乙县春管正当时"), "shared_release"),
        (sketch("b", (*OTHER, PARAGRAPHS[1]), title="早报｜乙县春管正当时等"), "partial_reuse"),
    ],
)
def test_what_a_copy_is(copy: Sketch, kind: str | None) -> None:
    assert kind_of(WHOLE, copy) == kind


def test_one_slip_makes_no_series() -> None:
    slip = tuple(paragraph.replace("412", "472") for paragraph in PARAGRAPHS)
    assert kind_of(WHOLE, sketch("b", slip)) == "reprint"


def test_long_after_one_other_number_is_enough() -> None:
    slip = tuple(paragraph.replace("412", "472") for paragraph in PARAGRAPHS[:3])
    assert kind_of(sketch("a", PARAGRAPHS[:3]), sketch("b", slip, day="2026-03-12")) == "series"


def test_shares_are_those_of_each_page() -> None:
    relation = relate(sketch("b", PARAGRAPHS[:2]), WHOLE)
    assert relation is not None
    assert relation.share_of("b") == 1.0
    assert relation.share_of("a") < 0.6
    assert relation.other("a") == "b"


def test_all_pages_at_once_give_what_each_pair_gives() -> None:
    pages = [
        WHOLE,
        sketch("b", PARAGRAPHS[:3]),
        sketch("c", NEXT_WEEK),
        sketch("d", OTHER),
        sketch("e", PARAGRAPHS[2:]),
    ]
    pairs = [relate(one, two) for place, one in enumerate(pages) for two in pages[place + 1 :]]
    found = sorted(relate_pages(pages), key=lambda relation: (relation.first, relation.second))
    assert found == [relation for relation in pairs if relation is not None and relation.kind != "series"]
    assert any(relation is not None and relation.kind == "series" for relation in pairs)
    assert found == sorted(relate_pages(pages[::-1]), key=lambda relation: (relation.first, relation.second))


def test_a_page_is_related_back_to_earlier_ones() -> None:
    others = [sketch("b", PARAGRAPHS[:3]), sketch("c", NEXT_WEEK), sketch("d", OTHER), sketch("e", PARAGRAPHS[2:])]
    late = sketch("late", day="2025-03-13")
    each = [relate(late, other) for other in others]
    assert relate_back(late, others) == [one for one in each if one is not None and one.kind != "series"] != []
    assert relate_back(sketch("early", day="2025-03-11"), others) == relate_back(late, []) == []


def test_of_many_earlier_pages_those_count_with_which_it_shares_most() -> None:
    found = reprint_settings()
    limits = msgspec.structs.replace(found, join=msgspec.structs.replace(found.join, most_earlier=2))
    pages = [sketch(name, PARAGRAPHS[:part]) for name, part in (("a", 2), ("b", 5), ("c", 3), ("d", 4))]
    late = sketch("late", day="2025-03-13")
    assert {relation.other("late") for relation in relate_back(late, pages, limits)} == {"b", "d"}


def test_titles_are_compared_by_pairs_of_characters() -> None:
    assert title_likeness("甲市发布细则", "快讯：甲市发布细则") == 1.0
    assert title_likeness("甲市发布细则", "乙县春管") == 0.0
    assert title_likeness("", "乙县春管") is None


FORM = (
    "经{0}党组批准，{0}决定对{1}涉嫌违反组织纪律的问题立案审查。",
    "经查，{1}丧失理想信念，在组织函询时不如实说明情况；收受可能影响公正执行公务的礼品，违规出入私人会所。",
    "{1}身居要职，忘了当初为何出发，会后仍不停手，情节不轻，后果不小，理当从严查办。",
    "{0}研究决定，给予{1}撤职处分，收缴其违规所得；{0}将{1}涉嫌犯罪问题移送有关机关依法处理。",
)


def test_one_form_filled_with_other_names_is_a_series() -> None:
    one, two = (
        tuple(line.format(*names) for line in FORM) for names in (("甲市数据局", "周岚山"), ("乙县农技站", "赵明远"))
    )
    found = relate(sketch("a", one, title=""), sketch("b", two, title=""))
    assert found is not None
    assert (found.kind, found.reason) == ("series", "other-names")
    copy = relate(sketch("a", one, title=""), sketch("b", one[:3], title=""))
    assert copy is not None
    assert copy.kind == "reprint"


CHECKS = (
    "为做好中小学生冬季防火安全工作，请各单位对宿舍、食堂、实验室用电用气情况进行一次全面检查，发现隐患立即整改，整改情况由专人登记。",
    "放假前要上好安全教育课，提醒学生不玩火、不私接电线，离家关闭电源气源。家长委员会要协助做好宣传。",
    "各单位检查情况请于{0}放假前报甲市教育局安全科，逾期不报的，由安全科上门核对。",
)


@pytest.mark.parametrize(
    ("day", "year", "kind"),
    [
        ("2024-12-28", "", "reprint"),
        ("2025-07-08", "", "reprint"),  # half a year after: nobody says so again then
        ("2025-12-08", "", "series"),  # the same time of the next year
        ("2025-12-08", "2024年", "reprint"),  # it names the year of the first: an old page with a new date
    ],
)
def test_a_notice_in_the_same_words_a_year_after_is_the_next_one(day: str, year: str, kind: str) -> None:
    lines = tuple(line.format(year) for line in CHECKS)
    title = "关于做好中小学冬季防火工作的通知"
    assert kind_of(sketch("a", lines, title=title, day="2024-12-05"), sketch("b", lines, title=title, day=day)) == kind


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("关于做好青岩冬季防火工作的通知", "关于做好白石冬季防火工作的通知", "series"),
        ("转载关于做好冬季防火工作的通知", "快讯关于做好冬季防火工作的通知", "reprint"),
        ("甲市安全快报第31期", "甲市安全快报第32期", "series"),
        ("甲市安全快报第三期", "甲市安全快报第四期", "series"),
        ("甲市检查12所学校", "甲市检查十二所学校", "reprint"),
        ("学校持续检查宿舍用电", "学校全面检查宿舍用电", "reprint"),
    ],
)
def test_titles_with_another_matter_or_number_in_one_place_are_of_one_form(one: str, two: str, kind: str) -> None:
    lines = tuple(line.format("") for line in CHECKS)
    assert kind_of(sketch("a", lines, title=one), sketch("b", lines, title=two)) == kind


def test_another_number_in_the_title_of_a_cut_copy_with_the_same_numbers_is_a_slip() -> None:
    one, two = (
        sketch("a", title="甲市算力券补贴达2.5亿元"),
        sketch("b", PARAGRAPHS[:3], title="甲市算力券补贴达2.6亿元"),
    )
    assert kind_of(one, two) == "reprint"


def test_a_few_words_are_one_page_under_one_title_only() -> None:
    words = ("镇上的修表匠把一台旧车床搬进门面，说能用到他退休，花了2600元。",)
    one = sketch("a", words, title="修表匠的新门面")
    assert 3 <= one.size < 5
    assert kind_of(one, sketch("b", words, title="快讯：修表匠的新门面")) == "reprint"
    assert kind_of(one, sketch("b", words, title="旧机床也有人要")) is None
