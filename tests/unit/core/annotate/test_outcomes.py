"""What pages say has become of goals, and which goals they say are given up for others."""

from __future__ import annotations

import pytest

from mingjian import extract
from mingjian.core.model.facts import Target
from mingjian.read.plain import text_page


def targets(sentence: str, day: str = "2026-02-11") -> list[Target]:
    """The targets with a number of a page published on a day."""
    text = f"岚州通报进展\n来源：云溪日报 {day}\n岚州市今天通报有关情况。{sentence}"
    return [fact for fact in extract(text_page("told", text.encode())).targets if fact.value is not None]


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("2025年，全市产业规模达到512亿元，超额完成500亿元的年度目标。", "met"),
        ("全市提前一年实现“十四五”规划确定的数字经济规模2000亿元目标。", "met"),
        ("2025年底前建成60家智能工厂的目标已提前完成。", "met"),
        ("去年定下的2025年培育100家企业的目标，如今已提前完成。", "met"),
        ("产业规模512亿元，比年初定下的500亿元目标多出12亿元。", "met"),
        ("2025年新建平台120个，完成年度目标任务100个的120%。", "met"),
        ("没有完成2025年达到8EFLOPS的目标。", "missed"),
        ("2025年产值300亿元的目标未能如期实现。", "missed"),
        ("由于设备到货延迟，2025年投放500台的计划没有完成。", "missed"),
        ("去年全市签约项目32个，未达到年初提出的40个的目标。", "missed"),
        ("2025年只完成1万台目标的六成。", "missed"),
        ("力争到年底，超额完成500亿元的目标。", None),
        ("有望提前完成2026年500亿元的目标。", None),
        ("确保完成2025年500亿元的目标任务。", None),
        ("会议强调，要全面完成2026年500亿元的目标。", None),
        ("尚未达到2026年300亿元的目标。", None),
        ("没有完成2026年300亿元的目标。", None),
        ("截至2025年11月底，完成2025年1万台目标的82%。", None),
        ("通胀率仍远高于去年2%的目标。", None),
        ("能否完成2025年500亿元的目标？", None),
    ],
)
def test_what_has_become_of_a_goal(sentence: str, outcome: str | None) -> None:
    found = [fact.outcome for fact in targets(sentence) if fact.outcome is not None]
    assert found == ([outcome] if outcome else [])


def test_the_words_that_say_so_are_cited() -> None:
    (goal,) = targets("2025年底前建成60家智能工厂的目标，目前已提前完成。")
    ((start, end),) = goal.parts["outcome"]
    assert goal.evidence.text == "2025年底前建成60家智能工厂的目标"
    assert (end - start, end > goal.evidence.end) == (len("智能工厂的目标，目前已提前完成"), True)
    assert goal.deadline is not None
    assert goal.deadline.end == "2025-12-31"


@pytest.mark.parametrize(
    ("sentence", "old", "new", "metric"),
    [
        ("将2027年产业规模目标由300亿元上调至400亿元。", 300, 400, "产业规模"),
        ("2027年底全市算力规模由原定的6EFLOPS调整为8EFLOPS。", 6, 8, "算力规模"),
        ("将原定2027年300亿元的产业规模目标调整为400亿元。", 300, 400, "产业规模"),
        ("会议决定将2026年产值目标从300亿元下调到260亿元。", 300, 260, "产值"),
    ],
)
def test_a_goal_that_is_given_up_for_another(sentence: str, old: int, new: int, metric: str) -> None:
    (goal,) = targets(sentence)
    assert goal.replaces is not None
    assert goal.normalized is not None
    assert goal.replaces.value / goal.normalized.value * new == old
    assert (int(goal.value or 0), goal.metric) == (new, metric)
    assert goal.parts["replaces"]


@pytest.mark.parametrize(
    "sentence",
    [
        "央行将基准利率目标由5.25%上调至5.5%。",
        "该股目标价从12元上调至15元。",
        "每人每月由原来的150元调整为300元。",
        "全省建成基站12.6万个，超过“十四五”规划目标2.6万个。",
    ],
)
def test_what_is_no_goal_or_none_that_is_given_up(sentence: str) -> None:
    assert [fact for fact in targets(sentence) if fact.replaces is not None or fact.outcome is not None] == []


def test_a_goal_told_of_again_is_of_what_was_counted_before_it() -> None:
    (goal,) = targets("截至2025年底，岚州市算力规模为6.9EFLOPS，没有完成2025年达到8EFLOPS的目标。")
    assert (goal.metric, goal.outcome) == ("算力规模", "missed")
