"""Where one rule has words on a page."""

from __future__ import annotations

import pytest
from tests.laws.pages import page_of

from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.rule_places import Found, places_of, where_asked
from mingjian.core.rulebook import bundled_rulebook

BOOK = bundled_rulebook()
RULES = {rule.id: rule for rule in BOOK.every}
TEXT = (
    "岚州市算力建设取得进展\n来源：岚州日报 2025-03-06\n\n全市算力\u200b建设推进会将于3月8日在岚州召开，投资3亿元。\n"
)


def found(rule_id: str) -> tuple[Found, ...]:
    page = page_of(TEXT)
    places = places_of(RULES[rule_id], extract(page), page, BOOK)
    assert all(page.text[one.start : one.end] == one.text for one in places)
    return places


def test_a_rule_of_the_body_has_its_words_groups_and_context() -> None:
    (one,) = found("event.meeting.took-place")
    assert one.text == "推进会将于3月8日在岚州召开"
    assert one.groups["trigger"] == "召开"
    assert one.before.endswith("算力建设")
    assert one.after.startswith("，投资")


def test_a_cue_and_a_frame_have_theirs() -> None:
    assert "将" in [one.text for one in found("event.planned")]
    assert "于3月8日" in [one.text for one in found("time.point")]
    assert [one.text for one in found("quantity.amount")] == ["3亿元"]


@pytest.mark.parametrize(
    ("rule_id", "asked"),
    [("event.meeting.took-place", "body"), ("event.planned", "few-words"), ("time.point", "grammar")],
)
def test_where_a_rule_is_asked_is_told(rule_id: str, asked: str) -> None:
    assert where_asked(RULES[rule_id], BOOK) == asked


def test_a_rule_of_the_page_is_tried_in_all_its_lines() -> None:
    page = page_of(TEXT)
    record = extract(page)
    outside = [rule for rule in BOOK.rules if where_asked(rule, BOOK) == "page"]
    assert outside
    starts = {one.start for rule in outside for one in places_of(rule, record, page, BOOK)}
    assert any(start < record.body[0].start for start in starts)
