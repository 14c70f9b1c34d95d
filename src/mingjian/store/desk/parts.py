"""The parts of the desk: each has tables of its own, and a version of its own.

To add one, write a module that makes its ``Part`` beside the functions that read and write it, and list it in
``file.PARTS``. To change one, add a step: what a version did is never edited.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec

from mingjian.errors import StoreError, VersionError

APPLICATION_ID = 0x4D4A444B  # "MJDK"
_PARTS = "CREATE TABLE IF NOT EXISTS part (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID"


class Part(msgspec.Struct, frozen=True):
    """One part: for each version the statements that lead to it from the one before."""

    name: str
    steps: tuple[tuple[str, ...], ...]


def versions_of(connection: sqlite3.Connection, place: Path) -> dict[str, int]:
    """The version of each part in the file, nothing in an empty one; raises ``StoreError`` for another program's."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID:
        if tables or application:
            raise StoreError(str(place), "this is another program's database", "move it out of the workspace")
        return {}
    return dict(connection.execute("SELECT name, version FROM part").fetchall())


def is_newest(connection: sqlite3.Connection, place: Path, parts: tuple[Part, ...]) -> bool:
    """Whether the file has all parts as this program knows them; raises ``VersionError`` where it has newer ones."""
    found = versions_of(connection, place)
    for part in parts:
        if found.get(part.name, 0) > len(part.steps):
            problem = f"its {part.name} were kept by a newer version of Mingjian"
            raise VersionError(str(place), problem, "use that version; nothing was changed")
    return all(found.get(part.name, 0) == len(part.steps) for part in parts)


def bring_up_to_date(connection: sqlite3.Connection, place: Path, parts: tuple[Part, ...]) -> None:
    """Makes the file, or adds to it what this program knows more: in one transaction, or nothing was touched.

    The connection is in a transaction that writes already.
    """
    if is_newest(connection, place, parts):
        return
    found = versions_of(connection, place)
    connection.execute(_PARTS)
    for part in parts:
        for statements in part.steps[found.get(part.name, 0) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute("INSERT OR REPLACE INTO part VALUES (?, ?)", (part.name, len(part.steps)))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
