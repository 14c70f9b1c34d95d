"""Whether the books are sound: whether SQLite and this program can read all of them, and whether it fits together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from mingjian.store.books.connecting import FILE, POSITION, open_for_reading
from mingjian.store.books.packing import (
    NUMBER_OF,
    unpack_about,
    unpack_card,
    unpack_date,
    unpack_fact,
    unpack_filed,
    unpack_ref,
    unpack_slots,
    unpack_verdict,
)

SIGNS_OF_DAMAGE = (sqlite3.Error, msgspec.MsgspecError, LookupError, TypeError, ValueError, OverflowError)
"""What may be raised where damaged books are read: ``books_damage`` tells whether they are."""

_TOLD = 3
_LAST_KIND = len(NUMBER_OF) - 1
_UNFITTING = (
    ("mention WHERE page NOT IN (SELECT number FROM page)", "mentions of no page"),
    ("mention WHERE node NOT IN (SELECT number FROM node)", "mentions without a node"),
    ("mention WHERE source NOT IN (SELECT number FROM source)", "mentions without a source"),
    ("mention WHERE coalesce(thing, -1) NOT IN (SELECT number FROM thing)", "mentions of no thing"),
    ("mention WHERE kind NOT BETWEEN 0 AND ?1", "mentions of no kind"),
    ("node WHERE refs <> (SELECT count(*) FROM mention WHERE mention.node = node.number)", "nodes miscounted"),
    ("node WHERE coalesce(thing, -1) NOT IN (SELECT number FROM thing)", "nodes of no thing"),
    ("link WHERE first NOT IN (SELECT number FROM node)", "links of no node"),
    ("beside WHERE first NOT IN (SELECT number FROM node)", "neighbours of no node"),
    ("thing WHERE kind NOT BETWEEN 0 AND ?1", "things of no kind"),
    ("thing WHERE mentions <> (SELECT count(*) FROM mention WHERE mention.thing = thing.number)", "things miscounted"),
    ("tag WHERE thing NOT IN (SELECT number FROM thing)", "tags of no thing"),
    ("slot WHERE thing NOT IN (SELECT number FROM thing)", "slots of no thing"),
    ("named WHERE mention NOT IN (SELECT number FROM mention)", "names in no mention"),
)
"""What must be none, and what it is called."""

_PACKED: dict[str, Callable[..., object]] = {
    "SELECT card FROM page": unpack_card,
    "SELECT kind, content FROM mention": unpack_fact,
    "SELECT about FROM mention": unpack_about,
    "SELECT filed FROM thing WHERE filed <> x''": unpack_filed,
    "SELECT slots FROM thing": unpack_slots,
    "SELECT date FROM thing WHERE date IS NOT NULL": unpack_date,
    "SELECT verdict FROM link": unpack_verdict,
    "SELECT first FROM decided UNION ALL SELECT second FROM decided": unpack_ref,
}
"""What is kept packed, and by what it is read."""


def books_damage(folder: Path) -> list[str]:
    """A few of the things that are wrong with the books, which are read in full; nothing where there are none."""
    path = folder / FILE
    if not path.exists():
        return []
    try:
        connection = open_for_reading(folder)
        try:
            told = list(_told(connection))
        finally:
            connection.close()
    except (*SIGNS_OF_DAMAGE, OSError) as error:
        told = [f"it cannot be read ({error})"]
    return [f"{path}: {problem}" for problem in told]


def _told(connection: sqlite3.Connection) -> Iterator[str]:
    unsound = [str(line) for (line,) in connection.execute(f"PRAGMA integrity_check({_TOLD})") if line != "ok"]
    if unsound:
        yield from unsound
        return
    int(connection.execute("SELECT value FROM about WHERE name = ?", (POSITION,)).fetchone()[0])
    for unfitting, called in _UNFITTING:
        values = (_LAST_KIND,) if "?" in unfitting else ()
        count = connection.execute(f"SELECT count(*) FROM {unfitting}", values).fetchone()[0]  # noqa: S608
        if count:
            yield f"{count} {called}"
    for statement, unpack in _PACKED.items():
        for row in connection.execute(statement):
            unpack(*row)
