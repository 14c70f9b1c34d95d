"""Whatever keeps books says what a shelf says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mingjian.core.books import Books
from mingjian.core.ledger.ledgers import facets_of
from mingjian.core.ledger.remembering import RememberingBooks
from mingjian.core.link.things.shelf import Shelf, Shelved
from mingjian.core.model.things import ThingDecision
from mingjian.corpus.books.keeping import Entry, keep_pages, usual_ways
from mingjian.store.books import BooksWriter
from mingjian.testing import check_books


def test_the_index_keeps_to_the_port(tmp_path: Path) -> None:
    folders = iter(tmp_path / str(number) for number in range(100))

    @contextmanager
    def index(pages: Sequence[Shelved], decisions: Sequence[ThingDecision]) -> Iterator[Books]:
        with closing(BooksWriter.open_or_make(next(folders), "test")) as books:
            for number, page in enumerate(pages):
                keep_pages(books, [Entry(number, page)], decisions, number, usual_ways())
            yield books

    check_books(index)


def test_the_shelf_keeps_to_the_port() -> None:
    @contextmanager
    def shelf(pages: Sequence[Shelved], decisions: Sequence[ThingDecision]) -> Iterator[Books]:
        yield Shelf(reversed(pages), facets_of, decisions)

    check_books(shelf)


def test_books_that_remember_keep_to_the_port() -> None:
    @contextmanager
    def remembering(pages: Sequence[Shelved], decisions: Sequence[ThingDecision]) -> Iterator[Books]:
        yield RememberingBooks(Shelf(pages, facets_of, decisions))

    check_books(remembering)


def test_books_without_decisions_are_found_out() -> None:
    @contextmanager
    def shelf(pages: Sequence[Shelved], decisions: Sequence[ThingDecision]) -> Iterator[Books]:
        del decisions
        yield Shelf(pages, facets_of)

    with pytest.raises(AssertionError):
        check_books(shelf)
