"""The code that makes the first admin, kept as a hash: it is used once, and only while there is no user."""

from __future__ import annotations

import sqlite3
from hmac import compare_digest

from mingjian.store.access.sessions import secret_hash


def set_code(connection: sqlite3.Connection, code: str, expires: int) -> None:
    """From now on this code is the one, until it expires; one before it is worth nothing more."""
    connection.execute("INSERT OR REPLACE INTO setup VALUES (1, ?, ?)", (secret_hash(code), expires))


def code_is(connection: sqlite3.Connection, code: str, now: int) -> bool:
    """Whether the code is the one that stands."""
    row = connection.execute("SELECT sha256, expires FROM setup").fetchone()
    return row is not None and compare_digest(row[0], secret_hash(code)) and now < row[1]


def drop_code(connection: sqlite3.Connection) -> None:
    """No code stands."""
    connection.execute("DELETE FROM setup")
