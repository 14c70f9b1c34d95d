"""The truth of a workspace in one SQLite file."""

from __future__ import annotations

import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mingjian.errors import BusyError, DamageError, StoreError
from mingjian.store.kept import write_refused
from mingjian.store.lock import WriterLock
from mingjian.store.sqlite.checking import check_file
from mingjian.store.sqlite.connecting import connect_for_reading, connect_for_writing, plainly
from mingjian.store.sqlite.reader import Revise, SqliteReader, packer_of
from mingjian.store.sqlite.versions import bring_up_to_date, must_be_newest
from mingjian.store.sqlite.writer import SqliteWriter

HISTORY = "history"
"""The mark that names the journal: positions of two workspaces can be compared only where it is the same."""


class SqliteStore:
    """Opened for reading, or with the writer's lock for writing. Any threads may read; a child of a fork must not.

    Readers keep their connections for the next block, so that beginning one costs microseconds. ``revise`` says what
    people are told in place of a record: whoever opens the store sets it.
    """

    def __init__(self, path: Path, lock: WriterLock | None = None) -> None:
        """The file is made where it is not there, and brought up to date, where a lock is given."""
        self.path = path
        self._lock = lock
        self.revise: Revise | None = None
        self._owner = os.getpid()
        self._transaction = threading.Lock()
        self._idle: list[SqliteReader] = []
        self._writing: sqlite3.Connection | None = None
        with plainly(path):
            if lock is None:
                self._idle.append(self._open())
            else:
                self._open_for_writing()

    @contextmanager
    def reading(self) -> Iterator[SqliteReader]:
        """The state of the last transaction that ended, in this process or another."""
        self._must_be_owner()
        with plainly(self.path):
            reader = self._idle_one() or self._open()
            reader.revise = self.revise
            try:
                with reader.state():
                    yield reader
            except BaseException:
                reader.close()
                raise
            self._idle.append(reader)

    @contextmanager
    def writing(self) -> Iterator[SqliteWriter]:
        """A transaction: on the disk when the block has ended, undone where it raises."""
        self._must_be_owner()
        if self._writing is None:
            raise write_refused(str(self.path))
        if not self._transaction.acquire(blocking=False):
            raise BusyError(str(self.path), "a transaction is open already", "end it first")
        try:
            with plainly(self.path), _transaction(self._writing):
                writer = SqliteWriter(self._writing, self.path, self._packer)
                writer.revise = self.revise
                yield writer
            if writer.erased:
                self.settle()
        finally:
            self._transaction.release()

    def check(self, *, thoroughly: bool = False) -> Iterator[str]:
        """What is wrong with it, a line each; what cannot be read at all is the last."""
        try:
            with self.reading() as reader:
                yield from check_file(reader, thoroughly=thoroughly)
        except DamageError as error:
            yield str(error)

    def settle(self) -> bool:
        """Move all that was written into the one file, and empty the log beside it; false while others still read it.

        Erased words are gone once this is done: it is tried behind each erasing, and when the store is closed.
        """
        if self._writing is None:
            return False
        with plainly(self.path):
            busy, _, _ = self._writing.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def close(self) -> None:
        """Close the file; what was written stands in it alone, unless others still read."""
        if self._owner != os.getpid():
            return
        while self._idle:
            self._idle.pop().close()
        if self._writing is not None:
            with suppress(StoreError):  # a full disk: what is in the log stays there
                self.settle()
            self._writing.close()
            self._writing = None
        if self._lock is not None:
            self._lock.release()

    def _idle_one(self) -> SqliteReader | None:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _open(self) -> SqliteReader:
        connection = connect_for_reading(self.path)
        try:
            must_be_newest(connection, self.path)
            return SqliteReader(connection, self.path, packer_of(connection, self.path))
        except BaseException:
            connection.close()
            raise

    def _open_for_writing(self) -> None:
        connection = connect_for_writing(self.path)
        try:
            bring_up_to_date(connection, self.path)
            self._packer = packer_of(connection, self.path)
            _name_history(connection)
        except BaseException:
            connection.close()
            raise
        self._writing = connection

    def _must_be_owner(self) -> None:
        if self._owner != os.getpid():
            problem = "it was opened before this process was forked"
            raise StoreError(str(self.path), problem, "open it in the process that uses it")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _name_history(connection: sqlite3.Connection) -> None:
    """Gives a workspace its name where it has none: an index that followed another one must begin anew."""
    if connection.execute("SELECT 1 FROM mark WHERE name = ?", (HISTORY,)).fetchone() is None:
        connection.execute("INSERT OR IGNORE INTO mark VALUES (?, ?)", (HISTORY, secrets.token_hex(16)))
