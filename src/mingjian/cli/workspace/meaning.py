"""The thing that a user names on the command line."""

from __future__ import annotations

from mingjian.core.books import Books
from mingjian.core.ledger.resolving import things_meant
from mingjian.core.model.things import Thing
from mingjian.errors import StoreError

_SHOWN = 8
_ID = 12


def the_thing(books: Books, words: str, place: str) -> Thing:
    """The one thing meant; raises ``StoreError`` for none, and for several, which it lists."""
    found = things_meant(books, words)
    if len(found) == 1:
        return found[0]
    if not found:
        mend = "give the id of one as `mingjian ledger` lists them, or its full name"
        raise StoreError(place, f"holds nothing called {words!r}", mend)
    listed = "; ".join(f"{thing.id[:_ID]} ({thing.kind}: {thing.name})" for thing in found[:_SHOWN])
    more = " …" if len(found) > _SHOWN else ""
    raise StoreError(place, f"{words!r} means {len(found)} things: {listed}{more}", "give the id of one")
