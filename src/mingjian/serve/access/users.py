"""Users as admins change them; each change stands in the audit log with who made it."""

from __future__ import annotations

import sqlite3

from mingjian.core.access.accounts import Session, User
from mingjian.core.access.names import name_flaw, normal_name, normal_password, password_flaw
from mingjian.core.access.rights import ROLES, Role
from mingjian.errors import AccessError
from mingjian.serve.access.asking import Asker
from mingjian.serve.access.passwords import worst_passwords
from mingjian.serve.access.service import Access
from mingjian.store.access import users as kept_users
from mingjian.store.access.audit import add_line
from mingjian.store.access.sessions import end_sessions, sessions_of
from mingjian.store.access.tokens import revoke_tokens


def must_be_name(name: str) -> str:
    """The name as it is kept; raises ``AccessError`` where it will not do."""
    normal = normal_name(name)
    if flaw := name_flaw(normal):
        raise AccessError("name", flaw.told, "use letters, digits, spaces and ._-@", key=flaw.key)
    return normal


def must_be_password(password: str, name: str) -> str:
    """The password as it is hashed; raises ``AccessError`` where it will not do for the user of the name."""
    normal = normal_password(password)
    if flaw := password_flaw(normal, name, worst_passwords()):
        raise AccessError("password", flaw.told, "take a few words that do not belong together", key=flaw.key)
    return normal


def must_be_role(role: str) -> Role:
    """The role; raises ``AccessError`` where it is none."""
    for known in ROLES:
        if known == role:
            return known
    raise AccessError("role", f"{role!r} is none", f"give one of {', '.join(ROLES)}", key="role")


def list_users(access: Access) -> list[User]:
    """All users, by number."""
    with access.database.reading() as connection:
        return kept_users.all_users(connection)


def find_user(access: Access, number: int) -> User:
    """The user of a number; raises ``AccessError`` (404) where there is none."""
    with access.database.reading() as connection:
        return _must_be_there(kept_users.find_user(connection, number))


def user_called(access: Access, name: str) -> User:
    """The user of a name, in whatever case; raises ``AccessError`` (404) where there is none."""
    with access.database.reading() as connection:
        found = kept_users.find_password(connection, name)
    return _must_be_there(found[0] if found else None)


def add_user(access: Access, asker: Asker, name: str, role: str, password: str) -> User:
    """The user who was added; raises ``AccessError`` where that cannot be, 409 where the name is taken."""
    normal, granted = must_be_name(name), must_be_role(role)
    kept = access.passwords.hash(must_be_password(password, normal))
    with access.database.writing() as connection:
        user = kept_users.add_user(connection, normal, granted, kept, access.now())
        if user is None:
            raise AccessError("name", "somebody has it already", "take another one", status=409, key="name_taken")
        add_line(connection, asker.deed("user.add", user.name, f"role {role}"), access.now())
    return user


def change_role(access: Access, asker: Asker, number: int, role: str) -> User:
    """The user, who from now on has the role, in sessions and tokens that there are too."""
    granted = must_be_role(role)
    with access.database.writing() as connection:
        user = _must_be_there(kept_users.find_user(connection, number))
        if granted != "admin":
            _must_leave_an_admin(connection, number)
        kept_users.set_role(connection, number, granted)
        add_line(connection, asker.deed("user.role", user.name, f"{user.role} to {role}"), access.now())
        return _must_be_there(kept_users.find_user(connection, number))


def disable_user(access: Access, asker: Asker, number: int, *, disabled: bool) -> User:
    """The user, who from now on cannot log in, and whose sessions have ended; or who can again."""
    with access.database.writing() as connection:
        user = _must_be_there(kept_users.find_user(connection, number))
        if disabled:
            _must_leave_an_admin(connection, number)
            end_sessions(connection, number)
        kept_users.set_disabled(connection, number, disabled=disabled)
        add_line(connection, asker.deed("user.disable" if disabled else "user.enable", user.name), access.now())
        return _must_be_there(kept_users.find_user(connection, number))


def reset_password(access: Access, asker: Asker, number: int, password: str) -> User:
    """The user, whose password is now this one; all sessions have ended and all tokens are revoked."""
    user = find_user(access, number)
    kept = access.passwords.hash(must_be_password(password, user.name))
    with access.database.writing() as connection:
        kept_users.set_password(connection, number, kept)
        ended = end_sessions(connection, number)
        revoked = revoke_tokens(connection, number, access.now())
        told = f"{ended} sessions ended, {revoked} tokens revoked"
        add_line(connection, asker.deed("password.reset", user.name, told), access.now())
    return user


def list_sessions(access: Access, number: int) -> list[Session]:
    """The sessions of a user that stand, the newest first."""
    with access.database.reading() as connection:
        return sessions_of(connection, number, access.now(), access.settings.lifetimes)


def end_sessions_of(access: Access, asker: Asker, number: int) -> int:
    """How many sessions of a user were ended."""
    with access.database.writing() as connection:
        user = _must_be_there(kept_users.find_user(connection, number))
        ended = end_sessions(connection, number)
        add_line(connection, asker.deed("session.end-all", user.name, f"{ended} sessions"), access.now())
    return ended


def _must_be_there(user: User | None) -> User:
    if user is None:
        raise AccessError(
            "user", "there is none of this name or number", "look at the list of users", status=404, key="no_user"
        )
    return user


def _must_leave_an_admin(connection: sqlite3.Connection, number: int) -> None:
    if kept_users.is_last_admin(connection, number):
        raise AccessError(
            "user", "this is the last admin", "make somebody else admin first", status=409, key="last_admin"
        )
