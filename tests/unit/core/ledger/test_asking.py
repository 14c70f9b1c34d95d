"""Questions in the words of people become what the books are asked."""

from __future__ import annotations

import pytest

from mingjian.core.ledger.asking import Question, asked_of, day_of, days_of, ledger_called
from mingjian.core.ledger.briefing.asking import scope_of
from mingjian.core.ledger.briefing.gathering import desk_of
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import facets_of
from mingjian.core.link.things.shelf import Shelf
from mingjian.errors import QuestionError

TARGETS = ledger_called("targets")


def test_names_become_codes() -> None:
    question = Question(
        regions=("广东", "440000"), technologies=("人工智能",), industries=("制造业", "J"), statuses=("未到期",)
    )
    asked = asked_of(TARGETS, question)
    assert asked.kind == "target"
    assert asked.regions == ("440000",)
    assert asked.technologies == ("ai",)
    assert asked.industries == ("C", "J")
    assert asked.statuses == ("open",)
    assert asked.ai


def test_parts_of_dates_become_their_first_or_last_day() -> None:
    asked = asked_of(TARGETS, Question(since="2024-02", until="2024-02", added_by="2025"))
    assert (asked.since, asked.until, asked.added_by) == ("2024-02-01", "2024-02-29", "2025-12-31")


@pytest.mark.parametrize(
    "words", ["２０２４-02", "2024年2月", "2024/2", "2024.02", "202402", " 2024-02 ", "２０２４年２月"]
)
def test_days_are_read_as_people_write_them(words: str) -> None:
    assert days_of(words) == ("2024-02-01", "2024-02-29")


@pytest.mark.parametrize("words", ["", "2024..", "0000", "10000", "2024年13月", "去年", "2024-02-30", "\ud800"])
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(QuestionError, match="2025-03-05"):
        days_of(words)


def test_a_brief_may_lie_at_the_end_of_all_days() -> None:
    assert scope_of((), (), (None, "0001-01-01", None), "2026-01-01").since == "0001-01-01"
    assert scope_of((), (), (None, None, "９９９９"), "2026-01-01").until == "9999-12-31"
    assert desk_of(Shelf((), facets_of), scope_of((), (), (None, None, "9999"), "2026-01-01")).horizon == "9999-12-31"


def test_rows_are_read_as_on_today_unless_a_day_is_asked() -> None:
    assert day_of(Question(), "2026-04-02") == Day("2026-04-02")
    assert day_of(Question(as_of="2025"), "2026-04-02") == Day("2025-12-31", known=True)


@pytest.mark.parametrize(
    "question",
    [
        Question(since="2024-13"), Question(until="明天"), Question(as_of="2024-02-30"), Question(regions=("岚州",)),
        Question(technologies=("炼金术",)), Question(industries=("Z",)),
    ],
)  # fmt: skip
def test_what_the_books_cannot_know_is_refused(question: Question) -> None:
    with pytest.raises(QuestionError):
        day_of(question, asked_of(TARGETS, question).since or "")


def test_a_ledger_goes_by_either_name_and_an_unknown_one_is_told_with_the_nearest() -> None:
    for name in ("目标台账", "目标", "目標台賬", " TARGETS ", "ｔａｒｇｅｔｓ"):
        assert ledger_called(name) is TARGETS
    with pytest.raises(QuestionError, match="targets"):
        ledger_called("target")
    with pytest.raises(QuestionError, match="give one of policies"):
        ledger_called("火星")


def test_a_status_is_every_slug_that_a_label_calls_so() -> None:
    asked = asked_of(ledger_called("funds"), Question(statuses=("设立", "raising")))
    assert "set_up" in asked.statuses
    assert "raising" in asked.statuses
