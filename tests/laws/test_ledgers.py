"""Ledgers are those of their pages, in whatever order these come; as of a day they are those of the pages of then."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest
from bench.shelves import read_records, shelve
from msgspec.structs import replace

from mingjian.core.books import Asked
from mingjian.core.ledger.asking import Question, count_answering, rows_answering
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, Ledger, facets_of, rows_of
from mingjian.core.link.things.answering import answers, in_order, was_known
from mingjian.core.link.things.shelf import Shelf
from mingjian.core.model.ledger.cells import Row
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record

_EXAMPLES = Path(__file__).parents[2] / "examples"
_FOLDERS = [str(_EXAMPLES / "corpus"), str(_EXAMPLES / "pages")]
_TODAY = "2026-11-30"
_ENCODE = msgspec.json.Encoder().encode
Read = list[tuple[Page, Record]]


@pytest.fixture(scope="module")
def pages() -> Read:
    """The pages of our own samples, and their records."""
    return list(read_records(_FOLDERS))


def _rows(pages: Read, as_of: str | None = None) -> Mapping[str, list[bytes]]:
    """The rows of all ledgers of these pages alone, as lines of JSON."""
    return _rows_of(Shelf(shelve(pages), facets_of), as_of)


def _rows_of(books: Shelf, as_of: str | None = None) -> Mapping[str, list[bytes]]:
    asked = Question(everything=True, as_of=as_of)
    return {name: [_ENCODE(row) for row in rows_answering(books, name, asked, _TODAY)] for name in LEDGERS}


def test_the_order_of_pages_does_not_matter(pages: Read) -> None:
    told = _rows(pages)
    assert sum(map(len, told.values())) > 100
    for seed in range(5):
        shuffled = random.Random(seed).sample(pages, len(pages))  # noqa: S311 - an order, no secret
        assert _rows(shuffled) == told


def test_rows_as_of_a_day_are_those_of_the_pages_of_then(pages: Read) -> None:
    """Save that where a page published since changed what is one thing, or narrowed a date that others count from.

    Of those the sample has none: what pages published later tell of an event then is left out, so a date may be wider
    than it would have been then, and never is what was not known.
    """
    whole = Shelf(shelve(pages), facets_of)
    cards = {card.id: card for card in whole.pages()}
    days = sorted({card.published_to for card in cards.values() if card.published_to})
    for day in days[:: max(1, len(days) // 6)]:
        then = [(page, record) for page, record in pages if was_known(cards[page.doc_id], day)]
        assert _rows_of(whole, day) == _rows(then, day)


@pytest.fixture(scope="module")
def books(pages: Read) -> Shelf:
    """All pages on one shelf."""
    return Shelf(shelve(pages), facets_of)


def _days(books: Shelf) -> Iterator[Day]:
    """Days on which rows are read: those on which pages were published, and some behind them."""
    told = sorted({card.published_to for card in books.pages() if card.published_to})
    yield from (Day(day, known=True) for day in told[:: max(1, len(told) // 8)])
    yield from (Day(day) for day in (*told[:: max(1, len(told) // 4)], _TODAY, "2031-01-01"))


def _all_rows(books: Shelf, ledger: Ledger, asked: Asked, day: Day) -> list[Row]:
    """The rows that answer of all things of the ledger's kinds, whatever the books find."""
    found = []
    for thing in books.things():
        row_of, facets = ledger.of.get(thing.kind), books.filed(thing.id)
        members = books.members(thing.id, day.day if day.known else None)
        if row_of is None or facets is None or not members or not answers(asked, thing, facets):
            continue
        row = row_of(books, thing, members, day)
        if row is not None and answers(asked, thing, row.facets):
            found.append((in_order(thing, row.facets), row))
    return [row for _, row in sorted(found, key=lambda each: each[0])]


def test_no_row_is_left_out_and_each_stands_where_it_belongs(books: Shelf) -> None:
    """The books find by what a row may be on any day: no status or date that a row comes to have is missing there."""
    seen: Counter[str] = Counter()
    for ledger in LEDGERS.values():
        if ledger.every is not None:
            continue
        for day in _days(books):
            as_of = day.day if day.known else None
            asked = Asked(kind=ledger.kind, ai=False, as_of=as_of)
            every = _all_rows(books, ledger, asked, day)
            assert list(rows_of(books, ledger, asked, day)) == every
            seen.update(row.facets.status for row in every if row.facets.status)
            for status in sorted({row.facets.status for row in every if row.facets.status}):
                answering = [row for row in every if row.facets.status == status]
                assert list(rows_of(books, ledger, replace(asked, statuses=(status,)), day)) == answering
    assert {"open", "due", "issued", "in_force", "realised", "planned"} <= seen.keys()


def test_as_many_rows_are_counted_as_there_are(books: Shelf) -> None:
    questions = (Question(), Question(everything=True), Question(regions=("广东",)), Question(since="2025"))
    for name in LEDGERS:
        for question in questions:
            counted = count_answering(books, name, question, _TODAY)
            assert counted in (None, sum(1 for _ in rows_answering(books, name, question, _TODAY)))
    assert count_answering(books, "targets", Question(), _TODAY) is not None
