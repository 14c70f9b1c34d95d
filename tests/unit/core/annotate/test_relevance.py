from __future__ import annotations

import pytest
from tests.unit.core.annotate.reading import read

from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.span import Span


def titled(words: str) -> Outcome[str]:
    return Cited(words, Span(0, len(words), words, (), "html"), "title.test")


def test_a_page_is_about_ai_by_its_title_its_lead_and_its_sentences() -> None:
    assert read("人工智能正在改变工厂，人工智能也改变办公室。").relevance.ai.relevant
    assert not read("黄金价格连续上涨，" * 60 + "有人用人工智能预测。").relevance.ai.relevant
    nothing = read("外汇储备上月下降。").relevance.ai
    assert (nothing.score, nothing.relevant, nothing.words) == (0.0, False, ())


def test_a_list_of_technologies_in_one_sentence_is_one_sentence() -> None:
    text = "芯片进口又创新高。" * 30 + "机遇来自人工智能、自动驾驶、大模型、智能体、具身智能、机器学习、算法。"
    score = read(text, title=titled("芯片进口创新高")).relevance.ai
    assert not score.relevant
    assert score.share < 0.2


def test_every_word_that_made_the_score_is_cited_with_all_its_places() -> None:
    text = "大模型上线。大模型降价。天气很好。"
    score = read(text, title=titled("大模型降价")).relevance.ai
    in_title, in_text = sorted(score.words, key=lambda word: word.evidence.layer)
    assert (in_title.part, in_title.evidence.text, in_title.evidence.layer) == ("title", "大模型", "html")
    assert (in_text.part, in_text.evidence.pair, in_text.evidence.also) == ("lead", (0, 3), ((6, 9),))
    assert score.title == in_title.weight == 1.0


def test_without_a_headline_the_other_two_parts_make_the_score() -> None:
    score = read("大模型上线。大模型降价。").relevance.ai
    assert score.title is None
    assert score.score == 1.0


def test_a_lead_stands_for_half_of_a_headline_that_speaks_of_something_else() -> None:
    text = "大模型走进车间。" + "工人说省力。" * 3
    told, silent = (read(text, title=titled(title)).relevance.ai for title in ("大模型进车间", "老厂焕新颜"))
    assert (silent.title, silent.lead) == (0.0, 1.0)
    assert told.score == pytest.approx(0.35 + 0.2 + 0.45 * told.share, abs=0.01)
    assert silent.score == pytest.approx(0.35 / 2 + 0.2 + 0.45 * silent.share, abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "联赛总决赛昨晚落幕，主队夺冠。本赛季门票收入1.2亿元。联赛首次引入AI辅助判罚系统。队长获得最有价值球员。",
        "生猪出栏价环比上涨3.4%。养殖户补栏意愿增强。一些猪场引入AI点数。预计三季度价格平稳。",
    ],
)
def test_a_short_page_that_names_ai_once_behind_its_beginning_is_about_something_else(text: str) -> None:
    score = read(text, title=titled("昨日要闻")).relevance.ai
    assert (score.lead, score.relevant) == (0.0, False)


def test_words_that_are_made_of_ai_say_ai() -> None:
    (glasses,) = read("这家公司做AI眼镜。").relevance.ai.words
    (terminal,) = read("这家公司做智能终端。大模型在云端。").relevance.ai.words[1:]
    assert glasses.weight > 0.8 > terminal.weight


@pytest.mark.parametrize(
    ("title", "text", "relevant"),
    [
        ("某市印发智能制造实施方案", "近日，市政府印发实施方案，提出鼓励企业上云。方案明确了责任单位。", True),
        ("球队主场取胜", "昨晚，球队在主场取胜。球迷表示支持。下一场在周六。教练很满意。", False),
    ],
)
def test_a_page_is_about_policy(title: str, text: str, relevant: bool) -> None:
    assert read(text, title=titled(title)).relevance.policy.relevant is relevant
