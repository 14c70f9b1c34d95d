"""Where the words of a query stand."""

from __future__ import annotations

import pytest

from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.highlights import SNIPPET, best_snippets, find_words, is_near, lacking
from mingjian.core.search.parsing import parse_query

BOOK = bundled_rulebook()


def marked(words: str, text: str) -> list[str]:
    return [text[start:end] for start, end in find_words(parse_query(words, BOOK), text)]


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("国资委", "市国资委与國資委", ["国资委", "國資委"]),
        ("40EFLOPS", "算力达４０ ＥＦＬＯＰＳ，另有40 EFLOPS", ["４０ ＥＦＬＯＰＳ", "40 EFLOPS"]),
        ("3000亿元", "规模3,000亿元", ["3,000亿元"]),
        ("gpt4", "发布 GPT-4", ["GPT-4"]),
        ("工信部", "工业和信息化部印发", ["工业和信息化部"]),
        ("“具身智能”", "具身\n智能与具身机器人的智能", ["具身\n智能"]),
        ("机构:国资委", "市国资委印发", ["国资委"]),
        ("云岭科技 -招聘", "云岭科技招聘", ["云岭科技"]),
        ("人形机器人产业", "机器人的产业", ["机器人", "产业"][:1]),
        ("大模型", "𠮷𠮷大模型", ["大模型"]),
        ("没有的", "别的字", []),
        ("100亿元", "出口2100亿元", []),
        ("ai", "retail与AI", ["AI"]),
        ("3.5亿元", "13.5亿元与3.5亿元", ["3.5亿元"]),
        ("deepseek", "DeepSeek-R1", ["DeepSeek"]),
        ("苑", "云岭苑", ["苑"]),
    ],
)
def test_marks(words: str, text: str, found: list[str]) -> None:
    assert marked(words, text) == found


def test_a_snippet_shows_most_words() -> None:
    text = "开头。" * 60 + "算力不足。" + "别的。" * 60 + "云岭科技公布算力与补贴。" + "结尾。" * 60
    (snippet,) = best_snippets(parse_query("云岭科技 算力 补贴", BOOK), text)
    assert text[snippet.start :].startswith("云岭科技公布")
    assert [text[start:end] for start, end in snippet.marks] == ["云岭科技", "算力", "补贴"]
    assert snippet.end - snippet.start <= SNIPPET


def test_snippets_do_not_overlap() -> None:
    text = ("算力补贴。" + "别的话。" * 40) * 3
    found = best_snippets(parse_query("算力补贴", BOOK), text, most=3)
    assert len(found) == 3
    assert all(one.end <= other.start or other.end <= one.start for one in found for other in found if one is not other)


def test_within_a_stretch_alone() -> None:
    text = "算力。" + "别的。" * 40 + "算力补贴。"
    (snippet,) = best_snippets(parse_query("算力", BOOK), text, (0, 40))
    assert snippet.end <= 40
    assert snippet.marks == ((0, 2),)


def test_without_any_word_the_beginning_is_shown() -> None:
    (snippet,) = best_snippets(parse_query("没有的", BOOK), "别的字")
    assert (snippet.start, snippet.end, snippet.marks) == (0, 3, ())
    assert best_snippets(parse_query("没有的", BOOK), "") == ()


def test_a_snippet_ends_with_no_half_of_a_word() -> None:
    for before in range(SNIPPET - 4, SNIPPET + 1):
        text = "算力" + "甲" * (before - 2) + "算力" + "乙" * SNIPPET
        for snippet in best_snippets(parse_query("算力", BOOK), text, most=3):
            assert {text[start:end] for start, end in snippet.marks} == {"算力"}


@pytest.mark.parametrize(
    ("words", "text", "gone", "near"),
    [
        ("算力 补贴", "岚州发放算力补贴", (), True),
        ("算力 观潮仪", "岚州的算力与潮水", ("观潮仪",), True),
        ("算力 量子雷达", "激光雷达测风", ("算力", "量子雷达"), False),  # a part of a word of several is not near
        ("国资委 观潮仪", "國資委印发", ("观潮仪",), True),
        ("算力 | 智算", "智算中心", (), True),
        ("算力 -招聘", "算力招聘", (), True),
        ("量子雷达", "激光雷达测风", ("量子雷达",), True),
        ("量子通信卫星雷达", "激光雷达测风", ("量子通信卫星雷达",), False),
        ("类型:目标 2030", "到2030年", (), True),
    ],
)
def test_what_a_text_lacks_of_what_is_asked_and_whether_it_is_near(
    words: str, text: str, gone: tuple[str, ...], near: bool
) -> None:
    query = parse_query(words, BOOK)
    assert lacking(query, text) == gone
    assert is_near(query, text) == near
