"""Books that write down what is asked of them: by that it is known what must be computed again when something changes.

What may change is named in words: ``t:ID`` what others see of a thing (all but how often and how late it is told),
``m:ID`` its first mentions, ``d:ID`` its date, ``s:KIND:SLOT`` which things bear a slot, ``f:KIND:SLOT`` the same where
they are few, ``o:KIND:SLOT`` whether none, one or several do, ``r:KIND:SLOT`` which mentions name it, ``h:PAGE:FACT``
the thing of which a fact tells, ``p:PAGE`` a page and the things of which it tells, and ``*`` anything at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mingjian.core.books import MOST, Asked, Books, Borne
from mingjian.core.model.ledger.cells import Filed, Tally
from mingjian.core.model.things import Member, PageCard, Thing, ThingDate, ThingKind, ThingLink

ANYTHING = "*"


class TracedBooks:
    """The same answers as the books below; ``asked`` is what they depend on."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self.asked: dict[str, None] = {}

    def find(self, asked: Asked) -> Sequence[Thing]:
        """The things that answer: any change may make it others."""
        return self._note(ANYTHING, self._books.find(asked))

    def found(self, asked: Asked) -> Iterable[tuple[Thing, Filed]]:
        """The same, each with by what it is found: any change may make it others."""
        self.asked[ANYTHING] = None
        return self._books.found(asked)

    def count(self, asked: Asked) -> int:
        """How many things answer: any change may make it others."""
        self.asked[ANYTHING] = None
        return self._books.count(asked)

    def tally(self, ledger: str, *, ai: bool) -> Tally:
        """How many things have each value: any change may make it others."""
        self.asked[ANYTHING] = None
        return self._books.tally(ledger, ai=ai)

    def filed(self, thing: str) -> Filed | None:
        """By what a thing is found: whatever that depends on."""
        self.asked[ANYTHING] = None
        return self._books.filed(thing)

    def thing(self, thing: str) -> Thing | None:
        """The thing of this id."""
        self.asked[f"t:{thing}"] = None
        return self._books.thing(thing)

    def beginning(self, beginning: str, limit: int = 10) -> Sequence[Thing]:
        """The things whose id begins so."""
        return self._note(ANYTHING, self._books.beginning(beginning, limit))

    def members(self, thing: str, as_of: str | None = None, most: int = MOST) -> Sequence[Member]:
        """The mentions of a thing."""
        self.asked[f"m:{thing}" if most <= MOST else ANYTHING] = None
        return self._books.members(thing, as_of, most)

    def links(self, thing: str) -> Sequence[ThingLink]:
        """What makes them one: any change may make it others."""
        self.asked[ANYTHING] = None
        return self._books.links(thing)

    def date_of(self, thing: str) -> ThingDate | None:
        """When an event happened."""
        self.asked[f"t:{thing}"] = self.asked[f"d:{thing}"] = None
        return self._books.date_of(thing)

    def in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing]:
        """The things that bear a slot."""
        return self._note(f"s:{kind}:{slot}", self._books.in_slot(kind, slot))

    def few_in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing] | None:
        """The things that bear a slot, where they are few."""
        self.asked[f"f:{kind}:{slot}"] = None
        return self._books.few_in_slot(kind, slot)

    def referring(self, kind: ThingKind, slots: Iterable[str], pages: Sequence[str] | None = None) -> Sequence[Thing]:
        """The things that name one with such a slot."""
        slots = tuple(slots)
        asked = (f"r:{kind}:{slot}" for slot in slots) if pages is None else (f"p:{page}" for page in pages)
        self.asked |= dict.fromkeys(asked)
        return self._note_all(self._books.referring(kind, slots, pages))

    def borne(self, kind: ThingKind, slots: Iterable[str]) -> Borne:
        """Who bears any of these slots."""
        slots = tuple(slots)
        self.asked |= dict.fromkeys(f"o:{kind}:{slot}" for slot in slots)
        found = self._books.borne(kind, slots)
        self._note_all(() if found.only is None else (found.only,))
        return found

    def of_page(self, page: str, kind: ThingKind | None = None) -> Sequence[Thing]:
        """The things of a page."""
        self.asked[f"p:{page}"] = None
        return self._note_all(self._books.of_page(page, kind))

    def holding(self, page: str, fact: str) -> Thing | None:
        """The thing of which a fact tells."""
        self.asked[f"h:{page}:{fact}"] = None
        found = self._books.holding(page, fact)
        self._note_all(() if found is None else (found,))
        return found

    def pages(self) -> Iterator[PageCard]:
        """All pages."""
        self.asked[ANYTHING] = None
        return self._books.pages()

    def page(self, page: str) -> PageCard | None:
        """A page."""
        self.asked[f"p:{page}"] = None
        return self._books.page(page)

    def _note(self, what: str, found: Sequence[Thing]) -> Sequence[Thing]:
        self.asked[what] = None
        return found

    def _note_all(self, found: Sequence[Thing]) -> Sequence[Thing]:
        self.asked |= dict.fromkeys(f"t:{thing.id}" for thing in found)
        return found
