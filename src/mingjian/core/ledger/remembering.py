"""Books that remember what they were asked: the rows of one answer ask for the same pages, names and series again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar, cast

from mingjian.core.books import MOST, Asked, Books, Borne
from mingjian.core.model.ledger.cells import Filed, Row, Tally
from mingjian.core.model.things import Member, PageCard, Thing, ThingDate, ThingKind, ThingLink

T = TypeVar("T")
R = TypeVar("R", bound="Row | None")
_MOST = 20_000  # things, mentions and pages that are remembered at once
_ROW = 4  # a row without its mentions takes the room of so many things


class _Kept(NamedTuple):
    value: Any
    size: int


class Memory:
    """What was asked of one state of books: what nobody asked for lately goes, many requests may share it.

    Of two halves one is filled; when it is full it becomes the other, whose last things go.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._half = most // 2
        self._young: dict[Hashable, _Kept] = {}
        self._old: dict[Hashable, _Kept] = {}
        self._size = 0

    def __len__(self) -> int:
        return sum(kept.size for half in (self._young, self._old) for kept in half.values())

    def of(self, key: Hashable, ask: Callable[[], T], size: Callable[[T], int]) -> T:
        """What is remembered under a key, or asked for now; ``size`` tells for how many things it counts."""
        kept = self._young.get(key)
        if kept is None:
            kept = self._old.get(key) or self._asked(ask(), size)
            self._keep(key, kept)
        return cast("T", kept.value)

    @staticmethod
    def _asked(value: T, size: Callable[[T], int]) -> _Kept:
        return _Kept(value, size(value))

    def _keep(self, key: Hashable, kept: _Kept) -> None:
        self._size += kept.size
        if self._size > self._half:
            self._old, self._young, self._size = self._young, {}, kept.size
        self._young[key] = kept


class RememberingBooks:
    """The same answers as the books below, which must not change meanwhile.

    With a ``memory`` of the same state, what others asked of it is known here too, and rows that were built for one
    request are not built again. Without, rows are built anew: what they were built of may be looked at.
    """

    def __init__(self, books: Books, memory: Memory | None = None) -> None:
        self._books = books
        self._memory = Memory() if memory is None else memory
        self._keeps_rows = memory is not None

    def row(self, key: Hashable, build: Callable[[], R]) -> R:
        """The row of a key, which says of which thing it is, on which day, and how it is built."""
        return self._memory.of(("row", key), build, _size_of_row) if self._keeps_rows else build()

    def find(self, asked: Asked) -> Sequence[Thing]:
        """The things that answer."""
        return self._books.find(asked)

    def found(self, asked: Asked) -> Iterable[tuple[Thing, Filed]]:
        """The same, each with by what it is found."""
        return self._books.found(asked)

    def count(self, asked: Asked) -> int:
        """How many things answer."""
        return self._books.count(asked)

    def tally(self, ledger: str, *, ai: bool) -> Tally:
        """How many things have each value."""
        return self._books.tally(ledger, ai=ai)

    def filed(self, thing: str) -> Filed | None:
        """By what a thing is found."""
        return self._books.filed(thing)

    def thing(self, thing: str) -> Thing | None:
        """The thing of this id."""
        return self._of_one(("thing", thing), lambda: self._books.thing(thing))

    def beginning(self, beginning: str, limit: int = 10) -> Sequence[Thing]:
        """The things whose id begins so."""
        return self._books.beginning(beginning, limit)

    def members(self, thing: str, as_of: str | None = None, most: int = MOST) -> Sequence[Member]:
        """The mentions of a thing."""
        return self._of_many(("members", thing, as_of, most), lambda: self._books.members(thing, as_of, most))

    def links(self, thing: str) -> Sequence[ThingLink]:
        """What makes them one."""
        return self._books.links(thing)

    def date_of(self, thing: str) -> ThingDate | None:
        """When an event happened."""
        return self._of_one(("date", thing), lambda: self._books.date_of(thing))

    def in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing]:
        """The things that bear a slot."""
        return self._of_many(("slot", kind, slot), lambda: self._books.in_slot(kind, slot))

    def few_in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing] | None:
        """The things that bear a slot, where they are few."""
        return self._of_one(("few", kind, slot), lambda: self._books.few_in_slot(kind, slot))

    def borne(self, kind: ThingKind, slots: Iterable[str]) -> Borne:
        """Who bears any of these slots."""
        slots = tuple(slots)
        return self._of_one(("borne", kind, slots), lambda: self._books.borne(kind, slots))

    def referring(self, kind: ThingKind, slots: Iterable[str], pages: Sequence[str] | None = None) -> Sequence[Thing]:
        """The things that name one with such a slot."""
        slots, pages = tuple(slots), None if pages is None else tuple(pages)
        return self._of_many(("referring", kind, slots, pages), lambda: self._books.referring(kind, slots, pages))

    def of_page(self, page: str, kind: ThingKind | None = None) -> Sequence[Thing]:
        """The things of a page."""
        return self._of_many(("page", page, kind), lambda: self._books.of_page(page, kind))

    def holding(self, page: str, fact: str) -> Thing | None:
        """The thing of which a fact tells."""
        return self._of_one(("holding", page, fact), lambda: self._books.holding(page, fact))

    def pages(self) -> Iterator[PageCard]:
        """All pages."""
        return self._books.pages()

    def page(self, page: str) -> PageCard | None:
        """A page."""
        return self._of_one(("card", page), lambda: self._books.page(page))

    def _of_one(self, key: Hashable, ask: Callable[[], T]) -> T:
        return self._remembered(key, ask, lambda _: 1)

    def _of_many(self, key: Hashable, ask: Callable[[], Sequence[T]]) -> Sequence[T]:
        return self._remembered(key, ask, lambda found: 1 + len(found))

    def _remembered(self, key: Hashable, ask: Callable[[], T], size: Callable[[T], int]) -> T:
        return self._memory.of(key, ask, size)


def remembering(books: Books) -> RememberingBooks:
    """These books where they remember already, else others that do."""
    return books if isinstance(books, RememberingBooks) else RememberingBooks(books)


def _size_of_row(row: Row | None) -> int:
    return _ROW + (0 if row is None else row.mentions)
