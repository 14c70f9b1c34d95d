"""Users in the file; each function works within the transaction that is open."""

from __future__ import annotations

import sqlite3

from mingjian.core.access.accounts import User
from mingjian.core.access.names import folded_name
from mingjian.core.access.rights import Role

USER_COLUMNS = "users.number, users.name, users.role, users.disabled, users.created"


def user_of(row: tuple[int, str, Role, int, int]) -> User:
    """The user in a row of ``USER_COLUMNS``."""
    number, name, role, disabled, created = row
    return User(number, name, role, bool(disabled), created)


def add_user(connection: sqlite3.Connection, name: str, role: Role, password: str, now: int) -> User | None:
    """The user who was added, with the hash of a password; nothing where somebody has the name, in whatever case."""
    try:
        cursor = connection.execute(
            "INSERT INTO users (name, folded, role, password, created) VALUES (?, ?, ?, ?, ?)",
            (name, folded_name(name), role, password, now),
        )
    except sqlite3.IntegrityError:
        return None
    return find_user(connection, cursor.lastrowid or 0)


def find_user(connection: sqlite3.Connection, number: int) -> User | None:
    """The user of a number."""
    found = connection.execute(f"SELECT {USER_COLUMNS} FROM users WHERE number = ?", (number,)).fetchone()  # noqa: S608
    return user_of(found) if found else None


def find_password(connection: sqlite3.Connection, name: str) -> tuple[User, str] | None:
    """The user of a name, in whatever case, and the hash of the password."""
    asked = f"SELECT {USER_COLUMNS}, password FROM users WHERE folded = ?"  # noqa: S608 - of our own names
    row = connection.execute(asked, (folded_name(name),)).fetchone()
    return (user_of(row[:-1]), row[-1]) if row else None


def all_users(connection: sqlite3.Connection) -> list[User]:
    """All users, by number."""
    return [user_of(row) for row in connection.execute(f"SELECT {USER_COLUMNS} FROM users ORDER BY number")]  # noqa: S608


def count_users(connection: sqlite3.Connection) -> int:
    """How many users there are, disabled ones too."""
    return int(connection.execute("SELECT count(*) FROM users").fetchone()[0])


def is_last_admin(connection: sqlite3.Connection, number: int) -> bool:
    """Whether nobody else is left who may log in as an admin."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM users WHERE role = 'admin' AND NOT disabled AND number <> ?) = 0"
        " AND EXISTS (SELECT 1 FROM users WHERE number = ? AND role = 'admin' AND NOT disabled)",
        (number, number),
    ).fetchone()
    return bool(row[0])


def set_role(connection: sqlite3.Connection, number: int, role: Role) -> None:
    """From now on the user has another role, in sessions and tokens too."""
    connection.execute("UPDATE users SET role = ? WHERE number = ?", (role, number))


def set_disabled(connection: sqlite3.Connection, number: int, *, disabled: bool) -> None:
    """From now on the user can, or cannot, log in; tokens of who cannot are refused."""
    connection.execute("UPDATE users SET disabled = ? WHERE number = ?", (int(disabled), number))


def set_password(connection: sqlite3.Connection, number: int, password: str) -> None:
    """From now on the hash of the user's password is this one."""
    connection.execute("UPDATE users SET password = ? WHERE number = ?", (password, number))
