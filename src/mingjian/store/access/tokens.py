"""Tokens of programs in the file, known by their sha256."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from mingjian.core.access.accounts import Token
from mingjian.core.access.lifetimes import token_stands
from mingjian.core.access.rights import SCOPES, Scope
from mingjian.store.access.sessions import secret_hash
from mingjian.store.access.users import USER_COLUMNS, user_of

_COLUMNS = (
    "tokens.number, tokens.name, tokens.scopes, tokens.created, tokens.expires, tokens.used, tokens.revoked,"
    f" {USER_COLUMNS}"
)
_JOINED = f"SELECT {_COLUMNS} FROM tokens JOIN users ON users.number = tokens.user"  # noqa: S608 - of our own names


def add_token(connection: sqlite3.Connection, secret: str, token: Token) -> Token:
    """The token as it was added, with a number of its own; who shows the secret may what its scopes say."""
    cursor = connection.execute(
        "INSERT INTO tokens (sha256, user, name, scopes, created, expires) VALUES (?, ?, ?, ?, ?, ?)",
        (secret_hash(secret), token.user.number, token.name, " ".join(token.scopes), token.created, token.expires),
    )
    found = find_token(connection, cursor.lastrowid or 0)
    assert found is not None  # noqa: S101 - it was added in this transaction
    return found


def find_token_by_secret(connection: sqlite3.Connection, secret: str, now: int) -> Token | None:
    """The token of a secret, where it stands and its user may log in."""
    row = connection.execute(f"{_JOINED} WHERE tokens.sha256 = ?", (secret_hash(secret),)).fetchone()
    token = _token(row) if row else None
    if token is None or token.user.disabled:
        return None
    return token if token_stands(token.expires, now, revoked=token.revoked is not None) else None


def find_token(connection: sqlite3.Connection, number: int) -> Token | None:
    """The token of a number, whether it stands or not."""
    row = connection.execute(f"{_JOINED} WHERE tokens.number = ?", (number,)).fetchone()
    return _token(row) if row else None


def tokens_of(connection: sqlite3.Connection, user: int | None) -> list[Token]:
    """The tokens of a user, or of all, the newest first; revoked and expired ones too."""
    rows = connection.execute(f"{_JOINED} WHERE ? IS NULL OR tokens.user = ? ORDER BY tokens.number DESC", (user, user))
    return [_token(row) for row in rows]


def mark_used(connection: sqlite3.Connection, number: int, now: int) -> None:
    """The token was used just now."""
    connection.execute("UPDATE tokens SET used = max(coalesce(used, 0), ?) WHERE number = ?", (now, number))


def count_standing(connection: sqlite3.Connection, user: int, now: int) -> int:
    """How many tokens of the user neither are revoked nor have expired."""
    asked = "SELECT count(*) FROM tokens WHERE user = ? AND revoked IS NULL AND expires > ?"
    return int(connection.execute(asked, (user, now)).fetchone()[0])


def revoke_token(connection: sqlite3.Connection, number: int, now: int) -> bool:
    """Whether the token stood until now; it does no more."""
    return (
        connection.execute("UPDATE tokens SET revoked = ? WHERE number = ? AND revoked IS NULL", (now, number)).rowcount
        == 1
    )


def revoke_tokens(connection: sqlite3.Connection, user: int, now: int) -> int:
    """How many tokens of the user were revoked."""
    revoked = "UPDATE tokens SET revoked = ? WHERE user = ? AND revoked IS NULL"
    return connection.execute(revoked, (now, user)).rowcount


def _token(row: Sequence[object]) -> Token:
    number, name, scopes, created, expires, used, revoked, *user = row
    granted: tuple[Scope, ...] = tuple(scope for scope in SCOPES if scope in str(scopes).split())
    return Token(number, user_of(tuple(user)), name, granted, created, expires, used, revoked)  # type: ignore[arg-type]
