"""Who asks: what every handler may know of the one behind a request, and never more."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec
from litestar.connection import ASGIConnection

from mingjian.core.access.accounts import Session, Token
from mingjian.core.access.auditing import Deed
from mingjian.core.access.rights import Right, Role, may, scopes_of, scopes_of_token

Via: TypeAlias = Literal["session", "token", "nobody", "terminal"]
Connection: TypeAlias = ASGIConnection[Any, Any, Any, Any]


class Asker(msgspec.Struct, frozen=True):
    """Somebody who asks. Without a login the name is empty, and ``number`` and ``role`` are missing.

    ``key`` is the number of the session or token by which they are known.
    """

    name: str = ""
    number: int | None = None
    role: Role | None = None
    rights: frozenset[str] = frozenset()
    via: Via = "nobody"
    address: str = ""
    key: int | None = None

    def may(self, right: Right) -> bool:
        """Whether they may use a route that asks for the right."""
        return may(right, self.rights)

    def deed(self, action: str, subject: str = "", detail: str = "") -> Deed:
        """What they did, for the audit log."""
        return Deed(self.name, self.via, self.address, action, subject, detail)


def asker_with_session(session: Session, address: str) -> Asker:
    """The user of a session, who may also change what is their own."""
    user = session.user
    rights = frozenset(("account", *scopes_of(user.role)))
    return Asker(user.name, user.number, user.role, rights, "session", address, session.number)


def asker_with_token(token: Token, address: str) -> Asker:
    """The program that showed a token: it may what the token says and its user still may."""
    user = token.user
    rights = frozenset(scopes_of_token(token.scopes, user.role))
    return Asker(user.name, user.number, user.role, rights, "token", address, token.number)


def nobody(address: str, *, may_read: bool) -> Asker:
    """Who has not said who they are."""
    return Asker(rights=frozenset(("read",) if may_read else ()), address=address)


def asker_of(connection: Connection) -> Asker:
    """Who asks; where the gate did not see the request, somebody who may nothing."""
    user = connection.scope.get("user")
    return user if isinstance(user, Asker) else Asker()
