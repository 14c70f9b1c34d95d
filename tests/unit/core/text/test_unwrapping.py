"""Unwrapping: hard-wrapped pages are joined, and nothing else is."""

from __future__ import annotations

import textwrap

import pytest

from mingjian.core.text.offsets import apply
from mingjian.core.text.unwrapping import find_joins

PROSE = (
    "岚州市科技局日前召开会议，部署人工智能与制造业融合的工作。会议要求，各县区在年底前完成算力摸底，列出企业清单，"
    "并按月报送进展。据介绍，全市已有1200家企业用上了智能质检系统，平均降低成本12.5%；下一步还将开放200个应用场景，"
    "支持中小企业“上云用数”。与会专家认为，关键在于数据：没有好的语料，再大的模型也难以落地。"
)
VERSE = "\n".join(f"{line}，{other}。" for line, other in [("青山隔水看云起", "白鸟穿林带雨飞")] * 8)
HEADLINES = "\n".join(
    [
        "岚州市召开人工智能产业推进会 多家企业负责人到会发言并提出建议",
        "智算中心二期工程开工建设预计明年投入使用 总投资超过三十亿元",
        "科技局：加快培育人工智能领军企业 推动产业链上下游协同和创新",
        "专家解读：大模型怎样走进千家万户 听听一线工程师们怎么说的吧",
        "岚州大学新设人工智能学院 首批招收三百名学生今年秋季入学报到",
        "记者观察：一座老工业城市的智能转型之路 从钢铁厂到智算中心去",
    ]
)
ADDRESSES = "\n".join(f"岚州市高新区科创路{n}号智算大厦{n}层，联系电话：0000-{n}" for n in range(10, 18))
TABLE = "\n".join(f"指标{n}    2024年    {n * 7}.5亿元    同比增长{n}.2%    全市第{n}" for n in range(10, 20))
LIST = "\n".join(f"{number}. 建设智能工厂和数字化车间。支持企业开展改造，推广典型经验做法" for number in range(1, 9))
PARAGRAPHS = "\n".join([PROSE, PROSE[30:], PROSE[:90], PROSE[55:140]])
LINES = PROSE.replace("。", "。\n").replace("；", "；\n")
CODE = "\n".join(f"    value_{n} = compute(table, {n}); print(value_{n}, end='. ')" for n in range(10, 20))
ENGLISH = (
    "The province plans three centers. Each of them serves firms that train language models, and small ones pay less. "
) * 6


def unwrapped(text: str) -> str:
    return apply(text, find_joins(text))[0]


def sliced(text: str, width: int) -> str:
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


@pytest.mark.parametrize(
    "text",
    [VERSE, HEADLINES, ADDRESSES, TABLE, LIST, PARAGRAPHS, LINES, CODE, PROSE, "", "\n" * 99, "甲\n乙\n丙\n丁\n戊\n"],
    ids=["verse", "headlines", "addresses", "table", "list", "paragraphs", "sentences", "code", "one", *"ebs"],
)
def test_what_is_no_wrapped_prose_stays_as_it_is(text: str) -> None:
    assert find_joins(text) == []


@pytest.mark.parametrize("width", [14, 23, 24, 31, 38, 40])
def test_wrapped_paragraphs_keep_apart(width: int) -> None:
    for gap, indent in (("\n\n", ""), ("\n", "　　")):
        text = gap.join(sliced(indent + PROSE, width) for _ in range(4))
        assert unwrapped(text) == gap.join([indent + PROSE] * 4)


def test_a_headline_and_its_byline_stay_lines() -> None:
    head = "岚州部署人工智能与制造业融合\n来源：岚州晚报  2025-03-01 10:20\n"
    assert unwrapped(head + sliced(PROSE, 36)) == head + PROSE


def test_crlf_and_indented_lines_join() -> None:
    text = sliced(PROSE, 35).replace("\n", "\r\n")
    assert unwrapped(text) == PROSE
    assert unwrapped("\n".join(f"    {line}" for line in sliced(PROSE, 35).split("\n"))).strip() == PROSE


def test_english_is_joined_with_spaces_and_divided_words_without_hyphen() -> None:
    wrapped = textwrap.fill(ENGLISH, 72)
    assert unwrapped(wrapped) == ENGLISH.strip()
    lines = (
        "The well-known city wants to be a leader in intelli-",
        "gence that is artificial, as others do. It is a well-",
        "known plan, and the councils of the city voted for it.",
        "They will vote again, as it is said, in the spring of",
        "the next year. Nobody knows.",
    )
    joined = unwrapped("\n".join(lines))
    assert "intelligence that" in joined
    assert "a well-known plan" in joined


def test_figures_of_two_lines_are_not_one_number() -> None:
    text = textwrap.fill("In all the firms of the city of Lanzhou, it says, sold 2024 15 robots. " * 9, 64)
    assert "202415" not in unwrapped(text)


def test_a_wrapped_note_on_a_page_of_paragraphs_is_left_alone() -> None:
    assert find_joins("\n".join([PROSE * 2, PROSE * 3, PROSE * 2, sliced(PROSE, 30)])) == []
