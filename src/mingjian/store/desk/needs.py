"""Needs that are kept, the log of what became of them, and which hits were seen.

A need is kept as it was asked. What people say of it, or of one of its hits, stands in a log: rows are added and
never changed: the last of a hit holds.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from mingjian.core.model.needs import KeptNeed, NeedEntry, Sought
from mingjian.errors import DamageError
from mingjian.store.desk.parts import Part
from mingjian.store.sqlite.sealing import sealed, unsealed

NEEDS = Part("needs", ((
    """CREATE TABLE need (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, who TEXT NOT NULL, at TEXT NOT NULL,
      content BLOB NOT NULL) STRICT""",
    # hit: a thing, empty where the need as a whole is meant
    """CREATE TABLE need_entry (
      number INTEGER PRIMARY KEY, need INTEGER NOT NULL REFERENCES need, hit TEXT NOT NULL, state TEXT NOT NULL,
      who TEXT NOT NULL, at TEXT NOT NULL, content BLOB NOT NULL) STRICT""",
    "CREATE INDEX need_entry_need ON need_entry (need)",
    """CREATE TABLE need_seen (
      need INTEGER NOT NULL REFERENCES need, thing TEXT NOT NULL, mentions BLOB NOT NULL, at TEXT NOT NULL,
      PRIMARY KEY (need, thing)) STRICT, WITHOUT ROWID""",
    # changes: counts whatever is said or seen, so that a state of this part has a name
    """CREATE TABLE need_looked (
      need INTEGER PRIMARY KEY REFERENCES need, at TEXT NOT NULL, times INTEGER NOT NULL) STRICT""",
    """CREATE TRIGGER need_stays BEFORE DELETE ON need
      BEGIN SELECT raise(ABORT, 'needs are closed, never deleted'); END""",
    """CREATE TRIGGER need_is_fixed BEFORE UPDATE ON need
      BEGIN SELECT raise(ABORT, 'needs are never changed'); END""",
    """CREATE TRIGGER need_entry_stays BEFORE DELETE ON need_entry
      BEGIN SELECT raise(ABORT, 'what was said of needs is never deleted'); END""",
    """CREATE TRIGGER need_entry_is_fixed BEFORE UPDATE ON need_entry
      BEGIN SELECT raise(ABORT, 'what was said of needs is never changed'); END""",
),))  # fmt: skip
"""The part of the desk that holds needs."""

_ID = 12
_ENTRIES = (
    "SELECT e.number, n.id, e.hit, e.state, e.who, e.at, e.content FROM need_entry e JOIN need n ON n.number = e.need"
)
_ENCODE = msgspec.json.Encoder().encode


class _Asked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a need asks."""

    name: str
    sought: Sought


class _Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The words of an entry."""

    contact: str = ""
    note: str = ""
    mentions: tuple[str, ...] = ()


_asked = msgspec.json.Decoder(_Asked).decode
_said = msgspec.json.Decoder(_Said).decode
_mentions = msgspec.json.Decoder(tuple[str, ...]).decode


def keep_need(connection: sqlite3.Connection, name: str, sought: Sought, who: str, at: str) -> KeptNeed:
    """The need with its number and id; the same need kept twice is two."""
    number = int(connection.execute("SELECT coalesce(max(number), 0) + 1 FROM need").fetchone()[0])
    content = _ENCODE(_Asked(name=name, sought=sought))
    (desk,) = connection.execute("SELECT value FROM about WHERE name = 'desk'").fetchone()
    named = hashlib.blake2b(f"{desk}\n{number}\n{at}\n".encode() + content, digest_size=_ID // 2).hexdigest()
    connection.execute("INSERT INTO need VALUES (?, ?, ?, ?, ?)", (number, named, who, at, sealed(content)))
    return KeptNeed(number=number, id=named, name=name, sought=sought, who=who, at=at)


def needs_kept(connection: sqlite3.Connection, beginning: str = "") -> Sequence[KeptNeed]:
    """The needs whose ids begin so, the newest first, each as far as it has come."""
    rows = connection.execute(
        """SELECT n.number, n.id, n.who, n.at, n.content, l.at FROM need n LEFT JOIN need_looked l ON l.need = n.number
        WHERE substr(n.id, 1, length(?1)) = ?1 ORDER BY n.number DESC""",
        (beginning,),
    ).fetchall()
    return [_need(connection, row) for row in rows]


def needs_counted(connection: sqlite3.Connection) -> int:
    """How many needs are kept."""
    (count,) = connection.execute("SELECT count(*) FROM need").fetchone()
    return int(count)


def add_entry(connection: sqlite3.Connection, number: int, entry: NeedEntry) -> NeedEntry:
    """The entry with its place in the log; whatever number it came with is not looked at."""
    place = int(connection.execute("SELECT coalesce(max(number), 0) + 1 FROM need_entry").fetchone()[0])
    content = _ENCODE(_Said(contact=entry.contact, note=entry.note, mentions=entry.mentions))
    row = (place, number, entry.hit, entry.state, entry.who, entry.at, sealed(content))
    connection.execute("INSERT INTO need_entry VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    return msgspec.structs.replace(entry, number=place)


def entries_of(connection: sqlite3.Connection, number: int) -> Sequence[NeedEntry]:
    """All that was said of a need and its hits, in the order of the log."""
    return list(_entries(connection, "WHERE e.need = ? ORDER BY e.number", number))


def hits_seen(connection: sqlite3.Connection, number: int) -> Mapping[str, tuple[str, ...]]:
    """The things that were seen as hits of a need, each with its mentions then."""
    rows = connection.execute("SELECT thing, mentions FROM need_seen WHERE need = ? ORDER BY thing", (number,))
    return {thing: _mentions(_opened(mentions, f"need {number}")) for thing, mentions in rows.fetchall()}


def mark_seen(connection: sqlite3.Connection, number: int, mentions: Mapping[str, Sequence[str]], at: str) -> None:
    """Keep that these things, with these mentions, were seen as hits of a need, beside those that were before."""
    rows = [(number, thing, sealed(_ENCODE(tuple(held))), at) for thing, held in sorted(mentions.items())]
    connection.executemany("INSERT OR REPLACE INTO need_seen VALUES (?, ?, ?, ?)", rows)
    connection.execute(
        "INSERT INTO need_looked VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET at = ?2, times = times + 1", (number, at)
    )


def needs_position(connection: sqlite3.Connection) -> str:
    """What names the state of this part: another one whenever anything was kept, said or seen."""
    row = connection.execute(
        """SELECT (SELECT count(*) FROM need), (SELECT count(*) FROM need_entry),
        (SELECT coalesce(sum(times), 0) FROM need_looked)"""
    ).fetchone()
    return "-".join(map(str, row))


def _need(connection: sqlite3.Connection, row: Sequence[Any]) -> KeptNeed:
    number, named, who, at, content, looked = row
    asked = _asked(_opened(content, f"need {number}"))
    need = KeptNeed(number=number, id=named, name=asked.name, sought=asked.sought, who=who, at=at, looked=looked)
    said = list(_entries(connection, "WHERE e.need = ? AND e.hit = '' ORDER BY e.number", number))
    if not said:
        return need
    contact = next((one.contact for one in reversed(said) if one.contact), "")
    return msgspec.structs.replace(need, state=said[-1].state, contact=contact, note=said[-1].note)


def _entries(connection: sqlite3.Connection, condition: str, *values: object) -> Iterator[NeedEntry]:
    for number, need, hit, state, who, at, content in connection.execute(f"{_ENTRIES} {condition}", values).fetchall():
        said = _said(_opened(content, f"entry {number} of needs"))
        yield NeedEntry(
            number=number, need=need, hit=hit, state=state, contact=said.contact, note=said.note, who=who, at=at,
            mentions=said.mentions,
        )  # fmt: skip


def _opened(kept: bytes, what: str) -> bytes:
    content = unsealed(kept)
    if content is None:
        raise DamageError("desk.db", f"{what} is damaged", "restore a backup of the desk")
    return content
