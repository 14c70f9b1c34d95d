"""What queries are read as."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.parsing import LONGEST, parse_query
from mingjian.core.search.queries import Clause, Filter, Phrase, Query, Word

BOOK = bundled_rulebook()


def read(text: str) -> Query:
    return parse_query(text, BOOK)


def told(text: str) -> list[str]:
    return [note.kind for note in read(text).notes]


def shown(clause: Clause) -> str:
    kinds = {Word: "word", Phrase: "phrase", Filter: "filter"}
    inner = "|".join(f"{kinds[type(term)]} {term.text}" for term in clause.options)
    return f"-({inner})" if clause.excluded else inner


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("国资委", ["word 国资委"]),
        ("云岭科技 大模型", ["word 云岭科技", "word 大模型"]),
        ("云岭科技　大模型", ["word 云岭科技", "word 大模型"]),
        ('"具身智能"', ["phrase 具身智能"]),
        ("“具身智能” 补贴", ["phrase 具身智能", "word 补贴"]),
        ("「具身智能」", ["phrase 具身智能"]),
        ("『具身智能』", ["phrase 具身智能"]),
        ('"open source model"', ["phrase open source model"]),
        ("以“云岭之光”为主题", ["word 以“云岭之光”为主题"]),
        ("“云岭之光”为主题", ["word “云岭之光”为主题"]),
        ("大模型 -招聘", ["word 大模型", "-(word 招聘)"]),
        ("大模型 －招聘", ["word 大模型", "-(word 招聘)"]),
        ('大模型 -"招聘 信息"', ["word 大模型", "-(phrase 招聘 信息)"]),
        ("-类型:news", ["-(filter news)"]),
        ("GPT-4", ["word GPT-4"]),
        ("算力|智算", ["word 算力|word 智算"]),
        ("算力 ｜ 智算 补贴", ["word 算力|word 智算", "word 补贴"]),
        ("算力 OR 智算 OR 超算", ["word 算力|word 智算|word 超算"]),
        ("机构:国资委 年:2025 类型:target", ["filter 国资委", "filter 2025", "filter target"]),
        ("機構：國資委", ["filter 國資委"]),
        ("org:国资委 | org:工信部", ["filter 国资委|filter 工信部"]),
        ('标题:"人工智能 行动"', ["filter 人工智能 行动"]),
        ("时间:2025-03..2025-06", ["filter 2025-03..2025-06"]),
        ("https://yunling.example/a", ["word https://yunling.example/a"]),
        ("title:a:b", ["filter a:b"]),
        ("C++", ["word C++"]),
        ("a AND b", ["word a", "word AND", "word b"]),
        ("body:[a TO b]^2 ~3 *", ["word body:[a", "word TO", "word b]^2", "word ~3"]),
        (".*(a+)+$", ["word .*(a+)+$"]),
        ("𠮷野家", ["word 𠮷野家"]),
    ],
)
def test_clauses(text: str, clauses: list[str]) -> None:
    assert [shown(clause) for clause in read(text).clauses] == clauses


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("国资委", []),
        ("颜色:红", ["unknown-field"]),
        ("机构:", ["empty-field"]),
        ("机构:，", ["empty-field"]),
        ("类型:瞎写", ["unknown-type"]),
        ("年:去年", ["no-date"]),
        ("“没有关上", ["unclosed-quote"]),
        ('"没有关上', ["unclosed-quote"]),
        ("| 算力", ["nothing-either"]),
        ("算力 OR", ["nothing-either"]),
        ("-", ["no-words"]),
        ("，。！？", ["no-words"]),
        ("", []),
        ("   ", []),
        ("怎么样", ["only-questions"]),
        ("\0\0", ["no-words"]),
    ],
)
def test_what_was_not_understood_is_told(text: str, notes: list[str]) -> None:
    assert told(text) == notes


def test_a_value_that_is_none_is_searched_as_it_stands() -> None:
    (clause,) = read("类型:瞎写").clauses
    assert shown(clause) == "word 类型:瞎写"


def test_both_scripts_and_widths_are_one() -> None:
    keys = {
        clause.options[0].key
        for text in ("達４０ＥＦＬＯＰＳ", "达40 EFLOPS", "达40eflops")
        for clause in [*read(f'"{text}"').clauses]
        if isinstance(clause.options[0], Phrase)
    }
    assert keys == {"达40eflops"}


def test_words_that_only_ask_are_left_out() -> None:
    (term,) = read("云岭科技的总部在哪里？").terms
    assert isinstance(term, Word)
    assert term.key.split() == ["云岭科技的总部在", "？"]


def test_other_names_come_from_the_lexicons() -> None:
    query = read("工信部")
    assert ("工信部", "工业和信息化部", "state_bodies") in {(one.of, one.name, one.lexicon) for one in query.aliases}
    (term,) = query.terms
    assert isinstance(term, Word)
    assert "工业和信息化部" in [key for key, _ in term.others]


def test_other_names_are_few_and_only_of_short_words() -> None:
    assert len(read("工信部").aliases) <= 3
    assert read("工信部副部长在会上介绍今年工作").aliases == ()


def test_a_name_of_a_field_has_other_names_too() -> None:
    (term,) = read("机构:工信部").terms
    assert isinstance(term, Filter)
    assert term.keys[:2] == ("工信部", "工业和信息化部")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("3000亿元", "300000000000", "CNY"), ("3,000亿元", "300000000000", "CNY"), ("４０ＥＦＬＯＰＳ", "4e19", "FLOPS")],
)
def test_numbers_with_units_have_a_value(text: str, value: str, unit: str) -> None:
    (term,) = read(text).terms
    assert isinstance(term, Word)
    assert term.amount is not None
    assert (term.amount.value, term.amount.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["2025", "国资委", "3000亿元的基金有哪些", "1.2.3版", "9" * 300 + "元"])
def test_other_words_have_none(text: str) -> None:
    assert all(isinstance(term, Word) and term.amount is None for term in read(text).terms)


def test_a_region_stands_for_its_code() -> None:
    (term,) = read("地区:广东").terms
    assert isinstance(term, Filter)
    assert term.code == "440000"


def test_a_long_query_is_cut_and_told() -> None:
    query = read("算力" * 5_000)
    assert len(query.text) == LONGEST
    assert [note.kind for note in query.notes] == ["cut"]


def test_many_clauses_are_cut_and_told() -> None:
    query = read(" ".join(f"词{number}" for number in range(300)))
    assert len(query.clauses) == 64
    assert [note.kind for note in query.notes] == ["cut"]


@pytest.mark.parametrize(
    "text", ['"' * 999, "-" * 999, "|" * 999, "机构:" * 400, "“" * 999, "年:" + "9" * 999, "(" * 999]
)
def test_hostile_queries_are_read(text: str) -> None:
    assert read(text).text == text
