"""The audit log in the file: lines are added within the transaction of what they tell, and held to their chain."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from mingjian.core.access.auditing import AuditLine, Deed, chain_problems, line_behind, shortened
from mingjian.store.access.database import statements

_COLUMNS = "number, at, who, via, address, action, subject, detail, hash"
_MEND = "compare with a backup; somebody who can write the file, and not the service, did this"


def add_line(connection: sqlite3.Connection, deed: Deed, now: int) -> AuditLine:
    """The line that was added for a deed, within the transaction that is open."""
    number, before = _head(connection)
    line = line_behind(number + 1, before, now, shortened(deed))
    deed_columns = (line.deed.who, line.deed.via, line.deed.address, line.deed.action, line.deed.subject)
    connection.execute(
        f"INSERT INTO audit ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - of our own names
        (line.number, line.at, *deed_columns, line.deed.detail, line.hash),
    )
    return line


def audit_lines(
    connection: sqlite3.Connection, most: int, *, before: int | None = None, action: str = "", who: str = ""
) -> list[AuditLine]:
    """The newest lines that were written before the line of a number, at most so many, newest first.

    ``action`` keeps those whose action begins so, ``who`` those of one name.
    """
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM audit WHERE number < ? AND (? = '' OR substr(action, 1, length(?)) = ?)"  # noqa: S608
        " AND (? = '' OR who = ?) ORDER BY number DESC LIMIT ?",
        (2**62 if before is None else before, action, action, action, who, who, most),
    )
    return [_line(row) for row in rows]


def check_audit(connection: sqlite3.Connection) -> Iterator[str]:
    """What shows that the log was tampered with, a line each with what to do."""
    found = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}
    lacking = [sql for sql in statements() if sql.startswith("CREATE TRIGGER") and sql not in found]
    if lacking:
        yield f"what keeps the audit log from being changed was taken out of the file; {_MEND}"
    rows = connection.execute(f"SELECT {_COLUMNS} FROM audit ORDER BY number")  # noqa: S608 - of our own names
    for problem in chain_problems(map(_line, rows), _head(connection)):
        yield f"{problem}; {_MEND}"


def hash_stands(connection: sqlite3.Connection, beginning: str) -> int | None:
    """The number of the line whose hash begins so, in hexadecimal: one noted elsewhere proves all before."""
    row = connection.execute(
        "SELECT number FROM audit WHERE substr(lower(hex(hash)), 1, length(?)) = lower(?)", (beginning, beginning)
    ).fetchone()
    return row[0] if row else None


def _head(connection: sqlite3.Connection) -> tuple[int, bytes]:
    row = connection.execute("SELECT number, hash FROM audit_head").fetchone()
    return (int(row[0]), bytes(row[1])) if row else (-1, b"")


def _line(row: tuple[int, int, str, str, str, str, str, str, bytes]) -> AuditLine:
    number, at, *deed, told = row
    return AuditLine(number, at, Deed(*deed), bytes(told))
