"""Books of which nothing changes for a while: what many things are judged by is read once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from mingjian.core.books import MOST, Asked, Books, Borne
from mingjian.core.model.things import Member, PageCard, Thing, ThingDate, ThingKind, ThingLink

_HELD = 20_000  # things and mentions that are kept at hand
_T = TypeVar("_T")


class SettledBooks:
    """The same answers as the books below, as long as these say the same: implements ``Books``."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._known: dict[Hashable, object] = {}
        self._held = 0

    def find(self, asked: Asked) -> Sequence[Thing]:
        """The things that answer."""
        return self._books.find(asked)

    def thing(self, thing: str) -> Thing | None:
        """The thing of this id."""
        return self._books.thing(thing)

    def beginning(self, beginning: str, limit: int = 10) -> Sequence[Thing]:
        """The things whose id begins so."""
        return self._books.beginning(beginning, limit)

    def members(self, thing: str, as_of: str | None = None, most: int = MOST) -> Sequence[Member]:
        """The mentions of a thing."""
        return self._once((thing, as_of, most), lambda: self._books.members(thing, as_of, most))

    def links(self, thing: str) -> Sequence[ThingLink]:
        """What makes them one."""
        return self._books.links(thing)

    def date_of(self, thing: str) -> ThingDate | None:
        """When an event happened."""
        return self._books.date_of(thing)

    def in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing]:
        """The things of a kind that bear a slot."""
        return self._once((kind, slot), lambda: self._books.in_slot(kind, slot))

    def borne(self, kind: ThingKind, slots: Iterable[str]) -> Borne:
        """Who bears any of these slots."""
        slots = tuple(slots)
        return self._once(("borne", kind, slots), lambda: self._books.borne(kind, slots))

    def referring(self, kind: ThingKind, slots: Iterable[str], pages: Sequence[str] | None = None) -> Sequence[Thing]:
        """The things of which a mention names one of this kind with one of these slots."""
        slots, pages = tuple(slots), None if pages is None else tuple(pages)
        return self._once(("referring", kind, slots, pages), lambda: self._books.referring(kind, slots, pages))

    def of_page(self, page: str, kind: ThingKind | None = None) -> Sequence[Thing]:
        """The things of which a page tells."""
        return self._once(("page", page, kind), lambda: self._books.of_page(page, kind))

    def holding(self, page: str, fact: str) -> Thing | None:
        """The thing of which a fact tells."""
        return self._books.holding(page, fact)

    def pages(self) -> Iterator[PageCard]:
        """All pages."""
        return self._books.pages()

    def page(self, page: str) -> PageCard | None:
        """What is known of a page."""
        return self._books.page(page)

    def _once(self, asked: Hashable, ask: Callable[[], _T]) -> _T:
        """The answer, which is asked for where it is not at hand."""
        if asked in self._known:
            return self._known[asked]  # type: ignore[return-value]
        answer = ask()
        self._held += 1 + (len(answer) if isinstance(answer, list) else 0)
        if self._held > _HELD:
            self._known.clear()
            self._held = 0
        self._known[asked] = answer
        return answer
