"""What rows may be on other days, by which they are found."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.unit.core.ledger.invented import PLAN, RESULT, page
from tests.unit.core.link.things.shelves import shelf, shelved

from mingjian.core.books import MOST, Asked
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, count_of, facets_of, rows_of
from mingjian.core.link.things.kinds import linkings
from mingjian.core.link.things.shelf import Shelf, Shelved
from mingjian.core.model.ledger.cells import Filed, Step
from mingjian.core.model.things import ThingKind

BEFORE = page("算力半年报", "2024-02-01", "岚讯网", "截至2023年底，广东省智能算力规模达到28EFLOPS。")


def filed(books: Shelf, kind: ThingKind, words: str = "") -> Filed:
    """By what the only thing of a kind with these words is found."""
    (thing,) = books.find(Asked(kind=kind, ai=False, words=(words,)))
    found = books.filed(thing.id)
    assert found is not None
    return found


def test_a_target_may_be_open_up_to_its_day_and_met_where_statistics_say_so() -> None:
    unanswered = filed(shelf({"plan": PLAN}), "target", "智能算力")
    assert (unanswered.statuses, unanswered.coming, unanswered.over) == ((), ("open",), ("due",))
    books = shelf({"plan": PLAN, "result": RESULT})
    assert filed(books, "target", "智能算力").statuses == ("met",)
    assert filed(books, "target", "人工智能核心产业").over == ("due", "missed")


@pytest.mark.parametrize(
    ("day", "found"),
    [("2025-06-30", ["open"]), ("2025-12-31", ["met", "open"]), ("2027-03-01", ["due", "met", "missed"])],
)
def test_only_targets_that_may_have_a_status_on_a_day_are_found(day: str, found: list[str]) -> None:
    books = shelf({"plan": PLAN, "result": RESULT})
    every = ("open", "due", "met", "missed", "superseded", "unknown")
    asked = {status: Asked(kind="target", ai=False, on=day, statuses=(status,)) for status in every}
    assert set(found) <= {status for status, question in asked.items() if books.find(question)}
    assert not books.find(asked["superseded"])
    assert bool(books.find(asked["open"])) == (day <= "2025-12-31")


def test_the_day_by_which_a_series_stands_follows_what_was_known() -> None:
    books = shelf({"before": BEFORE, "result": RESULT})
    steps = filed(books, "statistic", "智能算力").steps
    assert steps == (Step("2024-02-01", "2023-12-31"), Step("2026-01-20", "2025-12-31"))


def test_rows_as_of_a_day_come_by_the_day_that_was_known_then() -> None:
    other = page("产业快报", "2025-02-01", "岚讯网", "截至2024年底，河南省智能算力规模达到10EFLOPS。")
    books = shelf({"before": BEFORE, "result": RESULT, "other": other})

    def told(asked: Asked, day: Day) -> list[str | None]:
        return [row.facets.happened_to for row in rows_of(books, LEDGERS["statistics"], asked, day)]

    asked = Asked(kind="statistic", ai=False, words=("智能算力",))
    assert told(asked, Day("2026-02-01")) == ["2025-12-31", "2024-12-31"]
    then = Asked(kind="statistic", ai=False, words=("智能算力",), as_of="2025-06-30")
    assert told(then, Day("2025-06-30", known=True)) == ["2024-12-31", "2023-12-31"]
    assert told(asked, Day("2024-06-30", known=True)) == ["2023-12-31"]


def test_rows_are_counted_only_where_things_tell_how_many_there_are() -> None:
    books = shelf({"plan": PLAN, "result": RESULT})
    ledger, asked = LEDGERS["targets"], Asked(kind="target", ai=False)
    assert count_of(books, ledger, asked, Day("2026-01-01")) == 2
    assert count_of(books, ledger, asked, Day("2026-01-01", known=True)) is None
    assert count_of(books, ledger, Asked(kind="target", statuses=("due",)), Day("2026-01-01")) is None
    assert count_of(books, LEDGERS["conflicts"], asked, Day("2026-01-01")) is None
    sources = rows_of(books, LEDGERS["sources"], asked, Day("2026-01-01"))
    assert count_of(books, LEDGERS["sources"], asked, Day("2026-01-01")) == len(list(sources)) > 0


def copies(texts: str, count: int, first: str, last: str) -> list[Shelved]:
    """A page so many times, each published between two days."""
    (said,) = shelved({"one": texts})
    days = {"published_from": first, "published_to": last}
    return [
        replace(said, card=replace(said.card, id=f"{first}{at}", group=f"{first}{at}", **days)) for at in range(count)
    ]


@pytest.mark.parametrize(
    ("last", "steps"),
    [
        ("2024-12-31", (Step("2024-02-01", "2023-12-31"), Step("2024-12-31", "2025-12-31"))),
        ("2024-01-01", (Step("2024-01-01", "2025-12-31"),)),
    ],
)
def test_mentions_behind_the_first_count_where_they_were_known_before_these(last: str, steps: tuple[Step, ...]) -> None:
    pages = [*copies(RESULT, MOST, "2024-01-01", last), *copies(BEFORE, 2, "2024-02-01", "2024-02-01")]
    kinds = [linking for linking in linkings() if linking.kind == "statistic"]
    books = Shelf(pages, facets_of, kinds=kinds)
    assert filed(books, "statistic", "智能算力").steps == steps
    then = Asked(kind="statistic", ai=False, words=("智能算力",), as_of="2024-06-30")
    (row,) = rows_of(books, LEDGERS["statistics"], then, Day("2024-06-30", known=True))
    assert row.facets.happened_to == ("2023-12-31" if last == "2024-12-31" else "2025-12-31")
