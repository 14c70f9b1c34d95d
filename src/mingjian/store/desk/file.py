"""The file of the desk: made when somebody first says something, and opened for as long as a question takes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mingjian.errors import StoreError
from mingjian.store.desk.needs import NEEDS
from mingjian.store.desk.parts import Part, bring_up_to_date, is_newest
from mingjian.store.desk.reviews import REVIEWS
from mingjian.store.kept import write_refused
from mingjian.store.sqlite.connecting import connect_for_reading, connect_for_writing, log_ahead, plainly

DESK = "desk.db"
PARTS: tuple[Part, ...] = (REVIEWS, NEEDS)
_IDLE = 8  # connections that are kept open


class DeskFile:
    """The desk in the folder of a workspace; any threads and processes may read and write at the same time.

    Writers wait for one another for some seconds. Where there is no file, readers find an empty desk.
    """

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        self.path = folder / DESK
        self._writes = write
        self._owner = os.getpid()
        self._idle: list[sqlite3.Connection] = []

    def is_there(self) -> bool:
        """Whether anybody ever said anything."""
        return self.path.exists()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One state of the desk, the same until the end of the block; every value in it was acknowledged."""
        with plainly(self.path):
            connection = self._taken()
            try:
                connection.execute("BEGIN")
                yield connection
                connection.execute("ROLLBACK")
            except BaseException:
                connection.close()
                raise
            self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: on the disk when the block has ended, undone where it raises.

        Raises ``StoreError`` where the desk was opened for reading alone, ``BusyError`` where others write for long.
        """
        if not self._writes:
            raise write_refused(str(self.path))
        with plainly(self.path):
            connection = connect_for_writing(self.path)
            try:
                log_ahead(connection)
                connection.execute("BEGIN IMMEDIATE")
                bring_up_to_date(connection, self.path, PARTS)
                yield connection
                connection.execute("COMMIT")
            finally:
                connection.close()  # which undoes what is not committed

    def settle(self) -> None:
        """Move all that was written into the one file, and empty the log beside it, unless others still read it."""
        with plainly(self.path):
            connection = connect_for_writing(self.path)
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def check(self, *, thoroughly: bool = False) -> Iterator[str]:
        """What is wrong with the file, a line each."""
        if not self.is_there():
            return
        try:
            with self.reading() as connection:
                pragma = "integrity_check" if thoroughly else "quick_check"
                for (line,) in connection.execute(f"PRAGMA {pragma}").fetchall():
                    if line != "ok":
                        yield f"{self.path}: the desk is damaged: {line}; restore a backup"
                for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
                    yield f"{self.path}: row {row} of {table} lacks its {parent}; restore a backup"
        except StoreError as error:
            yield str(error)

    def close(self) -> None:
        """Close all connections."""
        while self._idle and self._owner == os.getpid():
            self._idle.pop().close()

    def _taken(self) -> sqlite3.Connection:
        if self._owner != os.getpid():  # a connection must not be used behind a fork
            self._idle, self._owner = [], os.getpid()
        with suppress(IndexError):
            connection = self._idle.pop()
            if not _is_gone(connection, self.path):
                return connection
            connection.close()
        return self._opened()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if len(self._idle) < _IDLE:
            self._idle.append(connection)
        else:
            connection.close()

    def _opened(self) -> sqlite3.Connection:
        if not self.is_there():
            return _empty(self.path)
        connection = connect_for_reading(self.path)
        try:
            if is_newest(connection, self.path, PARTS):
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()
        return self._brought_up_to_date()

    def _brought_up_to_date(self) -> sqlite3.Connection:
        """A connection to a file that an older program made, or that somebody began to make.

        Where it cannot be brought up to date, as on a full disk, a copy in memory is: reading goes on.
        """
        if self._writes:
            with suppress(StoreError):
                with self.writing():
                    pass
                return connect_for_reading(self.path)
        copy = _empty(self.path, bare=True)
        with connect_for_reading(self.path) as old:
            old.backup(copy)
        old.close()
        copy.execute("BEGIN IMMEDIATE")
        bring_up_to_date(copy, self.path, PARTS)
        copy.execute("COMMIT")
        return copy


def _empty(place: Path, *, bare: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    if not bare:
        connection.execute("BEGIN IMMEDIATE")
        bring_up_to_date(connection, place, PARTS)
        connection.execute("COMMIT")
    return connection


def _is_gone(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the connection is to an empty desk while there is one by now, or the other way round."""
    (_, _, file) = connection.execute("PRAGMA database_list").fetchone()
    return bool(file) != path.exists()
