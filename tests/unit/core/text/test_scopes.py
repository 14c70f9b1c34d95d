from __future__ import annotations

import pytest
from tests.unit.core.annotate.test_figures_of_all_levels import figures_of

from mingjian.core.model.facts import Statistic, Target


def deadlines(words: str) -> list[str | None]:
    """The last day of every target of the words; ``None`` for a target without one."""
    return [
        fact.deadline.end if fact.deadline else None
        for fact in sorted(figures_of(words), key=lambda fact: fact.evidence.start)
        if isinstance(fact, Target) and fact.value is not None
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("# 二、发展目标（到2027年）⏎产值达到5亿元。⏎# 三、任务⏎建设平台3个。", ["2027-12-31", None]),
        ("（一）主要目标⏎到2027年，产值达到5亿元。⏎新增企业60家。⏎（二）任务⏎建平台3个。", [*["2027-12-31"] * 2]),
        ("到2026年，目标如下：⏎1.产值5亿元；⏎2.企业60家。⏎会议要求，力争产值翻番。", [*["2026-12-31"] * 2, None]),
        ("到2027年，产值达到5亿元。培育企业60家。", ["2027-12-31", "2027-12-31"]),
        ("到2027年，产值达到5亿元。⏎培育企业60家。", ["2027-12-31", None]),
        ("# 2026年重点工作⏎# 一、数字经济⏎打造场景20个。⏎# 2024年工作回顾⏎打造场景30个。", [None]),
    ],
)  # fmt: skip
def test_how_far_a_deadline_reaches(words: str, expected: list[str | None]) -> None:
    assert deadlines(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "到2027年，产值达到5亿元。目前，全市已有企业60家。",
        "到2027年，产值达到5亿元。2024年，全市新增企业60家。",
        "申报条件：⏎（一）年收入5000万元以上；⏎（二）研发人员30人以上。",
        "# 二、申报条件⏎（一）项目总投资不低于500万元。",
    ],
)
def test_a_state_and_a_condition_end_it(words: str) -> None:
    assert deadlines(words) in ([], ["2027-12-31"])


def test_a_review_of_a_year_gives_its_year() -> None:
    (fact,) = figures_of("# 2024年工作回顾⏎新增企业26家。")
    assert isinstance(fact, Statistic)
    assert fact.as_of is not None
    assert (fact.as_of.end, fact.as_of.basis) == ("2024-12-31", "shared")


def test_accounts_that_are_out_give_their_year_to_what_follows() -> None:
    facts = figures_of(
        "昨晚，鹿鸣微电子披露2024年年度报告。报告期内，公司营收5亿元。⏎分业务看，芯片收入3亿元。⏎公司全年研发投入1亿元。"
    )
    days = [fact.as_of.end for fact in facts if isinstance(fact, Statistic) and fact.as_of is not None]
    assert days == ["2024-12-31"] * 3
