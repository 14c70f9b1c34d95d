"""Users, their sessions and their tokens, as people see them: nothing here is secret. Times are seconds since 1970."""

from __future__ import annotations

import msgspec

from mingjian.core.access.rights import Role, Scope


class User(msgspec.Struct, frozen=True):
    """Somebody with a name and a password, by a number that is never used again."""

    number: int
    name: str
    role: Role
    disabled: bool
    created: int


class Session(msgspec.Struct, frozen=True):
    """A browser in which a user has logged in; ``number`` names it, its id is known to the browser alone."""

    number: int
    user: User
    created: int
    seen: int
    address: str


class Token(msgspec.Struct, frozen=True):
    """What a program shows instead of a password; ``used`` and ``revoked`` are missing until it was."""

    number: int
    user: User
    name: str
    scopes: tuple[Scope, ...]
    created: int
    expires: int
    used: int | None = None
    revoked: int | None = None
