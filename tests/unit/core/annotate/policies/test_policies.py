from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read

from mingjian.core.model.facts import Policy
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Span


def policies(*paragraphs: str) -> tuple[Policy, ...]:
    return read(*paragraphs).policies


def test_title_issuers_date_and_status_of_an_issued_document() -> None:
    (one,) = policies("2025年3月5日，财政部、商务部联合印发《绿色工厂建设实施方案》。")
    assert one.title == "绿色工厂建设实施方案"
    assert (one.issuer, one.date, one.status) == (("财政部", "商务部"), "2025-03-05", "issued")


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("水利部等九部门联合印发《绿色工厂建设意见》。", ("水利部等九部门",)),
        ("近日，苏州印发《苏州市绿色工厂行动方案（2025—2027年）》。", ("苏州",)),
        ("专家提到《绿色工厂建设意见》。", ()),
    ],
)
def test_issuer_as_printed(text: str, issuer: tuple[str, ...]) -> None:
    assert policies(text)[0].issuer == issuer


@pytest.mark.parametrize(
    "text", ["他读《红楼梦》。", "《经济日报》报道。", "发布《绿色工厂白皮书》。", "学习《排序方法》。"]
)
def test_other_titles_are_no_policies(text: str) -> None:
    assert policies(text) == ()


def test_a_short_title_is_a_mention_of_the_document_named_before() -> None:
    (one,) = policies("财政部印发《绿色工厂建设意见》。", "《意见》提出三项任务。")
    assert len(one.mentions) == 2


def test_work_reports_of_two_years_are_two_documents() -> None:
    found = policies("今年政府工作报告提出目标，与2023年《政府工作报告》相比更高。")
    assert [(one.title, one.date) for one in found] == [("政府工作报告", "2025"), ("政府工作报告", "2023")]


def test_the_document_that_is_carried_out_is_the_target_of_a_relation() -> None:
    found = policies("为落实《制造业发展纲要》，财政部印发《绿色工厂建设意见》。")
    relations = {one.title: [(relation.type, relation.target) for relation in one.relations] for one in found}
    assert relations == {"制造业发展纲要": [], "绿色工厂建设意见": [("implements", "制造业发展纲要")]}


def test_this_plan_is_the_document_named_last() -> None:
    found = policies("国务院印发《制造业发展纲要》。为落实这一纲要，《绿色工厂建设意见》《绿色工厂评价办法》相继印发。")
    assert [[relation.target for relation in one.relations] for one in found] == [
        [],
        ["制造业发展纲要"],
        ["制造业发展纲要"],
    ]


def test_the_number_after_a_title_is_that_of_the_document() -> None:
    (one,) = policies("根据《绿色工厂建设意见》（财建〔2025〕7号）要求，")
    assert one.doc_no == "财建〔2025〕7号"


def test_the_heading_of_a_policy_text_is_its_own_title() -> None:
    (one, *_) = policies("苏州市人民政府关于建设绿色工厂的意见", "各区县人民政府：")
    assert (one.title, one.issuer) == ("苏州市人民政府关于建设绿色工厂的意见", ("苏州市人民政府",))


def test_a_title_above_the_body_counts_where_the_body_speaks_of_itself() -> None:
    words = "苏州市建设绿色工厂行动计划（2025—2027年）"
    title = Cited(words, Span(0, len(words), words), "test")
    assert read("为加快转型，特制定本行动计划。", title=title).policies[0].title == words
    assert read("为加快转型，专家建议如下。", title=title).policies == ()
