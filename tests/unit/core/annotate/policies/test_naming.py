from __future__ import annotations

import pytest
from tests.unit.core.annotate.policies.reading_policies import policies, titles


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("东江市印发《东江市数据券办法（试行）》。", "东江市数据券办法（试行）"),
        ("东江市发布《关于印发〈东江市数据券办法〉的通知》。", "东江市数据券办法"),
        ("东江市发布《关于印发《东江市数据券办法》的通知》。", "东江市数据券办法"),
        ("印发《关于印发〈关于转发〈东江市数据券办法〉的通知〉的通知》。", "东江市数据券办法"),
        ("根据《东江市关于印发东江市数据券办法的通知》，", "东江市关于印发东江市数据券办法的通知"),
        ("国务院关于深化数字村建设的指导意见提出目标。", "国务院关于深化数字村建设的指导意见"),
        ("东江市印发东江市促进算力发展行动方案，提出目标。", "东江市促进算力发展行动方案"),
        ("根据《数据安全法》规定，", "数据安全法"),
        ("根据中华人民共和国数据安全法，", "中华人民共和国数据安全法"),
        ("“十四五”数字经济发展规划提出目标。", "“十四五”数字经济发展规划"),
        ("财政部公开征求对《工厂分类指南（征求意见稿）》的意见。", "工厂分类指南（征求意见稿）"),
        ("国务院发布关于深化数字村建设的意见。", "关于深化数字村建设的意见"),
        ("东江市发布《东江市算力行动计划2.0》。", "东江市算力行动计划2.0"),
    ],
)
def test_a_document_is_named(text: str, title: str) -> None:
    assert titles(text) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "电影《夏日行动计划》热映。",
        "他读过《曼哈顿计划》和《旅行指南》，也懂《游戏规则》。",
        "他著有《排序行动方案》一书。",
        "歌曲《好办法》走红。",
        "国家标准《数据中心能效要求》（GB/T 1234-2020）发布。",
        "东江市统计局发布《2024年国民经济和社会发展统计公报》。",
        "请遵守《用户服务协议》。",
        "公司发布《关于签订合作意向书的公告》。",
        "东江市通报《关于某企业举报事件调查情况的通报》。",
        "该课程为《公共管理办法》课程。",
        "学习《深度学习方法》。",
        "《办法》提出三项措施。",
        "“十四五”规划收官之年，",
        "用户说企业触犯反垄断法后涨价。",
        "《关于加快发展的意见提出目标",
        "《" + "数据管理" * 125 + "办法》印发。",
        "《》《 》",
    ],
)
def test_other_titles_are_no_policies(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    "other",
    [
        "《东江市促进数据产业发展条例》",
        "《促进数据产业发展条例》",
        "《东江市促进“数据产业”发展条例》",
        "《东江市促进『数据产业』发展条例（试行）》",
        "《东江市促进 数据产业发展条例》",
        "《東江市促進數據產業發展條例》",
    ],
)
def test_one_document_printed_in_several_ways_is_one(other: str) -> None:
    (one,) = policies("东江市出台《东江市促进数据产业发展条例》。", f"{other}明确了要求。", "东江市数据局作解读。")
    assert len(one.mentions) == 2


def test_the_issuer_may_be_left_out_before_about() -> None:
    (one,) = policies("《东江市人民政府关于发展数据产业的意见》印发。《关于发展数据产业的意见》提出目标。")
    assert len(one.mentions) == 2


def test_years_tell_documents_apart_and_a_title_without_years_is_the_last() -> None:
    first, second = policies(
        "继《甲市数据发展方案（2021—2023年）》之后出台《甲市数据发展方案（2024—2026年）》。",
        "《甲市数据发展方案》提出目标。",
    )
    assert (len(first.mentions), len(second.mentions)) == (1, 2)


def test_a_title_may_run_over_the_end_of_a_block() -> None:
    assert titles("东江市印发《东江市数据产业", "发展条例》，提出目标。") == ["东江市数据产业\n发展条例"]


def test_a_notice_is_the_envelope_of_the_document_that_it_issues() -> None:
    (one,) = policies("东江市数据局发布《关于印发〈东江市数据券办法〉的通知》（东数发〔2025〕7号）。")
    assert (one.notice, one.doc_no) == ("关于印发〈东江市数据券办法〉的通知", "东数发〔2025〕7号")


def test_a_notice_without_inner_marks_and_its_document_are_one() -> None:
    (one,) = policies("根据《东江市关于印发东江市数据券办法的通知》，", "《东江市数据券办法》提出目标。")
    assert (one.title, one.notice) == ("东江市数据券办法", "东江市关于印发东江市数据券办法的通知")


def test_hundreds_of_titles_on_a_page() -> None:
    found = policies("印发" + "".join(f"《第{number}号数据办法》、" for number in range(500)))
    assert len(found) == 500
    assert {one.status for one in found} == {"issued"}


def test_a_notice_may_issue_several_documents() -> None:
    found = policies("按照《教育部关于印发<甲教材管理办法><乙教材管理办法>的通知》要求，")
    assert [(one.title, one.issuer) for one in found] == [
        ("甲教材管理办法", ("教育部",)),
        ("乙教材管理办法", ("教育部",)),
    ]
