"""The index of facts that may be worth a look: derived from records and books, made anew where it cannot be trusted.

It follows the journal of a workspace without its writer's lock: whoever asks first brings it up to date.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from mingjian.core.model.review import Reason
from mingjian.errors import SearchIndexError
from mingjian.store.files import remove_folder

_FILE = "queue.db"
_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE page (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, doc_id TEXT NOT NULL, address TEXT NOT NULL,
  sources TEXT NOT NULL, published TEXT) STRICT;
CREATE TABLE fact (
  number INTEGER PRIMARY KEY, page INTEGER NOT NULL, kind TEXT NOT NULL, fact TEXT NOT NULL, claim TEXT NOT NULL,
  rule TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, words TEXT NOT NULL, regions TEXT NOT NULL,
  score REAL NOT NULL, reasons TEXT NOT NULL,
  heavy INTEGER NOT NULL) STRICT;
CREATE INDEX fact_page ON fact (page, start);
CREATE INDEX fact_claim ON fact (claim);
CREATE INDEX fact_fact ON fact (fact);
CREATE INDEX fact_counts ON fact (rule, reasons, heavy, kind);
CREATE INDEX fact_rule ON fact (rule, heavy, score DESC, number);
CREATE INDEX fact_all ON fact (rule, score DESC, number);
CREATE TABLE place (code TEXT, fact INTEGER, PRIMARY KEY (code, fact)) STRICT, WITHOUT ROWID;
CREATE INDEX place_fact ON place (fact);
-- reasons of fact: their slugs; heavy: whether it is worth a look by itself
-- thing: that of which pages disagree, empty where the page alone tells it
CREATE TABLE reason (
  fact INTEGER NOT NULL, slug TEXT NOT NULL, weight REAL NOT NULL, about TEXT NOT NULL, thing TEXT NOT NULL,
  PRIMARY KEY (fact, slug, thing, about)) STRICT, WITHOUT ROWID;
CREATE INDEX reason_slug ON reason (slug, fact);
CREATE INDEX reason_thing ON reason (thing, fact) WHERE thing != '';
-- the rules that were there with each version of the rules, the first time that they were
CREATE TABLE rule (id TEXT PRIMARY KEY, version TEXT NOT NULL, place INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""


class IndexedFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as the rules made it, with its reasons."""

    kind: str
    fact: str
    claim: str
    rule: str
    start: int
    end: int
    words: str
    regions: tuple[str, ...]
    reasons: tuple[Reason, ...]


class IndexedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page with its facts that are looked through."""

    number: int
    id: str
    doc_id: str
    address: str
    sources: tuple[str, ...]
    published: str | None
    facts: tuple[IndexedFact, ...]


class Disagreed(msgspec.Struct, frozen=True):
    """Words of a page of which others tell what cannot hold too: of which thing, and what they tell."""

    page: str
    kind: str
    start: int
    end: int
    thing: str
    about: str
    weight: float


class QueueIndex:
    """The index, open; close it."""

    def __init__(self, connection: sqlite3.Connection, place: Path, least: float) -> None:
        self.connection = connection
        self.place = place
        self._least = least

    @classmethod
    def open(cls, folder: Path, generation: str, least: float, *, make: bool) -> QueueIndex | None:
        """The index of this generation; where there is none, it is made, or nothing comes back.

        ``least`` is the score from which on a fact is worth a look by itself. Raises ``SearchIndexError`` where it
        cannot be made.
        """
        place = folder / _FILE
        found = _opened(place, generation) if place.exists() else None
        if found is not None or not make:
            return None if found is None else cls(found, place, least)
        try:
            remove_folder(folder)
            folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(place, isolation_level=None, timeout=30.0, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            with _plainly(place):
                connection.executescript(f"BEGIN IMMEDIATE; {_TABLES}")
                connection.execute("INSERT INTO about VALUES ('generation', ?)", (generation,))
                connection.execute("COMMIT")
        except OSError as error:
            raise _trouble(place, str(error)) from error
        return cls(connection, place, least)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def mark(self, name: str) -> str | None:
        """What was written down under a name, such as how far the index has followed."""
        row = self.connection.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: all of it is kept, or nothing. Another program that writes is waited for."""
        with _plainly(self.place):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def set_mark(self, name: str, value: str) -> None:
        """Write something down."""
        self.connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))

    def put_page(self, number: int, page: IndexedPage | None) -> None:
        """The page of this number as it is now: nothing of one that does not stand."""
        do = self.connection.execute
        do("DELETE FROM reason WHERE fact IN (SELECT number FROM fact WHERE page = ?)", (number,))
        do("DELETE FROM place WHERE fact IN (SELECT number FROM fact WHERE page = ?)", (number,))
        do("DELETE FROM fact WHERE page = ?", (number,))
        do("DELETE FROM page WHERE number = ?", (number,))
        if page is None:
            return
        sources = _joined(page.sources)
        do(
            "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?)",
            (number, page.id, page.doc_id, page.address, sources, page.published),
        )
        for fact in page.facts:
            self._put_fact(number, fact)

    def _put_fact(self, page: int, fact: IndexedFact) -> None:
        score = round(sum(reason.weight for reason in fact.reasons), 3)
        row = (
            page, fact.kind, fact.fact, fact.claim, fact.rule, fact.start, fact.end, fact.words,
            _joined(fact.regions), score, " ".join(sorted({reason.slug for reason in fact.reasons})),
            score >= self._least,
        )  # fmt: skip
        statement = "INSERT INTO fact VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        number = self.connection.execute(statement, row).lastrowid
        places = [(code, number) for code in fact.regions]
        self.connection.executemany("INSERT OR IGNORE INTO place VALUES (?, ?)", places)
        self.connection.executemany(
            "INSERT OR REPLACE INTO reason VALUES (?, ?, ?, ?, '')",
            [(number, one.slug, one.weight, one.about) for one in fact.reasons],
        )

    def put_disagreements(self, things: Iterable[str], found: Iterable[Disagreed]) -> None:
        """What pages disagree about of these things, in place of what was known of them."""
        do = self.connection.execute
        touched: set[int] = set()
        for thing in things:
            touched |= {number for (number,) in do("SELECT fact FROM reason WHERE thing = ?", (thing,))}
            do("DELETE FROM reason WHERE thing = ?", (thing,))
        for one in found:
            rows = do(
                "SELECT fact.number FROM fact JOIN page ON page.number = fact.page WHERE page.id = ? AND kind = ? "
                'AND start <= ? AND "end" >= ?',
                (one.page, one.kind, one.start, one.end),
            ).fetchall()
            for (number,) in rows:
                values = (number, "pages-disagree", one.weight, one.about, one.thing)
                do("INSERT OR REPLACE INTO reason VALUES (?, ?, ?, ?, ?)", values)
                touched.add(number)
        self._weigh_again(sorted(touched))

    def _weigh_again(self, facts: Sequence[int]) -> None:
        reasons = self.reasons_of(facts)
        for number in facts:
            score = round(sum(one.weight for one in reasons[number]), 3)
            slugs = " ".join(sorted({one.slug for one in reasons[number]}))
            values = (score, slugs, score >= self._least, number)
            self.connection.execute("UPDATE fact SET score = ?, reasons = ?, heavy = ? WHERE number = ?", values)

    def forget_disagreements(self) -> None:
        """Take all of them out, before all are found anew."""
        things = [thing for (thing,) in self.connection.execute("SELECT DISTINCT thing FROM reason WHERE thing != ''")]
        self.put_disagreements(things, ())

    def put_rules(self, version: str, rules: Iterable[str]) -> None:
        """The rules of a version that are not known yet."""
        (place,) = self.connection.execute("SELECT coalesce(max(place), 0) + 1 FROM rule").fetchone()
        rows = [(rule, version, place) for rule in rules]
        self.connection.executemany("INSERT OR IGNORE INTO rule VALUES (?, ?, ?)", rows)
        self.set_mark("rules", version)

    def new_rules(self) -> Mapping[str, str]:
        """The rules that came with the last version that brought any, with that version; none came with the first."""
        question = "SELECT id, version FROM rule WHERE place > 1 AND place = (SELECT max(place) FROM rule)"
        return dict(self.connection.execute(question).fetchall())

    def reasons_of(self, facts: Sequence[int]) -> Mapping[int, list[Reason]]:
        """The reasons of facts, by their numbers."""
        found: dict[int, list[Reason]] = {number: [] for number in facts}
        question = "SELECT slug, weight, about FROM reason WHERE fact = ? ORDER BY 2 DESC, 1, 3"
        for number, held in found.items():
            held += [Reason(*row) for row in self.connection.execute(question, (number,))]
        return found


def _joined(names: Iterable[str]) -> str:
    """Names in one column, each between marks by which it is found."""
    return "".join(f"\n{name}" for name in names) + "\n"


def split_names(joined: str) -> tuple[str, ...]:
    """The names of such a column."""
    return tuple(name for name in joined.split("\n") if name)


def _opened(place: Path, generation: str) -> sqlite3.Connection | None:
    """The file, where it is sound and of this generation."""
    connection = sqlite3.connect(place, isolation_level=None, timeout=30.0, check_same_thread=False)
    try:
        row = connection.execute("SELECT value FROM about WHERE name = 'generation'").fetchone()
    except sqlite3.DatabaseError:
        connection.close()
        return None
    if row is None or row[0] != generation:
        connection.close()
        return None
    return connection


@contextmanager
def _plainly(place: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _trouble(place, str(error)) from error


def _trouble(place: Path, problem: str) -> SearchIndexError:
    return SearchIndexError(
        str(place), problem, "make room where the disk is full, else remove the folder: it is made anew"
    )


def is_there(folder: Path) -> bool:
    """Whether anybody ever asked for the queue."""
    return (folder / _FILE).exists()
