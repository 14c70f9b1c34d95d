"""Ledgers are those of their pages, in whatever order these come; as of a day they are those of the pages of then."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from bench.shelves import read_records, shelve

from mingjian.core.ledger.asking import Question, rows_answering
from mingjian.core.ledger.ledgers import LEDGERS, facets_of
from mingjian.core.link.things.answering import was_known
from mingjian.core.link.things.shelf import Shelf
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
