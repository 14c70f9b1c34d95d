"""Failed logins in the file, by hashes of names and addresses: a new start of the service forgives nobody."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from hashlib import sha256

from mingjian.core.access.waiting import Patience, failures_remembered, seconds_to_wait

_LONGEST_MEMORY = 7 * 86_400


def begin_attempt(connection: sqlite3.Connection, clients: Mapping[str, Patience], now: int) -> int:
    """Seconds that the attempt must wait, or 0: it is then counted as a failure, before anybody looks at the password.

    So attempts made at the same time are no way around the wait.
    """
    known = {client: _failures(connection, client, now) for client in clients}
    waits = [seconds_to_wait(*known[client], patience) for client, patience in clients.items()]
    if max(waits) > 0:
        return max(waits)
    for client, patience in clients.items():
        failures = failures_remembered(*known[client], patience) + 1
        connection.execute("INSERT OR REPLACE INTO attempts VALUES (?, ?, ?)", (_key(client), failures, now))
    connection.execute("DELETE FROM attempts WHERE last < ?", (now - _LONGEST_MEMORY,))
    return 0


def forgive(connection: sqlite3.Connection, client: str) -> None:
    """The failures of a client are forgotten."""
    connection.execute("DELETE FROM attempts WHERE client = ?", (_key(client),))


def take_back(connection: sqlite3.Connection, client: str) -> None:
    """One failure of a client was none; those before still count."""
    connection.execute("UPDATE attempts SET failures = failures - 1 WHERE client = ?", (_key(client),))


def _failures(connection: sqlite3.Connection, client: str, now: int) -> tuple[int, int]:
    """The failures, and the seconds since the last."""
    row = connection.execute("SELECT failures, last FROM attempts WHERE client = ?", (_key(client),)).fetchone()
    return (row[0], now - row[1]) if row else (0, 0)


def _key(client: str) -> bytes:
    return sha256(client.encode("utf-8", "surrogatepass")).digest()
