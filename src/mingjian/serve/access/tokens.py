"""Tokens of programs: shown once when they are made, and kept as hashes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from mingjian.core.access.accounts import Token, User
from mingjian.core.access.lifetimes import DAY
from mingjian.core.access.names import label_flaw, normal_name
from mingjian.core.access.rights import scopes_of, scopes_of_token
from mingjian.errors import AccessError
from mingjian.serve.access.asking import Asker
from mingjian.serve.access.service import Access
from mingjian.store.access import tokens as kept_tokens
from mingjian.store.access.audit import add_line

PREFIX = "mj_"
SHAPE = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")
DAYS = 90
MOST_TOKENS = 100
"""That stand, of one user."""


def make_token(
    access: Access, asker: Asker, user: User, name: str, scopes: Sequence[str], days: int = DAYS
) -> tuple[str, Token]:
    """The secret, which is told this once, and the token of a user; raises ``AccessError`` where that cannot be."""
    normal = normal_name(name)
    if flaw := label_flaw(normal):
        raise AccessError("name of the token", flaw.told, "call it after the program that will use it", key=flaw.key)
    granted = scopes_of_token(scopes, user.role)
    if not scopes or not set(scopes) <= set(granted):
        mend = f"ask for some of {', '.join(scopes_of(user.role))}"
        raise AccessError(
            "scopes", f"{user.name} cannot give a token {', '.join(scopes) or 'without any'}", mend, key="scopes"
        )
    longest = access.settings.lifetimes.longest_token // DAY
    if not 1 <= days <= longest:
        raise AccessError("days", f"{days} is not from 1 to {longest}", "make a new token in time", key="days")
    secret, now = f"{PREFIX}{secrets.token_urlsafe(32)}", access.now()
    with access.database.writing() as connection:
        if kept_tokens.count_standing(connection, user.number, now) >= MOST_TOKENS:
            problem = f"{user.name} has {MOST_TOKENS} that stand already"
            raise AccessError("token", problem, "revoke those that nobody needs", status=409, key="tokens")
        token = kept_tokens.add_token(connection, secret, Token(0, user, normal, granted, now, now + days * DAY))
        told = f"{user.name}: {normal}, {' '.join(granted)}, {days} days"
        add_line(connection, asker.deed("token.add", f"token {token.number}", told), now)
    return secret, token


def list_tokens(access: Access, user: int | None) -> list[Token]:
    """The tokens of a user, or of all, the newest first; revoked and expired ones too."""
    with access.database.reading() as connection:
        return kept_tokens.tokens_of(connection, user)


def revoke_token(access: Access, asker: Asker, number: int) -> Token:
    """The token, which is worth nothing from now on; 404 also for that of another user, unless an admin asks."""
    with access.database.writing() as connection:
        token = kept_tokens.find_token(connection, number)
        if token is None or not (token.user.number == asker.number or asker.may("admin")):
            raise AccessError(
                "token", "there is none of this number", "look at your list of tokens", status=404, key="no_token"
            )
        if kept_tokens.revoke_token(connection, number, access.now()):
            told = f"{token.user.name}: {token.name}"
            add_line(connection, asker.deed("token.revoke", f"token {number}", told), access.now())
        found = kept_tokens.find_token(connection, number)
    return token if found is None else found
