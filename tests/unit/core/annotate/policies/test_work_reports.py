"""Yearly government work reports, and titles without marks that somebody issues."""

from __future__ import annotations

import pytest
from tests.unit.core.annotate.policies.reading_policies import policies, titles

from mingjian import extract
from mingjian.read.plain import text_page


def test_a_report_is_its_place_s() -> None:
    (one,) = policies("岚江省政府工作报告（2025年）提出，要加快算力建设。")
    assert (one.title, one.issuer, one.date) == ("政府工作报告", ("岚江省政府",), "2025")
    (bare,) = policies("今年政府工作报告提出目标。")
    assert (bare.title, bare.issuer) == ("政府工作报告", ())


def test_a_report_without_a_place_is_that_of_the_congress_of_the_page() -> None:
    (one,) = policies("8月19日，岚江省十四届人大三次会议开幕。政府工作报告提出目标。")
    assert one.issuer == ("岚江省",)
    (national,) = policies("十四届全国人大三次会议开幕，岚江省代表团审议政府工作报告。")
    assert national.issuer == ()


def test_last_year_s_report_is_another() -> None:
    told = policies("政府工作报告提出目标。与去年的报告相比，今年的报告更短。")
    assert [(one.title, one.evidence.text, one.date) for one in told] == [
        ("政府工作报告", "政府工作报告", None),
        ("政府工作报告", "去年的报告", "2024"),
    ]
    assert policies("与去年的报告相比，今年的报告更短。") == ()


def test_a_page_that_is_the_report() -> None:
    page = text_page(
        "report",
        "岚江省人民政府网 > 政府工作报告\n政府工作报告\n——2025年1月9日在岚江省第十届人民代表大会第五次会议上\n"
        "一年来，全省新质生产力加快培育，人工智能核心产业规模达到860亿元，增长13.8%。\n".encode(),
    )
    (one,) = extract(page).policies
    assert (one.title, one.issuer, one.date) == ("政府工作报告", ("岚江省",), "2025")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("4月9日，东江市数据局印发数据流通促进行动方案，提出目标。", ["数据流通促进行动方案"]),
        ("近期，省政府出台了推进“人工智能+港航”的行动计划，", ["推进“人工智能+港航”的行动计划"]),
        ("新出台的“算力二十条”明确，最高补贴500万元。", ["算力二十条"]),
        ("新发布的「东江市机器人产业行动计划」提出目标。", ["东江市机器人产业行动计划"]),
        ("东江市数据局印发多项行动计划，", []),
        ("东江市数据局将印发数据流通促进行动方案，", []),
        ("有人印发数据流通促进行动方案，", []),
    ],
)
def test_titles_without_marks_behind_a_word_of_issue(text: str, named: list[str]) -> None:
    assert titles(text) == named


def test_the_headline_gives_the_number_of_the_one_document() -> None:
    page = text_page(
        "reading",
        "听处长讲——东政发〔2025〕7号文解读\n2025-03-15 来源：东江数据\n"
        "近期，省政府出台了“人工智能+港航”行动计划。为便于理解，现作解读。\n".encode(),
    )
    (one,) = extract(page).policies
    assert (one.title, one.doc_no) == ("“人工智能+港航”行动计划", "东政发〔2025〕7号")
