"""What facets may depend on, asked of books that remember."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from msgspec.structs import replace
from tests.unit.core.ledger.invented import PLAN, RESULT
from tests.unit.core.link.things.shelves import shelved

from mingjian.core.books import Asked, Books, Borne
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, facets_of, rows_of
from mingjian.core.ledger.remembering import Memory, RememberingBooks
from mingjian.core.link.things.shelf import Shelf
from mingjian.core.model.ledger.cells import Filed
from mingjian.core.model.things import Thing, ThingKind
from mingjian.testing.books import sample_shelf

DAY = Day("2026-01-01")


def uncounted(thing: Thing, count: int) -> Thing:
    return replace(thing, mentions=count, pages=count, sources=count, last_published="9999")


class Uncounted(RememberingBooks):
    """Books that say otherwise how often and how late things are told."""

    def __init__(self, books: Books, count: int) -> None:
        super().__init__(books)
        self._count = count

    def _uncounted(self, thing: Thing) -> Thing:
        return uncounted(thing, self._count)

    def thing(self, thing: str) -> Thing | None:
        found = super().thing(thing)
        return None if found is None else self._uncounted(found)

    def in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing]:
        return [self._uncounted(each) for each in super().in_slot(kind, slot)]

    def few_in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing] | None:
        found = super().few_in_slot(kind, slot)
        return None if found is None else [self._uncounted(each) for each in found]

    def borne(self, kind: ThingKind, slots: Iterable[str]) -> Borne:
        only, several = super().borne(kind, slots)
        return Borne(None if only is None else self._uncounted(only), several)

    def referring(self, kind: ThingKind, slots: Iterable[str], pages: Sequence[str] | None = None) -> Sequence[Thing]:
        return [self._uncounted(each) for each in super().referring(kind, slots, pages)]

    def of_page(self, page: str, kind: ThingKind | None = None) -> Sequence[Thing]:
        return [self._uncounted(each) for each in super().of_page(page, kind)]

    def holding(self, page: str, fact: str) -> Thing | None:
        found = super().holding(page, fact)
        return None if found is None else self._uncounted(found)


@pytest.mark.parametrize("count", [-1, 1_000_000])
def test_no_facets_depend_on_how_often_or_how_late_things_are_told(count: int) -> None:
    """The books do not compute them again when nothing else of another thing has changed."""

    def facing(books: Books, thing: Thing) -> Filed:
        found = facets_of(books, thing)
        assert facets_of(Uncounted(books, count), uncounted(thing, count)) == found
        return found

    pages = [*sample_shelf(), *shelved({"plan": PLAN, "result": RESULT})]
    assert Shelf(pages, facing).things()


def test_rows_are_built_once_where_memory_is_shared_and_anew_where_it_is_not() -> None:
    shelf, ledger = Shelf(sample_shelf(), facets_of), LEDGERS["targets"]
    asked, memory = Asked(kind="target", ai=False), Memory()
    first = list(rows_of(RememberingBooks(shelf, memory), ledger, asked, DAY))
    again = list(rows_of(RememberingBooks(shelf, memory), ledger, asked, DAY))
    apart = list(rows_of(shelf, ledger, asked, DAY))
    later = list(rows_of(RememberingBooks(shelf, memory), ledger, asked, replace(DAY, day="2050-01-01")))
    assert first
    assert all(one is other for one, other in zip(first, again, strict=True))
    assert apart == first
    assert not any(one is other for one, other in zip(first, apart, strict=True))
    assert [row.facets.status for row in later] != [row.facets.status for row in first]


def test_memory_holds_no_more_than_it_may_and_keeps_what_is_asked_for() -> None:
    memory, asked = Memory(100), list[int]()

    def ask(key: int) -> int:
        def answer() -> int:
            asked.append(key)
            return key

        return memory.of(key, answer, lambda _: 5)

    for key in range(1, 1_000):
        assert ask(key) == key
        assert ask(0) == 0
        assert len(memory) <= 100
    assert asked == [1, 0, *range(2, 1_000)]
    ask(1)
    assert asked[-1] == 1
