"""The file ``access.db`` of a workspace: made when it is first needed, readable by its owner alone."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

from mingjian.errors import StoreError, VersionError
from mingjian.store.files import disk_plainly
from mingjian.store.sqlite.connecting import connect_for_reading, connect_for_writing, log_ahead, plainly

ACCESS_DATABASE = "access.db"
APPLICATION_ID = 0x4D4A4143  # "MJAC"
NEWEST = 1
_PATIENCE = 5_000  # milliseconds: transactions here take a few
OWNER_ALONE = 0o600


class AccessDatabase:
    """Connections to the file: one that reads and, unless it is opened only for reading, one that writes.

    Threads and processes may share it: each transaction is short, and waits for the one before. A transaction that was
    committed is on the disk; of one that was killed nothing stays.
    """

    def __init__(self, folder: Path, *, write: bool = True) -> None:
        """Opens the file in the folder of a workspace; raises ``StoreError`` where that cannot be."""
        self.path = folder / ACCESS_DATABASE
        self._reading = threading.Lock()
        self._writing = threading.RLock()
        self._writer: sqlite3.Connection | None = None
        with plainly(self.path):
            if write:
                _touch(self.path)
                self._writer = _open_for_writing(self.path)
            elif not self.path.exists():
                mend = "add a user first: `mingjian users add NAME --role admin`"
                raise StoreError(str(self.path), "there is none, so nobody can be known", mend)
            self._reader = connect_for_reading(self.path)
            _must_be_known(self._reader, self.path)

    @property
    def writes(self) -> bool:
        """Whether it was opened for writing."""
        return self._writer is not None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees what was committed last, for a question or two."""
        with self._reading, plainly(self.path):
            yield self._reader

    @contextmanager
    def reading_long(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own, for questions that take long: others do not wait for it."""
        with plainly(self.path), closing(connect_for_reading(self.path)) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: committed at the end of the block, and nothing of it is kept where the block raises.

        Raises ``StoreError`` where the file was opened for reading alone, ``BusyError`` where others hold it too long.
        """
        if self._writer is None:
            mend = "ask the service that may write, or start this one without --read-only"
            raise StoreError(str(self.path), "it is open for reading alone", mend)
        with self._writing, plainly(self.path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")  # a full disk may show only here
            finally:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")

    def close(self) -> None:
        """Lets go of the file."""
        with self._writing, self._reading:
            self._reader.close()
            if self._writer is not None:
                self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()


def _touch(path: Path) -> None:
    """Makes the file, for its owner alone before anything stands in it: SQLite gives its log the same mode."""
    with disk_plainly(path):
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ALONE))
        except FileExistsError:
            if path.stat().st_mode & 0o077:
                path.chmod(OWNER_ALONE)


def _open_for_writing(path: Path) -> sqlite3.Connection:
    connection = connect_for_writing(path)
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
    connection.execute("PRAGMA cache_size = -2048")
    log_ahead(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _is_empty(connection):
            _make(connection)
        _must_be_known(connection, path)
    except BaseException:
        connection.execute("ROLLBACK")
        connection.close()
        raise
    connection.execute("COMMIT")
    return connection


def _is_empty(connection: sqlite3.Connection) -> bool:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return not tables


def _make(connection: sqlite3.Connection) -> None:
    """Within the transaction that is open, so that the schema is there whole or not at all."""
    for statement in statements():
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {NEWEST}")


def statements() -> Iterator[str]:
    """The statements of the schema, each whole."""
    part = ""
    for line in (files(__package__) / "schema.sql").read_text(encoding="utf-8").splitlines(keepends=True):
        part += line
        if part.strip() and sqlite3.complete_statement(part):
            yield part.strip().removesuffix(";")
            part = ""


def _must_be_known(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        mend = "put it aside; a new one is made, and `mingjian users add` adds the first user"
        raise StoreError(str(path), "this is no file of users, or was left half made", mend)
    if version != NEWEST:
        raise VersionError(str(path), f"its format {version} is not {NEWEST}", "use the Mingjian that made it")
