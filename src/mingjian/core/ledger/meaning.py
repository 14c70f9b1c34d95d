"""The thing or the mention that a user names."""

from __future__ import annotations

from mingjian.core.books import Books
from mingjian.core.ledger.resolving import things_meant
from mingjian.core.model.things import MentionRef, Thing
from mingjian.errors import AmbiguousError, UnknownError

_SHOWN = 8
_ID = 12
_LEAST_ID = 4


def the_thing(books: Books, words: str, place: str) -> Thing:
    """The one thing meant; raises ``UnknownError`` for none, ``AmbiguousError`` for several, which it lists."""
    found = things_meant(books, words)
    if len(found) == 1:
        return found[0]
    if not found:
        mend = "give the id of one as its ledger lists it, or its full name"
        raise UnknownError(place, f"holds nothing called {words!r}", mend)
    listed = "; ".join(f"{thing.id[:_ID]} ({thing.kind}: {thing.name})" for thing in found[:_SHOWN])
    more = " …" if len(found) > _SHOWN else ""
    raise AmbiguousError(place, f"{words!r} means {len(found)} things: {listed}{more}", "give the id of one")


def the_mention(books: Books, words: str, place: str) -> MentionRef:
    """The one mention meant: of a thing that is named the first, else that of the fact whose id begins so.

    Raises ``UnknownError`` for none, ``AmbiguousError`` for several, which it lists.
    """
    beginning = words.strip().lower()
    found = books.beginning(beginning) if len(beginning) >= _LEAST_ID else ()
    if not found or any(thing.id.startswith(beginning) for thing in found):
        return books.members(the_thing(books, words, place).id, most=1)[0].ref
    members = (member.ref for thing in found for member in books.members(thing.id, most=thing.mentions))
    refs = [ref for ref in members if ref.fact.startswith(beginning)]
    if len(refs) == 1:
        return refs[0]
    listed = "; ".join(f"{ref.fact} ({ref.kind}, page {ref.page[:_ID]})" for ref in refs[:_SHOWN])
    raise AmbiguousError(place, f"{words!r} begins the ids of several facts: {listed}", "give more of the one meant")
