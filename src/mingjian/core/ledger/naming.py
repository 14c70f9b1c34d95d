"""Which thing a person means by an id, the beginning of one, or a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingjian.core.books import Books
from mingjian.core.link.things.kinds import slots_of_name
from mingjian.core.model.things import THING_KINDS, Thing, ThingKind

_LEAST_ID = 4
_NAMED: tuple[ThingKind, ...] = (
    "policy", "programme", "organisation", "person", "system", "fund", "report", "dataset", "compute",
)  # fmt: skip
"""Kinds whose things have names of their own."""
_OF_IDS = frozenset("0123456789abcdef")


def things_meant(books: Books, words: str) -> Sequence[Thing]:
    """The things of this id, of ids that begin so, or of this name, the most told first.

    The id of a mention's fact means the thing of which it tells. What bears the name goes before what is about it.
    """
    words = words.strip()
    by_id = books.beginning(words.lower()) if len(words) >= _LEAST_ID and set(words.lower()) <= _OF_IDS else ()
    if by_id:
        return by_id
    return _called(books, words, _NAMED) or _called(books, words, THING_KINDS)


def _called(books: Books, words: str, kinds: Iterable[ThingKind]) -> Sequence[Thing]:
    called = {
        thing.id: thing for kind in kinds for slot in slots_of_name(kind, words) for thing in books.in_slot(kind, slot)
    }
    return sorted(called.values(), key=lambda thing: (-thing.sources, thing.id))
