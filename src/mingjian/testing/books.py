"""What books must say: whatever keeps them, the same as a shelf of all pages in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import chain, product
from typing import TypeAlias

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.ledgers import LEDGERS, facets_of
from mingjian.core.link.things.cards import Whence, card_of
from mingjian.core.link.things.kinds import linkings
from mingjian.core.link.things.shelf import Shelf, Shelved
from mingjian.core.link.things.tallying import standing_of, written_standing
from mingjian.core.model.ledger.cells import Filed
from mingjian.core.model.things import MentionRef, Thing, ThingDecision, ThingKind
from mingjian.core.pipeline.extract import extract
from mingjian.testing.demands import demand
from mingjian.testing.sample_pages import AT, book_pages

BooksFactory: TypeAlias = Callable[[Sequence[Shelved], Sequence[ThingDecision]], AbstractContextManager[Books]]

_DAYS = (None, "2024-06-30", "2025-03-05", "2026-12-31")


def check_books(factory: BooksFactory) -> None:
    """Whether books keep to their port: ``factory`` gives those of some pages, of which people decided something."""
    pages = sample_shelf()
    for kept, decisions in ((pages, ()), (pages[:1], ()), ((), ()), (pages, _decisions(pages))):
        shelf = Shelf(kept, facets_of, decisions)
        with factory(kept, decisions) as books:
            for said in differences(books, shelf, tuple(linking.kind for linking in linkings())):
                demand(held=False, problem=said)


def sample_shelf() -> tuple[Shelved, ...]:
    """A few invented pages as books take them; the third is a copy of the second."""
    found = []
    for number, page in enumerate(book_pages()):
        group = "1" if number == 2 else str(number)
        whence = Whence(id=str(number), doc_id=page.doc_id, address=page.doc_id, added=AT, group=group)
        record = extract(page)
        found.append(Shelved(card_of(record, whence), record))
    return tuple(found)


def _decisions(pages: Iterable[Shelved]) -> tuple[ThingDecision, ...]:
    """The first two mentions of the same body are kept apart, the first of two bodies put together."""
    shelf = Shelf(pages, facets_of)
    things = [shelf.members(thing.id) for thing in shelf.things() if thing.kind == "organisation"]
    several = [members for members in things if len(members) > 1]
    first, second = (members[0].ref for members in several[:2])
    return (
        ThingDecision("split", several[0][0].ref, several[0][1].ref),
        ThingDecision("merge", first, second),
    )


def differences(books: Books, shelf: Shelf, kinds: Sequence[ThingKind]) -> Iterator[str]:
    """What the books say otherwise than the shelf, a line each."""
    things = {thing.id: thing for thing in shelf.things()}
    for thing in things.values():
        if books.thing(thing.id) != thing:
            yield f"thing {thing} is told as {books.thing(thing.id)}"
            return
    yield from _told(books, shelf, things.values())
    yield from _found(books, shelf, things.values(), kinds)
    if list(books.pages()) != list(shelf.pages()):
        yield "the pages are others"
    if books.thing("0") is not None or books.page("nobody's") is not None or books.holding("0", "") is not None:
        yield "there is something that nobody added"


def _told(books: Books, shelf: Shelf, things: Iterable[Thing]) -> Iterator[str]:
    for thing in things:
        for day in _DAYS:
            if list(books.members(thing.id, day, 100)) != list(shelf.members(thing.id, day, 100)):
                yield f"the mentions of {thing} as of {day} are others"
        if list(books.members(thing.id, None, 1)) != list(shelf.members(thing.id, None, 1)):
            yield f"the first mention of {thing} is another"
        if list(books.links(thing.id)) != list(shelf.links(thing.id)):
            yield f"what makes {thing} one is {books.links(thing.id)} and not {shelf.links(thing.id)}"
        yield from _known(books, shelf, thing)
        for member in shelf.members(thing.id):
            yield from _held(books, thing, member.ref)


def _known(books: Books, shelf: Shelf, thing: Thing) -> Iterator[str]:
    if books.filed(thing.id) != shelf.filed(thing.id):
        yield f"{thing} is found by {books.filed(thing.id)} and not {shelf.filed(thing.id)}"
    if books.date_of(thing.id) != shelf.date_of(thing.id):
        yield f"{thing} is dated {books.date_of(thing.id)} and not {shelf.date_of(thing.id)}"


def _held(books: Books, thing: Thing, ref: MentionRef) -> Iterator[str]:
    if books.holding(ref.page, ref.fact) != thing:
        yield f"{ref} is held by {books.holding(ref.page, ref.fact)} and not {thing}"
    if books.beginning(ref.fact, 1000)[:1] != [thing] and thing not in books.beginning(ref.fact, 1000):
        yield f"{thing} is not found by the beginning of {ref.fact}"


def _found(books: Books, shelf: Shelf, things: Iterable[Thing], kinds: Sequence[ThingKind]) -> Iterator[str]:
    slots = sorted({(thing.kind, slot) for thing in things for slot in thing.slots})
    for kind, slot in (*slots, *((kind, "nobody's") for kind in kinds)):
        yield from _borne(books, shelf, kind, slot)
        for pages in (None, [card.id for card in shelf.pages()][::2], ()):
            if list(books.referring(kind, [slot], pages)) != list(shelf.referring(kind, [slot], pages)):
                yield f"others name {slot!r} of {kind} on {pages}"
    for beginning in ("", "0", "5", "a", "zz"):
        if list(books.beginning(beginning, 3)) != list(shelf.beginning(beginning, 3)):
            yield f"others begin with {beginning!r}"
    yield from _answered(books, shelf, kinds)


def _borne(books: Books, shelf: Shelf, kind: ThingKind, slot: str) -> Iterator[str]:
    if list(books.in_slot(kind, slot)) != list(shelf.in_slot(kind, slot)):
        yield f"in slot {slot!r} of {kind} are others"
    if books.few_in_slot(kind, slot) != shelf.few_in_slot(kind, slot):
        yield f"few in slot {slot!r} of {kind} are {books.few_in_slot(kind, slot)}"
    if books.borne(kind, [slot, "nobody's"]) != shelf.borne(kind, [slot, "nobody's"]):
        yield f"slot {slot!r} of {kind} is borne by {books.borne(kind, [slot])}"


def _counted(books: Books, shelf: Shelf) -> Iterator[str]:
    for ledger, ai in product(LEDGERS, (True, False)):
        if dict(books.tally(ledger, ai=ai)) != dict(shelf.tally(ledger, ai=ai)):
            yield f"the tally of {ledger} is {books.tally(ledger, ai=ai)} and not {shelf.tally(ledger, ai=ai)}"


def _answered(books: Books, shelf: Shelf, kinds: Sequence[ThingKind]) -> Iterator[str]:
    for card, kind in ((card, kind) for card in shelf.pages() for kind in kinds):
        if list(books.of_page(card.id, kind)) != list(shelf.of_page(card.id, kind)):
            yield f"page {card.id} tells of others of {kind}"
    for card in shelf.pages():
        if list(books.of_page(card.id)) != list(shelf.of_page(card.id)) or books.page(card.id) != card:
            yield f"page {card.id} tells of others"
    yield from _counted(books, shelf)
    for asked in chain.from_iterable(questions(shelf, kind) for kind in kinds):
        yield from _answering(books, shelf, asked)


def _answering(books: Books, shelf: Shelf, asked: Asked) -> Iterator[str]:
    if books.count(asked) != shelf.count(asked):
        yield f"{asked} counts {books.count(asked)} and not {shelf.count(asked)}"
    if list(books.find(asked)) != list(shelf.find(asked)):
        told = [thing.name for thing in books.find(asked)], [thing.name for thing in shelf.find(asked)]
        yield f"{asked} finds {told[0]} and not {told[1]}"
    if list(books.found(asked)) != list(shelf.found(asked)):
        yield f"what {asked} finds is found by other values"


def questions(shelf: Shelf, kind: ThingKind) -> Iterator[Asked]:
    """Questions about things of a kind, with filters of all that pages and things say."""
    filed = [shelf.filed(thing.id) or Filed() for thing in shelf.things() if thing.kind == kind]
    some = {
        name: tuple(sorted({value for one in filed for value in getattr(one, name)}))[:3]
        for name in ("regions", "issuers", "sources", "technologies", "industries", "types")
    }
    statuses = tuple(sorted({value for one in filed for value in (*one.statuses, *one.coming, *one.over)}))[-3:]
    standings = tuple(dict.fromkeys(written_standing(standing_of(one)) for one in filed if one.dated))
    for ai in (True, False):
        yield Asked(kind=kind, ai=ai)
        yield from (Asked(kind=kind, ai=ai, skip=skip) for skip in (1, 2, 5, 40))
        yield from (Asked(kind=kind, ai=ai, skip=1, regions=some["regions"][:many]) for many in (1, 2))
        yield Asked(kind=kind, ai=ai, disputed=True)
        yield Asked(kind=kind, ai=ai, standings=(*standings[:2], "x"))
        yield Asked(kind=kind, ai=ai, standings=standings[:1], disputed=True, regions=some["regions"])
        yield from (
            Asked(kind=kind, ai=ai, as_of=day, on=day, ahead=ahead) for day in _DAYS[1:] for ahead in (True, False)
        )
        yield from (Asked(kind=kind, ai=ai, ahead=True, on=on, since=day) for on in _DAYS[1:] for day in _DAYS)
        yield from (Asked(kind=kind, ai=ai, on=day, statuses=statuses[:2]) for day in _DAYS)
        yield from (Asked(kind=kind, ai=ai, on=day, statuses=statuses, regions=some["regions"]) for day in _DAYS)
        yield from (Asked(kind=kind, ai=ai, on=day, statuses=statuses, ahead=True) for day in _DAYS[1:])
        yield from (Asked(kind=kind, ai=ai, since=first, until=last) for first in _DAYS for last in _DAYS)
        yield from (Asked(kind=kind, ai=ai, **{name: values[:1]}) for name, values in some.items())  # type: ignore[arg-type]
        yield from (Asked(kind=kind, ai=ai, **{name: (*values, "x")}) for name, values in some.items())  # type: ignore[arg-type]
        yield Asked(kind=kind, ai=ai, **{name: values[:2] for name, values in some.items() if values})  # type: ignore[arg-type]
    for code in some["regions"]:
        yield from (
            Asked(kind=kind, ai=False, regions=(place,))
            for place in (code[:2] + "0000", code[:4] + "00", code[:5], "1", "0000")
        )
    yield from (Asked(kind=kind, ai=False, words=(word,)) for word in ("市", "a", ""))
