"""What is new among the hits of a need: of which no mention was there when it was last looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from mingjian.core.books import Books
from mingjian.core.model.needs import NeedEntry

FEW = 8
"""Mentions of a hit by which it is known again, though it is another thing by then."""


def mentions_of(books: Books, things: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The first mentions of each thing, as page and fact."""
    return {
        thing: tuple(f"{member.ref.page}:{member.ref.fact}" for member in books.members(thing, most=FEW))
        for thing in things
    }


def new_among(mentions: Mapping[str, Sequence[str]], seen: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The things that were not seen, neither under their id nor by any of their mentions, in their order.

    >>> new_among({"a": ["1:x"], "b": ["2:y"], "c": ["3:z"]}, {"a": [], "d": ["2:y", "4:u"]})
    ('c',)
    """
    known = {mention for held in seen.values() for mention in held}
    return tuple(thing for thing, held in mentions.items() if thing not in seen and known.isdisjoint(held))


def states_of(mentions: Mapping[str, Sequence[str]], log: Iterable[NeedEntry]) -> dict[str, NeedEntry]:
    """The last that was said of each hit, which is known again by its id or by a mention."""
    found: dict[str, NeedEntry] = {}
    for entry in log:
        for thing, held in mentions.items():
            if entry.hit and (entry.hit == thing or not set(entry.mentions).isdisjoint(held)):
                found[thing] = entry
    return found
