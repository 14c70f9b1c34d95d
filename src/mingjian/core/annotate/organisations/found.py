"""What is found before it becomes an organisation of the record, and what the page says of itself round its body."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mingjian.core.model.span import Pair, Span
from mingjian.core.rulebook.nouns import Entry


class Found(msgspec.Struct, frozen=True, gc=False):
    """One place that names an organisation.

    ``key`` is the same for all names of one body and empty where only the words tell. ``place`` and ``organ`` belong
    to organs of a place: the code of the place, or the one character of its level where the page leaves it open
    (``市财政局``), and the words after the place.
    """

    start: int
    end: int
    key: str
    canonical: str | None
    type: str
    by: str
    entry: Entry | None = None
    place: str = ""
    organ: str = ""
    support: Span | None = None

    @property
    def pair(self) -> Pair:
        """The two ends."""
        return (self.start, self.end)


class Setting(msgspec.Struct, frozen=True):
    """The day of the page, and the places that its title and its publisher name, by code."""

    day: str | None = None
    places: Mapping[str, Span] = {}


def joined(lexicon: str, identifier: str) -> str:
    """The id of an entity: lexicon and row."""
    return f"{lexicon}:{identifier}"
