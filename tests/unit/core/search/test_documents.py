"""What of a record can be found."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingjian.core.model.facts import Normalized
from mingjian.core.model.outcome import Cited, Interval, Missing, Outcome
from mingjian.core.model.span import Span
from mingjian.core.pipeline.extract import extract
from mingjian.core.search.documents import (
    Published,
    Version,
    amount_term,
    body_of,
    documents_of,
    facts_of,
    published_of,
)
from mingjian.read.plain import text_page

PAGE = """云岭市建成智算中心
来源：云岭时报 2025-03-05 09:30
云岭市工业和信息化局3月5日表示，云岭智算中心建成投用，智能算力规模达到40 EFLOPS。
到2027年，全市人工智能核心产业规模达到3,000亿元。
版权所有 云岭时报社
"""


def cited(value: str) -> Cited[str]:
    return Cited(value, Span(0, len(value), value), "test")


@pytest.mark.parametrize(
    ("outcome", "days", "minutes"),
    [
        (cited("2025-03-05"), ("2025-03-05", "2025-03-05"), 24 * 60 - 1),
        (cited("2025-03-05T09:30:00+08:00"), ("2025-03-05", "2025-03-05"), 0),
        (
            Missing("no-date", interval=Interval("2025-03-01", "2025-03-31", "month")),
            ("2025-03-01", "2025-03-31"),
            31 * 24 * 60 - 1,
        ),
    ],
)
def test_published_is_an_interval(outcome: Outcome[str], days: tuple[str, str], minutes: int) -> None:
    found = published_of(outcome)
    assert (found.first_day, found.last_day) == days
    assert found.first_minute is not None
    assert found.last_minute is not None
    assert found.last_minute - found.first_minute == minutes


@pytest.mark.parametrize(
    "outcome",
    [
        Missing("no-date"),
        Missing("no-date", interval=Interval(None, "2025-03-31", "before")),
        cited("昨天"),
        cited("2025-02-30"),
    ],
)
def test_what_the_page_does_not_say_is_not_guessed(outcome: Outcome[str]) -> None:
    assert published_of(outcome) == Published()


def test_a_page_and_its_facts() -> None:
    page = text_page("page", PAGE.encode(), path="page.txt")
    record = extract(page)
    documents = documents_of(record, page.text, Version(7, group=3, folded=True))
    assert documents.page.title == "云岭市建成智算中心"
    assert "版权所有" not in documents.page.body
    assert documents.page.years == (2025,)
    assert "云岭时报" in documents.page.names.source
    assert len(documents.facts) == len(facts_of(record))
    for ordinal, (fact, (kind, read)) in enumerate(zip(documents.facts, facts_of(record), strict=True)):
        assert (fact.ordinal, fact.kind, fact.place) == (ordinal, kind, read.evidence.pair)
        assert fact.version == Version(7, group=3, folded=True)
    target = next(fact for fact in documents.facts if fact.kind == "target")
    assert (target.amounts, target.years, target.deadlines) == (("300000000000 CNY",), (2027,), (2027,))


def test_a_page_without_an_article_is_found_by_all_its_words() -> None:
    page = text_page("list", "首页 新闻 视频\n".encode(), path="list.txt")
    record = extract(page)
    assert body_of(record, page.text) == page.text or record.body


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("3E+11", "300000000000 CNY"),
        ("300000000000.00", "300000000000 CNY"),
        ("0.5", "0.5 CNY"),
        ("0", "0 CNY"),
        ("NaN", "NaN CNY"),
        ("1E+300", "1E+300 CNY"),
    ],
)
def test_equal_values_are_one_term(value: str, term: str) -> None:
    assert amount_term(Normalized(Decimal(value), None, "CNY")) == term
