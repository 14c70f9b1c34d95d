"""What rows of ledgers can be filtered by, and the board of targets, say what the rows themselves say."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.unit.core.ledger.invented import PLAN, RESULT, rows
from tests.unit.core.link.things.shelves import shelf

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.asking import Question
from mingjian.core.ledger.board import board_of, having, metric_counts
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.of_thing import rows_naming, thing_of_page
from mingjian.core.ledger.surveying import survey, surveyed
from mingjian.core.link.things.tallying import province_of, years_of
from mingjian.core.model.ledger.cells import Facets
from mingjian.core.model.ledger.rows import SourceRow, TargetRow

EVERYTHING = Question(everything=True)
DAYS = ["2025-06-01", "2026-01-01", "2027-03-01"]


@pytest.fixture
def books() -> Books:
    return shelf({"plan": PLAN, "result": RESULT})


@pytest.mark.parametrize("day", DAYS)
def test_a_survey_counts_what_rows_have(books: Books, day: str) -> None:
    built = rows(books, "targets", TargetRow, Day(day))
    counted = survey(books, "targets", EVERYTHING, day)
    assert counted == surveyed(row.facets for row in built)
    assert counted.total == len(built) >= 2
    assert counted.regions["440000"] == 2


def test_a_survey_of_a_filter_counts_only_what_answers(books: Books) -> None:
    answering = survey(books, "targets", Question(everything=True, statuses=("met",)), "2027-03-01")
    assert answering.total == 1
    assert answering.statuses == {"met": 1}
    as_of = survey(books, "targets", Question(everything=True, as_of="2025"), "2027-03-01")
    assert set(as_of.statuses) == {"open"}
    assert survey(books, "targets", Question(everything=True, regions=("河南",)), "2027-03-01").total == 0


def test_ledgers_that_list_no_things_are_surveyed_by_their_rows(books: Books) -> None:
    counted = survey(books, "sources", EVERYTHING, "2027-03-01")
    built = rows(books, "sources", SourceRow, Day("2027-03-01"))
    assert counted.total == len(built)
    assert {"岚讯网", "泊川日报"} <= set(counted.sources)


@pytest.mark.parametrize("day", DAYS)
def test_the_board_says_what_the_rows_say(books: Books, day: str) -> None:
    built = {row.id: row.status.value for row in rows(books, "targets", TargetRow, Day(day))}
    board = list(board_of(books, EVERYTHING, day))
    assert {one.id: one.status for one in board} == built
    assert Counter(one.provinces for one in board)["440000",] == 2
    assert {one.year for one in board if one.provinces} == {"2025"}


def test_the_board_as_of_another_day_is_read_from_rows(books: Books) -> None:
    board = list(board_of(books, Question(everything=True, as_of="2025"), "2027-03-01"))
    assert {one.status for one in board} == {"open"}


def test_what_is_chosen_of_the_board_has_all_that_is_given(books: Books) -> None:
    board = list(board_of(books, EVERYTHING, "2027-03-01"))
    (met,) = filter(having(status="met", province="440000", year="2025"), board)
    assert having(metric=met.metrics[0])(met)
    assert not having(metric="人口")(met)
    assert not any(map(having(province="410000"), board))


def test_metrics_are_counted_over_targets_and_series(books: Books) -> None:
    counts = dict(metric_counts(books))
    assert counts["智能算力规模"] == 2
    assert next(iter(counts)) in {"智能算力规模", "人工智能核心产业规模"}


def test_what_names_a_document_stands_beside_it(books: Books) -> None:
    (policy,) = books.find(Asked(kind="policy"))
    found, more = rows_naming(books, policy, "target", Day("2027-03-01"), 10)
    assert not more
    assert {row.name for row in found} == {row.name for row in rows(books, "targets", TargetRow, Day("2027-03-01"))}
    assert rows_naming(books, policy, "target", Day("2027-03-01"), 1)[1]


def test_the_thing_of_a_page_is_named_by_its_id_or_the_beginning_of_it(books: Books) -> None:
    (policy,) = books.find(Asked(kind="policy"))
    assert thing_of_page(books, policy.id, ("policy",)) == policy
    assert thing_of_page(books, policy.id[:8], ("policy",)) == policy
    assert thing_of_page(books, policy.id[:2], ("policy",)) is None
    assert thing_of_page(books, policy.id, ("person",)) is None
    assert thing_of_page(books, "no such thing", ("policy",)) is None


def test_places_are_those_of_provinces_and_years_those_that_are_sure() -> None:
    assert [province_of(code) for code in ("440305", "156", "840")] == ["440000", "156", "840"]
    assert years_of(Facets(happened_from="2025-01-01", happened_to="2025-12-31")) == ("2025",)
    assert years_of(Facets(happened_to="2027-12-31")) == ("2027",)
    assert years_of(Facets(happened_from="2024-12-01", happened_to="2025-02-01")) == ()
    assert years_of(Facets()) == ()
