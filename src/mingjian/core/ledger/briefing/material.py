"""What sentences are made of: rows with the mentions that they were built from, the most told first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Generic, TypeVar

import msgspec

from mingjian.core.books import Books
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.ledger.building import cite_span
from mingjian.core.model.brief import Scope
from mingjian.core.model.ledger.cells import Cite, Row
from mingjian.core.model.things import Member

R = TypeVar("R", bound=Row)
T = TypeVar("T")


class Told(msgspec.Struct, Generic[R], frozen=True):
    """A row, the mentions that tell of its thing, published first first, and how near it is to the topic."""

    row: R
    members: tuple[Member, ...]
    relevance: int

    @property
    def counted(self) -> tuple[Cite, ...]:
        """Words of each independent source, one each: the first that tells of it."""
        first: dict[str, Member] = {}
        for member in self.members:
            first.setdefault(member.page.group, member)
        return tuple(cite_span(member, member.fact.evidence) for member in first.values())


class Desk(msgspec.Struct, frozen=True):
    """All that sections are written from: the books, and what is asked."""

    books: Books
    scope: Scope
    horizon: str

    def within(self, start: str | None, end: str | None) -> bool:
        """Whether what lies between two ISO days may have been in the time asked about."""
        if start is None and end is None:
            return False
        return (end or start or "") >= self.scope.since and (start or "") <= self.scope.until

    def surely_within(self, start: str | None, end: str | None) -> bool:
        """Whether what lies between two ISO days was in the time asked about, or may have been and is told closely."""
        if start is None or end is None or not self.within(start, end):
            return False
        return self.is_close(start, end) or (self.scope.since <= start and end <= self.scope.until)

    def is_close(self, start: str | None, end: str | None) -> bool:
        """Whether two ISO days are not far apart."""
        if start is None or end is None:
            return False
        return (date.fromisoformat(end) - date.fromisoformat(start)).days <= brief_settings().limits["vague"]

    def was_told(self, told: Told[R]) -> bool:
        """Whether the first page that tells of it was published in the time asked about."""
        first = told.row.first_published
        return first is not None and self.scope.since <= first <= self.scope.until

    def is_coming(self, day: str | None) -> bool:
        """Whether a day comes behind the time asked about, and not too far."""
        return day is not None and self.scope.until < day <= self.horizon


def ranked(rows: Iterable[Told[R]], day: Callable[[R], str | None]) -> list[Told[R]]:
    """The most independent sources first, then the nearest to the topic, then the latest."""

    def rank(told: Told[R]) -> tuple[object, ...]:
        latest = tuple(-ord(sign) for sign in day(told.row) or "")
        return (-told.row.sources, -told.relevance, not latest, latest, told.row.name, told.row.id)

    return sorted(rows, key=rank)


def unfolded(sentences: Iterable[tuple[str, T]], most: int) -> tuple[list[T], int]:
    """The first of all that say the same, so many of them, and how many more there are."""
    kept: dict[str, T] = {}
    for text, sentence in sentences:
        kept.setdefault(text, sentence)
    every = list(kept.values())
    return every[:most], max(0, len(every) - most)
