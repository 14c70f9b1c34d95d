"""Whatever the text and the anchor: spans hold, nothing stumbles, and what counts from the anchor moves with it."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjian import times
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.times.grammar import time_grammar

PROFILES = sorted(bundled_rulebook().tables["profiles"])
WORDS = sorted(
    surface
    for lexicon in ("time_words", "holidays")
    for entry in bundled_rulebook().lexicon(lexicon).entries
    for surface in entry.surfaces
)
pieces = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(
        ["2024", "2025年", "13", "31", "十", "二十一", "半", "3.5", "00", "9999", "。", "，", "“", "”", "\n", " ", "了"]
    ),
    st.text(max_size=3),
    st.integers(min_value=0, max_value=10**9).map(str),
)
texts = st.lists(pieces, max_size=14).map("".join)
days = st.dates(min_value=date(2, 1, 1), max_value=date(9998, 12, 31))  # those of the first and last year are refused
ordinary_days = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))
anchors = st.one_of(
    st.none(),
    days.map(date.isoformat),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
)


@settings(max_examples=150, deadline=None)
@given(texts, anchors, st.sampled_from(PROFILES))
def test_no_text_makes_it_stumble_and_every_span_holds(text: str, anchor: str | None, profile: str) -> None:
    reached = 0
    for time in times(text, anchor, profile=profile):
        assert reached <= time.start < time.end <= len(text)
        reached = time.end
        assert time.date.text == text[time.start : time.end]
        assert time.core is not None
        assert time.start <= time.core[0] < time.core[1] <= time.end
        assert time.begin is None or time.until is None or time.begin < time.until
        assert time.date.start is None or time.date.end is None or time.date.start <= time.date.end
        assert all(0 <= low < high <= len(text) for low, high in time.support)


@settings(max_examples=150, deadline=None)
@given(texts, st.sampled_from(PROFILES))
def test_passing_over_numbers_loses_no_time(text: str, profile: str) -> None:
    grammar = time_grammar(bundled_rulebook(), profile)
    slow = msgspec.structs.replace(grammar, vocabulary=msgspec.structs.replace(grammar.vocabulary, passed=None))
    for folded in (fold(text), fold(f"{text}三年{text}")):
        found, wanted = (
            [(token.start, token.end, token.by) for token in reader.read(reader.seeds(folded), 0, len(folded))]
            for reader in (grammar, slow)
        )
        assert found == wanted


@settings(max_examples=60, deadline=None)
@given(texts, anchors)
def test_the_same_text_gives_the_same_times(text: str, anchor: str | None) -> None:
    assert times(text, anchor) == times(text, anchor)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "去年",
            "今年",
            "明年",
            "去年底",
            "上半年",
            "前三季度",
            "3月5日",
            "31日",
            "上月",
            "下月15日",
            "昨天",
            "上周三",
        ),
        *("周五", "近三年", "三年内", "7天后", "两个月前", "今年以来", "近日", "目前", "下一步", "去年3月", "年底前"),
        *("上世纪90年代", "去年国庆节", "春节", "未来5年"),
    ],
)
@given(day=ordinary_days, later=st.integers(min_value=0, max_value=800))
@settings(max_examples=25, deadline=None)
def test_a_later_anchor_never_gives_an_earlier_time(words: str, day: date, later: int) -> None:
    (first,) = times(words, day.isoformat())
    (second,) = times(words, (day + timedelta(later)).isoformat())
    for one, other in ((first.begin, second.begin), (first.until, second.until)):
        assert one is None or other is None or one <= other


@pytest.mark.parametrize(
    "words", ["去年", "上月", "昨天", "近三年", "三年内", "今年底", "上半年", "3月5日", "近日", "目前"]
)
@given(day=ordinary_days, width=st.integers(min_value=0, max_value=400))
@settings(max_examples=25, deadline=None)
def test_what_counts_from_an_anchor_known_to_the_year_holds_what_any_of_its_days_gives(
    words: str, day: date, width: int
) -> None:
    """A year as the anchor: every value inherits its width."""
    (wide,) = times(words, str(day.year))
    (narrow,) = times(words, day.isoformat())
    assert wide.begin is None or narrow.begin is None or wide.begin <= narrow.begin
    assert wide.until is None or narrow.until is None or wide.until >= narrow.until


@given(day=ordinary_days)
def test_a_day_written_out_is_that_day(day: date) -> None:
    for words in (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}.{day.month}.{day.day}"):
        (time,) = times(f"会议于{words}召开")
        assert (time.value, time.date.start, time.date.end) == (day.isoformat(),) * 3
