from __future__ import annotations

import pytest
from tests.unit.core.annotate.policies.reading_policies import policies, relations, titles

FULL = "东江市支持数据产业发展若干措施"


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        (f"东江市印发《{FULL}》。《若干措施》提出目标。《措施》明确。", 3),
        (f"东江市印发《{FULL}》（以下简称《十条》）。《十条》提出目标。", 3),
        (f"东江市印发《{FULL}》（以下简称“数据45条”）。“数据45条”提出目标。", 3),
        (f"东江市印发《{FULL}》（“AI 45条”）。“AI 45条”提出目标。", 3),
        (f"东江市印发《{FULL}》（东政发〔2025〕7号，以下简称《措施》）。《措施》提出目标。", 3),
        (f"东江市印发《{FULL}》。《数据产业措施》提出目标。", 2),
        ("国务院印发《关于实施“数字村+”行动的意见》。“数字村+”意见提出目标。", 2),
        (f"东江市印发《{FULL}》。《实施方案》提出目标。“数字村+”方案提出目标。", 1),
    ],
)
def test_short_names_are_mentions_of_the_document_that_they_mean(text: str, mentions: int) -> None:
    (one,) = policies(text)
    assert len(one.mentions) == mentions


def test_a_name_counts_for_the_document_it_was_last_given_to() -> None:
    first, second = policies(
        "甲市印发《甲市数据办法》（以下简称《文件》）。《文件》提出目标。",
        "乙市印发《乙市算力规划》（以下简称《文件》）。《文件》提出目标。《文件》明确。",
    )
    assert (len(first.mentions), len(second.mentions)) == (3, 4)


def test_a_short_title_before_the_full_one_belongs_to_it() -> None:
    (one,) = policies("《若干措施》昨日公布。", f"东江市印发《{FULL}》。")
    assert len(one.mentions) == 2


def test_what_points_back_counts_for_acts_and_relations_and_is_no_mention() -> None:
    (one,) = policies("东江市印发《东江市数据办法》。该办法自2025年10月1日起施行。")
    assert (one.in_force, len(one.mentions)) == ("2025-10-01", 1)
    found = relations("国务院印发《数字村规划》。为落实这一文件，东江市印发《东江市数据办法》。")
    assert found["东江市数据办法"] == [("implements", "数字村规划")]


def test_what_points_back_to_nothing_gives_nothing() -> None:
    assert titles("该办法自2025年10月1日起施行。这一文件很重要。") == []


def test_a_later_edition_is_another_document() -> None:
    assert titles("东江市发布《东江市算力指南（第二版）》。", "此前的《东江市算力指南》已执行三年。") == [
        "东江市算力指南（第二版）",
        "东江市算力指南",
    ]


def test_a_short_title_that_may_mean_several_of_a_list_means_none() -> None:
    found = policies("东江市出台《甲市数据条例》和《甲市算力条例》。《条例》明确了要求。")
    assert [len(one.mentions) for one in found] == [1, 1]
    found = policies("为落实《甲市数据意见》，东江市出台《甲市算力意见》。《意见》明确了要求。")
    assert [len(one.mentions) for one in found] == [1, 2]


def test_a_quoted_name_that_something_happens_to_is_a_document() -> None:
    assert titles("近期，省政府出台了“智能＋制造”行动计划。") == ["“智能＋制造”行动计划"]
    assert titles("企业热议“智能＋制造”行动计划。") == []
