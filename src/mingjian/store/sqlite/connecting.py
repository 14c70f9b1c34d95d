"""Connections to the file of a workspace, and what goes wrong with them, said in plain words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from mingjian.errors import BusyError, DamageError, FullError, StoreError
from mingjian.store.kept import MEND_STORE

APPLICATION_ID = 0x4D4A4442  # "MJDB"
PAGE_SIZE = 4_096
OLDEST_SQLITE = (3, 37, 0)  # the first with STRICT tables
_CACHE_KIB = 65_536  # of the writer: ids and hashes fall anywhere into their indexes
_PATIENCE = 30.0
_PAUSE = 0.02
_PRIMARY = 0xFF
_TEXT = partial(str, encoding="utf-8", errors="replace")  # damaged words are told by their hashes


def connect_for_writing(path: Path) -> sqlite3.Connection:
    """A connection that may write: a commit is on the disk when it returns, and what is deleted is overwritten."""
    connection = _connect(f"{path.absolute().as_uri()}?mode=rwc", path)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")  # on macOS nothing less reaches the disk; elsewhere it says nothing
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA journal_size_limit = 16777216")
    return connection


def set_modes(connection: sqlite3.Connection) -> None:
    """Sets what stands in the file itself: so only once it is known to be ours."""
    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    log_ahead(connection)


def log_ahead(connection: sqlite3.Connection) -> None:
    """Keep a log that readers need not wait for; where another opens the file just now, that is waited for.

    SQLite itself does not: it says at once that the file is locked.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def connect_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot write; on a medium where nothing can be written, one that asks for no lock."""
    address = path.absolute().as_uri()
    connection = _connect(f"{address}?mode=ro", path)
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if _has_log(path):
            raise
        connection = _connect(f"{address}?mode=ro&immutable=1", path)
    return connection


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _connect(address: str, path: Path) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        problem = f"this Python has SQLite {sqlite3.sqlite_version}, which is older than 3.37"
        raise StoreError(str(path), problem, "use a newer Python")
    connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    connection.text_factory = _TEXT
    return connection


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Within the block what SQLite says becomes a ``StoreError``: what it means, and what to do.

    So does what is kept without a checksum and cannot be decoded: what links, counts and differences are made of.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _plain(error, str(path)) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        mend = f"run `mingjian reindex`, else {MEND_STORE}"
        raise DamageError(str(path), f"it is damaged ({error})", mend) from error
    except OverflowError:
        raise StoreError(str(path), "nothing has so large a number", "give one that a command has shown") from None


def _plain(error: sqlite3.Error, place: str) -> StoreError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
    kind, problem, mend = _MEANINGS.get(code, _UNKNOWN)
    return kind(place, problem.format(error), mend)


_READ_ONLY = (StoreError, "it cannot be written", "copy the folder to where you may write")
_BUSY = (BusyError, "another program holds it", "wait until that is done, then try again")
_DAMAGED = (DamageError, "it is damaged, or no workspace ({})", MEND_STORE)
_UNKNOWN = (StoreError, "the database says: {}", "please report it with what you did")
_MEANINGS: Mapping[int, tuple[type[StoreError], str, str]] = {
    sqlite3.SQLITE_FULL: (FullError, "the disk is full", "make room and try again; all that was acknowledged is kept"),
    sqlite3.SQLITE_IOERR: (
        StoreError,
        "the disk fails ({})",
        "look whether it is full or broken; all that was acknowledged is kept",
    ),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: (
        StoreError,
        "it cannot be opened",
        "look whether it is there and may be used; behind a writer that was killed, reading needs to write too",
    ),
}
