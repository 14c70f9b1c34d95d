"""The books as their file tells them: implements the port ``Books``."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from mingjian.core.books import FEW, MOST, Asked, Borne
from mingjian.core.model.facts import Fact
from mingjian.core.model.ledger.cells import Filed, Tally
from mingjian.core.model.things import THING_KINDS, Member, MentionRef, PageCard, Thing, ThingDate, ThingKind, ThingLink
from mingjian.store.books.connecting import books_plainly, open_for_reading
from mingjian.store.books.finding import THING, count_things, find_filed, find_things, thing_of
from mingjian.store.books.packing import (
    NUMBER_OF,
    unpack_about,
    unpack_card,
    unpack_date,
    unpack_fact,
    unpack_filed,
    unpack_verdict,
)

_BEYOND = "\U0010ffff"  # behind all that ids hold
UNDATED = "9999"
"""The day of publication that is kept of pages that do not say one."""
_CARDS = 4_000
_MENTION = 'm.page, m.kind, m.start, m."end", m.fact'
_TOLD = f"{_MENTION}, m.content, m.about"
_IN_TIME = 'm.since, m.till, p.id, m.start, m."end", m.fact'
_KNOWN = (
    f"((m.till <> '{UNDATED}' AND m.till <= ?) OR (m.till = '{UNDATED}' AND m.since <> '{UNDATED}' AND m.since <= ?))"
)


class BooksReader:
    """One state of the books, the same until it is closed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cards: dict[int, PageCard] = {}

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The books in a folder, which must be there."""
        with books_plainly(folder):
            connection = open_for_reading(folder)
            connection.execute("BEGIN")
            connection.execute("SELECT 1 FROM about").fetchone()  # from here on it sees one state
            return cls(connection)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def things(self) -> Iterator[Thing]:
        """All things, by id."""
        return map(thing_of, self._connection.execute(f"SELECT {THING} FROM thing th ORDER BY th.id"))  # noqa: S608

    def counts(self) -> dict[ThingKind, int]:
        """How many things there are of each kind."""
        rows = self._all("SELECT kind, count(*) FROM thing GROUP BY kind ORDER BY kind")
        return {THING_KINDS[kind]: count for kind, count in rows}

    def mention_count(self) -> int:
        """How many mentions there are."""
        return int(self._one("SELECT count(*) FROM mention")[0])

    def page_count(self) -> int:
        """How many pages there are."""
        return int(self._one("SELECT count(*) FROM page")[0])

    def filed(self, thing: str) -> Filed | None:
        """By what a thing is found."""
        row = self._row("SELECT filed FROM thing WHERE id = ?", thing)
        return unpack_filed(row[0]) if row is not None and row[0] else None

    def find(self, asked: Asked) -> Sequence[Thing]:
        """The things that answer, what happened last first."""
        return find_things(self._connection, asked)

    def found(self, asked: Asked) -> Iterable[tuple[Thing, Filed]]:
        """The same, each with by what it is found."""
        return find_filed(self._connection, asked)

    def count(self, asked: Asked) -> int:
        """How many things answer."""
        return count_things(self._connection, asked)

    def tally(self, ledger: str, *, ai: bool) -> Tally:
        """How many things of a ledger have each value."""
        found: Counter[tuple[int, str]] = Counter()
        for about in (1,) if ai else (1, 0):
            question = "SELECT counted, value, things FROM tally WHERE ledger = ? AND ai = ?"
            for counted, value, things in self._connection.execute(question, (ledger, about)):
                found[counted, value] += things
        return found

    def thing(self, thing: str) -> Thing | None:
        """The thing of this id."""
        return self._first("th.id = ?", thing)

    def beginning(self, beginning: str, limit: int = 10) -> Sequence[Thing]:
        """The things whose id, or that of a fact of theirs, begins so."""
        ends = (beginning, beginning + _BEYOND)
        return self._things(
            "th.id BETWEEN ? AND ? OR th.number IN (SELECT thing FROM mention WHERE fact BETWEEN ? AND ?)",
            *(*ends, *ends),
            limit=limit,
        )

    def members(self, thing: str, as_of: str | None = None, most: int = MOST) -> Sequence[Member]:
        """Its mentions, published first first."""
        known, days = ("", ()) if as_of is None else (f" AND {_KNOWN}", (as_of, as_of))
        rows = self._all(
            f"SELECT {_TOLD} FROM mention m JOIN page p ON p.number = m.page "  # noqa: S608
            f"WHERE m.thing = (SELECT number FROM thing WHERE id = ?){known} ORDER BY {_IN_TIME} LIMIT ?",
            *(thing, *days, most),
        )
        return [self._member(row) for row in rows]

    def links(self, thing: str) -> Sequence[ThingLink]:
        """What makes its mentions one, the heaviest first."""
        rows = self._all(
            "SELECT l.first, l.second, l.verdict FROM link l JOIN node n ON n.number = l.first "
            "WHERE n.thing = (SELECT number FROM thing WHERE id = ?)",
            thing,
        )
        told = [(self._node(first), self._node(second), unpack_verdict(verdict)) for first, second, verdict in rows]
        told.sort(key=lambda each: (-each[2].weight, each[0][0], each[1][0]))
        return [ThingLink(first[1], second[1], verdict) for first, second, verdict in told]

    def _node(self, number: int) -> tuple[str, MentionRef]:
        """The id of a node, and the first of its mentions."""
        row = self._one(
            f"SELECT {_MENTION}, n.id FROM node n JOIN mention m ON m.node = n.number "  # noqa: S608
            f'JOIN page p ON p.number = m.page WHERE n.number = ? ORDER BY p.id, m.start, m."end", m.fact LIMIT 1',
            number,
        )
        return row[-1], self._ref(row)

    def date_of(self, thing: str) -> ThingDate | None:
        """When an event happened."""
        row = self._row("SELECT date FROM thing WHERE id = ?", thing)
        return None if row is None or row[0] is None else unpack_date(row[0])

    def in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing]:
        """The things of a kind that bear this slot."""
        asked = "th.number IN (SELECT thing FROM slot WHERE kind = ? AND slot = ?)"
        return self._things(asked, NUMBER_OF[kind], slot)

    def few_in_slot(self, kind: ThingKind, slot: str) -> Sequence[Thing] | None:
        """The things of a kind that bear this slot; nothing where they are more than a few."""
        numbers = self._bearing(kind, slot, FEW + 1)
        return self.in_slot(kind, slot) if len(numbers) <= FEW else None

    def bearers(self, kind: ThingKind, slot: str) -> int:
        """How many things bear a slot: one more than a few stands for any more."""
        return len(self._bearing(kind, slot, FEW + 1))

    def _bearing(self, kind: ThingKind, slot: str, most: int) -> list[int]:
        asked = "SELECT thing FROM slot WHERE kind = ? AND slot = ? LIMIT ?"
        return [number for (number,) in self._all(asked, NUMBER_OF[kind], slot, most)]

    def borne(self, kind: ThingKind, slots: Iterable[str]) -> Borne:
        """Whether one thing of a kind bears any of these slots, several do, or none."""
        found: set[int] = set()
        for slot in dict.fromkeys(slots):
            found |= set(self._bearing(kind, slot, 2))
            if len(found) > 1:
                return Borne(several=True)
        return Borne(self._first("th.number = ?", found.pop()) if found else None)

    def referring(self, kind: ThingKind, slots: Iterable[str], pages: Sequence[str] | None = None) -> Sequence[Thing]:
        """The things of which a mention (on one of these pages) names one of this kind with one of these slots."""
        naming = "SELECT m.thing FROM named n JOIN mention m ON m.number = n.mention WHERE n.slot = ?"
        here = (
            "SELECT m.thing FROM mention m CROSS JOIN named n ON n.slot = ? AND n.mention = m.number "
            "WHERE m.page = (SELECT number FROM page WHERE id = ?)"
        )
        asked = [f"{kind}:{slot}" for slot in dict.fromkeys(slots)]
        if pages is None:
            numbers = {number for slot in asked for (number,) in self._all(naming, slot)}
        else:
            numbers = {number for slot in asked for page in pages for (number,) in self._all(here, slot, page)}
        found = (self._first("th.number = ?", number) for number in numbers)
        return sorted((thing for thing in found if thing is not None), key=lambda thing: thing.id)

    def of_page(self, page: str, kind: ThingKind | None = None) -> Sequence[Thing]:
        """The things of which this page tells, by id: all of them, or those of a kind."""
        asked = "SELECT thing FROM mention WHERE page = (SELECT number FROM page WHERE id = ?)"
        if kind is None:
            return self._things(f"th.number IN ({asked})", page)
        return self._things(f"th.number IN ({asked} AND kind = ?)", page, NUMBER_OF[kind])

    def holding(self, page: str, fact: str) -> Thing | None:
        """The thing of which this fact tells."""
        asked = "SELECT thing FROM mention WHERE page = (SELECT number FROM page WHERE id = ?) AND fact = ?"
        return self._first(f"th.number = ({asked} LIMIT 1)", page, fact)

    def told_on(self, page: str, kind: ThingKind) -> list[tuple[Fact, str]]:
        """The facts of a kind on a page, and the ids of the things of which they tell."""
        rows = self._all(
            "SELECT m.content, th.id FROM mention m JOIN thing th ON th.number = m.thing "
            "WHERE m.page = (SELECT number FROM page WHERE id = ?) AND m.kind = ? ORDER BY m.number",
            *(page, NUMBER_OF[kind]),
        )
        return [(unpack_fact(NUMBER_OF[kind], content), thing) for content, thing in rows]

    def pages(self) -> Iterator[PageCard]:
        """All pages, by id."""
        return (unpack_card(card) for (card,) in self._connection.execute("SELECT card FROM page ORDER BY id"))

    def page(self, page: str) -> PageCard | None:
        """What is known of a page."""
        row = self._row("SELECT number FROM page WHERE id = ?", page)
        return None if row is None else self._card(row[0])

    def _card(self, number: int) -> PageCard:
        card = self._cards.get(number)
        if card is None:
            if len(self._cards) >= _CARDS:
                self._cards.clear()
            card = unpack_card(self._one("SELECT card FROM page WHERE number = ?", number)[0])
            self._cards[number] = card
        return card

    def _ref(self, row: Sequence[Any]) -> MentionRef:
        return MentionRef(self._card(row[0]).id, THING_KINDS[row[1]], *row[2:5])

    def _member(self, row: Sequence[Any]) -> Member:
        card = self._card(row[0])
        return Member(
            MentionRef(card.id, THING_KINDS[row[1]], *row[2:5]), unpack_fact(row[1], row[5]), card, unpack_about(row[6])
        )

    def _things(self, asked: str, *values: object, limit: int = -1) -> list[Thing]:
        rows = self._all(f"SELECT {THING} FROM thing th WHERE {asked} ORDER BY th.id LIMIT ?", *values, limit)  # noqa: S608
        return [thing_of(row) for row in rows]

    def _first(self, asked: str, *values: object) -> Thing | None:
        return next(iter(self._things(asked, *values, limit=1)), None)

    def _all(self, statement: str, *values: object) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()

    def _row(self, statement: str, *values: object) -> Any:  # noqa: ANN401 - a row, or nothing
        return self._connection.execute(statement, values).fetchone()

    def _one(self, statement: str, *values: object) -> Any:  # noqa: ANN401 - a row that is there
        return self._connection.execute(statement, values).fetchone()
