"""Users, sessions, tokens and audit lines as programs are given them, and what they send. Times are ISO 8601 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from mingjian.core.access.accounts import Session, Token, User
from mingjian.core.access.auditing import AuditLine
from mingjian.core.access.rights import Role, Scope
from mingjian.serve.access.asking import Asker, Via
from mingjian.serve.access.tokens import DAYS


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, and what they may; the name is empty and the role missing for who has not logged in."""

    name: str
    role: Role | None
    via: Via
    rights: tuple[str, ...]


class Credentials(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name and a password."""

    name: str
    password: str


class PasswordChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A user's own password, and the one that takes its place."""

    old: str
    new: str


class NewPassword(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A password for another user."""

    password: str


class NewUser(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody to add."""

    name: str
    role: Role
    password: str


class UserChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to change of a user: what is missing stays."""

    role: Role | None = None
    disabled: bool | None = None


class UserTold(msgspec.Struct, frozen=True, kw_only=True):
    """A user."""

    number: int
    name: str
    role: Role
    disabled: bool
    created: str


class SessionTold(msgspec.Struct, frozen=True, kw_only=True):
    """A session: when it began, when it was seen last, from where; whether it is the one that asks."""

    number: int
    created: str
    seen: str
    address: str
    current: bool


class NewToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A token to make for oneself."""

    name: str
    scopes: tuple[Scope, ...]
    days: int = DAYS


class TokenTold(msgspec.Struct, frozen=True, kw_only=True):
    """A token; ``secret`` is there once, when it is made."""

    number: int
    user: str
    name: str
    scopes: tuple[Scope, ...]
    created: str
    expires: str
    used: str | None
    revoked: str | None
    secret: str | None = None


class LineTold(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the audit log; ``hash`` binds it to all before."""

    number: int
    at: str
    who: str
    via: str
    address: str
    action: str
    subject: str
    detail: str
    hash: str


class AuditPage(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of the audit log, newest first; ``before`` asks for the next ones, and is missing where there are none."""

    lines: tuple[LineTold, ...]
    before: int | None


class AuditState(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the log is as it was written; its last line and that line's hash, to be noted elsewhere."""

    sound: bool
    problems: tuple[str, ...]
    last: int
    hash: str


def told_time(seconds: int) -> str:
    """Seconds since 1970 as ISO 8601.

    >>> told_time(0)
    '1970-01-01T00:00:00Z'
    """
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def told_who(asker: Asker) -> Who:
    """Who asks."""
    return Who(name=asker.name, role=asker.role, via=asker.via, rights=tuple(sorted(asker.rights)))


def told_user(user: User) -> UserTold:
    """A user."""
    created = told_time(user.created)
    return UserTold(number=user.number, name=user.name, role=user.role, disabled=user.disabled, created=created)


def told_session(session: Session, asker: Asker) -> SessionTold:
    """A session of the user who asks, or of another."""
    return SessionTold(
        number=session.number,
        created=told_time(session.created),
        seen=told_time(session.seen),
        address=session.address,
        current=asker.via == "session" and asker.key == session.number,
    )


def told_token(token: Token, secret: str | None = None) -> TokenTold:
    """A token, with its secret where it was made just now."""
    return TokenTold(
        number=token.number,
        user=token.user.name,
        name=token.name,
        scopes=token.scopes,
        created=told_time(token.created),
        expires=told_time(token.expires),
        used=None if token.used is None else told_time(token.used),
        revoked=None if token.revoked is None else told_time(token.revoked),
        secret=secret,
    )


def told_line(line: AuditLine) -> LineTold:
    """A line of the audit log."""
    deed = msgspec.structs.asdict(line.deed)
    return LineTold(number=line.number, at=told_time(line.at), hash=line.hash.hex(), **deed)
