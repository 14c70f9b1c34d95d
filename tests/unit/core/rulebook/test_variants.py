"""A rule book with one rule taken out, or with another pattern."""

from __future__ import annotations

import pytest
from tests.laws.pages import page_of

from mingjian.core.pipeline.extract import extract
from mingjian.core.rulebook import bundled_files, bundled_rulebook
from mingjian.core.rulebook.variants import with_pattern, without_rule
from mingjian.errors import RuleError

BOOK = bundled_rulebook()
FILES = bundled_files()
TEXT = "全市算力建设推进会3月5日在岚州召开。\n岚州大学将成立人工智能学院。"
HELD = "event.meeting.took-place"


def test_without_its_rule_an_event_is_gone_and_all_else_is_there() -> None:
    book = without_rule(BOOK, HELD)
    assert len(book.rules) == len(BOOK.rules) - 1
    assert book.version != BOOK.version
    page = page_of(TEXT)
    assert HELD in [event.by for event in extract(page).events]
    assert HELD not in [event.by for event in extract(page, book).events]
    assert [one.name for one in extract(page, book).organisations] == [one.name for one in extract(page).organisations]


def test_without_a_cue_nothing_speaks_for_it() -> None:
    page = page_of(TEXT)
    (founded,) = [event for event in extract(page).events if "学院" in event.title]
    assert founded.actuality == "planned"
    others = [event for event in extract(page, without_rule(BOOK, "event.planned")).events if "学院" in event.title]
    assert [event.actuality for event in others] != ["planned"]


def test_a_frame_can_be_left_out() -> None:
    book = without_rule(BOOK, "time.point")
    assert len(book.all_frames) == len(BOOK.all_frames) - 1
    extract(page_of(TEXT), book)


def test_another_pattern_is_read_as_a_rule_file_would() -> None:
    book = with_pattern(BOOK, FILES, HELD, "(?P<trigger>碰头)会{STOP}")
    (rule,) = [rule for rule in book.rules if rule.id == HELD]
    assert "{STOP}" not in rule.pattern
    met = "市工业和信息化局昨天参加碰头会，部署工作。"
    assert HELD in [event.by for event in extract(page_of(met), book).events]
    cue = with_pattern(BOOK, FILES, "event.planned", "明天$")
    assert [one.pattern for one in cue.all_cues if one.id == "event.planned"] == ["明天$"]
    frame = with_pattern(BOOK, FILES, "time.point", "{moments}")
    assert [one.form for one in frame.all_frames if one.id == "time.point"] == ["{moments}"]


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [("召开(", "does not compile"), (".*召开", "upper bound"), ("[召开]?", "fixed word"), ("{NONE}召开", "no piece")],
)
def test_a_pattern_that_no_rule_may_have_is_refused(pattern: str, problem: str) -> None:
    with pytest.raises(RuleError, match=problem):
        with_pattern(BOOK, FILES, HELD, pattern)
