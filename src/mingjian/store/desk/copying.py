"""The desk taken along: within the file of a backup, out of it again, and what can be read of a damaged one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from mingjian.errors import DamageError
from mingjian.store.desk.file import DESK, DeskFile
from mingjian.store.sqlite.connecting import connect_for_reading, connect_for_writing, plainly

_BESIDE = "CREATE TABLE beside (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID"
_OF_THE_FILE = ("part", "about")  # tables that every desk has, whoever said what


def put_beside(folder: Path, backup: Path) -> None:
    """Put the desk of a workspace, as it is now, into the file of a backup; nothing where there is none.

    Raises ``DamageError`` where the desk is not sound.
    """
    file = DeskFile(folder)
    if not file.is_there():
        return
    _must_be_sound(file)
    copy = backup.with_name(f"{backup.name}.desk")
    try:
        with plainly(file.path), closing(sqlite3.connect(copy)) as connection, file.reading() as desk:
            desk.backup(connection)
            connection.execute("PRAGMA journal_mode = DELETE")
        content = copy.read_bytes()
    finally:
        file.close()
        for beside in ("", "-journal", "-wal", "-shm"):
            copy.with_name(f"{copy.name}{beside}").unlink(missing_ok=True)
    with plainly(backup), closing(sqlite3.connect(backup, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute(_BESIDE)
        connection.execute("INSERT INTO beside VALUES (?, ?)", (DESK, content))
        connection.execute("COMMIT")


def take_out(database: Path, folder: Path) -> None:
    """Take the desk out of the file that a backup was copied to, and put it into the folder, checked."""
    with plainly(database), closing(sqlite3.connect(database, isolation_level=None)) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'beside'").fetchone()
        if known is None:
            return
        row = connection.execute("SELECT content FROM beside WHERE name = ?", (DESK,)).fetchone()
        connection.execute("DROP TABLE beside")
    if row is not None:
        (folder / DESK).write_bytes(row[0])
        file = DeskFile(folder)
        try:
            _must_be_sound(file)
        finally:
            file.close()


def salvage_desk(folder: Path, to: Path) -> Iterator[str]:
    """Carries over what can be read of the desk, and says of the rest, a line each, what is lost."""
    old, new = DeskFile(folder), DeskFile(to, write=True)
    if not old.is_there():
        return
    with new.writing() as connection:  # which makes its tables
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    try:
        with (
            plainly(old.path),
            closing(connect_for_reading(old.path)) as source,
            closing(connect_for_writing(new.path)) as target,
        ):
            target.execute("PRAGMA foreign_keys = OFF")  # what one answers may be lost
            target.execute("BEGIN IMMEDIATE")
            for table in tables:
                if table not in _OF_THE_FILE:
                    yield from _carry_rows(source, target, table)
            target.execute("COMMIT")
    except DamageError as error:
        yield f"what people said in the workbench is lost: {error.problem}"


def _carry_rows(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> Iterator[str]:
    count = 0
    try:
        for row in source.execute(f"SELECT * FROM {table}"):  # noqa: S608 - the name of a table of our own
            target.execute(f"INSERT OR IGNORE INTO {table} VALUES ({','.join('?' * len(row))})", row)  # noqa: S608
            count += 1
    except sqlite3.DatabaseError as error:
        yield f"of the {table} rows of the desk those behind the first {count} are lost ({error})"


def _must_be_sound(file: DeskFile) -> None:
    for problem in file.check(thoroughly=True):
        what, _, mend = problem.rpartition("; ")
        raise DamageError(str(file.path), what, mend)
