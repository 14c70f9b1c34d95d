"""Books of which nothing changes for a while, and what facets may depend on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from mingjian.core.books import Books, Borne
from mingjian.core.ledger.ledgers import facets_of
from mingjian.core.link.things.kinds import linkings
from mingjian.core.link.things.shelf import Shelf
from mingjian.core.model.ledger.cells import Facets
from mingjian.core.model.things import Thing, ThingKind
from mingjian.corpus.books.settled import SettledBooks
from mingjian.testing.books import differences, sample_shelf


def uncounted(thing: Thing) -> Thing:
    return replace(thing, mentions=-1, pages=-1, sources=-1, last_published="9999")


class Uncounted(SettledBooks):
    """Books that do not say how often and how late things are told."""

    def thing(self, thing: str) -> Thing | None:
        found = super().thing(thing)
        return None if found is None else uncounted(found)

    def in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing]:
        return [uncounted(each) for each in super().in_slot(kind, slot)]

    def borne(self, kind: ThingKind, slots: Iterable[str]) -> Borne:
        only, several = super().borne(kind, slots)
        return Borne(None if only is None else uncounted(only), several)

    def referring(self, kind: ThingKind, slots: Iterable[str], pages: Sequence[str] | None = None) -> Sequence[Thing]:
        return [uncounted(each) for each in super().referring(kind, slots, pages)]

    def of_page(self, page: str, kind: ThingKind | None = None) -> Sequence[Thing]:
        return [uncounted(each) for each in super().of_page(page, kind)]

    def holding(self, page: str, fact: str) -> Thing | None:
        found = super().holding(page, fact)
        return None if found is None else uncounted(found)


def test_settled_books_say_what_those_below_say() -> None:
    shelf = Shelf(sample_shelf(), facets_of)
    assert not list(differences(SettledBooks(shelf), shelf, [linking.kind for linking in linkings()]))


def test_no_facets_depend_on_how_often_or_how_late_things_are_told() -> None:
    """The books do not compute them again when nothing else of another thing has changed."""

    def facing(books: Books, thing: Thing) -> Facets:
        found = facets_of(books, thing)
        assert facets_of(Uncounted(books), uncounted(thing)) == found
        return found

    assert Shelf(sample_shelf(), facing).things()
