"""What stands on the page of one thing beside its row: the rows of other things that name it."""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import row_of_thing
from mingjian.core.ledger.resolving import members_by, referring
from mingjian.core.model.ledger.cells import Row
from mingjian.core.model.things import Thing, ThingKind


def rows_naming(books: Books, thing: Thing, kind: ThingKind, day: Day, most: int) -> tuple[Sequence[Row], bool]:
    """The rows of the things of a kind that may name this one, told first first, and whether there are more."""
    found = referring(books, thing, members_by(books, thing.id, day), (kind,))
    rows = (row_of_thing(books, other, day) for other in found[:most] if other.id != thing.id)
    return [told[1] for told in rows if told is not None], len(found) > most


def thing_of_page(books: Books, identity: str, kinds: Sequence[ThingKind]) -> Thing | None:
    """The thing of this id and of one of these kinds; the only one whose id begins so, where there is one."""
    exact = books.thing(identity)
    found = [exact] if exact is not None else list(books.beginning(identity, 2)) if len(identity) > _LEAST else []
    return found[0] if len(found) == 1 and found[0].kind in kinds else None


_LEAST = 5
