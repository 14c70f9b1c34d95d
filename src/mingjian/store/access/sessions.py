"""Sessions in the file, known by the sha256 of an id that only the browser has."""

from __future__ import annotations

import sqlite3
from hashlib import sha256

from mingjian.core.access.accounts import Session
from mingjian.core.access.lifetimes import Lifetimes, session_stands
from mingjian.store.access.users import USER_COLUMNS, user_of

MOST_SESSIONS = 50
"""Of one user."""
_COLUMNS = f"sessions.number, sessions.created, sessions.seen, sessions.address, {USER_COLUMNS}"
_JOINED = f"SELECT {_COLUMNS} FROM sessions JOIN users ON users.number = sessions.user"  # noqa: S608 - of our own names


def secret_hash(secret: str) -> bytes:
    """What is kept of a secret of 256 random bits: so many that a plain hash is enough."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def add_session(connection: sqlite3.Connection, secret: str, user: int, address: str, now: int) -> None:
    """From now on who shows the secret is the user; of very many sessions of theirs the oldest ends."""
    connection.execute(
        "DELETE FROM sessions WHERE number IN"
        " (SELECT number FROM sessions WHERE user = ? ORDER BY number DESC LIMIT -1 OFFSET ?)",
        (user, MOST_SESSIONS - 1),
    )
    connection.execute(
        "INSERT INTO sessions (sha256, user, created, seen, address) VALUES (?, ?, ?, ?, ?)",
        (secret_hash(secret), user, now, now, address),
    )


def find_session(connection: sqlite3.Connection, secret: str, now: int, lifetimes: Lifetimes) -> Session | None:
    """The session of a secret, where it stands and its user may log in."""
    row = connection.execute(f"{_JOINED} WHERE sessions.sha256 = ?", (secret_hash(secret),)).fetchone()
    session = _session(row) if row else None
    if session is None or session.user.disabled:
        return None
    return session if session_stands(session.created, session.seen, now, lifetimes) else None


def sessions_of(connection: sqlite3.Connection, user: int, now: int, lifetimes: Lifetimes) -> list[Session]:
    """The sessions of a user that stand, the newest first."""
    rows = connection.execute(f"{_JOINED} WHERE sessions.user = ? ORDER BY sessions.number DESC", (user,))
    found = map(_session, rows)
    return [session for session in found if session_stands(session.created, session.seen, now, lifetimes)]


def mark_seen(connection: sqlite3.Connection, number: int, now: int) -> None:
    """The session was used just now."""
    connection.execute("UPDATE sessions SET seen = max(seen, ?) WHERE number = ?", (now, number))


def end_session(connection: sqlite3.Connection, number: int) -> None:
    """The session is no more."""
    connection.execute("DELETE FROM sessions WHERE number = ?", (number,))


def end_sessions(connection: sqlite3.Connection, user: int) -> int:
    """How many sessions the user had: they are no more."""
    return connection.execute("DELETE FROM sessions WHERE user = ?", (user,)).rowcount


def forget_ended(connection: sqlite3.Connection, now: int, lifetimes: Lifetimes) -> None:
    """Sessions that ended by themselves are taken out of the file."""
    connection.execute(
        "DELETE FROM sessions WHERE created <= ? OR seen <= ?", (now - lifetimes.absolute, now - lifetimes.idle)
    )


def _session(row: tuple[object, ...]) -> Session:
    number, created, seen, address, *user = row
    return Session(number, user_of(tuple(user)), created, seen, address)  # type: ignore[arg-type]
