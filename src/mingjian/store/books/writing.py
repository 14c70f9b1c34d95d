"""What is written to the books, all of it within one transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self

from mingjian.core.books import MOST
from mingjian.core.link.things.tallying import tallied
from mingjian.core.model.facts import Fact
from mingjian.core.model.ledger.cells import Filed
from mingjian.core.model.things import (
    MentionRef,
    PageCard,
    Thing,
    ThingDate,
    ThingDecision,
)
from mingjian.errors import VersionError
from mingjian.store.books.connecting import POSITION, books_plainly, open_for_writing, read_state
from mingjian.store.books.finding import THING, thing_of
from mingjian.store.books.nodes import NodesWriter
from mingjian.store.books.packing import (
    NUMBER_OF,
    pack,
    unpack_card,
    unpack_fact,
    unpack_filed,
    unpack_ref,
)
from mingjian.store.books.reading import UNDATED
from mingjian.store.books.tags import TagRow, rows_of_tags

_DATE, _FACETS = 0, 1
_UNFILED = b""


class KeptMention(NamedTuple):
    """A mention that was kept of a page."""

    number: int
    ref: MentionRef
    node: int
    thing: int | None
    content: bytes

    @property
    def fact(self) -> Fact:
        """The fact."""
        return unpack_fact(NUMBER_OF[self.ref.kind], self.content)


class NewMention(NamedTuple):
    """A mention to keep: the number of its node, the fact, what it is about, and the slots that it names."""

    ref: MentionRef
    node: int
    thing: int | None
    content: bytes
    about: bytes
    named: tuple[str, ...]


_MENTIONS = 'SELECT page, kind, start, "end", fact, number, node, thing, content FROM mention WHERE {} = ?'


class BooksWriter(NodesWriter):
    """The books, of which one program at a time writes; it reads what it wrote."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        super().__init__(connection)
        self._folder = folder
        self._tallies: Counter[tuple[str, bool, int, str]] = Counter()

    @classmethod
    def open_or_make(cls, folder: Path, generation: str) -> Self:
        """The books of this generation; raises ``VersionError`` where those in the folder are of another."""
        with books_plainly(folder):
            connection = open_for_writing(folder, generation)
            try:
                ready = read_state(connection, generation).ready
            except BaseException:
                connection.close()
                raise
        if not ready:
            connection.close()
            raise VersionError(str(folder), "these books are of another version", "run `mingjian reindex`")
        return cls(connection, folder)

    def position(self) -> int:
        """The step of the journal up to which the books go."""
        return int(self._one("SELECT value FROM about WHERE name = ?", POSITION)[0])

    @contextmanager
    def writing(self, position: int) -> Iterator[None]:
        """A transaction, after which the books go up to a step of the journal: all of it is kept, or nothing."""
        with books_plainly(self._folder):
            self._do("BEGIN IMMEDIATE")
            self._tallies.clear()
            try:
                yield
                self._put_tallies()
                self._do("UPDATE about SET value = ? WHERE name = ?", str(position), POSITION)
                self._do("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._do("ROLLBACK")
                self._cards.clear()
                raise

    # pages and their mentions

    def page_numbers(self, ids: Iterable[str]) -> list[int]:
        """The numbers of the pages that are here."""
        return [number for (number,) in self._of("SELECT number FROM page WHERE id IN ({})", sorted(set(ids)))]

    def card(self, number: int) -> PageCard | None:
        """What is known of a page."""
        row = self._row("SELECT card FROM page WHERE number = ?", number)
        return None if row is None else unpack_card(row[0])

    def mentions_of(self, number: int) -> list[KeptMention]:
        """The mentions of a page."""
        return [self._kept_mention(row) for row in self._all(_MENTIONS.format("page"), number)]

    def mentions_of_node(self, node: int) -> list[tuple[KeptMention, PageCard]]:
        """The mentions of a node, each with its page."""
        rows = self._all(_MENTIONS.format("node"), node)
        return [(self._kept_mention(row), self._card(row[0])) for row in rows]

    def _kept_mention(self, row: Sequence[Any]) -> KeptMention:
        return KeptMention(row[5], self._ref(row), *row[6:])

    def put_page(self, number: int, card: PageCard) -> None:
        """What is known of a page."""
        self._cards.pop(number, None)
        self._do("REPLACE INTO page (number, id, card) VALUES (?, ?, ?)", number, card.id, pack(card))

    def drop_page(self, number: int) -> None:
        """The page does not stand any more; its mentions were dropped before."""
        self._cards.pop(number, None)
        self._do("DELETE FROM page WHERE number = ?", number)

    def put_mentions(self, number: int, card: PageCard, mentions: Sequence[NewMention]) -> None:
        """The mentions of a page."""
        if not mentions:
            return
        self._do("INSERT OR IGNORE INTO source (id) VALUES (?)", card.group)
        source = self._one("SELECT number FROM source WHERE id = ?", card.group)[0]
        published = (card.published_from or UNDATED, card.published_to or UNDATED, source)
        first = self._one("SELECT coalesce(max(number), 0) + 1 FROM mention")[0]
        rows = [
            (at, number, NUMBER_OF[ref.kind], ref.start, ref.end, ref.fact, node, thing, *published, content, about)
            for at, (ref, node, thing, content, about, _) in enumerate(mentions, start=first)
        ]
        self._connection.executemany("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        named = [(slot, at) for at, one in enumerate(mentions, start=first) for slot in dict.fromkeys(one.named)]
        self._connection.executemany("INSERT INTO named VALUES (?, ?)", named)

    def drop_mentions(self, mentions: Iterable[tuple[KeptMention, Iterable[str]]]) -> None:
        """The mentions go, with the slots that each of them names."""
        for one, named in mentions:
            self._connection.executemany(
                "DELETE FROM named WHERE slot = ? AND mention = ?", [(slot, one.number) for slot in named]
            )
            self._do("DELETE FROM mention WHERE number = ?", one.number)

    # things

    def kept_thing(self, number: int) -> Thing | None:
        """The thing of a number."""
        row = self._row(f"SELECT {THING} FROM thing th WHERE number = ?", number)  # noqa: S608
        return None if row is None else thing_of(row)

    def thing_numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """The numbers of things."""
        return dict(self._of("SELECT id, number FROM thing WHERE id IN ({})", sorted(set(ids))))

    def id_of(self, number: int) -> str:
        """The id of the thing of a number."""
        return str(self._one("SELECT id FROM thing WHERE number = ?", number)[0])

    def new_thing(self, taken: int) -> int:
        """A number that no thing has, greater than one that is taken."""
        return max(taken, int(self._one("SELECT coalesce(max(number), 0) FROM thing")[0])) + 1

    def place_nodes(self, thing: int, nodes: Iterable[int]) -> None:
        """These nodes and their mentions are of a thing."""
        rows = [(thing, node) for node in nodes]
        self._connection.executemany("UPDATE node SET thing = ? WHERE number = ?", rows)
        self._connection.executemany("UPDATE mention SET thing = ? WHERE node = ?", rows)

    def profiles_of(self, thing: int) -> list[tuple[int, bytes]]:
        """The nodes of a thing and their profiles, by the ids of the nodes."""
        return self._all("SELECT number, profile FROM node WHERE thing = ? ORDER BY id", thing)

    def founding(self, thing: int) -> tuple[MentionRef, int] | None:
        """The first mention of a thing, and the node of that; nothing of one without mentions."""
        row = self._row(
            'SELECT m.page, m.kind, m.start, m."end", m.fact, m.node FROM mention m JOIN page p ON p.number = m.page '
            'WHERE m.thing = ? ORDER BY m.since, m.till, p.id, m.start, m."end", m.fact LIMIT 1',
            thing,
        )
        return None if row is None else (self._ref(row), row[5])

    def told(self, thing: int) -> tuple[int, int, int, str | None, str | None]:
        """How many mentions, pages and sources tell of a thing, and the days of the first and the last of the pages."""
        counts = self._one(
            "SELECT count(*), count(DISTINCT page), count(DISTINCT source) FROM mention WHERE thing = ?", thing
        )
        days = self._one("SELECT min(since), max(since) FROM mention WHERE thing = ? AND since < ?", thing, UNDATED)
        return (*counts, *days)

    def put_thing(self, number: int, thing: Thing) -> None:
        """A thing whose date and facets are yet to come."""
        kind = NUMBER_OF[thing.kind]
        counts = (thing.mentions, thing.pages, thing.sources)
        days = (thing.first_published, thing.last_published)
        self._do(
            "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(number, thing.id, kind, thing.name, *counts, pack(thing.slots), *days, None, _UNFILED),
        )
        self._connection.executemany(
            "INSERT INTO slot VALUES (?, ?, ?)", [(kind, slot, number) for slot in dict.fromkeys(thing.slots)]
        )

    def count_again(self, things: Mapping[int, Thing]) -> None:
        """How often things are told now, and how late; all else of them is as it was."""
        rows = [
            (thing.mentions, thing.pages, thing.sources, thing.last_published, number)
            for number, thing in things.items()
        ]
        self._connection.executemany(
            "UPDATE thing SET mentions = ?, pages = ?, sources = ?, last = ? WHERE number = ?", rows
        )

    def is_among_first(self, thing: int, since: str) -> bool:
        """Whether a mention published on a day, or later ones, may be among the first by which a thing is judged."""
        last = self._row("SELECT since FROM mention WHERE thing = ? ORDER BY since LIMIT 1 OFFSET ?", thing, MOST - 1)
        return last is None or since <= last[0]

    def drop_thing(self, number: int, thing: Thing) -> None:
        """A thing with all by which it is found."""
        (kept,) = self._one("SELECT filed FROM thing WHERE number = ?", number)
        if kept != _UNFILED:
            kind, filed = NUMBER_OF[thing.kind], unpack_filed(kept)
            self._drop_tags(rows_of_tags(number, kind, thing.name, thing.first_published, filed))
            self._tally(filed, -1)
        self._connection.executemany(
            "DELETE FROM slot WHERE kind = ? AND slot = ? AND thing = ?",
            [(NUMBER_OF[thing.kind], slot, number) for slot in thing.slots],
        )
        self._do("DELETE FROM thing WHERE number = ?", number)

    def put_date(self, number: int, date: ThingDate) -> None:
        """When an event happened."""
        self._do("UPDATE thing SET date = ? WHERE number = ?", pack(date), number)

    def put_filed(self, number: int, filed: Filed) -> None:
        """By what a thing is found: of what is there already, nothing is written."""
        kind, name, first, kept = self._one("SELECT kind, name, first, filed FROM thing WHERE number = ?", number)
        if kept == pack(filed):
            return
        known = unpack_filed(kept) if kept != _UNFILED else None
        before = {} if known is None else rows_of_tags(number, kind, name, first, known)
        if known is not None:
            self._tally(known, -1)
        self._tally(filed, 1)
        now = rows_of_tags(number, kind, name, first, filed)
        self._drop_tags(tag for tag in before if tag not in now)
        came = [tag for tag in now if tag not in before]
        self._connection.executemany("INSERT INTO tag VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", came)
        self._do("UPDATE thing SET filed = ? WHERE number = ?", pack(filed), number)

    def _tally(self, filed: Filed, change: int) -> None:
        for ledger, counted, value in tallied(filed):
            self._tallies[ledger, filed.ai, counted, value] += change

    def _put_tallies(self) -> None:
        """How many things more or fewer have each value than before this transaction."""
        changed = [(*key, change) for key, change in sorted(self._tallies.items()) if change]
        self._connection.executemany(
            "INSERT INTO tally VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET things = things + excluded.things",
            changed,
        )
        self._connection.executemany(
            "DELETE FROM tally WHERE ledger = ? AND ai = ? AND counted = ? AND value = ? AND things = 0",
            [key[:-1] for key in changed],
        )

    def _drop_tags(self, tags: Iterable[TagRow]) -> None:
        self._connection.executemany(
            "DELETE FROM tag WHERE facet = ? AND value = ? AND ai = ? AND sort = ? AND day = ? AND head = ? "
            "AND thing = ? AND known = ? AND until = ?",
            tags,
        )

    # what dates and facets need

    def needing(self, use: int, what: Iterable[str]) -> list[int]:
        """The things whose date (0) or facets (1) were computed from any of these."""
        rows = self._of("SELECT DISTINCT thing FROM need WHERE use = ? AND what IN ({})", sorted(set(what)), use)
        return sorted({number for (number,) in rows})

    def set_needs(self, thing: int, use: int, what: Iterable[str]) -> None:
        """What the date or the facets of a thing were computed from."""
        kept = {each for (each,) in self._all("SELECT what FROM need WHERE thing = ? AND use = ?", thing, use)}
        needed = set(what)
        gone = [(each, thing, use) for each in kept - needed]
        self._connection.executemany("DELETE FROM need WHERE what = ? AND thing = ? AND use = ?", gone)
        came = [(each, thing, use) for each in needed - kept]
        self._connection.executemany("INSERT INTO need VALUES (?, ?, ?)", came)

    # decisions

    def decisions(self) -> list[ThingDecision]:
        """What people decided, as the mentions that the books know."""
        rows = self._all("SELECT kind, first, second FROM decided")
        return [ThingDecision(kind, unpack_ref(first), unpack_ref(second)) for kind, first, second in rows]

    def put_decisions(self, decisions: Iterable[ThingDecision]) -> None:
        """All that people decided."""
        self._do("DELETE FROM decided")
        rows = [(said.kind, pack(said.first), pack(said.second)) for said in decisions]
        self._connection.executemany("INSERT OR IGNORE INTO decided VALUES (?, ?, ?)", rows)

    def resolved(self) -> list[tuple[int, bytes]]:
        """How decisions were found to stand, by number."""
        return self._all("SELECT number, content FROM resolved ORDER BY number")

    def put_resolved(self, resolved: Iterable[tuple[int, bytes]]) -> None:
        """How all decisions stand."""
        self._do("DELETE FROM resolved")
        self._connection.executemany("INSERT INTO resolved VALUES (?, ?)", resolved)

    def node_of(self, ref: MentionRef) -> int | None:
        """The node of a mention."""
        row = self._row(
            "SELECT node FROM mention WHERE page = (SELECT number FROM page WHERE id = ?) AND fact = ? AND kind = ?",
            *(ref.page, ref.fact, NUMBER_OF[ref.kind]),
        )
        return None if row is None else int(row[0])
