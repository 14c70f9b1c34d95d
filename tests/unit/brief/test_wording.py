"""How values are worded."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args, get_type_hints

import pytest

from mingjian.brief.wording import cell, column_label, fact_columns, worded
from mingjian.core.model.annotation import DateValue
from mingjian.core.model.facts import Industry, Normalized, Person, Post
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.record import Record
from mingjian.core.model.span import Span
from mingjian.core.rulebook import bundled_rulebook


def test_values_are_worded() -> None:
    assert worded(True) == "是"
    assert worded("realised") == "已发生"
    assert worded("meeting") == "会议召开"
    assert worded(DateValue("2025-07-01", "2025-07-31", "month", "7月", "explicit")) == "2025-07"
    assert worded(DateValue("2025-07-01", "2025-07-03", "interval", None, "explicit")) == "2025-07-01 至 2025-07-03"
    assert worded(DateValue(None, "2025-07-31", "before", None, "not-stated")) == "不晚于 2025-07-31"
    assert worded(DateValue(None, None, "unknown", "近年", "not-stated")) == "近年"
    assert worded(Missing("no-title-in-page")) == "（缺：页面没有标题）"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Normalized(Decimal(2), Decimal(3), "count"), "2–3"),
        (Normalized(Decimal("3E+9"), None, "CNY"), "30亿元"),
        (Normalized(Decimal("1.8E+18"), None, "FLOPS"), "1.8EFLOPS"),
        (Normalized(Decimal("0.6"), None, "ratio"), "60%"),
        (Normalized(Decimal(12345), None, "km"), "1.2345万 km"),
    ],
)
def test_large_numbers_are_shown_in_steps(amount: Normalized, shown: str) -> None:
    assert worded(amount) == shown


@pytest.mark.parametrize(
    ("value", "precision", "shown"),
    [
        ("2025-09-16T10:32:00+08:00", "minute", "2025-09-16 10:32"),
        ("2025-09-16T10:32:07+08:00", "second", "2025-09-16 10:32:07"),
        ("2025-09-16T10:32:00+09:00", "minute", "2025-09-16 10:32 +09:00"),
        ("2025-09-16", "day", "2025-09-16"),
        ("岚州日报", None, "岚州日报"),
    ],
)
def test_moments_are_shown_as_exact_as_they_are(value: str, precision: str | None, shown: str) -> None:
    assert worded(Cited(value, Span(0, 1, "2"), "rule", (), precision)) == shown


def test_every_kind_that_is_shown_is_a_field_of_the_record() -> None:
    assert {kind for kind, _ in fact_columns()} <= set(Record.__struct_fields__)


def test_every_column_that_is_shown_has_a_label_and_a_field_or_is_put_together() -> None:
    for kind, columns in fact_columns():
        fields = set(get_args(get_type_hints(Record)[kind])[0].__struct_fields__) | {"what", "figure"}
        assert set(columns) <= fields, kind
        assert all(column_label(column) != column for column in columns), kind


def test_classes_of_industries_are_worded_by_their_names() -> None:
    words = Span(0, 2, "芯片")
    chips = Industry(
        name="芯片", gbt4754="C", division="C39", emerging="sei-1-2", evidence=words, by="lexicon.industries"
    )
    assert cell(chips, "division") == "C39 计算机、通信和其他电子设备制造业"
    assert cell(chips, "emerging") == "电子核心产业"
    assert cell(Industry(name="芯片", gbt4754="C", evidence=words, by="lexicon.industries"), "division") == ""


def test_what_rules_and_lexicons_sort_names_into_is_worded() -> None:
    book = bundled_rulebook()
    organisations, systems = book.tables["organisations"], book.tables["systems"]
    types = {rule.fields["type"] for rule in book.rules if rule.group == "organisations" and "type" in rule.fields}
    types |= {*organisations["types"].values(), *organisations["renamed_types"].values(), "international"}
    kinds = {rule.fields["kind"] for rule in book.rules if rule.group == "systems" and "kind" in rule.fields}
    of_patterns = {"phrase", "short-name"}  # what a pattern is for, no type that a record shows
    shown = (types | kinds | set(systems["kinds"])) - of_patterns
    assert [word for word in sorted(shown) if worded(word) == word] == []


@pytest.mark.parametrize(
    ("posts", "shown"),
    [
        ((Post(title="局长", affiliation="岚州市科技局"),), ""),
        ((Post(title="局长", affiliation="岚州市科技局", status="former"),), "岚州市科技局局长（原任）"),
        (
            (Post(title="局长", affiliation="岚州市科技局"), Post(title="市长", status="acting", date="2023年5月")),
            "岚州市科技局局长；市长（代理 2023年5月）",
        ),
    ],
)
def test_posts_are_shown_where_title_and_affiliation_do_not_say_all(posts: tuple[Post, ...], shown: str) -> None:
    evidence = Span(0, 2, "周岚")
    person = Person(evidence=evidence, by="rule", name="周岚", title="局长", affiliation="岚州市科技局", posts=posts)
    assert cell(person, "posts") == shown
