"""Logging in and out, the first admin, and a user's own password."""

from __future__ import annotations

import secrets
import sqlite3

from mingjian.core.access.accounts import User
from mingjian.core.access.addresses import client_key
from mingjian.core.access.auditing import Deed
from mingjian.core.access.names import LONGEST_PASSWORD, folded_name
from mingjian.core.access.waiting import OF_ADDRESS, OF_NAME
from mingjian.errors import AccessError
from mingjian.serve.access.asking import Asker
from mingjian.serve.access.service import Access
from mingjian.serve.access.users import must_be_name, must_be_password
from mingjian.store.access.attempts import begin_attempt, forgive, take_back
from mingjian.store.access.audit import add_line
from mingjian.store.access.sessions import add_session, end_session, end_sessions, forget_ended
from mingjian.store.access.setup import code_is, drop_code, set_code
from mingjian.store.access.users import add_user, count_users, find_password, set_password

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_GROUPS = 5


def log_in(access: Access, name: str, password: str, asker: Asker) -> tuple[str, User]:
    """The secret of a new session, for the cookie, and its user; a session that the browser had before ends.

    Raises ``AccessError``: 401 where name and password do not fit, which of them is not told; 429 where too many
    failed before.
    """
    _must_write(access)
    _begin(access, name, asker)
    with access.database.reading() as connection:
        found = find_password(connection, name)
    user, kept = found if found is not None and not found[0].disabled else (None, None)
    if len(password) > LONGEST_PASSWORD or not access.passwords.match(password, kept) or user is None or kept is None:
        _note_failure(access, asker, found[0] if found else None)
        raise AccessError(
            "login",
            "name and password do not fit",
            "look at both, and at the case of the password",
            status=401,
            key="login",
        )
    renewed = access.passwords.hash(password) if access.passwords.is_dated(kept) else None
    with access.database.writing() as connection:
        if find_password(connection, name) != (user, kept):
            raise AccessError("login", "the user was changed just now", "try again", status=401, key="changed")
        if renewed is not None:
            set_password(connection, user.number, renewed)
        return _begin_session(connection, access, user, asker), user


def log_out(access: Access, asker: Asker, *, everywhere: bool = False) -> None:
    """The session that asks is ended; with ``everywhere`` all sessions of its user."""
    if asker.via != "session" or asker.key is None or asker.number is None:
        return
    with access.database.writing() as connection:
        ended = end_sessions(connection, asker.number) if everywhere else 1
        end_session(connection, asker.key)
        action = "session.end-all" if everywhere else "session.end"
        add_line(connection, asker.deed(action, asker.name, f"{ended} sessions"), access.now())


def begin_setup(access: Access) -> str | None:
    """A code that makes the first admin, to be shown where the service was started; nothing where there is a user."""
    if not access.writes:
        return None
    code = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(_CODE_GROUPS))
    with access.database.writing() as connection:
        if count_users(connection):
            drop_code(connection)
            return None
        set_code(connection, _plain(code), access.now() + access.settings.lifetimes.setup_code)
    return code


def finish_setup(access: Access, code: str, name: str, password: str, asker: Asker) -> tuple[str, User]:
    """The secret of a session and the first admin, where the code is the one that was shown.

    Raises ``AccessError``: 401 for another code, 409 where there is a user already, 422 where name or password will
    not do, 429 where too many failed before.
    """
    _must_write(access)
    _begin(access, "", asker)
    with access.database.reading() as connection:
        _must_fit(connection, code, access.now())
    normal = must_be_name(name)
    kept = access.passwords.hash(must_be_password(password, normal))
    with access.database.writing() as connection:
        _must_fit(connection, code, access.now())
        user = add_user(connection, normal, "admin", kept, access.now())
        if user is None:
            raise AssertionError("a name is taken where there is no user")
        drop_code(connection)
        forgive(connection, _name_key(""))
        add_line(connection, _as(user, asker).deed("user.add", user.name, "first admin, by setup code"), access.now())
        return _begin_session(connection, access, user, asker), user


def change_password(access: Access, asker: Asker, old: str, new: str) -> str:
    """The secret of a new session, which takes the place of all that the user had; raises ``AccessError``."""
    _must_write(access)
    _begin(access, asker.name, asker)
    with access.database.reading() as connection:
        found = find_password(connection, asker.name)
    if found is None or not access.passwords.match(old, found[1]):
        raise AccessError("password", "the old one does not fit", "look at it again", status=403, key="old_password")
    user = found[0]
    kept = access.passwords.hash(must_be_password(new, user.name))
    with access.database.writing() as connection:
        set_password(connection, user.number, kept)
        ended = end_sessions(connection, user.number)
        add_line(connection, asker.deed("password.change", user.name, f"{ended} sessions ended"), access.now())
        return _begin_session(connection, access, user, asker)


def _begin(access: Access, name: str, asker: Asker) -> None:
    clients = {_name_key(name): OF_NAME, _address_key(asker): OF_ADDRESS}
    with access.database.writing() as connection:
        wait = begin_attempt(connection, clients, access.now())
    if wait:
        mend = f"wait {wait} seconds"
        raise AccessError("login", "too many attempts failed", mend, status=429, seconds=wait, key="wait")


def _begin_session(connection: sqlite3.Connection, access: Access, user: User, asker: Asker) -> str:
    """The secret of a new session: never one that a browser brought along, which somebody else may know."""
    secret, now = secrets.token_urlsafe(32), access.now()
    forgive(connection, _name_key(user.name))
    take_back(connection, _address_key(asker))
    forget_ended(connection, now, access.settings.lifetimes)
    if asker.via == "session" and asker.key is not None:
        end_session(connection, asker.key)
    add_session(connection, secret, user.number, asker.address, now)
    add_line(connection, _as(user, asker).deed("session.begin", user.name), now)
    return secret


def _note_failure(access: Access, asker: Asker, user: User | None) -> None:
    """A name that nobody has is not written down: people type passwords there."""
    deed = Deed("", "nobody", asker.address, "session.fail", user.name if user else "", "" if user else "unknown name")
    with access.database.writing() as connection:
        add_line(connection, deed, access.now())


def _must_fit(connection: sqlite3.Connection, code: str, now: int) -> None:
    if count_users(connection):
        raise AccessError(
            "setup", "there is a user already", "log in, or ask an admin for an account", status=409, key="set_up"
        )
    if not code_is(connection, _plain(code), now):
        mend = "copy it from where the service was started; a new start shows a new one"
        raise AccessError("setup code", "it is not the one that stands", mend, status=401, key="code")


def _must_write(access: Access) -> None:
    if not access.writes:
        mend = "use a token, or ask whoever runs it for a service that may write"
        raise AccessError("this service", "only reads, so nobody can log in", mend, status=503, key="read_only")


def _as(user: User, asker: Asker) -> Asker:
    return Asker(user.name, user.number, user.role, via="session", address=asker.address)


def _plain(code: str) -> str:
    return "".join(character for character in code.upper() if character in _ALPHABET)


def _name_key(name: str) -> str:
    return f"name {folded_name(name)}"


def _address_key(asker: Asker) -> str:
    return f"address {client_key(asker.address)}"
